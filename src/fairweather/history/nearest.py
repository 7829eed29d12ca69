"""The past wars most like a pair's case, and why: `cases.json`, counts by war and pact class.

Distance is a sum of named parts, each 0 for "alike":

pact       0 the same class, 1 both without a defence pledge, 2 else
two alone  share of partners bound by a pact of two alone, against that of the pair (1 at most)
era        years between, by fifties
supporter  1 when no partner was a major power and the supporter is one, or the other way
same       -0.5 where the partner was the state at war, -0.5 where the supporter joined it

Nothing is fitted: the weights are stated so that a reader may disagree.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fairweather.history.major_powers import is_major_power

TABLE = Path(__file__).with_name("cases.json")

UNPLEDGED = frozenset(
    {"neutrality", "nonaggression", "nonaggression_consultation", "consultation", "other"}
)
YEARS_PER_UNIT = 50.0
SAME_STATE = 0.5
NEAREST = 5


@dataclass(frozen=True, slots=True)
class PastCase:
    """A war's side and the partners of one pact class: how many there were, how many joined."""

    year: int
    states: tuple[str, ...]
    foes: tuple[str, ...]
    pact: str
    partners: int
    joined: int
    who: tuple[str, ...]
    bilateral: int
    major: int


@dataclass(frozen=True, slots=True)
class Likeness:
    """A past case, its distance, and the parts of the distance by name."""

    case: PastCase
    distance: float
    parts: tuple[tuple[str, float], ...]


@cache
def past_cases() -> tuple[PastCase, ...]:
    """Every case of the shipped table, oldest first."""
    rows = json.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(
        PastCase(
            year=row["year"],
            states=tuple(row["states"]),
            foes=tuple(row["foes"]),
            pact=row["pact"],
            partners=row["partners"],
            joined=row["joined"],
            who=tuple(row["who"]),
            bilateral=row["bilateral"],
            major=row["major"],
        )
        for row in rows
    )


def nearest_cases(
    supporter: str,
    partner: str,
    pact: str,
    year: int,
    *,
    bilateral: bool | None = None,
    cases: Sequence[PastCase] | None = None,
    count: int = NEAREST,
) -> tuple[Likeness, ...]:
    """The cases nearest to "`partner` is at war in `year`; does `supporter` join?"."""
    known = past_cases() if cases is None else cases
    before = [case for case in known if case.year < year]
    made = [_likeness(case, supporter, partner, pact, year, bilateral) for case in before]
    return tuple(sorted(made, key=lambda one: (one.distance, -one.case.year))[:count])


def _likeness(
    case: PastCase, supporter: str, partner: str, pact: str, year: int, bilateral: bool | None
) -> Likeness:
    parts = [("pact", _pact_distance(case.pact, pact))]
    if bilateral is not None:
        parts.append(("two alone", abs(bilateral - case.bilateral / case.partners)))
    parts.append(("era", (year - case.year) / YEARS_PER_UNIT))
    parts.append(("supporter", float(is_major_power(supporter, year) != (case.major > 0))))
    was_there = (partner in case.states) + (supporter in case.who)
    parts.append(("same", -SAME_STATE * was_there))
    shown = tuple((name, round(value, 2)) for name, value in parts)
    return Likeness(case, round(sum(value for _, value in parts), 2), shown)


def _pact_distance(one: str, other: str) -> float:
    if one == other:
        return 0.0
    return 1.0 if {one, other} <= UNPLEDGED else 2.0
