"""From chances in a year to chances over five years, and back."""

from __future__ import annotations

import numpy as np

from fairweather.history.models.logistic import expit
from fairweather.history.models.terms import Floats

HORIZON = 5
"""Years over which endings are told: a row of year t speaks of t to t + 4."""

STEPS = 40
FARTHEST = 8.0


def over_horizon(yearly: Floats, years: int = HORIZON) -> Floats:
    """1 - (1 - h)^years: at least once, with the same chance h each year."""
    found: Floats = 1 - (1 - yearly) ** years
    return found


def per_year(chances: Floats, years: int = HORIZON) -> Floats:
    """The yearly chance that gives this chance over the years."""
    found: Floats = 1 - (1 - np.minimum(chances, 1 - 1e-9)) ** (1 / years)
    return found


def shift_to_yearly(logits: Floats, happened: Floats, years: int) -> float:
    """The shift of logits of chances over `years` that meets counts of single years.

    `happened` tells of the row's own year; 0.3 of a case is added, so that no burst of none
    makes the level 0. Bisection: the expected count grows with the shift.
    """
    counted = float(happened.sum()) + 0.3
    low, high = -FARTHEST, FARTHEST
    for _ in range(STEPS):
        middle = (low + high) / 2
        if float(per_year(expit(logits + middle), years).sum()) < counted:
            low = middle
        else:
            high = middle
    return low
