"""A major power is one in its time: Italy was, Germany was, was not, and is again."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fairweather.history.major_powers import is_major_power

SHARED = Path(os.environ.get("FAIRWEATHER_SHARED", Path(__file__).parents[3] / "shared"))
CODES = {2: "USA", 200: "GBR", 220: "FRA", 255: "DEU", 300: "AUT", 325: "ITA", 365: "RUS",
         710: "CHN", 740: "JPN"}  # fmt: skip


@pytest.mark.parametrize(
    ("state", "year", "was"),
    [
        ("ITA", 1930, True),
        ("ITA", 1960, False),
        ("DEU", 1914, True),
        ("DEU", 1960, False),
        ("DEU", 2020, True),
        ("CHN", 1949, False),
        ("PAK", 2020, False),
    ],
)
def test_a_state_is_a_major_power_in_its_time(state: str, year: int, was: bool) -> None:
    assert is_major_power(state, year) is was


def test_the_list_is_that_of_the_correlates_of_war() -> None:
    file = SHARED / "data" / "history" / "cow_majors.parquet"
    if not file.is_file():
        pytest.skip("the list itself is not here; FAIRWEATHER_SHARED names its folder")
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = parquet.read_table(file).to_pylist()
    for state in CODES.values():
        spells = [row for row in rows if CODES[int(row["ccode"])] == state]
        for year in range(1816, 2017):
            listed = any(row["styear"] <= year <= row["endyear"] for row in spells)
            assert is_major_power(state, year) is listed, (state, year)
