"""Questions and forecasts as CSV: one row a forecast, its question and outcome repeated."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from functools import partial

from fairweather.errors import RecordError
from fairweather.records.escaping import as_told, inert
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring.exchange import Bundle, Gathered, Told, refuse_changed

ASKED = ("statement", "opens", "closes", "criterion", "condition", "topic", "asked_by")
FORETOLD = ("by", "made", "low", "high", "shares", "outlet", "method", "note")
CAME = ("outcome", "answer", "resolved_on", "resolved_by", "reason")
COLUMNS = ("question", *ASKED, "answers", "about", *FORETOLD, *CAME)


def to_csv(bundle: Bundle) -> str:
    """The bundle as CSV; no cell that a spreadsheet would run as a formula."""
    came = {one.question: one for one in bundle.resolutions}
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for question in bundle.questions:
        made: list[Forecast | None] = [*bundle.forecasts_of(question.id)]
        for forecast in made or [None]:
            row = _csv_row(question, forecast, came.get(question.id))
            writer.writerow({name: inert(cell) for name, cell in row.items()})
    return buffer.getvalue()


def _csv_row(
    question: Question, forecast: Forecast | None, came: Resolution | None
) -> dict[str, str]:
    row = {"question": question.id, "answers": "|".join(question.answers),
           "about": " ".join(question.about)}  # fmt: skip
    row |= {name: getattr(question, name) for name in ASKED}
    if forecast is not None:
        row |= {name: _cell(getattr(forecast, name)) for name in FORETOLD}
    if came is not None:
        row |= {"outcome": came.outcome, "answer": came.answer, "resolved_on": came.on,
                "resolved_by": came.by, "reason": came.reason}  # fmt: skip
    return row


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return "|".join(repr(share) for share in value)
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def from_csv(text: str, where: str, by: str) -> Bundle:
    """What a CSV file holds; `by` stands for who is missing. Raises RecordError with the line."""
    reader = csv.DictReader(io.StringIO(text, newline=""))
    needed = {"statement", "opens", "closes", "criterion"}
    missing = sorted(needed - set(reader.fieldnames or ()))
    if missing:
        raise RecordError(f"{where}: no column {', '.join(missing)}; columns: {', '.join(COLUMNS)}")
    kept = Gathered()
    for row in reader:
        place = f"{where}, line {reader.line_num}"
        told = {key: as_told(cell or "") for key, cell in row.items() if key}
        kept.take(partial(_of_csv, told, by), place)
    return kept.bundle()


def _of_csv(row: Mapping[str, str], by: str) -> Told:
    question = Question(
        statement=row.get("statement", ""),
        opens=row.get("opens", ""),
        closes=row.get("closes", ""),
        criterion=row.get("criterion", ""),
        condition=row.get("condition", ""),
        topic=row.get("topic", ""),
        asked_by=row.get("asked_by", "") or by,
        answers=tuple(part for part in row.get("answers", "").split("|") if part),
        about=tuple(row.get("about", "").split()),
    )
    refuse_changed(question, row.get("question", ""))
    forecasts = []
    if row.get("made"):
        shares = tuple(_number(part, "shares") for part in row.get("shares", "").split("|") if part)
        low = None if shares else _number(row.get("low", ""), "low")
        high = None if shares else _number(row.get("high", "") or row.get("low", ""), "high")
        forecasts.append(
            Forecast(
                question=question.id,
                by=row.get("by", "") or by,
                made=row["made"],
                low=low,
                high=high,
                shares=shares,
                outlet=row.get("outlet", ""),
                method=row.get("method", "") or "judgement",
                note=row.get("note", ""),
            )
        )
    return question, forecasts, _came_of_csv(question, row, by)


def _came_of_csv(question: Question, row: Mapping[str, str], by: str) -> Resolution | None:
    if not row.get("outcome"):
        return None
    return Resolution(
        question=question.id,
        outcome=row["outcome"],
        answer=row.get("answer", ""),
        on=row.get("resolved_on", "") or question.closes,
        by=row.get("resolved_by", "") or by,
        reason=row.get("reason", "") or "as imported",
    )


def _number(text: str, name: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise RecordError(f"{name}: {text!r} is no number") from error
