"""The tone of a pair: months without a gap, changes where they are, a forecast with an interval."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairweather.errors import NothingFound
from fairweather.history.tone import (
    ToneSeries,
    change_points,
    from_signed_log,
    load_tone_model,
    next_month,
    signed_log,
    tone_columns,
)


def series(values: list[float]) -> ToneSeries:
    months = tuple(f"{2020 + at // 12}-{at % 12 + 1:02}" for at in range(len(values)))
    return ToneSeries(months, np.array(values))


@given(st.floats(-1e4, 1e4))
def test_the_scale_can_be_taken_back(value: float) -> None:
    assert from_signed_log(signed_log(np.array([value])))[0] == pytest.approx(value, abs=1e-6)


def test_months_without_a_row_are_zero_and_none_is_missing() -> None:
    made = ToneSeries.from_sums({"2023-11": 30.0, "2024-02": -29.0})
    assert made.months == ("2023-11", "2023-12", "2024-01", "2024-02")
    assert made.tone[1] == made.tone[2] == 0
    assert made.tone[0] == pytest.approx(np.log(2))
    assert made.tone[3] == pytest.approx(-np.log(2))
    assert made.next_month == "2024-03"


def test_a_break_is_found_where_it_is() -> None:
    pytest.importorskip("ruptures")
    noise = np.random.default_rng(3).normal(0, 0.2, 36)
    made = series((np.where(np.arange(36) < 20, 2.0, -1.0) + noise).tolist())
    (change,) = change_points(made)
    assert change.month == made.months[20]
    assert change.before > 1.5
    assert change.after < -0.5


def test_noise_alone_is_no_change() -> None:
    pytest.importorskip("ruptures")
    assert change_points(series(np.random.default_rng(5).normal(0, 1, 48).tolist())) == ()


def test_a_friendly_pair_is_forecast_friendly_within_an_interval() -> None:
    made = series((3 + 0.3 * np.sin(np.arange(30))).tolist())
    told = next_month(made)
    assert told.low < told.tone < told.high
    assert 2 < told.tone < 4
    assert told.month == "2022-07"


def test_under_a_year_nothing_is_told() -> None:
    with pytest.raises(NothingFound, match="from 12 months on; here are 5"):
        next_month(series([1.0] * 5))


def test_the_tables_of_a_pair_become_a_series_with_changes_and_an_outlook() -> None:
    from types import SimpleNamespace

    from fairweather.desk.history import tones_of
    from fairweather.desk.tables import MonthTone, PairInTable

    names = [f"{2022 + at // 12}-{at % 12 + 1:02}" for at in range(24)]
    months = tuple(
        MonthTone(month=name, rows=40, intensity=4.0 if at < 12 else -4.0)
        for at, name in enumerate(names)
    )
    pair = PairInTable(dataset="gdelt", rows=960, quads={}, months=months)
    desk = SimpleNamespace(pair_in_tables=lambda a, b, as_of: (pair,))
    (told,) = tones_of(desk, "AAA", "BBB")  # type: ignore[arg-type]
    assert told.dataset == "gdelt"
    assert told.series.months == tuple(names)
    assert told.outlook is not None
    assert told.outlook.tone < 0


def test_a_pair_that_has_long_been_hostile_is_told_hostile() -> None:
    noise = np.random.default_rng(4).normal(0, 0.2, 36)
    cooled = series((np.where(np.arange(36) < 22, 1.0, -1.0) + noise).tolist())
    assert next_month(cooled).tone < -0.3


def test_what_is_told_of_foes_is_the_mirror_of_what_is_told_of_friends() -> None:
    values = np.random.default_rng(5).normal(0.5, 1, 24)
    friends, foes = (next_month(series((way * values).tolist())) for way in (1, -1))
    assert friends.tone == pytest.approx(-foes.tone)
    assert (friends.low, friends.high) == pytest.approx((-foes.high, -foes.low))


@pytest.mark.parametrize("level", [0.1, 1, 3, 7])
def test_a_tone_that_never_moved_is_told_to_stay_where_it_is(level: float) -> None:
    assert next_month(series([level] * 36)).tone == pytest.approx(level, rel=0.1)


def test_a_mild_month_of_quarrel_does_not_turn_a_long_friendship_and_a_loud_one_may() -> None:
    friendly = (2.5 + 0.2 * np.sin(np.arange(35))).tolist()
    calm, mild, loud = (next_month(series([*friendly, last])) for last in (2.5, -1.0, -6.0))
    assert loud.tone < 1 < mild.tone < calm.tone
    assert loud.high - loud.low > calm.high - calm.low


def test_what_befell_an_actors_other_pairs_moves_the_forecast_and_others_do_not() -> None:
    quiet = np.full((3, 24), 2.0)
    cooled = quiet.copy()
    cooled[0, -1] = -2.0
    actors = np.array([[0, 1], [0, 2], [3, 4]])
    model = load_tone_model()
    before, after = (model.say(tone_columns(panel, actors)) for panel in (quiet, cooled))
    assert after[1] < before[1]
    assert after[2] == before[2]
