"""Who was bound to whom in which years, and which pacts were violated, as known at the time.

A member counts from the year after it entered to the year in which it left: those who came later
would tell that the pact lasted. Source: ATOP 4.01 (Leeds et al. 2002), alliances and members.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path

import pandas as pd

VIOLATED = 2
OPEN_ENDED = 9999

Members = frozenset[int]


class Alliances:
    """Spans, memberships and violations; `year` is always one that begins.

    `span` tells the years of beginning and end (9999 when it lasts); `violated` the year in which
    a pact ended by violation; `broke` of a member the (year, pact) of pacts that ended so with it
    inside, or that it left so before they ended.
    """

    def __init__(self, folder: Path) -> None:
        table = pd.read_parquet(folder / "atop401_alliances.parquet")
        self.span: dict[int, tuple[int, int]] = {}
        self.violated: dict[int, int] = {}
        columns = ["atopid", "begyr", "endyr", "term"]
        for id, begun, ended, term in table[columns].astype(int).values.tolist():
            self.span[id] = begun, _last(ended)
            if term == VIOLATED:
                self.violated[id] = ended
        self._stays: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        self.of: dict[int, set[int]] = defaultdict(set)
        self.broke: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self._enter(folder)
        for id, ended in self.violated.items():
            for member in self.members(id, ended):
                self.broke[member].append((ended, id))

    def _enter(self, folder: Path) -> None:
        members = pd.read_parquet(folder / "atop401_members.parquet")
        columns = ["atopid", "member", "yrent", "yrexit", "term"]
        for id, member, entered, exit, term in members[columns].astype(int).values.tolist():
            left = _last(exit)
            self._stays[id].append((member, entered, left))
            self.of[member].add(id)
            if term == VIOLATED and left < self.span[id][1]:
                self.broke[member].append((left, id))

    def grew_after(self, id: int, year: int) -> bool:
        """Whether somebody entered after that year, which a table of all members ever tells."""
        return any(entered > year for _, entered, _ in self._stays[id])

    @cache  # noqa: B019 - one object for the run
    def members(self, id: int, year: int) -> Members:
        """Who was bound when the year began; in the year of its making, those who made it."""
        stays = self._stays[id]
        bound = frozenset(member for member, entered, left in stays if entered < year <= left)
        return bound or frozenset(
            member for member, entered, _ in stays if entered <= self.span[id][0]
        )

    def in_force(self, id: int, year: int) -> bool:
        """Whether the pact was made before the year and had not ended when it began."""
        begun, last = self.span[id]
        return begun < year <= last

    @cache  # noqa: B019
    def sharing(self, id: int) -> tuple[int, ...]:
        """The other pacts that ever had two members in common with this one."""
        own = self.ever(id)
        return tuple(
            other for other in self.span if other != id and len(own & self.ever(other)) > 1
        )

    @cache  # noqa: B019
    def ever(self, id: int) -> Members:
        """Every member that a pact ever had; only to narrow a search, never a column."""
        return frozenset(member for member, _, _ in self._stays[id])


def _last(year: int) -> int:
    return year if year > 0 else OPEN_ENDED
