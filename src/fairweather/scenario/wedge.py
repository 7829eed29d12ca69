"""The wedge price: what a third party must offer to make the supporter stay below a cap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder
from fairweather.scenario.payoffs import Drawn
from fairweather.scenario.runs import World
from fairweather.scenario.spec import Offer, Scenario
from fairweather.scenario.stage_game import play_stage_game

SCANNED = np.linspace(0.0, 1.0, 11)
"""Values of the offer that are tried; between them the curve is taken as straight."""

MOST_DRAWS = 500
"""Parameter draws used: enough for the 10 and 90 % quantiles."""


@dataclass(frozen=True, slots=True)
class WedgePrice:
    """The price and its spread.

    `price` is the smallest value at which, averaged over draws, the supporter is more likely
    than not to stop at or below the cap; None when no value up to 1 does. `low` and `high`
    are the 10 and 90 % quantiles over draws, None where that quantile lies beyond 1;
    `beyond` is the share of draws in which no value does. `halving` is the smallest value that
    halves the chance of going beyond the cap, averaged over draws; None when none up to 1 does.
    """

    price: float | None
    low: float | None
    high: float | None
    beyond: float
    likely_without: float
    halving: float | None


def wedge_price(
    scenario: Scenario,
    drawn: Drawn,
    worlds: Sequence[World],
    war_chance: float,
    offer: Offer,
    ladder: Ladder,
) -> WedgePrice | None:
    """The price of one offer, taken as made; None when it cannot be made in this run."""
    standing = [world for world in worlds if world.holds(offer)]
    total = sum(world.probability for world in standing)
    if not standing or total <= 0:
        return None
    worlds = [World(world.outcomes, world.probability / total) for world in standing]
    tried = _tried(drawn, offer)
    crisis = play_stage_game(scenario, tried, worlds, war_chance, ladder)
    below = crisis.rungs[: ladder.rank(offer.cap) + 1].sum(axis=0).reshape(len(SCANNED), -1)
    prices = _crossing(below)
    mean = below.mean(axis=1)
    low, high = np.quantile(prices, [0.1, 0.9], method="inverted_cdf")
    return WedgePrice(
        price=_within(_crossing(mean)),
        low=_within(low),
        high=_within(high),
        beyond=float(np.mean(np.isinf(prices))),
        likely_without=float(mean[0]),
        halving=_within(_crossing(1 - mean, (1 - float(mean[0])) / 2, falling=True)),
    )


def _tried(drawn: Drawn, offer: Offer) -> dict[str, Floats]:
    """The draws repeated for every value that is scanned, the offer made for certain."""
    tried = {path: np.tile(values[:MOST_DRAWS], len(SCANNED)) for path, values in drawn.items()}
    draws = len(tried[offer.value_path]) // len(SCANNED)
    tried[offer.value_path] = np.repeat(SCANNED, draws)
    tried[f"{offer.path}.made"] = np.ones(draws * len(SCANNED))
    return tried


def _crossing(curves: Floats, line: float = 0.5, *, falling: bool = False) -> Floats:
    """The first value at which a curve, or each column, passes the line; else infinite."""
    passed = curves <= line if falling else curves > line
    at = np.argmax(passed, axis=0)
    after = np.take_along_axis(curves, at[None], axis=0)[0]
    before = np.take_along_axis(curves, np.maximum(at - 1, 0)[None], axis=0)[0]
    # Where a curve has passed from the start there is nothing between before and after.
    share = (line - before) / np.where(at == 0, 1.0, after - before)
    between = SCANNED[at - 1] + share * (SCANNED[at] - SCANNED[at - 1])
    found: Floats = np.where(at == 0, 0.0, between)
    return np.where(passed.any(axis=0), found, np.inf)


def _within(price: Floats | float) -> float | None:
    return None if np.isinf(price) else float(price)
