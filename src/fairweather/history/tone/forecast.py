"""The tone of the next month, by a linear model over what the pair did before.

The coefficients (`model.json`) were fitted by `bench/history.py --train` on 500 pairs of GDELT,
2018-2021; docs/history.md is the card. The terms, all up to the last month:

fast, middling, slow   averages with weights .5, .25, .1 on the newest month
usual_fast ...         the same averages with every month cut to -2 .. 2: beside the former, they
                       tell a mild swing over zero from a loud one
mean, last, median     of all months, the last, the last nine
push, slow_push        months above less months below zero (-1 to 1, recent) times the average
                       size of the tone (weight .3, slow: .1)
shared                 last month's surprise in the other pairs of both actors

The last needs a panel of pairs; for one pair alone it is 0. Every term turns its sign with the
series and there is no intercept: hostile months are told as friendly ones are, mirrored.
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
    *("fast", "middling", "slow", "usual_fast", "usual_middling", "usual_slow"),
    *("mean", "last", "median", "push", "slow_push", "shared"),
)
SPEEDS = (0.5, 0.25, 0.1)
USUAL = 2.0
"""Where a month's tone is cut: about 6 a day on the scale of intensities."""

SHRINK_ACTOR = 3.0
INSIDE = 0.8
"""The share of months that an interval is to hold."""
SCALE_MONTHS = 24
LEAST_SCALE = 0.25
"""Pairs that never move still may: the scale of an interval is never less."""


@dataclass(frozen=True, eq=False, slots=True)
class ToneModel:
    """y = coefficients . (terms / spreads), and 80 % of the months within scale * reach of it."""

    spreads: Floats
    coefficients: Floats
    reach: float

    def say(self, terms: Floats) -> Floats:
        """Next month's tone for rows of terms (pairs, terms)."""
        found: Floats = (terms / self.spreads) @ self.coefficients
        return found

    def to_json(self) -> dict[str, Any]:
        """The model as one plain object."""
        rows = zip(TERMS, self.spreads.tolist(), self.coefficients.tolist(), strict=True)
        return {
            "reach": self.reach,
            "terms": [
                {"term": term, "spread": spread, "coefficient": coefficient}
                for term, spread, coefficient in rows
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
        spreads=np.array([row["spread"] for row in rows]),
        coefficients=np.array([row["coefficient"] for row in rows]),
        reach=float(stored["reach"]),
    )


def fit_tone_model(terms: Floats, happened: Floats, scale: Floats, penalty: float) -> ToneModel:
    """Ridge regression through the origin; rows (cases, terms).

    Through the origin, what is learned of a month is learned of its mirror image too.
    """
    spreads = np.maximum(np.sqrt((terms**2).mean(axis=0)), 1e-9)
    standard = terms / spreads
    gram = standard.T @ standard + penalty * np.eye(terms.shape[1])
    coefficients = np.linalg.solve(gram, standard.T @ happened)
    reach = np.quantile(np.abs(happened - standard @ coefficients) / scale, INSIDE)
    return ToneModel(spreads, coefficients, float(reach))


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
    reach = used.reach * float(error_scale(panel)[0])
    return Outlook(series.next_month, said, said - reach, said + reach, len(series.months))


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
    size, usual = np.abs(panel), np.clip(panel, -USUAL, USUAL)
    side = averages(np.sign(panel), 0.12)[:, -1]
    surprise = panel[:, -1] - averages(panel, SPEEDS[-1])[:, -2]
    return np.column_stack(
        [
            *(averages(panel, speed)[:, -1] for speed in SPEEDS),
            *(averages(usual, speed)[:, -1] for speed in SPEEDS),
            *(panel.mean(axis=1), panel[:, -1], np.median(panel[:, -9:], axis=1)),
            *(side * averages(size, speed)[:, -1] for speed in (0.3, 0.1)),
            _shared(surprise, actors),
        ]
    )


def _shared(surprise: Floats, actors: NDArray[np.int64] | None) -> Floats:
    """Mean surprise of the other pairs of each actor, shrunk to 0, summed over the two."""
    found: Floats = np.zeros(len(surprise))
    if actors is None:
        return found
    count = int(actors.max()) + 1
    sums, pairs = np.zeros(count), np.zeros(count)
    for side in actors.T:
        np.add.at(sums, side, surprise)
        np.add.at(pairs, side, 1.0)
    for side in actors.T:
        found += (sums[side] - surprise) / (pairs[side] + SHRINK_ACTOR)
    return found
