"""`code`: events of many short texts, one JSON line in, one out, with no ledger.

A line in holds `id` and `text`, and may hold `date` (when it was published, a prefix date)
and `source` with `target`, two stretches of the text. A line out holds the `id` and its
`events`; for two stretches also `classes`, the probability of each PLOVER class for what
the one does to the other. Classes are as the codebook reads them (`plover_class`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fairweather.coding.events.coder import event_of
from fairweather.coding.events.judging import Judged, judged
from fairweather.coding.forced_choice import (
    class_probabilities,
    forced,
    plover_class,
    side_text,
)
from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Reading
from fairweather.errors import FairweatherError, RecordError
from fairweather.ledger import shown_from
from fairweather.records import (
    UNDATED,
    Document,
    Event,
    Row,
    from_line,
    last_day,
    on,
    to_line,
    to_row,
)

BYTE_ORDER_MARK = "\ufeff"
"""What some editors write before the first line."""
FIELDS = ("id", "text", "date", "source", "target")


@dataclass(frozen=True, slots=True)
class BadLine:
    """A line that could not be coded: its number, counted from 1, and why."""

    number: int
    reason: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A line in: a text, when it was published, and the two spans asked about, if any."""

    id: str | int
    document: Document
    spans: tuple[str, str] | None


def code_lines(
    lines: Iterable[str],
    *,
    threshold: float | None = None,
    on_bad: Callable[[BadLine], None] = lambda bad: None,
) -> Iterator[str]:
    """One JSON line for each line that is not blank, in their order, as they come.

    `threshold` is the least probability of an event, 0..1; without one it is that from
    which events are shown. 0 forces the choice: the best event alone of every sentence that
    names two actors. A bad line is told to `on_bad` and answered by its id and an `error`;
    the lines after it are coded all the same.
    """
    least = shown_from()[Event.type] if threshold is None else threshold
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        row: Row = {}
        try:
            row = _row_in(line.removeprefix(BYTE_ORDER_MARK), f"line {number}")
            answer = answer_to(asked_in(row), least)
        except Exception as error:  # one line's trouble is not the batch's
            known = isinstance(error, FairweatherError)
            reason = str(error) if known else f"coding failed, {type(error).__name__}: {error}"
            reason = reason.removeprefix(f"line {number}: ")
            on_bad(BadLine(number, reason))
            answer = {"id": row["id"] if _is_id(row.get("id")) else None, "error": reason}
        yield to_line(answer)


def _row_in(line: str, where: str) -> Row:
    """The row of a line that can be written again. Raises RecordError."""
    row = from_line(line, where)
    try:
        to_line(row).encode()
    except ValueError as error:  # bytes or escapes that are no text, numbers that are none
        raise RecordError(f"{where}: not UTF-8 text, or a number that JSON has not") from error
    return row


def _is_id(value: object) -> bool:
    return isinstance(value, str | int) and not isinstance(value, bool)


def asked_in(row: Row) -> Asked:
    """What a line asks. Raises RecordError naming the field at fault."""
    if not _is_id(row.get("id")):
        raise RecordError('"id" must be a text or a whole number')
    for name in FIELDS[1:]:
        if name in row and row[name] is not None and not isinstance(row[name], str):
            raise RecordError(f'"{name}" must be text')
    if not (row.get("text") or "").strip():
        raise RecordError('"text" is missing or empty')
    source, target = row.get("source") or "", row.get("target") or ""
    if bool(source) != bool(target):
        raise RecordError('"source" and "target" are given together or not at all')
    day = row.get("date") or ""
    if day:
        last_day(day)  # refuses what is no prefix date
    document = Document(text=row["text"], published=on(day) if day else UNDATED)
    return Asked(row["id"], document, (source, target) if source else None)


def answer_to(asked: Asked, threshold: float) -> Row:
    """The line out: `id`, `classes` where two spans were given, `events`."""
    reading = read_document(asked.document)
    found = list(judged(reading))
    answer: Row = {"id": asked.id}
    if asked.spans:
        answer["classes"] = class_probabilities(reading, asked.spans, found)
    kept = (
        [judgement for judgement in found if judgement.confidence >= threshold]
        if threshold > 0
        else _best_of_each(reading, found)
    )
    answer["events"] = [event_row(reading, judgement) for judgement in kept]
    return answer


def _best_of_each(reading: Reading, found: list[Judged]) -> Iterator[Judged]:
    """The surest event of each sentence; a forced one where nothing joins anybody."""
    for sentence in reading.sentences:
        own = [one for one in found if one.candidate.sentence.number == sentence.number]
        best = max(own, key=lambda one: one.confidence) if own else forced(sentence)
        if best is not None:
            yield best


def event_row(reading: Reading, judgement: Judged) -> dict[str, Any]:
    """An event as a line out tells it; sides and date as in docs/records.md."""
    event, candidate = event_of(reading, judgement), judgement.candidate
    row = to_row(event)
    return {
        "source": row["source"],
        "target": row["target"],
        "class": plover_class(judgement),
        "source_text": side_text(candidate.sentence, candidate.source),
        "target_text": side_text(candidate.sentence, candidate.target),
        "status": event.status,
        "date": row["date"],
        "probability": event.confidence,
    }
