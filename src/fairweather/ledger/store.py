"""The Ledger: the one place that stores."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Self

import apsw

from fairweather.errors import LedgerError, RecordError
from fairweather.ledger.backup import back_up
from fairweather.ledger.decisions import Decision
from fairweather.ledger.feeds import Feeds
from fairweather.ledger.file import LedgerFile, translated
from fairweather.ledger.forgetting import Removed, Tombstone, Tombstones, remove
from fairweather.ledger.parts import actors_in, quotes_in
from fairweather.ledger.questions import Questions
from fairweather.ledger.reading import Reading
from fairweather.ledger.window import EVERYTHING, Window, now
from fairweather.records import Document, Record, to_line, to_row


@dataclass(frozen=True, slots=True)
class Added:
    """What one `add` did: rows new to the ledger, and rows that it already had.

    `forgotten` are rows left out because their text was removed for good.
    """

    new: int
    known: int
    forgotten: int = 0


class Ledger(Reading):
    """A ledger file, opened for reading and writing; made when it is not there.

    Raises LedgerError when the file is no ledger, LedgerTooNew when a later version of
    fairweather wrote it.
    """

    def __init__(self, path: Path | str, clock: Callable[[], str] = now) -> None:
        super().__init__(LedgerFile(Path(path)))
        self._clock = clock

    @property
    def path(self) -> Path:
        """The file."""
        return self.file.path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; nothing acknowledged waits for this."""
        self.file.close()

    def within(self, window: Window) -> Ledger:
        """The same ledger as if it held only what the window shows; it shares the file."""
        seen = object.__new__(Ledger)
        Reading.__init__(seen, self.file, self.window.narrowed(window))
        seen._clock = self._clock
        return seen

    @property
    def feeds(self) -> Feeds:
        """The feeds that are watched."""
        return Feeds(self.file.run, self.file.transaction)

    @property
    def questions(self) -> Questions:
        """The questions asked, their forecasts and how they came out."""
        return Questions(self.file, self._clock)

    @property
    def tombstones(self) -> Tombstones:
        """What was forgotten, and is not to be read in again."""
        return Tombstones(self.file)

    # -- writing -----------------------------------------------------------------------

    def add(
        self,
        records: Iterable[Record],
        decisions: Iterable[Decision] = (),
    ) -> Added:
        """Store records and decisions in one transaction: all of them or none.

        Rows that the ledger already has are left as they are. Raises QuoteError when a
        quote is not verbatim, RecordError when its document is unknown or was forgotten,
        LedgerError on a ledger within a window, which is the past and takes nothing.
        """
        if self.window != EVERYTHING:
            raise LedgerError(f"{self.path}: what was known earlier cannot be added to")
        new = known = 0
        with self.file.transaction():
            # Taken with the lock held, so that no row is stamped earlier than one stored before.
            stamp = self._clock()
            for record in records:
                added = self._add_record(_stamped(record, stamp))
                new, known = new + added, known + (not added)
            for decision in decisions:
                made = replace(decision, recorded=decision.recorded or stamp)
                added = self._add_decision(made)
                new, known = new + added, known + (not added)
        return Added(new, known)

    def keep_scenario(self, scenario_id: str, text: str, recorded: str = "") -> None:
        """Keep a played scenario's text, so that `why` can compute its figures again."""
        with self.file.transaction():
            self.file.run(
                "INSERT INTO scenario VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (scenario_id, text, recorded or self._clock()),
            )

    def forget(self, document: str, reason: str, by: str) -> Removed:
        """Remove a document's text and all that was read from it, leaving a tombstone.

        The bytes are gone from the file, its log and its index when this returns. Raises
        UnknownKey, and LedgerError when another process still reads the old state.
        """
        found = self.document(document)
        stone = Tombstone(found.id, found.sha256, self._clock(), reason, by)
        return remove(self.file, stone)

    def _add_record(self, record: Record) -> bool:
        if isinstance(record, Document):
            return self._add_document(record)
        known_by = self._check_quotes(record)
        row = to_row(record)
        added = self.file.run(
            "INSERT INTO statement (id, type, document, row, confidence, known_by, recorded)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq",
            (
                record.id,
                record.type,
                record.document or None,
                to_line(row),
                record.confidence,
                known_by,
                record.recorded,
            ),
        )
        if added:
            self._index_actors(record.type, sorted(set(actors_in(row))), added[0][0])
        return bool(added)

    def _index_actors(self, kind: str, actors: list[str], seq: int) -> None:
        insert = self.file.connection.executemany
        list(insert("INSERT INTO mention VALUES (?, ?)", [(actor, seq) for actor in actors]))
        pairs = [(one, other, kind, seq) for one in actors for other in actors if one < other]
        list(insert("INSERT INTO pair VALUES (?, ?, ?, ?)", pairs))

    def _add_document(self, document: Document) -> bool:
        day = document.published.latest
        known_by = day.isoformat() if day else str(document.recorded)[:10]
        for aside in document.asides:
            if not 0 <= aside.start <= aside.end <= len(document.text):
                raise RecordError(f"{document.id}: an aside lies outside the text: {aside}")
        stone = self.tombstones.over(document)
        if stone:
            raise RecordError(f"{document.id}: {stone.told()}")
        row = to_row(document)
        del row["text"]
        added = self.file.run(
            "INSERT INTO document (id, row, title, text, known_by, recorded, url)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq",
            (
                document.id,
                to_line(row),
                document.title,
                document.text,
                known_by,
                document.recorded,
                document.url,
            ),
        )
        return bool(added)

    def _add_decision(self, decision: Decision) -> bool:
        added = self.file.run(
            "INSERT INTO decision (id, kind, subject, object, reason, by, recorded)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq",
            (
                decision.id,
                decision.kind,
                decision.subject,
                decision.object,
                decision.reason,
                decision.by,
                decision.recorded,
            ),
        )
        return bool(added)

    def _check_quotes(self, record: Record) -> str:
        """Verify every quote; return the day from which the record counts as published."""
        if record.type != "actor" and not record.quotes:
            raise RecordError(f"{record.id}: a {record.type} needs at least one quote")
        known_by = ""
        texts: dict[str, tuple[str, str]] = {}
        for quote in quotes_in(record):
            if quote.document not in texts:
                texts[quote.document] = self._text(record, quote.document)
            text, day = texts[quote.document]
            quote.verify(text)
            known_by = max(known_by, day)
        return known_by

    def _text(self, record: Record, document: str) -> tuple[str, str]:
        found = self.file.run("SELECT text, known_by FROM document WHERE id = ?", (document,))
        if not found:
            raise RecordError(f"{record.id}: its document {document} is not stored")
        return found[0]  # type: ignore[no-any-return]

    def back_up(self, target: Path, *, replace: bool = False) -> Path:
        """Copy the ledger to a file and check the copy; see `fairweather.ledger.backup`."""
        return back_up(self.file, target, replace=replace)

    # -- soundness ---------------------------------------------------------------------

    def faults(self) -> Iterator[str]:
        """What SQLite itself finds wrong: pages, foreign keys, the full-text index."""
        for (line,) in self.file.run("PRAGMA integrity_check"):
            if line != "ok":
                yield f"integrity: {line}"
        for table, rowid, parent, _ in self.file.run("PRAGMA foreign_key_check"):
            yield f"foreign key: {table} row {rowid} points at no {parent}"
        try:
            with translated(self.path):
                self.file.run("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        except (apsw.Error, LedgerError) as error:
            yield f"full-text index: {error}"


def _stamped(record: Record, stamp: str) -> Record:
    return record if record.recorded else replace(record, recorded=stamp)
