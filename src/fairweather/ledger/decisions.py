"""Decisions: what joins statements into views, recorded and undone, never erased.

A statement is immutable; that two of them speak of one treaty, that one disputes the
other, or that a person rejects one, is a decision with its reason and its maker.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fairweather.errors import RecordError
from fairweather.records import fingerprint

KINDS = ("merge", "supersede", "contest", "reject", "accept", "undo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """`subject` is merged into, superseded by, contested by ... `object`.

    `by` names the rule and its version, or the person. For `undo` the subject is the id
    of the decision taken back; for `reject` and `accept` the object is empty.
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
    """The decisions that no later decision has undone."""
    every = tuple(decisions)
    undone = {decision.subject for decision in every if decision.kind == "undo"}
    return tuple(d for d in every if d.id not in undone and d.kind != "undo")
