"""How well documents match some words: Okapi BM25, as if the ledger held only what is seen.

BM25 weighs a word by how rare it is and a count by how long the text is, both against the whole
collection. The index knows one collection, all that was ever read; within a window the counts are
taken over the documents in it, so that the order of an earlier day's answer is the same whatever
is read later.

Source of the formula: Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework", with
the constants and the floor of the index's own `bm25` (SQLite, FTS5).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import lru_cache

import apsw

from fairweather.ledger.file import LedgerFile
from fairweather.ledger.window import Window

TITLE, BODY = 5.0, 1.0
"""What a hit counts in the title, and in the text."""

SATURATION, BY_LENGTH = 1.2, 0.75
"""k1 and b of BM25."""

LEAST = 1e-6
"""What a word weighs that most documents hold."""

Match = tuple[int, str, tuple[float, ...], int]
"""A document's `seq` and id, the weighed hits of each phrase in it, its length in words."""


def best_first(
    file: LedgerFile, window: Window, phrases: Sequence[str], limit: int | None = None
) -> list[tuple[int, str]]:
    """The documents that hold all the phrases, `seq` and id, the best first; [] for no phrase."""
    if not phrases:
        return []
    query = " ".join(phrases)
    where, values = window.where()
    if not values:
        return file.run(
            "SELECT found.seq, document.id FROM"
            " (SELECT rowid AS seq, rank AS place FROM words"
            f" WHERE words MATCH ? AND rank MATCH 'bm25({TITLE}, {BODY})'"
            " ORDER BY rank LIMIT ?) AS found"
            " JOIN document ON document.seq = found.seq ORDER BY found.place, found.seq",
            (query, -1 if limit is None else limit),
        )
    matches = list(_matches(file, query, where, values))
    if not matches:
        return []
    lengths = list(_lengths(file, where, values))
    weights = [_rarity(_holding(file, one, where, values), len(lengths)) for one in phrases]
    mean = sum(lengths) / len(lengths)
    ordered = sorted(matches, key=lambda one: (-_score(one, weights, mean), one[0]))
    return [(seq, identity) for seq, identity, *_ in ordered[:limit]]


def _matches(file: LedgerFile, query: str, where: str, values: Sequence[str]) -> Iterator[Match]:
    file.connection.register_fts5_function("hits_of", _hits_of)
    rows = file.run(
        "SELECT words.rowid, document.id, hits_of(words) FROM words"
        f" JOIN document ON document.seq = words.rowid WHERE words MATCH ? AND {where}",
        (query, *values),
    )
    for seq, identity, told in rows:
        *hits, length = told.split()
        yield seq, identity, tuple(map(float, hits)), int(length)


def _hits_of(row: apsw.FTS5ExtensionApi, /, *_: apsw.SQLiteValue) -> str:
    """The weighed hits of each phrase in a row of the index, then its length in words."""
    hits = (
        TITLE * len(row.phrase_column_offsets(phrase, 0))
        + BODY * len(row.phrase_column_offsets(phrase, 1))
        for phrase in range(row.phrase_count)
    )
    return " ".join((*map(str, hits), str(row.column_size())))


def _lengths(file: LedgerFile, where: str, values: Sequence[str]) -> Iterator[int]:
    """The length in words of every document in the window, as the index keeps it."""
    sql = f"SELECT sz FROM words_docsize WHERE id IN (SELECT seq FROM document WHERE {where})"
    return (_sum_of_varints(sizes) for (sizes,) in file.run(sql, values))


@lru_cache(maxsize=1 << 16)
def _sum_of_varints(sizes: bytes) -> int:
    """The sum of SQLite's variable-length integers, seven bits a byte, the highest first."""
    total = number = 0
    for byte in sizes:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            total, number = total + number, 0
    return total


def _holding(file: LedgerFile, phrase: str, where: str, values: Sequence[str]) -> int:
    sql = f"SELECT count(*) FROM document WHERE {where}"
    holds = " AND seq IN (SELECT rowid FROM words WHERE words MATCH ?)"
    return int(file.run(sql + holds, (*values, phrase))[0][0])


def _rarity(holding: int, every: int) -> float:
    return max(math.log((every - holding + 0.5) / (holding + 0.5)), LEAST)


def _score(match: Match, weights: Sequence[float], mean: float) -> float:
    _, _, hits, length = match
    damped = SATURATION * (1 - BY_LENGTH + BY_LENGTH * length / mean)
    return sum(
        weight * count * (SATURATION + 1) / (count + damped)
        for weight, count in zip(weights, hits, strict=True)
    )
