"""The loop of `ensemble.py`, compiled: the one module that needs the extra [fast] (Numba).

The same arithmetic in the same order, so that the two agree to the bit. Numba widens products of
32-bit words to 64 bits, which would change the random numbers: every operation is cast back.
What happens seldom (a beginning, a member leaving) is worked out run by run; what happens every
month is a loop over the runs of a block without branches, which the compiler makes vectors of.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from fairweather.scenario.ensemble import (
    BLOCK,
    LATER,
    NEVER,
    OPTION_STREAM,
    PATIENCE_STREAM,
    WAR_STREAM,
    Chunk,
    Months,
)
from fairweather.scenario.random_words import (
    GOLDEN,
    LOG_SERIES,
    POWER_BOUND,
    ROOT_HALF,
    ROUNDER,
    SERIES,
    SWING_MEAN,
)

_U32, _F32, _I32 = np.uint32, np.float32, np.int32
_S4, _S3, _S2, _S1, _S0 = SERIES
_L7, _L6, _L5, _L4, _L3, _L2, _L1, _L0 = LOG_SERIES
_HALF = BLOCK // 2
_WORD = 8
"""Flags that are read at once."""


def leave_months_compiled(chunk: Chunk) -> Months:
    """As `ensemble.leave_months`; releases the interpreter, so that threads run at once."""
    pulls = chunk.pulls
    left = np.full((len(chunk.draws), pulls.pull.shape[1], BLOCK), NEVER, dtype=np.int32)
    _leave(
        pulls.pull,
        pulls.tie,
        pulls.aid,
        pulls.steep,
        pulls.persistence,
        pulls.swing,
        pulls.worth,
        pulls.option_wait,
        pulls.war_wait,
        chunk.draws,
        chunk.keys,
        pulls.months,
        left,
    )
    return left


@numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)
def count_first_compiled(left: Any, draws: Any, first: Any) -> None:
    """As `ensemble.count_first`."""
    blocks, members, runs = left.shape
    for block in range(blocks):
        for run in range(runs):
            soonest, count = _I32(NEVER), 0
            for member in range(members):
                month = left[block, member, run]
                count = 1 if month < soonest else count + (month == soonest)
                soonest = min(soonest, month)
            if soonest < NEVER:
                for member in range(members):
                    if left[block, member, run] == soonest:
                        first[draws[block], member, soonest] += 1.0 / count


@numba.njit(inline="always")
def _mixed(word: Any) -> Any:
    word = _U32(word ^ _U32(word >> _U32(16)))
    word = _U32(word * _U32(0x7FEB352D))
    word = _U32(word ^ _U32(word >> _U32(15)))
    word = _U32(word * _U32(0x846CA68B))
    return _U32(word ^ _U32(word >> _U32(16)))


@numba.njit(inline="always")
def _swing_sums(word: Any) -> Any:
    pairs = _U32(_U32(word & _U32(0x0F0F0F0F)) + _U32(_U32(word >> _U32(4)) & _U32(0x0F0F0F0F)))
    return _U32(_U32(pairs & _U32(0x00FF00FF)) + _U32(_U32(pairs >> _U32(8)) & _U32(0x00FF00FF)))


@numba.njit(inline="always")
def _power_of_two(power: Any) -> Any:
    bounded = min(max(power, _F32(-POWER_BOUND)), POWER_BOUND)
    rounded = _F32(bounded + ROUNDER)
    rest = _F32(bounded - _F32(rounded - ROUNDER))
    series = _F32(_F32(_S4 * rest) + _S3)
    series = _F32(_F32(series * rest) + _S2)
    series = _F32(_F32(series * rest) + _S1)
    series = _F32(_F32(series * rest) + _S0)
    whole = _I32(rounded.view(np.int32) << _I32(23))
    return _I32(series.view(np.int32) + whole).view(np.float32)


@numba.njit(inline="always")
def _log_two(number: Any) -> Any:
    bits = number.view(np.int32)
    whole = _I32(_I32(bits - ROOT_HALF) >> _I32(23))
    rest = _F32(_I32(bits - _I32(whole << _I32(23))).view(np.float32) - _F32(1.0))
    series = _F32(_F32(_L7 * rest) + _L6)
    series = _F32(_F32(series * rest) + _L5)
    series = _F32(_F32(series * rest) + _L4)
    series = _F32(_F32(series * rest) + _L3)
    series = _F32(_F32(series * rest) + _L2)
    series = _F32(_F32(series * rest) + _L1)
    series = _F32(_F32(series * rest) + _L0)
    return _F32(_F32(whole) + _F32(series * rest))


@numba.njit(inline="always")
def _uniform(key: Any, spread: Any) -> Any:
    word = _mixed(_U32(key ^ spread))
    bits = _F32(_I32(_U32(word >> _U32(9))))
    return _F32(_F32(bits + _F32(0.5)) * _F32(2.0**-23))


@numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)
def _draw(keys: Any, counter: Any, places: Any) -> None:
    spread = _U32(_U32(counter) * _U32(GOLDEN))
    for run in range(BLOCK):
        places[run] = _uniform(keys[run], spread)


@numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)
def _starts(keys: Any, counter: Any, wait: Any, months: Any, since: Any, marked: Any) -> None:
    """When something begins in each run, and the months in which it does in any."""
    spread = _U32(_U32(counter) * _U32(GOLDEN))
    for run in range(BLOCK):
        begun = _F32(wait * _log_two(_uniform(keys[run], spread)))
        since[run] = _I32(max(min(begun, LATER), _F32(0.0)))
    marked[:] = False
    for run in range(BLOCK):
        marked[min(since[run], months)] = True


@numba.njit(inline="always")
def _war_begins(pull: Any, aid: Any, since: Any, now: Any) -> None:
    for member in range(len(pull)):
        helped = aid[member]
        for run in range(BLOCK):
            begun = _F32(1.0) if since[run] == now else _F32(0.0)
            pull[member, run] = _F32(pull[member, run] - _F32(helped * begun))


@numba.njit(inline="always")
def _option_stands(pull: Any, outside: Any, value: Any, steep: Any, since: Any, now: Any) -> None:
    for run in range(BLOCK):
        stands = _F32(1.0) if since[run] == now else _F32(0.0)
        best = max(outside[run], _F32(stands * value))
        pull[run] = _F32(pull[run] + _F32(steep * _F32(best - outside[run])))
        outside[run] = best


@numba.njit(inline="always")
def _month(
    keys: Any, counter: Any, pull: Any, drift: Any, patience: Any, swing: Any, kept: Any,
    size: Any, goes: Any,
) -> None:  # fmt: skip
    """One month of one member in all runs of a block; `goes` tells who leaves."""
    spread = _U32(_U32(counter) * _U32(GOLDEN))
    for run in range(_HALF):
        sums = _swing_sums(_mixed(_U32(keys[run] ^ spread)))
        swing[run] = _F32(_F32(_I32(_U32(sums & _U32(0xFFFF)))) - SWING_MEAN)
        swing[_HALF + run] = _F32(_F32(_I32(_U32(sums >> _U32(16)))) - SWING_MEAN)
    for run in range(BLOCK):
        drift[run] = _F32(_F32(kept * drift[run]) + _F32(size * swing[run]))
        odds = _power_of_two(_F32(pull[run] - drift[run]))
        patience[run] = _F32(patience[run] + _F32(patience[run] * odds))
        goes[run] = patience[run] >= _F32(1.0)


@numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)
def _take_leave(
    words: Any, goes: Any, patience: Any, pull: Any, tie: Any, left: Any, now: Any, leavers: Any
) -> None:
    """Those who go leave together; whoever is tied to them feels it from the next month."""
    members, count = len(words), 0
    for member in range(members):
        for word in range(BLOCK // _WORD):
            if words[member, word]:
                for run in range(word * _WORD, (word + 1) * _WORD):
                    leavers[count] = member * BLOCK + run
                    count += goes[member, run]
    for at in range(count):
        member, run = leavers[at] // BLOCK, leavers[at] % BLOCK
        left[member, run] = now
        patience[member, run] = _F32(0.0)
        for other in range(members):
            pull[other, run] = _F32(pull[other, run] + tie[other, member])


@numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)
def _leave(
    pulls: Any,
    ties: Any,
    aid: Any,
    steep: Any,
    persistence: Any,
    swings: Any,
    worth: Any,
    option_wait: Any,
    war_wait: Any,
    draws: Any,
    keys: Any,
    months: Any,
    left: Any,
) -> None:
    options, members = worth.shape[1:]
    pull = np.empty((members, BLOCK), dtype=np.float32)
    patience = np.empty((members, BLOCK), dtype=np.float32)
    drift = np.empty((members, BLOCK), dtype=np.float32)
    outside = np.empty((members, BLOCK), dtype=np.float32)
    swing = np.empty(BLOCK, dtype=np.float32)
    words = np.zeros((members, BLOCK // _WORD), dtype=np.uint64)
    goes = words.view(np.uint8)
    leavers = np.empty(members * BLOCK + 1, dtype=np.uint32)
    war_from = np.empty(BLOCK, dtype=np.int32)
    war = np.empty(months + 1, dtype=np.bool_)
    stands_from = np.empty((options, members, BLOCK), dtype=np.int32)
    stands = np.empty((options, members, months + 1), dtype=np.bool_)
    for block in range(len(draws)):
        key, draw = keys[block], draws[block]
        _starts(key, WAR_STREAM, war_wait[draw], months, war_from, war)
        for member in range(members):
            pull[member] = pulls[draw, member]
            drift[member] = _F32(0.0)
            outside[member] = _F32(0.0)
            _draw(key, PATIENCE_STREAM + member, patience[member])
            for option in range(options):
                counter, wait = OPTION_STREAM + option * members + member, option_wait[draw]
                since, marked = stands_from[option, member], stands[option, member]
                _starts(key, counter, wait[option, member], months, since, marked)
        for month in range(months):
            now = _I32(month)
            if war[month]:
                _war_begins(pull, aid[draw], war_from, now)
            for member in range(members):
                for option in range(options):
                    if stands[option, member, month]:
                        since, value = stands_from[option, member], worth[draw, option, member]
                        _option_stands(
                            pull[member], outside[member], value, steep[draw], since, now
                        )
                _month(
                    key, month * members + member, pull[member], drift[member],
                    patience[member], swing, persistence[draw], swings[draw], goes[member],
                )  # fmt: skip
            _take_leave(words, goes, patience, pull, ties[draw], left[block], now, leavers)
