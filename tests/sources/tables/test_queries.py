"""What the tables answer."""

from __future__ import annotations

import builtins
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from fairweather.errors import MisuseError
from fairweather.sources.tables import RowQuery, list_rows, pair_counts, take_in, totals

Row = Callable[..., str]
TURNED = {
    "Actor1Name": "CHILE",
    "Actor1CountryCode": "CHL",
    "Actor2Name": "PERU",
    "Actor2CountryCode": "PER",
}
ELSEWHERE = {"Actor2Name": "BOLIVIA", "Actor2CountryCode": "BOL"}


@pytest.fixture
def filled(make, store, gdelt: Row):
    lines = [
        gdelt(1),
        gdelt(2),
        gdelt(3, EventCode="112", GoldsteinScale="-2.0"),
        gdelt(4, "20150318", **TURNED),
        gdelt(5, "20150318", **ELSEWHERE),
        gdelt(6, EventCode="010", GoldsteinScale="0.0"),
        gdelt(7, DATEADDED="20150401000000"),
    ]
    take_in(store, make.plain("a.csv", lines))
    return store


def test_a_pair_is_counted_by_month_direction_and_class(filled) -> None:
    counts = {
        (c.month, c.source, c.event_class): (c.rows, c.intensity)
        for c in pair_counts(filled, "PER", "CHL")
    }
    assert counts == {
        ("2015-02", "PER", "CONSULT"): (3, pytest.approx(1.9)),
        ("2015-02", "PER", "ACCUSE"): (1, pytest.approx(-2.0)),
        ("2015-02", "PER", ""): (1, pytest.approx(0.0)),
        ("2015-03", "CHL", "CONSULT"): (1, pytest.approx(1.9)),
    }


def test_the_order_of_a_pair_does_not_matter(filled) -> None:
    assert pair_counts(filled, "PER", "CHL") == pair_counts(filled, "CHL", "PER")


def test_on_a_day_only_what_had_been_added_is_known(filled) -> None:
    counts = pair_counts(filled, "PER", "CHL", as_of="2015-03-01")
    assert sum(count.rows for count in counts) == 4


def test_totals_add_up_to_all_rows(filled) -> None:
    for by in (("month",), ("source", "target"), ("event_class",), ()):
        assert sum(totals(filled, by).column("rows").to_pylist()) == 7
    with pytest.raises(MisuseError, match="no totals by 'url'"):
        totals(filled, ("url",))


def test_rows_are_listed_by_date_with_the_count_of_all(filled) -> None:
    rows, count = list_rows(filled, RowQuery(actors=("PER",)), 2)
    assert (len(rows), count) == (2, 7)
    rows, count = list_rows(filled, RowQuery(actors=("PER", "BOL")), 9)
    assert [row.event for row in rows] == ["5"]
    rows, count = list_rows(filled, RowQuery(since=dt.date(2015, 3, 1)), 9)
    assert [row.event for row in rows] == ["4", "5"]
    rows, count = list_rows(filled, RowQuery(until=dt.date(2015, 2, 28)), 9)
    assert count == 5


def test_data_sets_are_never_added_up(filled, make, icews: Row) -> None:
    take_in(filled, make.icews("a.tab", [icews(1, "2015-02-18")]))
    counts = pair_counts(filled, "PER", "CHL")
    assert {count.dataset for count in counts} == {"gdelt-2", "icews"}
    assert [c.rows for c in counts if c.dataset == "icews"] == [1]


def test_an_empty_store_answers_nothing(store) -> None:
    assert pair_counts(store, "PER", "CHL") == ()
    assert list_rows(store, RowQuery(), 5) == ((), 0)


def test_without_duckdb_the_extra_is_named(
    make, store, gdelt: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = builtins.__import__

    def missing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "duckdb":
            raise ImportError(name="duckdb")
        return found(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(MisuseError, match=r"fairweather\[tables\]"):
        take_in(store, make.plain("a.csv", [gdelt(), gdelt(2)]))
