"""The partnership of `scenario/ensemble.py` as a plain Mesa model, for comparison alone."""

from __future__ import annotations

import math
from typing import Any

import mesa


class Member(mesa.Agent):
    """One member: swings, weighs staying against its way out, and leaves or not."""

    def __init__(self, model: PartnershipModel, ties: list[float], parameters: dict[str, float]):
        super().__init__(model)
        self.ties = ties
        self.aid = parameters["aid"]
        self.worth = parameters["worth"]
        self.inside = True
        self.leaving = False
        self.drift = 0.0

    def step(self) -> None:
        model = self.model
        swing = model.shock * self.random.gauss(0.0, 1.0)
        self.drift = model.persistence * self.drift + swing
        staying = self.drift + (self.aid if model.steps > model.war_from else 0.0)
        for other in model.agents:
            if other.inside:
                staying += self.ties[other.unique_id - 1]
        outside = self.worth if model.steps > model.stands_from else 0.0
        odds = math.exp(-(model.base + model.slope * (outside - staying)))
        self.leaving = self.inside and self.random.random() * (1.0 + odds) < 1.0

    def advance(self) -> None:
        if self.leaving:
            self.inside = False


class PartnershipModel(mesa.Model):
    """One run of a partnership; members move at the same time."""

    def __init__(self, parameters: dict[str, Any], seed: int):
        super().__init__(rng=seed)
        self.base = parameters["base"]
        self.slope = parameters["slope"]
        self.persistence = parameters["persistence"]
        self.shock = parameters["shock"]
        self.war_from = parameters["war_from"]
        self.stands_from = parameters["stands_from"]
        self.months: list[int] = []
        for ties in parameters["ties"]:
            Member(self, ties, parameters)

    def step(self) -> None:
        self.agents.do("step")
        self.agents.do("advance")
        self.months.append(sum(not member.inside for member in self.agents))
