"""The Ledger: the one place that stores.

One SQLite file through apsw (which carries a current SQLite), write-ahead logged, fully
synchronous: what `add` has returned from survives a killed process. Several processes
may read and write at once.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import apsw

from fairweather.errors import LedgerError, LedgerFull, LedgerTooNew, RecordError, UnknownKey
from fairweather.ledger import schema
from fairweather.ledger.decisions import Decision
from fairweather.ledger.feeds import Feeds
from fairweather.ledger.migration import migrate
from fairweather.ledger.questions import Questions
from fairweather.records import Document, Quote, Record, Row, from_row, to_line, to_row
from fairweather.vocabulary.loader import suggest

BUSY_WAIT_MS = 30_000
"""How long a writer waits for another before it gives up."""

R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Added:
    """What one `add` did: rows new to the ledger, and rows that it already had."""

    new: int
    known: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a question may see: published by the end of `as_of`, learnt by `recorded_by`.

    `as_of` is a full ISO day or None for everything; `recorded_by` a UTC instant or None.
    """

    as_of: str | None = None
    recorded_by: str | None = None

    def where(self) -> tuple[str, list[str]]:
        """The window as an SQL condition and its values."""
        terms, values = ["1"], []
        if self.as_of:
            terms.append("known_by <= ?")
            values.append(self.as_of)
        if self.recorded_by:
            terms.append("recorded <= ?")
            values.append(self.recorded_by)
        return " AND ".join(terms), values


EVERYTHING = Window()


def now() -> str:
    """This instant in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Ledger:
    """A ledger file, opened for reading and writing; made when it is not there.

    Raises LedgerError when the file is no ledger, LedgerTooNew when a later version of
    fairweather wrote it.
    """

    def __init__(self, path: Path | str, clock: Callable[[], str] = now) -> None:
        self.path = Path(path)
        self._clock = clock
        with _translated(self.path):
            self._connection = apsw.Connection(str(path))
            self._connection.set_busy_timeout(BUSY_WAIT_MS)
            self._open()

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
        self._connection.close()

    @property
    def feeds(self) -> Feeds:
        """The feeds that are watched."""
        return Feeds(self._run, self._transaction)

    @property
    def questions(self) -> Questions:
        """The questions asked, their forecasts and how they came out."""
        return Questions(self._run, self._transaction, self._clock)

    # -- writing -----------------------------------------------------------------------

    def add(
        self,
        records: Iterable[Record],
        decisions: Iterable[Decision] = (),
    ) -> Added:
        """Store records and decisions in one transaction: all of them or none.

        Rows that the ledger already has are left as they are. Raises QuoteError when a
        quote is not verbatim, RecordError when its document is unknown.
        """
        stamp = self._clock()
        new = known = 0
        with self._transaction():
            for record in records:
                stamped = record if record.recorded else replace(record, recorded=stamp)
                added = self._add_record(stamped)
                new, known = new + added, known + (not added)
            for decision in decisions:
                made = replace(decision, recorded=decision.recorded or stamp)
                added = self._add_decision(made)
                new, known = new + added, known + (not added)
        return Added(new, known)

    def keep_scenario(self, scenario_id: str, text: str, recorded: str = "") -> None:
        """Keep a played scenario's text, so that `why` can compute its figures again."""
        with self._transaction():
            self._run(
                "INSERT INTO scenario VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (scenario_id, text, recorded or self._clock()),
            )

    def _add_record(self, record: Record) -> bool:
        if isinstance(record, Document):
            return self._add_document(record)
        known_by = self._check_quotes(record)
        row = to_row(record)
        added = self._run(
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
        if not added:
            return False
        for actor in set(actors_in(row)):
            self._run("INSERT INTO mention VALUES (?, ?)", (actor, added[0][0]))
        return True

    def _add_document(self, document: Document) -> bool:
        day = document.published.latest
        known_by = day.isoformat() if day else str(document.recorded)[:10]
        for aside in document.asides:
            if not 0 <= aside.start <= aside.end <= len(document.text):
                raise RecordError(f"{document.id}: an aside lies outside the text: {aside}")
        added = self._run(
            "INSERT INTO document (id, row, title, text, known_by, recorded)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING RETURNING seq",
            (
                document.id,
                to_line(to_row(document)),
                document.title,
                document.text,
                known_by,
                document.recorded,
            ),
        )
        return bool(added)

    def _add_decision(self, decision: Decision) -> bool:
        added = self._run(
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
        for quote in quotes_in(record):
            found = self._run("SELECT text, known_by FROM document WHERE id = ?", (quote.document,))
            if not found:
                raise RecordError(f"{record.id}: its document {quote.document} is not stored")
            text, day = found[0]
            quote.verify(text)
            known_by = max(known_by, day)
        return known_by

    # -- reading -----------------------------------------------------------------------

    def has(self, record_id: str) -> bool:
        """Whether a document or statement of this id is stored."""
        return bool(
            self._run(
                "SELECT 1 FROM document WHERE id = ?1 UNION SELECT 1 FROM statement WHERE id = ?1",
                (record_id,),
            )
        )

    def record(self, record_id: str) -> Record:
        """The record of an id, or of the beginning of one. Raises UnknownKey."""
        upper = record_id + "\U0010ffff"
        found = self._run(
            "SELECT id, row FROM document WHERE id >= ?1 AND id < ?2"
            " UNION ALL SELECT id, row FROM statement WHERE id >= ?1 AND id < ?2 LIMIT 3",
            (record_id, upper),
        )
        exact = [row for identity, row in found if identity == record_id]
        if exact:
            return from_row(json.loads(exact[0]))
        if len(found) == 1:
            return from_row(json.loads(found[0][1]))
        if found:
            raise UnknownKey(f"{record_id!r} begins several ids; give more of it")
        raise UnknownKey(f"no record {record_id!r} in {self.path}; `fairweather find` lists them")

    def document(self, document_id: str) -> Document:
        """The document of an id. Raises UnknownKey."""
        return _of_kind(self.record(document_id), Document)

    def documents(self, window: Window = EVERYTHING, *, text: str = "") -> Iterator[Document]:
        """Every document in the window, by the day it was published, then by id.

        With `text`, only those that hold the words (a phrase in quotes).
        """
        where, values = window.where()
        if text:
            where += " AND seq IN (SELECT rowid FROM words WHERE words MATCH ?)"
            values.append(_fts_query(text))
        rows = self._run(f"SELECT row FROM document WHERE {where} ORDER BY known_by, id", values)
        for (row,) in rows:
            yield _of_kind(from_row(json.loads(row)), Document)

    def statements(
        self,
        kind: type[R],
        window: Window = EVERYTHING,
        *,
        actors: Sequence[str] = (),
        text: str = "",
        coded_as: Callable[[str], Sequence[str]] = lambda actor: (actor,),
    ) -> Iterator[R]:
        """Every statement of a kind in the window, oldest publication first.

        With `actors`, only those about all of them (`coded_as` gives the ids under which
        each may stand, where several were found to be one); with `text`, only those from documents
        that hold the words (full-text syntax of SQLite FTS5; a phrase in quotes).
        """
        where, values = window.where()
        terms, arguments = [f"type = ? AND {where}"], [kind.type, *values]
        for actor in actors:
            ids = coded_as(actor)
            marks = ", ".join("?" * len(ids))
            terms.append(f"seq IN (SELECT statement FROM mention WHERE actor IN ({marks}))")
            arguments += ids
        if text:
            terms.append(
                "document IN (SELECT id FROM document WHERE seq IN"
                " (SELECT rowid FROM words WHERE words MATCH ?))"
            )
            arguments.append(_fts_query(text))
        sql = f"SELECT row FROM statement WHERE {' AND '.join(terms)} ORDER BY known_by, seq"
        for (row,) in self._run(sql, arguments):
            yield _of_kind(from_row(json.loads(row)), kind)

    def decisions(self, recorded_by: str | None = None) -> tuple[Decision, ...]:
        """Every decision recorded by an instant (all without one), oldest first."""
        rows = self._run(
            "SELECT kind, subject, object, reason, by, recorded FROM decision"
            " WHERE ?1 IS NULL OR recorded <= ?1 ORDER BY recorded, id",
            (recorded_by,),
        )
        fields = ("kind", "subject", "object", "reason", "by", "recorded")
        return tuple(Decision(**dict(zip(fields, row, strict=True))) for row in rows)

    def scenarios(self) -> Iterator[tuple[str, str, str]]:
        """Every kept scenario: id, text, recorded."""
        yield from self._run("SELECT id, text, recorded FROM scenario ORDER BY recorded, id")

    def scenario(self, scenario_id: str) -> str:
        """The text of a played scenario. Raises UnknownKey."""
        found = self._run("SELECT text FROM scenario WHERE id = ?", (scenario_id,))
        if not found:
            known = [row[0] for row in self._run("SELECT id FROM scenario")]
            near = suggest(scenario_id, known)
            hint = f"; did you mean {near}?" if near else "; play it first"
            raise UnknownKey(f"no scenario {scenario_id!r} in {self.path}{hint}")
        return str(found[0][0])

    def counts(self) -> dict[str, int]:
        """How many rows of each type are stored."""
        counts = dict(self._run("SELECT type, count(*) FROM statement GROUP BY type"))
        counts["document"] = self._run("SELECT count(*) FROM document")[0][0]
        counts["decision"] = self._run("SELECT count(*) FROM decision")[0][0]
        return counts

    def actor_ids(self) -> tuple[str, ...]:
        """Every actor that any statement is about, most mentioned first."""
        rows = self._run("SELECT actor FROM mention GROUP BY actor ORDER BY count(*) DESC, actor")
        return tuple(row[0] for row in rows)

    def faults(self) -> Iterator[str]:
        """What SQLite itself finds wrong: pages, foreign keys, the full-text index."""
        for (line,) in self._run("PRAGMA integrity_check"):
            if line != "ok":
                yield f"integrity: {line}"
        for table, rowid, parent, _ in self._run("PRAGMA foreign_key_check"):
            yield f"foreign key: {table} row {rowid} points at no {parent}"
        try:
            self._run("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
        except apsw.Error as error:
            yield f"full-text index: {error}"

    # -- the file ----------------------------------------------------------------------

    def _open(self) -> None:
        version = self._run("PRAGMA user_version")[0][0]
        application = self._run("PRAGMA application_id")[0][0]
        tables = self._run("SELECT count(*) FROM sqlite_schema")[0][0]
        if tables and application != schema.APPLICATION_ID:
            raise LedgerError(f"{self.path} is a database, but no fairweather ledger")
        if version > schema.VERSION:
            raise LedgerTooNew(
                f"{self.path} was written by a later fairweather (ledger version {version},"
                f" this one reads {schema.VERSION}); upgrade fairweather"
            )
        self._run("PRAGMA journal_mode = WAL")
        self._run("PRAGMA synchronous = FULL")
        self._run("PRAGMA foreign_keys = ON")
        if not tables:
            self._create()
        elif version < schema.VERSION:
            migrate(self._connection, self.path, version)

    def _create(self) -> None:
        with self._transaction():
            if self._run("SELECT count(*) FROM sqlite_schema")[0][0]:
                return  # another process was quicker
            self._run(schema.TABLES)
            self._run(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            self._run(f"PRAGMA user_version = {schema.VERSION}")

    def _run(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        # Fetched whole: apsw stops a run of statements at the first that returns rows.
        return list(self._connection.execute(sql, tuple(values)))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _translated(self.path):
            self._run("BEGIN IMMEDIATE")
            try:
                yield
                self._run("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._run("ROLLBACK")
                raise


@contextmanager
def _translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into the ledger's, naming the file and the way out."""
    try:
        yield
    except apsw.FullError as error:
        raise LedgerFull(
            f"{path}: the disk is full; nothing of this batch was stored, what was stored"
            " before is kept. Free some space and run the same command again"
        ) from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise LedgerError(f"{path} is no fairweather ledger, or damaged: {error}") from error
    except apsw.BusyError as error:
        raise LedgerError(f"{path}: another process keeps it locked; try again") from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError) as error:
        raise LedgerError(f"{path} cannot be opened or written: {error}") from error


def _of_kind(record: Record, kind: type[R]) -> R:
    if not isinstance(record, kind):
        raise LedgerError(f"{record.id} is kept as a {kind.type} and is none; run verify")
    return record


def _fts_query(text: str) -> str:
    """A person's words as an FTS5 query: a phrase stays one, operators lose their power."""
    parts = text.split('"')
    phrases = [part for part in parts[1::2] if part.strip()]
    words = [word for part in parts[0::2] for word in part.split()]
    return " ".join(f'"{part}"' for part in [*phrases, *words])


def quotes_in(record: Record) -> Iterator[Quote]:
    """Every quote of a record, those of its stages, clauses and links included."""
    yield from record.quotes
    for name in ("stages", "clauses", "links"):
        for part in getattr(record, name, ()):
            yield from part.quotes


ACTOR_FIELDS = (
    "source",
    "target",
    "parties",
    "speaker",
    "about",
    "by",
    "a",
    "b",
    "giver",
    "receiver",
)


def actors_in(row: Row) -> Iterator[str]:
    """Every actor id that a row names in a field of its own."""
    for name in ACTOR_FIELDS:
        value = row.get(name) or ()
        yield from [value] if isinstance(value, str) else value
    for member in row.get("members", ()):
        yield member["actor"]
    if row.get("type") == "actor":
        yield row["id"]
