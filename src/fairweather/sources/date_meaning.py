"""What a date expression means: from the parts it states to the days it may cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from fairweather.records import When, between, on
from fairweather.sources import date_parts, date_relative
from fairweather.sources import date_reckoning as reckoning
from fairweather.sources.date_candidates import Candidate
from fairweather.sources.date_reckoning import Reckoned, Rule, for_anchor, prefix
from fairweather.sources.date_telling import Telling, relative_year


def meaning(one: Candidate, telling: Telling) -> When | None:
    """The interval of a date expression, or None where it turns out to be none."""
    basis = telling.text[one.start : one.end]
    if one.until is not None:
        return _joined(one, one.until, telling, basis)
    reader = _READERS.get(one.kind)
    if reader is not None:
        return reader(one, telling, basis)
    return _calendar(one, telling, basis)


def _calendar(one: Candidate, telling: Telling, basis: str) -> When | None:
    """A date by year, month and day, of which the year may be left out."""
    year = one.year if one.year is not None else telling.stated_year
    relative = relative_year(one)
    if one.month is None:
        return on(prefix(one.year or 0), basis)
    if one.day is None or one.last is None:
        return _month(one, year, relative, telling, basis)
    month, day, last = one.month, one.day, one.last
    if year is not None:
        return When(*reckoning.days_of_month(year, month, day, last), basis)
    if relative is not None:
        return for_anchor(
            lambda anchor: reckoning.days_of_month(anchor.year + relative, month, day, last),
            telling.anchor,
            basis,
        )
    rule = reckoning.nearest_day(month, day, last, telling.tense(one))
    when = for_anchor(rule, telling.anchor, basis)
    return _on_weekday(when, one.weekday, month, day, basis)


def _on_weekday(when: When, weekday: int | None, month: int, day: int, basis: str) -> When:
    """The one year of an open interval in which the day falls on the weekday named."""
    first, last = when.earliest, when.latest
    if weekday is None or first is None or last is None or first == last:
        return when
    days = [
        dt.date(year, month, day)
        for year in range(first.year, last.year + 1)
        if (month, day) != (2, 29) or year % 4 == 0
    ]
    fitting = [one for one in days if first <= one <= last and one.weekday() == weekday]
    return on(fitting[0].isoformat(), basis) if len(fitting) == 1 else when


def _month(
    one: Candidate, year: int | None, relative: int | None, telling: Telling, basis: str
) -> When:
    month = one.month or 1
    if year is not None:
        return on(prefix(year, month), basis)
    if relative is not None:
        rule = reckoning.month_of_year(month, relative)
    else:
        word = (one.match.groupdict().get("mo_r") or "").lower().split()
        rule = _named_month(month, word, telling.coming(one) if not word else False)
    return for_anchor(rule, telling.anchor, basis)


def _named_month(month: int, word: list[str], coming: bool) -> Rule:
    if word == ["this"]:
        return reckoning.month_of_year(month, 0)
    if word and word[-1] in ("last", "past", "previous"):
        return reckoning.nearest_month(month, "strictly before")
    if word:
        return reckoning.nearest_month(month, "next")
    return reckoning.nearest_month(month, "after" if coming else "before")


def _joined(first: Candidate, second: Candidate, telling: Telling, basis: str) -> When | None:
    """A stretch from one date to another; a year neither states comes from the anchor."""
    if first.kind == "weekday" or {first.kind, second.kind} & {
        "part",
        "decade",
        "quarter",
        "season",
    }:
        return _joined_parts(first, replace(second, until=None), telling, basis)
    if first.year is None and second.year is None and first.month and second.month:
        second_when = _calendar(second, telling, basis)
        first_when = _calendar(first, telling, basis)
        if second_when is None or first_when is None or not second_when.known:
            return second_when
        rule = _end_before(first)
        first_when = for_anchor(rule, second_when, basis)
        return between(first_when.since, second_when.until, basis)
    since = prefix(first.year or 0, first.month, first.day)
    until = prefix(second.year or 0, second.month, second.last)
    try:
        return between(since, until, basis)
    except ValueError:
        return None


def _joined_parts(first: Candidate, second: Candidate, telling: Telling, basis: str) -> When | None:
    """ "Late 2019 to early 2021", "Monday to Wednesday": one's start to the other's end."""
    until = meaning(second, telling)
    if until is None or not until.known:
        return until
    if first.kind == "weekday":
        rule = reckoning.weekday(first.weekday or 0, "before")
        since: When | None = for_anchor(rule, until, basis)
    else:
        since = meaning(replace(first, until=None), telling)
    if since is None or not since.known:
        return When(None, until.until, "range", basis)
    try:
        return between(since.since, until.until, basis)
    except ValueError:
        return None


def _end_before(first: Candidate) -> Rule:
    """The latest such month or day on or before a day: the start of a stretch ending there."""
    month, day = first.month or 1, first.day

    def rule(end: dt.date) -> Reckoned:
        if day is None:
            return reckoning.nearest_month(month, "before")(end)
        year = end.year - ((month, day) > (end.month, end.day))
        return reckoning.days_of_month(year, month, day, day)

    return rule


def _years(one: Candidate, telling: Telling, basis: str) -> When:
    year, written = one.year or 0, one.match["ys_b"]
    if not written.isdigit():
        return When(prefix(year), None, "range", basis)
    until = int(written) if len(written) == 4 else reckoning.century_of(int(written), year)
    return between(prefix(year), prefix(until), basis)


def _year_month(one: Candidate, telling: Telling, basis: str) -> When:
    """ "2015-16" is two years, "2025-03" a month: a leading year below its second half."""
    written = one.match["ys_b"]
    year = one.year or 0
    if len(written) == 2 and 1 <= int(written) <= 12 and int(written) <= year % 100:
        return on(prefix(year, int(written)), basis)
    return _years(one, telling, basis)


_READERS: dict[str, Callable[[Candidate, Telling, str], When | None]] = {
    "years": _year_month,
    "decade": date_parts.decade,
    "century": date_parts.century,
    "fiscal": date_parts.fiscal,
    "half": date_parts.half,
    "yearend": date_parts.year_end,
    "longago": date_relative.long_ago,
    "ahead": date_relative.ahead,
    "beforelast": date_relative.before_last,
    "weekend": date_relative.weekend,
    "part": date_parts.part,
    "quarter": date_parts.quarter,
    "season": date_parts.season,
    "dayword": date_relative.day_word,
    "unit": date_relative.unit,
    "ago": date_relative.ago,
    "span": date_relative.span,
    "weekday": date_relative.weekday,
}
