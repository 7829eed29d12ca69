"""The likeliest moves of a pair: chances within N days, odds against the usual, reasons."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.errors import MisuseError, RecordError
from fairweather.history.next_moves.dealings import CLUES, Dealings, dealings, series_clues
from fairweather.history.next_moves.hazard import at_least_one, fit_hazard, shipped_hazard
from fairweather.history.next_moves.likeliest import likeliest

CONSULT, THREATEN = 0, 1


def record(*rows: tuple[int, int, int], today: int = 199) -> Dealings:
    """Dealings of (actor, kind, day), 200 days on record."""
    actor, kind, day = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    return dealings(actor, kind, day, first=0, today=today, kinds=3)


def often(actor: int, kind: int, *days: int) -> list[tuple[int, int, int]]:
    return [(actor, kind, day) for day in days]


ROWS = st.lists(
    st.tuples(st.integers(0, 1), st.integers(0, 2), st.integers(0, 199)), min_size=1, max_size=80
)


@settings(deadline=None)
@given(ROWS, st.integers(1, 89))
def test_every_chance_is_a_probability_that_never_falls_with_a_longer_span(rows, span):
    of = record(*rows)
    shorter, longer = likeliest(of, span), likeliest(of, span + 1)
    for move in shorter.moves:
        assert 0 < move.chance < 1
        assert move.odds_against_usual > 0
        same = next(m for m in longer.moves if (m.actor, m.kind) == (move.actor, move.kind))
        assert same.chance >= move.chance - 1e-9


def test_several_reports_of_one_day_are_one_move():
    once, thrice = record((0, CONSULT, 9)), record(*often(0, CONSULT, 9, 9, 9))
    assert np.array_equal(once.day, thrice.day)


def test_those_who_met_lately_are_likelier_to_meet_than_those_who_met_as_often_long_ago():
    lately = record(*often(0, CONSULT, 5, 60, 90, 150, 180, 188, 192, 196, 198))
    long_ago = record(*often(0, CONSULT, 2, 5, 8, 12, 20, 40, 60, 80, 100))
    one, other = likeliest(lately, 30).moves[0], likeliest(long_ago, 30).moves[0]
    assert one.usual == other.usual
    assert one.chance > other.chance
    assert one.odds_against_usual > other.odds_against_usual


def test_the_reasons_tell_how_lately_how_often_and_what_is_usual():
    days = (5, 60, 90, 150, 180, 188, 192, 196)
    move = likeliest(record(*often(0, CONSULT, *days)), 30, ("RUS", "IRN")).moves[0]
    assert move.reasons[0].startswith("last 3 days ago; on 5 of the last 60 days, usually 2.4")


def test_the_other_sides_own_moves_are_a_reason():
    threats = often(1, THREATEN, *range(150, 199, 3))
    moves = likeliest(record((0, THREATEN, 20), *threats), 30, ("RUS", "IRN")).moves
    answer = next(move for move in moves if move.actor == 0)
    assert any(reason.startswith("IRN did so itself") for reason in answer.reasons)


def test_a_kind_never_seen_between_the_two_is_not_listed():
    moves = likeliest(record(*often(0, CONSULT, *range(100, 120))), 30).moves
    assert {move.kind for move in moves} == {CONSULT}
    assert [move.reasons[0][:15] for move in moves if move.actor == 1] == ["never on record"]


def test_too_few_dealings_give_no_forecast_and_it_says_so():
    answer = likeliest(record(*often(0, CONSULT, 1, 2, 3)), 30)
    assert answer.moves == ()
    assert answer.abstains == "dealings on 3 days only; it takes 8 to speak"


def test_too_short_a_record_gives_no_forecast_and_it_says_so():
    answer = likeliest(record(*often(0, CONSULT, *range(20)), today=30), 7)
    assert "31 days on record only" in answer.abstains


@pytest.mark.parametrize("span", [0, -3, 91])
def test_a_span_that_was_never_measured_is_refused(span):
    with pytest.raises(MisuseError, match="give 1 to 90"):
        likeliest(record(*often(0, CONSULT, *range(20))), span)


def test_a_day_after_the_record_ends_is_refused():
    with pytest.raises(RecordError, match=r"day 300 is not in 0..199"):
        record((0, CONSULT, 300))


def test_the_long_run_rate_counts_half_a_case_where_there_is_none():
    series = series_clues(record(*often(0, CONSULT, *range(10))))
    assert series.usual.tolist() == pytest.approx([10.5 / 200, 0.5 / 200])


def test_fitting_finds_a_rate_that_is_twice_the_usual():
    rng = np.random.default_rng(3)
    usual = np.full(4000, 0.02)
    clues, days = rng.normal(size=(4000, len(CLUES))), rng.choice([7.0, 30.0], 4000)
    came = (rng.random(4000) < at_least_one(2 * usual * days, 1)) * 1.0
    hazard = fit_hazard(usual, np.full(4000, 4.0), clues, days, came)
    assert hazard.long_run.level[0] == pytest.approx(np.log(2), abs=0.1)
    assert np.abs(hazard.lately.level).max() < 0.1


def test_the_shipped_weights_let_what_was_lately_count_for_less_over_longer_spans():
    hazard = shipped_hazard()
    week = 1 + CLUES.index("same_week")
    assert hazard.lately.level[week] > 0 > hazard.lately.fading[week]
