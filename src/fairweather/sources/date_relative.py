"""Expressions that hang on another day: Friday, last week, two years later, the past decade."""

from __future__ import annotations

import re

from fairweather.records import When
from fairweather.sources import date_reckoning as reckoning
from fairweather.sources.date_candidates import Candidate
from fairweather.sources.date_grammar import number
from fairweather.sources.date_reckoning import Rule, for_anchor
from fairweather.sources.date_telling import Telling


def day_word(one: Candidate, telling: Telling, basis: str) -> When:
    """Today, yesterday, last night, the day after tomorrow."""
    words = " ".join(basis.lower().split())
    shifts = {"yesterday": -1, "tomorrow": 1, "day before yesterday": -2, "day after tomorrow": 2}
    if words == "last night":
        return for_anchor(reckoning.stretch(1, "day"), telling.anchor, basis)
    rule = reckoning.calendar_unit("day", shifts.get(words, 0))
    return for_anchor(rule, telling.anchor, basis)


def unit(one: Candidate, telling: Telling, basis: str) -> When | None:
    """This, last, next week; the same day, that year, the following month."""
    way, unit = one.match["un_r"].lower(), one.match["un_u"]
    told_before = telling.previous is not None and telling.previous.known
    on_previous = way in ("same", "that", "following", "preceding") or (
        (way == "next" and unit == "day") or (way == "previous" and (unit == "day" or told_before))
    )
    if on_previous:
        shift = {"following": 1, "next": 1, "previous": -1, "preceding": -1}.get(way, 0)
        if way == "same" and unit == "day" and telling.previous:
            return for_anchor(_whole(telling.previous), telling.previous, basis)
        return for_anchor(reckoning.calendar_unit(unit, shift), telling.previous, basis)
    if unit == "fortnight" or (way == "past" and unit != "weekend"):
        ahead = way in ("next", "coming")
        return for_anchor(reckoning.stretch(-1 if ahead else 1, unit), telling.anchor, basis)
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(way, 0)
    return for_anchor(reckoning.calendar_unit(unit, shift), telling.anchor, basis)


def _whole(when: When) -> Rule:
    """The interval itself, whichever of its days is asked for."""
    since, until = when.since or when.until or "", when.until or when.since or ""
    return lambda _: (since, until, when.precision)


def ago(one: Candidate, telling: Telling, basis: str) -> When | None:
    """N units ago, or N units later than or before the date mentioned last."""
    match = one.match
    count, unit, way = number(match["ag_n"]), match["ag_u"], match["ag_w"]
    if count == 0:
        count, unit = _half(unit)
    from_now = way in ("ago", "hence") or way.startswith("from")
    anchor = telling.anchor if from_now else telling.previous
    sign = -1 if way in ("ago", "before", "prior", "earlier") else 1
    months = _months_of(match, count, unit)
    if match["ag_m"]:
        return for_anchor(reckoning.moved(sign * months, "month"), anchor, basis)
    if match["ag_h"] or match["ag_i"]:
        if not months:
            return None  # "a week and a half": no calendar unit holds it
        return for_anchor(reckoning.about_months(sign * months), anchor, basis)
    rule = reckoning.moved(sign * count, unit)
    when = for_anchor(rule, anchor, basis)
    vague = " ".join((match["ag_q"] or "").lower().split())
    return _loosened(when, vague, sign, reckoning.moved(sign * (count - 1), unit), anchor, basis)


def _months_of(match: re.Match[str], count: int, unit: str) -> int:
    """ "Two years and three months", "a year and a half", in months; 0 for days and weeks."""
    each = {"month": 1, "year": 12, "decade": 120}.get(unit, 0)
    half = each // 2 if match["ag_h"] or match["ag_i"] else 0
    return count * each + half + (number(match["ag_m"]) if match["ag_m"] else 0)


def long_ago(one: Candidate, telling: Telling, basis: str) -> When:
    """ "Years ago", "a few days ago": some time up to the anchor."""
    until = telling.anchor.until if telling.anchor else None
    return When(None, until, "range" if until else "unknown", basis)


def ahead(one: Candidate, telling: Telling, basis: str) -> When | None:
    """ "In two weeks' time"; "in two weeks" only where it is told of as coming."""
    match = one.match
    if not (match["ah_t"] or telling.coming(one)):
        return None  # how long something took
    count, unit = number(match["ah_n"]), match["ah_u"]
    if match["ah_w"].lower() == "within":
        return for_anchor(reckoning.stretch(-count, unit), telling.anchor, basis)
    return for_anchor(reckoning.moved(count, unit), telling.anchor, basis)


def before_last(one: Candidate, telling: Telling, basis: str) -> When:
    """ "The year before last", "the week after next"."""
    shift = 2 if one.match["bl_w"].lower().startswith("after") else -2
    rule = reckoning.calendar_unit(one.match["bl_u"].lower(), shift)
    return for_anchor(rule, telling.anchor, basis)


def weekend(one: Candidate, telling: Telling, basis: str) -> When:
    """ "Over the weekend": the last that has begun, or the next where told as coming."""
    rule = reckoning.nearest_weekend("after" if telling.coming(one) else "before")
    return for_anchor(rule, telling.anchor, basis)


def _half(unit: str) -> tuple[int, str]:
    halves = {"centur": (50, "year"), "decade": (5, "year"), "year": (6, "month")}
    return next((half for name, half in halves.items() if unit.startswith(name)), (0, unit))


def _loosened(
    when: When, vague: str, sign: int, nearer: Rule, anchor: When | None, basis: str
) -> When:
    """ "More than" opens the far end of the interval, "nearly" and "less than" the near one."""
    if not vague or not when.known:
        return when
    if vague in ("more than", "over"):
        if sign < 0:
            return When(None, when.until, "range", basis)
        return When(when.since, None, "range", basis)
    near = for_anchor(nearer, anchor, basis)
    if sign < 0:
        return When(when.since, near.until, "range", basis)
    return When(near.since, when.until, "range", basis)


def span(one: Candidate, telling: Telling, basis: str) -> When | None:
    """The past eight years, the next two decades; without a number one end stays open."""
    match = one.match
    way, unit = match["sp_w"].lower(), match["sp_u"]
    ahead = way in ("next", "coming", "following")
    anchor = telling.previous if way in ("following", "preceding") else telling.anchor
    if match["sp_n"]:
        count = number(match["sp_n"])
        if match["sp_h"] and unit == "year":
            count, unit = 12 * count + 6, "month"
        return for_anchor(reckoning.stretch(-count if ahead else count, unit), anchor, basis)
    if anchor is None or not anchor.known:
        return When(None, None, "unknown", basis)
    if ahead:
        since = anchor.since
        return When(since, None, "range" if since else "unknown", basis)
    return When(None, anchor.until, "range" if anchor.until else "unknown", basis)


_WEEKDAY_WAYS = {
    "last": "strictly before",
    "this past": "strictly before",
    "previous": "strictly before",
    "next": "next",
    "coming": "next",
    "this coming": "next",
    "following": "next",
    "this": "this",
}


def weekday(one: Candidate, telling: Telling, basis: str) -> When:
    """The nearest such day: at or before the anchor, at or after it where told as coming."""
    led = one.start < one.match.start("wd")
    word = " ".join(one.match["wd_r"].lower().split()) if led else ""
    way = _WEEKDAY_WAYS.get(word) or ("after" if telling.coming(one) else "before")
    anchor = telling.previous if word in ("previous", "following") else telling.anchor
    return for_anchor(reckoning.weekday(one.weekday or 0, way), anchor, basis)
