"""Taking tables in: nothing lost, nothing doubled, nothing dropped in silence."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from fairweather.errors import LedgerError, SourceError
from fairweather.sources.tables import (
    RowQuery,
    TableRow,
    TableStore,
    list_rows,
    take_in,
)

Row = Callable[..., str]


def rows_of(store: TableStore) -> list[TableRow]:
    return list(list_rows(store, RowQuery(), 10_000)[0])


def test_a_gdelt_row_becomes_one_of_the_common_schema(make, store, gdelt: Row) -> None:
    report = take_in(store, make.zipped("20150218.export.CSV", [gdelt(7)]))
    assert (report.new, report.duplicate, report.malformed) == (1, 0, 0)
    (row,) = rows_of(store)
    assert (row.dataset, row.event, row.source, row.target) == ("gdelt-2", "7", "PER", "CHL")
    assert (row.date, row.added) == (dt.date(2015, 2, 18), dt.date(2015, 2, 18))
    assert (row.event_class, row.cameo, row.mentions) == ("CONSULT", "042", 4)
    assert row.intensity == pytest.approx(1.9)
    assert row.tone == pytest.approx(2.5)
    assert (row.source_name, row.url) == ("PERU", "https://news.example/1")
    assert row.cited == "20150218.export.CSV.zip line 1"


def test_icews_counts_its_first_line_and_has_no_address(make, store, icews: Row) -> None:
    take_in(store, make.icews("events.2014.tab", [icews(1), icews(2, CAMEO_Code="43")]))
    first, second = rows_of(store)
    assert (first.line, second.line) == (2, 3)
    assert (first.source, first.target, first.url, first.added) == ("PER", "CHL", "", None)
    assert second.cameo == "043"


def test_quotes_around_cells_say_nothing(make, store, icews: Row) -> None:
    plain = icews(1, Source_Name='The "Old" Guard')
    quoted = "\t".join(f'"{cell}"' for cell in plain.split("\t"))
    take_in(store, make.icews("a.tab", [quoted]))
    (row,) = rows_of(store)
    assert (row.source_name, row.cameo, row.source) == ('The "Old" Guard', "042", "PER")


def test_a_polecat_row_of_several_actors_is_a_row_for_each_pair(make, store, polecat) -> None:
    report = take_in(store, make.polecat("p.txt", [polecat(Actor_Country="PER; BOL"), polecat(2)]))
    assert report.new == 3
    pairs = [(row.source, row.target, row.line) for row in rows_of(store)]
    assert sorted(pairs) == [("BOL", "CHL", 2), ("PER", "CHL", 2), ("PER", "CHL", 3)]
    assert rows_of(store)[0].added == dt.date(2020, 3, 7)
    assert rows_of(store)[0].mode == ""


def test_a_cell_may_run_over_lines_where_it_is_quoted(make, store, polecat) -> None:
    names = polecat.__globals__["POLECAT"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows(
        [names, polecat(1, Story_People="Ana,\nLuis"), polecat(2, Actor_Name='The "Fox"')]
    )
    report = take_in(store, make.plain("p.csv", text.getvalue().split("\n")[:-1]))
    assert (report.new, report.malformed) == (2, 0)
    first, second = rows_of(store)
    assert (first.line, second.line) == (2, 4)
    assert second.source_name == 'The "Fox"'


def test_an_open_quote_costs_one_line_and_not_the_rest(make, store, polecat) -> None:
    names = polecat.__globals__["POLECAT"]
    good = [",".join(polecat(number)) for number in (1, 2, 3)]
    lines = [",".join(names), good[0], f'"{good[1]}', *good[1:]]
    report = take_in(store, make.plain("p.csv", lines))
    assert (report.new, report.malformed) == (3, 1)
    assert [row.line for row in rows_of(store)] == [2, 4, 5]


def test_malformed_lines_are_kept_with_number_and_reason(make, store, gdelt: Row) -> None:
    lines = [
        gdelt(1),
        "cut off\tin the middle",
        gdelt(2, "20150230"),
        gdelt(3, EventCode="---"),
        "",
        gdelt(4, NumMentions="many"),
        gdelt(5, GLOBALEVENTID=""),
        gdelt(6),
    ]
    report = take_in(store, make.plain("a.csv", lines))
    assert (report.new, report.malformed) == (2, 5)
    assert [row.line for row in rows_of(store)] == [1, 8]
    assert report.aside is not None
    kept = [line.split("\t", 3) for line in report.aside.read_text().splitlines()[1:]]
    assert [(int(line), reason) for _, line, reason, _ in kept] == [
        (2, "2 columns, not 61"),
        (3, "no such day: '20150230'"),
        (4, "no CAMEO code: '---'"),
        (6, "mentions is no number: 'many'"),
        (7, "no event id"),
    ]
    assert [text for *_, text in kept][1] == lines[2]


def test_lines_keep_their_numbers_across_blocks(make, store, gdelt: Row) -> None:
    lines = [gdelt(number) if number % 7 else "broken" for number in range(1, 100)]
    report = take_in(store, make.plain("a.csv", lines), block_bytes=2_000)
    assert report.malformed == 14
    assert all(row.line == int(row.event) for row in rows_of(store))
    assert report.new == 85


def test_statements_without_a_class_are_kept_as_such(make, store, gdelt: Row) -> None:
    take_in(store, make.plain("a.csv", [gdelt(EventCode="010"), gdelt(2, EventCode="010")]))
    assert [row.event_class for row in rows_of(store)] == ["", ""]


def test_bytes_that_are_no_text_spoil_only_themselves(make, store, gdelt: Row) -> None:
    path = make.plain("a.csv", [gdelt(1, Actor1Name="PERX"), gdelt(2)])
    path.write_bytes(path.read_bytes().replace(b"PERX", b"PER\xff"))
    assert take_in(store, path).new == 2
    assert rows_of(store)[0].source_name == "PER\ufffd"


def test_windows_line_ends_and_a_missing_last_one_change_nothing(make, store, gdelt: Row) -> None:
    path = make.plain("a.csv", [gdelt(1), gdelt(2)])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n").removesuffix(b"\r\n"))
    assert take_in(store, path).new == 2
    assert [row.url for row in rows_of(store)] == ["https://news.example/1"] * 2


def test_the_same_file_under_another_name_is_known(make, store, gdelt: Row) -> None:
    take_in(store, make.plain("a.csv", [gdelt(1), gdelt(2)]))
    again = take_in(store, make.plain("b.csv", [gdelt(1), gdelt(2)]))
    assert again.known
    assert (again.new, again.duplicate) == (0, 2)
    assert len(rows_of(store)) == 2


def test_rows_of_overlapping_files_are_not_doubled(make, store, gdelt: Row) -> None:
    take_in(store, make.plain("a.csv", [gdelt(1), gdelt(2)]))
    report = take_in(store, make.plain("b.csv", [gdelt(2), gdelt(3), gdelt(3)]))
    assert (report.new, report.duplicate) == (1, 2)
    assert [row.event for row in rows_of(store)] == ["1", "2", "3"]


def test_one_id_for_two_deeds_gives_two_rows(make, store, icews: Row) -> None:
    rows = [icews(1), icews(1, CAMEO_Code="111", Intensity="-2.0")]
    assert take_in(store, make.icews("a.tab", rows)).new == 2


def test_files_of_one_name_are_cited_apart(make, store, gdelt: Row) -> None:
    take_in(store, make.plain("export.csv", [gdelt(1), gdelt(2)]))
    take_in(store, make.plain("export.csv", [gdelt(3), gdelt(4)]))
    assert len({row.cited for row in rows_of(store)}) == 4


def test_each_table_of_an_archive_is_read_and_cited_by_its_name(make, store, gdelt: Row) -> None:
    import zipfile

    path = make.zipped("a.csv", [gdelt(1), gdelt(2)])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("b.csv", "".join(f"{gdelt(number)}\n" for number in (3, 4)))
        archive.writestr("readme.txt", "The rows are made up.\n")
    assert take_in(store, path).new == 4
    assert {row.file for row in rows_of(store)} == {"a.csv.zip", "a.csv.zip/b.csv"}


def test_what_was_cut_short_never_counts_and_is_read_anew(
    make, store, gdelt: Row, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make.plain("a.csv", [gdelt(1), gdelt(2, "20150318")])

    def killed(own: TableStore, *moved: Path, move: Callable = TableStore.keep_whole) -> None:
        move(own, *moved)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(TableStore, "keep_whole", killed)
        with pytest.raises(KeyboardInterrupt):
            take_in(store, path)
    assert list(store.folder.glob("rows/*/*.parquet"))
    assert not store.exists
    assert take_in(store, path).new == 2
    assert len(rows_of(store)) == 2
    assert not list((store.folder / "staging").iterdir())


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_a_cut_archive_says_so_and_leaves_nothing(make, store, gdelt: Row, kept: float) -> None:
    path = make.gzipped("a.csv", [gdelt(number) for number in range(3_000)])
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(SourceError, match="damaged"):
        take_in(store, path, block_bytes=10_000)
    assert not store.exists


def test_an_article_is_no_table(make, store) -> None:
    with pytest.raises(SourceError, match="no event table"):
        take_in(store, make.plain("a.txt", ["The minister flew to Lima."]))


def test_a_folder_that_cannot_be_written_is_named(make, gdelt: Row, tmp_path) -> None:
    (tmp_path / "taken").write_text("a file in the way")
    with pytest.raises(LedgerError, match="taken cannot be written"):
        take_in(TableStore(tmp_path / "taken"), make.plain("a.csv", [gdelt(), gdelt(2)]))
