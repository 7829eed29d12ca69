"""Rows that several coders need of one reading, made once.

Ties are read from rows of support, and support from the clauses of agreements; each coder
still stands alone. Only the rows of the reading last asked for are kept.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import TypeVar

from fairweather.coding.grammar.sentence import Reading

Row = TypeVar("Row")


class _Same:
    """A reading as a key: itself, however much it holds."""

    __slots__ = ("reading",)

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def __hash__(self) -> int:
        return id(self.reading)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.reading is self.reading


def once_a_reading(coder: Callable[[Reading], Iterator[Row]]) -> Callable[[Reading], Iterator[Row]]:
    """The coder, which for the reading last asked for gives again the rows that it gave."""

    @functools.lru_cache(maxsize=1)
    def rows(same: _Same) -> tuple[Row, ...]:
        return tuple(coder(same.reading))

    @functools.wraps(coder)
    def asked(reading: Reading) -> Iterator[Row]:
        yield from rows(_Same(reading))

    return asked
