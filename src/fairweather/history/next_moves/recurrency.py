"""The recurrency baseline: what was will be again, sooner if it was lately.

After Gastinger, Meilicke, Errica, Sztyler, Schuelke & Stuckenschmidt, "History repeats itself"
(IJCAI 2024): score(o) = a * strict(o) + (1 - a) * relaxed(o). Strict fades from the last time
that the very triple was seen; relaxed is the share of o among all the relation's objects.
Half-life and a are chosen for each relation on days before those scored. Here strict may
also be the faded count of all times seen, relative to 1 plus itself, which does better than
the last time alone: the baseline gets whichever is best.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fairweather.history.next_moves.candidates import Questions
from fairweather.history.next_moves.counts import FadingCounts
from fairweather.history.next_moves.moves import Integers, Moves, Reals
from fairweather.history.next_moves.ranking import Ranks, filtered_ranks

HALF_LIVES = (3.0, 10.0, 30.0, 100.0)
FEWEST = 50
"""Answers below which a relation takes the choice that is best for all."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to be recurrent: column of the half-lives, last time only or all, and a."""

    column: int
    last_only: bool
    strictness: float


CHOICES = tuple(
    Choice(column, last_only, strictness)
    for column in range(len(HALF_LIVES))
    for last_only in (True, False)
    for strictness in (0.9, 0.999)
)


class Recurrency:
    """Triples and objects of relations seen so far, and the choice made for each relation."""

    def __init__(self, actors: int, relations: int) -> None:
        self.actors = actors
        self.relations = 2 * relations
        self._triples = FadingCounts(HALF_LIVES)
        self._objects = FadingCounts(HALF_LIVES)
        self._choice = np.zeros(self.relations, dtype=np.int64)

    def learn(self, moves: Moves) -> None:
        """Take in moves (as given), day by day."""
        for day in np.unique(moves.day):
            today = moves.on(int(day)).both_ways()
            self._triples.add(self._key(today.subject, today.relation) + today.object, int(day))
            self._objects.add(today.relation * self.actors + today.object, int(day))

    def tune(self, moves: Moves) -> None:
        """Choose for each relation what ranks these moves best, and learn them."""
        total = np.zeros((len(CHOICES), self.relations))
        cases = np.zeros(self.relations)
        for day in np.unique(moves.day):
            today = moves.on(int(day))
            both = today.both_ways()
            cases += np.bincount(both.relation, minlength=self.relations)
            for i, ranks in enumerate(self._tried(both, int(day))):
                total[i] += np.bincount(both.relation, 1 / ranks, minlength=self.relations)
            self.learn(today)
        common = int(total.sum(axis=1).argmax())
        self._choice = np.where(cases >= FEWEST, total.argmax(axis=0), common)

    def ranks(self, both: Moves, day: int) -> Ranks:
        """Rank of each object of one day's moves (both ways), ties and filter as in ranking."""
        asked = np.unique(self._choice[both.relation])
        ranks = np.zeros(len(both))
        for choice in asked:
            mine = np.flatnonzero(self._choice[both.relation] == choice)
            ranks[mine] = self._ranked(both.rows(mine), day, [CHOICES[choice]])[0]
        return ranks

    def _tried(self, both: Moves, day: int) -> Iterator[Ranks]:
        yield from self._ranked(both, day, list(CHOICES))

    def _ranked(self, both: Moves, day: int, choices: list[Choice]) -> list[Ranks]:
        key, question = np.unique(
            both.subject * self.relations + both.relation, return_inverse=True
        )
        ranks = [np.zeros(len(both)) for _ in choices]
        for start in range(0, len(key), 256):
            part = key[start : start + 256]
            mine = np.flatnonzero((question >= start) & (question < start + 256))
            asked = Questions(*np.divmod(part, self.relations))
            for i, scores in enumerate(self._scores(asked, day, choices)):
                ranks[i][mine] = filtered_ranks(scores, question[mine] - start, both.object[mine])
        return ranks

    def _scores(self, asked: Questions, day: int, choices: list[Choice]) -> Iterator[Reals]:
        relaxed = self._relaxed(asked.relation)
        first = self._key(asked.subject, asked.relation)
        spans = self._triples.spans(first, first + self.actors)
        seen = self._triples.keys[spans.row] % self.actors
        age = self._triples.ages_at(spans.row, day)
        for choice in choices:
            if choice.last_only:
                strict = np.exp2(-age / np.float32(HALF_LIVES[choice.column]))
            else:
                strict = self._triples.rates_at(spans.row, day, choice.column)
                strict = strict / (1 + strict)
            scores = relaxed * np.float32(1 - choice.strictness)
            scores[spans.owner, seen] += np.float32(choice.strictness) * strict
            yield scores

    def _relaxed(self, relation: Integers) -> Reals:
        spans = self._objects.spans(relation * self.actors, (relation + 1) * self.actors)
        share = np.zeros((len(relation), self.actors), dtype=np.float32)
        object = self._objects.keys[spans.row] % self.actors
        share[spans.owner, object] = self._objects.seen_at(spans.row)
        share /= np.maximum(share.sum(axis=1, keepdims=True), 1)
        return share

    def _key(self, subject: Integers, relation: Integers) -> Integers:
        return (subject * self.relations + relation) * self.actors
