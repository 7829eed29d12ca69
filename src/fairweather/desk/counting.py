"""How much the ledger speaks of whom, and since when: counted where the rows lie."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from fairweather.ledger import EVERYTHING, Ledger


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
