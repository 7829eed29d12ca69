"""Does a pact end, and by violation, within five years? Told year by year from the past alone.

A pact of year t is judged with what was known when the year began. The five years of a row are
over after year + 4, so rows up to t - 5 may teach; whether a pact ended in a single year is known
up to t - 1. A yearly chance h is told as 1 - (1 - h)^5 over five years.

Rates fell tenfold in two centuries, so each forecast is a slope (logistic regression, a row
weighing half for every `half_life` years of age) and a level (the intercept set anew on the last
years). All are mixed with weights that they earned on the years before.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fairweather.history.models.horizon import HORIZON, over_horizon, per_year, shift_to_yearly
from fairweather.history.models.logistic import Logistic, fit_logistic
from fairweather.history.models.mixing import mixing_weights
from fairweather.history.models.terms import Floats
from history_tasks.alliances import Alliances
from history_tasks.scoring import Forecasts

Columns = dict[str, Floats]
RECORD_YEARS = 10
JUST_NOW = 3


def read(folder: Path, config: dict[str, Any]) -> pd.DataFrame:
    """Alliance-years with lagged columns, and members and their record as known at the time."""
    rows = pd.read_parquet(folder / "alliance_year.parquet").sort_values(["atopid", "year"])
    before = rows[["atopid", "year", *config["lagged"]]].assign(year=rows.year + 1)
    # `lnmem` of the table counts those who entered later too.
    rows = rows.drop(columns=[*config["lagged"], "lnmem"])
    rows = rows.merge(before, on=["atopid", "year"], how="left")
    rows = rows.merge(record(rows, Alliances(folder)), on=["atopid", "year"], how="left")
    return rows.sort_values(["year", "atopid"]).reset_index(drop=True)


def record(rows: pd.DataFrame, alliances: Alliances) -> pd.DataFrame:
    """Of each alliance-year, its size and what its members did with other pacts before it.

    `lnmem`: log of the count of members. `broken` and `broken_just_now`: other pacts of one
    member violated in the ten and three years before, the largest count of any member.
    `siblings` and `siblings_gone`: other pacts that share two members or more, in force, and
    ended in the ten years before.
    """
    found = []
    for id, year in rows[["atopid", "year"]].astype(int).itertuples(index=False):
        own = alliances.members(id, year)
        ends = [[y for y, other in alliances.broke[m] if other != id and y < year] for m in own]
        alike = [
            (other, alliances.span[other][1])
            for other in alliances.sharing(id)
            if len(own & alliances.members(other, min(year, alliances.span[other][1]))) > 1
        ]
        found.append(
            {
                "atopid": id,
                "year": year,
                "lnmem": float(np.log(len(own))),
                "broken": max(_since(year - RECORD_YEARS, years) for years in ends),
                "broken_just_now": max(_since(year - JUST_NOW, years) for years in ends),
                "siblings": sum(alliances.in_force(other, year) for other, _ in alike),
                "siblings_gone": sum(year - RECORD_YEARS <= last < year for _, last in alike),
            }
        )
    return pd.DataFrame(found)


def _since(first: int, years: list[int]) -> int:
    return sum(year >= first for year in years)


def columns(rows: pd.DataFrame) -> Columns:
    """Every number column as float64, NaN where it is not known."""
    return {str(name): rows[name].to_numpy(dtype=np.float64) for name in rows.columns}


@dataclass(frozen=True, slots=True)
class Model:
    """A slope with a level, or (without a set) the plain rate of the last years."""

    set: str
    kind: str
    penalty: float
    years: int

    @property
    def name(self) -> str:
        """As it stands in tables: "states/five/100/20", or "rate/30"."""
        slope = f"{self.set}/{self.kind}/{self.penalty:g}" if self.set else self.kind
        return f"{slope}/{self.years}"


def menu(config: dict[str, Any]) -> list[Model]:
    """Every slope at every level, and the plain rates; the trailing rate is the first."""
    rates = [Model("", "trailing", 0.0, config["rate_years"])]
    rates += [Model("", "yearly", 0.0, years) for years in config["rates"]]
    slopes = [
        Model(name, kind, penalty, years)
        for name in config["sets"]
        for kind, penalties in config["penalties"].items()
        for penalty in penalties
        for years in config["levels"]
    ]
    return rates + slopes


class Past:
    """The rows by what could be known when a year began."""

    def __init__(self, rows: pd.DataFrame, stem: str, config: dict[str, Any]) -> None:
        self.config = config
        self.columns = columns(rows)
        self.year = self.columns["year"]
        self.five, self.one = self.columns[f"{stem}5"], self.columns[f"{stem}1"]
        self.seen_five, self.seen_one = self.columns["obs5"] == 1, self.columns["obs1"] == 1

    def trailing(self, year: int, years: int) -> float:
        """The share among the rows of the years before whose five years are over."""
        known = self.seen_five & (self.year >= year - years) & (self.year <= year - HORIZON)
        return float((self.five[known].sum() + 0.5) / (known.sum() + 1))

    def yearly(self, year: int, years: int) -> float:
        """The yearly share of the years before, told over five."""
        known = self.lately(year, years)
        share = (self.one[known].sum() + 0.3) / (known.sum() + 3)
        return float(over_horizon(np.array(share)))

    def lately(self, year: int, years: int) -> np.ndarray:
        """Rows of the last years before a year: whether they ended in that year is known."""
        found: np.ndarray = self.seen_one & (self.year < year) & (self.year >= year - years)
        return found

    def slope(self, name: str, kind: str, penalty: float, year: int) -> Logistic:
        """A slope as it could have been fitted when a year began."""
        last = year - HORIZON if kind == "five" else year - 1
        seen, happened = (
            (self.seen_five, self.five) if kind == "five" else (self.seen_one, self.one)
        )
        known = seen & (self.year <= last)
        return fit_logistic(
            tuple(self.config["sets"][name]),
            subset(self.columns, known),
            happened[known],
            penalty=penalty,
            weights=0.5 ** ((last - self.year[known]) / self.config["half_life"]),
        )

    def levelled(self, slope: Logistic, kind: str, year: int, years: int) -> Logistic:
        """The slope with the intercept that meets the yearly counts of the last years."""
        known = self.lately(year, years)
        logits = slope.logits(subset(self.columns, known))
        span = HORIZON if kind == "five" else 1
        return slope.moved(shift_to_yearly(logits, self.one[known], span))

    def told(self, models: list[Model], year: int) -> Floats:
        """What each model says of each pact in force in a year, shape (pacts, models)."""
        now = self.year == year
        rows = subset(self.columns, now)
        slopes: dict[tuple[str, str, float], Logistic] = {}
        said = []
        for model in models:
            if not model.set:
                share = self.trailing if model.kind == "trailing" else self.yearly
                said.append(np.full(int(now.sum()), share(year, model.years)))
                continue
            key = (model.set, model.kind, model.penalty)
            slopes[key] = slopes.get(key) or self.slope(*key, year)
            chances = self.levelled(slopes[key], model.kind, year, model.years).probabilities(rows)
            said.append(chances if model.kind == "five" else over_horizon(chances))
        return np.column_stack(said)

    def mixture(self, chances: Floats, year: int) -> Floats:
        """Weights of the models by what they said of the years before, as yearly chances."""
        known = self.seen_one & (self.year < year) & ~np.isnan(chances[:, 0])
        return mixing_weights(
            per_year(chances[known]),
            self.one[known],
            towards_equal=self.config["towards_equal"],
            weights=0.5 ** ((year - self.year[known]) / self.config["mixture_half_life"]),
        )


def subset(rows: Columns, mask: np.ndarray) -> Columns:
    """The rows of a mask."""
    return {name: values[mask] for name, values in rows.items()}


def evaluate(
    rows: pd.DataFrame, stem: str, config: dict[str, Any], first: int, last: int
) -> tuple[Forecasts, np.ndarray, Floats]:
    """Mixed forecasts of the years from first to last, the years, and what each model said."""
    past, models = Past(rows, stem, config), menu(config)
    chances = np.full((len(rows), len(models)), np.nan)
    mixed = np.full(len(rows), np.nan)
    for year in range(config["begin"], last + 1):
        now = past.year == year
        if now.any():
            chances[now] = past.told(models, year)
        if year >= first and now.any():
            mixed[now] = chances[now] @ past.mixture(chances, year)
    scored = past.seen_five & (past.year >= first) & (past.year <= last)
    forecasts = Forecasts(
        mixed[scored], chances[scored, 0], past.five[scored], rows.atopid.to_numpy()[scored]
    )
    return forecasts, past.year[scored], chances
