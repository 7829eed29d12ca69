"""The partnership of `scenario/ensemble.py` as a Mesa model, for comparison alone.

Written as Mesa's own tutorials write a model: agents that step and advance together
(`AgentSet.do`), and a `DataCollector` that keeps each month how many are still in and who left,
which is what the ensemble counts too. A member keeps its ties to the others in a dictionary, so
that nobody is looked up in a month. Nothing is drawn or stored beside that.
"""

from __future__ import annotations

import math
import random
from typing import Any

import mesa


class Member(mesa.Agent):
    """One member: swings, weighs staying against its way out, and leaves or not."""

    def __init__(self, model: PartnershipModel, aid: float, worth: float, made: float):
        super().__init__(model)
        self.aid = aid
        self.worth = worth
        self.stands_from = begins(made, model.months, self.random)
        self.ties: dict[Member, float] = {}
        self.inside = True
        self.leaving = False
        self.drift = 0.0

    def step(self) -> None:
        model = self.model
        self.drift = model.persistence * self.drift + self.random.gauss(0.0, model.shock)
        staying = self.drift + (self.aid if model.at_war else 0.0)
        staying += sum(tie for other, tie in self.ties.items() if other.inside)
        outside = self.worth if model.steps > self.stands_from else 0.0
        odds = math.exp(model.base + model.slope * (outside - staying))
        self.leaving = self.inside and self.random.random() * (1.0 + odds) < odds

    def advance(self) -> None:
        if self.leaving:
            self.inside = False


class PartnershipModel(mesa.Model):
    """One run of a partnership; members move at the same time."""

    def __init__(self, parameters: dict[str, Any], months: int, seed: int):
        super().__init__(rng=seed)
        self.months = months
        self.base = parameters["base"]
        self.slope = parameters["slope"]
        self.persistence = parameters["persistence"]
        self.shock = parameters["shock"]
        self.war_from = begins(parameters["war"], months, self.random)
        of_members = zip(parameters["aid"], parameters["worth"], parameters["made"], strict=True)
        members = [Member(self, *each) for each in of_members]
        for member, ties in zip(members, parameters["ties"], strict=True):
            pairs = zip(members, ties, strict=True)
            member.ties = {other: tie for other, tie in pairs if other is not member}
        self.datacollector = mesa.DataCollector(
            model_reporters={
                "inside": lambda model: sum(member.inside for member in model.agents),
                "left": lambda model: [one.unique_id for one in model.agents if one.leaving],
            }
        )

    @property
    def at_war(self) -> bool:
        return self.steps > self.war_from

    def step(self) -> None:
        self.agents.do("step")
        self.agents.do("advance")
        self.datacollector.collect(self)


def begins(odds: float, months: int, chance: random.Random) -> float:
    """The month in which something begins that does so by the horizon with these odds."""
    if odds <= 0 or odds >= 1:
        return 0.0 if odds >= 1 else math.inf
    return math.floor(months * math.log(chance.random()) / math.log1p(-odds))
