"""Horizons: by when a forecast is to come true, counted from the document's own date."""

from __future__ import annotations

import calendar
import datetime as dt
import re

from fairweather.coding.amounts.numerals import any_of, values
from fairweather.coding.grammar.sentence import Sentence
from fairweather.records import UNDATED, When
from fairweather.records.dates import between
from fairweather.sources import DateMention

DAYS = {"day": 1, "week": 7}
MONTHS = {"month": 1, "year": 12, "decade": 120}
FEW = 3
"""What "a few" counts at most."""

_NUMBER = rf"(?:\d{{1,3}}|an?|(?:the\s+)?next|a\s+few|few|{any_of(list(values('numerals')))})"
_SPAN = re.compile(
    rf"\b(?:within|over|for|during|in|at\s+least\s+for|for\s+at\s+least)\s+(?:at\s+least\s+)?"
    rf"(?:about\s+|another\s+|less\s+than\s+)?(?:the\s+)?(?:next\s+|coming\s+|following\s+)?"
    rf"(?:(?P<number>{_NUMBER})(?:\s*(?:or|to|-|–)\s*(?P<upper>{_NUMBER}))?\s+)?"
    rf"(?P<unit>day|week|month|year|decade)s?(?:\s+or\s+(?P<more>two|so|more))?\b(?!\s+of\s+(?:the\s+)?[A-Z])",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:within|next|coming|following|or two)\b|^(?:in|for at least|at least)\b", re.IGNORECASE
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|till|no\s+later\s+than|by\s+the\s+end\s+of|through)\s+(?:the\s+)?(?:end\s+of\s+)?$",
    re.IGNORECASE,
)


def horizon(sentence: Sentence, start: int, end: int) -> When:
    """The time ahead that a stretch of the document names; undated where it names none.

    A deadline ("by 2026") runs from the day of publication to the end of the date; a date
    that lies wholly before publication is no horizon.
    """
    candidates = [
        when
        for date in sentence.dates
        if start <= date.start < end and (when := _ahead(sentence, date)).known
    ]
    return (
        min(candidates, key=_width, default=UNDATED) if candidates else _span(sentence, start, end)
    )


def _ahead(sentence: Sentence, date: DateMention) -> When:
    """What a date means as a horizon: itself, a deadline, or nothing."""
    published = sentence.document.published
    if not date.when.known or date.when.latest is None or _is_of_the_past(sentence, date.start):
        return UNDATED
    if published.latest and date.when.latest <= published.latest:
        return UNDATED
    before = sentence.document.text[max(sentence.start, date.start - 24) : date.start]
    if _DEADLINE.search(before) and published.since and date.when.until:
        return _ordered(published.since, date.when.until, date.text)
    return date.when


def _width(when: When) -> int:
    """Days in an interval; an open one is widest."""
    if when.earliest is None or when.latest is None:
        return 10**6
    return (when.latest - when.earliest).days


def _ordered(since: str, until: str, basis: str) -> When:
    if until < since[: len(until)]:
        return UNDATED
    return between(since, until, basis)


def _is_of_the_past(sentence: Sentence, place: int) -> bool:
    """Whether a date stands with a verb of the past: "the sum pledged in May"."""
    token = next((t for t in sentence.span if sentence.place(t)[1] > place), None)
    clause = sentence.clause_of(token.i) if token is not None else None
    if clause is None:
        return False
    head = sentence.token(clause.head)
    ahead = any(child.dep_ == "xcomp" for child in head.children)
    return head.tag_ == "VBD" or (head.tag_ == "VBN" and head.dep_ == "acl" and not ahead)


def _span(sentence: Sentence, start: int, end: int) -> When:
    """ "Within six months", "over the next year or two": from publication on."""
    published = sentence.document.published
    text = sentence.document.text[start:end]
    for found in _SPAN.finditer(text):
        if published.latest is None or not _AHEAD.search(found.group()):
            continue
        number = _number(found["upper"] or found["more"] or found["number"])
        until = _later(published.latest, found["unit"].lower(), number)
        return between(published.since, until, " ".join(found.group().split()))
    return UNDATED


def _number(written: str | None) -> int:
    word = " ".join((written or "a").lower().split())
    if word.isdigit():
        return int(word)
    if word in ("so", "a", "an", "next", "the next", "more"):
        return 1
    return FEW if "few" in word else int(values("numerals").get(word, 1))


def _later(day: dt.date, unit: str, number: int) -> str:
    if unit in DAYS:
        return (day + dt.timedelta(days=DAYS[unit] * number)).isoformat()
    months = day.year * 12 + day.month - 1 + MONTHS[unit] * number
    year, month = divmod(months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return dt.date(year, month + 1, min(day.day, last)).isoformat()
