"""The genre of a document: who speaks in it, and whether it tells or judges.

The strongest sign decides: the address, then the title and opening, then the prose itself.
The words are in `lexicon/reading_genre.toml`.
"""

from __future__ import annotations

import re

from fairweather.sources.lexicon import marks, spotting

MOST_ATTRIBUTIONS = 3
"""Attributions in a text, at which it is news whatever else it does."""

ARGUED = 4
"""Points at which prose counts as argued: theses, hedges and the first person together."""

OPENING = 300
SAMPLE = 30_000
_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"\n]{0,600}\"")


def genre_of(text: str, title: str, url: str, has_biography: bool) -> str:
    """The genre (vocabulary `genres`); `has_biography`: lines at its end tell of its author."""
    by_address = _by(url, ("statement", "opinion", "analysis"), "addresses")
    if by_address:
        return by_address
    by_title = _by(title, ("statement", "opinion", "analysis"), "titles")
    if by_title:
        return by_title
    if marks("reading_genre", "statement_openings").match(text[:OPENING]):
        return "statement"
    return _by_prose(text[:SAMPLE], has_biography)


def _by(words: str, genres: tuple[str, ...], where: str) -> str:
    for genre in genres:
        if words and marks("reading_genre", f"{genre}_{where}").search(words):
            return genre
    return ""


def _by_prose(text: str, has_biography: bool) -> str:
    attributions = sum(1 for _ in marks("reading_genre", "attributions").finditer(text))
    if attributions >= MOST_ATTRIBUTIONS and not has_biography:
        return "news"
    # What is quoted is not the author's: a minister's "we believe" argues nothing here.
    own = _QUOTED.sub(" ", text)
    if argued(own) + (2 if has_biography else 0) >= ARGUED:
        return "analysis"
    return "news" if attributions else "unknown"


def argued(text: str) -> int:
    """Points for arguing: one a thesis, and at most two each for hedges and first person.

    Hedges count by their share, one point for each in a hundred words.
    """
    length = max(len(text.split()), 1)
    theses = len({found[0].lower() for found in spotting("reading_genre", "theses").finditer(text)})
    hedges = sum(1 for _ in spotting("reading_genre", "hedges").finditer(text))
    person = sum(1 for _ in spotting("reading_genre", "first_person", 0).finditer(text))
    return theses + min(2, 100 * hedges // length) + min(2, 200 * person // length)
