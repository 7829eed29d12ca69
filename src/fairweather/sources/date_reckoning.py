"""Reckoning with days: what a relative expression means for one day, or for several.

A `Reckoned` is (since, until, precision) in prefix dates. `for_anchor` lifts a rule for one
day to an interval of possible days: where the rule gives the same answer at both ends the
answer is exact, else it widens to cover every day the anchor allows. Every rule is monotone
in the day, so looking at both ends is enough.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable

from fairweather.records import When

Reckoned = tuple[str, str, str]
Rule = Callable[[dt.date], Reckoned]

DAYS_AWAY = 300
"""A day and month without a year and without a cue lies at most this far away."""


def for_anchor(rule: Rule, anchor: When | None, basis: str) -> When:
    """The rule's answer for every day of the anchor; unknown where the anchor is."""
    first = _applied(rule, anchor.earliest if anchor else None)
    last = _applied(rule, anchor.latest if anchor else None)
    if first is None and last is None:
        return When(None, None, "unknown", basis)
    if first == last and first is not None:
        return When(*first, basis)
    since = first[0] if first else None
    until = last[1] if last else None
    return When(since, until, "range", basis)


def _applied(rule: Rule, day: dt.date | None) -> Reckoned | None:
    if day is None:
        return None
    try:
        return rule(day)
    except (ValueError, OverflowError):
        return None


def prefix(year: int, month: int | None = None, day: int | None = None) -> str:
    """The prefix date of the parts. Raises ValueError for a day that does not exist."""
    if month is None:
        return dt.date(year, 1, 1).isoformat()[:4]
    if day is None:
        return dt.date(year, month, 1).isoformat()[:7]
    return dt.date(year, month, day).isoformat()


def a_day(day: dt.date) -> Reckoned:
    """That very day."""
    return day.isoformat(), day.isoformat(), "day"


def a_month(months: int) -> Reckoned:
    """A month counted from year 0: 12 * year + month - 1."""
    year, month = divmod(months, 12)
    written = prefix(year, month + 1)
    return written, written, "month"


def a_year(year: int) -> Reckoned:
    """A calendar year."""
    written = prefix(year)
    return written, written, "year"


def months_of(day: dt.date) -> int:
    """The month of a day counted from year 0."""
    return 12 * day.year + day.month - 1


def calendar_unit(unit: str, shift: int) -> Rule:
    """The day, week, weekend, month, quarter, year or decade `shift` units from the day's own.

    A week runs from Monday to Sunday.
    """

    def rule(day: dt.date) -> Reckoned:
        if unit == "day":
            return a_day(day + dt.timedelta(days=shift))
        if unit in ("week", "weekend"):
            monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=shift)
            start = monday + dt.timedelta(days=5) if unit == "weekend" else monday
            end = monday + dt.timedelta(days=6)
            return start.isoformat(), end.isoformat(), "week" if unit == "week" else "range"
        if unit == "month":
            return a_month(months_of(day) + shift)
        if unit == "quarter":
            return a_quarter(months_of(day) // 3 + shift)
        if unit == "year":
            return a_year(day.year + shift)
        start_year = day.year // 10 * 10 + 10 * shift
        return prefix(start_year), prefix(start_year + 9), "range"

    return rule


def a_quarter(quarters: int) -> Reckoned:
    """A quarter counted from year 0: 4 * year + quarter - 1."""
    first = 3 * quarters
    return a_month(first)[0], a_month(first + 2)[0], "quarter"


def moved(number: int, unit: str) -> Rule:
    """The day, week, month or year that lies `number` units from the day; negative is back."""
    if unit.startswith("centur"):
        number, unit = 100 * number, "year"
    if unit == "decade":
        number, unit = 10 * number, "year"
    if unit == "fortnight":
        number, unit = 2 * number, "week"
    return calendar_unit(unit, number)


def about_months(number: int) -> Rule:
    """The half-year around the month that lies `number` months from the day."""

    def rule(day: dt.date) -> Reckoned:
        month = months_of(day) + number
        return a_month(month - 3)[0], a_month(month + 3)[0], "range"

    return rule


def stretch(number: int, unit: str) -> Rule:
    """From `number` units back up to the day, or on from the day for a negative number."""

    def rule(day: dt.date) -> Reckoned:
        other = _days_apart(day, -number, unit).isoformat()
        ends = sorted((other, day.isoformat()))
        return ends[0], ends[1], "range"

    return rule


def _days_apart(day: dt.date, number: int, unit: str) -> dt.date:
    if unit == "day":
        return day + dt.timedelta(days=number)
    if unit in ("week", "fortnight"):
        return day + dt.timedelta(weeks=number * (2 if unit == "fortnight" else 1))
    months = months_of(day) + number * {"month": 1, "quarter": 3, "year": 12, "decade": 120}[unit]
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last))


def weekday(number: int, way: str) -> Rule:
    """The weekday nearest the day: way `before` (or on it), `strictly before`, `after`, `next`.

    `after` counts the day itself, `next` does not; `this` is that of the day's own week.
    """

    def rule(day: dt.date) -> Reckoned:
        back = (day.weekday() - number) % 7
        ahead = (number - day.weekday()) % 7
        if way == "this":
            return a_day(day - dt.timedelta(days=day.weekday() - number))
        days = {
            "before": -back,
            "strictly before": -(back or 7),
            "after": ahead,
            "next": ahead or 7,
        }[way]
        return a_day(day + dt.timedelta(days=days))

    return rule


def nearest_month(month: int, way: str) -> Rule:
    """The month of that name: `before` or in the day's own, `strictly before`, `after`, `next`."""

    def rule(day: dt.date) -> Reckoned:
        back = (day.month - month) % 12
        ahead = (month - day.month) % 12
        shift = {
            "before": -back,
            "strictly before": -(back or 12),
            "after": ahead,
            "next": ahead or 12,
        }[way]
        return a_month(months_of(day) + shift)

    return rule


def nearest_weekend(way: str) -> Rule:
    """The Saturday and Sunday `before` the day or around it, or those `after` or around it."""

    def rule(day: dt.date) -> Reckoned:
        saturday = day - dt.timedelta(days=(day.weekday() - 5) % 7)
        inside = day.weekday() >= 5
        if way == "after" and not inside:
            saturday += dt.timedelta(weeks=1)
        sunday = saturday + dt.timedelta(days=1)
        return saturday.isoformat(), sunday.isoformat(), "range"

    return rule


def nearest_quarter(which: int, way: str) -> Rule:
    """The first to fourth quarter: the latest up to the day's own, or (`after`) from it on."""

    def rule(day: dt.date) -> Reckoned:
        own = months_of(day) // 3
        apart = (own - (which - 1)) % 4
        return a_quarter(own - apart if way == "before" or not apart else own + 4 - apart)

    return rule


def nearest_day(month: int, first: int, last: int, tense: str) -> Rule:
    """Days `first` to `last` of the month, in the year that the way of telling points to.

    Told as `past` they lie on or before the day; as `coming` on or after it, unless that were
    more than DAYS_AWAY ahead; without a cue on or before it, unless that were more than
    DAYS_AWAY back: nobody leaves out the year of a day so far off. Raises ValueError (in the
    rule) for a day that no year near has.
    """

    def rule(day: dt.date) -> Reckoned:
        # A leap day may be eight years from the next.
        reach = 8 if (month, last) == (2, 29) else 1
        years = range(day.year - reach, day.year + reach + 1)
        choices = [year for year in years if last <= 28 or _exists(year, month, last)]
        before = [year for year in choices if dt.date(year, month, first) <= day]
        after = [year for year in choices if dt.date(year, month, last) >= day]
        if not before or not after:
            raise ValueError(f"no day {month}-{last}")
        back = (day - dt.date(before[-1], month, first)).days
        ahead = (dt.date(after[0], month, last) - day).days
        is_next = ahead <= DAYS_AWAY if tense == "coming" else not tense and back > DAYS_AWAY
        return days_of_month(after[0] if is_next else before[-1], month, first, last)

    return rule


def month_of_year(month: int, relative: int) -> Rule:
    """That month of the day's own year, or of one `relative` years from it."""
    return lambda day: a_month(12 * (day.year + relative) + month - 1)


def days_of_month(year: int, month: int, first: int, last: int) -> Reckoned:
    """One day, or a stretch of days within a month."""
    precision = "day" if first == last else "range"
    return prefix(year, month, first), prefix(year, month, last), precision


def _exists(year: int, month: int, day: int) -> bool:
    return day <= calendar.monthrange(year, month)[1]


def third_of_year(year: int, part: str) -> Reckoned:
    """Early is January to April, mid May to August, late September to December."""
    first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
    return prefix(year, first), prefix(year, last), "range"


def third_of_month(year: int, month: int, part: str) -> Reckoned:
    """Early is up to the 10th, mid the 11th to 20th, late from the 21st."""
    end = calendar.monthrange(year, month)[1]
    first, last = {"early": (1, 10), "mid": (11, 20), "late": (21, end)}[part]
    return prefix(year, month, first), prefix(year, month, last), "range"


def part_of_decade(year: int, part: str) -> Reckoned:
    """Early is years 0 to 3, mid 3 to 7, late 6 to 9: they overlap as usage does."""
    first, last = {"early": (0, 3), "mid": (3, 7), "late": (6, 9)}[part]
    return prefix(year + first), prefix(year + last), "range"


def season(year: int, first: int, last: int) -> Reckoned:
    """The months of a season; one that runs over the new year could be either winter."""
    if first <= last:
        return prefix(year, first), prefix(year, last), "quarter"
    return prefix(year - 1, first), prefix(year + 1, last), "range"


def century_of(short_year: int, year: int) -> int:
    """The full year of the two digits after a dash: 2014-16, 1999-02."""
    full = year // 100 * 100 + short_year
    return full if full >= year else full + 100
