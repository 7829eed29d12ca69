"""A gated softmax: weighs clues into probabilities over the candidates of a question.

score = w0 . x + w . relu(W x + b + e_relation), p = softmax(score) over a question's candidates
and one more place that stands for everybody else. x is the standardised clue vector. The
hidden units switch clues on and off by how much is known; e_relation lets each relation
switch them in its own way. Fitted by maximum likelihood with Adam (Kingma & Ba 2015), the
weights averaged over the last part of the run (Polyak & Juditsky 1992).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from fairweather.history.next_moves.moves import Integers, Reals

Weights = dict[str, Reals]


@dataclass(frozen=True, slots=True)
class Fitting:
    """How weights are fitted."""

    hidden: int = 48
    passes: int = 5
    batch: int = 32
    rate: float = 3e-3
    averaged: float = 0.4
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Lesson:
    """Questions whose answers are known.

    `clues` (questions, candidates, clues); `relation` (questions,); `answers` (questions,
    candidates + 1): how often each candidate was the answer, last the answers not weighed.
    """

    clues: Reals
    relation: Integers
    answers: Reals

    def __len__(self) -> int:
        return len(self.relation)


class GatedSoftmax:
    """Weights of the scorer, with the scale of the clues they were fitted on."""

    def __init__(self, centre: Reals, spread: Reals, weights: Weights) -> None:
        self._centre = centre
        self._spread = spread
        self._weights = weights

    def chances(self, clues: Reals, relation: Integers) -> Reals:
        """(questions, candidates + 1): probabilities that sum to one, last that of the rest."""
        standard = (clues - self._centre) / self._spread
        return _softmax(_Pass(self._weights, standard, relation).score)

    @classmethod
    def fit(cls, lesson: Lesson, relations: int, fitting: Fitting) -> GatedSoftmax:
        """Weights fitted on questions whose answers are known.

        Standardises the lesson's clues in place: they are large and wanted by nobody else.
        """
        rng = np.random.default_rng(fitting.seed)
        sample = rng.choice(len(lesson), size=min(len(lesson), 2000), replace=False)
        flat = lesson.clues[np.sort(sample)].reshape(-1, lesson.clues.shape[2])
        centre, spread = flat.mean(axis=0), flat.std(axis=0) + np.float32(1e-3)
        np.subtract(lesson.clues, centre, out=lesson.clues)
        np.divide(lesson.clues, spread, out=lesson.clues)
        weights = _initial(len(centre), fitting.hidden, relations, rng)
        return cls(centre, spread, _averaged_descent(lesson, weights, fitting, rng))


def _initial(clues: int, hidden: int, relations: int, rng: np.random.Generator) -> Weights:
    weights = {
        "inward": rng.normal(size=(clues, hidden)) * 0.7 / np.sqrt(clues),
        "threshold": np.zeros(hidden),
        "relation": rng.normal(size=(relations, hidden)) * 0.05,
        "outward": rng.normal(size=hidden) * 0.3 / np.sqrt(hidden),
        "straight": np.zeros(clues),
        "rest": np.zeros(clues),
        "rest_level": np.zeros(1),
        "rest_relation": np.zeros(relations),
    }
    return {name: values.astype(np.float32) for name, values in weights.items()}


class _Pass:
    """One pass through the scorer over a batch, keeping what its gradient needs."""

    def __init__(self, weights: Weights, clues: Reals, relation: Integers) -> None:
        self.weights, self.clues, self.relation = weights, clues, relation
        gate = weights["relation"][relation][:, None, :] + weights["threshold"]
        self.active = np.maximum(clues @ weights["inward"] + gate, 0)
        score = self.active @ weights["outward"] + clues @ weights["straight"]
        # The rest is judged by the mean clues of those who are weighed: how much is known.
        self.mean = clues.mean(axis=1)
        rest = (
            self.mean @ weights["rest"] + weights["rest_level"] + weights["rest_relation"][relation]
        )
        self.score = np.concatenate([score, rest[:, None]], axis=1)

    def gradient(self, by_score: Reals) -> Weights:
        """Gradient of the loss by every weight, given that by the scores (questions, places)."""
        inner, rest = by_score[:, :-1], by_score[:, -1]
        flat = self.clues.reshape(-1, self.clues.shape[2])
        hidden = self.active.shape[2]
        by_hidden = inner[:, :, None] * self.weights["outward"]
        by_hidden *= self.active > 0
        relation = np.zeros_like(self.weights["relation"])
        np.add.at(relation, self.relation, by_hidden.sum(axis=1))
        rest_relation = np.zeros_like(self.weights["rest_relation"])
        np.add.at(rest_relation, self.relation, rest)
        return {
            "inward": flat.T @ by_hidden.reshape(-1, hidden),
            "threshold": by_hidden.sum(axis=(0, 1)),
            "relation": relation,
            "outward": inner.ravel() @ self.active.reshape(-1, hidden),
            "straight": inner.ravel() @ flat,
            "rest": rest @ self.mean,
            "rest_level": rest.sum(keepdims=True),
            "rest_relation": rest_relation,
        }


def _averaged_descent(
    lesson: Lesson, weights: Weights, fitting: Fitting, rng: np.random.Generator
) -> Weights:
    batches = fitting.passes * -(-len(lesson) // fitting.batch)
    start = int(batches * (1 - fitting.averaged))
    adam = _Adam(weights, fitting.rate)
    mean = {name: np.zeros_like(values) for name, values in weights.items()}
    for step, chosen in enumerate(_batches(len(lesson), fitting, rng)):
        relation, answers = lesson.relation[chosen], lesson.answers[chosen]
        run = _Pass(weights, lesson.clues[chosen], relation)
        told = answers.sum(axis=1, keepdims=True)
        by_score = (_softmax(run.score) * told - answers) / np.float32(len(chosen))
        adam.step(run.gradient(by_score), warm=min(1.0, (step + 1) / 50))
        if step >= start:
            for name, values in mean.items():
                values += (weights[name] - values) / np.float32(step - start + 1)
    return mean if batches > start else weights


def _batches(count: int, fitting: Fitting, rng: np.random.Generator) -> Iterator[Integers]:
    for _ in range(fitting.passes):
        order = rng.permutation(count)
        for i in range(0, count, fitting.batch):
            yield order[i : i + fitting.batch]


class _Adam:
    """Adam's moments; changes the weights in place."""

    def __init__(self, weights: Weights, rate: float) -> None:
        self._weights, self._rate, self._steps = weights, rate, 0
        self._first: dict[str, Any] = {name: np.zeros_like(v) for name, v in weights.items()}
        self._second: dict[str, Any] = {name: np.zeros_like(v) for name, v in weights.items()}

    def step(self, gradient: Weights, warm: float) -> None:
        """One step against the gradient; `warm` (0..1) shortens the first ones."""
        self._steps += 1
        scale = self._rate * warm * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        for name, slope in gradient.items():
            first, second = self._first[name], self._second[name]
            first += np.float32(0.1) * (slope - first)
            second += np.float32(0.001) * (slope * slope - second)
            self._weights[name] -= np.float32(scale) * first / (np.sqrt(second) + np.float32(1e-8))


def _softmax(score: Reals) -> Reals:
    raised = np.exp(score - score.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))
