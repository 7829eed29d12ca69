"""From chances in a year to chances over five years, and back."""

from __future__ import annotations

import numpy as np

from fairweather.history.models.logistic import Logistic, expit
from fairweather.history.models.terms import Columns, Floats

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


def before_other_ends(ended_so: Logistic, otherwise: Logistic, columns: Columns) -> Floats:
    """The chance that a pact ends in this way, and in no other before, within the horizon.

    Both models tell the chance of a year. Year by year the pact grows older (`age`) and its term
    comes nearer (`to_expiry`); all else stays as it is. Competing risks: Allison (1982),
    Sociological Methodology 13.
    """
    lasting, found = np.ones(len(columns["age"])), np.zeros(len(columns["age"]))
    for ahead in range(HORIZON):
        later = dict(columns) | {"age": columns["age"] + ahead}
        if "to_expiry" in columns:
            later["to_expiry"] = columns["to_expiry"] - ahead
        so, other = (model.probabilities(later) for model in (ended_so, otherwise))
        found += lasting * so
        lasting *= np.clip(1 - so - other, 0, 1)
    return found


def shift_to_yearly(
    logits: Floats, happened: Floats, years: int, weights: Floats | None = None
) -> float:
    """The shift of logits of chances over `years` that meets counts of single years.

    `happened` tells of the row's own year; 0.3 of a case is added, so that no burst of none
    makes the level 0. Bisection: the expected count grows with the shift.
    """
    rows = np.ones(len(happened)) if weights is None else weights
    counted = float((rows * happened).sum()) + 0.3
    low, high = -FARTHEST, FARTHEST
    for _ in range(STEPS):
        middle = (low + high) / 2
        if float((rows * per_year(expit(logits + middle), years)).sum()) < counted:
            low = middle
        else:
            high = middle
    return low
