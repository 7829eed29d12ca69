"""Measures event coding on labelled sentences: class, both sides, and silence where due.

    python bench/coding.py --data FILE [--threshold T] [--rules] [--half even|odd] [--json]

FILE holds one JSON object a line: `text`, `event_codes` (one PLOVER class, or a digit of the
five-way scheme where "0" is no event; `roots_plover2021` where given), `source` and `target`
as spans of the text; optional `status` and `date` [from, to]. CONCEDE and RETREAT count as one
class, YIELD.

Sentences that the event model was trained on are each coded by a model that has seen neither
it nor one like it (fold-out); all others by the model as shipped. The training files are
looked for in `--training`, in the file's own folder, then in the usual one; where they are
nowhere, everything is coded by the model as shipped, and the output says so. `--rules` codes
by the rules alone. `--threshold 0` is the forced choice: of every sentence the one event most
sure. Without `--threshold` both are shown, the default first; in `--json` `root_top1` and
`root_macro_f1` then are those of the forced choice and `root_recall` that at the default.

An event is right when the class is equal and its source and target each share half of the
content words of the shorter of the two spans with the label's span, or name the same state.
Events beyond the label count as false. Every figure stands with the 90 % interval of a
bootstrap over sentences; a figure that the file cannot give is null. `root_*` and
`class_accuracy_given_spans` read planned acts as the codebook does: cooperation to come is
AGREE, harm to come THREATEN.

`status_errors` is the share of acts that are planned, imagined or denied but coded as factual,
`date_accuracy` the share of dates read right: by the labels of FILE where it has such, else by
the project's own batteries (`bench/status.py`, `bench/dates.py`); `measured_on` says which.
`parse_ratio` is the processor time of the whole pass (parsing, reading, every coder of records)
over that of parsing alone, sentence by sentence in turn; `events_ratio` the same for reading
and events only, which is what `fairweather code` does. `--quick` takes every fifth sentence
and resamples less.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _coding_figures import COUNTS, Coded, Figures, Line, drawn, figure, same_sides
from _coding_labels import (
    Row,
    key_of,
    published_of,
    rows_of,
    states_in,
    trained_on,
    training_folder,
)
from fairweather.coding.events.candidates import by_lexicon, candidates
from fairweather.coding.events.coder import event_of
from fairweather.coding.events.features import codebook_class
from fairweather.coding.events.judging import Judged, judged
from fairweather.coding.forced_choice import class_given, phrase
from fairweather.coding.grammar.parse import load_model, normalise
from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.rules import RulesExtractor
from fairweather.records import Document

SHOWN = 0.5
"""The default threshold: the confidence from which an event is shown."""
KEYS = tuple(COUNTS)
FORCED = ("root_top1", "root_macro_f1")
"""Figures of forced choice."""

MOST_TIMED = 500
"""Sentences that the passes are timed on; more say the same."""
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


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of one threshold: figures, times, how it was coded and measured."""

    figures: Figures
    ratios: dict[str, float]
    size: int
    coded_by: str
    measured_on: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The report as one flat object; a figure that cannot be given is null."""
        return {
            **{key: found[0] if found else None for key, found in self.figures.items()},
            **self.ratios,
            "n": self.size,
            "intervals": {key: list(found[1:]) for key, found in self.figures.items() if found},
            "coded_by": self.coded_by,
            "measured_on": self.measured_on,
        }


def main() -> int:
    options = _options()
    rows = list(rows_of(options.data))
    if options.half:
        rows = rows[0 if options.half == "even" else 1 :: 2]
    rows = rows[::5] if options.quick else rows
    load_model()
    judge, how = _judge(options, rows)
    readings = read_rows(rows, judge)
    ratios = time_rows(rows[:: max(1, len(rows) // MOST_TIMED)])
    draws = 200 if options.quick else 1000
    batteries = batteries_of(draws, 5 if options.quick else 1)
    reports = []
    for threshold in (SHOWN, 0.0) if options.threshold is None else (options.threshold,):
        lines = [line_of(row, reading, found, threshold) for row, reading, found in readings]
        figures = {key: figure(key, lines, draws) for key in KEYS}
        missing = {key: told for key, told in batteries.items() if figures[key] is None}
        figures |= {key: found for key, (found, _) in missing.items()}
        measured = {key: missing[key][1] if key in missing else "FILE" for key in batteries}
        reports.append(Report(figures, ratios, len(lines), how, measured))
        if not options.json:
            print_table(reports[-1], f"{how}, threshold {threshold:g}")
        if options.errors:
            print_errors(lines)
    if options.json:
        print(json.dumps({**as_one(*reports), "peers": PEERS}))
    return 0


def as_one(report: Report, forced: Report | None = None) -> dict[str, Any]:
    """Both reports as one object: what is asked of every sentence is told of forced choice.

    `root_top1` and `root_macro_f1` then are those of the best event of each sentence, whatever
    its probability, and `root_recall` the share of roots found at the default threshold.
    """
    told = report.as_json()
    if forced is None:
        return told
    best = forced.as_json()
    told["root_recall"] = told["root_top1"]
    told["intervals"]["root_recall"] = told["intervals"].get("root_top1")
    for key in FORCED:
        told[key] = best[key]
        told["intervals"][key] = best["intervals"].get(key)
    return {**told, "forced_choice": best}


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


def _judge(options: argparse.Namespace, rows: Sequence[Row]) -> tuple[Judge, str]:
    """How sentences are coded, and the name of it: rules, model as shipped, models fold-out."""
    if options.rules:
        return (lambda text, reading: by_rules(reading)), "rules"
    folder = training_folder(options.training, options.data.parent)
    if folder is None:
        told = "model as shipped (no training files found: overlap not looked for)"
        return (lambda text, reading: list(judged(reading))), told
    seen = trained_on(folder, [row["text"] for row in rows])
    if not seen:
        return (lambda text, reading: list(judged(reading))), "model as shipped"
    import train_events  # needs scikit-learn, and only where models are made

    models = train_events.fold_out_models(folder)
    overlap = sum(key_of(row["text"]) in seen for row in rows)
    told = f"models fold-out for {overlap} sentences in training"
    told += f", as shipped for {len(rows) - overlap}" if overlap < len(rows) else ""
    return (lambda text, reading: list(judged(reading, models.get(key_of(text))))), told


def by_rules(reading: Reading) -> list[Judged]:
    """The rules' candidates, as sure as the rules are."""
    found = []
    for candidate in candidates(reading):
        event_class, confidence = by_lexicon(candidate)
        read = codebook_class(event_class, candidate.predicate.status)
        found.append(Judged(candidate, event_class, read, confidence, ruled=True))
    return sorted(found, key=lambda judgement: -judgement.confidence)


# -- coding --------------------------------------------------------------------------------


def document_of(row: Row) -> Document:
    """A row's text as a document."""
    return Document(text=row["text"], published=published_of(row))


def read_rows(rows: Sequence[Row], judge: Judge) -> list[tuple[Row, Reading, list[Judged]]]:
    """The rows read and coded."""
    readings = []
    for row in rows:
        reading = read_document(document_of(row))
        readings.append((row, reading, judge(row["text"], reading)))
    return readings


def time_rows(rows: Sequence[Row]) -> dict[str, float]:
    """Processor time of the whole pass and of the events alone, over that of the parse alone.

    Parse and pass take turns in going first, so that neither finds the caches the warmer; what
    is loaded once a process (parser, gazetteer, lexicons, weights) is loaded before.
    """
    once = read_document(Document(text="On 3 May 2019 Peru said it sold Chile 12 radars for $3m."))
    list(RulesExtractor().extract(once))
    spent = {"parse": 0.0, "reading": 0.0, "events": 0.0, "coders": 0.0}

    def parse(row: Row) -> None:
        began = time.process_time()
        list(load_model().pipe([normalise(row["text"])]))
        spent["parse"] += time.process_time() - began

    def whole(row: Row) -> None:
        times = [time.process_time()]
        reading = read_document(document_of(row))
        times.append(time.process_time())
        list(judged(reading))
        times.append(time.process_time())
        list(RulesExtractor().extract(reading))  # events once more, with all other records
        times.append(time.process_time())
        for part, since, until in zip(list(spent)[1:], times, times[1:], strict=False):
            spent[part] += until - since

    for number, row in enumerate(rows):
        for step in (parse, whole) if number % 2 else (whole, parse):
            step(row)
    parsing = spent["parse"] or 1e-9
    return {
        "parse_ratio": round((spent["reading"] + spent["coders"]) / parsing, 3),
        "events_ratio": round((spent["reading"] + spent["events"]) / parsing, 3),
    }


def line_of(row: Row, reading: Reading, found: Sequence[Judged], threshold: float) -> Line:
    """A line with its coded events at or above the threshold; the best one where it is 0."""
    kept = [judgement for judgement in found if judgement.confidence >= threshold]
    if not threshold:
        kept = sorted(kept, key=lambda judgement: -judgement.confidence)[:1]
    spans = row.get("source") or "", row.get("target") or ""
    return Line(
        row,
        tuple(coded_of(reading, judgement) for judgement in kept),
        class_given(reading, spans, found) if all(spans) else "",
        states_in(reading, spans[0]),
        states_in(reading, spans[1]),
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


# -- the project's own batteries -----------------------------------------------------------


def batteries_of(draws: int, every: int) -> dict[str, tuple[Any, str]]:
    """Figures for files without labels of status and date, and what they were measured on."""
    import dates
    import status

    acts = [case for case in list(status.read_battery())[::every] if case.status in status.UNREAL]
    wrong = [(case.coded == "factual" or case.rows_factual > 0, 1) for case in acts]
    read = [(right, 1) for _, _, right in list(dates.read_battery())[::every]]
    return {
        "status_errors": (drawn(wrong, draws), f"own battery, {len(wrong)} unreal acts"),
        "date_accuracy": (drawn(read, draws), f"own battery, {len(read)} sentences"),
    }


# -- output --------------------------------------------------------------------------------


def print_table(report: Report, title: str) -> None:
    """The figures with their intervals, the peers' beside them."""
    print(f"\n{title}")
    print(f"{'figure':28}{'ours':>7}  {'90 %':15}" + "".join(f"{name:>22}" for name in PEERS))
    for key, found in report.figures.items():
        ours = f"{'null':>7}{'':17}"
        if found:
            ours = f"{found[0]:7.3f}  {found[1]:.3f} to {found[2]:.3f} "
        peers = [f"{peer[key]:22.3f}" if key in peer else f"{'':22}" for peer in PEERS.values()]
        print(f"{key:28}{ours}{''.join(peers)}")
    for key, ratio in report.ratios.items():
        print(f"{key:28}{ratio:7.3f}")
    print(f"{'n':28}{report.size:7d}")
    for key, told in report.measured_on.items():
        print(f"{key}: {told}")


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
                f"\n{line.event_class} {line.label.get('source')} -> {line.label.get('target')}\n"
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
