"""What gets through a network: the narrowest cut, links that fail, rivals that drain."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.scenario.mechanisms import parse_mechanism
from fairweather.scenario.mechanisms.network_flow import narrowest_cuts

scipy_flow = pytest.importorskip("scipy.sparse.csgraph")

LINKS = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 20)), min_size=1, max_size=12
)


def flow(links: list[tuple[int, int, int]]) -> float:
    cuts = narrowest_cuts(6, [(home, dest) for home, dest, _ in links])
    return float((cuts @ np.array([float(capacity) for _, _, capacity in links])).min())


@settings(deadline=None, max_examples=60)
@given(LINKS)
def test_the_narrowest_cut_is_the_maximum_flow(links: list[tuple[int, int, int]]) -> None:
    from scipy.sparse import coo_matrix

    links = [link for link in links if link[0] != link[1]]
    if not links:
        return
    homes, dests, capacities = zip(*links, strict=True)
    graph = coo_matrix((capacities, (homes, dests)), shape=(6, 6), dtype=np.int32).tocsr()
    assert flow(links) == scipy_flow.maximum_flow(graph, 0, 1).flow_value


TEXT = """
mechanism = "corridor"
name = "Rail and ferry"
as_of = 2025-06-01
horizon = "24 months"
origin = "mine"
destination = "mill"
unit = "trains"
demand = 30
[links.rail]
from = "mine"
to = "port"
capacity = 20
hazard = {hazard}
recovery = 4
[links.road]
from = "mine"
to = "port"
capacity = 5
[links.ferry]
from = "port"
to = "mill"
capacity = 40
[[links.rail.status]]
on = "2024-03"
state = "{state}"
[rivals.canal]
capacity = 12
advantage = {advantage}
pull = 3
"""


def played(state: str = "open", hazard: float = 0.0, advantage: float = 0.0) -> dict[str, float]:
    text = TEXT.format(state=state, hazard=hazard, advantage=advantage)
    figures = parse_mechanism(text).play(draws=200).figures
    return {figure.arguments[-1]: figure.value or 0.0 for figure in figures}


def test_a_closed_railway_leaves_the_road() -> None:
    assert played()["flow-now"] == 25
    closed = played("closed")
    assert closed["flow-now"] == 5
    assert closed["flow-whole"] == 25
    assert closed["flow-ahead"] > 5, "it comes back after four months on average"


def test_the_link_that_everything_passes_costs_all() -> None:
    found = played()
    assert found["loss-ferry"] == 1
    assert found["loss-rail"] == pytest.approx(20 / 25)


def test_a_railway_that_fails_carries_less_over_two_years() -> None:
    assert played(hazard=0.1)["flow-ahead"] < played()["flow-ahead"] == 25


@pytest.mark.parametrize(("worse", "better"), [(-1, 0), (0, 0.5), (0.5, 1)])
def test_a_better_rival_never_leaves_more(worse: float, better: float) -> None:
    assert played(advantage=better)["demand-met"] <= played(advantage=worse)["demand-met"]


def test_a_rival_takes_no_more_than_it_can_carry() -> None:
    assert played(advantage=1)["drain-canal"] == pytest.approx(12 / 30)


def test_a_link_may_be_closed_at_first_and_reopened_on_a_date() -> None:
    text = TEXT.format(state="closed", hazard=0, advantage=0).replace("2025-06-01", "2024-02-01")
    figures = {one.arguments[-1]: one.value for one in parse_mechanism(text).play(draws=2).figures}
    assert figures["flow-now"] == 25
