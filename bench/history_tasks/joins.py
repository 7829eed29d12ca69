"""Does a partner join a dispute on the state's side? Each decade told from the years before it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier

from fairweather.history.models.logistic import (
    Logistic,
    expit,
    fit_logistic,
    logit,
    shift_to_match,
)
from fairweather.history.models.mixing import weights_by_likelihood
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
    dispute: np.ndarray,
    decade: int,
    model: str,
    config: dict[str, Any],
) -> Floats:
    """What one model says of the disputes of a decade, from the years before it."""
    year = rows["year"]
    known, now = year < decade, (year >= decade) & (year < decade + 10)
    lately = known & (year >= decade - config["intercept_years"])
    if "rounds" not in config["models"][model]:
        fitted = fit_joins(model, _subset(rows, known), happened[known], config)
        logits = {name: fitted.logits(_subset(rows, mask)) for name, mask in _masks(lately, now)}
    else:
        matrix = design(terms(model, config), rows)
        # United Nations votes begin in 1946; before, the column says nothing at all.
        matrix[:, np.isnan(matrix[known]).all(axis=0)] = 0.0
        boosted = boost(model, matrix[known], happened[known], dispute[known], config)
        logits = {
            name: np.mean([logit(one.predict_proba(matrix[mask])[:, 1]) for one in boosted], axis=0)
            for name, mask in _masks(lately, now)
        }
    return expit(logits["now"] + shift_to_match(logits["lately"], happened[lately]))


def _masks(lately: np.ndarray, now: np.ndarray) -> tuple[tuple[str, np.ndarray], ...]:
    return ("lately", lately), ("now", now)


def terms(model: str, config: dict[str, Any]) -> tuple[str, ...]:
    """The terms that a model looks at."""
    return tuple(config["sets"][config["models"][model]["set"]])


def fit_joins(model: str, rows: Columns, happened: Floats, config: dict[str, Any]) -> Logistic:
    """The logistic regression of these rows."""
    penalty = config["models"][model]["penalty"]
    return fit_logistic(terms(model, config), rows, happened, penalty=penalty)


def boost(
    model: str, matrix: Floats, happened: Floats, dispute: np.ndarray, config: dict[str, Any]
) -> list[HistGradientBoostingClassifier]:
    """Trees of these rows, one forest a sample of the disputes."""
    trees, every, made = config["models"][model], np.unique(dispute), []
    for sample in range(trees["samples"]):
        draw = np.random.default_rng(sample)
        chosen = draw.choice(every, int(trees["share"] * len(every)), replace=False)
        rows = np.isin(dispute, chosen)
        made.append(_boosted(model, config, sample).fit(matrix[rows], happened[rows]))
    return made


def _boosted(model: str, config: dict[str, Any], seed: int) -> HistGradientBoostingClassifier:
    trees = config["models"][model]
    rising, falling = set(config["rising"]), set(config["falling"])
    ways = [(term in rising) - (term in falling) for term in terms(model, config)]
    return HistGradientBoostingClassifier(
        max_iter=trees["rounds"],
        learning_rate=trees["rate"],
        max_leaf_nodes=trees["leaves"],
        min_samples_leaf=trees["least"],
        l2_regularization=trees["penalty"],
        early_stopping=False,
        random_state=seed,
        monotonic_cst=ways if trees["monotone"] else None,
    )


def _subset(rows: Columns, mask: np.ndarray) -> Columns:
    return {name: values[mask] for name, values in rows.items()}


def weights(chances: Floats, happened: Floats, known: np.ndarray, config: dict[str, Any]) -> Floats:
    """Weights of the models by what they said of the known decades."""
    return weights_by_likelihood(
        chances[known],
        happened[known],
        weights=np.ones(int(known.sum())),
        towards_equal=config["towards_equal"],
    )


def walk(rows: Columns, dispute: np.ndarray, config: dict[str, Any], last: int) -> Floats:
    """What each model says of every row, decade by decade from the first of the mixture."""
    year, names = rows["year"], list(config["models"])
    chances = np.full((len(year), len(names)), np.nan)
    for decade in range(config["begin"], last + 1, 10):
        now = (year >= decade) & (year < decade + 10)
        for at, name in enumerate(names):
            chances[now, at] = told(rows, rows["mil"], dispute, decade, name, config)
    return chances


def evaluate(
    rows: pd.DataFrame, config: dict[str, Any], first: int, last: int
) -> tuple[Forecasts, dict[str, Forecasts]]:
    """The mixture of all models over the decades, and each model alone."""
    every = columns(rows)
    happened, year = every["mil"], every["year"]
    dispute = rows.dispnum.to_numpy(dtype=np.int64)
    chances = walk(every, dispute, config, last)
    mixed, baseline = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for decade in range(first, last + 1, 10):
        now = (year >= decade) & (year < decade + 10)
        before = (year >= decade - BASE_YEARS) & (year < decade)
        baseline[now] = happened[before].mean()
        known = (year >= config["begin"]) & (year < decade)
        mixed[now] = chances[now] @ weights(chances, happened, known, config)
    scored = ~np.isnan(mixed)

    def forecasts(said: Floats) -> Forecasts:
        return Forecasts(said[scored], baseline[scored], happened[scored], dispute[scored])

    each = {name: forecasts(chances[:, at]) for at, name in enumerate(config["models"])}
    return forecasts(mixed), each
