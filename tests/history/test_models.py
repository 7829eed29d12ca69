"""Small models: what they say can be read, kept and repeated."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.errors import UnknownKey
from fairweather.history.fitted import estimate
from fairweather.history.models.horizon import (
    before_other_ends,
    over_horizon,
    per_year,
    shift_to_yearly,
)
from fairweather.history.models.logistic import Logistic, expit, fit_logistic, shift_to_match
from fairweather.history.models.mixing import mixing_weights, weights_by_likelihood
from fairweather.history.models.terms import design, evaluate
from fairweather.history.models.trees import Trees

RNG = np.random.default_rng(7)


def test_a_term_is_read_as_it_is_written() -> None:
    columns = {"age": np.array([3.0, 12.0, np.nan]), "defense": np.array([1.0, 1.0, 0.0])}
    assert evaluate("above:age:10", columns)[:2].tolist() == [0.0, 2.0]
    assert evaluate("within:age:0:5", columns).tolist() == [1.0, 0.0, 0.0]
    assert evaluate("known:age", columns).tolist() == [1.0, 1.0, 0.0]
    assert evaluate("log1p:age*defense", columns)[0] == pytest.approx(np.log(4))


def test_an_unknown_column_gets_a_suggestion() -> None:
    with pytest.raises(UnknownKey, match='did you mean "defense"'):
        evaluate("defence", {"defense": np.zeros(1)})


def test_the_fit_finds_what_made_the_cases() -> None:
    x = RNG.normal(size=4000)
    happened = (RNG.random(4000) < expit(-1 + 2 * x)).astype(float)
    model = fit_logistic(("x",), {"x": x}, happened, penalty=1e-6)
    assert model.coefficients[0] / model.spreads[0] == pytest.approx(2, abs=0.25)
    assert model.probabilities({"x": x}).mean() == pytest.approx(happened.mean(), abs=1e-6)


def test_what_is_not_known_moves_the_answer_neither_way() -> None:
    x = RNG.normal(size=200)
    model = fit_logistic(("x",), {"x": x}, (x > 0).astype(float), penalty=1.0)
    assert model.logits({"x": np.array([np.nan])})[0] == pytest.approx(model.intercept)


@given(st.lists(st.floats(-3, 3), min_size=3, max_size=30))
@settings(deadline=None, max_examples=30)
def test_a_model_kept_as_json_says_the_same(values: list[float]) -> None:
    x = np.array(values)
    happened = (np.arange(len(x)) % 2).astype(float)
    model = fit_logistic(("x",), {"x": x}, happened, penalty=1.0)
    again = Logistic.from_json(model.to_json())
    chances = again.probabilities({"x": x})
    assert chances.tolist() == model.probabilities({"x": x}).tolist()
    assert ((chances > 0) & (chances < 1)).all()


def test_a_shift_meets_the_count() -> None:
    logits = RNG.normal(size=500)
    happened = (RNG.random(500) < 0.3).astype(float)
    moved = expit(logits + shift_to_match(logits, happened))
    assert moved.sum() == pytest.approx(happened.sum(), abs=1)
    yearly = per_year(expit(logits + shift_to_yearly(logits, happened, 5)))
    assert yearly.sum() == pytest.approx(happened.sum() + 0.3, abs=0.01)


@given(st.floats(0, 0.9))
def test_years_and_horizon_are_inverse(chance: float) -> None:
    assert per_year(over_horizon(np.array([chance])))[0] == pytest.approx(chance, abs=1e-6)


def test_the_mixture_prefers_the_model_that_was_right() -> None:
    happened = (RNG.random(400) < 0.5).astype(float)
    chances = np.column_stack([0.2 + 0.6 * happened, np.full(400, 0.5)])
    weights = mixing_weights(chances, happened, towards_equal=0.1)
    assert weights.sum() == pytest.approx(1)
    assert weights[0] > 0.95


def test_trees_walk_to_the_same_leaf_after_being_kept(tmp_path: Path) -> None:
    trees = Trees(
        terms=("x",),
        intercept=0.5,
        roots=np.array([0]),
        term=np.array([0, -1, -1]),
        threshold=np.array([1.0, 0.0, 0.0]),
        left=np.array([1, 0, 0]),
        right=np.array([2, 0, 0]),
        unknown_left=np.array([1, 0, 0]),
        value=np.array([0.0, -1.0, 2.0]),
    )
    columns = {"x": np.array([0.0, 3.0, np.nan])}
    trees.save(tmp_path / "trees.npz")
    for one in (trees, Trees.load(tmp_path / "trees.npz")):
        assert one.logits(columns).tolist() == [-0.5, 2.5, -0.5]


def test_without_a_pact_the_models_are_silent() -> None:
    for name in ("honoured", "violated", "ended"):
        told = estimate(name, "none", {})
        assert told.chance is None
        assert told.silent


def test_a_pact_class_with_few_cases_is_not_told() -> None:
    told = estimate("honoured", "other", {"defense": 0.0})
    assert told.chance is None
    assert "fewer than" in told.silent


@pytest.mark.parametrize(
    ("name", "pact"),
    [("honoured", "defense"), ("violated", "nonaggression"), ("ended", "nonaggression")],
)
def test_a_model_tells_a_chance_and_what_moved_it(name: str, pact: str) -> None:
    told = estimate(name, pact, {"bilat": 1.0, "age": 3.0})
    assert told.chance is not None
    assert 0 < told.chance < 1
    assert told.reasons


def test_joining_is_told_with_what_was_not_known() -> None:
    told = estimate("joins", "defense", {"allied": 1.0, "defense": 1.0, "p_major": 1.0})
    assert told.chance is not None
    assert 0 < told.chance < 0.2
    assert {"log_cinc_p", "pol_p"} <= set(told.unknown)
    assert estimate("joins", "none", {}).chance is None


def test_a_pact_that_may_end_otherwise_is_violated_less_often() -> None:
    columns = {"age": np.array([3.0])}
    rare, often = (
        Logistic(("age",), np.zeros(1), np.ones(1), level, np.zeros(1)) for level in (-30.0, 0.0)
    )
    one = Logistic(("age",), np.zeros(1), np.ones(1), -3.0, np.zeros(1))
    alone = before_other_ends(one, rare, columns)[0]
    assert alone == pytest.approx(over_horizon(one.probabilities(columns))[0])
    assert before_other_ends(one, often, columns)[0] < alone


def test_a_likelier_model_weighs_more() -> None:
    happened = (RNG.random(400) < 0.3).astype(float)
    chances = np.column_stack([0.2 + 0.4 * happened, np.full(400, 0.3)])
    learned = weights_by_likelihood(chances, happened, weights=np.ones(400), towards_equal=2.0)
    assert learned.sum() == pytest.approx(1)
    assert learned[0] > 0.9


def test_design_has_a_column_a_term() -> None:
    assert design(("x", "x*x"), {"x": np.ones(4)}).shape == (4, 2)
