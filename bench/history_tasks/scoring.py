"""Scores of out-of-sample forecasts, with intervals that resample whole clusters."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Forecasts:
    """One row a case: what was said, what the baseline said, what happened, and its cluster."""

    said: Floats
    baseline: Floats
    happened: Floats
    cluster: NDArray[np.int64]

    def only(self, rows: NDArray[np.bool_]) -> Forecasts:
        """The cases of a mask."""
        return Forecasts(
            self.said[rows], self.baseline[rows], self.happened[rows], self.cluster[rows]
        )

    @property
    def brier(self) -> float:
        """Mean squared error of what was said."""
        return float(np.mean((self.said - self.happened) ** 2))

    @property
    def baseline_brier(self) -> float:
        """Mean squared error of the baseline."""
        return float(np.mean((self.baseline - self.happened) ** 2))

    @property
    def skill(self) -> float:
        """1 - Brier / Brier of the baseline."""
        return 1 - self.brier / self.baseline_brier

    @property
    def log_loss(self) -> float:
        """Mean negative log likelihood in nats."""
        return float(-np.mean(np.log(np.where(self.happened == 1, self.said, 1 - self.said))))

    @property
    def auc(self) -> float:
        """Area under the ROC curve."""
        return area(self.said, self.happened)


def skill_interval(
    forecasts: Forecasts, *, draws: int, seed: int, quantiles: list[float]
) -> tuple[float, float]:
    """The interval of the skill over resampled clusters (ratio of resampled sums)."""
    order, place = np.unique(forecasts.cluster, return_inverse=True)
    ours = np.bincount(place, (forecasts.said - forecasts.happened) ** 2, len(order))
    theirs = np.bincount(place, (forecasts.baseline - forecasts.happened) ** 2, len(order))
    chosen = _resamples(len(order), draws, seed)
    skill = 1 - (chosen @ ours) / (chosen @ theirs)
    low, high = np.quantile(skill, quantiles)
    return float(low), float(high)


def auc_interval(
    forecasts: Forecasts, *, draws: int, seed: int, quantiles: list[float]
) -> tuple[float, float]:
    """The interval of the AUC over resampled clusters."""
    order, place = np.unique(forecasts.cluster, return_inverse=True)
    rank = np.argsort(forecasts.said, kind="stable")
    values = forecasts.said[rank]
    edges = np.flatnonzero(np.append(True, np.diff(values) > 0))
    found = []
    for weights in _resamples(len(order), draws, seed):
        rows = weights[place][rank]
        found.append(_weighted_area(rows, forecasts.happened[rank], edges))
    low, high = np.nanquantile(found, quantiles)
    return float(low), float(high)


def area(said: Floats, happened: Floats) -> float:
    """The AUC: how often a case that happened was ranked above one that did not, ties half."""
    rank = np.argsort(said, kind="stable")
    edges = np.flatnonzero(np.append(True, np.diff(said[rank]) > 0))
    return _weighted_area(np.ones(len(said)), happened[rank], edges)


def _weighted_area(weights: Floats, happened: Floats, edges: NDArray[np.int64]) -> float:
    yes = np.add.reduceat(weights * happened, edges)
    no = np.add.reduceat(weights * (1 - happened), edges)
    below = np.cumsum(no) - no
    pairs = yes.sum() * no.sum()
    return float((yes * (below + no / 2)).sum() / pairs) if pairs else float("nan")


def _resamples(clusters: int, draws: int, seed: int) -> Floats:
    """How often each cluster is drawn, shape (draws, clusters)."""
    generator = np.random.default_rng(seed)
    return np.array(
        [
            np.bincount(generator.integers(clusters, size=clusters), minlength=clusters)
            for _ in range(draws)
        ],
        dtype=np.float64,
    )


def calibration(forecasts: Forecasts, parts: int = 10) -> list[dict[str, float]]:
    """Mean said and share happened in equal-sized groups, lowest said first."""
    order = np.argsort(forecasts.said, kind="stable")
    groups = [part for part in np.array_split(order, parts) if len(part)]
    return [
        {
            "cases": len(part),
            "said": round(float(forecasts.said[part].mean()), 4),
            "happened": round(float(forecasts.happened[part].mean()), 4),
        }
        for part in groups
    ]


def over_clusters(
    statistic: Callable[[NDArray[np.int64]], float],
    clusters: NDArray[np.int64],
    *,
    draws: int,
    seed: int,
    quantiles: list[float],
) -> tuple[float, float]:
    """The interval of any statistic of row numbers over resampled clusters."""
    order, place = np.unique(clusters, return_inverse=True)
    members = [np.flatnonzero(place == at) for at in range(len(order))]
    generator = np.random.default_rng(seed)
    found = [
        statistic(
            np.concatenate([members[at] for at in generator.integers(len(order), size=len(order))])
        )
        for _ in range(draws)
    ]
    low, high = np.quantile(found, quantiles)
    return float(low), float(high)
