"""A run of a scenario: chances fixed, inputs changed, and nothing else."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass, replace

from fairweather.errors import ScenarioError
from fairweather.records import slug
from fairweather.scenario.quantity import Quantity
from fairweather.scenario.reading import from_plain
from fairweather.scenario.spec import (
    PEACE_OUTCOME,
    WAR,
    WAR_OUTCOME,
    ChanceNode,
    Offer,
    Run,
    Scenario,
)
from fairweather.scenario.tables import Plain
from fairweather.scenario.writing import plain_change, to_plain
from fairweather.vocabulary import suggest

BASE = Run(name="base")
"""What is played when a scenario names no runs."""

MAY_BE_LEFT_OUT = ("burden", "risk", "identity", "restraint", "constants", "commitment")
"""Tables that a run may set a value in though the file does not open them."""


@dataclass(frozen=True, slots=True)
class World:
    """One way the chances of a run can fall, with its probability."""

    outcomes: tuple[tuple[str, str], ...]
    probability: float

    def holds(self, offer: Offer) -> bool:
        """Whether the condition of an offer or threat is met."""
        return set(offer.when) <= set(self.outcomes)


def named_runs(scenario: Scenario) -> tuple[tuple[str, Run], ...]:
    """The runs with their slugs, which are unique: a repeated one gets a number."""
    taken: dict[str, Run] = {}
    for run in scenario.runs or (BASE,):
        name = slug(run.name)
        number = 2
        while name in taken:
            name, number = f"{slug(run.name)}-{number}", number + 1
        taken[name] = run
    return tuple(taken.items())


def compared_with(scenario: Scenario, run: Run) -> Run:
    """The run that a run is set beside: the one it names, or the first that asks of its side."""
    runs = scenario.runs or (BASE,)
    alike = (
        other for other in runs if supporter_of(scenario, other) == supporter_of(scenario, run)
    )
    named = (other for other in runs if other.name == run.against)
    return next(named, next(alike, run))


def supporter_of(scenario: Scenario, run: Run) -> str:
    """The side whose support a run asks of."""
    return run.supporter or scenario.supporter


def apply_run(scenario: Scenario, run: Run) -> Scenario:
    """The scenario with the run's changes made and its runs left out.

    Raises ScenarioError when a path does not exist or its new value is of the wrong kind.
    """
    plain = to_plain(scenario)
    plain.pop("runs", None)
    if run.supporter == scenario.partner:
        plain["supporter"], plain["partner"] = scenario.partner, scenario.supporter
        # What is said of the partner's last move was said of the other one.
        plain.pop("restraint", None)
    plain["against"] = run.adversary or scenario.against
    adversaries = {scenario.against, *(other.adversary for other in scenario.runs)}
    for other in adversaries - {plain["against"]}:
        plain.get("risk", {}).pop(other, None)
    for path, value in run.changes:
        if isinstance(value, Quantity) and not value.source:
            value = replace(value, source=f'assumed: the run "{run.name}" supposes it')
        _set(plain, path, plain_change(value), f'run "{run.name}"')
    return from_plain(plain, f'run "{run.name}"')


def worlds(scenario: Scenario, run: Run) -> tuple[World, ...]:
    """Every way the chances can fall, war left out: it falls after the offers."""
    given = dict(run.given)
    nodes = [node for node in scenario.chance if node.name != WAR]
    falls = [_falls(node, given.get(node.name)) for node in nodes]
    return tuple(
        World(
            tuple((node.name, outcome) for node, (outcome, _) in zip(nodes, fall, strict=True)),
            math.prod(probability for _, probability in fall),
        )
        for fall in itertools.product(*falls)
    )


def war_probability(scenario: Scenario, run: Run) -> float:
    """The chance of war: 1 or 0 where the run fixes it, else the file's, else 0."""
    given = dict(run.given).get(WAR)
    if given is not None:
        return 1.0 if given == WAR_OUTCOME else 0.0
    node = next((node for node in scenario.chance if node.name == WAR), None)
    outcomes = dict(node.outcomes) if node else {PEACE_OUTCOME: 1.0}
    return outcomes.get(WAR_OUTCOME, 0.0)


def _falls(node: ChanceNode, given: str | None) -> list[tuple[str, float]]:
    if given is not None:
        return [(given, 1.0)]
    return [(outcome, probability) for outcome, probability in node.outcomes if probability > 0]


def _set(plain: Plain, path: str, value: object, where: str) -> None:
    *parents, last = path.split(".")
    table = plain
    for depth, key in enumerate(parents):
        if key in MAY_BE_LEFT_OUT:
            table.setdefault(key, {})
        if key not in table or not isinstance(table[key], dict):
            near = suggest(key, table)
            hint = f'; did you mean "{near}"?' if near else ""
            place = ".".join(parents[: depth + 1])
            raise ScenarioError(f'{where}: set "{path}": there is no {place}{hint}')
        table = table[key]
    table[last] = value
