"""How history and interests are put together: history fixes the coarse shares it has cases for.

With weight w, a share's chance is proportional to history * (run / compared)^(1 - w), the two
last from the stage game; between two shares that moves history's odds by the game's odds ratio.
w = 1 leaves history alone; less must be earned on past cases. The game divides every share
among its rungs, and what history leaves among the shares without cases.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fairweather.history import Rate, beta_quantiles
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder
from fairweather.scenario.quantity import stream

FORCES, ARMS = "forces", "arms"
"""The shares that data tell of: disputes and wars of forces, deliveries of major arms."""

LEAST = 1e-12


def drawn_rate(rate: Rate, *, seed: int, draws: int) -> Floats:
    """Draws of a base rate's share from its Beta belief, from a stream of its own."""
    place = stream(seed, f"history.{rate.name}").random(draws)
    return beta_quantiles(*rate.shape, place)


def counted_shares(joined: Rate, armed: Rate | None, *, seed: int, draws: int) -> dict[str, Floats]:
    """Draws of the shares with cases: the farthest step taken is arms, or own forces.

    Arms and forces are taken as independent, for no data tell how often both came together.
    """
    forces = drawn_rate(joined, seed=seed, draws=draws)
    if armed is None:
        return {FORCES: forces}
    return {ARMS: (1 - forces) * drawn_rate(armed, seed=seed, draws=draws), FORCES: forces}


def blended(
    rungs: Floats,
    compared: Floats,
    history: Mapping[str, Floats],
    weight: Floats,
    ladder: Ladder,
) -> Floats:
    """P(rung) of a war, shape (rungs, draws), from the game's own `rungs`.

    `compared` is the same of the run it is compared with; `history` has P(share), (draws,), for
    the shares with cases.
    """
    counted = [ladder.members(share) for share in history]
    rest = [at for at in range(len(rungs)) if not any(at in members for members in counted)]
    usual = [*history.values(), 1 - sum(history.values(), start=np.float64(0.0))]
    groups = [*counted, rest]
    ours, theirs = (
        np.stack([np.maximum(one[members].sum(axis=0), LEAST) for members in groups])
        for one in (rungs, compared)
    )
    moved = np.stack(usual) * (ours / theirs) ** (1 - weight)
    scale = moved / moved.sum(axis=0) / ours
    together = np.empty_like(rungs)
    for members, by in zip(groups, scale, strict=True):
        together[members] = rungs[members] * by
    return together
