"""The told cases: every rung, pact and actor is one that the vocabulary knows."""

import tomllib
from pathlib import Path

import pytest

from fairweather.history import reference_class
from fairweather.vocabulary import vocabulary

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "examples" / "past-wars" / "cases.toml").read_text()
)["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['supporter']}-{case['year']}")
def test_a_told_case_speaks_the_language_of_the_ladder(case: dict[str, str]) -> None:
    assert case["reached"] in vocabulary("rungs")
    assert case["pact"] == "none" or case["pact"] in vocabulary("obligations")
    assert case["source"]
    assert len({case["supporter"], case["partner"], case["adversary"]}) == 3


def test_each_told_case_has_a_usual_rate_to_stand_beside() -> None:
    for case in CASES:
        pact = () if case["pact"] == "none" else (case["pact"],)
        assert reference_class(pact).rate.cases > 0


def test_they_fought_armed_stayed_out_and_switched() -> None:
    reached = {case["reached"] for case in CASES}
    assert {"none", "troops", "major_arms", "diplomatic"} <= reached
    assert any(case.get("switched") for case in CASES)
    assert (min(case["year"] for case in CASES), max(case["year"] for case in CASES)) == (
        1914,
        2022,
    )
