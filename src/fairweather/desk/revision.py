"""What a ledger had learnt when it was asked: as long as it is the same, so are the answers."""

from __future__ import annotations

from fairweather.ledger import Ledger

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
