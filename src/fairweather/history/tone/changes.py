"""Where the tone of a pair changed its level: PELT on the mean (Killick, Fearnhead & Eckley 2012).

The search is that of `ruptures` (extra [history]). A change costs 3 log(n) times the noise
variance, estimated from first differences, so that a quiet series is not cut by its own noise.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairweather.errors import MisuseError
from fairweather.history.tone.series import ToneSeries

LEAST_MONTHS = 3
"""A level lasts at least this long."""

COST = 3.0


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """The first month of a new level, with the mean tone before and after it."""

    month: str
    before: float
    after: float


def change_points(series: ToneSeries) -> tuple[ChangePoint, ...]:
    """The changes of level, oldest first; () for fewer than six months.

    Raises MisuseError when `ruptures` is not installed.
    """
    months = len(series.months)
    if months < 2 * LEAST_MONTHS:
        return ()
    try:
        import ruptures
    except ImportError as error:
        raise MisuseError(
            "change points need ruptures: pip install 'fairweather[history]'"
        ) from error
    # First differences of independent noise have twice its variance; the median resists jumps.
    noise = (1.4826 * np.median(np.abs(np.diff(series.tone)))) ** 2 / 2
    if noise <= 0:
        return ()
    search = ruptures.Pelt(model="l2", min_size=LEAST_MONTHS, jump=1)
    ends = search.fit(series.tone[:, None]).predict(pen=COST * np.log(months) * noise)
    bounds = [0, *ends]
    return tuple(
        ChangePoint(
            series.months[bounds[at]],
            float(series.tone[bounds[at - 1] : bounds[at]].mean()),
            float(series.tone[bounds[at] : bounds[at + 1]].mean()),
        )
        for at in range(1, len(bounds) - 1)
    )
