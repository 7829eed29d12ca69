"""Boosted trees as a table: each row one node, scored with NumPy.

Fitted elsewhere (`bench/history.py --train`); here they are only walked. A node asks whether a
value is at most a threshold; a value that is not known goes the way the node says.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairweather.history.models.terms import Columns, Floats, design

Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False, slots=True)
class Trees:
    """The logit is `intercept` + the value of the leaf that each tree comes to.

    `roots` are the first nodes of the trees; of each node: the term it asks for (-1 in a leaf),
    the threshold, its two children, whether the unknown goes left, and the value of a leaf.
    """

    terms: tuple[str, ...]
    intercept: float
    roots: Ints
    term: Ints
    threshold: Floats
    left: Ints
    right: Ints
    unknown_left: Ints
    value: Floats

    def logits(self, columns: Columns) -> Floats:
        """The linear predictor of every row, shape (rows,)."""
        matrix = design(self.terms, columns)
        total = np.full(len(matrix), self.intercept)
        for root in self.roots:
            total += self.value[self._leaves(matrix, int(root))]
        return total

    def _leaves(self, matrix: Floats, root: int) -> Ints:
        place = np.full(len(matrix), root)
        while True:
            inner = np.flatnonzero(self.term[place] >= 0)
            if not len(inner):
                return place
            node = place[inner]
            asked = matrix[inner, self.term[node]]
            left = np.where(
                np.isnan(asked), self.unknown_left[node] == 1, asked <= self.threshold[node]
            )
            place[inner] = np.where(left, self.left[node], self.right[node])

    def save(self, path: Path) -> None:
        """Write the table; `load` reads it back to the same answers."""
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                terms=np.array(self.terms),
                intercept=np.array(self.intercept),
                **{name: getattr(self, name) for name in _ARRAYS},
            )

    @staticmethod
    def load(path: Path) -> Trees:
        """The table of a file."""
        with np.load(path, allow_pickle=False) as stored:
            return Trees(
                terms=tuple(str(term) for term in stored["terms"]),
                intercept=float(stored["intercept"]),
                **{name: stored[name] for name in _ARRAYS},
            )


_ARRAYS = ("roots", "term", "threshold", "left", "right", "unknown_left", "value")
