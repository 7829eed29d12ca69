"""What gets through a network of links: now, when one is lost, and over the months ahead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.mechanisms.links import NUMBERS, OPEN, RESTRICTED, LinkModel
from fairweather.scenario.mechanisms.network_flow import narrowest_cuts
from fairweather.scenario.quantity import Floats, stream

RECOVERED = 0.9
"""The share of the flow before a loss at which the corridor counts as recovered."""


@dataclass(frozen=True, eq=False, slots=True)
class Network:
    """The corridor as arrays: cuts (cuts, links) and what each link has, (links, draws)."""

    links: tuple[LinkModel, ...]
    cuts: Floats
    capacity: Floats
    share: Floats
    hazard: Floats
    recovery: Floats

    @classmethod
    def of(
        cls, links: tuple[LinkModel, ...], ends: tuple[str, str], drawn: Mapping[str, Floats]
    ) -> Network:
        """The network of some links between two ends, with drawn inputs."""
        named = [place for link in links for place in (link.home, link.dest)]
        places = list(dict.fromkeys((*ends, *named)))
        joined = [(places.index(link.home), places.index(link.dest)) for link in links]
        draws = len(drawn[f"links.{links[0].name}.capacity"])

        def column(name: str) -> Floats:
            rows = [
                drawn.get(f"links.{link.name}.{name}", np.full(draws, getattr(link, name).mean))
                for link in links
            ]
            return np.stack(rows)

        columns = {name: column(name) for name in NUMBERS}
        return cls(links=links, cuts=narrowest_cuts(len(places), joined), **columns)

    def flow(self, shares: Floats) -> Floats:
        """The most that gets through, shape (draws,), given what is left of each link."""
        least: Floats = (self.cuts @ (self.capacity * shares)).min(axis=0)
        return least

    def shares_on(self, day: str) -> Floats:
        """What is left of each link's capacity on a day, shape (links, draws)."""
        left = {OPEN: np.ones_like(self.share), RESTRICTED: self.share}
        none = np.zeros_like(self.share)
        rows = [left.get(link.state_on(day), none)[at] for at, link in enumerate(self.links)]
        return np.stack(rows)

    def without(self, at: int, shares: Floats) -> Floats:
        """The flow when one link more is closed."""
        kept = shares.copy()
        kept[at] = 0.0
        return self.flow(kept)

    def flow_over(self, now: Floats, months: int, seed: int) -> Floats:
        """The flow of each month from now on, shape (months + 1, draws)."""
        chance = stream(seed, "corridor.status")
        left, flows = now.copy(), [self.flow(now)]
        ordinary = np.where(now > 0, now, 1.0)
        for _ in range(months):
            luck = chance.random(left.shape)
            fails = (left > 0) & (luck < self.hazard)
            returns = (left == 0) & (luck < 1 / self.recovery)
            left = np.where(fails, 0.0, np.where(returns, ordinary, left))
            flows.append(self.flow(left))
        return np.stack(flows)

    def months_to_recover(self, at: int, shares: Floats) -> Floats:
        """Months on average until a lost link is back; 0 where losing it costs little."""
        before = self.flow(shares)
        hurt = self.without(at, shares) < RECOVERED * before
        months: Floats = np.where(hurt, self.recovery[at], 0.0)
        return months
