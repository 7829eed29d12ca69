"""Date expressions in English text: where they stand and which days they may mean.

    find_dates("Talks resumed on Friday.", on("2025-07-20"))
    # DateMention(17, 23, "Friday", When("2025-07-18", "2025-07-18", "day", "Friday"))

One pass of one compiled pattern finds the shapes (`date_grammar.py`), rules tell dates from
counts and names (`date_candidates.py`), the cues of the sentence tell past from coming
(`date_tense.py`), and reckoning gives the interval (`date_reckoning.py`). dateparser is not
used: it gives one instant where the words leave an interval, takes in words around the date,
and needs milliseconds for a sentence.

A day is never invented: what the words leave open, the interval leaves open.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.records import When
from fairweather.sources.date_candidates import Candidate, candidate, joined
from fairweather.sources.date_grammar import DATE
from fairweather.sources.date_meaning import meaning
from fairweather.sources.date_telling import Telling
from fairweather.sources.date_tense import sentence_bounds


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression: `text` stands at `[start:end]` of what was read, `when` it means."""

    start: int
    end: int
    text: str
    when: When


def find_dates(
    text: str, anchor: When | None = None, start: int = 0, end: int | None = None
) -> tuple[DateMention, ...]:
    """The date expressions in `text[start:end]`, in order; offsets count from the text's start.

    `anchor` is when the text was published. Expressions that hang on it ("Friday", "in
    April", "two years ago") widen as far as the anchor leaves them open, and have an unknown
    date without one. "Later", "earlier" and "that year" hang on the date mentioned before in
    the same call, so a whole document is best read at once.
    """
    found = tuple(_candidates(text, start, len(text) if end is None else end))
    mentions: list[DateMention] = []
    previous: tuple[Candidate, When] | None = None
    years: dict[tuple[int | None, int | None], int] = {}
    for one in found:
        stated = _stated_year(one, previous, text) if previous else None
        if one.day is not None:
            # "Oct. 7" after "Oct. 7, 2023" is that day, whatever the anchor.
            stated = stated or years.get((one.month, one.day))
            if one.year is not None:
                years[one.month, one.day] = one.year
        before = previous[1] if previous else None
        when = meaning(one, Telling(text, start, anchor, before, stated))
        if when is None:
            continue
        mentions.append(DateMention(one.start, one.end, text[one.start : one.end], when))
        if when.known:
            previous = one, when
    return tuple(mentions)


def _candidates(text: str, start: int, end: int) -> Iterator[Candidate]:
    """The dates in a stretch, those that belong together joined into one."""
    waiting: Candidate | None = None
    position = start
    while found := DATE.search(text, position, end):
        one = candidate(found, text, start)
        # A shape that is no date may hide one that begins later in it.
        position = one.end if one else found.start() + 1
        if one is None:
            continue
        if waiting is None:
            waiting = one
        elif pair := joined(waiting, one, text, start):
            waiting = pair
        else:
            yield waiting
            waiting = one
    if waiting is not None:
        yield waiting


def _stated_year(one: Candidate, previous: tuple[Candidate, When], text: str) -> int | None:
    """The year that a full date earlier in the same sentence hands on to a yearless one.

    "Talks opened on 2 May 2018 and closed on 8 June": 2018. A bare year hands on nothing,
    since "the 2015 deal was left in May" may be told of any later May.
    """
    if one.month is None or one.year is not None or one.kind not in _YEARLESS:
        return None
    full, _ = previous
    full = full.until or full
    if full.year is None or full.month is None:
        return None
    if (full.month, full.day or 0) > (one.month, one.day or 99):
        return None
    begin, _ = sentence_bounds(text, one.start, one.end)
    return full.year if full.start >= begin else None


_YEARLESS = frozenset({"month_day", "day_month", "month"})
