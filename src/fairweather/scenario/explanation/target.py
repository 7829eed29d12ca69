"""What is explained: P(at least a rung) in one run, as a function of the run's inputs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.errors import UnknownKey
from fairweather.scenario.constants import game_inputs
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder, support_ladder
from fairweather.scenario.payoffs import Payoffs
from fairweather.scenario.quantity import sample
from fairweather.scenario.runs import World, apply_run, named_runs, war_probability, worlds
from fairweather.scenario.spec import Input, Run, Scenario
from fairweather.scenario.stage_game import play_stage_game
from fairweather.vocabulary import suggest

DEFAULT_RUNG = "diplomatic"
"""Beyond words: the lowest rung at which support is a deed."""


@dataclass(frozen=True, eq=False, slots=True)
class Target:
    """One run of a scenario and the rung whose chance is explained."""

    scenario: Scenario
    run: Run
    rung: str
    inputs: tuple[Input, ...]
    worlds: tuple[World, ...]
    war: float
    ladder: Ladder

    @classmethod
    def of(cls, scenario: Scenario, run: Run, rung: str = DEFAULT_RUNG) -> Target:
        """The target of a run. Raises UnknownKey for a rung that is none, or the lowest."""
        ladder = support_ladder()
        if rung not in ladder.rungs[1:]:
            near = suggest(rung, ladder.rungs[1:])
            hint = f'did you mean "{near}"?' if near else f"rungs: {', '.join(ladder.rungs[1:])}"
            raise UnknownKey(f'"{rung}" is no rung that support can reach; {hint}')
        changed = apply_run(scenario, run)
        return cls(
            scenario=changed,
            run=run,
            rung=rung,
            inputs=game_inputs(changed),
            worlds=worlds(changed, run),
            war=war_probability(changed, run),
            ladder=ladder,
        )

    @property
    def spread(self) -> tuple[Input, ...]:
        """The inputs that are not known to a point."""
        return tuple(
            part for part in self.inputs if part.quantity.support[0] < part.quantity.support[1]
        )

    def drawn(self, *, seed: int, draws: int) -> dict[str, Floats]:
        """Draws of every input, as a play makes them."""
        return {
            part.path: sample(
                part.quantity, part.path, seed=seed, draws=draws, low=part.low, high=part.high
            )
            for part in self.inputs
        }

    def chance(self, drawn: Mapping[str, Floats]) -> Floats:
        """P(at least the rung), (draws,)."""
        crisis = play_stage_game(self.scenario, drawn, self.worlds, self.war, self.ladder)
        reached: Floats = crisis.rungs[self.ladder.rank(self.rung) :].sum(axis=0)
        return reached

    def payoffs(self, drawn: Mapping[str, Floats]) -> Floats:
        """What each rung pays with no bargain struck, in the war or else at peace."""
        payoffs = Payoffs(self.scenario, drawn, self.ladder)
        return payoffs.at_war() if self.war > 0 else payoffs.at_peace()


def run_of(scenario: Scenario, name: str) -> tuple[str, Run]:
    """A run by its slug or name. Raises UnknownKey when there is none."""
    for slug, run in named_runs(scenario):
        if name in (slug, run.name):
            return slug, run
    slugs = [slug for slug, _ in named_runs(scenario)]
    near = suggest(name, slugs)
    hint = f'did you mean "{near}"?' if near else f"runs: {', '.join(slugs)}"
    raise UnknownKey(f'no run "{name}"; {hint}')


def mean(values: Floats) -> float:
    """The mean over draws as a plain number."""
    return float(np.mean(values))
