"""What a ledger had learnt when it was asked: as long as it is the same, so are the answers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from fairweather.ledger import Ledger, Window

T = TypeVar("T")

Revision = tuple[int, ...]
"""The last place taken in each table, and how many texts were forgotten."""

_LAST = (
    "SELECT (SELECT ifnull(max(seq), 0) FROM document),"
    " (SELECT ifnull(max(seq), 0) FROM statement),"
    " (SELECT ifnull(max(seq), 0) FROM decision),"
    " (SELECT count(*) FROM tombstone)"
)


def revision(ledger: Ledger) -> Revision:
    """The revision that a ledger is at.

    Rows are only ever added, in rising places, but for those of a text that is forgotten,
    which leaves a tombstone. A kept scenario changes no answer: its id names its text.
    """
    return tuple(ledger.file.run(_LAST)[0])


MOST_KEPT = 8
"""Answers kept of one counting: those of the ledgers and windows asked for last."""


def kept_until_learnt(count: Callable[[Ledger], T]) -> Callable[[Ledger], T]:
    """What is counted over a whole ledger, counted once for as long as it learns nothing.

    The answer is shared: whoever is given it leaves it as it is.
    """
    kept: OrderedDict[tuple[str, Revision, Window], T] = OrderedDict()

    @wraps(count)
    def counted(ledger: Ledger) -> T:
        key = (str(ledger.path), revision(ledger), ledger.window)
        found = kept.get(key)
        if found is None:
            found = kept[key] = count(ledger)
            while len(kept) > MOST_KEPT:
                kept.popitem(last=False)
        return found

    return counted
