"""What a forecast is measured against: the base rate and the last status, as known when made.

Neither may use what came later: the base rate counts questions whose outcome was public
before the forecast, the last status reads what was published by its day.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Sequence

import numpy as np

from fairweather.ledger import Ledger, Window
from fairweather.records import on
from fairweather.records.questions import Question, Resolution
from fairweather.scoring.criteria import Criterion, parse_criteria
from fairweather.scoring.known import Known, known
from fairweather.scoring.measures import Floats
from fairweather.scoring.meeting import Asked, meet_one

StatusOf = Callable[[Question, str], float | None]
"""Whether a question's statement was so in as long a time before an ISO day; None: unknown."""

VALUES = {"occurred": 1.0, "did_not_occur": 0.0, "partly": 0.5}


def base_rates(days: Sequence[str], settled: Sequence[Resolution]) -> Floats:
    """The share of questions that had come true, as known before each ISO day, (n,).

    (k + 1/2) / (n + 1) over the n questions of yes or no settled before that day: 1/2 where
    there were none (Jeffreys).
    """
    told = [(_ordinal(one.on), one.value) for one in settled if one.value is not None]
    public = np.array([day for day, _ in told], dtype=np.int64)
    values = np.array([value for _, value in told], dtype=np.float64)
    order = np.argsort(public, kind="stable")
    came = np.concatenate([[0.0], np.cumsum(values[order])])
    before = np.searchsorted(public[order], [_ordinal(day) for day in days], side="left")
    return np.asarray((came[before] + 0.5) / (before + 1.0))


def base_shares(question: Question, day: str, settled: Sequence[Resolution]) -> list[float]:
    """The shares of a ladder's answers before an ISO day, half a case added to each."""
    counts = dict.fromkeys(question.answers, 0.5)
    for one in settled:
        if one.on < day and one.answer in counts:
            counts[one.answer] += 1.0
    total = sum(counts.values())
    return [count / total for count in counts.values()]


def nobody_knows(question: Question, day: str) -> float | None:
    """The last status where there is no ledger to read it from."""
    return None


def last_status(ledger: Ledger) -> StatusOf:
    """The last status as a ledger shows it; what is read for one day is kept for the next."""
    read: dict[str, Known] = {}

    def status(question: Question, day: str) -> float | None:
        if question.is_ladder:
            return None
        if day not in read:
            read[day] = known(ledger, Window(as_of=day))
        return status_before(question, read[day])

    return status


def status_before(question: Question, then: Known) -> float | None:
    """Whether the statement was so in as long a time before; half where its parts differ.

    None without a typed criterion, and where nothing was read of the actors.
    """
    criteria = parse_criteria(question.criterion)
    length = dt.date.fromisoformat(question.closes) - dt.date.fromisoformat(question.opens)
    day = dt.date.fromisoformat(then.day)
    since = day - max(length, dt.timedelta(days=1))
    asked = Asked(on(since.isoformat()), then.day)
    values = [_status(criterion, then, asked) for criterion in criteria]
    told = [value for value in values if value is not None]
    return sum(told) / len(told) if told and len(told) == len(values) else None


def _status(criterion: Criterion, then: Known, asked: Asked) -> float | None:
    if criterion.by and criterion.by < then.day:
        return None
    # Its own dates are those of what is to come, not of what was.
    plain = Criterion(kind=criterion.kind, what=criterion.what, a=criterion.a, b=criterion.b,
                      directed=criterion.directed, state=criterion.state, named=criterion.named,
                      negated=criterion.negated)  # fmt: skip
    met = meet_one(plain, then, asked)
    if met.outcome in VALUES:
        return VALUES[met.outcome]
    silent = then.speaking_of(criterion.sides, asked.opening)
    return (1.0 if criterion.negated else 0.0) if silent else None


@functools.lru_cache(maxsize=65_536)
def _ordinal(day: str) -> int:
    return dt.date.fromisoformat(day).toordinal()
