"""What a played scenario answers with: figures by run, and the record of how it was played."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.errors import UnknownKey
from fairweather.history import Rate, Reference
from fairweather.records import Explained, parse_figure_id
from fairweather.records.showing import Shown
from fairweather.scenario.paths import ExitPath
from fairweather.scenario.spec import Run, Scenario

HISTORY, INTERESTS, BLEND = "history", "interests", "blend"
"""The three layers: what usually happens, what interests imply, and both together."""


@dataclass(frozen=True, slots=True)
class Layered:
    """One question answered by each layer; `name` is a rung or a share of the ladder."""

    name: str
    history: Explained
    interests: Explained
    blend: Explained

    def __iter__(self) -> Iterator[Explained]:
        return iter((self.history, self.interests, self.blend))


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAnswer:
    """Everything one run answers.

    `ties` has how either side sees the other, all strands together; `ladder` P(rung), `shares`
    P(share), `at_least` P(this rung or higher) from the second rung up; `reference` and `armed`
    the rates that history's shares of forces and arms rest on;
    `exits` P(side leaves within the horizon); `contrasts` the ratio of P(at least
    rung) to that of the run it is compared with; `wedges` the price of each offer;
    `others` open peacetime support and, in a war, the partner's restraint; `timing` when the
    partnership ends and what share of exits an offer accounts for, from the monthly ensemble
    whose path is `path`.
    """

    run: Run
    slug: str
    supporter: str
    partner: str
    war_chance: float
    reference: Reference
    armed: Rate | None
    compared_with: str
    ties: tuple[Explained, ...]
    ladder: tuple[Layered, ...]
    shares: tuple[Layered, ...]
    at_least: tuple[Layered, ...]
    exits: tuple[Explained, ...]
    contrasts: tuple[Explained, ...]
    wedges: tuple[Explained, ...]
    others: tuple[Explained, ...]
    timing: tuple[Explained, ...]
    path: ExitPath

    @property
    def figures(self) -> Iterator[Explained]:
        """Every figure of the run."""
        for layered in (*self.shares, *self.ladder, *self.at_least):
            yield from layered
        yield from (
            *self.ties,
            *self.exits,
            *self.contrasts,
            *self.wedges,
            *self.others,
            *self.timing,
        )


@dataclass(frozen=True, slots=True)
class RunRecord:
    """How a scenario was played: enough to play it again to the same figures."""

    scenario_id: str
    seed: int
    draws: int
    engine: str

    @property
    def play_id(self) -> str:
        """What a play's figures are named by: the scenario, and the seed unless it is 0."""
        return f"{self.scenario_id}.{self.seed}" if self.seed else self.scenario_id


@dataclass(frozen=True, slots=True)
class Play(Shown):
    """A scenario, the record of its playing, and one answer a run, in the file's order."""

    scenario: Scenario
    record: RunRecord
    runs: tuple[RunAnswer, ...]

    @property
    def id(self) -> str:
        """The id that all its figures carry first."""
        return self.record.play_id

    @property
    def figures(self) -> Iterator[Explained]:
        """Every figure of every run."""
        for run in self.runs:
            yield from run.figures

    def run(self, name: str) -> RunAnswer:
        """The answer of a run by its name or slug. Raises UnknownKey when there is none."""
        for answer in self.runs:
            if name in (answer.run.name, answer.slug):
                return answer
        raise UnknownKey(f'no run "{name}"; runs: {", ".join(run.slug for run in self.runs)}')

    def figure(self, id: str) -> Explained:
        """The figure of an id, whatever its seal. Raises UnknownKey when it is none of ours."""
        recipe = parse_figure_id(id)
        for figure in self.figures:
            if (figure.method, figure.arguments) == (recipe.method, recipe.arguments):
                return figure
        raise UnknownKey(f"{id}: no such figure in scenario {self.id}")
