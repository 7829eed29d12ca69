"""Measures event coding on analytic prose, where most sentences tell of no event.

    python bench/analysis.py [--threshold T] [--rules] [--json] [--errors]

The battery of `tests/coding/analysis_cases.toml` (own words) names every event of every
sentence. Precision is the share of coded events that are among the sentence's (class and both
sides), recall the share of the named ones that were coded, `none_coded` the share of sentences
without an event in which one was coded all the same; each with the 90 % interval of a bootstrap
over sentences.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from _coding_figures import Figure, drawn
from coding import by_rules
from fairweather.coding.events.judging import Judged, judged
from fairweather.coding.events.sides import Side
from fairweather.coding.forced_choice import phrase
from fairweather.coding.grammar.reader import read_document
from fairweather.records import Document

BATTERY = Path(__file__).parents[1] / "tests" / "coding" / "analysis_cases.toml"
SHOWN = 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with the events it has and those coded from it."""

    text: str
    events: tuple[str, ...]
    coded: tuple[Judged, ...]

    @property
    def found(self) -> set[str]:
        """The named events that were coded."""
        return {event for event in self.events if any(_same(event, one) for one in self.coded)}

    @property
    def right(self) -> int:
        """How many of the coded events are among the named ones."""
        return sum(any(_same(event, one) for event in self.events) for one in self.coded)


def main() -> int:
    options = _options()
    cases = list(read_battery(options.threshold, options.rules))
    report = report_of(cases)
    if options.json:
        print(json.dumps({"sentences": len(cases), **report}))
    else:
        for name, (value, low, high) in report.items():
            print(f"{name:14}{value:7.3f}  {low:.3f} to {high:.3f}")
        print(f"{'sentences':14}{len(cases):7d}")
    if options.errors:
        print_errors(cases)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--threshold", type=float, default=SHOWN)
    parser.add_argument("--rules", action="store_true", help="without the learned model")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what was missed, on stderr")
    return parser.parse_args()


def read_battery(threshold: float = SHOWN, rules: bool = False) -> Iterator[Case]:
    """The cases of the battery, coded, with the events at or above the threshold."""
    for table in tomllib.loads(BATTERY.read_text("utf-8")).values():
        for text, events in table["cases"]:
            reading = read_document(Document(text=text, genre="analysis"))
            found = by_rules(reading) if rules else judged(reading)
            kept = tuple(one for one in found if one.confidence >= threshold)
            yield Case(text, tuple(events), kept)


def _same(event: str, coded: Judged) -> bool:
    source, event_class, target = event.split()
    own = {coded.codebook_class, coded.event_class}
    if coded.codebook_class == "YIELD":
        own |= {"CONCEDE", "RETREAT"}
    sides = (source, coded.candidate.source), (target, coded.candidate.target)
    return event_class in own and all(_is(name, side) for name, side in sides)


def _is(name: str, side: Side) -> bool:
    return name in side.chain or name in phrase(side).lower().split()


def report_of(cases: list[Case], draws: int = 1000) -> dict[str, Figure]:
    """Precision, recall, and the share of silent sentences that were coded."""
    told = [case for case in cases if case.events]
    silent = [case for case in cases if not case.events]
    counts = {
        "precision": [(case.right, len(case.coded)) for case in cases],
        "recall": [(len(case.found), len(case.events)) for case in told],
        "none_coded": [(bool(case.coded), 1) for case in silent],
    }
    return {name: found for name, rows in counts.items() if (found := drawn(rows, draws))}


def print_errors(cases: list[Case]) -> None:
    """Sentences whose events were missed or to which some were added."""
    for case in cases:
        if len(case.found) == len(case.events) and case.right == len(case.coded):
            continue
        print(f"\n{case.text}\n   {', '.join(case.events) or 'no event'}", file=sys.stderr)
        for one in case.coded:
            source, target = (phrase(s) for s in (one.candidate.source, one.candidate.target))
            told = f"{source} -> {one.codebook_class} -> {target} {one.confidence}"
            print(f"   = {told}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
