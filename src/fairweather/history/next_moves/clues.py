"""Clues: what speaks for each candidate, as numbers that a scorer can weigh.

A clue family is a handful of columns that tell one story ("the same move before"); families
can be left out, which is how their worth is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from fairweather.history.next_moves.candidates import Candidates, Questions
from fairweather.history.next_moves.counts import FadingCounts
from fairweather.history.next_moves.memory import WEEK, YEAR, Memory
from fairweather.history.next_moves.moves import Integers, Reals
from fairweather.history.next_moves.rules import Rules

BOOST = np.float32(10)
"""Faded counts are told as log(1 + 10 x): fine steps where little happened."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Everything a clue may look at: flat arrays, one entry a (question, candidate)."""

    memory: Memory
    rules: Rules
    candidates: Candidates
    question: Integers
    subject: Integers
    relation: Integers
    actor: Integers
    turn: Integers
    day: int


def _scene(
    memory: Memory, rules: Rules, questions: Questions, candidates: Candidates, day: int
) -> Scene:
    width = candidates.actor.shape[1]
    relation = np.repeat(questions.relation, width)
    return Scene(
        memory,
        rules,
        candidates,
        np.repeat(np.arange(len(questions)), width),
        np.repeat(questions.subject, width),
        relation,
        candidates.actor.ravel(),
        memory.turn(relation),
        day,
    )


def _dealings(counts: FadingCounts, keys: Integers, day: int) -> Iterator[Reals]:
    """How often, how lately, how often ever: seven columns."""
    rates, age, seen = counts.look_up(keys, day)
    yield from np.log1p(BOOST * rates).T
    yield np.reciprocal(1 + age)
    yield np.log(np.maximum(age, 1))
    yield np.log1p(seen)


def _shared(rates: Reals, of: Reals) -> Iterator[Reals]:
    """Log of each faded count as a share of the whole it belongs to, one column a half-life."""
    yield from np.log((rates + np.float32(1e-3)) / (of + 1)).T


def same_move(scene: Scene) -> Iterator[Reals]:
    """The same actor did the same to this one before, and with what share of such moves."""
    memory = scene.memory
    keys = memory.triple(scene.subject, scene.relation, scene.actor)
    yield from _dealings(memory.triples, keys, scene.day)
    habit = scene.subject * memory.relations + scene.relation
    rates = memory.triples.look_up(keys, scene.day)[0]
    yield from _shared(rates, memory.habits.look_up(habit, scene.day)[0])


def answered_move(scene: Scene) -> Iterator[Reals]:
    """The other side did the same before: visits are returned, fire is."""
    memory = scene.memory
    keys = memory.triple(scene.subject, memory.inverse(scene.relation), scene.actor)
    yield from _dealings(memory.triples, keys, scene.day)


def same_side(scene: Scene) -> Iterator[Reals]:
    """Anything between the two in which the same side acted."""
    memory = scene.memory
    keys = memory.pair(scene.subject, scene.actor, scene.turn)
    yield from _dealings(memory.pairs, keys, scene.day)
    rates = memory.pairs.look_up(keys, scene.day)[0]
    whole = memory.activity.look_up(scene.subject * 2 + scene.turn, scene.day)[0]
    yield from _shared(rates, whole)


def other_side(scene: Scene) -> Iterator[Reals]:
    """Anything between the two in which the other side acted."""
    keys = scene.memory.pair(scene.subject, scene.actor, 1 - scene.turn)
    yield from _dealings(scene.memory.pairs, keys, scene.day)


def usual_for_relation(scene: Scene) -> Iterator[Reals]:
    """This actor is whom such moves usually meet, whoever makes them."""
    memory = scene.memory
    keys = scene.relation * memory.actors + scene.actor
    yield from _dealings(memory.receivers, keys, scene.day)
    rates = memory.receivers.look_up(keys, scene.day)[0]
    yield from _shared(rates, memory.relation_use.look_up(scene.relation, scene.day)[0])


def standing(scene: Scene) -> Iterator[Reals]:
    """How busy this actor is, on either side of any move."""
    memory = scene.memory
    for turn in (scene.turn, 1 - scene.turn):
        rates = memory.standing.look_up(turn * memory.actors + scene.actor, scene.day)[0]
        yield from np.log1p(BOOST * rates).T


def rules(scene: Scene) -> Iterator[Reals]:
    """What earlier moves between the two lead to, by the rules learnt."""
    told = scene.rules.apply(scene.memory, scene.subject, scene.relation, scene.actor, scene.day)
    shape = scene.candidates.actor.shape
    for row in told:
        whole = row.reshape(shape).sum(axis=1)[scene.question]
        yield np.log1p(100 * row)
        yield np.log((row + np.float32(1e-4)) / (whole + np.float32(1e-2)))


def shared_partners(scene: Scene) -> Iterator[Reals]:
    """How near the two are over others, and how usual such a one is for the relation."""
    yield np.log(scene.candidates.near.ravel() + np.float32(1e-4))
    yield np.log(scene.candidates.far.ravel() + np.float32(1e-4))
    yield np.log(scene.candidates.walk.ravel() + np.float32(1e-6))


def asker(scene: Scene) -> Iterator[Reals]:
    """How much is known of the question itself: it gates the other clues."""
    memory = scene.memory
    habit = memory.habits.look_up(scene.subject * memory.relations + scene.relation, scene.day)[0]
    yield from np.log1p(habit[:, [WEEK, YEAR]]).T
    yield np.log1p(memory.activity.look_up(scene.subject * 2 + scene.turn, scene.day)[0][:, YEAR])
    yield (scene.subject == scene.actor).astype(np.float32)


FAMILIES: dict[str, Callable[[Scene], Iterator[Reals]]] = {
    family.__name__: family
    for family in (
        same_move,
        answered_move,
        same_side,
        other_side,
        usual_for_relation,
        standing,
        rules,
        shared_partners,
        asker,
    )
}
"""Name of a family -> its columns. The docstrings say what each tells."""


def gather(
    memory: Memory,
    learnt: Rules,
    questions: Questions,
    candidates: Candidates,
    day: int,
    families: tuple[str, ...] = tuple(FAMILIES),
) -> Reals:
    """The clues of every candidate: (questions, candidates, clues)."""
    scene = _scene(memory, learnt, questions, candidates, day)
    columns = [column for name in families for column in FAMILIES[name](scene)]
    shape = (*candidates.actor.shape, len(columns))
    return np.stack(columns, axis=1).astype(np.float32, copy=False).reshape(shape)
