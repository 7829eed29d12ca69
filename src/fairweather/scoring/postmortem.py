"""The post-mortem of a question: what was known, what moved, what decided it, who was right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fairweather.records import Agreement, Event, Quote, Support
from fairweather.records.questions import Forecast, Question, Resolution, kept_row
from fairweather.scoring.criteria import Criterion, parse_criteria
from fairweather.scoring.known import Known, sides_of
from fairweather.scoring.measures import brier, log_score, ranked, score_range
from fairweather.scoring.pooling import Track, pools
from fairweather.scoring.resolution import Proposal

Evidence = Event | Agreement | Support


@dataclass(frozen=True, slots=True)
class Bearing:
    """A row that bears on a question, and the ISO day from which it was public."""

    record: Evidence
    on: str
    said: str
    quotes: tuple[Quote, ...]

    def to_json(self) -> dict[str, Any]:
        """The row as one plain object."""
        return {
            "record": self.record.id,
            "on": self.on,
            "said": self.said,
            "quotes": [quote.text for quote in self.quotes],
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one forecast came off: its score, and the best and worst of its interval."""

    forecast: Forecast
    score: float
    best: float
    worst: float
    log: float | None


@dataclass(frozen=True, slots=True)
class PostMortem:
    """Everything about one question.

    `before` is what bore on it when it opened, `since` what came while it was open or after;
    `pooled` the forecasters taken together; `verdicts` are () until it is resolved.
    """

    question: Question
    forecasts: tuple[Forecast, ...]
    pooled: tuple[Forecast, ...]
    before: tuple[Bearing, ...]
    since: tuple[Bearing, ...]
    proposal: Proposal
    resolution: Resolution | None
    earlier: tuple[Resolution, ...]
    verdicts: tuple[Verdict, ...]

    def to_json(self) -> dict[str, Any]:
        """The post-mortem as one plain object."""
        return {
            "question": kept_row(self.question),
            "forecasts": [kept_row(one) for one in self.forecasts],
            "pooled": [kept_row(one) for one in self.pooled],
            "known_at_opening": [one.to_json() for one in self.before],
            "moved_since": [one.to_json() for one in self.since],
            "proposed": {
                "outcome": self.proposal.outcome,
                "answer": self.proposal.met.answer,
                "finding": self.proposal.met.finding,
                "needs_person": self.proposal.needs_person,
                "records": list(self.proposal.records),
                "quotes": [quote.text for quote in self.proposal.quotes],
            },
            "resolution": kept_row(self.resolution) if self.resolution else None,
            "replaced": [kept_row(one) for one in self.earlier],
            "scores": [
                {
                    "by": one.forecast.by,
                    "made": one.forecast.made,
                    "score": round(one.score, 4),
                    "best": round(one.best, 4),
                    "worst": round(one.worst, 4),
                    "log": None if one.log is None else round(one.log, 4),
                }
                for one in self.verdicts
            ],
        }


def post_mortem(
    question: Question,
    forecasts: Sequence[Forecast],
    resolutions: Sequence[Resolution],
    standing: Resolution | None,
    proposal: Proposal,
    known: Known,
    track: Track,
) -> PostMortem:
    """All of it put together; `known` is what the ledger holds now."""
    bearing = sorted(bearings(question, known), key=lambda one: (one.on, one.record.id, one.said))
    both = pools(forecasts, track)
    scored = [*forecasts, *both]
    return PostMortem(
        question=question,
        forecasts=tuple(forecasts),
        pooled=both,
        before=tuple(one for one in bearing if one.on <= question.opens),
        since=tuple(one for one in bearing if one.on > question.opens),
        proposal=proposal,
        resolution=standing,
        earlier=tuple(one for one in resolutions if standing is None or one.id != standing.id),
        verdicts=tuple(verdicts(question, scored, standing)) if standing else (),
    )


def bearings(question: Question, known: Known) -> Iterator[Bearing]:
    """What a typed criterion or condition asks about, of its actors: acts, stages, support."""
    found: dict[tuple[str, str], Bearing] = {}
    rows: list[Evidence] = [*known.events, *known.agreements, *known.support]
    for criterion in (*parse_criteria(question.criterion), *_conditions(question)):
        for row in rows:
            if set(criterion.sides) <= set(sides_of(row)):
                for said, quotes in _told(row, criterion):
                    on = known.out_by_quotes(quotes)
                    found.setdefault((row.id, said), Bearing(row, on, said, quotes[:1]))
    yield from found.values()


def _conditions(question: Question) -> tuple[Criterion, ...]:
    from fairweather.scoring.conditions import typed_condition

    return typed_condition(question.condition) if question.condition else ()


def _told(row: Evidence, criterion: Criterion) -> Iterator[tuple[str, tuple[Quote, ...]]]:
    """What a row says of the kind that is asked about, in a few words."""
    if isinstance(row, Event):
        if criterion.kind == "event" and row.event_class in criterion.what:
            sides = f"{' '.join(row.source)} to {' '.join(row.target)}"
            yield f"{row.event_class} {sides}, {row.status}, {row.date.text()}", row.quotes
    elif isinstance(row, Support):
        if criterion.kind in ("support", "level") and row.giver == criterion.a:
            said = f"{row.level} from {row.giver} to {row.receiver}: {row.state.replace('_', ' ')}"
            yield said, row.quotes
    elif criterion.kind == "stage":
        for stage in row.stages:
            yield f"{row.name}: {stage.stage}, {stage.date.text()}", stage.quotes or row.quotes
    elif criterion.kind == "clause":
        for clause in row.clauses:
            if clause.obligation in criterion.what:
                said = f"{row.name}: {clause.obligation} clause {clause.state}"
                yield said, clause.quotes or row.quotes


def verdicts(
    question: Question, forecasts: Sequence[Forecast], came: Resolution
) -> Iterator[Verdict]:
    """The score of each forecast: ranked for a ladder, Brier else; none for what is void."""
    value = came.value
    if value is None:
        return
    for forecast in forecasts:
        if forecast.day > min(question.closes, came.on):
            continue
        if question.is_ladder:
            fell = [float(answer == came.answer) for answer in question.answers]
            score = float(ranked(np.array([forecast.shares]), np.array([fell]))[0])
            yield Verdict(forecast, score, score, score, None)
        else:
            o = np.array([value])
            low, high = np.array([forecast.low or 0.0]), np.array([forecast.high or 0.0])
            best, worst = score_range(brier, low, high, o)
            middle = np.array([forecast.middle])
            log = float(log_score(middle, o)[0])
            score = float(brier(middle, o)[0])
            yield Verdict(forecast, score, float(best[0]), float(worst[0]), log)
