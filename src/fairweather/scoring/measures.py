"""Scores of forecasts and what they are made of: pure functions over arrays.

Shapes: `p`, `o`, `w` are (n,): forecast probabilities, outcomes (1, 0, or 0.5 for partly) and
weights. Ladders are (n, k): shares of k answers, and a one where the answer fell.

Sources: Brier 1950; Murphy 1973 (reliability - resolution + uncertainty); Stephenson, Coelho
and Jolliffe 2008 for the two terms that make the sum exact when a bin holds several values;
Epstein 1969 and Murphy 1971 for the ranked probability score; Good 1952 for the logarithm.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairweather.history.intervals import beta_quantiles
from fairweather.scoring.constants import number

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def brier(p: Floats, o: Floats) -> Floats:
    """(p - o)^2: 0 is perfect, 0.25 is what 0.5 always gets, 1 is worst."""
    return (p - o) ** 2


def log_score(p: Floats, o: Floats) -> Floats:
    """-(o ln p + (1 - o) ln(1 - p)) in nats; p is kept `log_clip` away from 0 and 1."""
    clip = number("scores", "log_clip")
    kept = np.clip(p, clip, 1 - clip)
    return np.asarray(-(o * np.log(kept) + (1 - o) * np.log1p(-kept)))


def ranked(shares: Floats, fell: Floats) -> Floats:
    """Ranked probability score, (n,): mean squared distance of the k - 1 cumulated shares.

    Divided by k - 1, so that it lies in 0..1 and a ladder of two steps gets its Brier score.
    """
    gaps = np.cumsum(shares, axis=1)[:, :-1] - np.cumsum(fell, axis=1)[:, :-1]
    return np.asarray((gaps**2).mean(axis=1))


Score = Callable[[Floats, Floats], Floats]


def score_range(score: Score, low: Floats, high: Floats, o: Floats) -> tuple[Floats, Floats]:
    """The best and the worst score that a point of each interval would get, two (n,).

    Both scores fall and then rise with p around o, so that the worst lies at an end and the
    best at an end or, where the interval holds it, at the outcome itself.
    """
    ends = np.stack([score(low, o), score(high, o)])
    inside = (low <= o) & (o <= high)
    best = np.where(inside, score(o, o), ends.min(axis=0))
    return best, ends.max(axis=0)


@dataclass(frozen=True, slots=True)
class Decomposition:
    """What a mean Brier score consists of; `total` is the sum of the parts.

    `reliability` (0 is best) is how far shares that came true lie from what was said;
    `resolution` how far the bins part the outcomes; `uncertainty` the variance of outcomes.
    `within` is what several values in one bin add (variance less twice the covariance).
    """

    reliability: float
    resolution: float
    uncertainty: float
    within: float

    @property
    def total(self) -> float:
        """The mean score that the parts add up to."""
        return self.reliability - self.resolution + self.uncertainty + self.within


def binned(p: Floats, count: int) -> Ints:
    """The bin of each probability, (n,): `count` equally wide ones, 1 in the last."""
    return np.minimum((p * count).astype(np.int64), count - 1)


def decompose(p: Floats, o: Floats, w: Floats, bins: Ints) -> Decomposition:
    """A mean Brier score taken apart, over any bins; the parts add up to it exactly."""
    size = int(bins.max()) + 1 if len(bins) else 0
    total = w.sum()
    weight = np.bincount(bins, w, size)
    held = np.maximum(weight, 1e-300)
    said = np.bincount(bins, w * p, size) / held
    came = np.bincount(bins, w * o, size) / held
    mean = float((w * o).sum() / total)
    p_gap, o_gap = p - said[bins], o - came[bins]
    return Decomposition(
        reliability=float((weight * (said - came) ** 2).sum() / total),
        resolution=float((weight * (came - mean) ** 2).sum() / total),
        uncertainty=float((w * (o - mean) ** 2).sum() / total),
        within=float((w * (p_gap**2 - 2 * p_gap * o_gap)).sum() / total),
    )


def decompose_ladder(shares: Floats, fell: Floats, w: Floats, count: int) -> Decomposition:
    """A mean ranked score taken apart: the mean of its thresholds' Brier decompositions."""
    said = np.clip(np.cumsum(shares, axis=1)[:, :-1], 0.0, 1.0)
    came = np.cumsum(fell, axis=1)[:, :-1]
    parts = [
        decompose(said[:, step], came[:, step], w, binned(said[:, step], count))
        for step in range(said.shape[1])
    ]
    names = ("reliability", "resolution", "uncertainty", "within")
    return Decomposition(*(float(np.mean([getattr(one, name) for one in parts])) for name in names))


def sharpness(p: Floats, w: Floats) -> float:
    """The variance of what was said: 0 for who says the same of everything."""
    mean = float((w * p).sum() / w.sum())
    return float((w * (p - mean) ** 2).sum() / w.sum())


@dataclass(frozen=True, slots=True)
class Bin:
    """One row of a calibration table: what was said between two ends, and what came of it.

    `low` and `high` bound the share that came true (Jeffreys, `coverage` of the constants);
    they are None under the floor. `count` is of questions.
    """

    since: float
    until: float
    count: int
    said: float
    came: float
    low: float | None
    high: float | None


def calibration(p: Floats, o: Floats, w: Floats, questions: Ints) -> tuple[Bin, ...]:
    """The bins that hold anything. The interval counts questions, not their revisions."""
    count = int(number("calibration", "bins"))
    bins = binned(p, count)
    found = []
    for place in range(count):
        held = bins == place
        if held.any():
            found.append(_bin(place / count, (place + 1) / count, p[held], o[held], w[held],
                              different(questions[held])))  # fmt: skip
    return tuple(found)


def different(questions: Ints) -> int:
    """How many different questions some small numbers name."""
    return int(np.count_nonzero(np.bincount(questions)))


def _bin(since: float, until: float, p: Floats, o: Floats, w: Floats, count: int) -> Bin:
    came = float((w * o).sum() / w.sum())
    low: float | None = None
    high: float | None = None
    if count >= number("floors", "bin"):
        low, high = share_interval(came * count, count)
    return Bin(since, until, count, float((w * p).sum() / w.sum()), came, low, high)


def share_interval(came: float, count: int) -> tuple[float, float]:
    """Jeffreys' interval around a share: `came` of `count` (Brown, Cai and DasGupta 2001)."""
    tail = (1 - number("calibration", "coverage")) / 2
    low, high = beta_quantiles(came + 0.5, count - came + 0.5, (tail, 1 - tail))
    return (0.0 if came <= 0 else float(low)), (1.0 if came >= count else float(high))


def mean_interval(scores: Floats, w: Floats, questions: Ints) -> tuple[float, float]:
    """A t interval around a weighted mean, each question one case however often revised.

    `questions` are small numbers from 0, the same for all forecasts of a question.
    """
    mean = float((w * scores).sum() / w.sum())
    residual = np.bincount(questions, w * (scores - mean))
    count = different(questions)
    if count < 2:
        return mean, mean
    error = float(np.sqrt(count / (count - 1) * (residual**2).sum()) / w.sum())
    reach = _t(count - 1) * error
    return max(mean - reach, 0.0), mean + reach


def _t(freedom: int) -> float:
    """Student's quantile for 90 %, from the normal one by Cornish and Fisher's series.

    Errs by less than 0.01 from 4 degrees of freedom on (Abramowitz and Stegun 26.7.5).
    """
    z = 1.6448536269514722
    return (
        z
        + (z**3 + z) / (4 * freedom)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * freedom**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * freedom**3)
    )


def skill(score: float, reference: float) -> float | None:
    """1 - score / reference: 1 is perfect, 0 no better than the reference; None against 0."""
    return 1 - score / reference if reference > 0 else None
