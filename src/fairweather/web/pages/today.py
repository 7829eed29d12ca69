"""Today: what is new, clustered by event, for the pairs that the ledger speaks of most."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from fairweather.brief.wording import label
from fairweather.desk import Desk
from fairweather.desk.counting import last_published, published_since, tied
from fairweather.desk.stories import Clustered, clustered
from fairweather.ledger import current
from fairweather.records import Document, Event, to_row
from fairweather.web.pages.page import Day, Open, Page
from fairweather.web.view import View

MOST_DOCUMENTS = 20
MOST_READ = 300
"""New documents whose events are told: the latest."""

MOST_STORIES = 40
MOST_PAIRS = 12
DAYS = 30
"""How far back "new" reaches from the last document, where no day is given."""


def today(desk: Open, since: Day = None) -> View:
    """What was published since a day: documents, and events as one line an act."""
    first = since or _some_days_before(last_published(desk.ledger))
    ids = published_since(desk.ledger, first)
    read = {one.id: one for one in desk.ledger.documents(ids=ids[:MOST_READ])}
    new = [read[one] for one in ids if one in read]
    stories = tuple(_stories(desk, read))[:MOST_STORIES]
    return View(
        template="today.html.j2",
        title="Today",
        data={
            "since": first,
            "documents": [_told(one) for one in new[:MOST_DOCUMENTS]],
            "stories": [one.to_json() for one in stories],
        },
        shown={
            "since": first,
            "documents": new[:MOST_DOCUMENTS],
            "more": max(0, len(ids) - MOST_DOCUMENTS),
            "stories": stories,
            "pairs": tied(desk.ledger).most_common(MOST_PAIRS),
            "counts": desk.ledger.counts(),
        },
        columns=("date", "source", "class", "target", "status", "outlets", "origins", "id"),
        rows=tuple(_rows(stories)),
    )


def _some_days_before(last: dt.date | None) -> str:
    return (last - dt.timedelta(days=DAYS)).isoformat() if last else ""


def _told(document: Document) -> dict[str, object]:
    return {key: value for key, value in to_row(document).items() if key != "text"}


def _stories(desk: Desk, documents: Collection[str]) -> Iterator[Clustered]:
    """The acts that new documents tell of, those told by most origins first."""
    events = current(desk.ledger, Event, documents=documents)
    yield from sorted(clustered(desk.ledger, events), key=lambda one: -one.origins)


def _rows(stories: tuple[Clustered, ...]) -> Iterator[tuple[str, ...]]:
    for one in stories:
        best = one.story.best
        yield (
            best.date.text(),
            "; ".join(map(label, best.source)),
            best.event_class,
            "; ".join(map(label, best.target)),
            best.status,
            str(len(one.outlets)),
            str(one.origins),
            one.story.id,
        )


TODAY = Page("/", "today", "What is new", today)
