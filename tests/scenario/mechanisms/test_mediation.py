"""Bargains: where an issue settles, who takes which deal, and what mediators add."""

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.scenario.mechanisms import parse_mechanism
from fairweather.scenario.mechanisms.condorcet import condorcet_election, expected_place
from fairweather.scenario.mechanisms.mediation import weighted_mean


def test_the_weighted_mean_of_a_published_case(closed_forms: Path) -> None:
    folder = closed_forms.parent / "scholz2011"
    with (folder / "ec_emission_inputs.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    column = {key: np.array([float(row[key]) for row in rows]) for key in list(rows[0])[1:]}
    mean = weighted_mean(column["Capability"] * column["Salience"], column["Position"])
    expected = json.loads((folder / "expected.json").read_text())["initial"]["weighted_mean"]
    assert float(mean) == pytest.approx(expected)


def test_the_condorcet_election_of_a_published_case(closed_forms: Path) -> None:
    case = json.loads((closed_forms.parent / "ktab" / "pce_pmdemo.json").read_text())
    found = condorcet_election(case["weights"], case["utilities"])
    # The published figures have three digits, and so have the inputs.
    assert found == pytest.approx(case["pce"], abs=5.1e-4)
    assert found == pytest.approx(case["own_reimplementation"], abs=1e-9)


weights = st.lists(st.floats(0.01, 10), min_size=2, max_size=6)


@settings(deadline=None, max_examples=40)
@given(weights, st.integers(0, 2**32 - 1))
def test_an_election_is_a_probability_over_its_options(
    given_weights: list[float], seed: int
) -> None:
    utilities = np.random.default_rng(seed).random((len(given_weights), 4))
    chances = condorcet_election(given_weights, utilities)
    assert chances.sum() == pytest.approx(1)
    assert (chances >= 0).all()


def test_an_issue_settles_among_the_positions_taken() -> None:
    place = expected_place(np.array([1.0, 2.0, 1.0]), np.array([10.0, 40.0, 90.0]))
    assert 10 < place < 90


TEXT = """
mechanism = "mediation"
name = "River water"
as_of = 2025-01-01
[issues.share]
low = "all upstream"
high = "all downstream"
status_quo = 20
[parties.ETH]
capability = 1
positions = {{share = 10}}
salience = {{share = 0.8}}
[parties.EGY]
capability = 1
positions = {{share = 90}}
salience = {{share = 0.8}}
[mediators.USA]
presses = {{ETH = {pressure}}}
[deals.interim]
terms = {{share = {term}}}
credibility = 0.7
"""


def played(term: float = 40, pressure: float = 0.0) -> dict[str, float]:
    text = TEXT.format(term=term, pressure=pressure)
    figures = parse_mechanism(text).play(draws=300).figures
    return {figure.arguments[-1]: figure.value or 0.0 for figure in figures}


def test_equal_parties_meet_in_the_middle() -> None:
    assert played()["settles-share"] == pytest.approx(50)


@settings(deadline=None, max_examples=25)
@given(st.floats(20, 90), st.floats(20, 90))
def test_a_deal_nearer_to_a_party_is_never_less_welcome(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert played(high)["accepts-interim-egy"] >= played(low)["accepts-interim-egy"] - 1e-12
    assert played(high)["accepts-interim-eth"] <= played(low)["accepts-interim-eth"] + 1e-12


def test_pressure_wins_over_the_party_it_is_put_on_and_no_other() -> None:
    free, pressed = played(), played(pressure=0.3)
    assert pressed["accepts-interim-eth"] > free["accepts-interim-eth"]
    assert pressed["accepts-interim-egy"] == free["accepts-interim-egy"]
    assert pressed["mediators-interim"] > 0 == free["mediators-interim"]


def test_a_deal_that_changes_nothing_leaves_all_in_two_minds() -> None:
    assert played(term=20)["accepts-interim-egy"] == pytest.approx(0.5)
