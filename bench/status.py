"""Measures the status of acts: what did happen, is said, planned, imagined or denied.

    python bench/status.py [--data FILE] [--sample N] [--json] [--errors]

The battery of `tests/coding/status_cases.toml` gives a confusion table of the status that a
careful reader would give and the one coded, with the two kinds of error apart: an act that
is planned, imagined or denied but coded as factual (the worst), and an act told more weakly
than it was (an event lost). The same sentences are coded end to end: `rows_factual` counts
event rows of such acts that came out factual.

FILE holds one JSON object a line with a `text`. Of its sentences with a modal verb or a
condition, N (300) are drawn with a fixed seed; `factual` counts those in which some event is
coded as factual, `factual_beside_marker` those in which the marker stands in the clause of
that very event. Such a sentence may still be right ("said on Monday it would ..."): the
figure shows where to read, and `--errors` prints them.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from fairweather.coding.events.candidates import Candidate, candidates
from fairweather.coding.grammar.clauses import status_of_act
from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.grammar.setting import STRENGTH
from fairweather.records import Document, on

BATTERY = Path(__file__).parents[1] / "tests" / "coding" / "status_cases.toml"
UNREAL = ("planned", "hypothetical", "denied")
MARKER = re.compile(
    r"\b(?:will|would|could|may|might|must|should|shall|can|cannot|ought|[Ii]f|[Uu]nless|"
    r"[Ww]hether|[Pp]rovided that|[Aa]s long as|[Ii]n case|[Ii]n the event)\b"
)
"""Words that mark a sentence as holding something modal or conditional; May is a month."""

SEED = 11


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence of the battery: the act, the status it has, the one coded."""

    construction: str
    sentence: str
    act: str
    status: str
    coded: str
    rows_factual: int


@dataclass(slots=True)
class Sample:
    """Sentences with a marker: how many, and those with an event coded as factual."""

    sentences: int = 0
    factual: int = 0
    factual_beside_marker: int = 0
    suspects: list[str] = field(default_factory=list)


def main() -> int:
    options = _options()
    cases = list(read_battery())
    sample = read_sample(options.data, options.sample) if options.data else None
    report = report_of(cases, sample)
    print(json.dumps(report)) if options.json else print_tables(report)
    if options.errors:
        print_errors(cases, sample)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", type=Path, help="sentences, one JSON object with `text` a line")
    parser.add_argument("--sample", type=int, default=300)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what to look at, on stderr")
    return parser.parse_args()


# -- the battery ---------------------------------------------------------------------------


def read_battery() -> Iterator[Case]:
    """Every case of the battery, coded."""
    for construction, table in tomllib.loads(BATTERY.read_text("utf-8")).items():
        for sentence, act, status in table["cases"]:
            reading = _reading(sentence)
            coded = _coded_status(reading, act)
            rows = sum(
                c.predicate.status == "factual" and _names(c, act) for c in candidates(reading)
            )
            yield Case(construction, sentence, act, status, coded, rows)


def _reading(text: str) -> Reading:
    return read_document(Document(text=text, published=on("2025-06-15")))


def _coded_status(reading: Reading, act: str) -> str:
    for sentence in reading.sentences:
        for token in sentence.span:
            if token.text == act:
                return status_of_act(token, sentence.clauses)[0]
    raise ValueError(f"no word {act!r} in the sentence")


def _names(candidate: Candidate, act: str) -> bool:
    """Whether an event is the act itself, and no request, refusal or promise of it."""
    predicate = candidate.predicate
    same = predicate.token.text == act and not predicate.turned
    return same and predicate.event_class == predicate.group.event_class


# -- sentences with a marker ---------------------------------------------------------------


def read_sample(path: Path, size: int) -> Sample:
    """Marked sentences of a file, drawn with a fixed seed, and what is coded from them."""
    rows = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines() if line]
    marked = sorted({text for text in rows if MARKER.search(text)})
    drawn = random.Random(SEED).sample(marked, min(size, len(marked)))
    sample = Sample(len(drawn))
    for text in drawn:
        reading = _reading(text)
        told = [c for c in candidates(reading) if c.predicate.status == "factual"]
        beside = [c for c in told if _names(c, c.predicate.token.text) and _is_marked(c)]
        sample.factual += bool(told)
        sample.factual_beside_marker += bool(beside)
        sample.suspects += [f"{c.predicate.token.text}: {c.sentence.text}" for c in beside]
    return sample


def _is_marked(candidate: Candidate) -> bool:
    """Whether a marker stands in the clause of the very act."""
    sentence = candidate.sentence
    clause = sentence.clause_of(candidate.predicate.token.i)
    return clause is not None and any(
        MARKER.fullmatch(sentence.token(i).text) for i in clause.tokens
    )


# -- output --------------------------------------------------------------------------------


def report_of(cases: Sequence[Case], sample: Sample | None) -> dict[str, Any]:
    """The figures, with the counts they are made of."""
    pairs = Counter((case.status, case.coded) for case in cases)
    unreal = [case for case in cases if case.status in UNREAL]
    report: dict[str, Any] = {
        "cases": len(cases),
        "right": sum(case.status == case.coded for case in cases),
        "unreal_cases": len(unreal),
        "unreal_coded_factual": sum(case.coded == "factual" for case in unreal),
        "unreal_rows_factual": sum(case.rows_factual for case in unreal),
        "told_too_weakly": sum(
            STRENGTH.index(case.coded) > STRENGTH.index(case.status) for case in cases
        ),
        "confusion": {one: {two: pairs[one, two] for two in STRENGTH} for one in STRENGTH},
    }
    if sample is not None:
        figures = asdict(sample)
        del figures["suspects"]
        report["marked"] = figures
    return report


def print_tables(report: dict[str, Any]) -> None:
    """The confusion table, rows as they are and columns as coded, then the counts."""
    print(f"{'is / coded':14}" + "".join(f"{name:>14}" for name in STRENGTH))
    for name, row in report["confusion"].items():
        print(f"{name:14}" + "".join(f"{count:14d}" for count in row.values()))
    for key, value in report.items():
        if isinstance(value, int):
            print(f"{key:28}{value:6d}")
    for key, value in report.get("marked", {}).items():
        print(f"marked: {key:20}{value:6d}")


def print_errors(cases: Sequence[Case], sample: Sample | None) -> None:
    """Cases coded otherwise than they are, and marked clauses coded as factual."""
    for case in cases:
        if case.coded != case.status or (case.status in UNREAL and case.rows_factual):
            print(f"{case.status} -> {case.coded} [{case.act}] {case.sentence}", file=sys.stderr)
    for suspect in sample.suspects if sample else ():
        print(f"beside a marker: {suspect}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
