"""Reading a ledger: records by id, by kind, by actor, by words, all in a window."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import NamedTuple, TypeVar

from fairweather.errors import LedgerError, UnknownKey
from fairweather.ledger.about import ANYTHING, About, conditions
from fairweather.ledger.deciding import Deciding
from fairweather.ledger.search import Hit, fts_query, hits, ranked
from fairweather.ledger.window import EVERYTHING, Window
from fairweather.records import Document, Record, When, from_row
from fairweather.vocabulary.loader import suggest

R = TypeVar("R", bound=Record)

_KNOWN = (
    "SELECT id, row, text FROM document WHERE {0}"
    " UNION ALL SELECT id, row, NULL FROM statement WHERE {0}"
)


class Outline(NamedTuple):
    """A statement without what it says: enough to judge whether it stands.

    `document` is that of its first quote.
    """

    id: str
    document: str
    confidence: float


class Reading(Deciding):
    """A ledger file as it may be read within a window: nothing outside it is there."""

    # -- one row -----------------------------------------------------------------------

    def has(self, record_id: str) -> bool:
        """Whether a document or statement of this id is stored."""
        where, values = self.window.where()
        return bool(
            self.file.run(
                f"SELECT 1 FROM document WHERE id = ? AND {where}"
                f" UNION SELECT 1 FROM statement WHERE id = ? AND {where}",
                (record_id, *values, record_id, *values),
            )
        )

    def record(self, record_id: str) -> Record:
        """The record of an id, or of the beginning of one. Raises UnknownKey."""
        where, values = self.window.where()
        exact = self.file.run(
            _KNOWN.format(f"id = ? AND {where}"), (record_id, *values, record_id, *values)
        )
        if exact:
            return _record(exact[0][1], exact[0][2])
        bounds = (record_id, record_id + "\U0010ffff", *values)
        found = self.file.run(
            _KNOWN.format(f"id >= ? AND id < ? AND {where}") + " LIMIT 2", (*bounds, *bounds)
        )
        if len(found) == 1:
            return _record(found[0][1], found[0][2])
        if found:
            raise UnknownKey(f"{record_id!r} begins several ids; give more of it")
        raise UnknownKey(
            f"no record {record_id!r} in {self.file.path}{self._outside(record_id)};"
            " `fairweather find` lists them"
        )

    def _outside(self, record_id: str) -> str:
        """Why a row is not there where it would be, seen without the window."""
        if self.window == EVERYTHING or not Reading(self.file).has(record_id):
            return ""
        return " within the dates asked for"

    def document(self, document_id: str) -> Document:
        """The document of an id. Raises UnknownKey."""
        return _of_kind(self.record(document_id), Document)

    # -- many rows ---------------------------------------------------------------------

    def documents(
        self,
        window: Window = EVERYTHING,
        *,
        text: str = "",
        ids: Collection[str] | None = None,
    ) -> Iterator[Document]:
        """Every document in the window, by the day it was published, then by id.

        With `text`, only those that hold the words (a phrase in quotes); with `ids`, only
        those.
        """
        where, values = self.window.narrowed(window).where()
        if text:
            where += " AND seq IN (SELECT rowid FROM words WHERE words MATCH ?)"
            values.append(fts_query(text) or '""')
        if ids is not None:
            where += " AND id IN (SELECT value FROM json_each(?))"
            values.append(json.dumps(list(ids)))
        sql = f"SELECT row, text FROM document WHERE {where} ORDER BY known_by, id"
        for row, whole in self.file.run(sql, values):
            yield _of_kind(_record(row, whole), Document)

    def published(self, ids: Collection[str], window: Window = EVERYTHING) -> dict[str, When]:
        """When each of some documents in the window was published, by its id, oldest first."""
        where, values = self.window.narrowed(window).where()
        rows = self.file.run(
            "SELECT id, row ->> '$.published.from', row ->> '$.published.to',"
            " row ->> '$.published.precision', row ->> '$.published.basis' FROM document"
            f" WHERE id IN (SELECT value FROM json_each(?)) AND {where} ORDER BY known_by, id",
            (json.dumps(list(ids)), *values),
        )
        return {row[0]: When(*row[1:]) for row in rows}

    def at_address(self, url: str) -> tuple[Document, ...]:
        """The documents of a web address, in the order in which they were stored."""
        where, values = self.window.where()
        rows = self.file.run(
            f"SELECT row, text FROM document WHERE url = ? AND url <> '' AND {where} ORDER BY seq",
            (url, *values),
        )
        return tuple(_of_kind(_record(row, whole), Document) for row, whole in rows)

    def titled_alike(self, document: Document) -> tuple[Document, ...]:
        """Others of its publisher with its title, published on the same known day."""
        day = document.published.latest
        if not (day and document.title and document.publisher):
            return ()
        where, values = self.window.where()
        rows = self.file.run(
            "SELECT row, text FROM document WHERE known_by = ? AND title = ? AND id <> ?"
            f" AND row ->> '$.publisher' = ? AND {where} ORDER BY seq",
            (day.isoformat(), document.title, document.id, document.publisher, *values),
        )
        return tuple(_of_kind(_record(row, whole), Document) for row, whole in rows)

    def search(
        self,
        text: str,
        window: Window = EVERYTHING,
        *,
        limit: int | None = None,
        among: Collection[str] | None = None,
        marked: bool = True,
    ) -> tuple[Hit, ...]:
        """The documents that hold all the words, the best first.

        `limit` keeps the best, `among` those of some ids with the rank that they have among
        all. Where the words stand is looked up unless `marked` is False.
        """
        found = ranked(self.file, self.window.narrowed(window), text, limit)
        kept = [
            (rank, seq, identity)
            for rank, (seq, identity) in enumerate(found, 1)
            if among is None or identity in among
        ]
        if not marked:
            return tuple(Hit(identity, rank) for rank, _, identity in kept)
        return tuple(hits(self.file, text, [(rank, seq) for rank, seq, _ in kept]))

    def statements(
        self,
        kind: type[R],
        window: Window = EVERYTHING,
        *,
        about: About = ANYTHING,
        ids: Collection[str] | None = None,
    ) -> Iterator[R]:
        """Every statement of a kind in the window, oldest publication first.

        `about` leaves out what it does not concern; with `ids`, only those.
        """
        condition, values = conditions(kind, self.window.narrowed(window), about, ids)
        sql = f"SELECT row FROM statement WHERE {condition} ORDER BY known_by, seq"
        for (row,) in self.file.run(sql, values):
            yield _of_kind(_record(row), kind)

    def known_by(self, ids: Collection[str]) -> dict[str, str]:
        """The ISO day from which each of some statements is known: an as-of day shows it from
        then on."""
        rows = self.file.run(
            "SELECT id, known_by FROM statement WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
        return dict(rows)

    def outline(
        self, kind: type[Record], window: Window = EVERYTHING, *, about: About = ANYTHING
    ) -> list[Outline]:
        """The statements of a kind in the window without what they say, in the same order."""
        condition, values = conditions(kind, self.window.narrowed(window), about, None)
        sql = (
            "SELECT id, ifnull(document, ''), confidence FROM statement"
            f" WHERE {condition} ORDER BY known_by, seq"
        )
        return [Outline(*row) for row in self.file.run(sql, values)]

    def outlines_on(
        self, one: str, other: str, window: Window = EVERYTHING
    ) -> dict[str, list[Outline]]:
        """Every statement that names both of two ids as `outline` gives it, by its type."""
        where, values = self.window.narrowed(window).where()
        rows = self.file.run(
            "SELECT statement.type, id, ifnull(document, ''), confidence"
            " FROM pair JOIN statement ON seq = statement"
            f" WHERE one = ? AND other = ? AND {where} ORDER BY known_by, seq",
            (*sorted((one, other)), *values),
        )
        found: dict[str, list[Outline]] = defaultdict(list)
        for kind, *outline in rows:
            found[kind].append(Outline(*outline))
        return found

    def quoted_besides(self, ids: Collection[str]) -> set[str]:
        """The documents that some statements quote, but for those quoted first and alone."""
        # Most rows hold one quote; a search for the seam of two is quicker than to parse each.
        rows = self.file.run(
            "SELECT DISTINCT quote.value ->> '$.document'"
            " FROM json_each(?) AS wanted JOIN statement ON statement.id = wanted.value,"
            " json_each(statement.row, '$.quotes') AS quote"
            """ WHERE instr(statement.row, '},{"document":') > 0""",
            (json.dumps(list(ids)),),
        )
        return {document for (document,) in rows}

    # -- the rest ----------------------------------------------------------------------

    def scenarios(self) -> Iterator[tuple[str, str, str]]:
        """Every kept scenario: id, text, recorded."""
        where, values = Window(recorded_by=self.window.recorded_by).where()
        yield from self.file.run(
            f"SELECT id, text, recorded FROM scenario WHERE {where} ORDER BY recorded, id", values
        )

    def scenario(self, scenario_id: str) -> str:
        """The text of a played scenario. Raises UnknownKey."""
        for identity, text, _ in self.scenarios():
            if identity == scenario_id:
                return text
        near = suggest(scenario_id, [identity for identity, _, _ in self.scenarios()])
        hint = f"; did you mean {near}?" if near else "; play it first"
        raise UnknownKey(f"no scenario {scenario_id!r} in {self.file.path}{hint}")

    def counts(self) -> dict[str, int]:
        """How many rows of each type are stored."""
        where, values = self.window.where()
        counts = dict(
            self.file.run(
                f"SELECT type, count(*) FROM statement WHERE {where} GROUP BY type", values
            )
        )
        counts["document"] = self._count("document", self.window)
        counts["decision"] = self._count("decision", Window(recorded_by=self.window.recorded_by))
        return counts

    def _count(self, table: str, window: Window) -> int:
        where, values = window.where()
        return int(self.file.run(f"SELECT count(*) FROM {table} WHERE {where}", values)[0][0])

    def actor_ids(self) -> tuple[str, ...]:
        """Every actor that any statement is about, most mentioned first."""
        where, values = self.window.where()
        source = "mention"
        if self.window != EVERYTHING:
            source += f" WHERE statement IN (SELECT seq FROM statement WHERE {where})"
        rows = self.file.run(
            f"SELECT actor FROM {source} GROUP BY actor ORDER BY count(*) DESC, actor", values
        )
        return tuple(row[0] for row in rows)

    def is_about(self, actor: str) -> bool:
        """Whether any statement is about an actor."""
        where, values = self.window.where("statement")
        return bool(
            self.file.run(
                "SELECT 1 FROM mention JOIN statement ON statement.seq = mention.statement"
                f" WHERE actor = ? AND {where} LIMIT 1",
                (actor, *values),
            )
        )


def _record(row: str, text: str | None = None) -> Record:
    body = json.loads(row)
    if text is not None:
        body["text"] = text
    return from_row(body)


def _of_kind(record: Record, kind: type[R]) -> R:
    if not isinstance(record, kind):
        raise LedgerError(f"{record.id} is kept as a {kind.type} and is none; run verify")
    return record
