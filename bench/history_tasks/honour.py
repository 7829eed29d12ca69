"""Was a pact kept when the war came? Leave-one-war-out, every choice made inside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fairweather.history.models.logistic import Logistic, fit_logistic
from fairweather.history.models.mixing import mixing_weights
from fairweather.history.models.terms import Floats
from history_tasks.scoring import Forecasts

Columns = dict[str, Floats]
FROM_ATOP = ("specthrt", "asymm", "formal", "milinst")


def read(folder: Path) -> pd.DataFrame:
    """The coded cases with the clauses of their alliance."""
    cases = pd.read_parquet(folder / "bf2018_honor.parquet").dropna(subset=["honor"])
    alliances = pd.read_parquet(folder / "atop401_alliances.parquet")
    alliances["secret"] = (alliances.pubsecr > 0).astype(float)
    more = alliances[["atopid", "secret", *FROM_ATOP]]
    cases = cases.merge(more, on="atopid", how="left", validate="many_to_one")
    return cases.assign(age=cases.wy - cases.begyr).reset_index(drop=True)


def columns(cases: pd.DataFrame) -> Columns:
    """Every number column as float64, NaN where it is not known."""
    return {
        str(name): cases[name].to_numpy(dtype=np.float64)
        for name in cases.columns
        if pd.api.types.is_numeric_dtype(cases[name])
    }


def menu(config: dict[str, Any]) -> list[tuple[tuple[str, ...], float]]:
    """Every set of terms with every penalty."""
    return [(tuple(terms), p) for terms in config["sets"].values() for p in config["penalties"]]


def evaluate(folder: Path, config: dict[str, Any]) -> Forecasts:
    """Forecasts of each case from the cases of other wars alone."""
    cases = read(folder)
    every = columns(cases)
    happened, war = every["honor"], cases.warid.to_numpy(dtype=np.int64)
    said, baseline = np.full(len(cases), np.nan), np.full(len(cases), np.nan)
    for left_out in np.unique(war):
        test = war == left_out
        members, weights = fit(subset(every, ~test), happened[~test], war[~test], config)
        chances = np.column_stack([m.probabilities(subset(every, test)) for m in members])
        said[test], baseline[test] = chances @ weights, happened[~test].mean()
    return Forecasts(said, baseline, happened, war)


def fit(
    rows: Columns, happened: Floats, war: np.ndarray, config: dict[str, Any]
) -> tuple[list[Logistic], Floats]:
    """Every model of the menu on these rows, and the weights that other wars' cases earn them."""
    models = menu(config)
    inner = np.full((len(happened), len(models)), np.nan)
    for left_out in np.unique(war):
        test = war == left_out
        for at, (terms, penalty) in enumerate(models):
            model = fit_logistic(terms, subset(rows, ~test), happened[~test], penalty=penalty)
            inner[test, at] = model.probabilities(subset(rows, test))
    weights = mixing_weights(inner, happened, towards_equal=config["towards_equal"])
    fitted = [fit_logistic(terms, rows, happened, penalty=p) for terms, p in models]
    return fitted, weights


def subset(rows: Columns, mask: np.ndarray) -> Columns:
    """The rows of a mask."""
    return {name: values[mask] for name, values in rows.items()}


def before_and_after(folder: Path, config: dict[str, Any]) -> Forecasts:
    """Forecasts of cases since 1945 from those before it, without any term of the era."""
    cases = read(folder)
    every = columns(cases)
    happened, war = every["honor"], cases.warid.to_numpy(dtype=np.int64)
    late = every["post45"] == 1
    early = subset(every, ~late)
    members, weights = fit(early, happened[~late], war[~late], config)
    chances = np.column_stack([m.probabilities(subset(every, late)) for m in members])
    baseline = np.full(int(late.sum()), happened[~late].mean())
    return Forecasts(chances @ weights, baseline, happened[late], war[late])
