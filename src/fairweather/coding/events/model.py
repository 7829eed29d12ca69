"""The event model: weights that were learned, and the verdicts they give on evidence.

Four tables of linear weights over features (`features`): which class an act is, whether a
sentence tells of an event at all, which noun is an act's source, which its target. A fifth
sum weighs what they say together with the rules' own confidence, and a calibration turns it
into the share of right events among verdicts of that sum. NumPy only; same input, same rows.

The weights are the project's own, made by `bench/train_events.py`; the file beside them,
`weights.toml`, says from what.
"""

from __future__ import annotations

import functools
import itertools
import math
import operator
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fairweather.coding.events.evidence import Evidence, Features
from fairweather.errors import VocabularyError

WEIGHTS = Path(__file__).parent / "weights.npz"
TABLES = ("act", "event", "source", "target")
NEAREST = 3
"""Nouns tried as each side of an act, the likeliest first."""
LIKELIEST = 0.999
"""Nothing is certain: the most that calibration may say."""

Array = NDArray[np.float64]
Triple = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of features: one row each, one column an outcome; `bias` is what all start with.

    `odds` holds the weights of a table with a single outcome by feature; else it is empty.
    """

    index: Mapping[str, int]
    weights: Array
    bias: Array
    odds: Mapping[str, float] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        single = self.weights.shape[1] == 1
        column = self.weights[:, 0].tolist() if single else []
        object.__setattr__(self, "odds", dict(zip(self.index, column, strict=False)))

    def score(self, features: Iterable[str]) -> Array:
        """The sum of the weights of the features that the table has; shape (outcomes,)."""
        place = self.index.get
        rows = sorted(row for feature in features if (row := place(feature)) is not None)
        return np.asarray(self.bias + self.weights[rows].sum(axis=0))

    def weights_of(self, features: Iterable[str]) -> list[float]:
        """The weights, for a single outcome, of the features that the table has."""
        odds = self.odds
        return [odds[feature] for feature in features if feature in odds]

    def log_odds(self, *weights: Iterable[float]) -> float:
        """The sum of weights and bias, the same in whatever order they come."""
        return math.fsum(itertools.chain((float(self.bias[0]),), *weights))


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the model says of one act between two nouns, by their numbers in the evidence.

    `event_class` is the annotators' class (`features.codebook_class`); `sum` orders verdicts
    of equal confidence; `ruled` says whether the rules join the same two.
    """

    act: int
    source: int
    target: int
    event_class: str
    confidence: float
    sum: float
    ruled: bool


@dataclass(frozen=True, slots=True)
class EventModel:
    """The learned weights. `calibration` has two rows: sums, rising, and shares of right ones."""

    classes: tuple[str, ...]
    act: Table
    event: Table
    source: Table
    target: Table
    worth: Array
    bias: float
    calibration: Array

    def verdicts(self, evidence: Evidence) -> tuple[Verdict, ...]:
        """The verdicts on a sentence, surest first: for each act the likeliest pairs of nouns."""
        found = []
        worth = self.worth.tolist()
        for weighed in self.weighed(evidence):
            total = math.fsum((self.bias, *map(operator.mul, weighed.weights, worth)))
            sure = float(np.interp(total, self.calibration[0], self.calibration[1]))
            act, source, target = weighed.triple
            found.append(
                Verdict(
                    act,
                    source,
                    target,
                    weighed.event_class,
                    round(min(LIKELIEST, max(0.0, sure)), 3),
                    round(total, 6),
                    weighed.triple in evidence.ruled,
                )
            )
        return tuple(sorted(found, key=lambda verdict: (-verdict.sum, verdict.act)))

    def weighed(self, evidence: Evidence) -> Iterator[Weighed]:
        """Each act between each likely pair of nouns, with the numbers that decide its worth."""
        if len(evidence.nouns) < 2:
            return
        told = self.event.log_odds(self.event.weights_of(event_features(evidence)))
        of_nouns = [
            [table.weights_of(noun) for noun in evidence.nouns]
            for table in (self.source, self.target)
        ]
        for number in range(len(evidence.acts)):
            event_class, weights = self._class_of(evidence, number, told)
            source, target = (
                [
                    table.log_odds(own, table.weights_of(join[role]))
                    for own, join in zip(of_nouns[role], evidence.joins[number], strict=True)
                ]
                for role, table in enumerate((self.source, self.target))
            )
            leads = _leads(source), _leads(target)
            for one, other in _pairs(evidence, number, source, target):
                ruled = evidence.ruled.get((number, one, other), 0.0)
                sides = source[one], target[other]
                between = (*sides, min(sides), leads[0][one], leads[1][other],
                           ruled, ruled > 0, ruled >= 0.5)  # fmt: skip
                yield Weighed((number, one, other), event_class, (*between, *weights))

    def _class_of(
        self, evidence: Evidence, number: int, told: float
    ) -> tuple[str, tuple[float, ...]]:
        """The likeliest class of an act, and what weighs for any pair of nouns that it joins."""
        act = evidence.acts[number]
        likely = softmax(self.act.score(act_features(evidence, number)))
        best = int(likely.argmax())
        share = float(likely[best])
        return self.classes[best], (
            any(other == number for other, _, _ in evidence.ruled),
            share, math.log(share), self.classes[best] == act.lexicon_class,
            not act.lexicon_class, told,
            act.standing == "main", act.standing == "beside", act.status == "hypothetical",
            act.status == "denied", act.status == "planned", "part:noun" in act.features,
            act.weight, len(evidence.acts) > 1, len(evidence.acts) > 2,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighed:
    """One act between two nouns before its worth is summed; weights in the order of WORTH."""

    triple: Triple
    event_class: str
    weights: tuple[float, ...]


def _leads(scores: list[float]) -> list[float]:
    """How far each noun is ahead of the best other one, or behind it."""
    first, second = sorted(scores, reverse=True)[:2]
    leader = scores.index(first)
    return [score - (second if i == leader else first) for i, score in enumerate(scores)]


def event_features(evidence: Evidence) -> set[str]:
    """What tells whether a sentence has an event: its acts, by word and by class."""
    features = set(evidence.sentence)
    for act in evidence.acts:
        if act.lexicon_class or act.standing == "main":
            features |= {f"any-{feature}" for feature in act.features}
    return features


def act_features(evidence: Evidence, number: int) -> set[str]:
    """What tells the class of an act: its own features and the other acts around it."""
    return set(evidence.sentence | evidence.acts[number].features)


def role_features(evidence: Evidence, number: int, role: int) -> list[Features]:
    """For each noun what tells whether it is the act's source (role 0) or target (role 1)."""
    return [
        noun | join[role] for noun, join in zip(evidence.nouns, evidence.joins[number], strict=True)
    ]


def softmax(scores: Array) -> Array:
    """Scores as shares of one."""
    powers = np.exp(scores - scores.max())
    return np.asarray(powers / powers.sum())


def _pairs(
    evidence: Evidence, number: int, source: list[float], target: list[float]
) -> list[tuple[int, int]]:
    """The pairs of the likeliest nouns, and those that the rules join."""
    forbidden = evidence.forbidden
    others = _likeliest(target)
    proposed = {
        (one, other)
        for one in _likeliest(source)
        if (one, one) not in forbidden
        for other in others
        if one != other and (one, other) not in forbidden
    }
    ruled = {(one, other) for act, one, other in evidence.ruled if act == number}
    return sorted(proposed | ruled)


def _likeliest(scores: list[float]) -> list[int]:
    return sorted(range(len(scores)), key=lambda place: -scores[place])[:NEAREST]


WORTH = (
    "source", "target", "weaker side", "source's lead", "target's lead", "rules' confidence",
    "rules join them", "rules show them", "rules join others", "class", "log class",
    "class as in lexicon", "not in lexicon", "event", "main", "beside", "hypothetical", "denied",
    "planned", "noun", "weight of words", "several acts", "many acts",
)  # fmt: skip
"""The numbers that decide a verdict's worth, in the order of `EventModel.worth`."""


# -- the file ------------------------------------------------------------------------------


def save(model: EventModel, path: Path) -> None:
    """Writes a model's weights; tables as half-precision numbers, features as lines of text."""
    arrays: dict[str, NDArray[np.generic]] = {
        "classes": np.array(model.classes),
        "worth": model.worth,
        "bias": np.array([model.bias]),
        "calibration": model.calibration,
    }
    for name in TABLES:
        table: Table = getattr(model, name)
        arrays[f"{name}_features"] = np.array(list(table.index))
        arrays[f"{name}_weights"] = table.weights.astype(np.float16)
        arrays[f"{name}_bias"] = table.bias
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]


def load(path: Path) -> EventModel:
    """A model from its file. Raises VocabularyError naming the file where it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        tables = {name: _table(arrays, name) for name in TABLES}
        return EventModel(
            classes=tuple(str(name) for name in arrays["classes"]),
            **tables,
            worth=arrays["worth"].astype(float),
            bias=float(arrays["bias"][0]),
            calibration=arrays["calibration"].astype(float),
        )
    except (OSError, KeyError, ValueError) as error:
        raise VocabularyError(f"{path.name}: no event model can be read: {error}") from error


def _table(arrays: Mapping[str, NDArray[np.generic]], name: str) -> Table:
    features = arrays[f"{name}_features"]
    return Table(
        {str(feature): place for place, feature in enumerate(features)},
        arrays[f"{name}_weights"].astype(float),
        arrays[f"{name}_bias"].astype(float),
    )


@functools.cache
def event_model() -> EventModel:
    """The model as shipped, loaded once a process."""
    return load(WEIGHTS)
