"""Is a pact violated within five years? Told as yearly chances of violation and of other ends.

A year's outcome is known when the next begins, so every year before the forecast teaches, and no
row waits for its five years to be over. Each model is a pair of slopes (a row weighing half for
every `half_lives` years of age), each with the level of the last years (weighing half for every
`levels` years), told ahead with the ageing that is known (`horizon.before_other_ends`). They are
mixed by the likelihood of five-year outcomes that were known when the year began.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fairweather.history.models.horizon import HORIZON, before_other_ends, shift_to_yearly
from fairweather.history.models.logistic import Logistic, fit_logistic
from fairweather.history.models.mixing import weights_by_likelihood
from fairweather.history.models.terms import Floats, columns_of
from history_tasks import endings
from history_tasks.members import with_members
from history_tasks.scoring import Forecasts


@dataclass(frozen=True, slots=True)
class Slope:
    """A set of terms, a penalty and a half-life of rows in years."""

    set: str
    penalty: float
    half_life: float


def read(folder: Path, config: dict[str, Any]) -> pd.DataFrame:
    """The rows of `endings` with the record and the rivals of the members."""
    return with_members(endings.read(folder, config), folder)


def terms(config: dict[str, Any], name: str) -> tuple[str, ...]:
    """The terms of a set: those of `endings` and those of members."""
    return (*config["sets"][name], *config["hazard"]["more_terms"])


class Hazards:
    """Yearly chances of violation and of other ends, by what was known when a year began."""

    def __init__(self, rows: pd.DataFrame, config: dict[str, Any]) -> None:
        self.config, settings = config, config["hazard"]
        self.slopes = [
            Slope(name, penalty, half_life)
            for name in settings["sets"]
            for penalty in settings["penalties"]
            for half_life in settings["half_lives"]
        ]
        every = endings.columns(rows)
        self.year, self.five = every["year"], every["viol5"]
        self.seen_five, self.seen_one = every["obs5"] == 1, every["obs1"] == 1
        violated, ended = every["viol1"], every["end1"]
        self.kinds = (violated, np.clip(ended - violated, 0, 1))
        used = {c for slope in self.slopes for c in columns_of(terms(config, slope.set))}
        self.columns = {name: every[name] for name in sorted(used | {"age", "to_expiry"})}
        self.last: dict[tuple[Slope, int], Logistic] = {}

    def pair(self, slope: Slope, year: int) -> list[tuple[Logistic, Logistic]]:
        """Of every level, the models of violation and of other ends as the year begins."""
        known = self.seen_one & (self.year < year)
        rows, age = endings.subset(self.columns, known), year - self.year[known]
        models = []
        for at, happened in enumerate(self.kinds):
            fitted = fit_logistic(
                terms(self.config, slope.set),
                rows,
                happened[known],
                penalty=slope.penalty,
                weights=0.5 ** ((age - 1) / slope.half_life),
                start=self.last.get((slope, at)),
            )
            self.last[slope, at] = fitted
            logits = fitted.logits(rows)
            shifts = [
                shift_to_yearly(logits, happened[known], 1, 0.5 ** ((age - 1) / level))
                for level in self.config["hazard"]["levels"]
            ]
            models.append([fitted.moved(shift) for shift in shifts])
        return list(zip(*models, strict=True))

    def told(self, year: int) -> Floats:
        """What each model says of the pacts in force in a year, shape (pacts, models)."""
        rows = endings.subset(self.columns, self.year == year)
        pairs = [pair for slope in self.slopes for pair in self.pair(slope, year)]
        return np.column_stack([before_other_ends(*pair, rows) for pair in pairs])

    def mixture(self, chances: Floats, year: int) -> Floats:
        """Weights of the models by the five-year outcomes known when the year begins."""
        known = self.seen_five & (self.year <= year - HORIZON) & ~np.isnan(chances[:, 0])
        age = year - self.year[known]
        settings = self.config["hazard"]
        return weights_by_likelihood(
            chances[known],
            self.five[known],
            # Five rows of a pact tell of the same years.
            weights=0.5 ** (age / settings["mixture_half_life"]) / HORIZON,
            towards_equal=settings["towards_equal"],
        )

    def walk(self, first: int, last: int) -> tuple[Floats, Floats]:
        """Mixed chances of the years from first to last, and what each model said."""
        width = len(self.slopes) * len(self.config["hazard"]["levels"])
        chances = np.full((len(self.year), width), np.nan)
        mixed = np.full(len(self.year), np.nan)
        for year in range(self.config["hazard"]["begin"], last + 1):
            now = self.year == year
            if not now.any():
                continue
            chances[now] = self.told(year)
            if year >= first:
                mixed[now] = chances[now] @ self.mixture(chances, year)
        return mixed, chances


def evaluate(
    rows: pd.DataFrame, config: dict[str, Any], first: int, last: int
) -> tuple[Forecasts, np.ndarray]:
    """Forecasts of violation within five years beside the trailing rate, and their years."""
    hazards, past = Hazards(rows, config), endings.Past(rows, "viol", config)
    mixed, _ = hazards.walk(first, last)
    baseline = np.full(len(rows), np.nan)
    for year in range(first, last + 1):
        baseline[hazards.year == year] = past.trailing(year, config["rate_years"])
    scored = hazards.seen_five & (hazards.year >= first) & (hazards.year <= last)
    cluster = rows.atopid.to_numpy()[scored]
    forecasts = Forecasts(mixed[scored], baseline[scored], hazards.five[scored], cluster)
    return forecasts, hazards.year[scored]
