"""Today: what changed for the pairs one follows, one line an act however many tell of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import Query

from fairweather.brief.wording import label
from fairweather.desk import Desk
from fairweather.desk.blocs import most_told_of
from fairweather.desk.counting import last_published, published_since
from fairweather.records import Document, to_row
from fairweather.web.pages.news import Item, Pair, PairNews, news, of_pair
from fairweather.web.pages.page import Day, Open, Page
from fairweather.web.pages.pair import pair_named
from fairweather.web.view import View

MOST_DOCUMENTS = 20
MOST_READ = 300
"""New documents whose records are told: the latest."""

MOST_ITEMS = 12
"""Lines of a pair that stand open; the others are folded."""

MOST_OTHERS = 40
MOST_PAIRS = 6
"""Pairs followed where none are named: those most told of."""

DAYS = 30
"""How far back "new" reaches from the last document, where no day is given."""


def today(
    desk: Open,
    since: Day = None,
    pairs: Annotated[
        str,
        Query(max_length=900, description="The pairs to follow, such as RUS-IRN,SAU-PAK."),
    ] = "",
) -> View:
    """What was published since a day: for the pairs one follows, then everything else."""
    first = since or _some_days_before(last_published(desk.ledger))
    ids = published_since(desk.ledger, first)
    read = {one.id: one for one in desk.ledger.documents(ids=ids[:MOST_READ])}
    new = [read[one] for one in ids if one in read]
    found = news(desk, read)
    followed = [of_pair(pair, found, new) for pair in _followed(desk, pairs)]
    told = {item.record for one in followed for item in one.items}
    others = [item for item in found if item.record not in told and item.kind == "act"]
    return View(
        template="today.html.j2",
        title="Today",
        data={
            "since": first,
            "pairs": [one.to_json() for one in followed],
            "others": [item.to_json() for item in others],
            "documents": [_told(one) for one in new[:MOST_DOCUMENTS]],
        },
        shown={
            "since": first,
            "asked": pairs,
            "followed": followed,
            "most": MOST_ITEMS,
            "others": others[:MOST_OTHERS],
            "more_others": max(0, len(others) - MOST_OTHERS),
            "documents": new[:MOST_DOCUMENTS],
            "more": max(0, len(ids) - MOST_DOCUMENTS),
            "counts": desk.ledger.counts(),
        },
        columns=("a", "b", "kind", "when", "text", "outlets", "origins", "id"),
        rows=tuple(_rows(followed, others)),
    )


def _followed(desk: Desk, named: str) -> list[Pair]:
    """The pairs named in the address, else those that the ledger tells most of."""
    parts = [part.strip() for part in named.split(",") if part.strip()]
    if not parts:
        return most_told_of(desk.ledger, MOST_PAIRS)
    both = (pair_named(part) for part in parts)
    return list(dict.fromkeys((desk.actor(a), desk.actor(b)) for a, b in both))


def _some_days_before(last: dt.date | None) -> str:
    return (last - dt.timedelta(days=DAYS)).isoformat() if last else ""


def _told(document: Document) -> dict[str, object]:
    return {key: value for key, value in to_row(document).items() if key != "text"}


def _rows(followed: Sequence[PairNews], others: Sequence[Item]) -> Iterator[tuple[str, ...]]:
    pairs = [(tuple(map(label, one.pair)), one.items) for one in followed]
    for sides, items in [*pairs, (("", ""), tuple(others))]:
        for item in items:
            counted = (str(item.outlets), str(item.origins))
            yield (*sides, item.kind, item.when, item.text, *counted, item.record)


TODAY = Page("/", "today", "What is new for the pairs one follows", today)
