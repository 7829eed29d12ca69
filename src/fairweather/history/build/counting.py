"""Counts of cases that come in clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a class: whether it happened, in which year, and what it is clustered by."""

    group: str
    happened: bool
    cluster: str
    year: int


@dataclass(frozen=True, slots=True)
class Count:
    """The count of a class, as a table of rates holds it (`history/rates.py`)."""

    name: str
    cases: int
    occurred: int
    clusters: int
    design_effect: float
    first: int
    last: int


def counts(cases: Iterable[Case]) -> list[Count]:
    """One count a class, in order of first appearance."""
    groups: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.group].append(case)
    return [_count(name, members) for name, members in groups.items()]


def _count(name: str, members: list[Case]) -> Count:
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for case in members:
        totals[case.cluster][0] += case.happened
        totals[case.cluster][1] += 1
    occurred, cases = np.array(list(totals.values()), dtype=np.float64).T
    years = [case.year for case in members]
    return Count(
        name=name,
        cases=len(members),
        occurred=int(occurred.sum()),
        clusters=len(totals),
        design_effect=round(design_effect(occurred, cases), 2),
        first=min(years),
        last=max(years),
    )


def design_effect(occurred: np.ndarray, cases: np.ndarray) -> float:
    """Variance of a rate between clusters over that of independent cases, at least 1.

    The linearised variance of a ratio, C/(C-1) sum((k_c - p n_c)^2) / n^2 (Kish 1965).
    """
    clusters, total = len(cases), cases.sum()
    rate = occurred.sum() / total
    if clusters < 2 or not 0 < rate < 1:
        return 1.0
    between = clusters / (clusters - 1) * np.sum((occurred - rate * cases) ** 2)
    return float(max(1.0, between / (total * rate * (1 - rate))))
