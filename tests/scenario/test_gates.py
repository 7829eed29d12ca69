"""The engine against games and counts that were solved or published elsewhere."""

import json
from pathlib import Path

import numpy as np
import pytest

from fairweather.history import base_rate
from fairweather.scenario.mechanisms.signed_graph import frustration
from fairweather.scenario.private_costs import public_threat, take_it_or_leave_it


def test_a_demand_made_in_ignorance_risks_the_war_that_fearon_derives(closed_forms: Path) -> None:
    for case in json.loads((closed_forms / "fearon_tioli.json").read_text())["cases"]:
        found = take_it_or_leave_it(case["p"], case["cA"], case["cBmax"])
        assert found.demand == pytest.approx(case["demand"], abs=1e-3)
        assert found.war == pytest.approx(case["p_war"], abs=1e-3)


def test_a_public_threat_is_bluffed_and_resisted_as_derived(closed_forms: Path) -> None:
    for case in json.loads((closed_forms / "audience_cost.json").read_text())["cases"]:
        found = public_threat(case["p"], case["a"])
        assert found.resist == pytest.approx(case["resist_prob"], abs=1e-3)
        assert found.status_quo == pytest.approx(case["p_sq"], abs=1e-3)
        assert found.concede == pytest.approx(case["p_concede"], abs=1e-3)
        assert found.back_down == pytest.approx(case["p_backdown"], abs=1e-3)
        assert found.war == pytest.approx(case["p_war"], abs=1e-3)


def test_sides_that_err_come_to_war_more_often() -> None:
    sharp, dull = (take_it_or_leave_it(0.5, 0.1, 0.3, one) for one in (1e5, 5.0))
    assert dull.war > sharp.war


def test_frustration_counts_the_ties_that_fit_no_two_camps(closed_forms: Path) -> None:
    known = json.loads((closed_forms / "balance.json").read_text())
    for case in (*known["textbook"], *known["random"]):
        index, _ = frustration(np.array([case["S"]], dtype=float))
        assert index[0] == case["frustration_index"]


def test_the_shipped_rates_lie_by_the_published_ones() -> None:
    """Berkemeier and Fuhrmann 2018; a rate recounted from their rows may differ in rounding."""
    published = {"": 0.50, "_before_1945": 0.66, "_since_1945": 0.22, "_defense": 0.41}
    for name, rate in published.items():
        found = base_rate(f"honoured.berkemeier_fuhrmann{name}")
        assert found.occurred / found.cases == pytest.approx(rate, abs=0.05)
