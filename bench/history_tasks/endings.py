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
from history_tasks.scoring import Forecasts

Columns = dict[str, Floats]
RECORD_YEARS = 10
JUST_NOW = 3
OPEN_ENDED = 9999
VIOLATED = 2


def read(folder: Path, config: dict[str, Any]) -> pd.DataFrame:
    """Alliance-years with lagged columns and the record of their members."""
    rows = pd.read_parquet(folder / "alliance_year.parquet").sort_values(["atopid", "year"])
    before = rows[["atopid", "year", *config["lagged"]]].assign(year=rows.year + 1)
    rows = rows.drop(columns=config["lagged"]).merge(before, on=["atopid", "year"], how="left")
    alliances = pd.read_parquet(folder / "atop401_alliances.parquet")
    rows = rows.merge(record(rows, alliances), on=["atopid", "year"], how="left")
    return rows.sort_values(["year", "atopid"]).reset_index(drop=True)


def record(rows: pd.DataFrame, alliances: pd.DataFrame) -> pd.DataFrame:
    """Of each alliance-year, what its members did with other pacts before it.

    `broken` and `broken_just_now`: other pacts of one member violated in the ten and three years
    before, the largest count of any member. `siblings` and `siblings_gone`: other pacts that
    share two members or more, in force, and ended in the ten years before.
    """
    names = [column for column in alliances.columns if column.startswith("mem")]
    members = {
        int(row.atopid): {int(m) for m in row[names] if not np.isnan(m)}
        for _, row in alliances.iterrows()
    }
    ended = alliances.assign(end=alliances.endyr.where(alliances.endyr > 0, OPEN_ENDED))
    violations = [
        (int(a), int(y)) for a, y in ended.loc[ended.term == VIOLATED, ["atopid", "end"]].values
    ]
    spans = ended.set_index("atopid")[["begyr", "end"]].astype(int).to_dict("index")
    found = []
    for atopid, years in rows.groupby("atopid").year:
        own = members[atopid]
        broken = _broken_by_year(own, atopid, members, violations)
        alike = [
            spans[other] for other in members if other != atopid and len(own & members[other]) > 1
        ]
        for year in years:
            lately = [sum(1 for y in per if year - RECORD_YEARS <= y < year) for per in broken]
            just = [sum(1 for y in per if year - JUST_NOW <= y < year) for per in broken]
            in_force = sum(1 for span in alike if span["begyr"] < year <= span["end"])
            gone = sum(1 for span in alike if year - RECORD_YEARS <= span["end"] < year)
            found.append((atopid, year, max(lately), max(just), in_force, gone))
    names = ["atopid", "year", "broken", "broken_just_now", "siblings", "siblings_gone"]
    return pd.DataFrame(found, columns=names)


def _broken_by_year(
    own: set[int], atopid: int, members: dict[int, set[int]], violations: list[tuple[int, int]]
) -> list[list[int]]:
    return [
        [year for other, year in violations if other != atopid and member in members[other]]
        for member in own
    ]


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
