"""Export: the ledger as JSON lines, from which `import` makes it again (docs/records.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fairweather.ledger.merging import join
from fairweather.ledger.store import Ledger
from fairweather.ledger.verdicts import Verdicts, verdicts
from fairweather.ledger.views import current, current_documents, shown_from
from fairweather.ledger.window import EVERYTHING, Window
from fairweather.records import (
    PUBLIC_QUOTE,
    RECORD_TYPES,
    Document,
    Record,
    Row,
    shorten,
    to_row,
)
from fairweather.records.questions import kept_row


def export_rows(
    ledger: Ledger, window: Window = EVERYTHING, *, everything: bool = False, public: bool = False
) -> Iterator[Row]:
    """The ledger's rows in the contract's order: by type, then by publication.

    `everything` adds rows below the threshold, superseded rows, the raw statements of
    merged views, decisions, scenarios, questions and tombstones: all that `import` needs.
    `public` cuts quotes to 300 characters and leaves out full texts.
    """
    rows = _all_rows(ledger, window) if everything else _current_rows(ledger, window)
    return map(public_row, rows) if public else rows


def _current_rows(ledger: Ledger, window: Window) -> Iterator[Row]:
    for kind in RECORD_TYPES.values():
        yield from (to_row(record) for record in _in_order(_shown(ledger, kind, window)))


def _shown(ledger: Ledger, kind: type[Record], window: Window) -> Iterable[Record]:
    if kind is Document:
        return current_documents(ledger, window)
    return current(ledger, kind, window)


def _all_rows(ledger: Ledger, window: Window) -> Iterator[Row]:
    decisions = ledger.decisions(window)
    decided = verdicts(decisions)
    for kind in RECORD_TYPES.values():
        if kind is Document:
            yield from (
                _standing_row(record, decided) for record in _in_order(ledger.documents(window))
            )
        else:
            yield from _rows_of_kind(list(ledger.statements(kind, window)), decided)
    for identity, text, recorded in ledger.scenarios():
        yield {"type": "scenario", "id": identity, "text": text, "recorded": recorded}
    yield from (kept_row(kept) for kept in ledger.questions.every(window.as_of))
    yield from (decision.row() for decision in decisions)
    yield from (stone.row() for stone in ledger.tombstones.all())


def _rows_of_kind(statements: list[Record], decided: Verdicts) -> Iterator[Row]:
    """Views and single rows, those that do not stand marked so, then what views hide.

    Actors are written as they were coded: the decisions that match them follow.
    """
    left = [statement for statement in statements if decided.stands(statement)]
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
    for statement in _in_order(s for s in statements if not decided.stands(s)):
        yield _standing_row(statement, decided)
    for statement in _in_order(raw):
        yield {"type": "statement", "record": to_row(statement)}


def _standing_row(record: Record, decided: Verdicts) -> Row:
    """The row of a record, marked where it does not stand."""
    row = to_row(record)
    why = decided.why_gone(record)
    return {**row, "current": False, "because": why} if why else row


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
