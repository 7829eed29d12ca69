"""A third party at the desk: its own pairs with either side, and who stands by it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from fairweather.errors import MisuseError, NothingFound
from fairweather.ledger import Ledger, current
from fairweather.profile import Profile, profile_dyad
from fairweather.records import Agreement, Support
from fairweather.vocabulary import vocabulary

if TYPE_CHECKING:
    from fairweather.brief.sections.third import ThirdParty

MOST_ALLIES = 3
STANDS_BY = frozenset({"given", "reported", "promised", "obliged"})
"""States of support by which somebody is told to stand by another."""

FIGHTS = "defense"


def third_party(ledger: Ledger, third: str, pair: tuple[str, str]) -> ThirdParty:
    """What the ledger has of a third party and a pair. Raises MisuseError for one of the pair."""
    from fairweather.brief.sections.third import ThirdParty

    if third in pair:
        raise MisuseError(f"{third} is one of the two; name somebody else to look from")
    sides = {side: _profile(ledger, third, side) for side in pair}
    allies = {ally: _profile(ledger, third, ally) for ally in allies_of(ledger, third, pair)}
    return ThirdParty(
        third,
        {side: one for side, one in sides.items() if one is not None},
        {ally: one for ally, one in allies.items() if one is not None},
    )


def allies_of(ledger: Ledger, actor: str, but: tuple[str, str]) -> tuple[str, ...]:
    """Who is told to stand by an actor: states that support it, or owe it defence."""
    counted: Counter[str] = Counter()
    for row in current(ledger, Support, actors=(actor,)):
        if row.state in STANDS_BY and _weight(row.level):
            counted.update({row.giver, row.receiver} - {actor})
    for pact in current(ledger, Agreement, actors=(actor,)):
        if any(one.obligation == FIGHTS and one.state == "present" for one in pact.clauses):
            counted.update({*pact.parties} - {actor})
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    return tuple(one for one, _ in ranked if one not in but)[:MOST_ALLIES]


def _weight(level: str) -> int:
    return int(vocabulary("rungs")[level].extra["rank"])


def _profile(ledger: Ledger, one: str, other: str) -> Profile | None:
    try:
        return profile_dyad(ledger, one, other)
    except NothingFound:
        return None
