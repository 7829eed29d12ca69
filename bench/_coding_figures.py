"""The figures of event coding: what is counted of every sentence, and what the counts give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from _coding_labels import Row, class_of
from fairweather.coding.forced_choice import alike

Rows = list[tuple[Any, ...]]
"""What is counted, one row a sentence."""
Figure = tuple[float, float, float]
"""A value and the ends of its 90 % interval."""
Figures = dict[str, Figure | None]


@dataclass(frozen=True, slots=True)
class Coded:
    """One event as coded: class, the texts of both sides with their actors, confidence."""

    event_class: str
    status: str
    source: tuple[str, frozenset[str]]
    target: tuple[str, frozenset[str]]
    date: tuple[str | None, str | None]
    confidence: float


@dataclass(frozen=True, slots=True)
class Line:
    """A labelled sentence with what was coded from it."""

    label: Row
    coded: tuple[Coded, ...]
    given_spans: str
    source_states: frozenset[str]
    target_states: frozenset[str]

    @property
    def event_class(self) -> str:
        """The label's class; empty where there is no event."""
        return class_of(self.label)

    @property
    def top(self) -> str:
        """The class of the event coded with most confidence; empty where none was."""
        best = max(self.coded, key=lambda coded: coded.confidence, default=None)
        return best.event_class if best else ""

    @property
    def interval(self) -> tuple[str | None, ...] | None:
        """The first and last day of the event by its label, where it has them."""
        date = self.label.get("date")
        return tuple(date) if isinstance(date, list) and len(date) == 2 else None


def same_sides(line: Line, coded: Coded) -> bool:
    """Whether both sides of a coded event are the label's."""
    return all(
        alike(line.label.get(side) or "", text) or bool(states & actors)
        for side, (text, actors), states in (
            ("source", coded.source, line.source_states),
            ("target", coded.target, line.target_states),
        )
    )


def figure(key: str, lines: Sequence[Line], draws: int) -> Figure | None:
    """A figure with the ends of its 90 % interval; None where the lines cannot give it."""
    return drawn(COUNTS[key](lines), draws, MEASURES.get(key, ratio_of))


def drawn(
    counts: Rows, draws: int, measure: Callable[[np.ndarray], float] | None = None
) -> Figure | None:
    """What a measure (right over all, by default) says of counted rows, with its interval."""
    if not counts:
        return None
    measure = measure or ratio_of
    table = np.array(counts, dtype=object if isinstance(counts[0][0], str) else float)
    generator = np.random.default_rng(7)
    size = len(table)
    values = [measure(table[generator.integers(0, size, size)]) for _ in range(draws)]
    low, high = np.quantile(values, [0.05, 0.95])
    return round(measure(table), 3), round(float(low), 3), round(float(high), 3)


def ratio_of(table: np.ndarray) -> float:
    """Sum of the first column over that of the second."""
    below = table[:, 1].sum()
    return float(table[:, 0].sum() / below) if below else 0.0


def f1_of(table: np.ndarray) -> float:
    """F1 of columns right among coded, coded, labels found, labels."""
    right, coded, found, labels = table.sum(axis=0)
    precision = right / coded if coded else 0.0
    recall = found / labels if labels else 0.0
    return float(2 * precision * recall / (precision + recall)) if precision + recall else 0.0


def macro_f1_of(table: np.ndarray) -> float:
    """Mean over the label classes of the F1 of the most confident class."""
    scores = []
    pairs = Counter((str(label), str(top)) for label, top in table)
    for name in {label for label, _ in pairs}:
        right = pairs[name, name]
        labels = sum(count for (label, _), count in pairs.items() if label == name)
        coded = sum(count for (_, top), count in pairs.items() if top == name)
        scores.append(2 * right / (labels + coded))
    return float(np.mean(scores))


def _classed(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.event_class and not line.event_class.isdigit()]


def _with_spans(lines: Sequence[Line]) -> list[Line]:
    return [
        line for line in _classed(lines) if line.label.get("source") and line.label.get("target")
    ]


def _triples(lines: Sequence[Line]) -> Rows:
    rows = []
    for line in _with_spans(lines):
        right = [same_sides(line, c) and c.event_class == line.event_class for c in line.coded]
        rows.append((sum(right), len(right), int(any(right)), 1))
    return rows


COUNTS: dict[str, Callable[[Sequence[Line]], Rows]] = {
    "root_top1": lambda lines: [(line.top == line.event_class, 1) for line in _classed(lines)],
    "root_macro_f1": lambda lines: [(line.event_class, line.top) for line in _classed(lines)],
    "triple_precision": lambda lines: [row[:2] for row in _triples(lines)],
    "triple_recall": lambda lines: [row[2:] for row in _triples(lines)],
    "triple_f1": _triples,
    "dyad_recall": lambda lines: [
        (any(same_sides(line, coded) for coded in line.coded), 1) for line in _with_spans(lines)
    ],
    "class_accuracy_given_spans": lambda lines: [
        (line.given_spans == line.event_class, 1) for line in _with_spans(lines)
    ],
    "no_event_coded": lambda lines: [
        (bool(line.coded), 1) for line in lines if not line.event_class
    ],
    "status_errors": lambda lines: [
        (coded.status == "factual" and line.label["status"] != "factual", 1)
        for line in lines
        if line.label.get("status")
        for coded in line.coded
    ],
    "date_accuracy": lambda lines: [
        (line.interval in {coded.date for coded in line.coded}, 1)
        for line in lines
        if line.interval
    ],
}
"""For each figure, one row a sentence of what is counted; empty where there is none."""

MEASURES: dict[str, Callable[[np.ndarray], float]] = {
    "triple_f1": f1_of,
    "root_macro_f1": macro_f1_of,
}
