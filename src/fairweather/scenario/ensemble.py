"""L2, when it would happen: a partnership month by month, many times over.

Each month every member a that is still in compares staying with its best way out:

    drift_a  <- persistence * drift_a + shock * z
    staying_a = sum_b tie_ab [b is still in] + drift_a + aid_a [a war is on]
    outside_a = the best of the options that stand by now, 0 without one
    odds_a    = exp(base + slope * (outside_a - staying_a))
    P(a leaves this month) = odds_a / (1 + odds_a)

a discrete competing-risk hazard. Members move at the same time. Chance is drawn once a member and
run: with u uniform it leaves in the first month in which u * product(1 + odds) reaches 1, which has
just these monthly chances (the inverse of its survival). Whatever only makes odds higher never
makes it leave later, so two plays that share their draws differ by what was changed and nothing
else.

A block of 64 runs shares one draw of the parameters, so that what is not known of them can be
told from chance. Arithmetic is float32 over a structure of arrays; log2(odds) without the drift is
held as `pull` and changed only by what happens: an option stands, a war begins, a member leaves.
`kernel.py` is the same loop compiled; this module is what it is tested against, to the bit.
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
from fairweather.scenario.random_words import (
    SWING_SCALE,
    Singles,
    Words,
    log_two,
    mixed,
    power_of_two,
    swings,
    uniform,
)

Months = NDArray[np.int32]

BLOCK = 64
"""Runs that share one draw of the parameters."""

CHUNK = 128
"""Blocks that are worked on together; memory does not grow beyond one chunk a thread."""

NEVER = 2**31 - 1
"""The month of what does not happen."""

WAR_STREAM = 2**20
PATIENCE_STREAM = 2**20 + 2**10
OPTION_STREAM = 2**21
"""Counters above those of the monthly swings: when a war begins, each member's chance, when each
option comes to stand."""

LATER = np.float32(2**30)
"""A month after any horizon."""

NO_WAIT_ENDS = 1e30
"""So long a wait lies after any horizon, whatever is drawn."""

LOG2_E = np.float32(1.4426950408889634)

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
    leave, count = _loops(runs >= COMPILED_FROM if compiled is None else compiled, compiled)
    pulls = _pulls(partnership, months)
    blocks = -(-runs // BLOCK)
    first = np.zeros((partnership.draws, partnership.members, months))
    counted = np.zeros(partnership.draws, dtype=np.int64)

    def played(start: int) -> tuple[NDArray[np.int64], Months]:
        numbers = np.arange(start, min(start + CHUNK, blocks))
        draws = numbers % partnership.draws
        return draws, leave(Chunk(pulls, draws, _keys(numbers, seed)))

    done = 0
    for draws, left in _in_order(played, range(0, blocks, CHUNK), threads):
        count(left, draws, first)
        np.add.at(counted, draws, BLOCK)
        done += BLOCK * len(draws)
        progress(done)
    return Exits(first, counted)


def _loops(wanted: bool, insisted: bool | None) -> tuple[Leave, Count]:
    if wanted:
        try:
            from fairweather.scenario.kernel import count_first_compiled, leave_months_compiled
        except ImportError:
            if insisted:
                raise MisuseError(
                    "the compiled ensemble needs the extra: pip install fairweather[fast]"
                ) from None
        else:
            return leave_months_compiled, count_first_compiled
    return leave_months, count_first


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


def count_first(left: Months, draws: NDArray[np.int64], first: NDArray[np.float64]) -> None:
    """Adds a chunk's first exits; `left` has shape (blocks, members, BLOCK)."""
    soonest = left.min(axis=1)
    block, run = np.nonzero(soonest < NEVER)
    month = soonest[block, run]
    is_first = left[block, :, run] == month[:, None]
    ended, member = np.nonzero(is_first)
    share = 1.0 / np.bincount(ended, minlength=len(block))
    place = np.ravel_multi_index((draws[block[ended]], member, month[ended]), first.shape)
    np.add.at(first.reshape(-1), place, share[ended])


@dataclass(frozen=True, eq=False, slots=True)
class Pulls:
    """A partnership's parameters by draw, on the scale of log2(odds); float32.

    `pull` (draws, members) is log2(odds) at the start; `steep` (draws,) what one unit of a way out
    adds to it; `tie` (draws, members, members), `aid` (draws, members) and `swing` (draws,) what
    a member, a war and a swing do; `option_wait` (draws, options, members) and `war_wait`
    (draws,): minus the months in which the odds that it has not begun halve.
    """

    pull: Singles
    tie: Singles
    aid: Singles
    steep: Singles
    persistence: Singles
    swing: Singles
    worth: Singles
    option_wait: Singles
    war_wait: Singles
    months: int

    def of(self, draws: NDArray[np.int64]) -> Pulls:
        """Those of some draws, in their order."""
        named = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        months = named.pop("months")
        return Pulls(**{name: values[draws] for name, values in named.items()}, months=months)


@dataclass(frozen=True, eq=False, slots=True)
class Chunk:
    """What the loop over months works on: the draw of each block, the key of each run."""

    pulls: Pulls
    draws: NDArray[np.int64]
    keys: Words


def _pulls(partnership: Partnership, months: int) -> Pulls:
    steep = partnership.slope * LOG2_E
    tie = partnership.ties * steep[:, None, None]
    return Pulls(
        pull=(partnership.base * LOG2_E)[:, None] - tie.sum(axis=2),
        tie=tie,
        aid=partnership.aid * steep[:, None],
        steep=steep,
        persistence=partnership.persistence,
        swing=partnership.shock * steep * SWING_SCALE,
        worth=partnership.worth,
        option_wait=_wait(partnership.made, months),
        war_wait=_wait(partnership.war, months),
        months=months,
    )


def _keys(numbers: NDArray[np.int64], seed: int) -> Words:
    """The key of every run of the blocks."""
    run = (numbers[:, None] * BLOCK + np.arange(BLOCK)).astype(np.uint32)
    start = np.array([(seed ^ seed >> 32) & 0xFFFFFFFF], dtype=np.uint32)
    return mixed(run + mixed(start))


def _wait(odds: Singles, months: int) -> Singles:
    """What log2 of a uniform number is multiplied by to give the month in which something begins.

    It does so by the horizon with `odds`, at a constant hazard; what is certain stands from the
    start.
    """
    with np.errstate(divide="ignore"):
        wait = -months / abs(np.log2(1 - np.clip(odds.astype(np.float64), 0.0, 1.0)))
    return np.maximum(wait, -NO_WAIT_ENDS).astype(np.float32)


def leave_months(chunk: Chunk) -> Months:
    """The month in which each member leaves, (blocks, members, BLOCK); NEVER if it stays."""
    pulls, keys = chunk.pulls.of(chunk.draws), chunk.keys
    blocks, members = pulls.pull.shape
    left = np.full((blocks, members, BLOCK), NEVER, dtype=np.int32)
    pull = np.repeat(pulls.pull[:, :, None], BLOCK, axis=2)
    patience = np.stack([uniform(keys, PATIENCE_STREAM + at) for at in range(members)], axis=1)
    drift, outside = np.zeros_like(pull), np.zeros_like(pull)
    starts = _starts(pulls, keys)
    for month in range(pulls.months):
        _begin(pulls, starts, month, pull, outside)
        for member in range(members):
            swing = swings(keys[:, : BLOCK // 2], month * members + member)
            moved = pulls.persistence[:, None] * drift[:, member]
            drift[:, member] = moved + pulls.swing[:, None] * swing
            odds = power_of_two(pull[:, member] - drift[:, member])
            patience[:, member] += patience[:, member] * odds
        goes = patience >= 1
        left[goes] = month
        patience[goes] = 0.0
        for member in range(members):
            pull += pulls.tie[:, :, member, None] * goes[:, None, member].astype(np.float32)
    return left


def _starts(pulls: Pulls, keys: Words) -> tuple[Months, Months]:
    """When a war begins (blocks, BLOCK), and each option (blocks, options, members, BLOCK)."""

    def month(wait: Singles, counter: int) -> Months:
        begun = wait[:, None] * log_two(uniform(keys, counter))
        since: Months = np.maximum(np.minimum(begun, LATER), 0).astype(np.int32)
        return since

    blocks, options, members = pulls.worth.shape
    stands = np.empty((blocks, options, members, BLOCK), dtype=np.int32)
    for option, member in np.ndindex(options, members):
        wait = pulls.option_wait[:, option, member]
        stands[:, option, member] = month(wait, OPTION_STREAM + option * members + member)
    return month(pulls.war_wait, WAR_STREAM), stands


def _begin(
    pulls: Pulls, starts: tuple[Months, Months], month: int, pull: Singles, outside: Singles
) -> None:
    """What begins in a month changes the pull: a war, and options that come to stand."""
    war, stands_from = starts
    pull -= pulls.aid[:, :, None] * (war == month).astype(np.float32)[:, None]
    for option in range(pulls.worth.shape[1]):
        stands = (stands_from[:, option] == month).astype(np.float32)
        best = np.maximum(outside, stands * pulls.worth[:, option, :, None])
        pull += pulls.steep[:, None, None] * (best - outside)
        outside[:] = best


Leave = Callable[[Chunk], Months]
Count = Callable[[Months, NDArray[np.int64], NDArray[np.float64]], None]
