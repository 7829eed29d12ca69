"""Pairs: every pair of actors that documents speak of together, as a matrix and a list."""

from __future__ import annotations

from collections import Counter

from fairweather.brief.wording import label
from fairweather.desk.counting import tied
from fairweather.web.pages.page import AsOf, Open, Page
from fairweather.web.view import View

MOST_ACTORS = 14
"""Actors of the matrix: those with the most ties."""


def pairs(desk: Open, as_of: AsOf = None) -> View:
    """The pairs with ties on record, the most spoken of first."""
    found = tied(desk.within(as_of=as_of or None).ledger)
    actors = [actor for actor, _ in _busiest(found).most_common(MOST_ACTORS)]
    return View(
        template="pairs.html.j2",
        title="Pairs",
        data={
            "pairs": [
                {"pair": list(pair), "names": [label(one) for one in pair], "ties": count}
                for pair, count in found.most_common()
            ]
        },
        shown={
            "pairs": found.most_common(),
            "actors": actors,
            "count": found,
            "as_of": as_of or "",
        },
        columns=("a", "b", "name_a", "name_b", "ties"),
        rows=tuple(
            (*pair, *(label(one) for one in pair), str(count))
            for pair, count in found.most_common()
        ),
    )


def _busiest(found: Counter[tuple[str, str]]) -> Counter[str]:
    busiest: Counter[str] = Counter()
    for pair, count in found.items():
        for actor in pair:
            busiest[actor] += count
    return busiest


PAIRS = Page("/pairs", "pairs", "Every pair in the ledger", pairs)
