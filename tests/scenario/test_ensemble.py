"""A partnership month by month: the same whoever computes it, and right where it can be solved."""

import dataclasses

import numpy as np
import pytest

from fairweather.errors import MisuseError
from fairweather.scenario.ensemble import (
    BLOCK,
    Partnership,
    _keys,
    play_ensemble,
)
from fairweather.scenario.random_words import (
    SWING_SCALE,
    log_two,
    power_of_two,
    swings,
    uniform,
)


def pair(draws: int = 4, members: int = 2, shock: float = 0.05, options: int = 1) -> Partnership:
    chance = np.random.default_rng(3)

    def numbers(*shape: int) -> np.ndarray:
        return chance.random(shape).astype(np.float32)

    ties = numbers(draws, members, members) * (1 - np.eye(members, dtype=np.float32))
    return Partnership(
        ties=ties,
        aid=numbers(draws, members) * 0,
        base=np.full(draws, -4.0, np.float32),
        slope=1 + numbers(draws),
        persistence=np.full(draws, 0.8, np.float32),
        shock=np.full(draws, shock, np.float32),
        war=np.zeros(draws, np.float32),
        worth=numbers(draws, options, members),
        made=np.zeros((draws, options, members), np.float32),
    )


def lively(draws: int = 4, members: int = 2, options: int = 2) -> Partnership:
    """A pair in which everything happens: swings, wars, ways out."""
    quiet = pair(draws, members, 0.2, options)
    return dataclasses.replace(
        quiet,
        aid=np.full((draws, members), 0.4, np.float32),
        war=np.full(draws, 0.6, np.float32),
        made=np.full((draws, options, members), 0.7, np.float32),
    )


def test_without_swings_exits_are_those_of_the_closed_form() -> None:
    calm = pair(shock=0.0)
    months = 24
    exits = play_ensemble(calm, runs=40_000, months=months, seed=1)
    staying = calm.ties.sum(axis=2)
    monthly = 1 / (1 + np.exp(-(calm.base[:, None] - calm.slope[:, None] * staying)))
    together = (1 - monthly).prod(axis=1) ** months
    left = exits.left_by[:, :, -1].sum(axis=1)
    error = np.sqrt(together * (1 - together) / exits.runs)
    assert (abs(left - (1 - together)) < 4 * error).all()


@pytest.mark.parametrize("members", [1, 2, 9])
def test_the_compiled_loop_is_the_plain_one_to_the_bit(members: int) -> None:
    pytest.importorskip("numba")
    group = lively(members=members)
    plain, fast = (
        play_ensemble(group, runs=3 * BLOCK, months=30, seed=5, compiled=compiled)
        for compiled in (False, True)
    )
    assert np.array_equal(plain.first, fast.first)


@pytest.mark.parametrize("options", [0, 3])
def test_both_loops_agree_where_ties_are_vast_and_wars_certain(options: int) -> None:
    pytest.importorskip("numba")
    group = lively(members=5, options=options)
    vast = dataclasses.replace(
        group, ties=group.ties * 100, aid=group.aid * 50, war=group.war + 1, made=group.made + 1
    )
    plain, fast = (
        play_ensemble(vast, runs=2 * BLOCK, months=9, seed=2**35, compiled=compiled)
        for compiled in (False, True)
    )
    assert np.array_equal(plain.first, fast.first)


def test_threads_change_nothing() -> None:
    runs = 200 * BLOCK
    for compiled in (False, True):
        if compiled:
            pytest.importorskip("numba")
        one, two, again = (
            play_ensemble(lively(), runs=runs, months=6, threads=n, compiled=compiled)
            for n in (1, 2, 1)
        )
        assert np.array_equal(one.first, two.first)
        assert np.array_equal(one.first, again.first)


def test_more_runs_leave_the_first_as_they_were() -> None:
    short, long = (play_ensemble(pair(1), runs=n, months=12, seed=2) for n in (BLOCK, 5 * BLOCK))
    assert (long.first >= short.first).all()


def test_a_million_runs_take_little_memory() -> None:
    import tracemalloc

    tracemalloc.start()
    play_ensemble(pair(2), runs=1_000_000, months=1)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 20e6


def test_an_option_draws_members_away() -> None:
    group = pair()
    tempted = Partnership(
        **{name: getattr(group, name) for name in group.__slots__} | {"made": group.made + 1}
    )
    left, more = (
        play_ensemble(one, runs=20_000, months=12).left_by[:, :, -1].sum()
        for one in (group, tempted)
    )
    assert more > left
    without = play_ensemble(tempted.without(0), runs=20_000, months=12)
    assert without.left_by[:, :, -1].sum() == left


def test_months_follow_the_hazard_month_by_month() -> None:
    """Against the plain way: every month a coin of its own, for each member."""
    group, months, runs = lively(draws=1, options=1), 36, 40_000
    left = play_ensemble(group, runs=runs, months=months, seed=4).left_by[0]
    chance = np.random.default_rng(7)
    drift = np.zeros((runs, 2))
    inside, first = np.ones((runs, 2), dtype=bool), np.zeros((2, months))
    standing = months * np.log(chance.random((runs, 2))) / np.log1p(-group.made[0, 0])
    war = months * np.log(chance.random(runs)) / np.log1p(-group.war[0])
    for month in range(months):
        drift = group.persistence[0] * drift + group.shock[0] * chance.normal(size=(runs, 2))
        staying = drift + inside @ group.ties[0].T.astype(float)
        staying += group.aid[0] * (np.floor(war) <= month)[:, None]
        outside = group.worth[0, 0] * (np.floor(standing) <= month)
        monthly = 1 / (1 + np.exp(-(group.base[0] + group.slope[0] * (outside - staying))))
        goes = inside & (chance.random((runs, 2)) < monthly)
        new = goes & inside.all(axis=1, keepdims=True)
        first[:, month] = (new / np.maximum(new.sum(axis=1, keepdims=True), 1)).sum(axis=0)
        inside &= ~goes
    told = first.cumsum(axis=1) / runs
    error = np.sqrt(2 * told * (1 - told) / runs) + 1e-9
    assert (abs(left - told) < 4 * error + 1e-3).all()


def test_chance_is_even() -> None:
    keys = np.arange(200_000, dtype=np.uint32)
    place = uniform(keys, 7).astype(float)
    assert place.mean() == pytest.approx(0.5, abs=0.003)
    assert np.corrcoef(place, uniform(keys, 8))[0, 1] == pytest.approx(0, abs=0.01)
    swing = swings(keys, 9).astype(float) * float(SWING_SCALE)
    assert swing.mean() == pytest.approx(0, abs=0.01)
    assert swing.std() == pytest.approx(1, abs=0.01)
    low, high = swing.reshape(2, -1)
    assert np.corrcoef(low, high)[0, 1] == pytest.approx(0, abs=0.01)
    assert np.corrcoef(swing, swings(keys, 10))[0, 1] == pytest.approx(0, abs=0.01)


def test_the_compiled_loop_meets_the_same_random_numbers() -> None:
    kernel = pytest.importorskip("fairweather.scenario.kernel")
    keys = _keys(np.arange(3), seed=8)
    places = np.empty(BLOCK, dtype=np.float32)
    for block in range(3):
        kernel._draw(keys[block], 5, places)
        assert np.array_equal(places, uniform(keys[block], 5))


def test_powers_and_logarithms_of_two_are_right() -> None:
    powers = np.linspace(-30, 30, 4001).astype(np.float32)
    assert power_of_two(powers) == pytest.approx(np.exp2(powers.astype(float)), rel=5e-6)
    places = uniform(np.arange(4000, dtype=np.uint32), 1)
    assert log_two(places) == pytest.approx(np.log2(places.astype(float)), rel=1e-6, abs=1e-7)


@pytest.mark.parametrize("wrong", [{"runs": 0}, {"months": 0}, {"threads": 0}, {"seed": -1}])
def test_what_cannot_be_played_is_refused(wrong: dict[str, int]) -> None:
    asked = {"runs": 64, "months": 6, "threads": 1, "seed": 0} | wrong
    with pytest.raises(MisuseError):
        play_ensemble(pair(), **asked)
