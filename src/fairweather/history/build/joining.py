"""How often partners joined a state at war, by pact class: the strict class of the shipped rates.

A case is a war, a side of it and a partner bound to a state that was in the war from its first
day. The pact was in force before that day, by the days on which members entered and left. Partners
that were in the war from the first day themselves are no case: they started it together and were
not drawn in. A partner bound to several states of a side is one case, by its strongest pact. It
joined when it was on that side with threat, display or use of force, or war.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import isnan
from pathlib import Path

from fairweather.history.build.counting import Case
from fairweather.history.datasets import read_dataset
from fairweather.history.reference import pact_class

WAR_LEVEL = 5
MILITARISED = 2
LATELY = 1945
UNPLEDGED = "no_defense"
OBLIGATIONS = {
    "defense": "defense",
    "offense": "offense",
    "neutral": "neutrality",
    "nonagg": "nonaggression",
    "consul": "consultation",
}
STRONGEST_FIRST = (
    "defense",
    "neutrality",
    "nonaggression_consultation",
    "nonaggression",
    "offense",
    "consultation",
)
Day = tuple[int, int, int]
NEVER: Day = (9999, 12, 31)


@dataclass(frozen=True, slots=True)
class _Membership:
    state: int
    alliance: int
    entered: Day
    left: Day
    obligations: frozenset[str]
    bilateral: bool


@dataclass(frozen=True, slots=True)
class _Fighter:
    state: int
    side: int
    original: bool
    hostility: int


def joined_cases(folder: Path) -> Iterator[Case]:
    """Every case, once for each class that it counts in. Raises SourceError for a mistake."""
    by_alliance: dict[int, list[_Membership]] = defaultdict(list)
    by_state: dict[int, list[_Membership]] = defaultdict(list)
    for one in _memberships(folder):
        by_alliance[one.alliance].append(one)
        by_state[one.state].append(one)
    fighters = _fighters(folder)
    for war, begun in _wars(folder).items():
        originals = {one.state for one in fighters[war] if one.original}
        for side in (1, 0):
            ours = [one for one in fighters[war] if one.side == side]
            joined = {one.state for one in ours if one.hostility >= MILITARISED}
            held = _partners(
                [one.state for one in ours if one.original], begun, by_state, by_alliance
            )
            for partner, pacts in held.items():
                if partner in originals:
                    continue
                for group in _groups(pacts, begun[0]):
                    yield Case(f"joined.{group}", partner in joined, str(war), begun[0])


def _partners(
    states: list[int],
    day: Day,
    by_state: dict[int, list[_Membership]],
    by_alliance: dict[int, list[_Membership]],
) -> dict[int, list[tuple[str, bool]]]:
    """Partner -> (class, bilateral) of its pacts with each of the states before a day."""
    found: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for state in states:
        held: dict[int, set[str]] = defaultdict(set)
        alone: dict[int, bool] = defaultdict(bool)
        for own in _in_force(by_state[state], day):
            for other in _in_force(by_alliance[own.alliance], day):
                if other.state != state:
                    held[other.state] |= other.obligations
                    alone[other.state] |= other.bilateral
        for partner, obligations in held.items():
            if obligations:
                found[partner].append((_class(obligations), alone[partner]))
    return found


def _in_force(memberships: list[_Membership], day: Day) -> Iterator[_Membership]:
    return (one for one in memberships if one.entered < day <= one.left)


def _class(obligations: set[str]) -> str:
    found = pact_class(obligations)
    # The shipped counts put consultation with offence under offence.
    return "offense" if found == "consultation" and "offense" in obligations else found


def _groups(pacts: list[tuple[str, bool]], year: int) -> Iterator[str]:
    strongest = min((pact for pact, _ in pacts), key=STRONGEST_FIRST.index)
    classes = [strongest]
    if strongest != "defense":
        classes.append(UNPLEDGED)
    elif any(bilateral for pact, bilateral in pacts if pact == strongest):
        classes.append("defense_bilateral")
    for name in classes:
        yield name
        if year >= LATELY:
            yield f"{name}_since_{LATELY}"


def _wars(folder: Path) -> dict[int, Day]:
    rows = read_dataset(folder, "disputes")
    names = ("dispnum", "styear", "stmon", "stday", "hostlev")
    return {
        int(number): (int(year), max(1, int(month)), max(1, int(day)))
        for number, year, month, day, level in zip(*map(rows.numbers, names), strict=True)
        if level == WAR_LEVEL
    }


def _fighters(folder: Path) -> dict[int, list[_Fighter]]:
    """War -> its states; one that entered twice is as early and as hostile as it ever was."""
    rows = read_dataset(folder, "participants")
    names = ("dispnum", "ccode", "sidea", "orig", "hostlev")
    found: dict[int, dict[tuple[int, int], _Fighter]] = defaultdict(dict)
    for war, state, side, original, level in zip(*map(rows.numbers, names), strict=True):
        key = int(state), int(side)
        before = found[int(war)].get(key, _Fighter(*key, False, 0))
        found[int(war)][key] = _Fighter(
            *key, before.original or original == 1, max(before.hostility, int(level))
        )
    return defaultdict(list, {war: list(states.values()) for war, states in found.items()})


def _memberships(folder: Path) -> Iterator[_Membership]:
    rows = read_dataset(folder, "members")
    dates = ("yrent", "moent", "dayent", "yrexit", "moexit", "dayexit")
    held = {name: rows.numbers(column) == 1 for column, name in OBLIGATIONS.items()}
    bilateral = rows.numbers("bilat") == 1
    ids = zip(rows.numbers("member"), rows.numbers("atopid"), strict=True)
    days = zip(*map(rows.numbers, dates), strict=True)
    for row, ((state, alliance), day) in enumerate(zip(ids, days, strict=True)):
        # A member that is still bound has no day of leaving.
        year, month, of_month, last_year, last_month, last_day = (
            0 if isnan(part) else int(part) for part in day
        )
        yield _Membership(
            int(state),
            int(alliance),
            (year, month, of_month),
            (last_year, last_month or 12, last_day or 31) if last_year else NEVER,
            frozenset(name for name, has in held.items() if has[row]),
            bool(bilateral[row]),
        )
