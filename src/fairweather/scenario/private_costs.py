"""Two crisis games in which what war costs a side is known to that side alone.

Both are solved as logit equilibria over a fine grid of types: a `sensitivity` in the thousands
gives the sharp equilibria of the literature, a low one those of sides that err. They ask what
the stage game, where all is known to all, leaves out: whether a demand is refused though both
would rather not fight, and whether a public threat ties its maker's hands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairweather.scenario.game_tree import Floats, choose

SHARP = 1e5
"""A sensitivity at which a better choice is as good as certain."""

TYPES = 4001
DEMANDS = 2001
HALVINGS = 60


@dataclass(frozen=True, slots=True)
class Demand:
    """What is demanded on average, a share of the stake, and the chance that war follows."""

    demand: float
    war: float


def take_it_or_leave_it(
    winning: float, own_cost: float, most_cost: float, sensitivity: float = SHARP
) -> Demand:
    """One side demands a share of the stake; the other yields or fights (Fearon 1995).

    The one making the demand wins a war with chance `winning` at `own_cost`; the other's cost
    is uniform from 0 to `most_cost`. Sharp: demand p + (c_max - c) / 2, war (c_max - c) / 2 c_max.
    """
    demands = np.linspace(0.0, 1.0, DEMANDS)
    costs = (np.arange(TYPES) + 0.5) / TYPES * most_cost
    yields = _logistic(sensitivity * ((1 - demands[:, None]) - (1 - winning - costs))).mean(axis=1)
    worth = yields * demands + (1 - yields) * (winning - own_cost)
    chosen = choose(worth, sensitivity)
    return Demand(float(chosen @ demands), float(chosen @ (1 - yields)))


@dataclass(frozen=True, slots=True)
class PublicThreat:
    """How a crisis with a public threat ends; `resist` is P(the other side resists a threat)."""

    status_quo: float
    concede: float
    back_down: float
    war: float
    resist: float


def public_threat(winning: float, audience_cost: float, sensitivity: float = SHARP) -> PublicThreat:
    """A side threatens or not; the other resists or concedes; the first fights or backs down.

    Backing down costs `audience_cost` (Fearon 1994; Schultz 1999). Either side's cost of war is
    uniform from 0 to 1 and its own secret. How often a threat is resisted is found by bisection:
    the more often it is, the fewer bluff, and the less it is worth resisting.
    """
    costs = (np.arange(TYPES) + 0.5) / TYPES
    fights = _logistic(sensitivity * (winning - costs + audience_cost))
    stand = fights * (winning - costs) - (1 - fights) * audience_cost

    def threatens(resist: float) -> Floats:
        return _logistic(sensitivity * (resist * stand + (1 - resist)))

    def resists(resist: float) -> float:
        made = threatens(resist)
        earnest = float((made * fights).sum() / max(float(made.sum()), 1e-300))
        gain = earnest * (1 - winning - costs) + (1 - earnest)
        return float(_logistic(sensitivity * gain).mean())

    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if resists(middle) > middle else (low, middle)
    resist = (low + high) / 2
    made = threatens(resist)
    return PublicThreat(
        status_quo=float(1 - made.mean()),
        concede=float(made.mean() * (1 - resist)),
        back_down=float((made * (1 - fights)).mean() * resist),
        war=float((made * fights).mean() * resist),
        resist=resist,
    )


def _logistic(difference: Floats) -> Floats:
    share: Floats = 0.5 * (1 + np.tanh(0.5 * difference))
    return share
