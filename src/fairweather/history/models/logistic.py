"""Logistic regression with a ridge penalty, weights and offsets, in NumPy alone.

A fitted model is a few dozen numbers that can be read: terms, their means and spreads in the
training rows, one coefficient each for the standardised term. What is not known about a case
counts as the training mean, so it moves the answer neither way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from fairweather.history.models.terms import Columns, Floats, design

STEPS = 50
CLOSE_ENOUGH = 1e-8
FARTHEST = 30.0
"""Linear predictors are kept within this many logits: beyond it a double is 0 or 1."""


@dataclass(frozen=True, eq=False, slots=True)
class Logistic:
    """P(yes) = 1 / (1 + exp(-(intercept + coefficients . standardised terms)))."""

    terms: tuple[str, ...]
    means: Floats
    spreads: Floats
    intercept: float
    coefficients: Floats

    def logits(self, columns: Columns) -> Floats:
        """The linear predictor of every row, shape (rows,)."""
        return self.intercept + self._standard(design(self.terms, columns)) @ self.coefficients

    def probabilities(self, columns: Columns) -> Floats:
        """P(yes) of every row, shape (rows,)."""
        return expit(self.logits(columns))

    def parts(self, columns: Columns) -> Floats:
        """What each term adds to the logit of each row, shape (rows, terms)."""
        found: Floats = self._standard(design(self.terms, columns)) * self.coefficients
        return found

    def moved(self, shift: float) -> Logistic:
        """The same slopes with the intercept moved by so many logits."""
        intercept = self.intercept + shift
        return Logistic(self.terms, self.means, self.spreads, intercept, self.coefficients)

    def _standard(self, matrix: Floats) -> Floats:
        return np.nan_to_num((matrix - self.means) / self.spreads, nan=0.0)

    def to_json(self) -> dict[str, Any]:
        """The model as one plain object; `from_json` reads it back to the same answers."""
        return {
            "intercept": self.intercept,
            "terms": [
                {"term": term, "mean": mean, "spread": spread, "coefficient": coefficient}
                for term, mean, spread, coefficient in zip(
                    self.terms,
                    self.means.tolist(),
                    self.spreads.tolist(),
                    self.coefficients.tolist(),
                    strict=True,
                )
            ],
        }

    @staticmethod
    def from_json(stored: dict[str, Any]) -> Logistic:
        """The model of `to_json`."""
        rows = stored["terms"]
        return Logistic(
            terms=tuple(row["term"] for row in rows),
            means=np.array([row["mean"] for row in rows], dtype=np.float64),
            spreads=np.array([row["spread"] for row in rows], dtype=np.float64),
            intercept=float(stored["intercept"]),
            coefficients=np.array([row["coefficient"] for row in rows], dtype=np.float64),
        )


def fit_logistic(
    terms: tuple[str, ...],
    columns: Columns,
    happened: Floats,
    *,
    penalty: float,
    weights: Floats | None = None,
    start: Logistic | None = None,
) -> Logistic:
    """The model that minimises weighted log loss + penalty/2 * |coefficients|^2.

    Means and spreads are those of the weighted rows; a term that never varies gets spread 1
    and so coefficient 0. The intercept bears no penalty. `start`, a model of the same terms on
    nearly the same rows, saves steps and changes nothing else.
    """
    matrix = design(terms, columns)
    weighted = np.ones(len(happened)) if weights is None else weights
    means, spreads = _moments(matrix, weighted)
    standard = np.nan_to_num((matrix - means) / spreads, nan=0.0)
    begin = None if start is None else np.append(start.intercept, start.coefficients)
    intercept, coefficients = _newton(standard, happened, weighted, penalty, begin)
    return Logistic(terms, means, spreads, intercept, coefficients)


def shift_to_match(logits: Floats, happened: Floats, *, prior: float = 0.5) -> float:
    """The shift of the intercept that makes expected and observed counts agree on these rows.

    `prior` cases of yes and of no, at the rows' own mean logit, keep it finite when nothing or
    everything happened.
    """
    if not len(happened):
        return 0.0
    shift, centre = 0.0, float(logits.mean())
    for _ in range(STEPS):
        chance, at_centre = expit(logits + shift), float(expit(np.array(centre + shift)))
        gradient = (happened - chance).sum() + prior * (1 - 2 * at_centre)
        curvature = (chance * (1 - chance)).sum() + 2 * prior * at_centre * (1 - at_centre)
        step = float(np.clip(gradient / max(curvature, 1e-9), -2.0, 2.0))
        shift += step
        if abs(step) < CLOSE_ENOUGH:
            break
    return shift


def expit(logits: Floats) -> Floats:
    """1 / (1 + exp(-x)), without overflow."""
    bounded = np.clip(logits, -FARTHEST, FARTHEST)
    found: Floats = 1.0 / (1.0 + np.exp(-bounded))
    return found


def logit(chances: Floats) -> Floats:
    """The inverse of `expit`; 0 and 1 give the farthest finite values."""
    bounded = np.clip(chances, 1e-12, 1 - 1e-12)
    found: Floats = np.log(bounded / (1 - bounded))
    return found


def _moments(matrix: Floats, weights: Floats) -> tuple[Floats, Floats]:
    known = ~np.isnan(matrix)
    weighted = known * weights[:, None]
    total = np.maximum(weighted.sum(axis=0), 1e-12)
    filled = np.where(known, matrix, 0.0)
    means = (weighted * filled).sum(axis=0) / total
    variance = (weighted * (filled - means) ** 2).sum(axis=0) / total
    spreads = np.sqrt(variance)
    return means, np.where(spreads > 1e-9, spreads, 1.0)


def _newton(
    standard: Floats, happened: Floats, weights: Floats, penalty: float, begin: Floats | None
) -> tuple[float, Floats]:
    full = np.column_stack([np.ones(len(standard)), standard])
    ridge = np.full(full.shape[1], penalty)
    ridge[0] = 1e-6
    share = np.clip((weights * happened).sum() / weights.sum(), 1e-4, 1 - 1e-4)
    beta = np.zeros(full.shape[1])
    beta[0] = np.log(share / (1 - share))
    beta = beta if begin is None else begin.copy()
    for _ in range(STEPS):
        chance = expit(full @ beta)
        gradient = full.T @ (weights * (happened - chance)) - ridge * beta
        spread = weights * np.maximum(chance * (1 - chance), 1e-9)
        step = np.linalg.solve((full * spread[:, None]).T @ full + np.diag(ridge), gradient)
        # Long steps overshoot where a rare outcome is almost separated.
        step *= min(1.0, 5.0 / max(float(np.abs(step).max()), 1e-12))
        beta += step
        if np.abs(step).max() < CLOSE_ENOUGH:
            break
    return float(beta[0]), beta[1:]
