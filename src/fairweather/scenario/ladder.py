"""The support ladder as arrays: where each rung stands, its share and its nest."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fairweather.errors import MisuseError
from fairweather.vocabulary import vocabulary


@dataclass(frozen=True, eq=False, slots=True)
class Ladder:
    """Rungs lowest first; `place` is rank / highest rank, from 0 to 1, shape (rungs, 1)."""

    rungs: tuple[str, ...]
    place: NDArray[np.float64]
    share_of: tuple[str, ...]
    nest_of: tuple[str, ...]

    def rank(self, rung: str) -> int:
        """The index of a rung, 0 for the lowest."""
        return self.rungs.index(rung)

    @property
    def shares(self) -> tuple[str, ...]:
        """The coarse shares, lowest first."""
        return tuple(dict.fromkeys(self.share_of))

    def members(self, share: str) -> list[int]:
        """The indices of the rungs in a share."""
        return [at for at, other in enumerate(self.share_of) if other == share]

    @property
    def nests(self) -> tuple[tuple[int, ...], ...]:
        """The indices of the rungs in each nest, lowest nest first."""
        return tuple(
            tuple(at for at, other in enumerate(self.nest_of) if other == nest)
            for nest in dict.fromkeys(self.nest_of)
        )

    @property
    def weights(self) -> tuple[tuple[float, ...], ...]:
        """Each rung's weight in its nest: rungs at the same place are one rung told twice."""
        places = [float(place) for place in self.place[:, 0]]
        weights = []
        for nest in self.nests:
            told = Counter(places[at] for at in nest)
            weights.append(tuple(1 / (len(told) * told[places[at]]) for at in nest))
        return tuple(weights)


@cache
def support_ladder() -> Ladder:
    """The ladder of the vocabulary."""
    terms = sorted(vocabulary("rungs").values(), key=lambda term: term.extra["rank"])
    return make_ladder(
        [(term.key, term.extra["rank"], term.extra["share"], term.extra["nest"]) for term in terms]
    )


def make_ladder(rungs: list[tuple[str, int, str, str]]) -> Ladder:
    """A ladder of (rung, rank, share, nest), lowest rank first.

    Raises MisuseError when there is nothing to choose between.
    """
    if len(rungs) < 2 or rungs[-1][1] <= 0:
        raise MisuseError("a ladder needs two rungs or more, the highest above 0")
    ranks = np.array([[float(rank)] for _, rank, _, _ in rungs])
    return Ladder(
        rungs=tuple(rung for rung, _, _, _ in rungs),
        place=ranks / ranks.max(),
        share_of=tuple(share for _, _, share, _ in rungs),
        nest_of=tuple(nest for _, _, _, nest in rungs),
    )
