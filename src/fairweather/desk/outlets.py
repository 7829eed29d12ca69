"""Who published what a ledger holds, how much was coded of it, and what gave nothing."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from fairweather.ledger import Ledger

NOT_NAMED = "not named"

_WHO = (
    "coalesce(nullif(row ->> '$.publisher', ''), nullif(row ->> '$.author', ''),"
    f" '{NOT_NAMED}') AS who"
)
_HELD = (
    f"SELECT {_WHO}, id, title, row ->> '$.language' AS language, length(text) AS letters,"
    " ifnull(row ->> '$.published.to', '') AS published, known_by,"
    " (SELECT count(*) FROM statement WHERE statement.document = document.id) AS coded"
    " FROM document WHERE {}"
)


class Outlet(NamedTuple):
    """A publisher, else an author: documents, rows coded from them, how many gave none.

    `first` and `last` are the days or months of the first and last dated document, or "".
    """

    name: str
    documents: int
    records: int
    silent: int
    first: str
    last: str


class Held(NamedTuple):
    """A document as a list shows it; `letters` are the code points of its text."""

    id: str
    title: str
    published: str
    language: str
    letters: int


def outlets(ledger: Ledger) -> tuple[Outlet, ...]:
    """Every outlet, who has most documents first."""
    where, values = ledger.window.where()
    rows = ledger.file.run(
        "SELECT who, count(*), sum(coded), sum(coded = 0),"
        " ifnull(min(nullif(published, '')), ''), max(published)"
        f" FROM ({_HELD.format(where)}) GROUP BY who ORDER BY 2 DESC, who",
        values,
    )
    return tuple(Outlet(*row) for row in rows)


def documents_by_outlet(ledger: Ledger, most: int) -> dict[str, list[Held]]:
    """The latest documents of every outlet, at most `most` of each."""
    where, values = ledger.window.where()
    rows = ledger.file.run(
        "SELECT who, id, title, published, language, letters FROM ("
        " SELECT *, row_number() OVER (PARTITION BY who ORDER BY known_by DESC, id) AS place"
        f" FROM ({_HELD.format(where)})) WHERE place <= ? ORDER BY who, place",
        (*values, most),
    )
    found: dict[str, list[Held]] = defaultdict(list)
    for who, *held in rows:
        found[who].append(Held(*held))
    return dict(found)


def silent(ledger: Ledger, most: int) -> tuple[Held, ...]:
    """Documents from which nothing was coded, the latest first."""
    where, values = ledger.window.where()
    rows = ledger.file.run(
        f"SELECT id, title, published, language, letters FROM ({_HELD.format(where)})"
        " WHERE coded = 0 ORDER BY known_by DESC, id LIMIT ?",
        (*values, most),
    )
    return tuple(Held(*row) for row in rows)
