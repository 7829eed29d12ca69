"""Date expressions: what they cover, and that nothing is read into them."""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.records import When, between, on
from fairweather.sources.dates import find_dates

CASES = tomllib.loads((Path(__file__).parent / "date_cases.toml").read_text("utf-8"))["case"]


def interval(written: str) -> When | None:
    if not written:
        return None
    since, _, until = written.partition("..")
    ends = [None if end == "?" else end for end in (since, until or since)]
    return between(ends[0], ends[1])


def as_written(when: When) -> str:
    ends = [when.since or "?", when.until or "?"]
    return f"{ends[0] if ends[0] == ends[1] else '..'.join(ends)} {when.precision}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_an_expression_covers_the_days_its_words_leave_open(case: dict[str, Any]) -> None:
    mentions = find_dates(case["text"], interval(case.get("anchor", "")))
    found = [f"{mention.text} = {as_written(mention.when)}" for mention in mentions]
    assert found == case["dates"]


def test_the_battery_is_large_enough_to_mean_something() -> None:
    assert len(CASES) >= 300


@given(st.text(max_size=200))
@settings(deadline=None)
def test_every_mention_stands_verbatim_where_it_says(text: str) -> None:
    for mention in find_dates(text, on("2024-02-29")):
        assert text[mention.start : mention.end] == mention.text == mention.when.basis


_WORDS = """in on from to and the last next May March 5 31 2024 1999 - – , . Friday ago years two
three later this week early mid late 30th of February Q2 quarter 's will said 12/11/2020 summer
winter 1990s between past coming that day"""
_PIECES = st.sampled_from([*_WORDS.split(), "\n"])


@given(st.lists(_PIECES, max_size=14), st.dates(), st.integers(0, 900))
@settings(deadline=None, max_examples=300)
def test_no_jumble_of_date_words_breaks_the_reader_or_turns_time_round(
    pieces: list[str], day: dt.date, width: int
) -> None:
    last = day + dt.timedelta(days=min(width, (dt.date.max - day).days))
    text = " ".join(pieces)
    ends = -1
    for mention in find_dates(text, between(day.isoformat(), last.isoformat())):
        assert text[mention.start : mention.end] == mention.text
        assert mention.start >= ends
        ends = mention.end
        if mention.when.earliest and mention.when.latest:
            assert mention.when.earliest <= mention.when.latest


_SHAPES = (
    "%B {day}, %Y",
    "{day} %B %Y",
    "%b. {day}, %Y",
    "{day} %b %Y",
    "%Y-%m-%d",
    "%A, {day} %B %Y",
    "%A, %B {day}, %Y",
    "the {day}{th} of %B, %Y",
    "%B {day}{th}, %Y",
    "%d.%m.%Y",
)


@given(
    st.dates(dt.date(1800, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(_SHAPES), st.booleans()
)
@settings(deadline=None)
def test_a_full_date_is_read_as_the_day_it_was_written_from(
    day: dt.date, shape: str, wrapped: bool
) -> None:
    th = {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10 if day.day not in (11, 12, 13) else 0, "th")
    written = day.strftime(shape.format(day=day.day, th=th))
    text = f"The envoys, it is said, met on {written} at the port."
    if wrapped:
        text = text.replace(" ", "\n")
    (mention,) = find_dates(text)
    assert (mention.when.since, mention.when.until) == (day.isoformat(), day.isoformat())
    assert mention.when.precision == "day"


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2030, 12, 31)),
    st.integers(0, 400),
    st.sampled_from(
        [
            "on Friday",
            "in April",
            "on August 5",
            "last month",
            "two weeks ago",
            "this summer",
            "in mid-March",
            "last September",
            "over the past three years",
            "will come on Monday",
        ]
    ),
)
@settings(deadline=None)
def test_a_wider_anchor_never_excludes_what_a_day_within_it_would_give(
    first: dt.date, width: int, words: str
) -> None:
    text = f"The gate was shut {words}."
    last = first + dt.timedelta(days=width)
    wide = find_dates(text, between(first.isoformat(), last.isoformat()))[0].when
    for day in (first, first + dt.timedelta(days=width // 2), last):
        exact = find_dates(text, on(day.isoformat()))[0].when
        assert None not in (wide.earliest, wide.latest, exact.earliest, exact.latest)
        assert wide.earliest <= exact.earliest
        assert exact.latest <= wide.latest


def test_offsets_count_from_the_start_of_the_text_not_of_the_stretch() -> None:
    text = "In 2014 it began. In 2016 it ended."
    (mention,) = find_dates(text, start=18)
    assert text[mention.start : mention.end] == "2016"
    (mention,) = find_dates(text, start=0, end=18)
    assert mention.text == "2014"
