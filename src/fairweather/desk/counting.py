"""How much the ledger speaks of whom, and since when: counted where the rows lie."""

from __future__ import annotations

import datetime as dt
from collections import Counter, OrderedDict

from fairweather.desk.revision import Revision, revision
from fairweather.ledger import EVERYTHING, Ledger, Window

KEPT = 8
"""Countings of ties kept: each page of a pair names the pairs that most is told of."""

_kept: OrderedDict[tuple[str, Revision, Window], Counter[tuple[str, str]]] = OrderedDict()


def tied(ledger: Ledger) -> Counter[tuple[str, str]]:
    """How many ties each pair has on record, its actors in order of their ids.

    Counted once for as long as the ledger learns nothing.
    """
    key = (str(ledger.path), revision(ledger), ledger.window)
    found = _kept.get(key)
    if found is None:
        found = _kept[key] = _tied(ledger)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found.copy()


def _tied(ledger: Ledger) -> Counter[tuple[str, str]]:
    where, values = ledger.window.where()
    rows = ledger.file.run(
        "SELECT row ->> '$.a' AS a, row ->> '$.b' AS b, count(*) FROM statement"
        f" WHERE type = 'tie' AND {where} GROUP BY 1, 2 HAVING a <> b",
        values,
    )
    counted: Counter[tuple[str, str]] = Counter()
    for a, b, count in rows:
        counted[min(a, b), max(a, b)] += count
    return counted


def mentioned(ledger: Ledger) -> Counter[str]:
    """How many statements are about each actor."""
    where, values = ledger.window.where()
    source = "mention"
    if ledger.window != EVERYTHING:
        source += f" WHERE statement IN (SELECT seq FROM statement WHERE {where})"
    return Counter(
        dict(ledger.file.run(f"SELECT actor, count(*) FROM {source} GROUP BY actor", values))
    )


def last_published(ledger: Ledger) -> dt.date | None:
    """The last day on which a document may have been published; None for undated ones."""
    where, values = ledger.window.where()
    ((day,),) = ledger.file.run(
        f"SELECT max(known_by) FROM document WHERE row ->> '$.published.to' <> '' AND {where}",
        values,
    )
    return dt.date.fromisoformat(day) if day else None


def published_since(ledger: Ledger, day: str) -> list[str]:
    """The ids of the documents published since a day (a prefix date), the latest first."""
    where, values = ledger.window.where()
    rows = ledger.file.run(
        f"SELECT id FROM document WHERE known_by >= ? AND {where} ORDER BY known_by DESC, id",
        (day, *values),
    )
    return [row[0] for row in rows]
