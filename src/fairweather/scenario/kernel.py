"""The loop of `ensemble.py`, compiled: the one module that needs the extra [fast] (Numba).

The same arithmetic in the same order, so that the two agree to the bit. Numba widens products of
32-bit words to 64 bits, which would change the random numbers: every operation is cast back.
What happens every month is a loop over the runs of a block without branches, which the compiler
makes vectors of. What happens seldom (a beginning, a member leaving) is worked out run by run, and
asked for only once the months of all members are done: a branch that waits for an answer would
keep the processor from going on with the next member.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from numba.extending import intrinsic

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

_intrinsic: Callable[[Any], Any] = intrinsic
"""Callers leave the typing context out, which Numba's own annotations ask of them."""

_U32, _U64, _F32, _I32 = np.uint32, np.uint64, np.float32, np.int32
_S4, _S3, _S2, _S1, _S0 = SERIES
_L7, _L6, _L5, _L4, _L3, _L2, _L1, _L0 = LOG_SERIES
_HALF = BLOCK // 2
_BYTE = 8
_GATHER = 0x0102040810204080
"""Flags of a byte each are read eight at once; this brings them together in the highest byte."""

_ONE = np.float32(1.0).view(np.int32)
"""The bits of 1: those of positive numbers are ordered as the numbers are."""

_PARTS = np.float32(128.0)
_MIDDLE = np.float32(1.0) + SWING_MEAN / _PARTS
_SUM = 0x3F0000
"""Six bits of a float32 that count in 128ths once _ONE is set beside them."""


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


@_intrinsic
def _wide_vectors(_typing: Any) -> Any:
    """Lets the caller be compiled for all of a vector register.

    On processors with AVX-512 LLVM keeps to half of it unless a function bears this attribute,
    which llvmlite's own list of attributes does not know.
    """

    def mark(context: Any, builder: Any, _signature: Any, _arguments: Any) -> Any:
        set.add(builder.function.attributes, '"prefer-vector-width"="512"')
        return context.get_dummy_value()

    return numba.types.void(), mark


@_intrinsic
def _lowest(_typing: Any, word: Any) -> Any:
    """The place of the lowest bit of a word that is set."""

    def count(context: Any, builder: Any, _signature: Any, arguments: Any) -> Any:
        return builder.cttz(*arguments, context.get_constant(numba.types.boolean, True))

    return numba.types.int64(word), count


@numba.njit(inline="always")
def _mixed(word: Any) -> Any:
    word = _U32(word ^ _U32(word >> _U32(16)))
    word = _U32(word * _U32(0x7FEB352D))
    word = _U32(word ^ _U32(word >> _U32(15)))
    word = _U32(word * _U32(0x846CA68B))
    return _U32(word ^ _U32(word >> _U32(16)))


@numba.njit(inline="always")
def _swing_sums(word: Any) -> Any:
    """The two sums of four numbers of four bits, in the first and the third byte."""
    pairs = _U32(_U32(word & _U32(0x0F0F0F0F)) + _U32(_U32(word >> _U32(4)) & _U32(0x0F0F0F0F)))
    return _U32(pairs + _U32(pairs >> _U32(8)))


@numba.njit(inline="always")
def _swing(sums: Any) -> Any:
    """The sum in the third byte less its mean, in parts of 128: exact, and without a conversion."""
    bits = _U32(_U32(sums & _U32(_SUM)) | _U32(_ONE))
    return _F32(bits.view(np.float32) - _MIDDLE)


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
    _wide_vectors()
    spread = _U32(_U32(counter) * _U32(GOLDEN))
    for run in range(BLOCK):
        places[run] = _uniform(keys[run], spread)


@numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)
def _starts(keys: Any, counter: Any, wait: Any, since: Any) -> None:
    """The month in which something begins in each run."""
    _wide_vectors()
    spread = _U32(_U32(counter) * _U32(GOLDEN))
    for run in range(BLOCK):
        begun = _F32(wait * _log_two(_uniform(keys[run], spread)))
        since[run] = _I32(max(min(begun, LATER), _F32(0.0)))


@numba.njit(inline="always")
def _chain(since: Any, months: Any, soon: Any, first: Any, after: Any) -> None:
    """Chains the places in `since` of what begins in a month: `first[month]`, then `after[it]`."""
    count = 0
    for place in range(len(since)):
        soon[count] = place
        count += since[place] < months
    first[:] = -1
    for at in range(count - 1, -1, -1):
        place = soon[at]
        after[place] = first[since[place]]
        first[since[place]] = place


@numba.njit(inline="always")
def _begin(
    place: Any, after: Any, pull: Any, outside: Any, aid: Any, steep: Any, worth: Any
) -> None:
    """What begins changes the pull: a war that of all members, an option that of one."""
    members = len(pull)
    while place >= 0:
        option, run = place // BLOCK - 1, place % BLOCK
        if option < 0:
            for member in range(members):
                pull[member, run] = _F32(pull[member, run] - aid[member])
        else:
            member = option % members
            best = max(outside[member, run], worth[option // members, member])
            more = _F32(steep * _F32(best - outside[member, run]))
            pull[member, run] = _F32(pull[member, run] + more)
            outside[member, run] = best
        place = after[place]


@numba.njit(inline="always")
def _step(sums: Any, pull: Any, drift: Any, patience: Any, kept: Any, size: Any) -> Any:
    """Drift and patience of one member in one run, a month on."""
    drifted = _F32(_F32(kept * drift) + _F32(size * _swing(sums)))
    odds = _power_of_two(_F32(pull - drifted))
    return drifted, _F32(patience + _F32(patience * odds))


@numba.njit(inline="always")
def _month(
    keys: Any, counter: Any, pull: Any, drift: Any, patience: Any, kept: Any, size: Any
) -> Any:
    """One month of one member in all runs of a block; the bits of the most patience spent."""
    spread = _U32(_U32(counter) * _U32(GOLDEN))
    size = _F32(size * _PARTS)
    most = _I32(0)
    for run in range(_HALF):
        other = _HALF + run
        sums = _swing_sums(_mixed(_U32(keys[run] ^ spread)))
        drift[run], patience[run] = _step(
            _U32(sums << _U32(16)), pull[run], drift[run], patience[run], kept, size
        )
        drift[other], patience[other] = _step(
            sums, pull[other], drift[other], patience[other], kept, size
        )
        most = max(most, _F32(patience[run]).view(np.int32))
        most = max(most, _F32(patience[other]).view(np.int32))
    return most


@numba.njit(inline="always")
def _leavers(most: Any, patience: Any, some: Any, flags: Any, goes: Any, leavers: Any) -> Any:
    """Lists who goes, as member * BLOCK + run, and tells how many."""
    those, count = 0, 0
    for member in range(len(most)):
        some[those] = member
        those += most[member] >= _ONE
    for at in range(those):
        member, bits = some[at], _U64(0)
        for run in range(BLOCK):
            goes[run] = patience[member, run] >= _F32(1.0)
        for byte in range(BLOCK // _BYTE):
            gathered = _U64(_U64(flags[byte] * _U64(_GATHER)) >> _U64(56))
            bits = _U64(bits | _U64(gathered << _U64(_BYTE * byte)))
        while bits:
            leavers[count] = member * BLOCK + _lowest(bits)
            count += 1
            bits = _U64(bits & _U64(bits - _U64(1)))
    return count


@numba.njit(inline="always")
def _take_leave(leavers: Any, patience: Any, pull: Any, tie: Any, left: Any, month: Any) -> None:
    """Those who go leave together; whoever is tied to them feels it from the next month."""
    for leaver in leavers:
        member, run = leaver // BLOCK, leaver % BLOCK
        left[member, run] = month
        patience[member, run] = _F32(0.0)
        for other in range(len(pull)):
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
    _wide_vectors()
    options, members = worth.shape[1:]
    pull = np.empty((members, BLOCK), dtype=np.float32)
    patience = np.empty((members, BLOCK), dtype=np.float32)
    drift = np.empty((members, BLOCK), dtype=np.float32)
    outside = np.empty((members, BLOCK), dtype=np.float32)
    most = np.empty(members, dtype=np.int32)
    flags = np.empty(BLOCK // _BYTE, dtype=np.uint64)
    goes = flags.view(np.uint8)
    since = np.empty((1 + options * members, BLOCK), dtype=np.int32)
    places = since.reshape(-1)
    first, after = np.empty(months, dtype=np.int64), np.empty(len(places), dtype=np.int64)
    some = np.empty(len(places) + members + 1, dtype=np.int64)
    leavers = np.empty(members * BLOCK + 1, dtype=np.int64)
    for block in range(len(draws)):
        key, draw = keys[block], draws[block]
        _starts(key, WAR_STREAM, war_wait[draw], since[0])
        for option in range(options):
            for member in range(members):
                at = option * members + member
                _starts(key, OPTION_STREAM + at, option_wait[draw, option, member], since[1 + at])
        _chain(places, months, some, first, after)
        for member in range(members):
            pull[member] = pulls[draw, member]
            drift[member] = _F32(0.0)
            outside[member] = _F32(0.0)
            _draw(key, PATIENCE_STREAM + member, patience[member])
        for month in range(months):
            _begin(first[month], after, pull, outside, aid[draw], steep[draw], worth[draw])
            for member in range(members):
                most[member] = _month(
                    key, month * members + member, pull[member], drift[member], patience[member],
                    persistence[draw], swings[draw],
                )  # fmt: skip
            count = _leavers(most, patience, some, flags, goes, leavers)
            _take_leave(leavers[:count], patience, pull, ties[draw], left[block], month)
