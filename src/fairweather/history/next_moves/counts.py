"""Counts that fade: how often and how lately something was seen, under several half-lives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairweather.history.next_moves.moves import Integers, Reals

NEVER = 999
"""Age in days of what was never seen, and the greatest age that is told apart."""


class Spans(NamedTuple):
    """Rows of a table laid end to end: whose each is, and where it stands in the table."""

    owner: Integers
    row: Integers


class FadingCounts:
    """Exponentially decayed counts by integer key, one column a half-life, updated by stream.

    A sighting weighs 2^(-age / half-life), age in days. Rates are stored as of the day of the
    last sighting and faded when read, so that a day without news costs nothing. Keys are kept
    sorted: the entries of all keys in a range stand side by side.
    """

    def __init__(self, half_lives: tuple[float, ...]) -> None:
        self.half_lives = np.array(half_lives, dtype=np.float32)
        self.keys = np.zeros(0, dtype=np.int64)
        self._last = np.zeros(0, dtype=np.int64)
        self._seen = np.zeros(0, dtype=np.float32)
        self._rates = np.zeros((0, len(half_lives)), dtype=np.float32)

    def __len__(self) -> int:
        return len(self.keys)

    def add(self, keys: Integers, day: int) -> None:
        """Count one sighting of each key (repeats count again) on a day, none before the last."""
        distinct, times = np.unique(keys, return_counts=True)
        self._make_room(distinct, day)
        rows = np.searchsorted(self.keys, distinct)
        self._rates[rows] = self.rates_at(rows, day) + times[:, None]
        self._last[rows] = day
        self._seen[rows] += times

    def _make_room(self, distinct: Integers, day: int) -> None:
        rows = np.searchsorted(self.keys, distinct)
        known = np.zeros(len(distinct), dtype=bool)
        inside = rows < len(self.keys)
        known[inside] = self.keys[rows[inside]] == distinct[inside]
        at, new = rows[~known], distinct[~known]
        self.keys = np.insert(self.keys, at, new)
        self._last = np.insert(self._last, at, day)
        self._seen = np.insert(self._seen, at, 0)
        self._rates = np.insert(self._rates, at, 0, axis=0)

    def rates_at(self, rows: Integers | slice, day: int, column: int | None = None) -> Reals:
        """Decayed counts of the entries at these rows as of a day: (n, half-lives) or (n,)."""
        age = (day - self._last[rows]).astype(np.float32)
        if column is not None:
            one = self._rates[rows, column] * np.exp2(-age / self.half_lives[column])
            return np.asarray(one, dtype=np.float32)
        every = self._rates[rows] * np.exp2(-age[:, None] / self.half_lives)
        return np.asarray(every, dtype=np.float32)

    def all_rates(self, day: int, column: int) -> Reals:
        """Decayed counts of every entry, in the order of `keys`."""
        return self.rates_at(slice(None), day, column)

    def ages_at(self, rows: Integers, day: int) -> Reals:
        """Days since the entries at these rows were last seen."""
        return (day - self._last[rows]).astype(np.float32)

    def seen_at(self, rows: Integers) -> Reals:
        """Plain counts of the entries at these rows."""
        return self._seen[rows]

    def find(self, keys: Integers) -> tuple[Integers, np.ndarray]:
        """Row of each key, and whether it is there at all (where not, the row means nothing)."""
        if not len(self.keys):
            return np.zeros(len(keys), dtype=np.int64), np.zeros(len(keys), dtype=bool)
        rows = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return rows, self.keys[rows] == keys

    def look_up(self, keys: Integers, day: int) -> tuple[Reals, Reals, Reals]:
        """Rates (n, half-lives), age in days (n,; NEVER at most) and plain count (n,) of keys."""
        rows, there = self.find(keys)
        rates = np.zeros((len(keys), len(self.half_lives)), dtype=np.float32)
        age = np.full(len(keys), NEVER, dtype=np.float32)
        seen = np.zeros(len(keys), dtype=np.float32)
        rates[there] = self.rates_at(rows[there], day)
        age[there] = np.minimum(day - self._last[rows[there]], NEVER)
        seen[there] = self._seen[rows[there]]
        return rates, age, seen

    def spans(self, first: Integers, end: Integers) -> Spans:
        """The entries with `first[i] <= key < end[i]`, for every i."""
        return end_to_end(np.searchsorted(self.keys, first), np.searchsorted(self.keys, end))


def end_to_end(first: Integers, end: Integers) -> Spans:
    """All rows from `first[i]` up to `end[i]`, for every i."""
    lengths = end - first
    before = np.cumsum(lengths) - lengths
    owner = np.repeat(np.arange(len(first)), lengths)
    return Spans(owner, np.arange(len(owner)) + np.repeat(first - before, lengths))
