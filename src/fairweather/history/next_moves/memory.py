"""What a forecaster remembers of the moves so far: fading counts of their parts."""

from __future__ import annotations

import numpy as np

from fairweather.history.next_moves.counts import FadingCounts
from fairweather.history.next_moves.moves import Integers, Moves

HALF_LIVES = (3.0, 30.0, 120.0, 365.0)
"""Days. The first tells of this week, the last of the usual."""

WEEK, MONTH, SEASON, YEAR = range(4)
"""Columns of the half-lives, by what they tell of."""


class Memory:
    """Counts of moves by triple, pair, relation and actor; holds nothing of days to come.

    Relations are those of `Moves.both_ways`: `relations` counts the inverse ones too, the
    upper half of the ids. `turn` is 1 for these, when the query's actor was acted upon.
    """

    def __init__(self, actors: int, relations: int) -> None:
        self.actors = actors
        self.relations = relations
        self.triples = FadingCounts(HALF_LIVES)
        self.pairs = FadingCounts(HALF_LIVES)
        self.partners = FadingCounts(HALF_LIVES)
        self.receivers = FadingCounts(HALF_LIVES)
        self.standing = FadingCounts(HALF_LIVES)
        self.habits = FadingCounts(HALF_LIVES)
        self.activity = FadingCounts(HALF_LIVES)
        self.relation_use = FadingCounts(HALF_LIVES)

    def turn(self, relation: Integers) -> Integers:
        """1 where the relation is an inverse one, else 0."""
        return (2 * relation >= self.relations).astype(np.int64)

    def inverse(self, relation: Integers) -> Integers:
        """The same relation seen from the other side."""
        return (relation + self.relations // 2) % self.relations

    def triple(self, subject: Integers, relation: Integers, object: Integers) -> Integers:
        """Key of a triple; those of one pair stand side by side."""
        return (subject * self.actors + object) * self.relations + relation

    def pair(self, subject: Integers, object: Integers, turn: Integers) -> Integers:
        """Key of a pair with who acted."""
        return (subject * self.actors + object) * 2 + turn

    def learn(self, moves: Moves, day: int) -> None:
        """Take in the moves (both ways) of one day, after that day has been forecast."""
        subject, relation, object = moves.subject, moves.relation, moves.object
        turn = self.turn(relation)
        self.triples.add(self.triple(subject, relation, object), day)
        self.pairs.add(self.pair(subject, object, turn), day)
        self.partners.add(subject * self.actors + object, day)
        self.receivers.add(relation * self.actors + object, day)
        self.standing.add(turn * self.actors + object, day)
        self.habits.add(subject * self.relations + relation, day)
        self.activity.add(subject * 2 + turn, day)
        self.relation_use.add(relation, day)
