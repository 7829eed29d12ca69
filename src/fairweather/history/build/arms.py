"""How often a partner's major arms reached a state at war, by pact class (SIPRI, UCDP, ATOP).

A case is a partner that delivers major arms to somebody at some time, a state, and a year in which
that state is at war. SIPRI counts major arms alone: rifles, shells and most small drones are not
in it, nor secret deliveries. A delivery may have been ordered years before the war, so the
same share in years of peace stands beside each.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from fairweather.history.build.counting import Case
from fairweather.history.build.dyads import Pacts, at_war, coded, codes_by_actor
from fairweather.history.datasets import read_dataset

CATEGORIES = {
    "armed": None,
    "shielded": frozenset({"Air defence systems"}),
}
"""Rate group -> the SIPRI categories counted; None for all."""

UNPLEDGED = "no_defense"
NO_PACT = "none"


def arms_cases(folder: Path, pacts: Pacts) -> tuple[list[Case], dict[str, int]]:
    """Cases of every group, and the rows of deliveries left out, by reason."""
    data = read_dataset(folder, "arms")
    last = min(data.source.last, max(year for _, year in pacts))
    years = data.numbers("year").astype(int).tolist()
    codes = codes_by_actor(folder, last if last <= 2016 else 2016)
    givers, takers = (coded(data, column, codes) for column in ("supplier", "recipient"))
    categories = data.words("category")
    delivered: dict[str, set[tuple[int, int, int]]] = {group: set() for group in CATEGORIES}
    left_out = 0
    for giver, taker, category, year in zip(givers, takers, categories, years, strict=True):
        if giver is None or taker is None:
            left_out += 1
            continue
        for group, wanted in CATEGORIES.items():
            if wanted is None or category in wanted:
                delivered[group].add((giver, taker, year))
    suppliers = sorted({giver for giver in givers if giver is not None})
    span = range(min(years), last + 1)
    wars = at_war(folder)
    states = sorted(set(codes.values()))
    made = [
        case
        for group, deliveries in delivered.items()
        for case in _cases(group, deliveries, suppliers, states, span, wars, pacts)
    ]
    return made, {"supplier or recipient is no state": left_out}


def _cases(
    group: str,
    delivered: set[tuple[int, int, int]],
    suppliers: list[int],
    states: list[int],
    span: range,
    wars: set[tuple[int, int]],
    pacts: Pacts,
) -> Iterator[Case]:
    for year in span:
        for state in states:
            when = "" if (state, year) in wars else "_in_peace"
            partners = pacts.get((state, year), {})
            for giver in suppliers:
                if giver == state:
                    continue
                pact = partners.get(giver, NO_PACT)
                happened = (giver, state, year) in delivered
                yield Case(f"{group}.{pact}{when}", happened, str(state), year)
                if pact not in (NO_PACT, "defense"):
                    yield Case(f"{group}.{UNPLEDGED}{when}", happened, str(state), year)
