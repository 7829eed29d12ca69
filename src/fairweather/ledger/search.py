"""Full-text search: a person's words, the documents that hold them, and where in the text.

The index is SQLite's FTS5. What is typed is words and phrases in quotes; operators have no
power, so that no query fails and none does what was not meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from fairweather.ledger.file import LedgerFile
from fairweather.ledger.ranking import best_first
from fairweather.ledger.window import Window

OPENING, CLOSING = "\ufdd0", "\ufdd1"
"""Marks put round hits: code points that no text may hold."""

EXCERPT = 160
"""Code points of an excerpt around the first hit, cut at words."""

_MARKS = re.compile(f"[{OPENING}{CLOSING}]")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A hit: the half-open interval of code points in a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that holds the words: its rank (1 is best), and where they stand.

    `in_text` and `in_title` are the stretches that matched, in order.
    """

    document: str
    rank: int
    in_title: tuple[Stretch, ...] = ()
    in_text: tuple[Stretch, ...] = ()


def fts_query(text: str) -> str:
    """A person's words as an FTS5 query; empty where the text holds no letter or digit."""
    return " ".join(phrases_of(text))


def phrases_of(text: str) -> tuple[str, ...]:
    """A person's words, each in quotes: a phrase stays one, operators lose their power.

    None where the text holds no letter or digit: nothing can be searched for then.
    """
    parts = text.replace("\0", " ").split('"')
    phrases = [part for part in parts[1::2] if _WORD.search(part)]
    words = [word for part in parts[0::2] for word in part.split() if _WORD.search(word)]
    return tuple(f'"{part}"' for part in [*phrases, *words])


def ranked(
    file: LedgerFile, window: Window, text: str, limit: int | None = None
) -> list[tuple[int, str]]:
    """The documents that hold all the words, `seq` and id, the best first; [] for no words.

    The rank is BM25 over the documents of the window, a hit in the title counted five times.
    """
    return best_first(file, window, phrases_of(text), limit)


def hits(file: LedgerFile, text: str, ranks: Iterable[tuple[int, int]]) -> Iterator[Hit]:
    """Where the words stand in documents, each given by its rank and its `seq`."""
    query = fts_query(text)
    for rank, seq in ranks:
        for identity, title, whole, marked_title, marked in file.run(
            "SELECT document.id, document.title, document.text,"
            f" highlight(words, 0, '{OPENING}', '{CLOSING}'),"
            f" highlight(words, 1, '{OPENING}', '{CLOSING}')"
            " FROM words JOIN document ON document.seq = words.rowid"
            " WHERE words MATCH ? AND words.rowid = ?",
            (query, seq),
        ):
            yield Hit(identity, rank, _stretches(marked_title, title), _stretches(marked, whole))


def _stretches(marked: str, text: str) -> tuple[Stretch, ...]:
    """The marked stretches as offsets into the text without marks."""
    parts = _MARKS.split(marked)
    if "".join(parts) != text:
        return ()  # the text itself holds a mark: better no highlight than a wrong one
    found, place = [], 0
    for number, part in enumerate(parts):
        if number % 2:
            found.append(Stretch(place, place + len(part)))
        place += len(part)
    return tuple(found)


def excerpt(text: str, stretches: Sequence[Stretch], opening: str, closing: str) -> str:
    """Some words around the first hit, on one line, with every hit in them marked."""
    if not stretches:
        return " ".join(text[:EXCERPT].split())
    first = stretches[0]
    start = max(first.start - EXCERPT // 2, 0)
    end = min(max(first.end, start + EXCERPT), len(text))
    if start:
        start = text.find(" ", start, first.start) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", first.end, end), first.end)
    parts, place = [], start
    for one in stretches:
        if one.start >= place and one.end <= end:
            parts += [text[place : one.start], opening, text[one.start : one.end], closing]
            place = one.end
    words = " ".join("".join([*parts, text[place:end]]).split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"
