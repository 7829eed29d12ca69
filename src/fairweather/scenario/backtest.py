"""What the layers would have said of past wars, each war told by the others.

Every war is left out in turn. Of the remaining ones come the shares by pact and era (L0), the
three scale constants of the game (L1), and the weight w with which the two are blended: it is
the one that scored best on the other wars' held-out forecasts, so that no score is of a war
that had any part in making its forecast. Scores count rows, intervals resample wars.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairweather.scenario.cases import (
    FOUGHT,
    OUT,
    SHOWED,
    Case,
    Prepared,
    conduct_chances,
    prepare,
)
from fairweather.scenario.game_tree import Floats

FITTED = ("sensitivity", "cost_weight", "risk_weight")
"""The constants that past cases can tell of: the scales of choice, cost and risk."""

PRIOR_MIDDLE = (8.0, 0.55, 0.6)
PRIOR_SPREAD = 0.5
"""Where the fit starts from and is drawn to, as one case would, on a log scale."""

BORROWED = 25.0
"""Cases' worth of the wider class that a narrower one borrows; fixed before the first run."""

WEIGHTS = np.linspace(0.0, 1.0, 21)
RESAMPLES = 2000

ERA = 1945
"""The year at which conduct is taken to have changed."""

Rows = NDArray[np.int64]
Flags = NDArray[np.bool_]
Told = Callable[[int, int], None]


@dataclass(frozen=True, eq=False, slots=True)
class Backtest:
    """Forecasts P(out), P(showed force), P(fought) by layer, (cases, 3), each war held out.

    `weights` is the w chosen for each case's war from the others, `weight` that from all;
    `conduct` what came.
    """

    wars: Rows
    conduct: Rows
    history: Floats
    interests: Floats
    blend: Floats
    weights: Floats
    weight: float

    @property
    def layers(self) -> dict[str, Floats]:
        """The forecasts by layer."""
        return {"l0": self.history, "l1": self.interests, "blend": self.blend}

    def gain(self, score: Callable[[Floats, Floats], Floats]) -> tuple[float, float, float]:
        """How much lower the blend scores than history: value, 2.5 and 97.5 % over wars."""
        happened = one_hot(self.conduct)
        gained = score(self.history, happened) - score(self.blend, happened)
        return resampled_mean(gained, self.wars)

    @property
    def earned(self) -> bool:
        """Whether the blend beats history on Brier by more than resampled wars explain."""
        return self.gain(brier)[1] > 0


def backtest(cases: Sequence[Case], told: Told = lambda done, total: None) -> Backtest:
    """Every war forecast from the others. `told` hears how many of the wars are done."""
    wars = np.array([case.war for case in cases])
    conduct = np.array([case.conduct for case in cases])
    prepared = prepare(cases)
    history, interests, typical = (np.empty((len(cases), 3)) for _ in range(3))
    held_out = np.unique(wars)
    start = _log(fit_constants(prepared, conduct))
    for done, war in enumerate(held_out):
        rows, known = np.flatnonzero(wars == war), wars != war
        chances = conduct_chances(prepared, fit_constants(prepared, conduct, known, start))
        history[rows] = class_shares(cases, known, rows)
        interests[rows] = chances[rows]
        typical[rows] = _typical(cases, known, rows, chances)
        told(done + 1, len(held_out))
    moved = np.stack([blended(history, interests, typical, weight) for weight in WEIGHTS])
    losses = np.stack([brier(one, one_hot(conduct)) for one in moved])
    weights, blend = np.empty(len(cases)), np.empty((len(cases), 3))
    for war in held_out:
        rows = np.flatnonzero(wars == war)
        best = int(losses[:, wars != war].mean(axis=1).argmin())
        weights[rows], blend[rows] = WEIGHTS[best], moved[best, rows]
    weight = float(WEIGHTS[losses.mean(axis=1).argmin()])
    return Backtest(wars, conduct, history, interests, blend, weights, weight)


def class_shares(cases: Sequence[Case], known: Flags, asked: Rows) -> Floats:
    """L0: shares of conduct by pact, then by pact and era; the narrower borrows of the wider."""
    conduct = one_hot(np.array([case.conduct for case in cases]))
    pacts = np.array([case.pact for case in cases])
    lately = np.array([case.year >= ERA for case in cases])
    pooled = conduct[known].mean(axis=0)
    rows = []
    for at in asked:
        alike = known & (pacts == pacts[at])
        share = _borrowing(conduct[alike], pooled)
        rows.append(_borrowing(conduct[alike & (lately == lately[at])], share))
    return np.array(rows)


def _borrowing(counted: Floats, wider: Floats) -> Floats:
    share: Floats = (counted.sum(axis=0) + BORROWED * wider) / (len(counted) + BORROWED)
    return share


def _typical(cases: Sequence[Case], known: Flags, asked: Rows, chances: Floats) -> Floats:
    """The game's forecast for the middle case of each one's pact: the geometric mean of odds."""
    pacts = np.array([case.pact for case in cases])
    odds = _log_odds(chances)
    rows = []
    for at in asked:
        alike = known & (pacts == pacts[at])
        middle = odds[alike].mean() if alike.any() else odds[known].mean()
        forces = 1 / (1 + np.exp(-middle))
        rows.append((1 - forces, forces, 0.0))
    return np.array(rows)


def blended(history: Floats, interests: Floats, typical: Floats, weight: float) -> Floats:
    """History's share of forces, its odds moved by (odds of the case / odds of the middle case)
    to the power 1 - weight; show and fight stand to each other as in history."""
    logit = _log_odds(history) + (1 - weight) * (_log_odds(interests) - _log_odds(typical))
    forces = 1 / (1 + np.exp(-logit))
    scale = forces / (1 - history[:, OUT])
    return np.stack([1 - forces, history[:, SHOWED] * scale, history[:, FOUGHT] * scale], axis=1)


def _log_odds(shares: Floats) -> Floats:
    out = np.clip(shares[:, OUT], 1e-9, 1 - 1e-9)
    odds: Floats = np.log1p(-out) - np.log(out)
    return odds


def fit_constants(
    prepared: Prepared, conduct: Rows, known: Flags | None = None, start: Floats | None = None
) -> dict[str, float]:
    """The scale constants under which the game's shares of the known cases come nearest to conduct.

    Penalised likelihood of forces against none; a pattern search on a log scale.
    """
    forces, middle = conduct != OUT, np.log(PRIOR_MIDDLE)
    counts = np.ones(len(conduct)) if known is None else known.astype(np.float64)

    def loss(point: Floats) -> float:
        out = conduct_chances(prepared, dict(zip(FITTED, np.exp(point), strict=True)))[:, OUT]
        likely = np.where(forces, 1 - out, out)
        penalty = 0.5 * np.sum(((point - middle) / PRIOR_SPREAD) ** 2)
        return float(-(counts * np.log(np.maximum(likely, 1e-12))).sum() + penalty)

    best = pattern_search(loss, middle if start is None else start)
    return dict(zip(FITTED, np.exp(best).tolist(), strict=True))


def _log(constants: dict[str, float]) -> Floats:
    return np.log([constants[name] for name in FITTED])


def pattern_search(loss: Callable[[Floats], float], start: Floats) -> Floats:
    """A low point near `start`: steps along each axis, halved when none helps, down to 0.02."""
    at, lowest, step = start.copy(), loss(start), 0.4
    while step > 0.02:
        tried = [at + sign * step * axis for axis in np.eye(len(at)) for sign in (1, -1)]
        losses = [loss(one) for one in tried]
        if min(losses) < lowest:
            lowest = min(losses)
            at = tried[int(np.argmin(losses))]
        else:
            step /= 2
    return at


def one_hot(conduct: Rows) -> Floats:
    """What came, as a row of ones and zeros."""
    return np.eye(3)[conduct]


def brier(forecast: Floats, happened: Floats) -> Floats:
    """(P(forces) - came)^2 by case, the two-class Brier score."""
    missed: Floats = (forecast[:, OUT] - happened[:, OUT]) ** 2
    return missed


def ranked(forecast: Floats, happened: Floats) -> Floats:
    """The ranked probability score by case: mean squared difference of cumulative shares."""
    missed: Floats = ((forecast.cumsum(axis=1) - happened.cumsum(axis=1))[:, :-1] ** 2).mean(axis=1)
    return missed


def resampled_mean(values: Floats, clusters: Rows) -> tuple[float, float, float]:
    """The mean over cases with its 2.5 and 97.5 % when whole clusters are drawn again."""
    _, place = np.unique(clusters, return_inverse=True)
    total, size = np.bincount(place, weights=values), np.bincount(place)
    chosen = np.random.default_rng(1816).integers(len(size), size=(RESAMPLES, len(size)))
    means = total[chosen].sum(axis=1) / size[chosen].sum(axis=1)
    low, high = np.quantile(means, [0.025, 0.975])
    return float(values.mean()), float(low), float(high)
