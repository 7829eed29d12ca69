"""A group of scored forecasts: its scores, their parts, its skill, its calibration."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

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
    different,
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

    `places` are its rows' places in the whole card, `columns` the same rows as arrays.
    Of questions of yes or no: `brier`, `log`, `parts`, `sharp`, `bins`, and skill; of
    ladders: `rps` and `rps_parts`. All are None for none, and for `too_few` questions.
    """

    dimension: str
    name: str
    card: tuple[Scored, ...] = field(repr=False)
    places: Ints = field(repr=False)
    columns: Columns = field(repr=False)

    @cached_property
    def rows(self) -> tuple[Scored, ...]:
        """Its rows, in the order of the card."""
        return tuple(self.card[place] for place in self.places.tolist())

    @cached_property
    def questions(self) -> int:
        """How many different questions it holds."""
        return different(self.columns.question)

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
        held = self.columns.at(self.columns.ladder)
        mean = float((scores * held.w).sum() / held.w.sum())
        return Mean(mean, mean, mean, *mean_interval(scores, held.w, held.question))

    @cached_property
    def parts(self) -> Decomposition | None:
        """What the Brier score of the intervals' middles consists of."""
        if self._told is None:
            return None
        count = int(number("calibration", "bins"))
        return decompose(self._told.p, self._told.o, self._told.w, binned(self._told.p, count))

    @cached_property
    def rps_parts(self) -> Decomposition | None:
        """What the ranked score consists of, where all ladders have as many steps."""
        rows = self._ladders
        if not rows or self.too_few or len({len(row.forecast.shares) for row in rows}) > 1:
            return None
        shares = np.array([row.forecast.shares for row in rows])
        fell = np.array([_fell(row) for row in rows])
        w = self.columns.at(self.columns.ladder).w
        return decompose_ladder(shares, fell, w, int(number("calibration", "bins")))

    @cached_property
    def sharp(self) -> float | None:
        """The variance of what was said."""
        return None if self._told is None else sharpness(self._told.p, self._told.w)

    @cached_property
    def bins(self) -> tuple[Bin, ...]:
        """The calibration table; () for too few."""
        held = self._told
        return () if held is None else calibration(held.p, held.o, held.w, held.question)

    @cached_property
    def difficulty(self) -> float | None:
        """The mean Brier score of the base rate on the same questions: how hard they were."""
        held = self._told
        return None if held is None else _weighted(brier(held.base, held.o), held.w)

    @cached_property
    def skill_base(self) -> float | None:
        """Skill against the base rate known when each forecast was made."""
        if self.brier is None or self.difficulty is None:
            return None
        return skill(self.brier.value, self.difficulty)

    @cached_property
    def skill_status(self) -> float | None:
        """Skill against the last status, over the rows for which it is known."""
        held = self._told and self._told.at(~np.isnan(self._told.status))
        if held is None or different(held.question) < number("floors", "group"):
            return None
        last = _weighted(brier(held.status, held.o), held.w)
        return skill(_weighted(brier(held.p, held.o), held.w), last)

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
            "forecasts": len(self.places),
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

    @property
    def _binary(self) -> tuple[Scored, ...]:
        return tuple(row for row in self.rows if not row.question.is_ladder)

    @cached_property
    def _ladders(self) -> tuple[Scored, ...]:
        if not self.columns.ladder.any():
            return ()
        return tuple(row for row in self.rows if row.question.is_ladder)

    @cached_property
    def _told(self) -> Columns | None:
        """The columns of questions of yes or no; None for none and for too few."""
        held = self.columns.at(~self.columns.ladder)
        return None if self.too_few or not len(held.p) else held

    def _mean(self, score: Callable[[Floats, Floats], Floats]) -> Mean | None:
        held = self._told
        if held is None:
            return None
        best, worst = score_range(score, held.low, held.high, held.o)
        scores = score(held.p, held.o)
        mean, least, most = (_weighted(one, held.w) for one in (scores, best, worst))
        return Mean(mean, least, most, *mean_interval(scores, held.w, held.question))


def _weighted(scores: Floats, w: Floats) -> float:
    return float((scores * w).sum() / w.sum())


@dataclass(frozen=True, slots=True)
class Columns:
    """Scored rows as arrays, all (n,): middle and ends of what was said, what came, weights,
    base rates, last status (NaN: unknown), a number for each question, whether a ladder."""

    p: Floats
    low: Floats
    high: Floats
    o: Floats
    w: Floats
    base: Floats
    status: Floats
    question: Ints
    ladder: NDArray[np.bool_]

    def at(self, rows: NDArray[Any]) -> Columns:
        """Some of the rows, by their places or a mask."""
        return Columns(*(getattr(self, column.name)[rows] for column in fields(self)))


def columns_of(rows: Sequence[Scored]) -> Columns:
    """The columns of some rows; a ladder has NaN for what was said."""
    place: dict[str, int] = {}
    ladder = np.array([bool(row.question.answers) for row in rows], dtype=bool)
    low = _floats(row.forecast.low for row in rows)
    high = _floats(row.forecast.high for row in rows)
    return Columns(
        p=(low + high) / 2,
        low=low,
        high=high,
        o=_floats(row.value for row in rows),
        w=_floats(row.weight for row in rows),
        base=_floats(row.base for row in rows),
        status=_floats(row.status for row in rows),
        question=np.array([place.setdefault(row.question.id, len(place)) for row in rows], int),
        ladder=ladder,
    )


def _floats(values: Iterable[float | None]) -> Floats:
    return np.array(list(values), dtype=np.float64)


def _ranked(row: Scored) -> float:
    return float(ranked(np.array([row.forecast.shares]), np.array([_fell(row)]))[0])


def _fell(row: Scored) -> list[float]:
    return [float(answer == row.resolution.answer) for answer in row.question.answers]


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
