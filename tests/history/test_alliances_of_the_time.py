"""What the bench of endings knows of members is what was known when the year began."""

import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

pd = pytest.importorskip("pandas")
pytest.importorskip("pyarrow")

BENCH = Path(__file__).parents[2] / "bench"
sys.path.insert(0, str(BENCH))

from history_tasks import endings, hazards  # noqa: E402
from history_tasks.alliances import Alliances  # noqa: E402

ALLIANCES = [(10, 1900, 1920, 2), (11, 1900, 0, 0), (12, 1905, 1915, 1)]
MEMBERS = [
    (10, 1, 1900, 1920, 2),
    (10, 2, 1900, 1920, 2),
    (10, 3, 1910, 1920, 2),
    (11, 1, 1900, 0, 0),
    (11, 2, 1900, 0, 0),
    (11, 4, 1900, 1908, 2),
    (12, 1, 1905, 1915, 1),
    (12, 2, 1905, 1915, 1),
]


@pytest.fixture
def alliances(tmp_path: Path) -> Alliances:
    pacts = pd.DataFrame(ALLIANCES, columns=["atopid", "begyr", "endyr", "term"])
    members = pd.DataFrame(MEMBERS, columns=["atopid", "member", "yrent", "yrexit", "term"])
    pacts.to_parquet(tmp_path / "atop401_alliances.parquet")
    members.to_parquet(tmp_path / "atop401_members.parquet")
    return Alliances(tmp_path)


def test_one_that_enters_later_is_no_member_before(alliances: Alliances) -> None:
    assert alliances.members(10, 1905) == {1, 2}
    assert alliances.members(10, 1911) == {1, 2, 3}
    assert alliances.members(10, 1900) == {1, 2}, "those who made it"


def test_one_that_left_by_violation_broke_the_pact_and_the_others_did_not(
    alliances: Alliances,
) -> None:
    assert alliances.broke[4] == [(1908, 11)]
    assert alliances.broke[1] == [(1920, 10)]


def test_the_record_of_a_year_holds_what_was_over_then(alliances: Alliances) -> None:
    rows = pd.DataFrame({"atopid": [11, 11, 12], "year": [1920, 1921, 1910]})
    found = endings.record(rows, alliances).set_index(["atopid", "year"])
    assert found.broken.tolist() == [0, 1, 0], "a violation of a year is known in the next"
    assert found.siblings.tolist() == [1, 0, 2]
    assert found.siblings_gone.tolist() == [1, 2, 0]


def test_what_happens_later_changes_no_column_of_before(tmp_path: Path, shared: Path) -> None:
    data, last = shared / "data" / "history", 1890
    if not data.is_dir():
        pytest.skip("the data sets are not there")
    config = tomllib.loads((BENCH / "history.toml").read_text(encoding="utf-8"))["endings"]
    names = ("alliance_year", "atop401_alliances", "atop401_members", "tss_rivalries")
    tables = {name: pd.read_parquet(data / f"{name}.parquet") for name in names}
    tables["alliance_year"] = tables["alliance_year"].query("year <= @last + 1")
    told = []
    for folder in ("whole", "cut"):
        (tmp_path / folder).mkdir()
        for name, table in tables.items():
            table.to_parquet(tmp_path / folder / f"{name}.parquet")
        told.append(hazards.read(tmp_path / folder, config))
        tables |= {
            "atop401_alliances": _until(tables["atop401_alliances"], "begyr", "endyr", last),
            "atop401_members": _until(tables["atop401_members"], "yrent", "yrexit", last),
            "tss_rivalries": _until(tables["tss_rivalries"], "start", "end", last),
        }
    pd.testing.assert_frame_equal(*told)


def _until(table: Any, begun: str, ended: str, last: int) -> Any:
    """The table as it would have stood at the end of a year."""
    known = table[table[begun] <= last].copy()
    later = known[ended] > last
    if begun == "start":
        known.loc[later, ended] = 9999
    else:
        known.loc[later, [ended, "term"]] = 0
    return known
