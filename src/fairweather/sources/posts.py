"""Posts of social networks pasted into an article: from their first line to the signature."""

from __future__ import annotations

from fairweather.records import Aside
from fairweather.sources.language import identify
from fairweather.sources.lexicon import marks
from fairweather.sources.lines import Line, blank_between

LONGEST_POST = 600
"""Characters: a post of 280 letters, its links and signature; longer ones keep their end."""

MOST_LINES = 8
SAMPLE = 1500
"""Characters of the article by which its language is told."""


def find_posts(text: str, all_lines: list[Line]) -> tuple[Aside, ...]:
    """The pasted posts of an article as asides of kind embed.

    A signature ends a post. Above it, lines belong to the post while they are in another
    language than the article or carry marks of a post (links, hashtags); otherwise only the
    nearest line does, or the block between blank lines when that is short enough.
    """
    found: list[Aside] = []
    for at, line in enumerate(all_lines):
        if not marks("reading", "post_signature").match(line.text):
            continue
        lowest = found[-1].end if found else 0
        start = _first_line(text, all_lines, at, lowest)
        found.append(Aside("embed", all_lines[start].start, line.end))
    return tuple(found)


def _first_line(text: str, all_lines: list[Line], at: int, lowest: int) -> int:
    own_language = identify(text[:SAMPLE])
    first = at
    while first > 0 and at - first < MOST_LINES:
        above = all_lines[first - 1]
        if above.start < lowest or all_lines[at].end - above.start > LONGEST_POST:
            break
        nearest = first == at
        if not (nearest or _belongs(above, own_language)):
            break
        if not nearest and _is_introduction(above):
            break
        first -= 1
    return _block_start(text, all_lines, first, at) if first >= at - 1 else first


def _belongs(line: Line, own_language: str) -> bool:
    if marks("reading", "post_marks").search(line.text):
        return True
    return len(line.text) >= 20 and identify(line.text, default=own_language) != own_language


def _is_introduction(line: Line) -> bool:
    return line.text.endswith(":")


def _block_start(text: str, all_lines: list[Line], first: int, at: int) -> int:
    """The start of a short block between blank lines, where blank lines part paragraphs."""
    start = first
    while start > 0 and not blank_between(text, all_lines[start - 1], all_lines[start]):
        start -= 1
        if at - start > MOST_LINES or all_lines[at].end - all_lines[start].start > LONGEST_POST:
            return first
    return start if start > 0 else first
