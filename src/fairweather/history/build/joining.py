"""How often partners joined a state at war, by pact class: the strict class of the shipped rates.

A case is a war, a side of it and a partner bound to a state that was in the war from its first
day. The pact was in force before that day, by the days on which members entered and left. Partners
that were in the war from the first day themselves are no case: they started it together and were
not drawn in. A partner bound to several states of a side is one case, by its strongest pact. It
joined when it was on that side with threat, display or use of force, or war.

Where no pact binds a state to that side, it is a case of the class "none" when a state that was on
the other side from the first day was its rival: since before that year, and still in it.
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
NO_PACT = "none"
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
    fighters, rivals = _fighters(folder), _Rivals(folder)
    for war, begun in _wars(folder).items():
        originals = {one.state: one.side for one in fighters[war] if one.original}
        for side in (1, 0):
            ours = [state for state, own in originals.items() if own == side]
            foes = [state for state, own in originals.items() if own != side]
            joined = {
                one.state
                for one in fighters[war]
                if one.side == side and one.hostility >= MILITARISED
            }
            held = _partners(ours, begun, by_state, by_alliance)
            classes = {partner: _groups(pacts, begun[0]) for partner, pacts in held.items()}
            if ours:
                unbound = sorted(rivals.of(foes, begun[0]) - set(held))
                classes |= {rival: _with_era(NO_PACT, begun[0]) for rival in unbound}
            for partner, groups in classes.items():
                if partner in originals:
                    continue
                for group in groups:
                    yield Case(f"joined.{group}", partner in joined, str(war), begun[0])


class _Rivals:
    """Who was whose rival, among the states of a year."""

    def __init__(self, folder: Path) -> None:
        self._of: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for a, b, begun, ended in _whole(folder, "rivalries", "ccode1", "ccode2", "start", "end"):
            self._of[a].append((b, begun, ended))
            self._of[b].append((a, begun, ended))
        self._states: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for state, begun, ended in _whole(folder, "states", "ccode", "styear", "endyear"):
            self._states[state].append((begun, ended))

    def of(self, states: list[int], year: int) -> set[int]:
        """Every rival that any of the states had when the year began and still has in it."""
        return {
            rival
            for state in states
            for rival, begun, ended in self._of[state]
            # A rivalry that begins in the year may begin with the war itself.
            if begun < year <= ended and any(a <= year <= b for a, b in self._states[rival])
        }


def _whole(folder: Path, data_set: str, *columns: str) -> Iterator[tuple[int, ...]]:
    """The rows of some columns of whole numbers."""
    rows = read_dataset(folder, data_set)
    return (tuple(map(int, row)) for row in zip(*map(rows.numbers, columns), strict=True))


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
        yield from _with_era(name, year)


def _with_era(name: str, year: int) -> Iterator[str]:
    """The class, and its younger part where the year falls in it."""
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
