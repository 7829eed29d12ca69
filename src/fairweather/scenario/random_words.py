"""Random numbers of the monthly ensemble: hashes of a key and a counter, in 32-bit words.

What a run meets depends on its key and the month alone, so neither blocks, threads nor the
order of work change it. All arithmetic is exact or rounded operation by operation, so that the
compiled loop repeats it to the bit.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Singles = NDArray[np.float32]
Words = NDArray[np.uint32]

GOLDEN = 0x9E3779B9
"""2^32 over the golden ratio: sends neighbouring counters far apart."""

SWING_MEAN = np.float32(30.0)
SWING_SCALE = np.float32((4 * (16**2 - 1) / 12) ** -0.5)
"""Standardises the sum of four numbers from 0 to 15."""


def mixed(word: Words) -> Words:
    """A 32-bit word well mixed: the "lowbias32" hash of C. Wellons (2018)."""
    word = word ^ (word >> np.uint32(16))
    word = word * np.uint32(0x7FEB352D)
    word = word ^ (word >> np.uint32(15))
    word = word * np.uint32(0x846CA68B)
    return word ^ (word >> np.uint32(16))


def counter_hash(keys: Words, counter: int) -> Words:
    """The random word of one counter in the stream of each key."""
    return mixed(keys ^ np.uint32(counter * GOLDEN & 0xFFFFFFFF))


def uniform(keys: Words, counter: int) -> Singles:
    """A number in (0, 1), of 23 bits so that float32 holds it exactly."""
    bits = (counter_hash(keys, counter) >> np.uint32(9)).astype(np.float32)
    place: Singles = (bits + np.float32(0.5)) * np.float32(2.0**-23)
    return place


def swings(keys: Words, counter: int) -> Singles:
    """Two swings from each word, (..., 2 * keys): those of the lower halves, then the upper.

    Each is the sum of four numbers of four bits less its mean; times SWING_SCALE it is normal
    to within 3.2 deviations.
    """
    word = counter_hash(keys, counter)
    nibble, byte = np.uint32(0x0F0F0F0F), np.uint32(0x00FF00FF)
    pairs = (word & nibble) + ((word >> np.uint32(4)) & nibble)
    sums = (pairs & byte) + ((pairs >> np.uint32(8)) & byte)
    both = np.concatenate((sums & np.uint32(0xFFFF), sums >> np.uint32(16)), axis=-1)
    centred: Singles = both.astype(np.float32) - SWING_MEAN
    return centred


POWER_BOUND = np.float32(100.0)
ROUNDER = np.float32(1.5 * 2**23)
SERIES = tuple(
    np.float32(value) for value in (0.00956051, 0.05591704, 0.24024981, 0.69312197, 0.99999917)
)
"""2^x over half a unit each way, the least squares of the relative error, highest power first."""


def power_of_two(power: Singles) -> Singles:
    """2^power to about 3e-6, for powers kept within 100.

    Adding ROUNDER leaves the nearest whole number in the lowest bits of a float32; shifted up it
    is added to the exponent of the rest's series.
    """
    bounded = np.minimum(np.maximum(power, -POWER_BOUND), POWER_BOUND)
    rounded = bounded + ROUNDER
    rest = bounded - (rounded - ROUNDER)
    series = np.full_like(rest, SERIES[0])
    for coefficient in SERIES[1:]:
        series = series * rest + coefficient
    whole = rounded.view(np.int32) << np.int32(23)
    doubled: Singles = (series.view(np.int32) + whole).view(np.float32)
    return doubled


ROOT_HALF = np.int32(0x3F3504F3)
"""The bits of the square root of one half: a mantissa from there on lies around 1."""

LOG_SERIES = tuple(
    np.float32(value)
    for value in (
        *(-0.14620353, 0.23420985, -0.24882181, 0.28707561),
        *(-0.36024198, 0.48092404, -0.72135276, 1.4426949),
    )
)
"""log2(1 + x) / x for 1 + x from the root of one half to that of two, highest power first."""


def log_two(number: Singles) -> Singles:
    """log2 of positive numbers to about 3e-7 of it."""
    bits = number.view(np.int32)
    whole = (bits - ROOT_HALF) >> np.int32(23)
    rest = (bits - (whole << np.int32(23))).view(np.float32) - np.float32(1.0)
    series = np.full_like(rest, LOG_SERIES[0])
    for coefficient in LOG_SERIES[1:]:
        series = series * rest + coefficient
    logarithm: Singles = whole.astype(np.float32) + series * rest
    return logarithm
