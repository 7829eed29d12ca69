"""What the answers stand on: actors and their matches, sources, the method."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fairweather.brief.wording import label
from fairweather.desk.counting import mentioned
from fairweather.desk.feeds import watched
from fairweather.desk.method_card import MethodCard, method_card
from fairweather.desk.names import completions
from fairweather.desk.outlets import documents_by_outlet, outlets, silent
from fairweather.ledger import standing
from fairweather.vocabulary import Term, vocabulary
from fairweather.web.pages.judging import JOIN, TAKE_BACK
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View

MOST_ACTORS = 200
MOST_SILENT = 40
MOST_OF_OUTLET = 12
"""Documents that are listed: of those that gave nothing, and of each outlet."""

WORDS = ("strands", "rungs", "obligations", "statuses", "event_classes", "estimative")
"""Vocabularies that a reader of the answers meets."""


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
            "known": completions(desk.ledger),
        },
        columns=("id", "name", "records"),
        rows=tuple((one, label(one), str(count)) for one, count in counted.most_common()),
    )


def sources(desk: Open) -> View:
    """Who published what the ledger holds, and how each watched feed stands."""
    held = outlets(desk.ledger)
    feeds = watched(desk.ledger)
    empty = silent(desk.ledger, MOST_SILENT)
    return View(
        template="sources.html.j2",
        title="Sources",
        data={
            "feeds": [one.to_json() for one in feeds],
            "publishers": [
                {
                    "publisher": one.name,
                    "documents": one.documents,
                    "records": one.records,
                    "nothing_coded": one.silent,
                    "first": one.first,
                    "last": one.last,
                }
                for one in held
            ],
            "nothing_coded": [one._asdict() for one in empty],
        },
        shown={
            "outlets": held,
            "documents": documents_by_outlet(desk.ledger, MOST_OF_OUTLET),
            "silent": empty,
            "gave_none": sum(one.silent for one in held),
            "feeds": feeds,
            "ailing": [one for one in feeds if one.ails],
        },
        columns=("kind", "name", "address", "standing", "documents", "records", "last", "note"),
        rows=(
            *(
                ("feed", one.title, one.url, one.standing, str(one.items), "", one.last, one.note)
                for one in feeds
            ),
            *(
                ("publisher", one.name, "", "", str(one.documents), str(one.records), one.last, "")
                for one in held
            ),
        ),
    )


def method(desk: Open) -> View:
    """How the answers are made: versions, coefficients, data sets, and what the words mean."""
    tables = [(vocabulary(name).title, list(vocabulary(name).values())) for name in WORDS]
    card = method_card(desk.ledger)
    return View(
        template="method.html.j2",
        title="Method",
        data=card.to_json() | {"words": {title: _meanings(terms) for title, terms in tables}},
        shown={"tables": tables, "card": card, "counts": desk.ledger.counts()},
        columns=("what", "name", "value", "meaning", "basis"),
        rows=tuple(_numbers_and_words(card, tables)),
    )


def _meanings(terms: Iterable[Term]) -> dict[str, str]:
    return {one.key: one.meaning for one in terms}


def _numbers_and_words(
    card: MethodCard, tables: Iterable[tuple[str, Iterable[Term]]]
) -> Iterator[tuple[str, ...]]:
    for one in card.constants:
        yield ("constant", one.name, one.value, one.meaning, one.basis)
    for rate in card.rates:
        yield ("base rate", rate.name, rate.share, f"{rate.what}: {rate.counted}", rate.source)
    for model in card.models:
        for name, value in model.coefficients:
            yield ("coefficient", f"{model.name}: {name}", value, "", model.told)
    for data_set in card.data_sets:
        yield ("data set", data_set.title, str(data_set.last), data_set.terms, data_set.citation)
    for title, terms in tables:
        for term in terms:
            yield (title, term.key, term.label, term.meaning, term.source)


ACTORS = Page(
    "/actors", "actors", "Actors and how names were matched", actors, actions=(JOIN, TAKE_BACK)
)
SOURCES = Page(
    "/sources",
    "sources",
    "Who published what the ledger holds, and how each feed stands",
    sources,
    lasting=False,
)
METHOD = Page("/method", "method", "How answers are made, and what the words mean", method)
