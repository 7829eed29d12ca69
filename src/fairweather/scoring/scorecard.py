"""The scorecard: who said how surely what, against what came, and by whose standard.

A question counts once its closing date has passed and it is resolved; one that is void, or
came to nothing that can be judged, counts for nothing. A forecast is weighed by the share of
the question's time for which it was its author's last word, so that a change of mind on the
last day earns no more than that day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from fairweather.records import slug
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.records.showing import Shown
from fairweather.scoring.constants import constants
from fairweather.scoring.criteria import parse_criteria
from fairweather.scoring.groups import Columns, Group, columns_of
from fairweather.scoring.measures import Floats, Ints
from fairweather.scoring.pooling import POOLS
from fairweather.scoring.references import StatusOf, base_rates, base_shares, nobody_knows


class Scored(NamedTuple):
    """One forecast of a settled question, with what it is measured against.

    `weight` is its share of the question's time, `base` the base rate known when it was
    made, `status` the last status then (None: unknown), `base_shares` the base rate of a ladder.
    """

    question: Question
    forecast: Forecast
    resolution: Resolution
    weight: float
    base: float
    status: float | None
    base_shares: tuple[float, ...] = ()

    @property
    def value(self) -> float:
        """What came: 1, 0 or 0.5; 1 for a ladder, whose answer says what."""
        return self.resolution.value or 0.0


@dataclass(frozen=True)
class Scorecard(Shown):
    """Every scored forecast as of an ISO day, and how many questions are not scored yet.

    `closing` questions are not past their closing date, `unresolved` are past it, `void`
    fell away with their condition.
    """

    as_of: str
    rows: tuple[Scored, ...]
    closing: int = 0
    unresolved: int = 0
    void: int = 0

    @cached_property
    def columns(self) -> Columns:
        """All rows as arrays, made once for every group."""
        return columns_of(self.rows)

    @cached_property
    def whole(self) -> Group:
        """All rows but those of our own pools, which say again what their members said."""
        return Group("all", "all", self.rows, self._own, self.columns.at(self._own))

    @cached_property
    def _own(self) -> Ints:
        """The places of the rows that are no pool of ours."""
        return np.flatnonzero([row.forecast.by not in POOLS for row in self.rows])

    def by(self, dimension: str) -> tuple[Group, ...]:
        """The groups of a dimension, the one with most questions first.

        By author and by method our own pools stand beside their members.
        """
        beside = dimension in ("author", "method")
        shown = np.arange(len(self.rows)) if beside else self._own
        if not len(shown):
            return ()
        names: dict[str, int] = {}
        name_of = DIMENSIONS[dimension]
        found = (name_of(self.rows[place]) for place in shown.tolist())
        codes = np.array([names.setdefault(name, len(names)) for name in found])
        order = np.argsort(codes, kind="stable")
        ends = np.cumsum(np.bincount(codes, minlength=len(names)))
        groups = (
            Group(dimension, name, self.rows, places, self.columns.at(places))
            for name, places in zip(names, np.split(shown[order], ends[:-1]), strict=False)
        )
        return tuple(sorted(groups, key=lambda group: (-group.questions, group.name)))

    def group(self, dimension: str, name: str) -> Group:
        """One group by its name or the slug of it. Raises KeyError when there is none."""
        for group in (self.whole,) if dimension == "all" else self.by(dimension):
            if name in (group.name, slug(group.name)):
                return group
        raise KeyError(name)


def score(
    questions: Sequence[Question],
    forecasts: Sequence[Forecast],
    standing: Mapping[str, Resolution],
    as_of: str,
    status: StatusOf = nobody_knows,
) -> Scorecard:
    """The scorecard as of an ISO day: of questions closed before it, with what was public by it.

    `standing` maps a question to the resolution that stands. A forecast made after the
    outcome was public, or after the closing date, is hindsight and counts for nothing.
    """
    public = {q: one for q, one in standing.items() if one.on <= as_of}
    closed = [one for one in questions if one.closes < as_of]
    settled = [one for one in closed if one.id in public]
    counted = {one.id: one for one in settled if public[one.id].value is not None}
    binary = [public[one] for one in counted if not counted[one].is_ladder]
    ladders = [public[one] for one in counted if counted[one].is_ladder]
    made = _in_time(forecasts, counted, public)
    weights = _weights(made, counted, public)
    rates = base_rates([forecast.day for forecast in made], binary)
    rows = []
    for forecast, weight, base in zip(made, weights.tolist(), rates.tolist(), strict=True):
        if not weight:
            continue
        question = counted[forecast.question]
        shares = base_shares(question, forecast.day, ladders) if question.is_ladder else ()
        last = status(question, forecast.day)
        came = public[question.id]
        rows.append(Scored(question, forecast, came, weight, base, last, tuple(shares)))
    return Scorecard(
        as_of=as_of,
        rows=tuple(rows),
        closing=len(questions) - len(closed),
        unresolved=len(closed) - len(settled),
        void=len(settled) - len(counted),
    )


def _in_time(
    forecasts: Iterable[Forecast],
    questions: Mapping[str, Question],
    public: Mapping[str, Resolution],
) -> list[Forecast]:
    """The forecasts made before the questions closed and came out, in the order of making."""
    return [
        forecast
        for forecast in sorted(forecasts, key=attrgetter("made"))
        if (question := questions.get(forecast.question)) is not None
        and forecast.day <= question.closes
        and forecast.day <= public[question.id].on
    ]


def _weights(
    made: Sequence[Forecast],
    questions: Mapping[str, Question],
    public: Mapping[str, Resolution],
) -> Floats:
    """The share of days for which each forecast was its author's last word, (n,).

    Of several of one day the last counts: the others stood for no day and weigh nothing.
    """
    if not made:
        return np.zeros(0)
    authors: dict[str, int] = {}
    asked: dict[str, int] = {}
    author = np.array([authors.setdefault(one.by, len(authors)) for one in made])
    question = np.array([asked.setdefault(one.question, len(asked)) for one in made])
    ends = [_ordinal(min(questions[one].closes, public[one].on)) + 1 for one in asked]
    order = np.argsort(author * len(asked) + question, kind="stable")
    pair = (author * len(asked) + question)[order]
    day = np.array([_ordinal(one.day) for one in made])[order]
    first = np.concatenate([[True], pair[1:] != pair[:-1]])
    last = np.concatenate([first[1:], [True]])
    closing = np.maximum(np.array(ends)[question[order]], day + 1)
    length = np.where(last, closing, np.concatenate([day[1:], [0]])) - day
    run = np.cumsum(first) - 1
    weights = np.empty(len(made))
    weights[order] = length / np.bincount(run, length)[run]
    return weights


@lru_cache(maxsize=65_536)
def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()


def topic_of(question: Question) -> str:
    """The question's own topic, else the kind of its criterion, else "judged by a person"."""
    if question.topic:
        return question.topic
    criteria = parse_criteria(question.criterion)
    return criteria[0].kind if criteria else "judged by a person"


def horizon_of(row: Scored) -> str:
    """The band of days from the forecast to the closing date."""
    days = _ordinal(row.question.closes) - _ordinal(row.forecast.day)
    for name, most in constants("horizons").items():
        if days <= most:
            return str(name)
    return "longer"


DIMENSIONS: Mapping[str, Callable[[Scored], str]] = {
    "author": lambda row: row.forecast.by,
    "outlet": lambda row: row.forecast.outlet or "no outlet",
    "topic": lambda row: topic_of(row.question),
    "horizon": horizon_of,
    "method": lambda row: row.forecast.method,
}
"""What scores are told by, and how a row's group is found."""
