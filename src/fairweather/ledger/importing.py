"""Import: exported lines back into a ledger, without loss (docs/records.md)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from fairweather.errors import FairweatherError, RecordError
from fairweather.ledger.decisions import Decision, decision_of_row
from fairweather.ledger.forgetting import tombstone_of_row
from fairweather.ledger.parts import quotes_in
from fairweather.ledger.store import Added, Ledger
from fairweather.records import Document, Record, Row, from_line, from_row
from fairweather.records.questions import QUESTION_KINDS, Kept, any_kept_of_row

BATCH = 500
"""Rows stored in one transaction; a batch is all in or all out."""


def import_lines(ledger: Ledger, lines: Iterable[str], where: str) -> Added:
    """Read exported lines into the ledger. Raises RecordError naming the line at fault.

    Lines are stored in batches of 500; what went in before a bad line stays, and the same
    file can be imported again once mended, since rows that are there change nothing. What was
    forgotten here is left out and counted.
    """
    taking = _Import(ledger)
    for place, row in _numbered(lines, where):
        try:
            taking.take(row, place)
        except FairweatherError:
            raise
        except (KeyError, TypeError) as error:
            raise RecordError(f"{place}: incomplete row: {error}") from error
    return taking.finish()


class _Import:
    """One import on its way into a ledger."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.new = self.known = self.forgotten = 0
        self.records: list[Record] = []
        self.decisions: list[Decision] = []
        self.views: list[Record] = []
        self.asked: list[Kept] = []

    def take(self, row: Row, place: str) -> None:
        """One row, whatever it is. Raises RecordError, KeyError, TypeError."""
        kind = row.get("type")
        if kind == "decision":
            self.decisions.append(decision_of_row(row, place))
        elif kind == "scenario":
            self.ledger.keep_scenario(row["id"], row["text"], row["recorded"])
        elif kind == "tombstone":
            self.ledger.tombstones.keep(tombstone_of_row(row))
        elif kind in QUESTION_KINDS:
            self.asked.append(any_kept_of_row(row, place))
        elif kind == "statement":
            self.records.append(from_row(row["record"], place))
        else:
            record = _record_of(row, place)
            # A view comes back from its statements and decisions, if they follow.
            (self.views if _is_view(record) else self.records).append(record)
        if len(self.records) + len(self.decisions) >= BATCH:
            self.store()

    def store(self) -> None:
        """Store what was gathered."""
        kept = _not_forgotten(self.ledger, self.records)
        self.forgotten += len(self.records) - len(kept)
        added = self.ledger.add(kept, self.decisions)
        self.new, self.known = self.new + added.new, self.known + added.known
        self.records.clear()
        self.decisions.clear()

    def finish(self) -> Added:
        """Store the rest; what the whole import did."""
        self.store()
        self.records += [alone(view) for view in self.views if not self.ledger.has(view.id)]
        self.store()
        gone = {stone.id for stone in self.ledger.tombstones.all()}
        asked = [one for one in self.asked if not any(q.document in gone for q in one.quotes)]
        new = len(self.ledger.questions.add(asked))
        left_out = self.forgotten + len(self.asked) - len(asked)
        return Added(self.new + new, self.known + len(asked) - new, left_out)


def _not_forgotten(ledger: Ledger, records: Iterable[Record]) -> list[Record]:
    """The records but for texts that were removed for good here, and what quotes them."""
    gone = {stone.id for stone in ledger.tombstones.all()}
    kept: list[Record] = []
    for record in records:
        if isinstance(record, Document) and ledger.tombstones.over(record):
            gone.add(record.id)
        if record.id not in gone and not any(q.document in gone for q in quotes_in(record)):
            kept.append(record)
    return kept


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
