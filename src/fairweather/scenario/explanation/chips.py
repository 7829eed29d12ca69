"""What each rung is worth as a bargaining chip: what the supporter would want for giving it up.

With choices of sensitivity lambda, leaving out alternatives that are taken with chance P costs
-ln(1 - P) / lambda of payoff (the compensating variation of a logit, Small and Rosen 1981,
Econometrica 49(1); taken here for the nested one as well). It is on the scale of the strands: 1 is
the worth of a partner tied by every strand. A rung that is hardly ever reached is worth hardly
anything; what would halve the chance of a rung is nearly the same for all and tells them not apart.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairweather.history import CENTRAL
from fairweather.scenario.explanation.target import Target, mean
from fairweather.scenario.stage_game import play_stage_game

DRAWS = 1000


@dataclass(frozen=True, slots=True)
class Chip:
    """What giving up a rung and all above it is worth, with its 10-90 % band over draws."""

    worth: float
    low: float
    high: float


def chips(target: Target, *, seed: int) -> dict[str, Chip]:
    """The worth of every rung but the lowest, by rung."""
    drawn = target.drawn(seed=seed, draws=DRAWS)
    crisis = play_stage_game(target.scenario, drawn, target.worlds, target.war, target.ladder)
    found = {}
    for at, rung in enumerate(target.ladder.rungs):
        if at:
            below = np.clip(crisis.rungs[:at].sum(axis=0), 1e-12, 1.0)
            worth = -np.log(below) / np.maximum(drawn["constants.sensitivity"], 1e-12)
            low, high = np.quantile(worth, CENTRAL)
            found[rung] = Chip(mean(worth), float(low), float(high))
    return found
