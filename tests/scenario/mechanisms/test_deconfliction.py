"""A channel spares clashes, is worth what it spares, and binds who would lose it."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.scenario.mechanisms import parse_mechanism

TEXT = """
mechanism = "deconfliction"
name = "Two navies in one strait"
as_of = 2025-01-01
horizon = "10 months"
[operations.NOR]
sorties = 20
exposure = 0.1
loss = 0.5
freedom = 0.4
forgone = 0.2
leak = 0.05
[operations.RUS]
sorties = 30
exposure = 0.2
loss = 0.5
freedom = 0.4
forgone = 0.2
leak = 0.05
[channel]
notice = {notice}
heeded = {heeded}
misfire = 0.01
[third]
supporter = "RUS"
partner = "CHN"
cap = "statements"
credibility = {credibility}
sensitivity = 8
"""


def played(notice: float = 0.8, heeded: float = 0.5, credibility: float = 0.5) -> dict[str, float]:
    text = TEXT.format(notice=notice, heeded=heeded, credibility=credibility)
    figures = parse_mechanism(text).play(draws=3).figures
    return {figure.arguments[-1]: figure.value or 0.0 for figure in figures}


def test_the_hazard_is_meetings_times_misfire() -> None:
    # 20 * .2 + 30 * .1 = 7 meetings a month, .07 clashes; .042 when 40 % of them are spared.
    found = played()
    assert found["clash-without"] == pytest.approx(1 - math.exp(-0.7))
    assert found["clash-with"] == pytest.approx(1 - math.exp(-0.42))


def test_the_channel_is_worth_clashes_spared_and_freedom_kept() -> None:
    assert played()["worth-rus"] == pytest.approx(0.28 * 0.5 + 0.4 * 0.15)


def test_restraint_is_the_odds_ratio_of_logit_choice() -> None:
    found = played()
    assert found["restraint"] == pytest.approx(math.exp(-8 * 0.5 * found["worth-rus"]))


unit = st.floats(0, 1)


@settings(deadline=None, max_examples=40)
@given(unit, unit, unit)
def test_more_notice_never_means_more_clashes(one: float, other: float, heeded: float) -> None:
    less, more = sorted((one, other))
    assert played(more, heeded)["clash-with"] <= played(less, heeded)["clash-with"] + 1e-12


@settings(deadline=None, max_examples=40)
@given(unit, unit)
def test_a_likelier_loss_never_restrains_less(one: float, other: float) -> None:
    less, more = sorted((one, other))
    hard, soft = (played(credibility=value)["restraint"] for value in (more, less))
    assert hard <= soft + 1e-12
