"""Disputed rows: those that contradict each other, and those that two coders read differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from fairweather.coding.disagreement import disagreements
from fairweather.ledger import PERSON, Ledger, current
from fairweather.profile.contradictions import OPEN, contradictions
from fairweather.records import RECORD_TYPES, Agreement, Support, Tie

Dispute = tuple[str, str]
"""A row's id, and what speaks against it in a few words."""


def disputes(ledger: Ledger, kinds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What speaks against each disputed row of the kinds, by row id."""
    wanted = set(kinds)
    found: dict[str, list[str]] = defaultdict(list)
    for row, reason in (*_contradicted(ledger, wanted), *_read_differently(ledger, wanted)):
        if reason not in found[row]:
            found[row].append(reason)
    return {row: tuple(reasons) for row, reasons in found.items()}


def _contradicted(ledger: Ledger, kinds: set[str]) -> Iterator[Dispute]:
    """Rows in contradictions that no date settles, with each row on the other side."""
    if not kinds & {Support.type, Tie.type, Agreement.type}:
        return
    published = {document.id: document.published for document in ledger.documents()}
    rows = current(ledger, Support), current(ledger, Tie), current(ledger, Agreement)
    for one in contradictions(*rows, published):
        if one.settled == OPEN:
            for side, others in ((one.earlier, one.later), (one.later, one.earlier)):
                yield from (
                    (row, f"contradicts {other}")
                    for row in side
                    for other in others
                    if other != row
                )


def _read_differently(ledger: Ledger, kinds: set[str]) -> Iterator[Dispute]:
    """Rows that two coders, neither of them a person, made differently of the same words."""
    for kind in sorted(kinds):
        rows = current(ledger, RECORD_TYPES[kind], min_confidence=0.0)
        coded = [row for row in rows if not row.coder.startswith(PERSON)]
        coders = {row.id: row.coder for row in coded}
        for one in disagreements(coded):
            yield one.one, _against(one.field, one.one_says, one.other, coders, one.other_says)
            yield one.other, _against(one.field, one.other_says, one.one, coders, one.one_says)


def _against(field: str, own: str, other: str, coders: dict[str, str], says: str) -> str:
    return f"{field} {own}, but {coders[other]} reads {says} ({other})"
