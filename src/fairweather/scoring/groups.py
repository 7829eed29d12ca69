"""A group of scored forecasts: its scores, their parts, its skill, its calibration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from fairweather.records import Explained, Ingredient, slug
from fairweather.scoring.constants import number
from fairweather.scoring.measures import (
    Bin,
    Decomposition,
    Floats,
    Ints,
    binned,
    brier,
    calibration,
    decompose,
    decompose_ladder,
    log_score,
    mean_interval,
    ranked,
    score_range,
    sharpness,
    skill,
)

if TYPE_CHECKING:
    from fairweather.scoring.scorecard import Scored

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean score. `best` and `worst` are what the points of interval forecasts would get,
    the best and the worst of them; `low` and `high` bound it over questions (90 %)."""

    value: float
    best: float
    worst: float
    low: float
    high: float

    def to_json(self) -> dict[str, float]:
        """The mean as one plain object."""
        names = ("value", "best", "worst", "low", "high")
        return {name: round(getattr(self, name), 4) for name in names}


@dataclass(frozen=True)
class Group:
    """Forecasts that share an author, an outlet, a topic, a horizon or a method.

    Of questions of yes or no: `brier`, `log`, `parts`, `sharp`, `bins`, and skill; of
    ladders: `rps` and `rps_parts`. All are None for none, and for `too_few` questions.
    """

    dimension: str
    name: str
    rows: tuple[Scored, ...]

    @cached_property
    def questions(self) -> int:
        """How many different questions it holds."""
        return len({row.question.id for row in self.rows})

    @property
    def too_few(self) -> bool:
        """Whether it holds fewer questions than a mean may be told of."""
        return self.questions < number("floors", "group")

    @cached_property
    def brier(self) -> Mean | None:
        """The mean Brier score, 0..1, low is good."""
        return self._mean(brier)

    @cached_property
    def log(self) -> Mean | None:
        """The mean logarithmic score in nats, low is good."""
        return self._mean(log_score)

    @cached_property
    def rps(self) -> Mean | None:
        """The mean ranked probability score of ladders, 0..1, low is good."""
        rows = self._ladders
        if not rows or self.too_few:
            return None
        scores = np.array([_ranked(row) for row in rows])
        w, questions = _weights(rows), _codes(rows)
        mean = float((scores * w).sum() / w.sum())
        return Mean(mean, mean, mean, *mean_interval(scores, w, questions))

    @cached_property
    def parts(self) -> Decomposition | None:
        """What the Brier score of the intervals' middles consists of."""
        if not self._told:
            return None
        count = int(number("calibration", "bins"))
        return decompose(self._p, self._o, self._w, binned(self._p, count))

    @cached_property
    def rps_parts(self) -> Decomposition | None:
        """What the ranked score consists of, where all ladders have as many steps."""
        rows = self._ladders
        if not rows or self.too_few or len({len(row.forecast.shares) for row in rows}) > 1:
            return None
        shares = np.array([row.forecast.shares for row in rows])
        fell = np.array([_fell(row) for row in rows])
        return decompose_ladder(shares, fell, _weights(rows), int(number("calibration", "bins")))

    @cached_property
    def sharp(self) -> float | None:
        """The variance of what was said."""
        return sharpness(self._p, self._w) if self._told else None

    @cached_property
    def bins(self) -> tuple[Bin, ...]:
        """The calibration table; () for too few."""
        return calibration(self._p, self._o, self._w, self._codes) if self._told else ()

    @cached_property
    def difficulty(self) -> float | None:
        """The mean Brier score of the base rate on the same questions: how hard they were."""
        return self._reference([row.base for row in self._binary])

    @cached_property
    def skill_base(self) -> float | None:
        """Skill against the base rate known when each forecast was made."""
        if self.brier is None or self.difficulty is None:
            return None
        return skill(self.brier.value, self.difficulty)

    @cached_property
    def skill_status(self) -> float | None:
        """Skill against the last status, over the rows for which it is known."""
        rows = [row for row in self._binary if row.status is not None]
        if not self._told or len({row.question.id for row in rows}) < number("floors", "group"):
            return None
        p, o, w = _middles(rows), _values(rows), _weights(rows)
        last = np.array([row.status for row in rows], dtype=np.float64)
        return skill(float((brier(p, o) * w).sum()), float((brier(last, o) * w).sum()))

    def figure(self, measure: str, as_of: str) -> Explained:
        """One mean as a figure that `why` explains: every forecast in it, with its score.

        `measure` is brier, log or rps. Raises KeyError for another.
        """
        mean: Mean | None = {"brier": self.brier, "log": self.log, "rps": self.rps}[measure]
        rows = self._ladders if measure == "rps" else self._binary
        return Explained(
            method="score",
            version=VERSION,
            arguments=(self.dimension, slug(self.name), measure),
            meaning=f"mean {measure} score of {self.name}, {self.questions} questions"
            + (" (too few to be told)" if self.too_few else ""),
            value=mean.value if mean else None,
            unit=f"{measure} score, low is good",
            low=mean.low if mean else None,
            high=mean.high if mean else None,
            as_of=as_of,
            formula="weighted mean over forecasts; a forecast weighs the share of the"
            " question's time for which it stood; band: 90 % over questions",
            ingredients=tuple(_ingredient(row) for row in rows),
        )

    def to_json(self) -> dict[str, Any]:
        """The group as one plain object."""
        return {
            "name": self.name,
            "questions": self.questions,
            "forecasts": len(self.rows),
            "too_few": self.too_few,
            **{
                name: mean.to_json() if mean else None
                for name, mean in (("brier", self.brier), ("log", self.log), ("rps", self.rps))
            },
            "parts": _rounded(self.parts),
            "rps_parts": _rounded(self.rps_parts),
            "sharpness": _short(self.sharp),
            "difficulty": _short(self.difficulty),
            "skill_against_base_rate": _short(self.skill_base),
            "skill_against_last_status": _short(self.skill_status),
            "calibration": [
                {"from": one.since, "to": one.until, "questions": one.count,
                 "said": _short(one.said), "came": _short(one.came),
                 "low": _short(one.low), "high": _short(one.high)}
                for one in self.bins
            ],
        }  # fmt: skip

    # -- arrays ----------------------------------------------------------------------------

    @cached_property
    def _binary(self) -> tuple[Scored, ...]:
        return tuple(row for row in self.rows if not row.question.is_ladder)

    @cached_property
    def _ladders(self) -> tuple[Scored, ...]:
        return tuple(row for row in self.rows if row.question.is_ladder)

    @property
    def _told(self) -> bool:
        return bool(self._binary) and not self.too_few

    @cached_property
    def _p(self) -> Floats:
        return _middles(self._binary)

    @cached_property
    def _o(self) -> Floats:
        return _values(self._binary)

    @cached_property
    def _w(self) -> Floats:
        return _weights(self._binary)

    @cached_property
    def _codes(self) -> Ints:
        return _codes(self._binary)

    def _mean(self, score: Callable[[Floats, Floats], Floats]) -> Mean | None:
        if not self._told:
            return None
        low = np.array([row.forecast.low for row in self._binary], dtype=np.float64)
        high = np.array([row.forecast.high for row in self._binary], dtype=np.float64)
        best, worst = score_range(score, low, high, self._o)
        scores = score(self._p, self._o)
        total = self._w.sum()
        mean, least, most = (float((one * self._w).sum() / total) for one in (scores, best, worst))
        return Mean(mean, least, most, *mean_interval(scores, self._w, self._codes))

    def _reference(self, chances: Sequence[float]) -> float | None:
        if not self._told:
            return None
        scores = brier(np.array(chances, dtype=np.float64), self._o)
        return float((scores * self._w).sum() / self._w.sum())


def group_of(dimension: str, name: str, rows: Sequence[Scored]) -> Group:
    """The group of some rows."""
    return Group(dimension, name, tuple(rows))


def _ranked(row: Scored) -> float:
    return float(ranked(np.array([row.forecast.shares]), np.array([_fell(row)]))[0])


def _fell(row: Scored) -> list[float]:
    return [float(answer == row.resolution.answer) for answer in row.question.answers]


def _middles(rows: Sequence[Scored]) -> Floats:
    return np.array([row.forecast.middle for row in rows], dtype=np.float64)


def _values(rows: Sequence[Scored]) -> Floats:
    return np.array([row.value for row in rows], dtype=np.float64)


def _weights(rows: Sequence[Scored]) -> Floats:
    return np.array([row.weight for row in rows], dtype=np.float64)


def _codes(rows: Sequence[Scored]) -> Ints:
    """A number for each question, the same for all its forecasts."""
    number_of: dict[str, int] = {}
    return np.array([number_of.setdefault(row.question.id, len(number_of)) for row in rows])


def _ingredient(row: Scored) -> Ingredient:
    forecast = row.forecast
    if row.question.is_ladder:
        said, value = (
            f"{dict(zip(row.question.answers, forecast.shares, strict=True))}",
            _ranked(row),
        )
        came = row.resolution.answer
    else:
        said = f"{forecast.low:g}" if forecast.low == forecast.high else (
            f"{forecast.low:g} to {forecast.high:g}")  # fmt: skip
        value, came = (forecast.middle - row.value) ** 2, row.resolution.outcome
    return Ingredient(
        name=f"{row.question.id} {forecast.by} {forecast.made}: {said}; {came}",
        value=round(value, 6),
        records=row.resolution.records,
        source=f"{forecast.id}, {row.resolution.id}, weight {row.weight:.3f}",
    )


def _short(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _rounded(parts: Decomposition | None) -> dict[str, float] | None:
    if parts is None:
        return None
    names = ("reliability", "resolution", "uncertainty", "within")
    return {name: round(getattr(parts, name), 6) for name in names}
