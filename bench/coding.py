"""Measures event coding on labelled sentences: class, both sides, and silence where due.

    python bench/coding.py --data FILE [--threshold T] [--rules] [--half even|odd] [--json]

FILE holds one JSON object a line: `text`, `event_codes` (one PLOVER class, or a digit of the
five-way scheme where "0" is no event; `roots_plover2021` where given), `source` and `target`
as spans of the text; optional `status` and `date` [from, to]. CONCEDE and RETREAT count as one
class, YIELD.

Where the file's sentences are among those that the event model was trained on (the training
files are looked for in `--training`, by default the file's own folder), each is coded by a
model that has seen neither it nor one like it; any other file by the model as shipped.
`--rules` codes by the rules alone. `--threshold 0` is the forced choice: of every sentence the
one event most sure. Without `--threshold` both are shown, the default first.

An event is right when the class is equal and its source and target each share half of the
content words of the shorter of the two spans with the label's span, or name the same state.
Events beyond the label count as false. Every figure stands with the 90 % interval of a
bootstrap over sentences; a figure that the file cannot give is null. `root_*` and
`class_accuracy_given_spans` read planned acts as the codebook does: cooperation to come is
AGREE, harm to come THREATEN. `parse_ratio` is the time of parsing, reading and coding over
that of parsing alone. `--quick` takes every fifth sentence and resamples less.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fairweather.coding.events.candidates import by_lexicon, candidates
from fairweather.coding.events.coder import event_of
from fairweather.coding.events.features import codebook_class
from fairweather.coding.events.judging import Judged, judged
from fairweather.coding.events.predicates import Predicate, predicates
from fairweather.coding.events.sides import Side
from fairweather.coding.grammar.parse import load_model, normalise
from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Reading
from fairweather.records import Document, between, on

SHOWN = 0.5
"""The default threshold: the confidence from which an event is shown."""
KEYS = (
    "root_top1", "root_macro_f1", "triple_precision", "triple_recall", "triple_f1",
    "dyad_recall", "class_accuracy_given_spans", "no_event_coded", "status_errors",
    "date_accuracy",
)  # fmt: skip
PEERS = {
    "PETRARCH2": {
        "root_top1": 0.357, "root_macro_f1": 0.422, "triple_f1": 0.346, "dyad_recall": 0.456,
        "no_event_coded": 0.115,
    },
    "UniversalPetrarch": {
        "root_top1": 0.456, "root_macro_f1": 0.470, "triple_f1": 0.318, "dyad_recall": 0.610,
        "no_event_coded": 0.38,
    },
    "UniversalPetrarch P2": {
        "root_top1": 0.473, "root_macro_f1": 0.518, "triple_f1": 0.139, "dyad_recall": 0.255,
        "no_event_coded": 0.63,
    },
}  # fmt: skip
"""Dictionary coders run on 697 held-out sentences of the same collection (Hu et al. 2024,
Zero-Shot PLOVER) and, for no_event_coded, on 104 sentences without an event."""

FUNCTION_WORDS = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "by", "from", "and", "or",
     "its", "his", "her", "their", "this", "that", "these", "those")
)  # fmt: skip


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

    label: dict[str, Any]
    coded: tuple[Coded, ...]
    given_spans: str
    source_states: frozenset[str]
    target_states: frozenset[str]

    @property
    def event_class(self) -> str:
        """The label's class; empty where there is no event."""
        codes = self.label.get("roots_plover2021") or self.label["event_codes"]
        if not codes or codes[0] == "0":
            return ""
        return "YIELD" if codes[0] in ("CONCEDE", "RETREAT") else str(codes[0])

    @property
    def top(self) -> str:
        """The class of the event coded with most confidence; empty where none was."""
        best = max(self.coded, key=lambda coded: coded.confidence, default=None)
        return best.event_class if best else ""


def main() -> int:
    options = _options()
    rows = [json.loads(row) for row in options.data.read_text("utf-8").splitlines() if row.strip()]
    if options.half:
        rows = rows[0 if options.half == "even" else 1 :: 2]
    rows = rows[::5] if options.quick else rows
    load_model()
    judge, how = _judge(options, rows)
    readings, ratio = read_rows(rows, judge)
    draws = 200 if options.quick else 1000
    thresholds = (SHOWN, 0.0) if options.threshold is None else (options.threshold,)
    reports = []
    for threshold in thresholds:
        lines = [line_of(row, reading, found, threshold) for row, reading, found in readings]
        figures = {key: figure(key, lines, draws) for key in KEYS}
        reports.append(_report(figures, ratio, len(lines)))
        if not options.json:
            print_table(figures, ratio, len(lines), f"{how}, threshold {threshold:g}")
        if options.errors:
            print_errors(lines)
    if options.json:
        forced = {"forced_choice": reports[1]} if len(reports) > 1 else {}
        print(json.dumps({**reports[0], **forced, "coded_by": how, "peers": PEERS}))
    return 0


def _report(figures: Figures, ratio: float, size: int) -> dict[str, Any]:
    return {
        **{key: found[0] if found else None for key, found in figures.items()},
        "parse_ratio": ratio,
        "n": size,
        "intervals": {key: list(found[1:]) for key, found in figures.items() if found},
    }


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--threshold", type=float, help="0 for the forced choice")
    parser.add_argument("--rules", action="store_true", help="without the learned model")
    parser.add_argument("--training", type=Path, help="folder of the model's training files")
    parser.add_argument("--half", choices=("even", "odd"), help="only every second line")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what was missed, on stderr")
    return parser.parse_args()


Judge = Callable[[str, Reading], list[Judged]]
"""Codes the reading of a text."""


def _judge(options: argparse.Namespace, rows: Sequence[dict[str, Any]]) -> tuple[Judge, str]:
    """How sentences are coded, and the name of it: rules, model as shipped, models fold-out."""
    if options.rules:
        return (lambda text, reading: by_rules(reading)), "rules"
    import train_events  # needs scikit-learn, and only where models are made

    folder = options.training or options.data.parent
    if train_events.are_trained_on(folder, [row["text"] for row in rows]):
        model_for = train_events.fold_out_models(folder)
        return (lambda text, reading: list(judged(reading, model_for(text)))), "model, fold-out"
    return (lambda text, reading: list(judged(reading))), "model as shipped"


def by_rules(reading: Reading) -> list[Judged]:
    """The rules' candidates, as sure as the rules are."""
    found = []
    for candidate in candidates(reading):
        event_class, confidence = by_lexicon(candidate)
        read = codebook_class(event_class, candidate.predicate.status)
        found.append(Judged(candidate, event_class, read, confidence, ruled=True))
    return sorted(found, key=lambda judgement: -judgement.confidence)


# -- coding --------------------------------------------------------------------------------


def read_rows(
    rows: Sequence[dict[str, Any]], judge: Judge
) -> tuple[list[tuple[dict[str, Any], Reading, list[Judged]]], float]:
    """The rows coded, and the time of the whole pass over that of the parse alone."""
    texts = [normalise(row["text"]) for row in rows]
    began = time.process_time()
    for text in texts:
        list(load_model().pipe([text]))
    parsing = time.process_time() - began
    began = time.process_time()
    readings = []
    for row in rows:
        reading = read_document(Document(text=row["text"], published=published_of(row)))
        readings.append((row, reading, judge(row["text"], reading)))
    whole = time.process_time() - began
    return readings, round(whole / parsing, 3)


def published_of(row: dict[str, Any]) -> Any:
    day = row.get("published")
    return on(day) if day else between(None, None)


def line_of(
    row: dict[str, Any], reading: Reading, found: Sequence[Judged], threshold: float
) -> Line:
    """A line with its coded events at or above the threshold; the best one where it is 0."""
    kept = [judgement for judgement in found if judgement.confidence >= threshold]
    if not threshold:
        kept = sorted(kept, key=lambda judgement: -judgement.confidence)[:1]
    return Line(
        row,
        tuple(coded_of(reading, judgement) for judgement in kept),
        class_given(reading, row, found),
        states_in(reading, row.get("source")),
        states_in(reading, row.get("target")),
    )


def coded_of(reading: Reading, judgement: Judged) -> Coded:
    """A judgement as it is compared."""
    event = event_of(reading, judgement)
    return Coded(
        judgement.codebook_class,
        event.status,
        (phrase(judgement.candidate.source), frozenset(event.source)),
        (phrase(judgement.candidate.target), frozenset(event.target)),
        (event.date.since, event.date.until),
        event.confidence,
    )


def phrase(side: Side) -> str:
    """The side's noun phrase: its head, what narrows it before, and its "of" and "in"."""
    head = side.head
    kept = {head.i}
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "poss", "nummod", "det", "flat"):
            kept |= {token.i for token in child.subtree}
        elif child.dep_ == "prep" and child.lower_ in ("of", "in"):
            kept |= {token.i for token in child.subtree if token.dep_ not in ("relcl", "acl")}
    return " ".join(head.doc[i].text for i in sorted(kept))


def states_in(reading: Reading, span: str | None) -> frozenset[str]:
    """States that a label's span names."""
    if not span:
        return frozenset()
    return frozenset(
        actor
        for sentence in reading.sentences
        for mention in sentence.mentions
        for actor in mention.chain
        if mention.alias in span and actor.isupper() and len(actor) == 3
    )


def class_given(reading: Reading, row: dict[str, Any], found: Sequence[Judged]) -> str:
    """The class when the label's two spans are given: of the event that best joins them.

    A forced choice: events whose sides match come first, then the surest; where there is no
    event at all, the predicate nearest to the root of the sentence; else empty, and wrong.
    """
    if not row.get("source") or not row.get("target"):
        return ""
    scored = [
        (
            alike(row["source"], phrase(judgement.candidate.source))
            + alike(row["target"], phrase(judgement.candidate.target)),
            judgement.confidence,
            judgement.codebook_class,
        )
        for judgement in found
    ]
    best = max(scored, default=None)
    if best and (best[0] >= 1 or any(not judgement.ruled for judgement in found)):
        return best[2]
    others = [
        (_depth(p), -p.weight, codebook_class(p.event_class, p.status))
        for sentence in reading.sentences
        for p in predicates(sentence)
    ]
    return min(others)[2] if others else (best[2] if best else "")


def _depth(predicate: Predicate) -> int:
    return sum(1 for _ in predicate.token.ancestors)


# -- figures -------------------------------------------------------------------------------


def words_of(text: str) -> frozenset[str]:
    """Content words of a span, lower case."""
    return frozenset(re.findall(r"[\w]+", text.lower())) - FUNCTION_WORDS


def alike(label: str, coded: str) -> bool:
    """Whether two spans share half of the shorter one's content words."""
    left, right = words_of(label), words_of(coded)
    shorter = min(len(left), len(right))
    return shorter > 0 and len(left & right) >= shorter / 2


def same_sides(line: Line, coded: Coded) -> bool:
    """Whether both sides of a coded event are the label's."""
    return all(
        alike(line.label[side] or "", text) or bool(states & actors)
        for side, (text, actors), states in (
            ("source", coded.source, line.source_states),
            ("target", coded.target, line.target_states),
        )
    )


def figure(key: str, lines: Sequence[Line], draws: int) -> tuple[float, float, float] | None:
    """A figure with the ends of its 90 % interval; None where the lines cannot give it."""
    counts = COUNTS[key](lines)
    if not counts:
        return None
    measure = MEASURES.get(key, ratio_of)
    table = np.array(counts, dtype=object if key == "root_macro_f1" else float)
    value = measure(table)
    generator = np.random.default_rng(7)
    size = len(table)
    drawn = [measure(table[generator.integers(0, size, size)]) for _ in range(draws)]
    low, high = np.quantile(drawn, [0.05, 0.95])
    return round(value, 3), round(float(low), 3), round(float(high), 3)


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


Rows = list[tuple[Any, ...]]
Figures = dict[str, tuple[float, float, float] | None]


def _classed(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.event_class and not line.event_class.isdigit()]


def _with_spans(lines: Sequence[Line]) -> list[Line]:
    return [line for line in _classed(lines) if line.label["source"] and line.label["target"]]


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
        (tuple(line.label["date"]) in {coded.date for coded in line.coded}, 1)
        for line in lines
        if line.label.get("date")
    ],
}
"""For each figure, one row a sentence of what is counted; empty where there is none."""

MEASURES: dict[str, Callable[[np.ndarray], float]] = {
    "triple_f1": f1_of,
    "root_macro_f1": macro_f1_of,
}


# -- output --------------------------------------------------------------------------------


def print_table(figures: Figures, ratio: float, size: int, how: str) -> None:
    """The figures with their intervals, the peers' beside them."""
    print(f"\n{how}")
    print(f"{'figure':28}{'ours':>7}  {'90 %':15}" + "".join(f"{name:>22}" for name in PEERS))
    for key, found in figures.items():
        ours = f"{'null':>7}{'':17}"
        if found:
            ours = f"{found[0]:7.3f}  {found[1]:.3f} to {found[2]:.3f} "
        peers = [f"{peer[key]:22.3f}" if key in peer else f"{'':22}" for peer in PEERS.values()]
        print(f"{key:28}{ours}{''.join(peers)}")
    print(f"{'parse_ratio':28}{ratio:7.3f}\n{'n':28}{size:7d}")


def print_errors(lines: Sequence[Line]) -> None:
    """What was missed or coded wrongly, for study."""
    for line in lines:
        right = (
            any(same_sides(line, c) and c.event_class == line.event_class for c in line.coded)
            if line.event_class
            else not line.coded
        )
        if not right:
            print(
                f"\n{line.event_class} {line.label['source']} -> {line.label['target']}\n"
                f"   {line.label['text'][:300]}",
                file=sys.stderr,
            )
            for c in line.coded:
                print(
                    f"   = {c.event_class} {c.status} {c.source} -> {c.target} {c.confidence}",
                    file=sys.stderr,
                )


if __name__ == "__main__":
    sys.exit(main())
