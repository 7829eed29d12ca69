"""A date is an interval, and never more precise than the words it came from."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairweather.errors import RecordError
from fairweather.records import When, between, first_day, last_day, on

DAYS = st.dates(min_value=dt.date(1816, 1, 1), max_value=dt.date(2100, 12, 31))
PREFIXES = st.builds(
    lambda day, length: day.isoformat()[:length], DAYS, st.sampled_from([4, 7, 10])
)


def test_a_year_covers_every_one_of_its_days() -> None:
    assert (first_day("2024"), last_day("2024")) == (dt.date(2024, 1, 1), dt.date(2024, 12, 31))


def test_february_ends_where_its_year_says() -> None:
    assert last_day("2024-02") == dt.date(2024, 2, 29)
    assert last_day("2025-02") == dt.date(2025, 2, 28)


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "25", "2025/01", "", "0000", "2025-1-7"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(RecordError, match="not a date"):
        first_day(text)


@given(PREFIXES)
def test_a_prefix_date_starts_no_later_than_it_ends(prefix: str) -> None:
    assert first_day(prefix) <= last_day(prefix)
    assert first_day(prefix).isoformat().startswith(prefix)


@given(PREFIXES, PREFIXES)
def test_two_dates_either_share_a_day_or_one_is_surely_first(one: str, other: str) -> None:
    a, b = on(one), on(other)
    assert a.may_equal(b) == (not a.surely_before(b) and not b.surely_before(a))
    assert not (a.surely_before(b) and b.surely_before(a))


def test_an_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(RecordError, match="ends before it starts"):
        When("2025-02", "2025-01", "range")


def test_an_open_end_is_surely_before_nothing() -> None:
    assert not between("2024", None).surely_before(on("2030"))
    assert between(None, "2024").surely_before(on("2030"))


def test_a_date_is_written_no_more_precisely_than_it_is_known() -> None:
    assert on("2024").text() == "2024"
    assert between("2024-08-05", "2024-10-22").text() == "2024-08-05 to 2024-10-22"
    assert between("2025-07-18", None).text() == "2025-07-18 or later"
    assert When().text() == "date unknown"
