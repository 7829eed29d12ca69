"""What the members of an alliance are like: record, rivals, what changed since it began.

    record_max, record_mean   log of pacts of a member violated over those to expect, both with
                              1 added; a year weighs half for every 20 years of age
    rival_inside              1 when two members are rivals (Thompson & Dreyer 2012)
    shared_rival, lost_rival  of two members: a rival in common; one at first and not now
    two_faced                 1 when a member has a pact with a rival of another (up to ten members)
    shift_ratio, shift_dem    change of the power ratio and of the least democracy from the first
                              year of the rows
    lead_since, irreg_since   changes of leaders, irregular ones, from the first year of the rows

All are known when the year begins.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

VIOLATED = 2
OPEN_ENDED = 9999
HALF_LIFE = 20
MEMORY = 60
RATE_YEARS = 10
FEW_MEMBERS = 10


class Alliances:
    """Who was bound to whom in which years, and which pacts were violated."""

    def __init__(self, folder: Path) -> None:
        table = pd.read_parquet(folder / "atop401_alliances.parquet")
        names = [column for column in table.columns if column.startswith("mem")]
        self.members: dict[int, frozenset[int]] = {}
        self.span: dict[int, tuple[int, int]] = {}
        self.of: dict[int, list[int]] = defaultdict(list)
        self.in_force: dict[int, int] = defaultdict(int)
        self.violated: dict[int, int] = defaultdict(int)
        self.bound: dict[tuple[int, int], int] = defaultdict(int)
        self.broke: dict[tuple[int, int], int] = defaultdict(int)
        for _, row in table.iterrows():
            held = frozenset(int(m) for m in row[names] if not np.isnan(m))
            self._add(int(row.atopid), held, int(row.begyr), int(row.endyr), int(row.term))
        self.rivals = _rivalries(folder)

    def _add(self, id: int, held: frozenset[int], begun: int, ended: int, term: int) -> None:
        last = ended if ended > 0 else OPEN_ENDED
        self.members[id], self.span[id] = held, (begun, last)
        for year in range(begun + 1, min(last, 2019) + 1):
            self.in_force[year] += 1
            for member in held:
                self.bound[member, year] += 1
        if term == VIOLATED:
            self.violated[last] += 1
            for member in held:
                self.broke[member, last] += 1
        for member in held:
            self.of[member].append(id)

    @cache  # noqa: B019 - one object for the run
    def record(self, member: int, year: int) -> float:
        """Violated over expected, as above."""
        happened = expected = 0.0
        for past in range(max(1816, year - MEMORY), year):
            pacts = self.bound.get((member, past), 0)
            weight = 0.5 ** ((year - past) / HALF_LIFE)
            happened += weight * self.broke.get((member, past), 0)
            expected += weight * pacts * self._rate(past)
        return float(np.log((happened + 1) / (expected + 1)))

    @cache  # noqa: B019
    def _rate(self, year: int) -> float:
        years = range(year - RATE_YEARS, year + 1)
        broken, held = (sum(of.get(y, 0) for y in years) for of in (self.violated, self.in_force))
        return broken / max(1, held)

    def rivals_of(self, member: int, year: int) -> set[int]:
        """Rivals at the end of the year before."""
        return {foe for foe, begun, ended in self.rivals[member] if begun <= year - 1 <= ended}

    def two_faced(self, id: int, year: int, rivals: dict[int, set[int]]) -> float:
        """Whether a member is bound elsewhere to a rival of another member."""
        own = self.members[id]
        if len(own) > FEW_MEMBERS:
            return 0.0
        for member in own:
            others = {
                friend
                for pact in self.of[member]
                if pact != id and self.span[pact][0] < year <= self.span[pact][1]
                for friend in self.members[pact]
            } - own
            if any(others & rivals[mate] for mate in own - {member}):
                return 1.0
        return 0.0


def _rivalries(folder: Path) -> dict[int, list[tuple[int, int, int]]]:
    found: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for row in pd.read_parquet(folder / "tss_rivalries.parquet").itertuples():
        a, b, begun, ended = (int(x) for x in (row.ccode1, row.ccode2, row.start, row.end))
        found[a].append((b, begun, ended))
        found[b].append((a, begun, ended))
    return found


def with_members(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """The rows (atopid, year, columns lagged) with the columns of this module."""
    alliances = Alliances(folder)
    ordered = rows.sort_values(["atopid", "year"])
    found = [
        told
        for id, years in ordered.groupby("atopid", sort=False)
        for told in _of_alliance(int(id), years, alliances)
    ]
    ordered = ordered.assign(**pd.DataFrame(found, index=ordered.index))
    for name in ("lead", "irreg"):
        counted = ordered[name].fillna(0).groupby(ordered.atopid).cumsum()
        ordered[f"{name}_since"] = counted
    return ordered.sort_values(["year", "atopid"]).reset_index(drop=True)


def _of_alliance(id: int, years: pd.DataFrame, alliances: Alliances) -> list[dict[str, Any]]:
    own, made = alliances.members[id], []
    first: tuple[float, float, float] | None = None
    for row in years[["year", "ratio", "mindem"]].itertuples():
        year = int(row.year)
        rivals = {member: alliances.rivals_of(member, year) for member in own}
        records = [alliances.record(member, year) for member in own] or [0.0]
        shared = float(bool(set.intersection(*rivals.values()))) if len(own) == 2 else np.nan
        first = first or (row.ratio, row.mindem, shared)
        made.append(
            {
                "record_max": max(records),
                "record_mean": float(np.mean(records)),
                "rival_inside": float(any(rivals[member] & own for member in own)),
                "shared_rival": shared,
                "lost_rival": float(first[2] == 1 and shared == 0),
                "two_faced": alliances.two_faced(id, year, rivals),
                "shift_ratio": abs(row.ratio - first[0]),
                "shift_dem": abs(row.mindem - first[1]),
            }
        )
    return made
