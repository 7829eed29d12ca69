"""A small world of dated moves: two neighbours that meet every few days, others at random."""

from __future__ import annotations

import numpy as np
import pytest

from fairweather.history.next_moves.moves import Moves, in_order

ACTORS, RELATIONS, DAYS = 12, 3, 60
VISITS, ACCUSES, ANSWERS = range(RELATIONS)


@pytest.fixture(scope="session")
def small_world() -> Moves:
    """0 visits 1 every second day; 2 accuses 3 and is answered a day later; the rest is noise."""
    rng = np.random.default_rng(7)
    rows = [(0, VISITS, 1, day) for day in range(0, DAYS, 2)]
    for day in range(0, DAYS - 1, 5):
        rows += [(2, ACCUSES, 3, day), (3, ANSWERS, 2, day + 1)]
    for day in range(DAYS):
        for _ in range(6):
            one, other = rng.choice(ACTORS, size=2, replace=False)
            rows.append((int(one), int(rng.integers(RELATIONS)), int(other), day))
    columns = np.array(sorted(set(rows), key=lambda row: row[3])).T
    return in_order(*columns, actors=ACTORS, relations=RELATIONS)
