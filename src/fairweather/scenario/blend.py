"""How history and interests are put together: history fixes the coarse shares it has cases for.

With weight w, the share of forces has odds_history * (odds_run / odds_compared)^(1 - w), the
two last from the stage game. w = 1 leaves history alone; less must be earned on past cases.
The game divides every share among its rungs, and the rest among the shares without cases.
"""

from __future__ import annotations

import numpy as np

from fairweather.history import Rate, beta_quantiles
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder
from fairweather.scenario.quantity import stream

COUNTED_SHARE = "forces"
"""The one share that data on disputes and wars tell of."""


def drawn_rate(rate: Rate, *, seed: int, draws: int) -> Floats:
    """Draws of a base rate's share from its Beta belief, from a stream of its own."""
    place = stream(seed, f"history.{rate.name}").random(draws)
    return beta_quantiles(*rate.shape, place)


def blended(
    rungs: Floats, compared: Floats, history: Floats, weight: Floats, ladder: Ladder
) -> Floats:
    """P(rung) of a war, shape (rungs, draws), from the game's own `rungs`.

    `compared` is the same of the run it is compared with; `history` P(forces), (draws,).
    """
    counted = ladder.members(COUNTED_SHARE)
    ratio = _odds(rungs[counted].sum(axis=0)) / _odds(compared[counted].sum(axis=0))
    odds = _odds(history) * ratio ** (1 - weight)
    forces = odds / (1 + odds)
    scale = np.tile((1 - forces) / (1 - rungs[counted].sum(axis=0)), (len(rungs), 1))
    scale[counted] = forces / rungs[counted].sum(axis=0)
    together: Floats = rungs * scale
    return together


def _odds(share: Floats) -> Floats:
    bounded = np.clip(share, 1e-12, 1 - 1e-12)
    odds: Floats = bounded / (1 - bounded)
    return odds
