"""Signed graphs: balance of triads and the frustration index, for many draws at once.

A triad is balanced when the product of its signs is positive (Heider 1946; Cartwright and
Harary 1956); the frustration index is the least number of ties that any division into two
camps leaves on the wrong side.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fairweather.scenario.quantity import Floats


def signs(actors: Sequence[str], values: Mapping[frozenset[str], Floats]) -> Floats:
    """Signs of the ties, shape (draws, actors, actors): 0 where none is known."""
    draws = len(next(iter(values.values())))
    table = np.zeros((draws, len(actors), len(actors)))
    for (i, one), (j, other) in itertools.combinations(enumerate(actors), 2):
        value = values.get(frozenset((one, other)))
        if value is not None:
            table[:, i, j] = table[:, j, i] = np.sign(value)
    return table


def triads(signed: Floats) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Balanced and unbalanced triads of signed graphs (draws, n, n), each of shape (draws,)."""
    draws, size, _ = signed.shape
    balanced, unbalanced = np.zeros(draws, dtype=np.int64), np.zeros(draws, dtype=np.int64)
    for i, j, k in itertools.combinations(range(size), 3):
        product = signed[:, i, j] * signed[:, j, k] * signed[:, i, k]
        balanced += product > 0
        unbalanced += product < 0
    return balanced, unbalanced


def frustration(signed: Floats) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The frustration index of each graph and the division into camps that gives it.

    `signed` has shape (draws, n, n); gives shapes (draws,) and (draws, n). Exact: every
    division is tried, the first actor's camp fixed.
    """
    draws, size, _ = signed.shape
    i, j = np.triu_indices(size, 1)
    ties = signed[:, i, j]
    least = np.full(draws, len(i) + 1, dtype=np.int64)
    camps = np.zeros((draws, size), dtype=bool)
    for code in range(2 ** (size - 1)):
        camp = (code >> np.arange(size)) & 1 == 1
        apart = camp[i] != camp[j]
        wrong = ((ties > 0) & apart).sum(axis=1) + ((ties < 0) & ~apart).sum(axis=1)
        better = wrong < least
        least = np.where(better, wrong, least)
        camps[better] = camp
    return least, camps
