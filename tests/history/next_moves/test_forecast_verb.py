"""`forecast next A B`: one answer a source, with reasons, or why there is none."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from fairweather.cli import fairweather
from fairweather.desk import Desk
from fairweather.errors import MisuseError, NothingFound
from fairweather.sources.tables.shapes import GDELT_2

pytest.importorskip("duckdb", reason="event tables need the extra `tables`")

VISIT, ACCUSE = "042", "112"


def gdelt_row(number: int, day: date, a: str, b: str, code: str) -> str:
    """A made-up line of GDELT 2.0, added the day after."""
    row = {
        "GLOBALEVENTID": str(number),
        "SQLDATE": f"{day:%Y%m%d}",
        "MonthYear": f"{day:%Y%m}",
        "Actor1Name": a,
        "Actor1CountryCode": a,
        "Actor2Name": b,
        "Actor2CountryCode": b,
        "EventCode": code,
        "QuadClass": "1",
        "GoldsteinScale": "1.9",
        "NumMentions": "3",
        "DATEADDED": f"{day + timedelta(days=1):%Y%m%d}120000",
    }
    return "\t".join(row.get(column, "") for column in GDELT_2)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Peru visits Chile every ten days or so, and far oftener in the last month; Chile accuses."""
    folder, rng = tmp_path_factory.mktemp("moves"), random.Random(5)
    rows = []
    for days in range(240):
        day = date(2024, 1, 1) + timedelta(days=days)
        if rng.random() < (0.5 if days > 210 else 0.1):
            rows.append(gdelt_row(len(rows), day, "PER", "CHL", VISIT))
        if days % 40 == 0:
            rows.append(gdelt_row(len(rows), day, "CHL", "PER", ACCUSE))
    rows.append(gdelt_row(9999, date(2024, 2, 2), "PER", "BOL", VISIT))
    table = folder / "export.csv"
    table.write_text("".join(f"{row}\n" for row in rows))
    with Desk(folder / "x.db") as desk:
        desk.read([table])
    return folder / "x.db"


def run(ledger: Path, *words: str) -> Result:
    return CliRunner().invoke(fairweather, ["--db", str(ledger), "forecast", "next", *words])


def test_the_likeliest_moves_come_first_each_with_odds_and_reasons(ledger: Path) -> None:
    result = run(ledger, "PER", "CHL", "--json")
    assert result.exit_code == 0, result.output
    (source,) = json.loads(result.stdout)["sources"]
    moves = source["moves"]
    first = moves[0]
    assert (first["source"], first["target"], first["class"]) == ("PER", "CHL", "CONSULT")
    assert first["odds_against_usual"] > 1
    assert first["probability"] > first["usual"]
    assert "of the last 60 days, usually" in first["reasons"][0]
    assert len(first["rows"]) == 3
    chances = [move["probability"] for move in moves]
    assert chances == sorted(chances, reverse=True)


def test_the_answer_reads_as_lines(ledger: Path) -> None:
    text = run(ledger, "PER", "CHL", "--days", "7").stdout
    assert "PER and CHL: at least one such move within 7 days" in text
    assert "PER -> CHL  CONSULT" in text
    assert "gdelt-2, 2024-01-01 to 2024-08-" in text


def test_as_of_an_earlier_day_the_later_visits_are_unknown(ledger: Path) -> None:
    early = json.loads(run(ledger, "PER", "CHL", "--as-of", "2024-07-01", "--json").stdout)
    late = json.loads(run(ledger, "PER", "CHL", "--json").stdout)
    (then,), (now,) = early["sources"], late["sources"]
    assert then["last"] <= "2024-07-01"
    assert then["moves"][0]["cases"] < now["moves"][0]["cases"]
    assert then["moves"][0]["probability"] < now["moves"][0]["probability"]


def test_a_pair_with_one_move_on_record_gets_no_forecast_and_is_told_why(ledger: Path) -> None:
    result = run(ledger, "PER", "BOL")
    assert result.exit_code == 0
    assert "no forecast: dealings on 1 days only" in result.stdout


def test_a_pair_without_a_dated_move_is_not_found(ledger: Path) -> None:
    assert isinstance(run(ledger, "PER", "FRA").exception, NothingFound)


def test_a_span_beyond_what_was_measured_is_refused(ledger: Path) -> None:
    assert isinstance(run(ledger, "PER", "CHL", "--days", "400").exception, MisuseError)


def test_every_chance_answers_why(ledger: Path) -> None:
    with Desk(ledger) as desk:
        (found,) = desk.next_moves("PER", "CHL")
        for move in found.answer.moves:
            figure = found.figure(move)
            chain = desk.why(figure.id)
            assert chain.to_json()["unchanged"] is True
            assert chain.to_json()["value"] == pytest.approx(move.chance)
