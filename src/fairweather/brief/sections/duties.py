"""Clauses in words: what both sides owe, and what one of them owes alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairweather.brief.wording import listing, name, phrase
from fairweather.records import Agreement, Clause


def owed(clauses: Sequence[tuple[Clause, Agreement]]) -> tuple[list[str], list[str]]:
    """What is owed by all parties, as nouns, and what by one alone, as clauses.

    (["neutrality"], ["Russia is not to side with Israel"]); an obligation that all share is
    not told of one side again.
    """
    shared = [clause for clause, agreement in clauses if _binds_all(clause, agreement)]
    common = {clause.obligation for clause in shared}
    alone = [
        _alone(clause, agreement)
        for clause, agreement in clauses
        if clause.obligation not in common
    ]
    return [*dict.fromkeys(_noun(clause) for clause in shared)], [*dict.fromkeys(alone)]


def _binds_all(clause: Clause, agreement: Agreement) -> bool:
    return not clause.by or set(agreement.parties) <= set(clause.by)


def _noun(clause: Clause) -> str:
    """ "neutrality", or "not siding with Israel" where the clause names somebody."""
    if not clause.against:
        return phrase("obligations", clause.obligation)
    words = phrase("obligations_against", clause.obligation)
    return words.format(against=listing(_names(clause.against), "or"))


def _alone(clause: Clause, agreement: Agreement) -> str:
    """ "Russia is not to side with Israel"."""
    bound = [actor for actor in clause.by if actor in agreement.parties] or [clause.by[-1]]
    others = [actor for actor in agreement.parties if actor not in clause.by]
    partner = name(others[0]) if len(others) == 1 else "the other parties"
    words = phrase("duties_against" if clause.against else "duties", clause.obligation)
    told = words.format(partner=partner, against=listing(_names(clause.against), "or"))
    return f"{listing(_names(bound))} {'is' if len(bound) == 1 else 'are'} {told}"


def _names(actors: Sequence[str]) -> Iterator[str]:
    return (name(actor) for actor in dict.fromkeys(actors))
