"""Does a partner join a dispute on the state's side? Each decade told from the years before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

from fairweather.history.models.logistic import expit, fit_logistic, logit, shift_to_match
from fairweather.history.models.terms import Floats, design
from history_tasks.scoring import Forecasts

Columns = dict[str, Floats]
NO_BORDER = 6
BASE_YEARS = 30


def read(folder: Path) -> pd.DataFrame:
    """Partners that could still be drawn in, with the columns that the terms name."""
    rows = pd.read_parquet(folder / "support_reference.parquet")
    rows = rows[(rows.risk == 1) & (rows.disp_hostlev >= 2)].copy()
    for side in "pbo":
        rows[f"log_cinc_{side}"] = np.log(rows[f"cinc_{side}"].clip(lower=1e-6))
    for pair in ("pb", "po", "bo"):
        rows[f"near_{pair}"] = (rows[f"cont_{pair}"] < NO_BORDER).astype(float)
    for pair in ("pb", "po"):
        rows[f"log_dist_{pair}"] = np.log1p(rows[f"dist_{pair}"])
        rows[f"pol_gap_{pair}"] = (rows.pol_p - rows[f"pol_{pair[1]}"]).abs()
    # Shares of earlier calls that were answered, with half a case of yes and ten of no added.
    rows["record_p"] = np.log((rows.rec_p_joined + 0.5) / (rows.rec_p_n + 10.5))
    rows["record_d"] = np.log((rows.rec_d_joined + 0.5) / (rows.rec_d_n + 10.5))
    return rows.sort_values(["year", "dispnum"]).reset_index(drop=True)


def columns(rows: pd.DataFrame) -> Columns:
    """Every number column as float64, NaN where it is not known."""
    return {
        str(name): rows[name].to_numpy(dtype=np.float64)
        for name in rows.columns
        if pd.api.types.is_numeric_dtype(rows[name])
    }


def told(
    rows: Columns,
    happened: Floats,
    year: Floats,
    decade: int,
    model: dict[str, Any],
    config: dict[str, Any],
) -> Floats:
    """What one model says of the disputes of a decade, from the years before it."""
    known, now = year < decade, (year >= decade) & (year < decade + 10)
    lately = known & (year >= decade - config["intercept_years"])
    terms = tuple(config["sets"][model["set"]])
    if "penalty" in model:
        fitted = fit_logistic(
            terms, _subset(rows, known), happened[known], penalty=model["penalty"]
        )
        logits = {name: fitted.logits(_subset(rows, mask)) for name, mask in _masks(lately, now)}
    else:
        matrix = design(terms, rows)
        # United Nations votes begin in 1946; before, the column says nothing at all.
        matrix[:, np.isnan(matrix[known]).all(axis=0)] = 0.0
        boosted = _boosted(config["trees"], config["seed"]).fit(matrix[known], happened[known])
        logits = {
            name: logit(boosted.predict_proba(matrix[mask])[:, 1])
            for name, mask in _masks(lately, now)
        }
    return expit(logits["now"] + shift_to_match(logits["lately"], happened[lately]))


def _masks(lately: np.ndarray, now: np.ndarray) -> tuple[tuple[str, np.ndarray], ...]:
    return ("lately", lately), ("now", now)


def _boosted(trees: dict[str, Any], seed: int) -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=trees["rounds"],
        learning_rate=trees["rate"],
        max_leaf_nodes=trees["leaves"],
        min_samples_leaf=trees["least"],
        l2_regularization=trees["penalty"],
        early_stopping=False,
        random_state=seed,
    )


def _subset(rows: Columns, mask: np.ndarray) -> Columns:
    return {name: values[mask] for name, values in rows.items()}


def models(config: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The candidates: every set with every penalty, and boosted trees over the first set."""
    found: dict[str, dict[str, Any]] = {
        f"{name}/{penalty:g}": {"set": name, "penalty": penalty}
        for name in config["sets"]
        for penalty in config["penalties"]
    }
    return found | {"trees": {"set": next(iter(config["sets"]))}}


def evaluate(
    rows: pd.DataFrame, config: dict[str, Any], names: list[str], first: int, last: int
) -> tuple[Forecasts, dict[str, Forecasts]]:
    """The mean logit of the named models over the decades, and each model alone."""
    every = columns(rows)
    happened, year = every["mil"], every["year"]
    decades = range(first, last + 1, 10)
    scored = (year >= first) & (year < decades[-1] + 10)
    single = {name: np.full(len(rows), np.nan) for name in names}
    baseline = np.full(len(rows), np.nan)
    for decade in decades:
        now = (year >= decade) & (year < decade + 10)
        before = (year >= decade - BASE_YEARS) & (year < decade)
        baseline[now] = happened[before].mean()
        for name in names:
            single[name][now] = told(every, happened, year, decade, models(config)[name], config)
    cluster = rows.dispnum.to_numpy(dtype=np.int64)[scored]
    each = {
        name: Forecasts(said[scored], baseline[scored], happened[scored], cluster)
        for name, said in single.items()
    }
    mean = expit(np.mean([logit(one.said) for one in each.values()], axis=0))
    return Forecasts(mean, baseline[scored], happened[scored], cluster), each
