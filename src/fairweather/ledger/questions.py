"""Questions, forecasts and resolutions of one ledger: added, never changed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from fairweather.errors import MisuseError, RecordError, UnknownKey
from fairweather.ledger.file import LedgerFile
from fairweather.records import Quote, to_line
from fairweather.records.questions import (
    QUESTION_KINDS,
    Forecast,
    Kept,
    Question,
    Resolution,
    any_kept_of_row,
    kept_of_row,
    kept_row,
)

K = TypeVar("K", Question, Forecast, Resolution)

TABLES = """
CREATE TABLE IF NOT EXISTS question (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    row      TEXT NOT NULL,
    closes   TEXT NOT NULL,
    recorded TEXT NOT NULL
) STRICT;

CREATE TABLE IF NOT EXISTS forecast (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL REFERENCES question (id),
    row      TEXT NOT NULL,
    made     TEXT NOT NULL,
    recorded TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS forecast_by_question ON forecast (question, made);

CREATE TABLE IF NOT EXISTS resolution (
    seq      INTEGER PRIMARY KEY,
    id       TEXT NOT NULL UNIQUE,
    question TEXT NOT NULL REFERENCES question (id),
    row      TEXT NOT NULL,
    replaces TEXT NOT NULL,
    recorded TEXT NOT NULL,
    UNIQUE (question, replaces)
) STRICT;
"""
"""Made with the first question, so that a ledger of an earlier day needs no migration for them.

`UNIQUE (question, replaces)`: of two first resolutions one is refused.
"""


class Questions:
    """The questions of one ledger; got from `Ledger.questions`."""

    def __init__(self, file: LedgerFile, clock: Callable[[], str]) -> None:
        self._file = file
        self._run = file.run
        self._clock = clock

    def add(self, kept: Iterable[Kept]) -> tuple[Kept, ...]:
        """Store what is new, all of it or none; what was new, with its instant of recording.

        Raises RecordError where a quote is not verbatim or a question is not stored,
        MisuseError where a question that is resolved would be resolved otherwise.
        """
        with self._file.transaction():
            self._run(TABLES)
            stamp = self._clock()
            stamped = [one if one.recorded else replace(one, recorded=stamp) for one in kept]
            return tuple(one for one in stamped if self._add(one))

    def question(self, identity: str) -> Question:
        """The question of an id, or of the beginning of one. Raises UnknownKey."""
        wanted = identity if identity.startswith("question:") else f"question:{identity}"
        rows = self._rows(
            "SELECT row FROM question WHERE id >= ?1 AND id < ?2 LIMIT 2",
            (wanted, wanted + "\U0010ffff"),
        )
        if len(rows) != 1:
            said = "begins several ids; give more of it" if rows else "is no question"
            raise UnknownKey(f"{identity!r} {said}; `fairweather question list` lists them")
        return _read(rows[0][0], Question)

    def all(self) -> tuple[Question, ...]:
        """Every question that no other replaces, the first to close first."""
        rows = self._rows("SELECT row FROM question ORDER BY closes, id", ())
        found = [_read(row, Question) for (row,) in rows]
        replaced = {one.replaces for one in found}
        return tuple(one for one in found if one.id not in replaced)

    def forecasts(self, question: str | None = None) -> tuple[Forecast, ...]:
        """Every forecast, or those of one question, in the order in which they were made."""
        rows = self._rows(
            "SELECT row FROM forecast WHERE ?1 IS NULL OR question = ?1 ORDER BY made, id",
            (question,),
        )
        return tuple(_read(row, Forecast) for (row,) in rows)

    def resolutions(self, question: str | None = None) -> tuple[Resolution, ...]:
        """Every resolution, replaced ones included, in the order of recording."""
        rows = self._rows(
            "SELECT row FROM resolution WHERE ?1 IS NULL OR question = ?1 ORDER BY seq",
            (question,),
        )
        return tuple(_read(row, Resolution) for (row,) in rows)

    def every(self, as_of: str | None = None) -> tuple[Kept, ...]:
        """All that is stored, replaced questions and resolutions included, as `add` takes it.

        With `as_of`, what had opened, was made and was public by the end of that ISO day. In an
        order that does not depend on when a ledger learnt what.
        """
        day = as_of or "9999-12-31"
        rows = self._rows("SELECT row FROM question ORDER BY closes, id", ())
        questions = [_read(row, Question) for (row,) in rows]
        opened = {one.id for one in questions if one.opens <= day}
        return (
            *(one for one in questions if one.id in opened),
            *(one for one in self.forecasts() if one.day <= day and one.question in opened),
            *(one for one in _in_succession(self.resolutions()) if one.on <= day),
        )

    def faults(self, texts: Mapping[str, str]) -> Iterator[str]:
        """What does not prove itself: changed rows, quotes not verbatim in the texts by id."""
        for table in QUESTION_KINDS:
            for identity, row in self._rows(f"SELECT id, row FROM {table} ORDER BY seq", ()):
                try:
                    kept = any_kept_of_row(json.loads(row), identity)
                    for quote in kept.quotes:
                        if quote.document not in texts:
                            yield f"{identity}: orphan, its document {quote.document} is not there"
                        else:
                            quote.verify(texts[quote.document])
                except RecordError as error:
                    yield f"{identity}: {error}"

    def _rows(self, sql: str, values: Sequence[Any]) -> list[Any]:
        """What is asked for; nothing while no question was ever asked."""
        if not self._run("SELECT 1 FROM sqlite_schema WHERE name = 'question'", ()):
            return []
        return self._run(sql, values)

    # -- adding ------------------------------------------------------------------------

    def _add(self, kept: Kept) -> bool:
        for quote in kept.quotes:
            self._check(quote, kept.id)
        row = to_line(kept_row(kept))
        if isinstance(kept, Question):
            return self._insert(
                "INSERT INTO question (id, row, closes, recorded) VALUES (?, ?, ?, ?)",
                (kept.id, row, kept.closes, kept.recorded),
            )
        if not self._run("SELECT 1 FROM question WHERE id = ?", (kept.question,)):
            raise RecordError(f"{kept.id}: its question {kept.question} is not stored")
        if isinstance(kept, Forecast):
            return self._insert(
                "INSERT INTO forecast (id, question, row, made, recorded) VALUES (?, ?, ?, ?, ?)",
                (kept.id, kept.question, row, kept.made, kept.recorded),
            )
        self._refuse_second(kept)
        return self._insert(
            "INSERT INTO resolution (id, question, row, replaces, recorded) VALUES (?, ?, ?, ?, ?)",
            (kept.id, kept.question, row, kept.replaces, kept.recorded),
        )

    def _refuse_second(self, kept: Resolution) -> None:
        """Two resolutions in one place are refused; within the lock, so whoever is quicker."""
        others = self._run(
            "SELECT id FROM resolution WHERE question = ? AND replaces = ? AND id <> ?",
            (kept.question, kept.replaces, kept.id),
        )
        if others:
            raise MisuseError(
                f"{kept.question} is resolved already; a resolution that takes the place of"
                " another names it and says why"
            )

    def _insert(self, sql: str, values: Sequence[Any]) -> bool:
        return bool(self._run(f"{sql} ON CONFLICT (id) DO NOTHING RETURNING seq", values))

    def _check(self, quote: Quote, of: str) -> None:
        found = self._run("SELECT text FROM document WHERE id = ?", (quote.document,))
        if not found:
            raise RecordError(f"{of}: its document {quote.document} is not stored")
        quote.verify(found[0][0])


def remove_quoting(file: LedgerFile, document: str) -> None:
    """Remove what quotes a document: resolutions, forecasts, and questions with all of theirs.

    Called inside the transaction that forgets the document's text.
    """
    if not file.run("SELECT 1 FROM sqlite_schema WHERE name = 'question'"):
        return
    quoting = "EXISTS (SELECT 1 FROM json_each(row, '$.quotes') WHERE value ->> 'document' = ?1)"
    gone = f"question IN (SELECT id FROM question WHERE {quoting})"
    # With one resolution go those that took its place, and the question is open again.
    again = f"question IN (SELECT question FROM resolution WHERE {quoting})"
    file.run(f"DELETE FROM resolution WHERE {gone} OR {again}", (document,))
    file.run(f"DELETE FROM forecast WHERE {gone} OR {quoting}", (document,))
    file.run(f"DELETE FROM question WHERE {quoting}", (document,))


def _read(row: str, kind: type[K]) -> K:
    return kept_of_row(json.loads(row), kind)


def _in_succession(resolutions: Iterable[Resolution]) -> list[Resolution]:
    """By question, each before the one that takes its place."""
    following = {(one.question, one.replaces): one for one in resolutions}
    ordered: list[Resolution] = []
    for question in sorted({question for question, _ in following}):
        last = ""
        while (question, last) in following:
            ordered.append(following[question, last])
            last = ordered[-1].id
    return ordered


def standing_resolutions(resolutions: Iterable[Resolution]) -> dict[str, Resolution]:
    """Question id -> the resolution that no other takes the place of."""
    return {one.question: one for one in _in_succession(resolutions)}
