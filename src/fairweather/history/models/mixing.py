"""Averages of several forecasts, with weights learned from what they would have said."""

from __future__ import annotations

import numpy as np

from fairweather.history.models.terms import Floats

ROUNDS = 300


def brier(chances: Floats, happened: Floats) -> float:
    """Mean squared error of probabilities (Brier 1950)."""
    return float(np.mean((chances - happened) ** 2))


def mixing_weights(
    chances: Floats, happened: Floats, *, towards_equal: float, weights: Floats | None = None
) -> Floats:
    """Weights (models,) >= 0 that sum to 1 and give the mixture the smallest Brier score.

    `chances` (rows, models) must be of rows that the models have not seen. `towards_equal`
    rows' worth of squared error per unit of distance from equal weights keeps few rows from
    deciding. Exponentiated gradient descent (Kivinen & Warmuth 1997).
    """
    models = chances.shape[1]
    mixture = np.full(models, 1.0 / models)
    if len(happened) == 0 or models == 1:
        return mixture
    rows = np.ones(len(happened)) if weights is None else weights
    gram = (chances * rows[:, None]).T @ chances + towards_equal * np.eye(models)
    pull = chances.T @ (rows * happened) + towards_equal / models
    # The step that is stable for the largest curvature between two corners of the simplex.
    differences = chances - chances.mean(axis=1, keepdims=True)
    curvature = float((rows[:, None] * differences**2).sum(axis=0).max()) + towards_equal
    rate = 1.0 / max(curvature, 1e-9)
    for _ in range(ROUNDS):
        gradient = gram @ mixture - pull
        mixture = mixture * np.exp(-rate * (gradient - gradient.min()))
        mixture /= mixture.sum()
    return mixture
