"""Sentences about support: who gave, promised or withheld what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from fairweather.brief.evidence import Evidence, as_told, newest_first
from fairweather.brief.wording import dated, listing, name, phrase
from fairweather.records import Support, When
from fairweather.vocabulary import vocabulary

MOST_RUNGS = 4
"""Rungs named in one sentence, the highest first."""

MOST_DATES = 2
"""Rows of one rung that a sentence dates and cites, the latest."""


def by_rank(rows: Iterable[Support]) -> list[Support]:
    """Rows by rung, the highest first; the order within a rung is kept."""
    rungs = vocabulary("rungs")
    return sorted(rows, key=lambda row: -int(rungs[row.level].extra["rank"]))


def telling(rows: Iterable[Support], evidence: Evidence) -> dict[str, list[Support]]:
    """The rows that a sentence speaks of: the highest rungs, of each the latest rows."""
    rungs: dict[str, list[Support]] = {}
    for row in by_rank(newest_first(rows, evidence)):
        rungs.setdefault(row.level, []).append(row)
    return {rung: found[:MOST_DATES] for rung, found in [*rungs.items()][:MOST_RUNGS]}


def support_said(rows: Sequence[Support], evidence: Evidence) -> tuple[str, tuple[str, ...]]:
    """ "Russia gave Iran air defence (2016) and limited arms", and the rows that it tells.

    All rows are of one giver, receiver and state. The text has no full stop.
    """
    first = rows[0]
    told = telling(rows, evidence)
    parts = [_with_dates(phrase("rungs", rung), found) for rung, found in told.items()]
    if {row.level for row in rows} > told.keys():
        parts.append("lower rungs")
    words = phrase("support_states", first.state)
    said = words.format(receiver=name(first.receiver), rungs=listing(parts))
    cited = [row for found in told.values() for row in found]
    text = f"{name(first.giver)} {said}{as_told(cited, evidence)}"
    return text, tuple(row.id for row in cited)


def rough_date(row: Support) -> str:
    """When a row was so, to the month at most."""
    return dated(_rough(row.date))


def _with_dates(rung: str, rows: Sequence[Support]) -> str:
    """The rung with the dates at which rows of it say they were so."""
    known = dict.fromkeys(dated(_rough(row.date)) for row in rows if row.date.known)
    return f"{rung} ({listing(reversed(known))})" if known else rung


def _rough(date: When) -> When:
    """The date to the month at most: a list of days does not read."""
    since, until = ((end[:7] if end else end) for end in (date.since, date.until))
    return When(since, until, date.precision)
