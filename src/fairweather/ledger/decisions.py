"""Decisions: what joins, corrects and sets aside, recorded and undone, never erased.

A statement is immutable; that two of them speak of one treaty, that one disputes the
other, or that a person rejects one, is a decision with its reason and its maker. Taking
one back is a decision too, and can itself be taken back.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from fairweather.errors import RecordError
from fairweather.records import fingerprint

KINDS = (
    *("match", "merge", "relay", "split", "supersede"),
    *("correct", "contest", "reject", "accept", "undo"),
)

PERSON = "person/"
"""How the maker of a decision, or the coder of a record, begins where it is a person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`subject` is merged into, superseded by, corrected to, contested by ... `object`.

    `by` names the rule and its version, or the person ("person/NAME"). For `undo` the
    subject is the id of the decision taken back; for `reject` and `accept` the object is
    empty. `merge` joins two statements, or two actors; `relay` says that the subject, a
    row or a document, passes on what the object tells, so that both are one origin. For
    `split` the subject is an actor and the object a document: whoever it names there is not
    that actor; or both are rows, or documents, which are not one. For `match` they are an
    actor and a document that names it otherwise than any table does: it changes nothing.
    `correct` is a `supersede` by a record that a person wrote for the purpose, and which
    stands only as long as the correction does.
    """

    kind: str
    subject: str
    object: str = ""
    reason: str = ""
    by: str = ""
    recorded: str | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise RecordError(f"no decision {self.kind!r}; there are {', '.join(KINDS)}")

    @property
    def id(self) -> str:
        """The same decision by the same maker has the same id."""
        return f"decision:{fingerprint([self.kind, self.subject, self.object, self.by])}"

    @property
    def by_person(self) -> bool:
        """Whether a person made it, not a rule."""
        return self.by.startswith(PERSON)

    def row(self) -> dict[str, Any]:
        """The decision as a row of `export --all`."""
        return {
            "type": "decision",
            "id": self.id,
            "kind": self.kind,
            "subject": self.subject,
            "object": self.object,
            "reason": self.reason,
            "by": self.by,
            "recorded": self.recorded,
        }


def decision_of_row(row: dict[str, Any], where: str = "row") -> Decision:
    """The decision of an exported row. Raises RecordError naming what is missing."""
    try:
        return Decision(**{key: row[key] for key in row if key not in ("type", "id")})
    except TypeError as error:
        raise RecordError(f"{where}: not a decision: {error}") from error


def standing(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """The decisions that no standing decision has undone, the undoing ones left out."""
    every = tuple(decisions)
    held = holding(every)
    return tuple(d for d in every if d.id in held and d.kind != "undo")


def holding(made: Iterable[Decision]) -> frozenset[str]:
    """Ids of the decisions that hold: those that no holding `undo` takes back."""
    decisions = {decision.id: decision for decision in made}
    undone_by: dict[str, list[str]] = defaultdict(list)
    for decision in decisions.values():
        if decision.kind == "undo":
            undone_by[decision.subject].append(decision.id)
    holds: dict[str, bool] = {}

    def held(identity: str) -> bool:
        # An undo's id hashes what it takes back, so that this can run into no circle.
        if identity not in holds:
            holds[identity] = not any(held(undo) for undo in undone_by[identity])
        return holds[identity]

    return frozenset(identity for identity in decisions if held(identity))


def enforce(decision: Decision, made: Iterable[Decision]) -> Iterator[Decision]:
    """What must be added to the decisions made so that this one stands; nothing if it does.

    A decision that was made before and taken back is not made twice: what took it back is
    taken back in its turn.
    """
    every = tuple(made)
    if all(other.id != decision.id for other in every):
        yield decision
        return
    held = holding(every)
    for undo in every:
        if undo.kind == "undo" and undo.subject == decision.id and undo.id in held:
            yield from take_back(undo, every, by=decision.by, reason=decision.reason)


def take_back(
    decision: Decision, made: Iterable[Decision], *, by: str, reason: str = ""
) -> Iterator[Decision]:
    """What must be added so that a decision stands no more."""
    undo = Decision(kind="undo", subject=decision.id, by=by, reason=reason)
    yield from enforce(undo, made)


def replaced(
    held: Iterable[Decision], wanted: Iterable[Decision], made: Iterable[Decision], *, by: str
) -> list[Decision]:
    """What must be added so that a rule's decisions that stand are the ones it now wants.

    `held` are those that stand, `made` all that bear on them, those undone included. One that
    stands already and differs in its reason only is left as it is.
    """
    every, standing_ = tuple(made), {one.id: one for one in held}
    new = {one.id: one for one in wanted}
    added: list[Decision] = []
    for identity in sorted(standing_.keys() - new.keys()):
        added += take_back(standing_[identity], (*every, *added), by=by, reason="outdated")
    for identity in sorted(new.keys() - standing_.keys()):
        added += enforce(new[identity], (*every, *added))
    return added


def redirected(decision: Decision, subject: str, object_: str) -> Decision:
    """The decision as it applies to the rows that stand in for those it was made on."""
    if (subject, object_) == (decision.subject, decision.object):
        return decision
    return replace(decision, subject=subject, object=object_)
