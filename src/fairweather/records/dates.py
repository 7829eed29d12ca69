"""When something was so, as far as the words tell: prefix dates and intervals.

A prefix date is an ISO date cut at any point: "2025", "2025-01", "2025-01-17".
It stands for every day it covers, so comparing dates is comparing intervals.
"""

from __future__ import annotations

import calendar
import datetime as dt
import functools
import re
from dataclasses import dataclass

from fairweather.errors import RecordError

PREFIX_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")


@functools.lru_cache(maxsize=65_536)
def first_day(prefix: str) -> dt.date:
    """The first day a prefix date covers. Raises RecordError on anything else."""
    year, month, day = _parts(prefix)
    return _date(prefix, year, month or 1, day or 1)


@functools.lru_cache(maxsize=65_536)
def last_day(prefix: str) -> dt.date:
    """The last day a prefix date covers. Raises RecordError on anything else."""
    year, month, day = _parts(prefix)
    month = month or 12
    return _date(prefix, year, month, day or calendar.monthrange(year, month)[1])


def _parts(prefix: str) -> tuple[int, int | None, int | None]:
    if not PREFIX_DATE.fullmatch(prefix) or prefix.startswith("0000"):
        raise RecordError(
            f"not a date: {prefix!r}; write a year, year-month or year-month-day (2025-01-17)"
        )
    year, *rest = (int(part) for part in prefix.split("-"))
    month, day = (*rest, None, None)[:2]
    return year, month, day


def _date(prefix: str, year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError as error:
        raise RecordError(f"not a date: {prefix!r}; {error}") from error


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ends included, with the words it was read from.

    `since` and `until` are prefix dates or None for an open end; `precision` is one of
    day, week, month, quarter, year, range, unknown; `basis` is the stretch of text that
    gave the date, or `publication`, or `derived`.
    """

    since: str | None = None
    until: str | None = None
    precision: str = "unknown"
    basis: str = ""

    def __post_init__(self) -> None:
        earliest, latest = self.earliest, self.latest
        if earliest and latest and earliest > latest:
            raise RecordError(f"a date that ends before it starts: {self.since} to {self.until}")

    @property
    def earliest(self) -> dt.date | None:
        """The first day of the interval, or None where it is open."""
        return first_day(self.since) if self.since else None

    @property
    def latest(self) -> dt.date | None:
        """The last day of the interval, or None where it is open."""
        return last_day(self.until) if self.until else None

    @property
    def known(self) -> bool:
        """Whether any end of the interval is known."""
        return bool(self.since or self.until)

    def surely_before(self, other: When) -> bool:
        """Every day of this interval lies before every day of the other."""
        return bool(self.latest and other.earliest and self.latest < other.earliest)

    def may_equal(self, other: When) -> bool:
        """Some day may be shared; unknown ends share every day."""
        return not (self.surely_before(other) or other.surely_before(self))

    def text(self) -> str:
        """The interval as a person would write it, never more precise than it is."""
        if not self.known:
            return "date unknown"
        if self.since == self.until:
            return self.since or ""
        if not self.until:
            return f"{self.since} or later"
        if not self.since:
            return f"{self.until} or earlier"
        return f"{self.since} to {self.until}"


UNDATED = When()


def on(prefix: str, basis: str = "") -> When:
    """The interval of one prefix date: a day, a month or a year by its length."""
    precision = {4: "year", 7: "month", 10: "day"}[len(prefix)]
    return When(prefix, prefix, precision, basis)


def between(since: str | None, until: str | None, basis: str = "") -> When:
    """An interval between two prefix dates, either of which may be open."""
    if since is not None and since == until:
        return on(since, basis)
    return When(since, until, "range" if since or until else "unknown", basis)
