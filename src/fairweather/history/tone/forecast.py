"""The tone of the next month, by a linear model over what the pair did before.

The coefficients (`model.json`) were fitted by `bench/history.py --train` on 500 pairs of GDELT,
2018-2021; docs/history.md is the card. The terms, all up to the last month:

fast, middling, slow   averages with weights .5, .25, .1 on the newest month
mean, median           over all months; `median` over nine
last, before_last, year_ago
push, long_push ...    months above less months below zero (-1 to 1, recent and over all) times
                       the average size of the tone (weight .3, slow: .1)
shared_a, shared_b     last month's surprise in the other pairs of either actor
world                  last month's mean surprise over all pairs

The last three need a panel of pairs; for one pair alone they are 0. Every term turns its sign with
the series and the intercept is 0: hostile months are told as friendly ones are, mirrored.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairweather.errors import NothingFound
from fairweather.history.tone.series import Floats, ToneSeries

MODEL = Path(__file__).with_name("model.json")

FEWEST_MONTHS = 12
"""Below it the tone of the next month is not told."""

TERMS = (
    *("fast", "middling", "slow", "mean", "last", "before_last", "year_ago", "median"),
    *("push", "long_push", "slow_push", "slow_long_push", "shared_a", "shared_b", "world"),
)
SHRINK_ACTOR = 3.0
SCALE_MONTHS = 24
LEAST_SCALE = 0.25
"""Pairs that never move still may: the scale of an interval is never less."""


@dataclass(frozen=True, eq=False, slots=True)
class ToneModel:
    """y = intercept + coefficients . (terms - means) / spreads; the interval is scale * quantiles.

    `quantiles` are the 10 and 90 % quantiles of (happened - said) / scale in training.
    """

    means: Floats
    spreads: Floats
    intercept: float
    coefficients: Floats
    quantiles: tuple[float, float]

    def say(self, terms: Floats) -> Floats:
        """Next month's tone for rows of terms (pairs, terms)."""
        found: Floats = self.intercept + ((terms - self.means) / self.spreads) @ self.coefficients
        return found

    def to_json(self) -> dict[str, Any]:
        """The model as one plain object."""
        rows = zip(
            TERMS,
            self.means.tolist(),
            self.spreads.tolist(),
            self.coefficients.tolist(),
            strict=True,
        )
        return {
            "intercept": self.intercept,
            "quantiles": list(self.quantiles),
            "terms": [
                {"term": term, "mean": mean, "spread": spread, "coefficient": coefficient}
                for term, mean, spread, coefficient in rows
            ],
        }


@dataclass(frozen=True, slots=True)
class Outlook:
    """The tone told for a month, its 10-90 % interval, and what moved it most."""

    month: str
    tone: float
    low: float
    high: float
    months: int


@cache
def load_tone_model() -> ToneModel:
    """The shipped coefficients."""
    stored = json.loads(MODEL.read_text(encoding="utf-8"))
    rows = stored["terms"]
    return ToneModel(
        means=np.array([row["mean"] for row in rows]),
        spreads=np.array([row["spread"] for row in rows]),
        intercept=float(stored["intercept"]),
        coefficients=np.array([row["coefficient"] for row in rows]),
        quantiles=(float(stored["quantiles"][0]), float(stored["quantiles"][1])),
    )


def fit_tone_model(terms: Floats, happened: Floats, scale: Floats, penalty: float) -> ToneModel:
    """Ridge regression with the intercept free; rows (cases, terms)."""
    means, spreads = terms.mean(axis=0), np.maximum(terms.std(axis=0), 1e-9)
    standard = (terms - means) / spreads
    gram = standard.T @ standard + penalty * np.eye(terms.shape[1])
    coefficients = np.linalg.solve(gram, standard.T @ (happened - happened.mean()))
    intercept = float(happened.mean())
    low, high = np.quantile((happened - intercept - standard @ coefficients) / scale, [0.1, 0.9])
    return ToneModel(means, spreads, intercept, coefficients, (float(low), float(high)))


def next_month(series: ToneSeries, model: ToneModel | None = None) -> Outlook:
    """The tone of the month after the series. Raises NothingFound under twelve months."""
    if len(series.months) < FEWEST_MONTHS:
        raise NothingFound(
            f"the tone of the next month is told from {FEWEST_MONTHS} months on;"
            f" here are {len(series.months)}"
        )
    used = model or load_tone_model()
    panel = series.tone[None, :]
    said = float(used.say(tone_columns(panel))[0])
    scale = float(error_scale(panel)[0])
    low, high = (said + scale * quantile for quantile in used.quantiles)
    return Outlook(series.next_month, said, low, high, len(series.months))


def error_scale(panel: Floats) -> Floats:
    """How far months strayed from the average before them, by pair: root mean square."""
    strayed = panel[:, 1:] - averages(panel, 0.25)[:, :-1]
    found: Floats = np.sqrt((strayed[:, -SCALE_MONTHS:] ** 2).mean(axis=1)) + LEAST_SCALE
    return found


def averages(panel: Floats, weight: float) -> Floats:
    """Exponentially weighted averages along the months, begun at the first month."""
    found = panel.copy()
    for at in range(1, panel.shape[1]):
        found[:, at] = (1 - weight) * found[:, at - 1] + weight * panel[:, at]
    return found


def tone_columns(panel: Floats, actors: NDArray[np.int64] | None = None) -> Floats:
    """The terms of every pair after the last month, shape (pairs, terms).

    `panel` is (pairs, months), twelve months or more; `actors` (pairs, 2) numbers the two of
    each pair, for the surprises that pairs share.
    """
    size, above = np.abs(panel), np.sign(panel)
    slow = averages(panel, 0.1)
    volume, slow_volume = averages(size, 0.3)[:, -1], averages(size, 0.1)[:, -1]
    recent = averages(above, 0.12)[:, -1]
    overall = above.mean(axis=1)
    shared = _shared(panel[:, -1] - slow[:, -2], actors)
    return np.column_stack(
        [
            *(averages(panel, 0.5)[:, -1], averages(panel, 0.25)[:, -1], slow[:, -1]),
            *(panel.mean(axis=1), panel[:, -1], panel[:, -2], panel[:, -12]),
            *(np.median(panel[:, -9:], axis=1), recent * volume, overall * volume),
            *(recent * slow_volume, overall * slow_volume, *shared),
        ]
    )


def _shared(surprise: Floats, actors: NDArray[np.int64] | None) -> tuple[Floats, Floats, Floats]:
    """Mean surprise of the other pairs of either actor, shrunk to 0, and that of all pairs."""
    nothing = np.zeros(len(surprise))
    if actors is None:
        return nothing, nothing, nothing
    count = int(actors.max()) + 1
    sums, pairs = np.zeros(count), np.zeros(count)
    for side in actors.T:
        np.add.at(sums, side, surprise)
        np.add.at(pairs, side, 1.0)
    first, second = ((sums[side] - surprise) / (pairs[side] + SHRINK_ACTOR) for side in actors.T)
    return first, second, np.full(len(surprise), surprise.mean())
