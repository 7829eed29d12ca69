"""Chances of whom a move meets: true probabilities, from the past alone."""

from __future__ import annotations

import numpy as np
import pytest

from fairweather.errors import RecordError
from fairweather.history.next_moves.candidates import Questions
from fairweather.history.next_moves.forecaster import Forecaster, Setting
from fairweather.history.next_moves.moves import Moves, in_order
from fairweather.history.next_moves.ranking import filtered_ranks, hits, reciprocal
from fairweather.history.next_moves.recurrency import Recurrency
from fairweather.history.next_moves.scorer import Fitting

QUICK = Setting(weighed=8, fitting=Fitting(hidden=8, passes=4))


def fitted(moves: Moves, until: int) -> Forecaster:
    """A forecaster that learnt the first half and was fitted on the second, up to a day."""
    forecaster = Forecaster(moves.actors, moves.relations, QUICK)
    forecaster.learn(moves.between(0, until // 2))
    forecaster.fit(moves.between(until // 2, until))
    return forecaster


def chances(forecaster: Forecaster, day: int, *asked: tuple[int, int]) -> np.ndarray:
    """The chance of every actor for each (subject, relation)."""
    subject, relation = np.array(asked).T
    parts = forecaster.forecast(Questions(subject, relation), day)
    return np.concatenate([part.over_all() for part in parts])


def test_the_chances_of_a_question_sum_to_one_over_all_actors(small_world):
    told = chances(fitted(small_world, 50), 50, (0, 0), (5, 1), (11, 5))
    assert told.shape == (3, small_world.actors)
    assert told.sum(axis=1) == pytest.approx(1.0, abs=1e-5)
    assert (told > 0).all()


def test_who_was_visited_every_other_day_is_the_likeliest_to_be_visited(small_world):
    told = chances(fitted(small_world, 50), 50, (0, 0))
    assert told[0].argmax() == 1


def test_the_question_can_be_put_from_the_side_that_is_acted_upon(small_world):
    visited_by = small_world.relations
    assert chances(fitted(small_world, 50), 50, (1, visited_by))[0].argmax() == 0


def test_what_happens_later_changes_no_forecast_of_today(small_world):
    later = small_world.between(50, 60)
    altered = in_order(
        *(
            np.concatenate([getattr(small_world.between(0, 50), n), c])
            for n, c in (
                ("subject", later.object),
                ("relation", later.relation),
                ("object", later.subject),
                ("day", later.day),
            )
        ),
        actors=small_world.actors,
        relations=small_world.relations,
    )
    one, other = fitted(small_world, 50), fitted(altered, 50)
    assert np.array_equal(chances(one, 50, (0, 0), (2, 1)), chances(other, 50, (0, 0), (2, 1)))


def test_the_same_seed_gives_the_same_chances(small_world):
    one, other = fitted(small_world, 40), fitted(small_world, 40)
    assert np.array_equal(chances(one, 40, (0, 0)), chances(other, 40, (0, 0)))


def test_a_day_learnt_changes_the_next_forecast(small_world):
    forecaster = fitted(small_world, 50)
    before = chances(forecaster, 52, (4, 0))
    forecaster.learn(
        in_order(
            np.array([4]), np.array([0]), np.array([9]), np.array([51]), actors=12, relations=3
        )
    )
    assert chances(forecaster, 52, (4, 0))[0, 9] > before[0, 9]


def test_a_forecaster_that_was_never_fitted_says_so(small_world):
    with pytest.raises(RuntimeError, match="call fit first"):
        chances(Forecaster(12, 3), 1, (0, 0))


def test_other_true_answers_do_not_count_against_a_rank_and_ties_share_theirs():
    scores = np.array([[0.5, 0.4, 0.1, 0.1]], dtype=np.float32)
    ranks = filtered_ranks(scores, np.array([0, 0, 0]), np.array([0, 1, 2]))
    assert ranks.tolist() == [1.0, 1.0, 1.5]
    assert hits(ranks, 1) == pytest.approx(2 / 3)
    assert reciprocal(ranks) == pytest.approx((1 + 1 + 1 / 1.5) / 3)


def test_recurrency_expects_again_what_was_lately(small_world):
    baseline = Recurrency(small_world.actors, small_world.relations)
    baseline.learn(small_world.between(0, 40))
    baseline.tune(small_world.between(40, 50))
    asked = in_order(
        np.array([0]), np.array([0]), np.array([1]), np.array([50]), actors=12, relations=3
    )
    assert baseline.ranks(asked.both_ways(), 50)[0] == 1


def test_of_many_lessons_an_even_sample_is_enough_to_find_who_is_visited(small_world):
    few = Setting(weighed=8, most_lessons=120, fitting=Fitting(hidden=4, passes=8))
    forecaster = Forecaster(small_world.actors, small_world.relations, few)
    forecaster.learn(small_world.between(0, 25))
    forecaster.fit(small_world.between(25, 50))
    assert chances(forecaster, 50, (0, 0))[0].argmax() == 1


def test_where_everybody_is_weighed_the_chances_still_sum_to_one(small_world):
    forecaster = Forecaster(small_world.actors, small_world.relations, Setting(weighed=99))
    forecaster.fit(small_world.between(0, 10))
    assert chances(forecaster, 10, (0, 0), (3, 2)).sum(axis=1) == pytest.approx(1.0, abs=1e-5)


def test_weights_cannot_be_fitted_on_nothing(small_world):
    with pytest.raises(RecordError, match="at least one day"):
        Forecaster(12, 3).fit(small_world.between(90, 99))
