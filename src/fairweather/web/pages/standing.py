"""What the answers stand on: actors and their matches, sources, the method."""

from __future__ import annotations

from fairweather.brief.wording import label
from fairweather.desk.counting import mentioned, publishers
from fairweather.desk.feeds import watched
from fairweather.ledger import standing
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.judging import TAKE_BACK
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View

MOST_ACTORS = 200


def actors(desk: Open) -> View:
    """Who the records speak of, and which names were matched to whom by decision."""
    counted = mentioned(desk.ledger)
    decided = [
        one for one in desk.ledger.decisions_on_actors() if one.kind in ("match", "merge", "split")
    ]
    held = {one.id for one in standing(decided)}
    return View(
        template="actors.html.j2",
        title="Actors and matches",
        data={
            "actors": [
                {"id": one, "name": label(one), "records": count}
                for one, count in counted.most_common()
            ],
            "decisions": [{**one.row(), "stands": one.id in held} for one in decided],
        },
        shown={
            "actors": counted.most_common(MOST_ACTORS),
            "more": max(0, len(counted) - MOST_ACTORS),
            "decisions": [(one, one.id in held) for one in reversed(decided)],
        },
        columns=("id", "name", "records"),
        rows=tuple((one, label(one), str(count)) for one, count in counted.most_common()),
    )


def sources(desk: Open) -> View:
    """Who published what the ledger holds, and how each watched feed stands."""
    held = publishers(desk.ledger)
    feeds = watched(desk.ledger)
    return View(
        template="sources.html.j2",
        title="Sources",
        data={
            "feeds": [one.to_json() for one in feeds],
            "publishers": [
                {"publisher": one.name, "documents": one.documents, "last": one.last}
                for one in held
            ],
        },
        shown={"publishers": held, "feeds": feeds, "ailing": [one for one in feeds if one.ails]},
        columns=("kind", "name", "address", "standing", "documents", "last", "note"),
        rows=(
            *(
                ("feed", one.title, one.url, one.standing, str(one.items), one.last, one.note)
                for one in feeds
            ),
            *(("publisher", one.name, "", "", str(one.documents), one.last, "") for one in held),
        ),
    )


def method(desk: Open) -> View:
    """What the words of the answers mean, and where to read how they are made."""
    words = ("strands", "rungs", "obligations", "statuses", "event_classes", "estimative")
    tables = [(vocabulary(name).title, list(vocabulary(name).values())) for name in words]
    return View(
        template="method.html.j2",
        title="Method",
        data={title: {t.key: t.meaning for t in terms} for title, terms in tables},
        shown={"tables": tables, "counts": desk.ledger.counts()},
        columns=("vocabulary", "key", "label", "meaning"),
        rows=tuple(
            (title, term.key, term.label, term.meaning) for title, terms in tables for term in terms
        ),
    )


ACTORS = Page(
    "/actors", "actors", "Actors and how names were matched", actors, actions=(TAKE_BACK,)
)
SOURCES = Page(
    "/sources",
    "sources",
    "Who published what the ledger holds, and how each feed stands",
    sources,
    lasting=False,
)
METHOD = Page("/method", "method", "What the words mean", method)
