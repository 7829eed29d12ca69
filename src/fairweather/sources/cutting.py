"""Cutting: the articles in a plain text, which may be the dump of a page with several.

A text is cut at front matter, at feed markers ("RSS"), after closing lines ("The post ...
first appeared on ..."), at separators before what looks like another article, and at
headings that are a date. The marks stand in `lexicon/reading.toml`. A text without any of
them is one article.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from fairweather.sources.dates import find_dates
from fairweather.sources.front_matter import FrontMatter, front_matter
from fairweather.sources.lexicon import marks
from fairweather.sources.lines import Line, lines, trimmed

SHORTEST = 200
"""Letters. What follows a closing line and is shorter belongs to the article it closes, and
what precedes the first marker and is shorter belongs to the page."""

_HEADING = re.compile(r"#{1,6}[ \t]+(?P<words>.+?)[ \t]*#*$")
_AHEAD = 4
"""Lines after a separator among which an article shows a byline or a date."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One article at `text[start:end]`; `titled` when a mark says that a title comes first."""

    start: int
    end: int
    titled: bool = False
    front: FrontMatter | None = None
    dated: bool = False
    """Whether its first line is a heading that is a date."""


def cut(text: str) -> tuple[Piece, ...]:
    """The articles of a plain text, in order, each without white space at its ends."""
    pieces: list[Piece] = []
    for opening, end in _stretches(text):
        start, stop = trimmed(text, opening.start, end)
        if start == stop:
            continue
        piece = Piece(start, stop, opening.titled, opening.front, opening.dated)
        if pieces and opening.loose and _letters(text, start, stop) < SHORTEST:
            last = pieces.pop()
            piece = Piece(last.start, stop, last.titled, last.front, last.dated)
        pieces.append(piece)
    if len(pieces) > 1 and pieces[1].titled and _is_page_head(text, pieces[0]):
        pieces = pieces[1:]
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where an article begins; `loose` when only the end of the one before tells so."""

    start: int
    stop_before: int
    titled: bool = False
    front: FrontMatter | None = None
    dated: bool = False
    loose: bool = False


def _stretches(text: str) -> list[tuple[_Opening, int]]:
    openings = _openings(text)
    ends = [opening.stop_before for opening in openings[1:]] + [len(text)]
    return [(opening, max(end, opening.start)) for opening, end in zip(openings, ends, strict=True)]


def _openings(text: str) -> list[_Opening]:
    found = [_Opening(0, 0)]
    all_lines = list(lines(text))
    by_day = _dated_headings(all_lines)
    skip_to = 0
    closed = False
    for at, line in enumerate(all_lines):
        if line.start < skip_to:
            continue
        front = front_matter(text, line.start) if line.text == "---" else None
        if front is not None:
            found.append(_Opening(front.end, line.start, front=front))
            skip_to, closed = front.end, False
        elif line.start in by_day:
            found.append(_Opening(line.start, line.start, dated=True))
            closed = False
        elif marks("reading", "opening_lines").match(line.text):
            found.append(_Opening(line.end, line.start, titled=True))
            closed = False
        elif marks("reading", "separators").match(line.text) and _article_follows(all_lines, at):
            found.append(_Opening(line.end, line.start))
            closed = False
        elif marks("reading", "closing_lines").match(line.text):
            closed = True
        elif closed and not marks("reading", "footers").match(line.text):
            found.append(_Opening(line.start, line.start, titled=True, loose=True))
            closed = False
    return found


def _dated_headings(all_lines: list[Line]) -> frozenset[int]:
    """Where headings stand that are nothing but a date; one alone is no ledger of days."""
    headings = ((line.start, _HEADING.match(line.text)) for line in all_lines)
    places = [start for start, found in headings if found and is_date_only(found["words"])]
    return frozenset(places if len(places) > 1 else [])


def is_date_only(words: str) -> bool:
    """Whether a line says nothing but a date that has its year, perhaps twice or with a time."""
    mentions = find_dates(words)
    if not any(mention.when.since and len(mention.when.since) >= 7 for mention in mentions):
        return False
    rest = words
    for mention in reversed(mentions):
        rest = rest[: mention.start] + rest[mention.end :]
    return not re.sub(r"\d{1,2}[:.]\d\d(?::\d\d)?|[ap]\.?m\b\.?|\b[A-Z]{2,4}\b|\bat\b|\W", "", rest)


def _article_follows(all_lines: list[Line], at: int) -> bool:
    """Whether a separator ends an article: a footer before it, a byline or date after it."""
    if at and marks("reading", "footers").match(all_lines[at - 1].text):
        return at + 1 < len(all_lines)
    following = all_lines[at + 1 : at + 1 + _AHEAD]
    return any(
        is_date_only(line.text)
        or marks("reading", "byline").match(line.text)
        or marks("reading", "published_lines").match(line.text)
        or marks("reading", "place_dateline").match(line.text)
        for line in following
    )


def _letters(text: str, start: int, end: int) -> int:
    return sum(letter.isalpha() for letter in text[start:end])


def _is_page_head(text: str, piece: Piece) -> bool:
    return piece.front is None and _letters(text, piece.start, piece.end) < SHORTEST
