"""The loop of `ensemble.py`, compiled: the one module that needs the extra [fast] (Numba).

Line for line the same arithmetic, so that the two agree to the bit. Numba widens products of
32-bit words to 64 bits, which would change the random numbers: every operation is cast back.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np

from fairweather.scenario.ensemble import BLOCK, EXPONENT_BOUND, NEVER, TAYLOR, Chunk, Months

_U32, _F32, _I32 = np.uint32, np.float32, np.int32
_T0, _T1, _T2, _T3, _T4, _T5, _T6 = TAYLOR
_LOG2_E = np.float32(1.4426950408889634)
_LN2 = np.float32(0.6931471805599453)
_MEAN = np.float32(510.0)
_SCALE = np.float32((4 * (256**2 - 1) / 12) ** -0.5)


def leave_months_compiled(chunk: Chunk) -> Months:
    """As `ensemble.leave_months`; releases the interpreter, so that threads run at once."""
    left = np.full((*chunk.aid.shape, BLOCK), NEVER, dtype=np.int32)
    _leave(
        chunk.ties,
        chunk.aid,
        chunk.base,
        chunk.slope,
        chunk.persistence,
        chunk.shock,
        chunk.worth,
        chunk.stands_from,
        chunk.war_from,
        chunk.keys,
        chunk.months,
        left,
    )
    return left


@numba.njit(inline="always")
def _mixed(word: Any) -> Any:
    word = _U32(word ^ _U32(word >> _U32(16)))
    word = _U32(word * _U32(0x7FEB352D))
    word = _U32(word ^ _U32(word >> _U32(15)))
    word = _U32(word * _U32(0x846CA68B))
    return _U32(word ^ _U32(word >> _U32(16)))


@numba.njit(inline="always")
def _near_normal(word: Any) -> Any:
    total = _U32(_U32(word & _U32(255)) + _U32(_U32(word >> _U32(8)) & _U32(255)))
    total = _U32(_U32(total + _U32(_U32(word >> _U32(16)) & _U32(255))) + _U32(word >> _U32(24)))
    return _F32(_F32(_F32(_I32(total)) - _MEAN) * _SCALE)


@numba.njit(inline="always")
def _exponential(power: Any) -> Any:
    bounded = min(max(power, _F32(-EXPONENT_BOUND)), EXPONENT_BOUND)
    scaled = _F32(bounded * _LOG2_E)
    whole = _F32(np.floor(_F32(scaled + _F32(0.5))))
    rest = _F32(_F32(scaled - whole) * _LN2)
    series = _F32(_F32(_T0 * rest) + _T1)
    series = _F32(_F32(series * rest) + _T2)
    series = _F32(_F32(series * rest) + _T3)
    series = _F32(_F32(series * rest) + _T4)
    series = _F32(_F32(series * rest) + _T5)
    series = _F32(_F32(series * rest) + _T6)
    doubled = _I32(_I32(_I32(whole) + _I32(127)) << _I32(23)).view(np.float32)
    return _F32(series * doubled)


@numba.njit(inline="always")
def _add_ties(tie: Any, inside: Any, staying: Any) -> None:
    # Eight at a time: the sum stays in a register, in the order in which NumPy adds.
    others = len(tie)
    for at in range(0, others - others % 8, 8):
        for run in range(BLOCK):
            total = _F32(staying[run] + _F32(tie[at] * inside[at, run]))
            total = _F32(total + _F32(tie[at + 1] * inside[at + 1, run]))
            total = _F32(total + _F32(tie[at + 2] * inside[at + 2, run]))
            total = _F32(total + _F32(tie[at + 3] * inside[at + 3, run]))
            total = _F32(total + _F32(tie[at + 4] * inside[at + 4, run]))
            total = _F32(total + _F32(tie[at + 5] * inside[at + 5, run]))
            total = _F32(total + _F32(tie[at + 6] * inside[at + 6, run]))
            staying[run] = _F32(total + _F32(tie[at + 7] * inside[at + 7, run]))
    for at in range(others - others % 8, others):
        for run in range(BLOCK):
            staying[run] = _F32(staying[run] + _F32(tie[at] * inside[at, run]))


@numba.njit(nogil=True, cache=True, error_model="numpy", boundscheck=False)
def _leave(
    ties: Any,
    aid: Any,
    base: Any,
    slope: Any,
    persistence: Any,
    shock: Any,
    worth: Any,
    stands_from: Any,
    war_from: Any,
    keys: Any,
    months: Any,
    left: Any,
) -> None:
    blocks, members = aid.shape
    options = worth.shape[1]
    inside = np.empty((members, BLOCK), dtype=np.float32)
    staying_on = np.empty((members, BLOCK), dtype=np.float32)
    drift = np.empty((members, BLOCK), dtype=np.float32)
    staying = np.empty(BLOCK, dtype=np.float32)
    outside = np.empty(BLOCK, dtype=np.float32)
    for block in range(blocks):
        inside[:] = _F32(1.0)
        staying_on[:] = _F32(1.0)
        drift[:] = _F32(0.0)
        key, begun = keys[block], war_from[block]
        for month in range(months):
            now = _I32(month)
            for member in range(members):
                counter = _U32((month * members + member) * 2)
                first = _U32(counter * _U32(0x9E3779B9))
                second = _U32(_U32(counter + _U32(1)) * _U32(0x9E3779B9))
                moved, gone = drift[member], left[block, member]
                helped, kept, size = aid[block, member], persistence[block], shock[block]
                for run in range(BLOCK):
                    word = _mixed(_U32(key[run] ^ first))
                    moved[run] = _F32(_F32(kept * moved[run]) + _F32(size * _near_normal(word)))
                    at_war = _F32(1.0) if begun[run] <= now else _F32(0.0)
                    staying[run] = _F32(moved[run] + _F32(helped * at_war))
                    outside[run] = _F32(0.0)
                _add_ties(ties[block, member], inside, staying)
                for option in range(options):
                    value, since = worth[block, option, member], stands_from[block, option, member]
                    for run in range(BLOCK):
                        stands = _F32(1.0) if since[run] <= now else _F32(0.0)
                        outside[run] = max(outside[run], _F32(stands * value))
                steep, level = slope[block], base[block]
                still, after = inside[member], staying_on[member]
                for run in range(BLOCK):
                    gap = _F32(outside[run] - staying[run])
                    odds = _exponential(_F32(-_F32(level + _F32(steep * gap))))
                    word = _mixed(_U32(key[run] ^ second))
                    bits = _F32(_I32(_U32(word >> _U32(9))))
                    chance = _F32(_F32(bits + _F32(0.5)) * _F32(2.0**-23))
                    goes = _F32(chance * _F32(_F32(1.0) + odds)) < _F32(1.0)
                    leaves = goes & (still[run] > _F32(0.0))
                    gone[run] = now if leaves else gone[run]
                    after[run] = _F32(0.0) if leaves else still[run]
            for member in range(members):
                for run in range(BLOCK):
                    inside[member, run] = staying_on[member, run]
