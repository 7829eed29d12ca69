"""Groups of statements on one agreement, as they grow: no two in a group conflict."""

from __future__ import annotations

from dataclasses import dataclass

from fairweather.coding.agreements.sameness import Traits, conflict

Apart = frozenset[frozenset[str]]
"""Pairs of ids that a person has told apart."""


@dataclass(slots=True, eq=False)
class Group:
    """Statements of one agreement; `signed` is when the latest of them says that it was."""

    number: int
    members: list[Traits]
    signed: str
    within: Group | None = None
    """The group that it became part of."""


class Groups:
    """Every statement's group; two are joined only where nothing in them conflicts."""

    def __init__(self, apart: Apart) -> None:
        self._apart = apart
        self._of: dict[str, Group] = {}
        self._compared: dict[tuple[int, int], tuple[int, int] | None] = {}
        """How many members of two groups were found to fit; None where two conflict for good."""

    def open(self, one: Traits) -> None:
        """A group of one statement."""
        self._of[one.id] = Group(len(self._of), [one], one.signed.since or "")

    def of(self, one: Traits) -> Group:
        """The group of a statement."""
        return self.now(self._of[one.id])

    def now(self, group: Group) -> Group:
        """What a group has become part of; itself where it stands alone."""
        while group.within is not None:
            group = group.within
        return group

    def are_apart(self, one: Traits, other: Traits) -> bool:
        """Whether a person has told two statements apart."""
        return bool(self._apart) and frozenset((one.id, other.id)) in self._apart

    def join(self, one: Traits, other: Traits) -> bool:
        """Joins the groups of two statements; False where any two in them conflict."""
        first, second = self.of(one), self.of(other)
        if first is second:
            return not self.are_apart(one, other)
        if not self.fit(first, second):
            return False
        small, large = sorted((first, second), key=lambda group: len(group.members))
        large.members.extend(small.members)
        large.signed = max(large.signed, small.signed)
        small.within = large
        return True

    def fit(self, one: Group, other: Group) -> bool:
        """Whether two groups are one, or may become one."""
        if one is other:
            return True
        first, second = (one, other) if one.number < other.number else (other, one)
        asked = first.number, second.number
        compared = self._compared.get(asked, (0, 0))
        if compared is None:
            return False
        if self._conflict_in(first, second, compared):
            self._compared[asked] = None
            return False
        self._compared[asked] = len(first.members), len(second.members)
        return True

    def _conflict_in(self, first: Group, second: Group, compared: tuple[int, int]) -> bool:
        """Whether any two members conflict, beyond those compared before."""
        return any(
            conflict(x, y) or self.are_apart(x, y)
            for place, x in enumerate(first.members)
            for y in second.members[compared[1] if place < compared[0] else 0 :]
        )
