"""Everybody's scores over one ledger."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from fairweather.ledger import Ledger
from fairweather.ledger.questions import standing_resolutions
from fairweather.records.questions import Forecast
from fairweather.scoring import Scorecard, score
from fairweather.scoring.asking import today
from fairweather.scoring.pooling import pools, track_record
from fairweather.scoring.references import last_status


def scorecard(ledger: Ledger, as_of: str = "") -> Scorecard:
    """Everybody's scores as of an ISO day (today); pools are scored as forecasters beside."""
    book = ledger.questions
    questions = book.all()
    forecasts = book.forecasts()
    standing = standing_resolutions(book.resolutions())
    track = track_record(forecasts, standing)
    pooled = [made for some in by_question(forecasts).values() for made in pools(some, track)]
    return score(questions, [*forecasts, *pooled], standing, as_of or today(), last_status(ledger))


def by_question(forecasts: Iterable[Forecast]) -> defaultdict[str, list[Forecast]]:
    """Question id -> its forecasts, in the order given; no forecasts where nobody made one."""
    found: defaultdict[str, list[Forecast]] = defaultdict(list)
    for forecast in forecasts:
        found[forecast.question].append(forecast)
    return found
