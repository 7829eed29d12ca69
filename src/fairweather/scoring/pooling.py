"""Several forecasters of one question taken together.

The pool at a time is the weighted mean of the log odds of the forecasts that stood then
(Satopaa et al. 2014). Weights are equal, or by record: the inverse of a forecaster's mean
Brier score on questions whose outcome was public by then, drawn towards the mean of all by
`prior_questions`. Extremising is off unless a power is given.
"""

from __future__ import annotations

import bisect
import itertools
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from fairweather.records.questions import Forecast, Resolution
from fairweather.scoring.constants import number

EQUAL, BY_RECORD = "pool: equal", "pool: by record"
"""Who the pooled forecasts are by."""

POOLS = frozenset({EQUAL, BY_RECORD})

EVERYBODY = ""


def pooled(
    chances: Sequence[float], weights: Sequence[float] | None = None, power: float | None = None
) -> float:
    """The weighted mean of log odds, as a probability; `power` multiplies it."""
    clip = number("pool", "clip")
    kept = [min(max(chance, clip), 1 - clip) for chance in chances]
    given = weights or [1.0] * len(kept)
    odds = sum(w * math.log(p / (1 - p)) for w, p in zip(given, kept, strict=True)) / sum(given)
    return 1 / (1 + math.exp(-odds * (power or number("pool", "extremise"))))


@dataclass(frozen=True)
class Track:
    """What forecasters' last words scored on settled questions, by when that was public."""

    of_each: Mapping[str, Sequence[tuple[str, float]]]
    """Forecaster -> (ISO day from which the outcome was public, Brier score)."""

    def before(self, by: str, day: str) -> tuple[float, int]:
        """The sum and the number of a forecaster's scores that were public before a day.

        With "" of all forecasters.
        """
        days, sums = self._running.get(by, ((), (0.0,)))
        place = bisect.bisect_left(days, day)
        return sums[place], place

    @cached_property
    def _running(self) -> dict[str, tuple[tuple[str, ...], tuple[float, ...]]]:
        every = [one for scores in self.of_each.values() for one in scores]
        found = {}
        for by, scores in ((EVERYBODY, every), *self.of_each.items()):
            ordered = sorted(scores)
            sums = itertools.accumulate((score for _, score in ordered), initial=0.0)
            found[by] = (tuple(day for day, _ in ordered), tuple(sums))
        return found


def track_record(forecasts: Sequence[Forecast], standing: Mapping[str, Resolution]) -> Track:
    """What each forecaster's last word on each settled question of yes or no has scored."""
    last: dict[tuple[str, str], Forecast] = {}
    for forecast in forecasts:
        resolution = standing.get(forecast.question)
        if resolution and not forecast.shares and forecast.day <= resolution.on:
            last[forecast.by, forecast.question] = forecast
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (by, question), forecast in last.items():
        value = standing[question].value
        if value is not None:
            found[by].append((standing[question].on, (forecast.middle - value) ** 2))
    return Track(found)


def weight(by: str, day: str, track: Track) -> float:
    """How much a forecaster counts on a day: by what was settled before it, and no more."""
    prior = number("pool", "prior_questions")
    everybody, count = track.before(EVERYBODY, day)
    own, settled = track.before(by, day)
    usual = (everybody + 0.25) / (count + 1)
    return 1 / max((own + prior * usual) / (settled + prior), 1e-6)


def pools(forecasts: Sequence[Forecast], track: Track) -> tuple[Forecast, ...]:
    """The pooled forecasts of one question: a pair, equal and by record, whenever one moved.

    Nothing while fewer than two forecasters have spoken, nor for a ladder.
    """
    made: list[Forecast] = []
    latest: dict[str, Forecast] = {}
    ordered = sorted((one for one in forecasts if not one.shares), key=lambda one: one.made)
    for place, forecast in enumerate(ordered):
        latest[forecast.by] = forecast
        moved_on = place + 1 < len(ordered) and ordered[place + 1].made == forecast.made
        if len(latest) > 1 and not moved_on:
            made += _pair(forecast, latest, track)
    return tuple(made)


def _pair(forecast: Forecast, latest: Mapping[str, Forecast], track: Track) -> list[Forecast]:
    standing = [latest[by] for by in sorted(latest)]
    weights = {
        EQUAL: [1.0] * len(standing),
        BY_RECORD: [weight(one.by, forecast.day, track) for one in standing],
    }
    told = ", ".join(f"{one.by} {one.middle:.2f}" for one in standing)
    found = []
    for name, given in weights.items():
        chance = pooled([one.middle for one in standing], given)
        found.append(
            Forecast(
                question=forecast.question,
                by=name,
                made=forecast.made,
                low=chance,
                high=chance,
                method="pool",
                note=f"of {told}",
            )
        )
    return found
