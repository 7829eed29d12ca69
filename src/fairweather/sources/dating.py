"""When a text was published: a day where the text says so, else the interval it allows.

Evidence in order: what its source states (front matter, meta tags, feed), lines at head or
foot that give the day, the day in its address, and last the body: it was written on or after
the latest day it speaks of as past, and before the earliest day it speaks of as coming.
Captions, pasted posts and copyright notices bound it from below only. Where nothing bounds
it from above, `until` stays open.
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.records import UNDATED, Aside, When, between, on
from fairweather.sources.date_grammar import weekday_number
from fairweather.sources.date_reckoning import calendar_unit, for_anchor, prefix
from fairweather.sources.date_tense import bounds_the_text, is_past, tense
from fairweather.sources.dates import DateMention, find_dates
from fairweather.sources.lexicon import marks, named

SAME_PRINTING = 31
"""Days within which two stated days of publication are one publication, online and in print."""

_IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})(?:[/-](\d{1,2}))?(?=[/_.-]|$)")
_INSTANT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]+(\d\d:\d\d(?::\d\d)?(?:\.\d+)?)\s*(Z|[+-]\d\d:?\d\d)")
_MONTH_AND_DAY = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s+\d|\d\s*(?:[a-z]{2}\s+)?"
    r"(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_BEFORE_YEAR = re.compile(r"\b(?:in|since|during|until|from)\s+$", re.IGNORECASE)
_UPDATED = re.compile(r"^\s*(?:last\s+)?(?:updated|modified)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Bound:
    """One end of the interval and the words that set it."""

    day: dt.date
    prefix: str
    words: str


def publication(
    text: str, asides: tuple[Aside, ...], stated: When | None = None, url: str = ""
) -> When:
    """The publication interval of a text; `stated` is the date its source gives it."""
    return stated or _by_lines(text, asides) or _by_address(url) or _by_body(text, asides)


def stated_date(words: str) -> When | None:
    """The day of a date in front matter, a meta tag or a feed; an instant is taken to UTC."""
    if not words.strip():
        return None
    if instant := _INSTANT.search(words):
        zone = "+00:00" if instant[3] == "Z" else instant[3]
        try:
            moment = dt.datetime.fromisoformat(f"{instant[1]}T{instant[2][:8]}{zone}")
        except ValueError:
            return None
        return on(moment.astimezone(dt.UTC).date().isoformat(), words.strip())
    for mention in find_dates(words):
        if mention.when.known and mention.when.since:
            when = mention.when
            return When(when.since, when.until, when.precision, words.strip())
    return None


def _by_lines(text: str, asides: tuple[Aside, ...]) -> When | None:
    """The days that lines of head and foot state, as one interval when they lie close."""
    mentions: list[DateMention] = []
    for aside in asides:
        words = text[aside.start : aside.end]
        if aside.kind == "dateline" or (aside.kind == "footer" and _states_day(words)):
            if _UPDATED.match(words) and mentions:
                continue
            mentions.extend(
                one
                for one in find_dates(text, None, aside.start, aside.end)
                if one.when.known and one.when.precision in ("day", "month")
            )
    if not mentions:
        return None
    first = mentions[0]
    near = [one for one in mentions if _apart(one.when, first.when) <= SAME_PRINTING]
    days = [one for one in near if one.when.precision == "day"] or near
    since = min(one.when.since or "" for one in days)
    until = max(one.when.until or "" for one in days)
    basis = ", ".join(dict.fromkeys(f'"{" ".join(one.text.split())}"' for one in days))
    return between(since, until, basis)


def _states_day(words: str) -> bool:
    return bool(
        marks("reading", "published_lines").match(words)
        or ((found := marks("reading", "datelines").match(words)) and found[0].strip())
    )


def _apart(one: When, other: When) -> int:
    if one.earliest is None or other.earliest is None:
        return 0
    return abs((one.earliest - other.earliest).days)


def _by_address(url: str) -> When | None:
    found = _IN_ADDRESS.search(url)
    if found is None:
        return None
    year, month, day = (int(part) if part else None for part in found.groups())
    try:
        written = prefix(year or 0, month, day)
    except ValueError:
        return None
    return on(written, f"address {found[0]}")


def _by_body(text: str, asides: tuple[Aside, ...]) -> When:
    mentions = find_dates(text)
    body = [one for one in mentions if not _kind_at(asides, one)]
    if paired := _by_pairing(text, body):
        return paired
    lower = _latest([*_past_days(text, body), *_aside_days(text, asides, mentions)])
    upper = _earliest(_coming_days(text, body), lower)
    lower = _latest([*_completed(text, body, lower, upper), *([lower] if lower else [])])
    if day := _by_weekday(text, body, asides, mentions, lower):
        return day
    if lower is None and upper is None:
        return UNDATED
    words = [f'after "{lower.words}"'] if lower else []
    words += [f'before "{upper.words}"'] if upper else []
    return between(
        lower.prefix if lower else None, upper.prefix if upper else None, ", ".join(words)
    )


_PAIRED = re.compile(r"[\s,(–—-]*(?:(?:on|in|of|i\.e\.|that is)\s+)?(?:the\s+)?")
_UNITS_AWAY = {
    "next month": ("month", -1),
    "last month": ("month", 1),
    "this month": ("month", 0),
    "next year": ("year", -1),
    "last year": ("year", 1),
    "this year": ("year", 0),
    "next week": ("week", -1),
    "last week": ("week", 1),
    "yesterday": ("day", 1),
    "today": ("day", 0),
    "tomorrow": ("day", -1),
}


def _by_pairing(text: str, body: list[DateMention]) -> When | None:
    """What a relative and a full date side by side give away: "next month, on 22 May 2031"."""
    for one, other in itertools.pairwise(body):
        away = _UNITS_AWAY.get(" ".join(one.text.lower().split()))
        if away is None or not other.when.since or one.when.known:
            continue
        if not _PAIRED.fullmatch(text, one.end, other.start):
            continue
        unit, shift = away
        if unit in ("day", "week") and other.when.precision != "day":
            continue
        if unit == "month" and other.when.precision not in ("day", "month", "range"):
            continue
        basis = f'"{" ".join(text[one.start : other.end].split())}"'
        return for_anchor(calendar_unit(unit, shift), other.when, basis)
    return None


def _kind_at(asides: tuple[Aside, ...], mention: DateMention) -> str:
    for aside in asides:
        if aside.start < mention.end and mention.start < aside.end:
            return aside.kind
    return ""


def _past_days(text: str, body: list[DateMention]) -> Iterator[_Bound]:
    """Dates with their year that the body speaks of as past."""
    for one in body:
        # "The 2030 agenda" speaks of no past; "in 2019 they met" does.
        lone_year = one.when.precision == "year"
        if lone_year and not _BEFORE_YEAR.search(text, max(0, one.start - 12), one.start):
            continue
        if one.when.known and is_past(text, one.start, one.end):
            yield from _bound(one.when.since, one.when.earliest, one.text)


def _aside_days(
    text: str, asides: tuple[Aside, ...], mentions: tuple[DateMention, ...]
) -> Iterator[_Bound]:
    """Dates in captions and posts, and the year of a copyright notice: never too late."""
    for one in mentions:
        if _kind_at(asides, one) in ("caption", "credit", "embed"):
            yield from _bound(one.when.since, one.when.earliest, one.text)
    for aside in asides:
        if aside.kind == "footer":
            notice = marks("reading", "copyright").search(text, aside.start, aside.end)
            if notice:
                year = named(notice, "year")
                yield from _bound(year, dt.date(int(year), 1, 1), " ".join(notice[0].split()))


def _coming_days(text: str, body: list[DateMention]) -> Iterator[_Bound]:
    """Dates with their year that the body speaks of as coming."""
    for one in body:
        if one.when.known and bounds_the_text(text, one.start, one.end):
            yield from _bound(one.when.since, one.when.earliest, one.text)


def _bound(prefix: str | None, day: dt.date | None, words: str) -> Iterator[_Bound]:
    if prefix and day:
        yield _Bound(day, prefix, " ".join(words.split()))


def _latest(bounds: list[_Bound]) -> _Bound | None:
    return max(bounds, key=lambda bound: bound.day, default=None)


def _earliest(bounds: Iterator[_Bound], lower: _Bound | None) -> _Bound | None:
    """The earliest coming day that is not before what is already past."""
    possible = (bound for bound in bounds if lower is None or bound.day >= lower.day)
    return min(possible, key=lambda bound: bound.day, default=None)


def _completed(
    text: str, body: list[DateMention], lower: _Bound | None, upper: _Bound | None
) -> list[_Bound]:
    """Past days without a year that fall into the interval in one year only."""
    if lower is None or upper is None:
        return []
    found = []
    for one in body:
        if one.when.known or not _MONTH_AND_DAY.search(one.text):
            continue
        if tense(text, one.start, one.end) == "coming" or not is_past(text, one.start, one.end):
            continue
        whole = find_dates(text, on(upper.day.isoformat()), one.start, one.end)
        day = whole[0].when.earliest if whole else None
        if day and lower.day <= day <= upper.day and _only_year(day, lower.day):
            found.append(_Bound(day, day.isoformat(), " ".join(one.text.split())))
    return found


def _only_year(day: dt.date, lowest: dt.date) -> bool:
    return (day - dt.timedelta(days=365)) < lowest


def _by_weekday(
    text: str,
    body: list[DateMention],
    asides: tuple[Aside, ...],
    mentions: tuple[DateMention, ...],
    lower: _Bound | None,
) -> When | None:
    """The day of a pasted post, where the body tells its news on that very weekday.

    Holds only when the post is the latest thing the text knows and the body names no other
    weekday of the past.
    """
    posts = {
        one.when.earliest: one
        for one in mentions
        if _kind_at(asides, one) == "embed" and one.when.precision == "day"
    }
    weekdays = {
        one.text: one
        for one in body
        if _WEEKDAY.fullmatch(one.text) and tense(text, one.start, one.end) != "coming"
    }
    if lower is None or lower.day not in posts or len(weekdays) != 1:
        return None
    (weekday,) = weekdays
    if lower.day.weekday() != weekday_number(weekday):
        return None
    basis = f'"{weekday}", post of "{posts[lower.day].text}"'
    return on(lower.day.isoformat(), basis)
