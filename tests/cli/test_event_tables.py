"""Event tables at the command line: read by their shape, shown apart from coded text."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairweather.cli import fairweather
from fairweather.errors import MisuseError
from fairweather.sources.tables.shapes import GDELT_2

pytest.importorskip("duckdb", reason="event tables need the extra `tables`")


def gdelt_row(number: int, day: str, a: str, b: str, code: str = "042", name: str = "") -> str:
    """A made-up line of GDELT 2.0."""
    row = {
        "GLOBALEVENTID": str(number),
        "SQLDATE": day,
        "MonthYear": day[:6],
        "Actor1Name": name or a,
        "Actor1CountryCode": a,
        "Actor2Name": b,
        "Actor2CountryCode": b,
        "EventCode": code,
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "NumMentions": "3",
        "DATEADDED": f"{day}120000",
    }
    return "\t".join(row.get(column, "") for column in GDELT_2)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    rows = [
        gdelt_row(1, "20240103", "RUS", "IRN"),
        gdelt_row(2, "20240203", "IRN", "RUS"),
        gdelt_row(3, "20250203", "IRN", "RUS", "112"),
        gdelt_row(4, "20250204", "RUS", "IRN", "010"),
        gdelt_row(5, "20250204", "RUS", "UKR", "190"),
        gdelt_row(6, "20250205", "", "IRN", name="=cmd()"),
        "cut off",
    ]
    path.write_text("".join(f"{row}\n" for row in rows))
    return path


@pytest.fixture
def ledger(examples_ledger: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(examples_ledger, tmp_path / "x.db"))


def run(ledger: Path, *words: str) -> Result:
    return CliRunner().invoke(fairweather, ["--db", str(ledger), *words])


def test_a_table_is_read_by_its_shape_and_counted(ledger: Path, table: Path) -> None:
    result = run(ledger, "read", str(table), "--json")
    assert result.exit_code == 0, result.output
    (report,) = json.loads(result.stdout)["tables"]
    assert (report["new"], report["duplicate"], report["malformed"]) == (6, 0, 1)
    assert Path(report["aside"]).is_relative_to(f"{ledger}.tables")
    again = run(ledger, "read", str(table))
    assert again.exit_code == 0
    assert "export.csv: already taken in (6 gdelt-2 rows)" in again.stdout


def test_tables_may_lie_elsewhere(ledger: Path, table: Path, tmp_path: Path) -> None:
    place = str(tmp_path / "elsewhere")
    run(ledger, "read", str(table), "--tables", place)
    assert not Path(f"{ledger}.tables").exists()
    found = run(ledger, "find", "events", "--tables", place, "--actor", "UKR", "--json")
    assert json.loads(found.stdout)["tables"]["count"] == 1


def test_rows_of_tables_stand_beside_coded_events_and_are_marked(ledger: Path, table: Path) -> None:
    run(ledger, "read", str(table))
    result = run(ledger, "find", "events", "--tables", "--actor", "RUS", "--actor", "IRN", "--json")
    found = json.loads(result.stdout)
    coded, rows = found["rows"], found["tables"]["rows"]
    assert coded
    assert all(row["quotes"] for row in coded)
    assert [(row["file"], row["line"], row["class"]) for row in rows] == [
        ("export.csv", 1, "CONSULT"),
        ("export.csv", 2, "CONSULT"),
        ("export.csv", 3, "ACCUSE"),
        ("export.csv", 4, ""),
    ]
    assert not any("quotes" in row for row in rows)
    text = run(ledger, "find", "events", "--tables", "--actor", "RUS", "--actor", "IRN").stdout
    assert "cited by place, not quoted" in text
    assert "export.csv line 3" in text


def test_without_the_option_nothing_of_a_table_is_found(ledger: Path, table: Path) -> None:
    before = run(ledger, "find", "events", "--json").stdout
    run(ledger, "read", str(table))
    assert run(ledger, "find", "events", "--json").stdout == before


def test_as_of_leaves_out_what_was_added_later(ledger: Path, table: Path) -> None:
    run(ledger, "read", str(table))
    words = ("find", "events", "--tables", "--actor", "IRN", "--as-of", "2024", "--json")
    found = json.loads(run(ledger, *words).stdout)
    assert found["tables"]["count"] == 2


def test_a_name_in_a_table_is_no_formula_in_a_spreadsheet(ledger: Path, table: Path) -> None:
    run(ledger, "read", str(table))
    text = run(ledger, "find", "events", "--tables", "--since", "2025-02-05", "--csv").stdout
    assert ",'=cmd()," in text
    assert ",=cmd()" not in text


def test_only_events_are_in_tables(ledger: Path) -> None:
    result = run(ledger, "find", "agreements", "--tables")
    assert isinstance(result.exception, MisuseError)


def test_the_profile_counts_a_pair_apart_from_the_evidence(ledger: Path, table: Path) -> None:
    before = json.loads(run(ledger, "profile", "RUS", "IRN", "--json").stdout)
    assert before.pop("tables") == []
    run(ledger, "read", str(table))
    after = json.loads(run(ledger, "profile", "RUS", "IRN", "--json").stdout)
    (counted,) = after.pop("tables")
    assert after == before
    assert counted["rows"] == 4
    assert counted["quads"] == {"verbal cooperation": 2, "verbal conflict": 1, "statements": 1}
    assert len(counted["months"]) == 14
    text = run(ledger, "profile", "RUS", "IRN").stdout
    assert "gdelt-2: 4 rows, 2024-01 to 2025-02: verbal cooperation 2" in text
    assert "by month from 2024-03: 0 0 0 0 0 0 0 0 0 0 0 2" in text


def test_a_pair_that_only_tables_know_is_shown_and_marked(
    ledger: Path, table: Path, tmp_path: Path
) -> None:
    path = tmp_path / "others.csv"
    path.write_text(f"{gdelt_row(9, '20250301', 'PER', 'BOL', '190')}\n")
    assert run(ledger, "read", str(path)).exit_code == 0
    shown = run(ledger, "profile", "PER", "BOL")
    assert shown.exit_code == 0
    assert "No text read speaks of both" in shown.stdout
    assert "others.csv line 1" in shown.stdout
    assert "not quoted" in shown.stdout
    told = json.loads(run(ledger, "profile", "PER", "BOL", "--json").stdout)
    assert told["documents"] == []
    assert (told["rows"]["rows"][0]["file"], told["rows"]["rows"][0]["line"]) == ("others.csv", 1)
    assert run(ledger, "profile", "PER", "FJI").exception is not None
