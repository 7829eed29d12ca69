"""Maximum flow through a small network, for many capacities at once.

The most that gets from one place to another is the capacity of the narrowest cut between
them (Ford and Fulkerson 1956). A network's cuts are listed once; the flow for any capacities
is then the least of `cuts @ capacities`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray


def narrowest_cuts(places: int, ends: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
    """The cuts between place 0 and place 1 as rows over links: 1 where a link crosses.

    `places` counts the ends too; `ends` holds (home, dest) of each link. Shape (cuts, links);
    cuts that another cut is part of are left out, so the least capacity is the same.
    """
    between = places - 2
    side = np.zeros((2**between, places), dtype=bool)
    side[:, 0] = True
    for at in range(between):
        side[:, at + 2] = (np.arange(2**between) >> at) & 1
    crossing = np.stack([side[:, home] & ~side[:, dest] for home, dest in ends], axis=1)
    rows = np.unique(crossing, axis=0)
    order = np.argsort(rows.sum(axis=1), kind="stable")
    kept: list[NDArray[np.bool_]] = []
    for row in rows[order]:
        if not any(bool(np.all(row[smaller])) for smaller in kept):
            kept.append(row)
    return np.array(kept, dtype=np.float64)
