"""Measures all coders but that of events on labelled paragraphs.

    python bench/records.py [--set SET] [--json] [--errors] [--threshold T]

The paragraphs stand in `tests/coding/development/`: invented news about real states, each
with the rows that an expert would code and those that may be coded or left out. `train`,
`news_train` and `styles_train` are what the coders were developed on; `held` (short news),
`news_held` and `styles_held` (longer pieces in the manner of several outlets) were written
before that, and their heads tell how far they are still unseen. `mechanisms_train` and
`mechanisms_held` are short pieces labelled for mechanisms alone.

What is counted: support as (giver, receiver, rung, state); `support, either side` as (giver,
receiver, stance for or against); ties as (pair, viewpoint, strand, polarity), those read from
arms left to support; agreements as (parties, stage) and (parties, obligation, state); claims
as (speaker, stance); predictions by the stretch that they quote; `foretold by, odds, date` of
those found by their forecaster, chance and end, where the label tells them; amounts as (value,
unit); mechanisms as (kind, members). Each counts once a paragraph. A row coded beyond the
label is false unless the label allows it. Every figure stands with its 90 % interval, a
bootstrap over paragraphs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from fairweather.coding.extractor import validate
from fairweather.coding.grammar.reader import read_document
from fairweather.coding.rules import RulesExtractor
from fairweather.ledger import shown_from
from fairweather.records import (
    Agreement,
    Amount,
    Claim,
    Document,
    Mechanism,
    Prediction,
    Record,
    Support,
    Tie,
    on,
)
from fairweather.vocabulary import vocabulary

FOLDER = Path(__file__).resolve().parents[1] / "tests" / "coding" / "development"
KINDS = (
    "support", "support, either side", "ties", "agreement stages", "agreement clauses",
    "claims", "predictions", "foretold by, odds, date", "amounts", "mechanisms",
)  # fmt: skip
SETS = (
    "train", "held", "news_train", "news_held", "styles_train", "styles_held",
    "pieces_train", "pieces_held", "mechanisms_train", "mechanisms_held",
)  # fmt: skip
FROM_ARMS = ("arms supply", "arms withheld")
DRAWS = 1000

Rows = frozenset[Hashable]


@dataclass(frozen=True, slots=True)
class Counted:
    """One paragraph, one kind: the rows found right, coded beyond the label, and missed."""

    paragraph: str
    right: Rows
    beyond: Rows
    missed: Rows


@dataclass(frozen=True, slots=True)
class Figure:
    """A precision, recall and F1 with their 90 % intervals, and how many rows were labelled."""

    precision: float
    recall: float
    f1: float
    intervals: dict[str, tuple[float, float]]
    labelled: int
    coded: int


def main() -> int:
    options = _options()
    sets = (options.set,) if options.set else SETS
    report = {}
    for name in sets:
        counted = measure(paragraphs(name), options.threshold)
        report[name] = {kind: figure(counted[kind]) for kind in KINDS if counted[kind]}
        if options.errors:
            print_errors(counted)
    print_json(report) if options.json else print_table(report)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--set", choices=SETS, help="one of them; else all")
    parser.add_argument("--threshold", type=float, help="instead of the shown confidence")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true", help="list what was missed or false")
    return parser.parse_args()


def paragraphs(name: str) -> list[dict[str, Any]]:
    """The labelled paragraphs of a set."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        return list(tomllib.load(file)["paragraph"])


def measure(
    labelled: Iterable[dict[str, Any]], threshold: float | None = None
) -> dict[str, list[Counted]]:
    """For each kind one count a paragraph that is labelled for it."""
    counted: dict[str, list[Counted]] = {kind: [] for kind in KINDS}
    for paragraph in labelled:
        document = Document(
            text=paragraph["text"],
            title=paragraph["title"],
            published=on(paragraph["published"]),
            genre="news",
        )
        rows, _ = validate(document, RulesExtractor().extract(read_document(document)))
        shown = [row for row in rows if row.confidence >= _floor(row, threshold)]
        for kind in paragraph.get("only", KINDS):
            if kind not in ("amounts", "mechanisms") or kind in paragraph:
                counted[kind].append(compare(kind, paragraph, shown))
    return counted


def _floor(row: Record, threshold: float | None) -> float:
    return shown_from()[row.type] if threshold is None else threshold


# -- rows as they are compared ---------------------------------------------------------------


def compare(kind: str, paragraph: dict[str, Any], rows: Sequence[Record]) -> Counted:
    """What of one kind was coded from a paragraph, against its label."""
    if kind == "predictions":
        return _compare_predictions(paragraph, rows)
    if kind == "foretold by, odds, date":
        return _compare_foretold(paragraph, rows)
    wanted, allowed = LABELS[kind](paragraph)
    coded = frozenset(row for row in CODED[kind](rows) if row not in allowed - wanted)
    return Counted(paragraph["id"], coded & wanted, coded - wanted, wanted - coded)


def _words(paragraph: dict[str, Any], key: str) -> Iterator[tuple[str, ...]]:
    for row in paragraph.get(key, ()):
        yield tuple(row.split())


def _support_labels(paragraph: dict[str, Any]) -> tuple[Rows, Rows]:
    return frozenset(_words(paragraph, "support")), frozenset(_words(paragraph, "may_support"))


def _stance_labels(paragraph: dict[str, Any]) -> tuple[Rows, Rows]:
    wanted, allowed = _support_labels(paragraph)
    return frozenset(map(_by_stance, wanted)), frozenset(map(_by_stance, allowed))


def _by_stance(row: Any) -> tuple[str, ...]:
    return row[0], row[1], str(vocabulary("support_states")[row[3]].extra["stance"])


def _tie_labels(paragraph: dict[str, Any]) -> tuple[Rows, Rows]:
    return frozenset(_words(paragraph, "ties")), frozenset(_words(paragraph, "may_ties"))


def _agreement_labels(part: str) -> Callable[[dict[str, Any]], tuple[Rows, Rows]]:
    def labels(paragraph: dict[str, Any]) -> tuple[Rows, Rows]:
        wanted, allowed = set(), set()
        for agreement in paragraph["agreements"]:
            parties = tuple(sorted(agreement["parties"]))
            wanted |= {(parties, row) for row in agreement[part]}
            allowed |= {(parties, row) for row in agreement.get(f"may_{part}", ())}
        return frozenset(wanted), frozenset(allowed)

    return labels


def _claim_labels(paragraph: dict[str, Any]) -> tuple[Rows, Rows]:
    return frozenset(_words(paragraph, "claims")), frozenset(_words(paragraph, "may_claims"))


def _plain_labels(key: str) -> Callable[[dict[str, Any]], tuple[Rows, Rows]]:
    """Labels that stand under a key, and under `may_` with it."""

    def labels(paragraph: dict[str, Any]) -> tuple[Rows, Rows]:
        wanted = frozenset(_words(paragraph, key))
        return wanted, frozenset(_words(paragraph, f"may_{key}"))

    return labels


LABELS: dict[str, Callable[[dict[str, Any]], tuple[Rows, Rows]]] = {
    "support": _support_labels,
    "support, either side": _stance_labels,
    "ties": _tie_labels,
    "agreement stages": _agreement_labels("stages"),
    "agreement clauses": _agreement_labels("clauses"),
    "claims": _claim_labels,
    "amounts": _plain_labels("amounts"),
    "mechanisms": _plain_labels("mechanisms"),
}
"""For each kind the rows that must be coded, and those that may be."""


def _support_rows(rows: Sequence[Record]) -> Rows:
    return frozenset(
        (row.giver, row.receiver, row.level, row.state) for row in rows if isinstance(row, Support)
    )


def _tie_rows(rows: Sequence[Record]) -> Rows:
    return frozenset(
        (*sorted((row.a, row.b)), row.viewpoint, row.strand, row.polarity)
        for row in rows
        if isinstance(row, Tie) and row.gist not in FROM_ARMS
    )


def _stage_rows(rows: Sequence[Record]) -> Rows:
    return frozenset(
        (tuple(sorted(row.parties)), stage.stage)
        for row in rows
        if isinstance(row, Agreement)
        for stage in row.stages
    )


def _clause_rows(rows: Sequence[Record]) -> Rows:
    return frozenset(
        (tuple(sorted(row.parties)), f"{clause.obligation} {clause.state}")
        for row in rows
        if isinstance(row, Agreement)
        for clause in row.clauses
    )


def _claim_rows(rows: Sequence[Record]) -> Rows:
    return frozenset((row.speaker, row.stance) for row in rows if isinstance(row, Claim))


def _amount_rows(rows: Sequence[Record]) -> Rows:
    return frozenset((f"{row.value:.0f}", row.unit) for row in rows if isinstance(row, Amount))


def _mechanism_rows(rows: Sequence[Record]) -> Rows:
    return frozenset(
        (row.kind, *sorted({member.actor for member in row.members}))
        for row in rows
        if isinstance(row, Mechanism)
    )


CODED: dict[str, Callable[[Sequence[Record]], Rows]] = {
    "support": _support_rows,
    "support, either side": lambda rows: frozenset(map(_by_stance, _support_rows(rows))),
    "ties": _tie_rows,
    "agreement stages": _stage_rows,
    "agreement clauses": _clause_rows,
    "claims": _claim_rows,
    "amounts": _amount_rows,
    "mechanisms": _mechanism_rows,
}
"""For each kind the rows coded, in the words of the labels."""


def _compare_predictions(paragraph: dict[str, Any], rows: Sequence[Record]) -> Counted:
    """A forecast is right when it quotes some of the labelled words, and they no other's."""
    wanted = {_words_of(label): _place(paragraph["text"], label) for label in _told(paragraph)}
    allowed = [_place(paragraph["text"], words) for words in paragraph.get("may_predictions", ())]
    right, beyond = set(), set()
    for row in _forecasts(rows):
        place = (row.quotes[0].start, row.quotes[0].end)
        found = [words for words, label in wanted.items() if _overlap(place, label)]
        right |= set(found)
        if not found and not any(_overlap(place, label) for label in allowed):
            beyond.add(row.statement)
    missed = frozenset(wanted) - right
    return Counted(paragraph["id"], frozenset(right), frozenset(beyond), missed)


def _compare_foretold(paragraph: dict[str, Any], rows: Sequence[Record]) -> Counted:
    """Of the forecasts found, whether forecaster, chance and end are as labelled."""
    right, beyond = set(), set()
    for label in _told(paragraph):
        if isinstance(label, str):
            continue
        place = _place(paragraph["text"], label)
        found = [
            row
            for row in _forecasts(rows)
            if _overlap((row.quotes[0].start, row.quotes[0].end), place)
        ]
        parts = {part for row in found for part in _parts_right(label, row)}
        for part in _PARTS if found else ():
            (right if part in parts else beyond).add((part, label["words"]))
    return Counted(paragraph["id"], frozenset(right), frozenset(beyond), frozenset(beyond))


_PARTS = ("by", "odds", "until")


def _parts_right(label: dict[str, Any], row: Prediction) -> Iterator[str]:
    """Which parts of a coded forecast agree with its label."""
    if row.by == label["by"]:
        yield "by"
    chance = row.probability
    if chance and label["low"] <= (chance.low + chance.high) / 2 <= label["high"]:
        yield "odds"
    if (row.horizon.until or "").startswith(label.get("until", "")):
        yield "until"


def _told(paragraph: dict[str, Any]) -> Iterator[Any]:
    yield from paragraph["predictions"]


def _words_of(label: Any) -> str:
    return label if isinstance(label, str) else str(label["words"])


def _forecasts(rows: Sequence[Record]) -> list[Prediction]:
    return [row for row in rows if isinstance(row, Prediction)]


def _place(text: str, label: Any) -> tuple[int, int]:
    words = _words_of(label)
    start = text.index(words)
    return start, start + len(words)


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return max(one[0], other[0]) < min(one[1], other[1])


# -- figures ----------------------------------------------------------------------------------


def figure(counted: Sequence[Counted]) -> Figure:
    """Precision, recall and F1 over paragraphs, with a bootstrap over them."""
    sums = np.array([[len(c.right), len(c.beyond), len(c.missed)] for c in counted])
    random = np.random.default_rng(0)
    drawn = random.integers(0, len(sums), size=(DRAWS, len(sums)))
    spread = np.array([_rates(sums[draw].sum(axis=0)) for draw in drawn])
    low, high = np.nanquantile(spread, [0.05, 0.95], axis=0)
    total = sums.sum(axis=0)
    precision, recall, f1 = _rates(total)
    names = ("precision", "recall", "f1")
    intervals = {name: (float(low[i]), float(high[i])) for i, name in enumerate(names)}
    return Figure(
        precision, recall, f1, intervals, int(total[0] + total[2]), int(total[0] + total[1])
    )


def _rates(sums: np.ndarray) -> tuple[float, float, float]:
    right, beyond, missed = (float(value) for value in sums)
    precision = right / (right + beyond) if right + beyond else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    f1 = 2 * right / (2 * right + beyond + missed) if right + beyond + missed else 1.0
    return precision, recall, f1


# -- output -----------------------------------------------------------------------------------


def print_table(report: dict[str, dict[str, Figure]]) -> None:
    for name, figures in report.items():
        print(f"{name:24}{'precision':>20}{'recall':>20}{'F1':>20}{'n':>6}{'coded':>7}")
        for kind, found in figures.items():
            cells = "".join(
                f"{getattr(found, key):8.2f} ({low:.2f}-{high:.2f})"
                for key, (low, high) in found.intervals.items()
            )
            print(f"{kind:24}{cells}{found.labelled:6d}{found.coded:7d}")


def print_json(report: dict[str, dict[str, Figure]]) -> None:
    print(
        json.dumps(
            {
                name: {
                    kind: {
                        "precision": found.precision,
                        "recall": found.recall,
                        "f1": found.f1,
                        "intervals": {key: list(ends) for key, ends in found.intervals.items()},
                        "n": found.labelled,
                        "coded": found.coded,
                    }
                    for kind, found in figures.items()
                }
                for name, figures in report.items()
            }
        )
    )


def print_errors(counted: dict[str, list[Counted]]) -> None:
    """What was missed or coded beyond the label, for study."""
    for kind, every in counted.items():
        if kind == "support, either side":
            continue
        for one in every:
            for sign, rows in (("missed", one.missed), ("beyond", one.beyond)):
                for row in sorted(map(str, rows)):
                    print(f"{one.paragraph:28}{kind:24}{sign:8}{row}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
