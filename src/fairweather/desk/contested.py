"""A claim with those that go against it: who says so, who denies it, and who decided what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from fairweather.desk.reviewed import Reviewed, as_reviewed
from fairweather.desk.why import RecordChain, record_chain
from fairweather.errors import UnknownKey
from fairweather.ledger import Decision, Ledger, verdicts
from fairweather.records import Claim

MOST_CLAIMS = 24
"""Claims of one dispute that are followed."""


@dataclass(frozen=True, slots=True)
class Said:
    """One claim with its quotes in their documents, and what a person made of it."""

    chain: RecordChain
    reviewed: Reviewed

    @property
    def claim(self) -> Claim:
        """The claim itself."""
        record = self.chain.record
        if not isinstance(record, Claim):
            raise UnknownKey(f"{record.id} is no claim")
        return record


class Contest(NamedTuple):
    """One claim set against another, and the decision that did so."""

    says: str
    denies: str
    decision: Decision


@dataclass(frozen=True, slots=True)
class Dispute:
    """What is said on either side of a claim, and the decisions that set them apart.

    `says` are the claims that somebody goes against, `denies` those that go against them;
    a claim that nobody disputes stands alone in `says`.
    """

    says: tuple[Said, ...]
    denies: tuple[Said, ...]
    contests: tuple[Contest, ...]


def dispute_of(ledger: Ledger, identity: str) -> Dispute:
    """The dispute that a claim is part of. Raises UnknownKey for what is no claim."""
    claim = ledger.record(identity)
    if not isinstance(claim, Claim):
        raise UnknownKey(f"{identity} is no claim")
    made, contests = _contests_around(ledger, claim.id)
    heir = verdicts(made).heir(claim.id)
    says = dict.fromkeys(one.says for one in contests) or {heir: None}
    denies = dict.fromkeys(one.denies for one in contests if one.denies not in says)
    return Dispute(
        says=tuple(_said(ledger, one, made) for one in says),
        denies=tuple(_said(ledger, one, made) for one in denies),
        contests=contests,
    )


def _contests_around(
    ledger: Ledger, claim: str
) -> tuple[tuple[Decision, ...], tuple[Contest, ...]]:
    """Every contest that leads from a claim to others, and all that was decided about them."""
    known = {claim}
    while True:
        made = ledger.decisions_about(known)
        contests = tuple(_contests(ledger, made))
        reached = {one for link in contests for one in (link.says, link.denies)}
        if reached <= known or len(known) > MOST_CLAIMS:
            return made, contests
        known |= reached


def _contests(ledger: Ledger, made: tuple[Decision, ...]) -> Iterator[Contest]:
    """The contests that stand, each between what stands for the claims it was made on.

    A claim that a person rejected is told all the same, and that it was.
    """
    decided = verdicts(made)
    for contest in decided.made:
        if contest.kind == "contest":
            says, denies = decided.heir(contest.subject), decided.heir(contest.object)
            withdrawn = any(decided.gone.get(one, "").startswith("undo") for one in (says, denies))
            if not withdrawn and ledger.has(says) and ledger.has(denies):
                yield Contest(says, denies, contest)


def _said(ledger: Ledger, identity: str, made: Iterable[Decision]) -> Said:
    return Said(record_chain(ledger, identity), as_reviewed(ledger, identity, made))
