"""Forgetting: a text and everything read from it leave the file for good.

What stays is a tombstone: the document's id, the hash of its text, when it was removed, why
and by whom, so that the same text is not read in again unnoticed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass

from fairweather.errors import LedgerError
from fairweather.ledger.file import LedgerFile
from fairweather.ledger.questions import remove_quoting
from fairweather.records import Document, Row
from fairweather.vocabulary.gazetteer import load_gazetteer


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What is kept of a forgotten document; `forgotten` is a UTC instant."""

    id: str
    sha256: str
    forgotten: str
    reason: str
    by: str

    def told(self) -> str:
        """What to say where the document turns up again."""
        return (
            f"was forgotten on {self.forgotten} ({self.reason or 'no reason given'}) and is not"
            f" read in again; `fairweather forget {self.id} --lift` allows it"
        )

    def row(self) -> Row:
        """The tombstone as a row of `export --all`."""
        return {"type": "tombstone", **asdict(self)}


def tombstone_of_row(row: Row) -> Tombstone:
    """The tombstone of an exported row. Raises TypeError where one of its fields is missing."""
    return Tombstone(**{key: value for key, value in row.items() if key != "type"})


@dataclass(frozen=True, slots=True)
class Removed:
    """What left the ledger with a document: the ids of its rows, of provisional actors that
    no other row names, of played scenarios that cite it; and how many decisions."""

    tombstone: Tombstone
    statements: tuple[str, ...]
    actors: tuple[str, ...]
    scenarios: tuple[str, ...]
    decisions: int


class Tombstones:
    """The tombstones of one ledger; got from `Ledger.tombstones`."""

    def __init__(self, file: LedgerFile) -> None:
        self._file = file

    def all(self) -> tuple[Tombstone, ...]:
        """Every tombstone, oldest first."""
        rows = self._file.run(
            "SELECT id, sha256, forgotten, reason, by FROM tombstone ORDER BY forgotten, id"
        )
        return tuple(Tombstone(*row) for row in rows)

    def over(self, document: Document) -> Tombstone | None:
        """The tombstone over a document, or over the same text from another address."""
        rows = self._file.run(
            "SELECT id, sha256, forgotten, reason, by FROM tombstone"
            " WHERE id = ? OR (sha256 = ? AND sha256 <> '')",
            (document.id, document.sha256),
        )
        return Tombstone(*rows[0]) if rows else None

    def over_id(self, document_id: str) -> bool:
        """Whether a document of this id was forgotten."""
        return bool(self._file.run("SELECT 1 FROM tombstone WHERE id = ?", (document_id,)))

    def keep(self, stone: Tombstone) -> bool:
        """Take in an exported tombstone; False where its document is held here."""
        with self._file.transaction():
            held = self._file.run("SELECT 1 FROM document WHERE id = ?", (stone.id,))
            if not held:
                _write(self._file, stone)
            return not held

    def lift(self, document_id: str) -> bool:
        """Allow a forgotten text to be read in again; whether there was a tombstone."""
        with self._file.transaction():
            sql = "DELETE FROM tombstone WHERE id = ? RETURNING id"
            return bool(self._file.run(sql, (document_id,)))


def remove(file: LedgerFile, stone: Tombstone) -> Removed:
    """Remove a document with what was read from it, and overwrite where it stood.

    Raises LedgerError when another process holds the old state in the log: the rows are gone
    then, and a second call overwrites what is left.
    """
    # Both are switches of the connection and cannot be thrown inside a transaction; the
    # rows that point at each other go together, so nothing is left to check.
    file.run("PRAGMA secure_delete = ON")
    file.run("PRAGMA foreign_keys = OFF")
    try:
        with file.transaction():
            removed = _remove_rows(file, stone)
    finally:
        file.run("PRAGMA foreign_keys = ON")
    overwrite(file)
    return removed


def overwrite(file: LedgerFile) -> None:
    """Write the file anew without what was deleted, and empty its log. Raises LedgerError."""
    # Merged into one, the index holds the words of what is left and of nothing else.
    with file.transaction():
        file.run("INSERT INTO words (words) VALUES ('optimize')")
    file.run("VACUUM")
    busy, _, _ = file.run("PRAGMA wal_checkpoint(TRUNCATE)")[0]
    if busy:
        raise LedgerError(
            f"{file.path}: the text is removed, but another process still holds pages of it;"
            " close what uses the ledger and run `fairweather forget --finish`"
        )


def _remove_rows(file: LedgerFile, stone: Tombstone) -> Removed:
    rows = file.run(
        "SELECT seq, id, row FROM statement WHERE document = ?1"
        " UNION SELECT seq, id, row FROM statement WHERE instr(row, ?2)",
        (stone.id, json.dumps(stone.id)),
    )
    statements = tuple(identity for _, identity, _ in rows)
    actors = _remove_statements(file, [seq for seq, _, _ in rows])
    gone = (stone.id, *statements, *actors)
    scenarios = tuple(_remove_scenarios(file, (stone.id, *statements)))
    decisions = _remove_decisions(file, gone)
    remove_quoting(file, stone.id)
    file.run("UPDATE feed_item SET document = NULL WHERE document = ?", (stone.id,))
    file.run("DELETE FROM document WHERE id = ?", (stone.id,))
    _write(file, stone)
    return Removed(stone, statements, actors, scenarios, decisions)


def _remove_statements(file: LedgerFile, seqs: list[int]) -> tuple[str, ...]:
    """Delete statements; the provisional actors that only they were about, deleted too."""
    asked = (json.dumps(seqs),)
    named = [
        actor
        for (actor,) in file.run(
            "SELECT DISTINCT actor FROM mention"
            " WHERE statement IN (SELECT value FROM json_each(?))",
            asked,
        )
    ]
    for table, column in (("mention", "statement"), ("pair", "statement"), ("statement", "seq")):
        file.run(f"DELETE FROM {table} WHERE {column} IN (SELECT value FROM json_each(?))", asked)
    listed = load_gazetteer().actors
    return tuple(a for a in named if a not in listed and _is_orphan(file, a))


def _is_orphan(file: LedgerFile, actor: str) -> bool:
    """Whether no other row is about an actor; if so, its own row is deleted."""
    own = file.run("SELECT seq FROM statement WHERE id = ? AND type = 'actor'", (actor,))
    left = file.run("SELECT statement FROM mention WHERE actor = ? LIMIT 2", (actor,))
    if left != own:
        return False
    for (seq,) in own:
        file.run("DELETE FROM mention WHERE statement = ? AND actor = ?", (seq, actor))
        file.run("DELETE FROM statement WHERE seq = ?", (seq,))
    return bool(own)


def _remove_scenarios(file: LedgerFile, gone: tuple[str, ...]) -> Iterator[str]:
    for identity, text in file.run("SELECT id, text FROM scenario"):
        if any(one in text for one in gone):
            file.run("DELETE FROM scenario WHERE id = ?", (identity,))
            yield identity


def _remove_decisions(file: LedgerFile, gone: tuple[str, ...]) -> int:
    """Delete the decisions that name what is gone, and those that took them back."""
    count = 0
    frontier = list(gone)
    while frontier:
        asked = (json.dumps(frontier),)
        found = file.run(
            "DELETE FROM decision WHERE subject IN (SELECT value FROM json_each(?1))"
            " OR object IN (SELECT value FROM json_each(?1)) RETURNING id",
            asked,
        )
        frontier = [identity for (identity,) in found]
        count += len(found)
    return count


def _write(file: LedgerFile, stone: Tombstone) -> None:
    file.run(
        "INSERT INTO tombstone VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (stone.id, stone.sha256, stone.forgotten, stone.reason, stone.by),
    )
