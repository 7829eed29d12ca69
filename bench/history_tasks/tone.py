"""The tone of a pair next month: each month of the test year told from the months before it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fairweather.history.tone.forecast import ToneModel, error_scale, fit_tone_model, tone_columns
from fairweather.history.tone.series import Floats, signed_log

LAGS = 12


@dataclass(frozen=True, slots=True)
class Panel:
    """Pairs by months: tone (pairs, months), the two actors of each pair, the months."""

    tone: Floats
    actors: np.ndarray
    months: list[str]

    def at(self, month: str) -> int:
        """The place of a month."""
        return self.months.index(month)


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, by the model and the baselines, and what happened: (months, pairs) each."""

    said: Floats
    low: Floats
    high: Floats
    ridge: Floats
    persistence: Floats
    average: Floats
    happened: Floats


def read(folder: Path, config: dict[str, Any]) -> Panel:
    """The panel of the pairs with the loudest tone before the split."""
    rows = pd.read_parquet(folder / "dyad_tone_monthly_2018_2022.parquet")
    rows["month"] = pd.to_datetime(rows.month).dt.strftime("%Y-%m")
    days = rows.groupby("month").n_days.max()
    rows = rows[rows.source < rows.target]
    sums = rows.pivot_table(index=["source", "target"], columns="month", values="weight")
    per_day = sums.fillna(0.0) / days
    before = [month for month in per_day.columns if month <= config["train_until"]]
    loudest = per_day[before].abs().mean(axis=1).sort_values(ascending=False, kind="stable")
    per_day = per_day.loc[sorted(loudest.index[: config["pairs"]])]
    names = sorted({name for pair in per_day.index for name in pair})
    actors = np.array([[names.index(name) for name in pair] for pair in per_day.index])
    return Panel(signed_log(per_day.to_numpy(dtype=np.float64)), actors, list(per_day.columns))


def fit(panel: Panel, config: dict[str, Any], until: int) -> tuple[ToneModel, Floats]:
    """The model and the ridge baseline (intercept, lags) fitted on months before `until`."""
    spots = range(LAGS, until)
    happened = np.concatenate([panel.tone[:, at] for at in spots])
    model = fit_tone_model(
        np.vstack([tone_columns(panel.tone[:, :at], panel.actors) for at in spots]),
        happened,
        np.concatenate([error_scale(panel.tone[:, :at]) for at in spots]),
        config["penalty"],
    )
    lags = np.vstack([_lags(panel, at) for at in spots])
    gram = lags.T @ lags + config["ridge_penalty"] * np.diag([0.0] + [1.0] * LAGS)
    return model, np.linalg.solve(gram, lags.T @ happened)


def _lags(panel: Panel, at: int) -> Floats:
    return np.column_stack([np.ones(len(panel.tone)), panel.tone[:, at - LAGS : at]])


def evaluate(panel: Panel, config: dict[str, Any], first: int, last: int) -> Told:
    """Forecasts of the months from first to last by models fitted on the months before first."""
    model, ridge = fit(panel, config, first)
    rows: dict[str, list[Floats]] = {name: [] for name in Told.__slots__}
    for at in range(first, last + 1):
        past = panel.tone[:, :at]
        said = model.say(tone_columns(past, panel.actors))
        reach = model.reach * error_scale(past)
        rows["said"].append(said)
        rows["low"].append(said - reach)
        rows["high"].append(said + reach)
        rows["ridge"].append(_lags(panel, at) @ ridge)
        rows["persistence"].append(past[:, -1])
        rows["average"].append(_average(past, config["average_weight"]))
        rows["happened"].append(panel.tone[:, at])
    return Told(**{name: np.array(values) for name, values in rows.items()})


def _average(past: Floats, weight: float) -> Floats:
    found = past[:, 0]
    for at in range(1, past.shape[1]):
        found = (1 - weight) * found + weight * past[:, at]
    return found


def r2(happened: Floats, said: Floats) -> float:
    """1 - squared error over squared deviation from the mean of what happened."""
    return float(1 - ((happened - said) ** 2).sum() / ((happened - happened.mean()) ** 2).sum())
