"""Data sets are read as they are published, and every mistake in them is named."""

from pathlib import Path

import pytest

from fairweather.errors import SourceError, UnknownKey
from fairweather.history.datasets import read_dataset, source, sources

pytest.importorskip("pyarrow")

STATES = """stateabb,ccode,statenme,styear,endyear,version
AAA,1,Avaria,1816,2016,2016
BBB,2,Borduria,1900,2016,2016
"""
MEMBERS = (
    "atopid,member,phase,yrent,moent,dayent,yrexit,cowsys,version,moexit,dayexit,bilat,defense,"
    "offense,neutral,nonagg,consul\n"
)
CLAUSES = ",0,0,1,1,0,0,0,0\n"


def folder(tmp_path: Path, members: str) -> Path:
    (tmp_path / "cow_states.csv").write_text(STATES)
    (tmp_path / "atop401_members.csv").write_text(MEMBERS + members.replace("\n", CLAUSES))
    return tmp_path


def test_a_sound_file_is_read(tmp_path: Path) -> None:
    data = read_dataset(folder(tmp_path, "10,1,0,1950,1,1,0,1,4.01\n"), "members")
    assert data.rows == 1
    assert data.dropped == ()
    assert data.numbers("yrent").tolist() == [1950]


def test_a_member_known_to_be_no_state_is_left_out_and_counted(tmp_path: Path) -> None:
    rows = "10,1,0,1950,1,1,0,1,4.01\n10,8152,0,1950,1,1,0,1,4.01\n"
    data = read_dataset(folder(tmp_path, rows), "members")
    assert data.rows == 1
    assert data.dropped == (("a member that is no state of the system", 1),)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("10,1,0,1950,1,1,0,1,3.0\n", r"version, row 2: release 3, expected is 4\.01"),
        ("10,1,0,1950,1,1,0,1,4.01\n" * 2, r"row 3: doubles row 2 \(atopid 10"),
        ("10,7,0,1950,1,1,0,1,4.01\n", r"column member, row 2: 7 is no state"),
        ("10,1,0,1950,1,1,1940,1,4.01\n", r"column yrexit, row 2: ends in 1940, before"),
    ],
)
def test_a_mistake_names_file_column_and_row(tmp_path: Path, rows: str, told: str) -> None:
    with pytest.raises(SourceError, match=r"atop401_members\.csv.*" + told):
        read_dataset(folder(tmp_path, rows), "members")


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "atop401_members.csv").write_text("atopid,member\n10,1\n")
    with pytest.raises(SourceError, match="lacks the columns phase, yrent"):
        read_dataset(tmp_path, "members")


def test_a_missing_file_says_which_data_set_it_is(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"no atop401_members\.parquet .*Leeds"):
        read_dataset(tmp_path, "members")


def test_every_data_set_has_citation_terms_and_last_year() -> None:
    for one in sources().values():
        assert one.citation
        assert one.terms
        assert 2000 <= one.last <= 2025


def test_an_unknown_data_set_gets_a_suggestion() -> None:
    with pytest.raises(UnknownKey, match='did you mean "members"'):
        source("member")


def test_the_published_files_are_read_whole(shared: Path) -> None:
    history = shared / "data" / "history"
    if not history.is_dir():
        pytest.skip("the data sets are not there")
    assert read_dataset(history, "disputes").rows == 2436
    assert read_dataset(history, "members").dropped[0][1] == 1
