"""Verdicts: what decisions make of statements: set aside, replaced, accepted.

A corrected statement gives way to the one that a person wrote in its place, and what was
decided of the old one (that it belongs to an agreement, that it disputes a claim) holds for
the new one. Taking the correction back brings the old one back and withdraws the new one
with everything that was made of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from fairweather.ledger.decisions import Decision, redirected, standing
from fairweather.ledger.reading import Outline
from fairweather.records import Record


@dataclass(frozen=True, slots=True)
class Verdicts:
    """What stands, by the id of a statement or document.

    `gone` says why one does not stand ("reject: misread"); `heirs` what stands in
    its place, if anything; `accepted` are those that a person has confirmed, shown however
    unsure their coder was. `made` are the decisions that stand, as made.
    """

    made: tuple[Decision, ...]
    gone: Mapping[str, str]
    heirs: Mapping[str, str]
    accepted: frozenset[str]

    def heir(self, identity: str) -> str:
        """What stands in place of a statement in the end; itself where nothing does."""
        seen = {identity}
        while identity in self.heirs and self.heirs[identity] not in seen:
            identity = self.heirs[identity]
            seen.add(identity)
        return identity

    def stands(self, record: Record | Outline) -> bool:
        """Whether a row stands: neither it nor the text it was read from was set aside."""
        return record.id not in self.gone and record.document not in self.gone

    def why_gone(self, record: Record) -> str:
        """Why a row does not stand; empty where it does."""
        if record.id in self.gone:
            return self.gone[record.id]
        if record.document in self.gone:
            return f"its text is no longer so: {self.gone[record.document]}"
        return ""

    @property
    def links(self) -> tuple[Decision, ...]:
        """The merges, splits and contests that stand, each between the rows that stand."""
        return tuple(
            redirected(d, self.heir(d.subject), self.heir(d.object))
            for d in self.made
            if d.kind in ("merge", "split", "contest")
        )


def verdicts(decisions: Iterable[Decision]) -> Verdicts:
    """What all decisions together, those undone included, make of the statements."""
    every = tuple(decisions)
    made = standing(every)
    withdrawn = _withdrawn(every, made)
    gone = dict.fromkeys(withdrawn, "undo: the correction that made it was taken back")
    heirs: dict[str, str] = {}
    for decision in made:
        replaces = decision.kind == "supersede" or (
            decision.kind == "correct" and decision.subject not in withdrawn
        )
        if replaces:
            heirs[decision.subject] = decision.object
        if replaces or decision.kind == "reject":
            gone[decision.subject] = f"{decision.kind}: {decision.reason}"
    accepted = frozenset(d.subject for d in made if d.kind == "accept")
    return Verdicts(made, gone, heirs, accepted)


def _withdrawn(every: Iterable[Decision], made: Iterable[Decision]) -> frozenset[str]:
    """Corrected records that no correction of a standing record upholds any more."""
    written = {decision.object for decision in every if decision.kind == "correct"}
    upheld_from: dict[str, list[str]] = defaultdict(list)
    for decision in made:
        if decision.kind == "correct":
            upheld_from[decision.object].append(decision.subject)

    def upheld(identity: str, seen: frozenset[str]) -> bool:
        return identity not in written or any(
            upheld(before, seen | {identity})
            for before in upheld_from[identity]
            if before not in seen
        )

    return frozenset(one for one in written if not upheld(one, frozenset()))


def lineage(identity: str, decisions: Iterable[Decision]) -> tuple[str, ...]:
    """A statement with all that it was corrected from or to, undone corrections included."""
    steps = [d for d in decisions if d.kind in ("correct", "supersede")]
    found = [identity]
    for one in found:  # grows while it is walked
        for step in steps:
            for other in _across(step, one):
                if other not in found:
                    found.append(other)
    return tuple(found)


def _across(step: Decision, identity: str) -> Iterator[str]:
    if step.subject == identity:
        yield step.object
    if step.object == identity:
        yield step.subject


def about(identities: Iterable[str], decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that name any of the ids, and those that took them back, in order."""
    every = tuple(decisions)
    wanted = set(identities)
    found: set[str] = set()
    size = -1
    while size < len(found):
        size = len(found)
        found |= {d.id for d in every if wanted & {d.subject, d.object} or d.subject in found}
    return tuple(d for d in every if d.id in found)
