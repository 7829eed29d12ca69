"""A partnership month by month: the same whoever computes it, and right where it can be solved."""

import numpy as np
import pytest

from fairweather.errors import MisuseError
from fairweather.scenario.ensemble import (
    BLOCK,
    Partnership,
    counter_hash,
    exponential,
    near_normal,
    play_ensemble,
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


@pytest.mark.parametrize("members", [2, 9])
def test_the_compiled_loop_is_the_plain_one_to_the_bit(members: int) -> None:
    pytest.importorskip("numba")
    group = pair(members=members)
    plain, fast = (
        play_ensemble(group, runs=3 * BLOCK, months=30, seed=5, compiled=compiled)
        for compiled in (False, True)
    )
    assert np.array_equal(plain.first, fast.first)


def test_threads_change_nothing() -> None:
    runs = 200 * BLOCK
    one, two = (play_ensemble(pair(), runs=runs, months=6, threads=n) for n in (1, 2))
    assert np.array_equal(one.first, two.first)


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


def test_chance_is_even() -> None:
    keys = np.arange(200_000, dtype=np.uint32)
    place = uniform(keys, 7).astype(float)
    assert place.mean() == pytest.approx(0.5, abs=0.003)
    assert np.corrcoef(place, uniform(keys, 8))[0, 1] == pytest.approx(0, abs=0.01)
    swing = near_normal(counter_hash(keys, 9)).astype(float)
    assert swing.mean() == pytest.approx(0, abs=0.01)
    assert swing.std() == pytest.approx(1, abs=0.01)


def test_the_exponential_is_one() -> None:
    powers = np.linspace(-20, 20, 4001).astype(np.float32)
    assert exponential(powers) == pytest.approx(np.exp(powers.astype(float)), rel=3e-6)


@pytest.mark.parametrize("wrong", [{"runs": 0}, {"months": 0}, {"threads": 0}, {"seed": -1}])
def test_what_cannot_be_played_is_refused(wrong: dict[str, int]) -> None:
    asked = {"runs": 64, "months": 6, "threads": 1, "seed": 0} | wrong
    with pytest.raises(MisuseError):
        play_ensemble(pair(), **asked)
