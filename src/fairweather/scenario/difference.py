"""Two runs side by side: what was changed, and what that did to every rung.

Runs share the draws of every input that both leave alone, also across two files, so that what
differs is the change and not the dice.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairweather.scenario.answers import Layered, Play, RunAnswer
from fairweather.scenario.constants import game_inputs
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder, support_ladder
from fairweather.scenario.quantity import Quantity, sample
from fairweather.scenario.runs import apply_run, war_probability, worlds
from fairweather.scenario.spec import Run, Scenario
from fairweather.scenario.stage_game import play_stage_game


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: a dotted path with its value on either side, as text."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answered runs: what differs in what went in, and each rung of both."""

    before: RunAnswer
    after: RunAnswer
    changes: tuple[Change, ...]

    @property
    def rungs(self) -> tuple[tuple[Layered, Layered], ...]:
        """P(at least each rung) in both."""
        return tuple(zip(self.before.at_least, self.after.at_least, strict=True))


def difference(play: Play, name: str, other_play: Play, other: str) -> Difference:
    """The run `name` of one play beside the run `other` of another (or of the same).

    Raises UnknownKey when there is no such run.
    """
    before, after = play.run(name), other_play.run(other)
    left = _plain(play.scenario, before.run)
    right = _plain(other_play.scenario, after.run)
    paths = dict.fromkeys((*left, *right))
    changes = tuple(
        Change(path, left.get(path, "not stated"), right.get(path, "not stated"))
        for path in paths
        if left.get(path) != right.get(path)
    )
    return Difference(before, after, changes)


@dataclass(frozen=True, slots=True)
class Moved:
    """By how much the game's P(at least a rung) differs between two runs, as a probability.

    `low` and `high` are the 10 and 90 % of the draws, each draw set beside itself.
    """

    rung: str
    change: float
    low: float
    high: float


def moved(play: Play, name: str, other_play: Play, other: str) -> tuple[Moved, ...]:
    """How far each rung from the second up moves from the run `name` to the run `other`.

    The same draw of every input that both leave alone stands on either side, so that the range
    is that of the change and not of the two answers. Raises UnknownKey when there is no such run.
    """
    ladder = support_ladder()
    before, after = (
        _reached(one.scenario, one.run(run).run, one.record.seed, one.record.draws, ladder)
        for one, run in ((play, name), (other_play, other))
    )
    return tuple(
        Moved(rung, float(change.mean()), *np.quantile(change, [0.1, 0.9]).tolist())
        for rung, change in zip(ladder.rungs[1:], (after - before)[1:], strict=True)
    )


def _reached(scenario: Scenario, run: Run, seed: int, draws: int, ladder: Ladder) -> Floats:
    """P(at least each rung) in every draw, (rungs, draws)."""
    changed = apply_run(scenario, run)
    drawn = {
        part.path: sample(
            part.quantity, part.path, seed=seed, draws=draws, low=part.low, high=part.high
        )
        for part in game_inputs(changed)
    }
    falls, war = worlds(changed, run), war_probability(changed, run)
    crisis = play_stage_game(changed, drawn, falls, war, ladder)
    reached: Floats = np.cumsum(crisis.rungs[::-1], axis=0)[::-1]
    return reached


def _plain(scenario: Scenario, run: Run) -> dict[str, str]:
    """What a run is played with, as text by path."""
    changed = apply_run(scenario, run)
    tie = changed.tie(changed.supporter, changed.partner)
    said = {
        "supporter": changed.supporter,
        "partner": changed.partner,
        "against": changed.against,
        f"ties.{tie.key}.commitment.obliged": tie.commitment.obliged if tie.commitment else "none",
        **{f"given.{name}": outcome for name, outcome in run.given},
    }
    for offer in (*changed.offers, *changed.threats):
        said[f"{offer.path}.cap"] = offer.cap
    return said | {part.path: _told(part.quantity) for part in game_inputs(changed)}


def _told(quantity: Quantity) -> str:
    numbers = ", ".join(f"{value:g}" for value in quantity.parameters)
    return numbers if quantity.shape == "fixed" else f"{quantity.shape}({numbers})"
