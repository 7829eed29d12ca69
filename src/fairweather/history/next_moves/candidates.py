"""Who may be meant: of thousands of actors the hundred or so worth weighing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairweather.history.next_moves.counts import FadingCounts
from fairweather.history.next_moves.memory import YEAR, Memory
from fairweather.history.next_moves.moves import Integers, Reals
from fairweather.history.next_moves.paths import nearness

RECEIVERS = 384
"""Of a relation's usual receivers, how many are looked at for one not met before."""

FAMED = 0.2
"""Weight of being usual for the relation beside being near as well; it only preselects."""


@dataclass(frozen=True, slots=True)
class Questions:
    """Whom will `subject[i]` meet in `relation[i]`? Two arrays of one length."""

    subject: Integers
    relation: Integers

    def __len__(self) -> int:
        return len(self.subject)

    def sample(self, share: float, rng: np.random.Generator) -> Questions:
        """About this share of them, in order."""
        kept = np.flatnonzero(rng.random(len(self)) < share)
        return Questions(self.subject[kept], self.relation[kept])


@dataclass(frozen=True, slots=True)
class Candidates:
    """Actors weighed for each question, all arrays (questions, candidates), none twice.

    `near` and `far` are the weights of paths of two and three steps (see paths); `walk` is `far`
    times how usual the actor is for the relation, as a share of the receivers looked at.
    """

    actor: Integers
    near: Reals
    far: Reals
    walk: Reals


def preselect(memory: Memory, questions: Questions, day: int, count: int) -> Candidates:
    """Half of `count` by dealings with the subject, half usual for the relation and near."""
    subjects, of_subject = np.unique(questions.subject, return_inverse=True)
    relations, of_relation = np.unique(questions.relation, return_inverse=True)
    near, far = nearness(memory, subjects, day)
    count = min(count, memory.actors)
    partners = _highest(_partner_shares(memory, subjects, far, day), count // 2)
    usual = _shares(memory.receivers, relations, memory.actors, day)
    receivers = _highest(usual, max(min(RECEIVERS, memory.actors), count))
    shown = receivers[of_relation]
    fame = np.take_along_axis(usual, receivers, axis=1)[of_relation]
    walk = far[of_subject[:, None], shown] * fame
    reached = walk.sum(axis=1, keepdims=True) + np.float32(1e-9)
    walk = walk / reached + np.float32(FAMED) * fame
    known = np.zeros(far.shape, dtype=bool)
    np.put_along_axis(known, partners, True, axis=1)
    walk[known[of_subject[:, None], shown]] = -1
    others = np.take_along_axis(shown, _highest(walk, count - count // 2), axis=1)
    actor = np.concatenate([partners[of_subject], others], axis=1)
    rows = of_subject[:, None]
    nearness_far = far[rows, actor]
    walked = nearness_far * usual[of_relation[:, None], actor] / reached
    return Candidates(actor, near[rows, actor], nearness_far, walked)


def _highest(scores: Reals, count: int) -> Integers:
    """(rows, count): the columns of each row's highest scores, in no order."""
    least = scores.shape[1] - count
    return np.argpartition(scores, least, axis=1)[:, least:]


def _partner_shares(memory: Memory, subjects: Integers, far: Reals, day: int) -> Reals:
    """Shares of dealings; where there are none, nearness keeps actors in order."""
    return _shares(memory.partners, subjects, memory.actors, day) + np.float32(1e-6) * far


def _shares(counts: FadingCounts, heads: Integers, actors: int, day: int) -> Reals:
    """(heads, actors): shares of a head's faded count, where keys are head * actors + actor."""
    spans = counts.spans(heads * actors, (heads + 1) * actors)
    rates = np.zeros((len(heads), actors), dtype=np.float32)
    rates[spans.owner, counts.keys[spans.row] % actors] = counts.rates_at(spans.row, day, YEAR)
    rates /= rates.sum(axis=1, keepdims=True) + np.float32(1e-3)
    return rates
