"""Asides: the parts of an article that may date or name it but tell nothing to be coded.

Head first (title, dateline, byline, caption), then the body line by line (captions, pasted
posts, footers, the headings of a list), then the tail (who wrote it). Every mark is in
`lexicon/reading.toml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from fairweather.records import Aside
from fairweather.sources.cutting import is_date_only
from fairweather.sources.lexicon import any_of, marks, spotting
from fairweather.sources.lexicon import words as word_list
from fairweather.sources.lines import Line, blank_between, lines
from fairweather.sources.posts import find_posts

LONGEST_TITLE = 200
LONGEST_CAPTION = 700
HEAD = 10
"""Lines in which title, date and byline stand."""
TAIL = 8
"""Lines in which footers and the author's life stand."""
SHORT = 60
"""Characters up to which a line that reads like a footer is one wherever it stands."""

LONGEST_HEADING = 110
"""Characters up to which an item of a list may head those below it."""
NEAR = 3
"""Lines below a heading within which its first sentence stands."""

_HEADING = re.compile(r"#{1,6}[ \t]+")
_ITEM = re.compile(r"[*\u2022\u2023\u25aa\u25cf][ \t]+\S")
_ENDED = re.compile(r"[.!?\u2026][\"\u201d\u2019')\]]*(?:\s*\([^()]{2,80}\))*$|[;:,]$")


def find_asides(text: str, titled: bool = False, title: str = "") -> tuple[Aside, ...]:
    """The asides of one article, in order and without overlap.

    `titled` says that the first line is its title; `title` is one known from elsewhere, which
    is looked for in the head.
    """
    all_lines = list(lines(text))
    posts = find_posts(text, all_lines)
    found = list(posts)
    body = 0
    for kind, line in _head(text, all_lines[:HEAD], titled, title):
        body += 1
        if kind == "caption":
            found.extend(_caption(line))
        elif kind:
            found.append(Aside(kind, line.start, line.end))
    if body < len(all_lines):
        found.extend(_place_dateline(all_lines[body]))
    for at, line in enumerate(all_lines[body:], body):
        if any(post.start <= line.start < post.end for post in posts):
            continue
        if is_caption(line.text):
            found.extend(_caption(line))
        elif _is_footer(line, at, len(all_lines)):
            found.append(Aside("footer", line.start, line.end))
    found.extend(_list_headings(all_lines[body:]))
    found.extend(_biography(all_lines[body:], found))
    return _in_order(found)


def _list_headings(body: list[Line]) -> Iterator[Aside]:
    """Items of a list that only head the sentences below them: "* Invasion of the islands".

    A heading has no full stop where an item soon after it has one.
    """
    for at, line in enumerate(body[:-1]):
        if not is_item(line.text) or len(line.text) > LONGEST_HEADING:
            continue
        below = [one for one in body[at + 1 : at + 1 + NEAR] if is_item(one.text)]
        if not _ENDED.search(line.text) and any(_ENDED.search(one.text) for one in below):
            yield Aside("title", line.start, line.end)


def is_item(line: str) -> bool:
    """Whether a line is an item of a list."""
    return bool(_ITEM.match(line))


def is_caption(line: str) -> bool:
    """Whether a line is the words under a picture: it ends in a credit."""
    return len(line) <= LONGEST_CAPTION and bool(marks("reading", "credits").search(line))


def _head(text: str, head: list[Line], titled: bool, title: str) -> Iterator[tuple[str, Line]]:
    """The kind of each line before the first paragraph."""
    has_title = False
    for at, line in enumerate(head):
        kind = _head_kind(line)
        if not kind and not has_title:
            following = head[at + 1] if at + 1 < len(head) else None
            if _is_title(text, line, following, titled, title):
                kind, has_title = "title", True
        if not kind:
            return
        yield kind, line


def _head_kind(line: Line) -> str:
    words = _HEADING.sub("", line.text)
    if is_dateline(words):
        return "dateline"
    if is_caption(words):
        return "caption"
    if marks("reading", "byline").match(words):
        return "credit"
    if len(words) <= SHORT and marks("reading", "footers").match(words):
        return "footer"
    return ""


def is_dateline(words: str) -> bool:
    """Whether a line of the head says when, and perhaps where, the text was published."""
    if len(words) > LONGEST_TITLE:
        return False
    if marks("reading", "published_lines").match(words):
        return True
    return is_date_only(marks("reading", "datelines").sub("", words, count=1))


def _is_title(text: str, line: Line, following: Line | None, titled: bool, title: str) -> bool:
    words = _HEADING.sub("", line.text)
    if title:
        return " ".join(words.split()).casefold() == " ".join(title.split()).casefold()
    if len(words) > LONGEST_TITLE or words.endswith((".", ";", ",", ":")):
        return False
    if titled or words != line.text:
        return True
    if following is None or len(words.split()) < 2:
        return False
    if _head_kind(following):
        return True
    # Wrapped prose has no blank line after its first line, and lines of one length.
    return blank_between(text, line, following) or len(following.text) > 2 * len(words)


def _caption(line: Line) -> Iterator[Aside]:
    credit = marks("reading", "credits").search(line.text)
    place = line.start + credit.start() if credit else line.end
    if place > line.start:
        yield Aside("caption", line.start, place)
    if place < line.end:
        yield Aside("credit", place, line.end)


def _place_dateline(line: Line) -> Iterator[Aside]:
    found = marks("reading", "place_dateline").match(line.text)
    if found:
        yield Aside("dateline", line.start, line.start + len(found[0].rstrip()))


def _is_footer(line: Line, at: int, count: int) -> bool:
    if not marks("reading", "footers").match(line.text):
        return False
    return len(line.text) <= SHORT or at >= count - TAIL or bool(_closing(line.text))


def _closing(words: str) -> re.Match[str] | None:
    return marks("reading", "closing_lines").match(words)


def _biography(body: list[Line], found: list[Aside]) -> Iterator[Aside]:
    """The last lines that tell who wrote the text, above the footers."""
    starts = {aside.start for aside in found if aside.kind == "footer"}
    tail = [line for line in body if line.start not in starts]
    for line in reversed(tail[-2:] if len(tail) > 2 else tail[-1:] if len(tail) > 1 else []):
        if not is_biography(line.text):
            return
        yield Aside("footer", line.start, line.end)


_NAMED = re.compile(
    r"(?P<name>(?:[A-ZÀ-Þ][\w’'-]*\.?|de|van|von|bin|al|el|ben|da|di|du|la|le)"
    r"(?:\s+(?:[A-ZÀ-Þ][\w’'-]*\.?|de|van|von|bin|al|el|ben|da|di|du|la|le|and|&)){1,6})"
    r"\s*(?:\([^)]{1,60}\)|,[^,]{1,40},)?,?\s*(?P<calling>.{0,120})"
)


def is_biography(words: str) -> bool:
    """Whether a line tells of its author: a name and, soon after, a calling."""
    return bool(marks("reading", "biography_openings").match(words)) or bool(biographed(words))


def biographed(words: str) -> str:
    """The name with which a line about its author begins, or ""."""
    found = _NAMED.match(words)
    if found is None:
        return ""
    name, calling = _without_honorifics(found["name"]), found["calling"]
    states_calling = re.match(r"(?:is|was|are|has been|serves?|teaches|writes)\b", calling)
    if not (states_calling or len(name) < len(found["name"])):
        return ""
    if len(name.split()) < 2 or not spotting("reading", "biography").search(calling):
        return ""
    return name


def _without_honorifics(name: str) -> str:
    return _titles_of_honour().sub("", name).strip()


@functools.cache
def _titles_of_honour() -> re.Pattern[str]:
    titles = any_of(word_list("reading", "honorifics"))
    return re.compile(rf"^(?:(?:{titles})\s+)+")


def _in_order(found: list[Aside]) -> tuple[Aside, ...]:
    kept: list[Aside] = []
    for aside in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or aside.start >= kept[-1].end:
            kept.append(aside)
    return tuple(kept)
