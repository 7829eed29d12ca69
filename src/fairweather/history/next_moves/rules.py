"""Rules learnt by the way: of those to whom one had done this, to how many came that."""

from __future__ import annotations

import numpy as np

from fairweather.history.next_moves.memory import MONTH, WEEK, YEAR, Memory
from fairweather.history.next_moves.moves import Integers, Moves, Reals

COLUMNS = (WEEK, MONTH, YEAR)
PRIOR_WEIGHT = 2.0
"""Cases added to every rule, in which nothing followed: keeps rules of one case quiet."""


class Rules:
    """strength[earlier, later]: the share of an actor's faded `earlier` moves whose other side
    then met `later`.

    For each half-life h, over all moves (s, later, o) seen: the sum of the faded count of
    (s, earlier, o), over the sum of the faded counts of (s, earlier, anyone).
    """

    def __init__(self, relations: int) -> None:
        shape = (len(COLUMNS), relations, relations)
        self._met = np.zeros(shape, dtype=np.float32)
        self._could = np.zeros(shape, dtype=np.float32)

    def learn(self, memory: Memory, moves: Moves, day: int) -> None:
        """Learn from one day's moves and what was remembered before that day."""
        pair = (moves.subject * memory.actors + moves.object) * memory.relations
        met = memory.triples.spans(pair, pair + memory.relations)
        earlier = memory.triples.keys[met.row] % memory.relations
        start = moves.subject * memory.relations
        could = memory.habits.spans(start, start + memory.relations)
        habit = memory.habits.keys[could.row] % memory.relations
        for i, column in enumerate(COLUMNS):
            rates = memory.triples.rates_at(met.row, day, column)
            np.add.at(self._met[i], (earlier, moves.relation[met.owner]), rates)
            rates = memory.habits.rates_at(could.row, day, column)
            np.add.at(self._could[i], (habit, moves.relation[could.owner]), rates)

    def strength(self) -> Reals:
        """(half-lives, earlier, later), each between 0 and 1."""
        return self._met / (self._could + np.float32(PRIOR_WEIGHT))

    def apply(
        self, memory: Memory, subject: Integers, relation: Integers, object: Integers, day: int
    ) -> Reals:
        """What the rules say of each (subject, relation, object): (half-lives, n) sums."""
        pair = (subject * memory.actors + object) * memory.relations
        spans = memory.triples.spans(pair, pair + memory.relations)
        earlier = memory.triples.keys[spans.row] % memory.relations
        rates = memory.triples.rates_at(spans.row, day)
        strength = self.strength()
        told = [
            np.bincount(
                spans.owner,
                rates[:, column] * strength[i, earlier, relation[spans.owner]],
                minlength=len(subject),
            )
            for i, column in enumerate(COLUMNS)
        ]
        return np.stack(told).astype(np.float32)
