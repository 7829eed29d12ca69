"""Counts fade by their half-lives, and a look-up tells only what was seen."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.errors import RecordError
from fairweather.history.next_moves.counts import NEVER, FadingCounts, end_to_end
from fairweather.history.next_moves.moves import in_order

SIGHTINGS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 8)), min_size=1, max_size=60)


@settings(deadline=None)
@given(SIGHTINGS)
def test_a_rate_is_the_sum_of_all_sightings_each_halved_every_half_life(sightings):
    counts = FadingCounts((3.0, 30.0))
    for day in sorted({day for day, _ in sightings}):
        counts.add(np.array([key for when, key in sightings if when == day]), day)
    rates, age, seen = counts.look_up(np.arange(10), 31)
    for key in range(10):
        ages = np.array([31 - day for day, other in sightings if other == key])
        expected = [np.sum(0.5 ** (ages / half_life)) for half_life in (3, 30)]
        assert rates[key] == pytest.approx(expected, rel=1e-4)
        assert seen[key] == len(ages)
        assert age[key] == (ages.min() if len(ages) else NEVER)


def test_a_month_ago_weighs_half_by_a_half_life_of_a_month():
    counts = FadingCounts((30.0,))
    counts.add(np.array([5, 5]), 0)
    assert counts.look_up(np.array([5]), 30)[0][0, 0] == pytest.approx(1.0)


def test_nothing_was_ever_seen_by_counts_that_are_empty():
    rates, age, seen = FadingCounts((3.0,)).look_up(np.array([1]), 9)
    assert (rates[0, 0], age[0], seen[0]) == (0, NEVER, 0)


def test_spans_lay_the_rows_of_every_range_end_to_end():
    spans = end_to_end(np.array([0, 4, 4]), np.array([2, 4, 7]))
    assert spans.owner.tolist() == [0, 0, 2, 2, 2]
    assert spans.row.tolist() == [0, 1, 4, 5, 6]


def test_every_move_is_also_its_objects_move_under_the_inverse_relation():
    both = in_order(np.array([1]), np.array([0]), np.array([2]), np.array([7])).both_ways()
    assert list(zip(both.subject, both.relation, both.object, strict=True)) == [
        (1, 0, 2),
        (2, 1, 1),
    ]


def test_an_actor_outside_the_world_is_named_with_its_row():
    with pytest.raises(RecordError, match=r"row 1, object 9 is not in 0..3"):
        in_order(np.array([1, 1]), np.array([0, 0]), np.array([2, 9]), np.array([7, 8]), actors=4)
