"""Parts of years: decades, thirds, halves, quarters and seasons."""

from __future__ import annotations

import datetime as dt
import re

from fairweather.records import When, between
from fairweather.sources import date_reckoning as reckoning
from fairweather.sources.date_candidates import Candidate
from fairweather.sources.date_grammar import NUMBER_WORDS, month_number, ordinal
from fairweather.sources.date_reckoning import Reckoned, Rule, for_anchor, prefix
from fairweather.sources.date_telling import Telling, relative_year
from fairweather.vocabulary.lexicon import tables


def decade(one: Candidate, telling: Telling, basis: str) -> When:
    """ "The 1990s", "the ’80s"."""
    short = one.match["de_s"]
    year = 1900 + int(short) if short else int(one.match["de_y"])
    return between(prefix(year), prefix(year + 9), basis)


def century(one: Candidate, telling: Telling, basis: str) -> When:
    """ "The 19th century", "the late twentieth century"; the 19th runs from 1801 to 1900."""
    match = one.match
    last = 100 * (int(match["ce_n"]) if match["ce_n"] else ordinal(match["ce_w"]))
    first = last - 99
    thirds = {"early": (0, 35), "mid": (35, 65), "late": (65, 99)}
    low, high = thirds.get((match["ce_p"] or "").lower(), (0, 99))
    return between(f"{first + low:04}", f"{first + high:04}", basis)


def fiscal(one: Candidate, telling: Telling, basis: str) -> When:
    """A budget year: from the year before to the year after, since countries begin it apart.

    "2023-24" names both of its calendar years itself.
    """
    year, other = int(one.match["fi_a"]), one.match["fi_b"]
    if other is None:
        return When(prefix(year - 1), prefix(year + 1), "range", basis)
    until = int(other) if len(other) == 4 else reckoning.century_of(int(other), year)
    return between(prefix(year), prefix(max(year, until)), basis)


def half(one: Candidate, telling: Telling, basis: str) -> When:
    """ "H1 2024"."""
    words = "first half" if one.match["ha_n"] == "1" else "second half"
    return When(*_part_of_year(int(one.match["ha_y"]), words), basis)


def year_end(one: Candidate, telling: Telling, basis: str) -> When:
    """ "By year-end", "at the month's end"."""
    if one.match["ye_u"].lower() == "month":
        return for_anchor(reckoning.calendar_unit("month", 0), telling.anchor, basis)
    return for_anchor(lambda day: reckoning.third_of_year(day.year, "late"), telling.anchor, basis)


def part(one: Candidate, telling: Telling, basis: str) -> When | None:
    """ "Early 2024", "mid-January", "late last year", "the second half of 2023"."""
    match, third = one.match, _part_name(one.match["pa_w"])
    if match["pa_dec"]:
        return When(*reckoning.part_of_decade(int(match["pa_dec"]), third), basis)
    if match["pa_year"]:
        return When(*_part_of_year(int(match["pa_year"]), match["pa_w"]), basis)
    if match["pa_m"]:
        month = month_number(match["pa_m"])
        if match["pa_y"]:
            return When(*reckoning.third_of_month(int(match["pa_y"]), month, third), basis)
        relative = relative_year(one)
        way = "after" if telling.coming(one) else "before"
        find = reckoning.nearest_month(month, way)
        if relative is not None:
            find = reckoning.month_of_year(month, relative)
        return for_anchor(_third_of(find, third), telling.anchor, basis)
    return _part_of_unit(one, telling, basis)


def _third_of(find_month: Rule, part: str) -> Rule:
    def rule(day: dt.date) -> Reckoned:
        year, month = (int(piece) for piece in find_month(day)[0].split("-"))
        return reckoning.third_of_month(year, month, part)

    return rule


def _part_of_unit(one: Candidate, telling: Telling, basis: str) -> When:
    """ "late last year", "the end of the month": a third of the year, else the whole unit."""
    relative, unit = one.match["pa_rel"].lower(), one.match["pa_u"]
    shift = {"last": -1, "next": 1}.get(relative, 0)
    anchor = telling.previous if relative == "that" else telling.anchor
    whole = reckoning.calendar_unit(unit, shift)
    if unit != "year":
        return for_anchor(whole, anchor, basis)
    words = one.match["pa_w"]
    return for_anchor(lambda day: _part_of_year(day.year + shift, words), anchor, basis)


def _part_of_year(year: int, words: str) -> Reckoned:
    counted = re.match(r"(first|last)\s+(\w+)\s+months", words.lower())
    if counted:
        count = NUMBER_WORDS[counted[2]]
        first, last = (1, count) if counted[1] == "first" else (13 - count, 12)
        return prefix(year, first), prefix(year, last), "range"
    if "half" in words.lower():
        first, last = (1, 6) if "first" in words.lower() else (7, 12)
        return prefix(year, first), prefix(year, last), "range"
    return reckoning.third_of_year(year, _part_name(words))


def _part_name(written: str) -> str:
    phrase = " ".join(written.lower().split())
    for name, phrases in tables("reading_time")["parts"].items():
        if name != "meaning" and phrase in phrases:
            return str(name)
    return "mid"


def quarter(one: Candidate, telling: Telling, basis: str) -> When:
    """ "The first quarter of 2025", "Q3 2024"."""
    match = one.match
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4}
    which = int(match["qu_n"]) if match["qu_n"] else words[match["qu_w"].lower()]
    if match["qu_y"]:
        return When(*reckoning.a_quarter(4 * int(match["qu_y"]) + which - 1), basis)
    if not match["qu_r"]:
        rule = reckoning.nearest_quarter(which, "after" if telling.coming(one) else "before")
        return for_anchor(rule, telling.anchor, basis)
    shift = relative_year(one) or 0
    return for_anchor(
        lambda day: reckoning.a_quarter(4 * (day.year + shift) + which - 1), telling.anchor, basis
    )


def season(one: Candidate, telling: Telling, basis: str) -> When:
    """ "Spring of 2015", "last summer", "the winter of 2021-22"."""
    match = one.match
    first, last = tables("reading_time")["seasons"][match["se_n"].lower()]
    if match["se_y"] and match["se_z"]:
        year = int(match["se_y"])
        until = prefix(year + (first > last), last)
        return When(prefix(year, first), until, "quarter", basis)
    if match["se_y"]:
        return When(*reckoning.season(int(match["se_y"]), first, last), basis)
    if match["se_r"]:
        return for_anchor(_near_season(match["se_r"].lower(), first, last), telling.anchor, basis)
    shift = relative_year(one) or 0
    return for_anchor(
        lambda day: reckoning.season(day.year + shift, first, last), telling.anchor, basis
    )


def _near_season(way: str, first: int, last: int) -> Rule:
    """Last: the latest that was over; next: the first not yet begun; this: by the year."""

    def rule(day: dt.date) -> Reckoned:
        over = first > last
        year = day.year
        if way == "last":
            year -= day.month <= last
        elif way == "next":
            year += (day.month >= first) + over
        elif over:
            year += day.month > last
        return prefix(year - over, first), prefix(year, last), "quarter"

    return rule
