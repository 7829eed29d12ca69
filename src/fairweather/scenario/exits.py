"""Who leaves the partnership within the horizon: a competing-risk hazard, month by month.

Each side's monthly hazard is half the base rate at which alliances end, times
exp(slope * (outside option - value of staying)). Both are constant over the horizon, so
P(side leaves first within H months) = h_side / h * (1 - exp(-h H)) with h their sum.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder
from fairweather.scenario.payoffs import Drawn, tie_value
from fairweather.scenario.runs import World
from fairweather.scenario.spec import Scenario
from fairweather.scenario.stage_game import Crisis

FIVE_YEARS = 60
"""Months that the base rate is counted over."""


def exit_chances(
    scenario: Scenario,
    drawn: Drawn,
    worlds: Sequence[World],
    crisis: Crisis,
    ladder: Ladder,
) -> dict[str, Floats]:
    """P(side ends the partnership within the horizon) by side, each of shape (draws,)."""
    supporter, partner = scenario.supporter, scenario.partner
    received = (crisis.rungs * ladder.place).sum(axis=0) * drawn["constants.received"]
    staying = {
        supporter: tie_value(scenario, drawn, supporter, partner),
        partner: tie_value(scenario, drawn, partner, supporter) + received,
    }
    ended = drawn["constants.ending_five_years"]
    base = -np.log1p(-np.clip(ended, 0.0, 0.999)) / FIVE_YEARS / 2
    hazards = {
        side: base
        * np.exp(drawn["constants.exit_slope"] * (_outside(scenario, drawn, worlds, side) - stay))
        for side, stay in staying.items()
    }
    total = sum(hazards.values(), start=np.float64(0.0))
    leaves = -np.expm1(-total * scenario.horizon_months)
    safe = np.maximum(total, np.finfo(float).tiny)
    return {side: hazard / safe * leaves for side, hazard in hazards.items()}


def _outside(scenario: Scenario, drawn: Drawn, worlds: Sequence[World], side: str) -> Floats:
    """The best outside option of a side: its dearest offer or threat, weighed by its odds."""
    best = np.zeros_like(drawn["constants.exit_slope"])
    for offer in (*scenario.offers, *scenario.threats):
        if offer.to == side:
            stands = sum(world.probability for world in worlds if world.holds(offer))
            made = drawn[f"{offer.path}.made"] * stands
            worth = drawn[offer.value_path] * drawn[f"{offer.path}.credibility"]
            best = np.maximum(best, made * worth)
    return best
