"""Dated moves as arrays: who did what to whom on which day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fairweather.errors import RecordError

Integers = npt.NDArray[np.int64]
Reals = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Moves:
    """Moves in order of day: four integer arrays of one length, and the size of the world.

    `day` is a count of days (or of whatever step the data have) from any start. `actors` and
    `relations` are how many of each there may be: ids run from 0 to one less.
    Raises RecordError when the arrays differ in length or an id lies outside.
    """

    subject: Integers
    relation: Integers
    object: Integers
    day: Integers
    actors: int
    relations: int

    def __post_init__(self) -> None:
        columns = (self.subject, self.relation, self.object, self.day)
        if len({len(column) for column in columns}) > 1:
            lengths = ", ".join(str(len(column)) for column in columns)
            raise RecordError(f"moves: columns differ in length ({lengths}); give one row a move")
        _within("subject", self.subject, self.actors)
        _within("relation", self.relation, self.relations)
        _within("object", self.object, self.actors)
        if np.any(np.diff(self.day) < 0):
            raise RecordError("moves: days are out of order; sort the rows by day")

    def __len__(self) -> int:
        return len(self.day)

    def on(self, day: int) -> Moves:
        """The moves of one day."""
        return self.between(day, day + 1)

    def between(self, first: int, end: int) -> Moves:
        """The moves from day `first` on, before day `end`."""
        start, stop = np.searchsorted(self.day, [first, end])
        return self.rows(slice(int(start), int(stop)))

    def rows(self, chosen: slice | Integers) -> Moves:
        """The chosen rows, which must keep the order of days."""
        return Moves(
            self.subject[chosen],
            self.relation[chosen],
            self.object[chosen],
            self.day[chosen],
            self.actors,
            self.relations,
        )

    def both_ways(self) -> Moves:
        """Every move twice: as its subject's, and as its object's under an inverse relation.

        The inverse of relation r is r + relations: "was visited by" beside "visited". Rows
        2i and 2i + 1 are the two sides of move i, so that order by day is kept.
        """

        def woven(one: Integers, other: Integers) -> Integers:
            return np.stack([one, other], axis=1).ravel()

        return Moves(
            woven(self.subject, self.object),
            woven(self.relation, self.relation + self.relations),
            woven(self.object, self.subject),
            woven(self.day, self.day),
            self.actors,
            2 * self.relations,
        )


def in_order(
    subject: Integers,
    relation: Integers,
    object: Integers,
    day: Integers,
    *,
    actors: int | None = None,
    relations: int | None = None,
) -> Moves:
    """Moves from columns in any order; the world is as large as the largest ids unless told."""
    order = np.argsort(day, kind="stable")
    largest = int(max(subject.max(initial=-1), object.max(initial=-1)))
    return Moves(
        subject[order].astype(np.int64),
        relation[order].astype(np.int64),
        object[order].astype(np.int64),
        day[order].astype(np.int64),
        largest + 1 if actors is None else actors,
        int(relation.max(initial=-1)) + 1 if relations is None else relations,
    )


def _within(name: str, ids: Integers, size: int) -> None:
    outside = (ids < 0) | (ids >= size)
    if outside.any():
        row = int(np.argmax(outside))
        raise RecordError(f"moves: row {row}, {name} {ids[row]} is not in 0..{size - 1}")
