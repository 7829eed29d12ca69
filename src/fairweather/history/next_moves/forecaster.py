"""The forecaster: walks through the days, forecasts each before it learns from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from fairweather.errors import RecordError
from fairweather.history.next_moves.candidates import Candidates, Questions, preselect
from fairweather.history.next_moves.clues import FAMILIES, gather
from fairweather.history.next_moves.memory import YEAR, Memory
from fairweather.history.next_moves.moves import Moves, Reals
from fairweather.history.next_moves.rules import Rules
from fairweather.history.next_moves.scorer import Fitting, GatedSoftmax, Lesson


@dataclass(frozen=True, slots=True)
class Setting:
    """What a forecaster is made of."""

    weighed: int = 96
    """Candidates weighed for each question; the others share what is left by their standing."""
    chunk: int = 256
    """Questions treated at once: bounds the memory used."""
    most_lessons: int = 24_000
    """Questions that weights are fitted on; of more, an even sample: bounds memory and time."""
    families: tuple[str, ...] = tuple(FAMILIES)
    fitting: Fitting = field(default_factory=Fitting)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Chances of one day's questions.

    `chances` (questions, candidates + 1) belong to `candidates.actor` and, last, to all
    others together; `rest` (questions, actors) is how the others share theirs (zero for the
    candidates), so that all chances of a question sum to one.
    """

    questions: Questions
    candidates: Candidates
    chances: Reals
    rest: Reals

    def over_all(self) -> Reals:
        """(questions, actors): the probability of every actor, each row summing to one."""
        whole = self.rest * self.chances[:, -1:]
        np.put_along_axis(whole, self.candidates.actor, self.chances[:, :-1], axis=1)
        # In a world so small that all are weighed there is nobody left to hold the last place.
        whole /= whole.sum(axis=1, keepdims=True)
        return whole


class Forecaster:
    """Memory, rules and (once fitted) weights. Moves are taken in one day at a time."""

    def __init__(self, actors: int, relations: int, setting: Setting | None = None) -> None:
        self.setting = setting or Setting()
        self.memory = Memory(actors, 2 * relations)
        self.rules = Rules(2 * relations)
        self.scorer: GatedSoftmax | None = None

    def learn(self, moves: Moves) -> None:
        """Take in moves (as given, not both ways), day by day."""
        for day in np.unique(moves.day):
            today = moves.on(int(day)).both_ways()
            self.rules.learn(self.memory, today, int(day))
            self.memory.learn(today, int(day))

    def fit(self, moves: Moves) -> None:
        """Fit the weights on these moves, each day forecast from those before, and learn them.

        Raises RecordError when there is none.
        """
        if not len(moves):
            raise RecordError("no moves to fit weights on: give at least one day of them")
        days = [int(day) for day in np.unique(moves.day)]
        asked = {day: _asked(moves.on(day).both_ways()) for day in days}
        share = self.setting.most_lessons / max(1, sum(map(len, asked.values())))
        rng = np.random.default_rng(self.setting.fitting.seed)
        lessons: list[Lesson] = []
        for day in days:
            chosen = asked[day] if share >= 1 else asked[day].sample(share, rng)
            lessons += self._lessons(moves.on(day).both_ways(), chosen, day)
            self.learn(moves.on(day))
        lesson = Lesson(
            np.concatenate([each.clues for each in lessons]),
            np.concatenate([each.relation for each in lessons]),
            np.concatenate([each.answers for each in lessons]),
        )
        lessons.clear()
        self.scorer = GatedSoftmax.fit(lesson, self.memory.relations, self.setting.fitting)

    def _lessons(self, today: Moves, chosen: Questions, day: int) -> Iterator[Lesson]:
        for questions, clues, candidates in self._clues(chosen, day):
            yield Lesson(clues, questions.relation, _answers(today, questions, candidates))

    def forecast(self, questions: Questions, day: int) -> Iterator[Forecast]:
        """Chances for each question, in chunks and in order, from what was learnt before."""
        if self.scorer is None:
            raise RuntimeError("the forecaster has no weights yet: call fit first")
        for asked, clues, candidates in self._clues(questions, day):
            chances = self.scorer.chances(clues, asked.relation)
            yield Forecast(asked, candidates, chances, self._rest(asked, candidates, day))

    def _clues(
        self, questions: Questions, day: int
    ) -> Iterator[tuple[Questions, Reals, Candidates]]:
        for i in range(0, len(questions), self.setting.chunk):
            part = slice(i, i + self.setting.chunk)
            asked = Questions(questions.subject[part], questions.relation[part])
            candidates = preselect(self.memory, asked, day, self.setting.weighed)
            families = self.setting.families
            yield (
                asked,
                gather(self.memory, self.rules, asked, candidates, day, families),
                candidates,
            )

    def _rest(self, questions: Questions, candidates: Candidates, day: int) -> Reals:
        """How actors not weighed share a question: by standing, one case more for each."""
        memory = self.memory
        turn = memory.turn(questions.relation)
        share = np.full((2, memory.actors), 0.5, dtype=np.float32)
        share.ravel()[memory.standing.keys] += memory.standing.all_rates(day, YEAR)
        rest = share[turn]
        np.put_along_axis(rest, candidates.actor, 0, axis=1)
        rest /= rest.sum(axis=1, keepdims=True) + np.float32(1e-12)
        return rest


def _asked(today: Moves) -> Questions:
    key = np.unique(today.subject * today.relations + today.relation)
    return Questions(*np.divmod(key, today.relations))


def _answers(today: Moves, questions: Questions, candidates: Candidates) -> Reals:
    """(questions, candidates + 1): how often each was the answer, last those not weighed."""
    key = questions.subject * today.relations + questions.relation
    asked = today.subject * today.relations + today.relation
    mine = np.flatnonzero(np.isin(asked, key))
    question = np.searchsorted(key, asked[mine])
    hits = candidates.actor[question] == today.object[mine, None]
    place = np.where(hits.any(axis=1), hits.argmax(axis=1), candidates.actor.shape[1])
    answers = np.zeros((len(questions), candidates.actor.shape[1] + 1), dtype=np.float32)
    np.add.at(answers, (question, place), 1)
    return answers


def questions_of(moves: Moves) -> Questions:
    """The distinct questions that one day's moves (both ways) put, in order of their keys."""
    return _asked(moves)
