"""The clauses of a pair's agreements beside each other: present, absent, disputed, or not told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairweather.records import Agreement, Clause
from fairweather.vocabulary import vocabulary

MOST_AGREEMENTS = 6

ALWAYS = "defense"
"""The obligation of which it is always said whether a text speaks of it."""


@dataclass(frozen=True, slots=True)
class ClauseTable:
    """Agreements across, obligations down.

    A cell has a clause for every state that some text tells of it: none where no text does, two
    where texts disagree.
    """

    agreements: tuple[Agreement, ...]
    rows: tuple[tuple[str, tuple[tuple[Clause, ...], ...]], ...]
    untold: tuple[str, ...]


def clause_table(agreements: Sequence[Agreement]) -> ClauseTable | None:
    """The table of the agreements of which a clause is told; None where there is none."""
    told = tuple(one for one in agreements if one.clauses)[:MOST_AGREEMENTS]
    if not told:
        return None
    stated = {clause.obligation for one in told for clause in one.clauses} | {ALWAYS}
    obligations = vocabulary("obligations")
    return ClauseTable(
        told,
        tuple(
            (obligations[key].label, tuple(_clauses(one, key) for one in told))
            for key in obligations
            if key in stated
        ),
        tuple(term.label for key, term in obligations.items() if key not in stated),
    )


def _clauses(agreement: Agreement, obligation: str) -> tuple[Clause, ...]:
    """The first clause of each state that is told of an obligation."""
    found: dict[str, Clause] = {}
    for clause in agreement.clauses:
        if clause.obligation == obligation:
            found.setdefault(clause.state, clause)
    return tuple(found.values())
