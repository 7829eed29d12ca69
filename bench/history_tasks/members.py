"""What the members of an alliance are like: record, rivals, what changed since it began.

    record_max, record_mean   log of pacts of a member violated over those to expect, both with
                              1 added; a year weighs half for every 20 years of age
    rivals                    rivals of a member, the mean (Thompson, Sakuwa & Suhas 2021)
    rival_inside              1 when two members are rivals
    shared_rival, lost_rival  of two members: a rival in common; one at first and not now
    two_faced                 1 when a member has a pact with a rival of another (up to ten members)
    shift_ratio, shift_dem    change of the power ratio and of the least democracy from the first
                              year of the rows
    lead_since, irreg_since   changes of leaders, irregular ones, from the first year of the rows

All are known when the year begins, members too (`alliances.py`).
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from history_tasks.alliances import Alliances, Members

HALF_LIFE = 20
MEMORY = 60
RATE_YEARS = 10
FIRST_YEAR = 1816
LAST_YEAR = 2019
FEW_MEMBERS = 10


class Records:
    """Pacts of a member violated, over those to expect of pacts of their years."""

    def __init__(self, alliances: Alliances) -> None:
        self.broke = alliances.broke
        self.bound: dict[tuple[int, int], int] = defaultdict(int)
        held: dict[int, int] = defaultdict(int)
        violated: dict[int, int] = defaultdict(int)
        for year in alliances.violated.values():
            violated[year] += 1
        for id, (begun, last) in alliances.span.items():
            for year in range(begun + 1, min(last, LAST_YEAR) + 1):
                held[year] += 1
                for member in alliances.members(id, year):
                    self.bound[member, year] += 1
        self.rate: dict[int, float] = {}
        for year in range(FIRST_YEAR, LAST_YEAR + 1):
            lately = range(year - RATE_YEARS, year + 1)
            counts = (sum(of.get(y, 0) for y in lately) for of in (violated, held))
            self.rate[year] = next(counts) / max(1, next(counts))

    @cache  # noqa: B019 - one object for the run
    def of(self, member: int, year: int) -> float:
        """The logarithm told above, by what had happened when the year began."""
        past = range(max(FIRST_YEAR, year - MEMORY), year)
        expected = sum(_weight(year, y) * self.bound[member, y] * self.rate[y] for y in past)
        happened = sum(_weight(year, y) for y, _ in self.broke[member] if y in past)
        return float(np.log((happened + 1) / (expected + 1)))


def _weight(year: int, past: int) -> float:
    return float(0.5 ** ((year - past) / HALF_LIFE))


class Rivalries:
    """Who was whose rival at the end of the year before."""

    def __init__(self, folder: Path) -> None:
        self._of: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
        for row in pd.read_parquet(folder / "tss_rivalries.parquet").itertuples():
            a, b, begun, ended = (int(x) for x in (row.ccode1, row.ccode2, row.start, row.end))
            self._of[a].append((b, begun, ended))
            self._of[b].append((a, begun, ended))

    def of(self, members: Members, year: int) -> dict[int, set[int]]:
        """Member -> its rivals."""
        return {
            member: {foe for foe, begun, ended in self._of[member] if begun <= year - 1 <= ended}
            for member in members
        }


def with_members(rows: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """The rows (atopid, year, columns lagged) with the columns of this module."""
    alliances, rivalries = Alliances(folder), Rivalries(folder)
    records = Records(alliances)
    ordered = rows.sort_values(["atopid", "year"])
    found = [
        told
        for id, years in ordered.groupby("atopid", sort=False)
        for told in _of_alliance(int(id), years, alliances, records, rivalries)
    ]
    ordered = ordered.assign(**pd.DataFrame(found, index=ordered.index))
    for name in ("lead", "irreg"):
        counted = ordered[name].fillna(0).groupby(ordered.atopid).cumsum()
        ordered[f"{name}_since"] = counted
    return ordered.sort_values(["year", "atopid"]).reset_index(drop=True)


def _of_alliance(
    id: int, years: pd.DataFrame, alliances: Alliances, records: Records, rivalries: Rivalries
) -> list[dict[str, Any]]:
    made = []
    first: tuple[float, float, float] | None = None
    for row in years[["year", "ratio", "mindem"]].itertuples():
        year = int(row.year)
        own = alliances.members(id, year)
        rivals = rivalries.of(own, year)
        record = [records.of(member, year) for member in own]
        shared = float(bool(set.intersection(*rivals.values()))) if len(own) == 2 else np.nan
        first = first or (row.ratio, row.mindem, shared)
        made.append(
            {
                "record_max": max(record),
                "record_mean": float(np.mean(record)),
                "rivals": float(np.mean([len(foes) for foes in rivals.values()])),
                "rival_inside": float(any(foes & own for foes in rivals.values())),
                "shared_rival": shared,
                "lost_rival": float(first[2] == 1 and shared == 0),
                "two_faced": _two_faced(id, year, alliances, rivals),
                "shift_ratio": abs(row.ratio - first[0]),
                "shift_dem": abs(row.mindem - first[1]),
            }
        )
    return made


def _two_faced(id: int, year: int, alliances: Alliances, rivals: dict[int, set[int]]) -> float:
    """Whether a member is bound elsewhere to a rival of another member."""
    own = alliances.members(id, year)
    if len(own) > FEW_MEMBERS:
        return 0.0
    for member in own:
        others = {
            friend
            for pact in alliances.of[member]
            if pact != id and alliances.in_force(pact, year)
            if member in alliances.members(pact, year)
            for friend in alliances.members(pact, year)
        } - own
        if any(others & rivals[mate] for mate in own - {member}):
            return 1.0
    return 0.0
