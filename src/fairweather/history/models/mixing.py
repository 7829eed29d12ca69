"""Averages of several forecasts, with weights learned from what they would have said."""

from __future__ import annotations

import numpy as np

from fairweather.history.models.terms import Floats

ROUNDS = 500
CLOSE_ENOUGH = 1e-9
EM_ROUNDS = 100


def brier(chances: Floats, happened: Floats) -> float:
    """Mean squared error of probabilities (Brier 1950)."""
    return float(np.mean((chances - happened) ** 2))


def mixing_weights(
    chances: Floats, happened: Floats, *, towards_equal: float, weights: Floats | None = None
) -> Floats:
    """Weights (models,) >= 0 that sum to 1 and give the mixture the smallest Brier score.

    `chances` (rows, models) must be of rows that the models have not seen. The penalty
    towards_equal/2 * |w - equal|^2 keeps few rows from deciding. Frank-Wolfe with exact line
    search (1956), started from equal weights.
    """
    models = chances.shape[1]
    mixture = np.full(models, 1.0 / models)
    rows = np.ones(len(happened)) if weights is None else weights
    gram = (chances * rows[:, None]).T @ chances + towards_equal * np.eye(models)
    pull = chances.T @ (rows * happened) + towards_equal / models
    for _ in range(ROUNDS):
        gradient = gram @ mixture - pull
        direction = -mixture
        direction[int(gradient.argmin())] += 1.0
        curvature = float(direction @ gram @ direction)
        step = -float(gradient @ direction) / curvature if curvature > 0 else 0.0
        if step < CLOSE_ENOUGH:
            break
        mixture = mixture + min(step, 1.0) * direction
    return mixture


def weights_by_likelihood(
    chances: Floats, happened: Floats, *, weights: Floats, towards_equal: float
) -> Floats:
    """Weights (models,) >= 0 that sum to 1 and give the mixture the largest likelihood.

    Expectation and maximisation (Dempster, Laird & Rubin 1977); `towards_equal` cases spread
    evenly over the models keep few rows from deciding. Without rows all weigh the same.
    """
    models = chances.shape[1]
    likely = np.clip(np.where(happened[:, None] == 1, chances, 1 - chances), 1e-9, 1.0)
    mixture = np.full(models, 1.0 / models)
    for _ in range(EM_ROUNDS):
        shares = likely * mixture
        shares /= shares.sum(axis=1, keepdims=True)
        counted = weights @ shares + towards_equal / models
        mixture = counted / counted.sum()
    return mixture
