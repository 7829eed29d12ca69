"""Which agreements one stands in the line of: what it replaced, and what replaced it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from fairweather.ledger import Ledger, current
from fairweather.records import Agreement


class Succession(NamedTuple):
    """Agreements before and after one, as far as they are on record.

    `named` is what the texts call a predecessor of which there is no record.
    """

    before: tuple[Agreement, ...]
    after: tuple[Agreement, ...]
    named: str = ""


def succession(ledger: Ledger, agreement: Agreement) -> Succession:
    """The line that an agreement stands in, among those of the same parties."""
    others = [
        one
        for one in current(ledger, Agreement, min_confidence=0.0, actors=agreement.parties[:1])
        if one.id != agreement.id and set(agreement.parties) <= set(one.parties)
    ]
    before = _meant(agreement.supersedes, others)
    after = tuple(one for one in others if _meant(one.supersedes, [agreement]))
    named = agreement.supersedes if agreement.supersedes and not before else ""
    return Succession(before, after, named)


def _meant(supersedes: str, among: Iterable[Agreement]) -> tuple[Agreement, ...]:
    """Those that are meant by an id, or by a name that the texts use."""
    wanted = supersedes.casefold()
    return tuple(
        one
        for one in among
        if supersedes and (supersedes in (one.id, *one.merged) or wanted == one.name.casefold())
    )
