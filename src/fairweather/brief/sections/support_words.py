"""Sentences about support: who gave, promised or withheld what, and when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from fairweather.brief.evidence import Evidence, according_to, newest_first
from fairweather.brief.wording import dated, listing, name, phrase, when_so
from fairweather.records import Support, When
from fairweather.vocabulary import vocabulary

MOST_RUNGS = 4
"""Rungs named in one sentence, the highest first."""

MOST_DATES = 2
"""Rows of one rung that a sentence dates and cites, the latest."""

JUDGED = frozenset({"obliged", "likely", "possible", "unlikely", "not_obliged"})
"""States that somebody holds at a time, in place of something done at it."""


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


def support_said(
    rows: Sequence[Support], evidence: Evidence, *, mutual: bool = False
) -> tuple[str, tuple[str, ...]]:
    """ "Russia gave Iran limited arms in 2016", and the rows that it tells.

    All rows are of one giver, receiver and state. A date that all rungs share ends the
    clause; else each rung has its own in brackets. The text has no full stop. `mutual`: the
    same is told the other way round, "each side gave the other ...".
    """
    first = rows[0]
    told = telling(rows, evidence)
    dates = {rung: _dates(found) for rung, found in told.items()}
    shared = _shared(dates, first.state)
    parts = [
        phrase("rungs", rung) if shared else _with_dates(phrase("rungs", rung), own)
        for rung, own in dates.items()
    ]
    if {row.level for row in rows} > told.keys():
        parts.append("lower rungs")
    words = phrase("support_states", first.state)
    giver, receiver = (
        ("each side", "the other") if mutual else (name(first.giver), name(first.receiver))
    )
    said = words.format(receiver=receiver, rungs=listing(parts))
    cited = [row for found in told.values() for row in found]
    text = f"{giver} {said}{shared}{according_to(cited, evidence)}"
    return text, tuple(row.id for row in cited)


def told_each_way(
    rows: Iterable[Support], states: Iterable[str], evidence: Evidence
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """A clause for each direction and state, one for both directions where they read alike."""
    grouped: dict[tuple[str, str, str], list[Support]] = {}
    for row in rows:
        grouped.setdefault((row.state, row.giver, row.receiver), []).append(row)
    directions = dict.fromkeys((giver, receiver) for _, giver, receiver in grouped)
    for state in states:
        told: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for giver, receiver in directions:
            found = grouped.get((state, giver, receiver))
            if found:
                alike, cited = support_said(found, evidence, mutual=True)
                text = support_said(found, evidence)[0]
                told.setdefault(alike, []).append((text, cited))
        for alike, clauses in told.items():
            records = tuple(id for _, cited in clauses for id in cited)
            yield (clauses[0][0] if len(clauses) == 1 else alike), records


def rough_when(row: Support) -> str:
    """When a row was so, to the month at most: "by September 2024"."""
    return when_so(_rough(row.date))


def _dates(rows: Sequence[Support]) -> tuple[When, ...]:
    """The dates at which rows say they were so, to the month, each once, rising."""
    known = (_rough(row.date) for row in reversed(rows) if row.date.known)
    return tuple({dated(when): when for when in known}.values())


def _shared(dates: dict[str, tuple[When, ...]], state: str) -> str:
    """ " in September 2010", where every rung has that one date; else empty."""
    told = {tuple(map(dated, own)) for own in dates.values()}
    if len(told) != 1 or len(next(iter(told))) != 1:
        return ""
    when = next(iter(dates.values()))[0]
    return f" (as of {dated(when).removeprefix('by ')})" if state in JUDGED else f" {when_so(when)}"


def _with_dates(rung: str, dates: Sequence[When]) -> str:
    return f"{rung} ({listing(map(dated, dates))})" if dates else rung


def _rough(date: When) -> When:
    """The date to the month at most: a list of days does not read."""
    since, until = ((end[:7] if end else end) for end in (date.since, date.until))
    return When(since, until, date.precision)
