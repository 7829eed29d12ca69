"""L2, when it would happen: a partnership month by month, many times over.

Each month every member a that is still in compares staying with its best way out:

    drift_a  <- persistence * drift_a + shock * z
    staying_a = sum_b tie_ab [b is still in] + drift_a + aid_a [a war is on]
    outside_a = the best of the options that stand by now, 0 without one
    P(a leaves this month) = 1 / (1 + exp(-(base + slope * (outside_a - staying_a))))

a discrete competing-risk hazard. Members move at the same time. A block of 64 runs shares one
draw of the parameters, so that what is not known of them can be told from chance. Arithmetic is
float32 over a structure of arrays; every random number is a hash of seed, run, month and member
(`counter_hash`), so results do not depend on blocks or threads. `kernel.py` is the same loop
compiled; this module is what it is tested against, to the bit.
"""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fairweather.errors import MisuseError

Singles = NDArray[np.float32]
Words = NDArray[np.uint32]
Months = NDArray[np.int32]

BLOCK = 64
"""Runs that share one draw of the parameters."""

CHUNK = 64
"""Blocks that are worked on together; memory does not grow beyond one chunk a thread."""

NEVER = 2**31 - 1
"""The month of what does not happen."""

WAR_STREAM = 2**20
"""Counters above those of the monthly steps: when a war begins; options follow it."""

COMPILED_FROM = 2000
"""Runs from which the compiled loop, where it is installed, is worth its start."""


@dataclass(frozen=True, eq=False, slots=True)
class Partnership:
    """The parameters of an ensemble, float32; the first axis is the draw.

    `ties` (draws, members, members): what the column is worth to the row, 0 on the diagonal;
    `aid` (draws, members): what a war adds to staying; `base`, `slope`, `persistence`, `shock`
    (draws,); `war` (draws,): P(a war begins within the horizon); `worth` and `made`
    (draws, options, members): what an option is worth, P(it stands by the horizon).
    """

    ties: Singles
    aid: Singles
    base: Singles
    slope: Singles
    persistence: Singles
    shock: Singles
    war: Singles
    worth: Singles
    made: Singles

    @property
    def draws(self) -> int:
        """How many draws of the parameters there are."""
        return len(self.ties)

    @property
    def members(self) -> int:
        """How many members the partnership has."""
        return int(self.ties.shape[1])

    def without(self, option: int) -> Partnership:
        """The same with one option never made."""
        made = self.made.copy()
        made[:, option] = 0.0
        return dataclasses.replace(self, made=made)


@dataclass(frozen=True, eq=False, slots=True)
class Exits:
    """Who left first and when, counted over runs.

    `first` (draws, members, months): runs in which that member is the first to leave, in that
    month (months from 0); ties of a month are shared out by halves, so counts are in 1/members!
    parts no smaller than a half for a pair. `runs` by draw, shape (draws,).
    """

    first: NDArray[np.float64]
    runs: NDArray[np.int64]

    @property
    def left_by(self) -> NDArray[np.float64]:
        """P(a member has ended it by the end of each month), (draws, members, months)."""
        total: NDArray[np.float64] = self.first.cumsum(axis=2) / self.runs[:, None, None]
        return total


def play_ensemble(
    partnership: Partnership,
    *,
    runs: int,
    months: int,
    seed: int = 0,
    threads: int = 1,
    compiled: bool | None = None,
    progress: Callable[[int], object] = lambda done: None,
) -> Exits:
    """First exits over `runs` (rounded up to whole blocks), streamed chunk by chunk.

    The same numbers for any `threads`, compiled or not; `compiled` None takes the compiled loop
    where it is installed and worth its start. `progress` hears how many runs are done. Raises
    MisuseError on fewer than one run, month or thread, or a negative seed.
    """
    if min(runs, months, threads) < 1 or seed < 0 or months >= WAR_STREAM // partnership.members:
        raise MisuseError(
            f"an ensemble needs a run, a month and a thread or more and a seed of 0 or more, not "
            f"{runs} runs, {months} months, {threads} threads, seed {seed}"
        )
    leave = _loop(runs if compiled is None else None, compiled)
    blocks = -(-runs // BLOCK)
    first = np.zeros((partnership.draws, partnership.members, months))
    counted = np.zeros(partnership.draws, dtype=np.int64)

    def played(start: int) -> tuple[NDArray[np.int64], Months]:
        numbers = np.arange(start, min(start + CHUNK, blocks))
        return numbers % partnership.draws, leave(_chunk(partnership, numbers, months, seed))

    done = 0
    for draws, left in _in_order(played, range(0, blocks, CHUNK), threads):
        _count(left, draws, first, counted)
        done += BLOCK * len(draws)
        progress(done)
    return Exits(first, counted)


def _loop(runs: int | None, compiled: bool | None) -> Callable[[Chunk], Months]:
    if compiled or (runs is not None and runs >= COMPILED_FROM):
        try:
            from fairweather.scenario.kernel import leave_months_compiled
        except ImportError:
            if compiled:
                raise MisuseError(
                    "the compiled ensemble needs the extra: pip install fairweather[fast]"
                ) from None
        else:
            return leave_months_compiled
    return leave_months


def _in_order(
    played: Callable[[int], tuple[NDArray[np.int64], Months]], starts: range, threads: int
) -> Iterator[tuple[NDArray[np.int64], Months]]:
    """Every chunk in its order, a few ahead of the one that is counted."""
    if threads == 1:
        yield from map(played, starts)
        return
    threads = min(threads, len(starts), 4 * (os.cpu_count() or 1))
    with ThreadPoolExecutor(threads) as pool:
        waves = [starts[at : at + 4 * threads] for at in range(0, len(starts), 4 * threads)]
        for wave in waves:
            yield from pool.map(played, wave)


def _count(
    left: Months,
    draws: NDArray[np.int64],
    first: NDArray[np.float64],
    counted: NDArray[np.int64],
) -> None:
    """Adds a chunk's first exits; `left` has shape (blocks, members, BLOCK)."""
    soonest = left.min(axis=1)
    is_first = (left == soonest[:, None]) & (soonest[:, None] < NEVER)
    share = 1.0 / np.maximum(is_first.sum(axis=1), 1)
    block, member, run = np.nonzero(is_first)
    month = left[block, member, run]
    np.add.at(first, (draws[block], member, month), share[block, run])
    np.add.at(counted, draws, BLOCK)


@dataclass(frozen=True, eq=False, slots=True)
class Chunk:
    """What the loop over months works on: parameters by block, starts and keys by run."""

    ties: Singles
    aid: Singles
    base: Singles
    slope: Singles
    persistence: Singles
    shock: Singles
    worth: Singles
    stands_from: Months
    war_from: Months
    keys: Words
    months: int


def _chunk(partnership: Partnership, numbers: NDArray[np.int64], months: int, seed: int) -> Chunk:
    draws = numbers % partnership.draws
    run = (numbers[:, None] * BLOCK + np.arange(BLOCK)).astype(np.uint32)
    start = np.array([(seed ^ seed >> 32) & 0xFFFFFFFF], dtype=np.uint32)
    keys = mixed(run + mixed(start))
    options, members = partnership.worth.shape[1:]
    stands_from = np.empty((len(numbers), options, members, BLOCK), dtype=np.int32)
    for option in range(options):
        for member in range(members):
            place = uniform(keys, WAR_STREAM + 1 + option * members + member)
            odds = partnership.made[draws, option, member][:, None]
            stands_from[:, option, member] = _begins(odds, place, months)
    return Chunk(
        ties=partnership.ties[draws],
        aid=partnership.aid[draws],
        base=partnership.base[draws],
        slope=partnership.slope[draws],
        persistence=partnership.persistence[draws],
        shock=partnership.shock[draws],
        worth=partnership.worth[draws],
        stands_from=stands_from,
        war_from=_begins(partnership.war[draws][:, None], uniform(keys, WAR_STREAM), months),
        keys=keys,
        months=months,
    )


def _begins(odds: Singles, place: Singles, months: int) -> Months:
    """The month in which something begins that does so by the horizon with `odds`.

    At a constant hazard; what is certain stands from the start.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        month = months * np.log1p(-place.astype(np.float64)) / np.log1p(-odds.astype(np.float64))
    begun = np.where(odds >= 1, 0.0, np.where(odds <= 0, NEVER, np.floor(month)))
    return np.minimum(begun, NEVER).astype(np.int32)


def leave_months(chunk: Chunk) -> Months:
    """The month in which each member leaves, (blocks, members, BLOCK); NEVER if it stays."""
    blocks, members = chunk.aid.shape
    left = np.full((blocks, members, BLOCK), NEVER, dtype=np.int32)
    inside = np.ones((blocks, members, BLOCK), dtype=np.float32)
    drift = np.zeros_like(inside)
    for month in range(chunk.months):
        at_war = (chunk.war_from <= month).astype(np.float32)
        staying_on = inside.copy()
        for member in range(members):
            shock, chance = _shock_and_chance(chunk, month, member)
            drift[:, member] = chunk.persistence[:, None] * drift[:, member] + shock
            staying = drift[:, member] + chunk.aid[:, member, None] * at_war
            for other in range(members):
                staying += chunk.ties[:, member, other, None] * inside[:, other]
            gap = _outside(chunk, month, member) - staying
            odds = exponential(-(chunk.base[:, None] + chunk.slope[:, None] * gap))
            leaves = (chance * (np.float32(1.0) + odds) < 1) & (inside[:, member] > 0)
            left[:, member][leaves] = month
            staying_on[:, member][leaves] = 0.0
        inside = staying_on
    return left


def _shock_and_chance(chunk: Chunk, month: int, member: int) -> tuple[Singles, Singles]:
    counter = (month * chunk.aid.shape[1] + member) * 2
    shock = chunk.shock[:, None] * near_normal(counter_hash(chunk.keys, counter))
    return shock, uniform(chunk.keys, counter + 1)


def _outside(chunk: Chunk, month: int, member: int) -> Singles:
    best = np.zeros(chunk.keys.shape, dtype=np.float32)
    for option in range(chunk.worth.shape[1]):
        stands = (chunk.stands_from[:, option, member] <= month).astype(np.float32)
        np.maximum(best, stands * chunk.worth[:, option, member, None], out=best)
    return best


def mixed(word: Words) -> Words:
    """A 32-bit word well mixed: the "lowbias32" hash of C. Wellons (2018)."""
    word = word ^ (word >> np.uint32(16))
    word = word * np.uint32(0x7FEB352D)
    word = word ^ (word >> np.uint32(15))
    word = word * np.uint32(0x846CA68B)
    return word ^ (word >> np.uint32(16))


def counter_hash(keys: Words, counter: int) -> Words:
    """The random word of one counter in the stream of each key."""
    return mixed(keys ^ np.uint32(counter * 0x9E3779B9 & 0xFFFFFFFF))


def uniform(keys: Words, counter: int) -> Singles:
    """A number in (0, 1), of 23 bits so that float32 holds it exactly."""
    bits = (counter_hash(keys, counter) >> np.uint32(9)).astype(np.float32)
    place: Singles = (bits + np.float32(0.5)) * np.float32(2.0**-23)
    return place


_BYTE_SUM_MEAN = np.float32(510.0)
_BYTE_SUM_SCALE = np.float32((4 * (256**2 - 1) / 12) ** -0.5)


def near_normal(word: Words) -> Singles:
    """The sum of a word's four bytes, standardised: normal to within 3.5 deviations."""
    byte = np.uint32(255)
    total = (word & byte) + ((word >> np.uint32(8)) & byte)
    total = total + ((word >> np.uint32(16)) & byte) + (word >> np.uint32(24))
    swing: Singles = (total.astype(np.float32) - _BYTE_SUM_MEAN) * _BYTE_SUM_SCALE
    return swing


EXPONENT_BOUND = np.float32(60.0)
_LOG2_E = np.float32(1.4426950408889634)
_LN2 = np.float32(0.6931471805599453)
TAYLOR = tuple(np.float32(value) for value in (1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1.0, 1.0))


def exponential(power: Singles) -> Singles:
    """Exp to about 2e-6 for powers kept within 60: 2^whole times a series of the rest."""
    bounded = np.minimum(np.maximum(power, -EXPONENT_BOUND), EXPONENT_BOUND)
    scaled = bounded * _LOG2_E
    whole = np.floor(scaled + np.float32(0.5))
    rest = (scaled - whole) * _LN2
    series = np.full_like(rest, TAYLOR[0])
    for coefficient in TAYLOR[1:]:
        series = series * rest + coefficient
    doubled: Singles = ((whole.astype(np.int32) + np.int32(127)) << np.int32(23)).view(np.float32)
    result: Singles = series * doubled
    return result
