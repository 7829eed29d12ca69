"""Which shapes are dates at all: a month or a surname, a year or a count of tanks."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace

from fairweather.sources.date_grammar import (
    JOIN,
    NAMED_DAYS,
    day_number,
    month_number,
    ordinal,
    weekday_number,
)
from fairweather.sources.lexicon import spotting, word_set

_AMBIGUOUS_MONTHS = {"March", "April", "May", "June", "August", "Mar.", "Jun."}
_WORD_BEFORE = re.compile(r"([\w.’']+)\s*$")
_TWO_WORDS_BEFORE = re.compile(r"([\w.’']+(?:\s+[\w.’']+)?)\s*$")
_WORD_AFTER = re.compile(r"[\s-]+(\w+)")
_HANGS_ON = re.compile(r"\s+(?:(?:the|a|an|than|to|its|his|her|their|they|he|she|it)\b|[A-Z])")
_TO_THE = re.compile(r"\s+(?:to|until|till)\s+the\s+")
_THAN = re.compile(r"\s+than\b")
_JOIN = re.compile(JOIN)
_BETWEEN_AND = re.compile(r"\s+and\s+")
_BETWEEN = re.compile(r"\b[Bb]etween\s+(?:the\s+)?$")
_STRONG_YEAR = {"in", "since", "during", "until", "till", "circa", "year", "before", "after"}
_OF_WORD = re.compile(r"\s+of\s|-")
_TIMED = {f"{word} the" for word in ("in", "over", "at", "during", "for", "by", "since", "until")}
_LOOK_BACK = 40


@dataclass(frozen=True, slots=True)
class Candidate:
    """A shape that is a date, at `text[start:end]`, with the parts it states.

    `kind` is the name of the shape. `day`..`last` are days of the month, `weekday` the name
    of the day where it stands before a full date.
    """

    kind: str
    start: int
    end: int
    match: re.Match[str]
    year: int | None = None
    month: int | None = None
    day: int | None = None
    last: int | None = None
    weekday: int | None = None
    until: Candidate | None = None
    """The other end, where two dates are joined into one stretch of time."""


def candidate(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    """The date that a match is, possibly shorter than the match; None when it is none.

    `lowest` is where looking back must stop.
    """
    kind = match.lastgroup or ""
    read = _READERS.get(kind)
    found = read(match, text, lowest) if read else Candidate(kind, *match.span(), match)
    if found is None or not _exists(found):
        return None
    return found


def joined(first: Candidate, second: Candidate, text: str, lowest: int) -> Candidate | None:
    """Two dates with a dash, "to" or "between ... and" as one stretch, or None.

    The year is carried from the end that states it to the one that does not.
    """
    if first.until or second.until or not _may_join(first, second):
        return None
    before = text[max(lowest, first.start - _LOOK_BACK) : first.start]
    gap = text[first.end : second.start]
    to_part = second.kind in _PARTS and _TO_THE.fullmatch(gap)
    if not (
        to_part or _JOIN.fullmatch(gap) or (_BETWEEN_AND.fullmatch(gap) and _BETWEEN.search(before))
    ):
        return None
    if spotting("reading_time", "moved").search(before):
        return None
    if first.kind == second.kind == "year" and (second.year or 0) <= (first.year or 0):
        return None
    first, second = _share_year(first, second)
    return replace(first, end=second.end, until=second)


def _may_join(first: Candidate, second: Candidate) -> bool:
    if first.kind in _ENDS and second.kind in _ENDS:
        return True
    if first.kind == second.kind == "weekday":
        return True
    parts = {first.kind, second.kind} & _PARTS
    return bool(parts) and {first.kind, second.kind} <= _PARTS | {"year", "month_year"}


_PARTS = frozenset({"part", "decade", "quarter", "season"})
_ENDS = frozenset({"iso", "numeric", "month_day", "day_month", "month_year", "month", "year"})


def _share_year(first: Candidate, second: Candidate) -> tuple[Candidate, Candidate]:
    places = (first.month or 0, first.day or 0), (second.month or 0, second.day or 0)
    if first.year is None and second.year is not None:
        first = replace(first, year=second.year - (places[0] > places[1]))
    elif second.year is None and first.year is not None:
        second = replace(second, year=first.year + (places[0] > places[1]))
    return first, second


def _exists(found: Candidate) -> bool:
    if found.month is None or found.day is None:
        return True
    if not 1 <= found.month <= 12 or found.day < 1:
        return False
    longest = calendar.monthrange(found.year or 2000, found.month)[1]
    return found.day <= (found.last or found.day) <= longest


def _iso(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    year, month, day = (int(match[name]) for name in ("iso_y", "iso_m", "iso_d"))
    if not 1000 <= year <= 2199:
        return None
    return Candidate("iso", *match.span(), match, year, month, day, day)


def _numeric(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    first, second, year = int(match["nu_a"]), int(match["nu_b"]), int(match["nu_y"])
    day_first = match["nu_s"] == "." or first > 12
    day, month = (first, second) if day_first else (second, first)
    if not day_first and second <= 12 and first != second:
        # 05/08/2025: nobody can tell; both readings are kept as two ends.
        one, other = sorted(((first, second), (second, first)))
        until = Candidate("numeric", *match.span(), match, year, other[0], other[1], other[1])
        return Candidate("numeric", *match.span(), match, year, one[0], one[1], one[1], until=until)
    return Candidate("numeric", *match.span(), match, year, month, day, day)


def _month_day(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    return _full(match, "md", text, lowest)


def _day_month(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    return _full(match, "dm", text, lowest)


def _full(match: re.Match[str], key: str, text: str, lowest: int) -> Candidate | None:
    year, last = match[f"{key}_y"], match[f"{key}_l"]
    if year is None and _counts(text, match.end()) and _names_month(text, match, lowest):
        # "In March 10 people": the month stands, the number counts.
        return _shorter(match, key, text, lowest)
    joins = match[f"{key}_j"]
    if joins and "and" in joins and not (year or _BETWEEN.search(_back(text, match, lowest))):
        last = None if key == "md" else last
    end = match.end() if last or not match[f"{key}_l"] else match.end(f"{key}_d")
    day = day_number(match[f"{key}_d"])
    weekday = match[f"{key}_w"]
    return Candidate(
        match.lastgroup or "",
        match.start(),
        end,
        match,
        int(year) if year else None,
        month_number(match[f"{key}_m"]),
        day,
        day_number(last) if last else day,
        weekday_number(weekday) if weekday else None,
    )


def _shorter(match: re.Match[str], key: str, text: str, lowest: int) -> Candidate | None:
    if key != "md" or not _is_month(match["md_m"], text, match.start(), match.end("md_m"), lowest):
        return None
    month = month_number(match["md_m"])
    return Candidate("month", match.start("md_m"), match.end("md_m"), match, None, month)


def _months(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    ends = [
        Candidate("month", *match.span(group), match, None, month_number(match[group]))
        for group in ("ms_a", "ms_b")
    ]
    if match["ms_y"]:
        ends[1] = replace(ends[1], year=int(match["ms_y"]), end=match.end())
    first, second = _share_year(*ends)
    return replace(first, end=second.end, until=second)


def _month_year(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    year, month = int(match["my_y"]), month_number(match["my_m"])
    return Candidate("month_year", *match.span(), match, year, month)


def _month(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    cued = match["mo_r"] or match["mo_y"]
    if not cued and not _is_month(match["mo_m"], text, *match.span(), lowest):
        return None
    return Candidate("month", *match.span(), match, None, month_number(match["mo_m"]))


def _is_month(name: str, text: str, start: int, end: int, lowest: int) -> bool:
    if name not in _AMBIGUOUS_MONTHS and not (name.isupper() and len(name) <= 6):
        return True
    before = _TWO_WORDS_BEFORE.search(text, max(lowest, start - _LOOK_BACK), start)
    phrase = " ".join(before[1].lower().split()) if before else ""
    last = phrase.rpartition(" ")[2]
    cued = bool({phrase, last} & word_set("reading_time", "before_month"))
    cued = cued or last.endswith(("'s", "’s", "s’"))
    after = _WORD_AFTER.match(text, end)
    return cued and not (after and after[1].lower() in word_set("reading_time", "month_after"))


def _years(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    if match["ys_b"].isdigit() and len(match["ys_b"]) == 4 and match["ys_b"] <= match["ys_a"]:
        return None
    if _counts(text, match.end()) or _is_numbered(text, match.start(), lowest):
        return None
    return Candidate("years", *match.span(), match, int(match["ys_a"]))


def _year(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    year = int(match["yr"])
    if _is_numbered(text, match.start(), lowest):
        return None
    before = _word_before(text, match.start(), lowest)
    if before not in _STRONG_YEAR:
        if _counts(text, match.end()):
            return None
        if not 1800 <= year < 2100:
            return None
        if year % 100 == 0 and year != 1900 and before in word_set("reading_time", "about_number"):
            return None
    return Candidate("year", *match.span(), match, year)


def _weekday(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    if spotting("reading_time", "weekday_name_after", 0).match(text, match.end() + 1):
        return None
    before = _WORD_BEFORE.search(text, max(lowest, match.start() - _LOOK_BACK), match.start())
    if before and before[1] in word_set("reading_time", "weekday_name_before"):
        return None
    start = match.start()
    if _is_preposition(match, "wd_r", text, lowest):
        start = match.start("wd")
    return Candidate("weekday", start, match.end(), match, weekday=weekday_number(match["wd"]))


def _is_preposition(match: re.Match[str], group: str, text: str, lowest: int) -> bool:
    """ "Following" without an article is "after": "following Saturday's vote"."""
    word = (match[group] or "").lower()
    if word not in ("following", "previous", "preceding"):
        return False
    return _word_before(text, match.start(), lowest) != "the"


def _span(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    if _is_preposition(match, "sp_w", text, lowest):
        return None
    return Candidate("span", *match.span(), match)


def _ago(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    # "two years before the war" hangs on the war, which is no date.
    if match["ag_w"] in ("before", "prior") and _HANGS_ON.match(text, match.end()):
        return None
    if match["ag_w"] == "earlier" and _THAN.match(text, match.end()):
        return None
    return Candidate("ago", *match.span(), match)


def _quarter(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    """A quarter without its year needs "in the" before it and nothing to be a quarter of."""
    if match["qu_y"] or match["qu_r"]:
        return Candidate("quarter", *match.span(), match)
    before = _TWO_WORDS_BEFORE.search(text, max(lowest, match.start() - _LOOK_BACK), match.start())
    phrase = " ".join(before[1].lower().split()) if before else ""
    timed = phrase in _TIMED if match["qu_w"] else phrase.rpartition(" ")[2] in ("in", "for", "by")
    if not timed or _OF_WORD.match(text, match.end()):
        return None
    return Candidate("quarter", *match.span(), match)


def _weekend(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    before = _TWO_WORDS_BEFORE.search(text, max(lowest, match.start() - _LOOK_BACK), match.start())
    phrase = " ".join(before[1].lower().split()) if before else ""
    return Candidate("weekend", *match.span(), match) if phrase in _TIMED else None


def _century(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    if _word_before(text, match.start(), lowest) not in ("the", "mid", "late", "early"):
        return None
    number = int(match["ce_n"]) if match["ce_n"] else ordinal(match["ce_w"])
    return Candidate("century", *match.span(), match) if 1 <= number <= 21 else None


def _named(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    name = match["na_n"].replace("’", "'")
    month, day, *year = NAMED_DAYS[" ".join(name.split())]
    stated = int(match["na_y"]) if match["na_y"] else (year[0] if year else None)
    return Candidate("named", *match.span(), match, stated, month, day, day)


def _unit(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    way, unit = match["un_r"].lower(), match["un_u"]
    before = _word_before(text, match.start(), lowest)
    if unit == "day" and (way in ("last", "past", "current", "coming") or before == "to"):
        return None
    if way == "that" and unit != "day" and before == "to":
        return None
    return Candidate("unit", *match.span(), match)


def _season(match: re.Match[str], text: str, lowest: int) -> Candidate | None:
    if not (match["se_r"] or match["se_y"] or match["se_ry"]):
        return None
    return Candidate("season", *match.span(), match)


_READERS = {
    "quarter": _quarter,
    "weekend": _weekend,
    "century": _century,
    "named": _named,
    "iso": _iso,
    "numeric": _numeric,
    "month_day": _month_day,
    "day_month": _day_month,
    "months": _months,
    "month_year": _month_year,
    "month": _month,
    "years": _years,
    "year": _year,
    "weekday": _weekday,
    "ago": _ago,
    "unit": _unit,
    "season": _season,
    "span": _span,
}


def _back(text: str, match: re.Match[str], lowest: int) -> str:
    return text[max(lowest, match.start() - _LOOK_BACK) : match.start()]


def _word_before(text: str, start: int, lowest: int) -> str:
    found = _WORD_BEFORE.search(text, max(lowest, start - _LOOK_BACK), start)
    return found[1].lower() if found else ""


def _names_month(text: str, match: re.Match[str], lowest: int) -> bool:
    return _word_before(text, match.start(), lowest) in ("in", "since", "during", "last")


def _is_numbered(text: str, start: int, lowest: int) -> bool:
    return _word_before(text, start, lowest) in word_set("reading_time", "numbered")


def _counts(text: str, end: int) -> bool:
    """Whether a counted noun follows: "1992 people"."""
    found = _WORD_AFTER.match(text, end)
    return found is not None and found[1].lower() in word_set("reading_time", "counted")
