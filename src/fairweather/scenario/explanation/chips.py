"""What each rung is worth as a bargaining chip: what it takes to buy it off.

For each rung a fully believed offer is put to the supporter, on the condition that it stays
below that rung. The price is the smallest value that halves the chance of the rung or more.
It is on the scale of the strands: 1 is the worth of a partner tied by every strand.
"""

from __future__ import annotations

import dataclasses

from fairweather.scenario.explanation.target import Target
from fairweather.scenario.quantity import fixed
from fairweather.scenario.spec import Offer
from fairweather.scenario.wedge import WedgePrice, wedge_price

DRAWS = 200


def chips(target: Target, *, seed: int) -> dict[str, WedgePrice]:
    """The buying-off price of every rung but the lowest, by rung."""
    drawn = target.drawn(seed=seed, draws=DRAWS)
    prices = {}
    for below, rung in zip(target.ladder.rungs, target.ladder.rungs[1:], strict=False):
        offer = Offer(
            kind="offer",
            name="buying_off",
            giver="somebody",
            to=target.scenario.supporter,
            value=fixed(0.0),
            credibility=fixed(1.0),
            cap=below,
        )
        asked = dataclasses.replace(target.scenario, offers=(*target.scenario.offers, offer))
        inputs = drawn | {
            offer.value_path: drawn["constants.sensitivity"] * 0,
            f"{offer.path}.credibility": drawn["constants.sensitivity"] * 0 + 1,
            f"{offer.path}.made": drawn["constants.sensitivity"] * 0 + 1,
        }
        price = wedge_price(asked, inputs, target.worlds, target.war, offer, target.ladder)
        if price is not None:
            prices[rung] = price
    return prices
