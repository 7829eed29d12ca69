"""The monthly tone of a pair: signed log of the day's sum of intensities.

A month's x is the sum of the intensities (Goldstein scale, -10 to 10) of all rows of the pair,
over the days of the month; its tone is sign(x) log(1 + |x|). The logarithm keeps one loud month
from drowning years; a month without a row is 0.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class ToneSeries:
    """Months ("2024-03") without a gap, oldest first, and the tone of each."""

    months: tuple[str, ...]
    tone: Floats

    @staticmethod
    def from_sums(sums: Mapping[str, float]) -> ToneSeries:
        """The series of the sums of intensities by month; months between are 0."""
        if not sums:
            return ToneSeries((), np.zeros(0))
        months = _months(min(sums), max(sums))
        per_day = np.array([sums.get(month, 0.0) / days_in(month) for month in months])
        return ToneSeries(months, signed_log(per_day))

    def until(self, month: str) -> ToneSeries:
        """The months up to and including one."""
        kept = sum(1 for known in self.months if known <= month)
        return ToneSeries(self.months[:kept], self.tone[:kept])

    @property
    def next_month(self) -> str:
        """The month after the last."""
        return following(self.months[-1])


def signed_log(values: Floats) -> Floats:
    """sign(x) log(1 + |x|)."""
    found: Floats = np.sign(values) * np.log1p(np.abs(values))
    return found


def from_signed_log(values: Floats) -> Floats:
    """The inverse of `signed_log`."""
    found: Floats = np.sign(values) * np.expm1(np.abs(values))
    return found


def days_in(month: str) -> int:
    """The days of a month "2024-03"."""
    year, number = map(int, month.split("-"))
    return calendar.monthrange(year, number)[1]


def following(month: str) -> str:
    """The month after one."""
    year, number = map(int, month.split("-"))
    return f"{year + number // 12:04}-{number % 12 + 1:02}"


def _months(first: str, last: str) -> tuple[str, ...]:
    found = [first]
    while found[-1] < last:
        found.append(following(found[-1]))
    return tuple(found)
