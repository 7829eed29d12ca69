"""A table is known by what it holds, whatever it is called."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from fairweather.sources.tables import tables_in
from fairweather.sources.tables.shapes import GDELT_1, GDELT_2, shape_of

Row = Callable[..., str]


def test_gdelts_two_versions_have_58_and_61_columns() -> None:
    assert (len(GDELT_1), len(GDELT_2)) == (58, 61)


@pytest.mark.parametrize(("version", "dataset"), [(1, "gdelt-1"), (2, "gdelt-2")])
def test_gdelt_is_known_by_its_columns_zipped_or_not(
    make, gdelt: Row, version: int, dataset: str
) -> None:
    lines = [gdelt(number, version=version) for number in range(3)]
    for path in (
        make.plain("notes.txt", lines),
        make.zipped("20150218.export.CSV", lines),
        make.gzipped("a.csv", lines),
    ):
        shape = shape_of(path)
        assert shape is not None
        assert shape.dataset == dataset


def test_gdelt_before_april_2013_has_no_addresses(make, gdelt: Row) -> None:
    lines = [gdelt(number, version=1).rsplit("\t", 1)[0] for number in range(3)]
    shape = shape_of(make.plain("1995.csv", lines))
    assert shape is not None
    assert "url" not in shape.fields


def test_a_broken_line_or_two_do_not_hide_what_a_table_is(make, gdelt: Row) -> None:
    lines = ["broken", *(gdelt(number) for number in range(5)), "broken\ttoo"]
    shape = shape_of(make.plain("a.csv", lines))
    assert shape is not None


def test_icews_and_polecat_are_known_by_the_names_of_their_columns(make, icews, polecat) -> None:
    shape = shape_of(make.icews("events.2014.tab", [icews()]))
    assert shape is not None
    assert shape.dataset == "icews"
    shape = shape_of(make.polecat("ngecEvents.DV.2020.txt", [polecat()]))
    assert shape is not None
    assert (shape.dataset, shape.delimiter) == ("polecat", "\t")


def test_polecat_may_be_comma_separated_and_name_the_intensity_otherwise(make, polecat) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    from_names = polecat.__globals__["POLECAT"]
    writer.writerow(["Event Intensity" if n == "Intensity" else n for n in from_names])
    writer.writerow(polecat())
    shape = shape_of(make.plain("polecat.csv", text.getvalue().splitlines()))
    assert shape is not None
    assert (shape.dataset, shape.delimiter) == ("polecat", ",")


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["The minister flew to Lima.", "", "He came back."],
        ["date,source,target,class", "2014-07-05,PER,CHL,CONSULT"],
        ["\t".join(str(number) for number in range(61))] * 4,
        ["<rss><channel/></rss>"],
    ],
)
def test_articles_feeds_and_other_tables_are_no_event_tables(make, lines: list[str]) -> None:
    assert shape_of(make.plain("a.csv", lines)) is None


def test_a_folder_is_searched_for_tables_and_keeps_its_articles(make, gdelt: Row) -> None:
    table = make.plain("a.txt", [gdelt(), gdelt(2)])
    make.plain("b.txt", ["The minister flew to Lima."])
    assert tables_in(make.folder) == (table,)
    assert tables_in(make.folder / "b.txt") == ()
    assert tables_in(Path("no such file")) == ()
