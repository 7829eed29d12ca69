"""Which of the things that a run changes makes its difference: exact Shapley shares.

A run differs from the one it is set beside by switches: chances that it fixes and inputs that
it sets. With k of them all 2^k ways to throw them are played; a switch's share is its effect
averaged over every order of throwing (Shapley 1953), and the shares sum to the whole difference.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from dataclasses import dataclass

from fairweather.errors import MisuseError
from fairweather.scenario.explanation.target import Target, mean
from fairweather.scenario.spec import Run, Scenario

MOST_SWITCHES = 10
"""More would take over a thousand plays."""

Switch = tuple[str, str]
"""("given", chance) or ("set", dotted path)."""


@dataclass(frozen=True, slots=True)
class Shares:
    """P(at least the rung) in both runs, and each switch's share of the difference."""

    before: float
    after: float
    shares: tuple[tuple[str, float], ...]


def shapley_shares(
    scenario: Scenario, run: Run, beside: Run, rung: str, *, seed: int, draws: int
) -> Shares:
    """The shares of every switch between two runs. Raises MisuseError on too many switches."""
    switches = _switches(beside, run)
    if len(switches) > MOST_SWITCHES:
        raise MisuseError(
            f'runs "{run.name}" and "{beside.name}" differ in {len(switches)} things; '
            f"at most {MOST_SWITCHES} can be told apart"
        )
    worth: dict[frozenset[Switch], float] = {}
    for count in range(len(switches) + 1):
        for thrown in itertools.combinations(switches, count):
            target = Target.of(scenario, _thrown(beside, run, set(thrown)), rung)
            chance = target.chance(target.drawn(seed=seed, draws=draws))
            worth[frozenset(thrown)] = mean(chance)
    shares = tuple((".".join(switch), _share(switch, switches, worth)) for switch in switches)
    return Shares(worth[frozenset()], worth[frozenset(switches)], shares)


def _share(
    switch: Switch, switches: list[Switch], worth: Mapping[frozenset[Switch], float]
) -> float:
    others = [other for other in switches if other != switch]
    total = 0.0
    for count in range(len(others) + 1):
        weight = 1 / (len(switches) * math.comb(len(others), count))
        for before in itertools.combinations(others, count):
            gain = worth[frozenset((*before, switch))] - worth[frozenset(before)]
            total += weight * gain
    return total


def _switches(beside: Run, run: Run) -> list[Switch]:
    """What the two differ in."""
    pairs = (("given", beside.given, run.given), ("set", beside.changes, run.changes))
    switches = []
    for kind, before, after in pairs:
        old, new = dict(before), dict(after)
        names = dict.fromkeys((*old, *new))
        switches += [(kind, name) for name in names if old.get(name) != new.get(name)]
    return switches


def _thrown(beside: Run, run: Run, thrown: set[Switch]) -> Run:
    """The run beside, with these switches as they stand in the run."""

    def chosen(
        kind: str, before: dict[str, object], after: dict[str, object]
    ) -> tuple[object, ...]:
        names = dict.fromkeys((*before, *after))
        source = {name: after if (kind, name) in thrown else before for name in names}
        return tuple((name, source[name][name]) for name in names if name in source[name])

    return Run(
        name=run.name,
        given=chosen("given", dict(beside.given), dict(run.given)),  # type: ignore[arg-type]
        changes=chosen("set", dict(beside.changes), dict(run.changes)),  # type: ignore[arg-type]
    )
