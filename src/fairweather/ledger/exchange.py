"""Export and import: the ledger as JSON lines, and back without loss (docs/records.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from fairweather.errors import FairweatherError, RecordError
from fairweather.ledger.decisions import Decision, decision_of_row
from fairweather.ledger.store import Added, Ledger
from fairweather.ledger.verdicts import Verdicts, verdicts
from fairweather.ledger.views import current, join, shown_from
from fairweather.ledger.window import EVERYTHING, Window
from fairweather.records import (
    PUBLIC_QUOTE,
    RECORD_TYPES,
    Document,
    Record,
    Row,
    from_line,
    from_row,
    shorten,
    to_row,
)
from fairweather.records.questions import QUESTION_KINDS, Kept, any_kept_of_row, kept_row

IMPORT_BATCH = 500
"""Rows stored in one transaction; a batch is all in or all out."""


def export_rows(
    ledger: Ledger, window: Window = EVERYTHING, *, everything: bool = False, public: bool = False
) -> Iterator[Row]:
    """The ledger's rows in the contract's order: by type, then by publication.

    `everything` adds rows below the threshold, superseded rows, the raw statements of
    merged views, decisions, scenarios and questions: all that `import` needs. `public` cuts quotes
    to 300 characters and leaves out full texts.
    """
    rows = _all_rows(ledger, window) if everything else _current_rows(ledger, window)
    return map(public_row, rows) if public else rows


def _current_rows(ledger: Ledger, window: Window) -> Iterator[Row]:
    for kind in RECORD_TYPES.values():
        yield from (to_row(record) for record in _in_order(_shown(ledger, kind, window)))


def _shown(ledger: Ledger, kind: type[Record], window: Window) -> Iterable[Record]:
    if kind is Document:
        return ledger.documents(window)
    return current(ledger, kind, window)


def _all_rows(ledger: Ledger, window: Window) -> Iterator[Row]:
    decisions = ledger.decisions(window)
    decided = verdicts(decisions)
    for kind in RECORD_TYPES.values():
        if kind is Document:
            yield from (to_row(record) for record in _in_order(ledger.documents(window)))
        else:
            yield from _rows_of_kind(list(ledger.statements(kind, window)), decided)
    for identity, text, recorded in ledger.scenarios():
        yield {"type": "scenario", "id": identity, "text": text, "recorded": recorded}
    yield from (kept_row(kept) for kept in ledger.questions.every(window.as_of))
    yield from (decision.row() for decision in decisions)


def _rows_of_kind(statements: list[Record], decided: Verdicts) -> Iterator[Row]:
    """Views and single rows, those that do not stand marked so, then what views hide.

    Actors are written as they were coded: the decisions that match them follow.
    """
    gone = decided.gone
    left = [statement for statement in statements if statement.id not in gone]
    floor = shown_from()
    raw: list[Record] = []
    by_id = {statement.id: statement for statement in statements}
    for view in _in_order(join(left, decided.links)):
        if view != by_id[view.id]:
            raw += [by_id[view.id], *(by_id[other] for other in getattr(view, "merged", ()))]
        row = to_row(view)
        if view.confidence < floor[view.type] and view.id not in decided.accepted:
            row |= {"current": False, "because": "below the shown threshold"}
        yield row
    for statement in _in_order(s for s in statements if s.id in gone):
        yield {**to_row(statement), "current": False, "because": gone[statement.id]}
    for statement in _in_order(raw):
        yield {"type": "statement", "record": to_row(statement)}


def _in_order(records: Iterable[Record]) -> list[Record]:
    """By first quote's document and place, then id: the same in every ledger."""

    def key(record: Record) -> tuple[str, str, int, str]:
        published = record.published if isinstance(record, Document) else None
        day = (published.until or "9999") if published else ""
        first = record.quotes[0] if record.quotes else None
        return (day, first.document if first else "", first.start if first else 0, record.id)

    return sorted(records, key=key)


def public_row(row: Row) -> Row:
    """The row as it may be passed on: no full text, no quote over 300 characters.

    A shortened quote keeps its start; its end moves to what is kept, so that it is still
    verbatim at its offsets (the ellipsis that a page shows is not part of it).
    """
    if row["type"] == "document":
        return {**row, "text": None, "asides": [], "origin": None}
    return {key: _short_quotes(value) for key, value in row.items()}


def _short_quotes(value: object) -> object:
    if isinstance(value, list):
        return [_short_quotes(item) for item in value]
    if isinstance(value, dict):
        if value.keys() == {"document", "start", "end", "text"}:
            kept = shorten(value["text"], PUBLIC_QUOTE).removesuffix("…")
            if value["text"].startswith(kept):
                return {**value, "text": kept, "end": value["start"] + len(kept)}
        return {key: _short_quotes(item) for key, item in value.items()}
    return value


def import_lines(ledger: Ledger, lines: Iterable[str], where: str) -> Added:
    """Read exported lines into the ledger. Raises RecordError naming the line at fault.

    Lines are stored in batches of 500; what went in before a bad line stays, and the same
    file can be imported again once mended, since rows that are there change nothing.
    """
    new = known = 0
    batch: list[Record] = []
    decisions: list[Decision] = []

    def store() -> None:
        nonlocal new, known
        added = ledger.add(batch, decisions)
        new, known = new + added.new, known + added.known
        batch.clear()
        decisions.clear()

    deferred: list[Record] = []
    asked: list[Kept] = []
    for place, row in _numbered(lines, where):
        try:
            if row.get("type") == "decision":
                decisions.append(decision_of_row(row, place))
            elif row.get("type") == "scenario":
                ledger.keep_scenario(row["id"], row["text"], row["recorded"])
            elif row.get("type") in QUESTION_KINDS:
                asked.append(any_kept_of_row(row, place))
            elif row.get("type") == "statement":
                batch.append(from_row(row["record"], place))
            else:
                record = _record_of(row, place)
                # A view comes back from its statements and decisions, if they follow.
                (deferred if _is_view(record) else batch).append(record)
            if len(batch) + len(decisions) >= IMPORT_BATCH:
                store()
        except FairweatherError:
            raise
        except (KeyError, TypeError) as error:
            raise RecordError(f"{place}: incomplete row: {error}") from error
    store()
    batch += [alone(view) for view in deferred if not ledger.has(view.id)]
    store()
    asked_now = len(ledger.questions.add(asked))
    return Added(new + asked_now, known + len(asked) - asked_now)


def _numbered(lines: Iterable[str], where: str) -> Iterator[tuple[str, Row]]:
    """Each line's row with its place, empty lines left out."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            place = f"{where}, line {number}"
            yield place, from_line(line, place)


def _record_of(row: Row, place: str) -> Record:
    if row.get("type") == "document" and row.get("text") is None:
        raise RecordError(
            f"{place}: a document without its text (a public export); only full exports"
            " can be imported"
        )
    body = {key: value for key, value in row.items() if key not in ("current", "because")}
    return from_row(body, place)


def _is_view(record: Record) -> bool:
    return any(getattr(record, name, ()) for name in ("merged", "contested_by", "disputes"))


def alone(view: Record) -> Record:
    """A view as a statement of its own, where the statements behind it are not at hand."""
    empty: dict[str, Any] = {
        name: () for name in ("merged", "contested_by", "disputes") if hasattr(view, name)
    }
    return replace(view, **empty)
