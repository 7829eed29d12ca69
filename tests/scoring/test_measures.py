"""Scores have the values that the literature gives them, and their parts add up."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fairweather.scoring.measures import (
    binned,
    brier,
    calibration,
    decompose,
    decompose_ladder,
    log_score,
    mean_interval,
    ranked,
    score_range,
    share_interval,
    sharpness,
    skill,
)

# Brier 1950, table 1: ten forecasts of rain; it rained on the second, third and fourth day.
RAIN = np.array([0.7, 0.9, 0.8, 0.4, 0.2, 0.0, 0.0, 0.0, 0.0, 0.1])
RAINED = np.array([0.0, 1, 1, 1, 0, 0, 0, 0, 0, 0])
ONE = np.ones(10)


def test_briers_own_example_scores_nineteen_hundredths_over_both_classes() -> None:
    assert 2 * brier(RAIN, RAINED).mean() == pytest.approx(0.19)


def test_murphys_parts_of_briers_example_are_those_worked_out_by_hand() -> None:
    parts = decompose(RAIN, RAINED, ONE, np.unique(RAIN, return_inverse=True)[1])
    # Each value stands alone but the four noughts: only they are one bin.
    assert parts.uncertainty == pytest.approx(0.3 * 0.7)
    assert parts.reliability == pytest.approx(0.095)
    assert parts.resolution == pytest.approx(0.21)
    assert parts.within == pytest.approx(0.0)
    assert parts.total == pytest.approx(0.095)


def test_two_bins_are_taken_apart_as_in_murphys_formula() -> None:
    p = np.array([0.2] * 5 + [0.7] * 5)
    o = np.array([1.0, 0, 0, 0, 0, 1, 1, 1, 1, 0])
    parts = decompose(p, o, ONE, binned(p, 10))
    assert parts.reliability == pytest.approx((0.0**2 + 0.1**2) / 2)
    assert parts.resolution == pytest.approx(0.3**2)
    assert parts.uncertainty == pytest.approx(0.25)


@pytest.mark.parametrize(
    ("shares", "score"), [((0.2, 0.5, 0.3), 0.73), ((0.2, 0.3, 0.5), 0.89), ((1.0, 0, 0), 0.0)]
)
def test_ranked_scores_of_three_classes_are_those_of_the_textbook(
    shares: tuple[float, ...], score: float
) -> None:
    """Wilks 2005, section 7.4.8: unnormalised sums over two thresholds, the first class seen."""
    assert 2 * ranked(np.array([shares]), np.array([[1.0, 0, 0]]))[0] == pytest.approx(score)


def test_a_ladder_of_two_steps_gets_its_brier_score() -> None:
    shares, fell = np.array([[0.3, 0.7]]), np.array([[0.0, 1.0]])
    assert ranked(shares, fell)[0] == pytest.approx(brier(np.array([0.7]), np.array([1.0]))[0])


def test_a_near_miss_on_a_ladder_costs_less_than_a_far_one() -> None:
    fell = np.array([[0.0, 0, 0, 1]])
    near, far = np.array([[0.0, 0, 1, 0]]), np.array([[1.0, 0, 0, 0]])
    assert ranked(near, fell)[0] < ranked(far, fell)[0] == 1.0


def test_logarithms_of_even_odds_are_one_bit_and_certainty_stays_finite() -> None:
    assert log_score(np.array([0.5]), np.array([1.0]))[0] == pytest.approx(math.log(2))
    assert log_score(np.array([0.0]), np.array([1.0]))[0] == pytest.approx(-math.log(0.001))


def test_an_interval_is_scored_by_its_best_and_its_worst_point() -> None:
    low, high = np.array([0.2, 0.2, 0.2]), np.array([0.4, 0.4, 0.6])
    best, worst = score_range(brier, low, high, np.array([1.0, 0.0, 0.5]))
    assert best == pytest.approx([0.36, 0.04, 0.0])
    assert worst == pytest.approx([0.64, 0.16, 0.09])


def test_skill_is_one_for_perfection_and_nought_for_the_reference() -> None:
    assert (skill(0.0, 0.2), skill(0.2, 0.2), skill(0.3, 0.0)) == (1.0, 0.0, None)


def test_who_says_the_same_of_everything_is_not_sharp() -> None:
    assert sharpness(np.full(10, 0.4), ONE) == pytest.approx(0.0)
    assert sharpness(np.array([0.0, 1.0] * 5), ONE) == pytest.approx(0.25)


def test_jeffreys_interval_has_its_published_ends() -> None:
    """Brown, Cai and DasGupta 2001: 90 % of Beta(x + 1/2, n - x + 1/2)."""
    low, high = share_interval(0, 10)
    assert (low, high) == (0.0, pytest.approx(0.1708, abs=2e-3))


def test_few_questions_in_a_bin_have_no_interval() -> None:
    (one,) = calibration(np.full(4, 0.55), np.array([1.0, 0, 1, 0]), np.ones(4), np.arange(4))
    assert (one.count, one.low, one.high) == (4, None, None)


def test_revisions_of_one_question_make_no_interval_narrower() -> None:
    scores = np.array([0.1, 0.4, 0.2, 0.3])
    once = mean_interval(scores, np.ones(4), np.arange(4))
    thrice = mean_interval(np.tile(scores, 3), np.full(12, 1 / 3), np.tile(np.arange(4), 3))
    assert thrice == pytest.approx(once)


chances = arrays(np.float64, 30, elements=st.floats(0, 1))


@settings(deadline=None, max_examples=50)
@given(chances, st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=30, max_size=30), chances)
def test_parts_add_up_for_any_forecasts_outcomes_and_weights(
    p: np.ndarray, o: list[float], w: np.ndarray
) -> None:
    came, weight = np.array(o), w + 0.01
    parts = decompose(p, came, weight, binned(p, 10))
    mean = (weight * brier(p, came)).sum() / weight.sum()
    assert parts.total == pytest.approx(mean, abs=1e-12)


@settings(deadline=None, max_examples=30)
@given(arrays(np.float64, (20, 4), elements=st.floats(0.01, 1)), st.integers(0, 3))
def test_parts_of_ladders_add_up(raw: np.ndarray, answer: int) -> None:
    shares = raw / raw.sum(axis=1, keepdims=True)
    fell = np.eye(4)[(np.arange(20) + answer) % 4]
    parts = decompose_ladder(shares, fell, np.ones(20), 10)
    assert parts.total == pytest.approx(ranked(shares, fell).mean(), abs=1e-12)
