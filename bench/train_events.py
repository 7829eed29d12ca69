"""Trains the event model from labelled sentences and writes its weights.

    python bench/train_events.py --data FOLDER [--check]

FOLDER holds `plv_dev.jsonl`, `plover_gsr.jsonl`, `penta_dev.jsonl`, `protest_dev.jsonl` and
`source_target_dev.jsonl` (see docs/event-model.md for what they are and their terms). The same
files give the same weights. `--check` trains and compares without writing.

Two stages. Four tables of logistic regression weights over features: class of an act (sentences
with a PLOVER class), event or none (all but the source and target spans), source and target of
an act (sentences with both spans). Then one more logistic regression, and an isotonic
calibration, over what the tables say of sentences that they were not trained on. Sentences
that share half of their words are kept together, in whatever file they stand.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import itertools
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from _coding_labels import FILES, SPANS, class_of, key_of, published_of, rows_of, states_in
from fairweather.coding.events.evidence import Act, Evidence, gather
from fairweather.coding.events.lexicon import quad_of
from fairweather.coding.events.model import (
    TABLES,
    WEIGHTS,
    WORTH,
    EventModel,
    Table,
    act_features,
    event_features,
    load,
    role_features,
    save,
)
from fairweather.coding.events.sides import Side
from fairweather.coding.forced_choice import alike, phrase
from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Reading
from fairweather.records import Document

SEED = 20240901
FOLDS = 5
QUADS = {
    "1": "verbal cooperation",
    "2": "material cooperation",
    "3": "verbal conflict",
    "4": "material conflict",
}
ALIKE = 0.5
"""Share of words from which two sentences stay in one fold."""
DOUBTFUL = 0.5
"""Weight of a sentence without a protest: it may still tell of another event."""
UNTOLD = 0.5
"""Weight of an act that the rules see and the label, one for each sentence, leaves out."""
SILENT = 2.0
"""Weight of sentences without an event: news has more of them than the files do. Of 1, 1.5, 2,
2.5 and 3.5 this leaves a margin below 8 % of such sentences coded, fold-out, for half a point
of F1 (.110, .075, .058, .048, .034 coded; F1 .678, .672, .667, .664, .657)."""
SETTINGS = {"act": (0.5, 2), "event": (0.1, 3), "source": (0.3, 3), "target": (0.3, 3)}
"""Inverse penalty, and the fewest sentences that a feature must stand in, for each table."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sentence of the text with its evidence, and which nouns the label's spans name."""

    evidence: Evidence
    sources: tuple[bool, ...]
    targets: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled text. `event_class` and `quad` are empty where the file does not tell."""

    file: str
    text: str
    event_class: str
    quad: str
    is_event: bool
    has_spans: bool
    weight: float
    sentences: tuple[Labelled, ...]

    @property
    def main(self) -> Labelled:
        """The sentence that names most of the label's sides."""
        return max(self.sentences, key=lambda s: any(s.sources) + any(s.targets))


# -- reading the files ---------------------------------------------------------------------


def examples(folder: Path) -> list[Example]:
    """The labelled texts of a folder, those that stand in two files once."""
    spans = {key_of(row["text"]): row for row in rows_of(folder / f"{SPANS}.jsonl")}
    found: dict[str, Example] = {}
    for file in FILES:
        for row in rows_of(folder / f"{file}.jsonl"):
            key = key_of(row["text"])
            if key in found:
                continue
            if file == "penta_dev" and key in spans:
                row = {**row, "source": spans[key]["source"], "target": spans[key]["target"]}
            example = example_of(file, row)
            if example.sentences:
                found[key] = example
    return list(found.values())


def example_of(file: str, row: dict[str, Any]) -> Example:
    """A row with the evidence in its text."""
    reading = read_document(Document(text=row["text"], published=published_of(row)))
    code = class_of(row)
    quad = QUADS.get(code, "")
    return Example(
        file,
        row["text"],
        "" if quad or file == "protest_dev" else code,
        quad,
        bool(code),
        bool(row.get("source") and row.get("target")),
        DOUBTFUL if file == "protest_dev" else 1.0,
        tuple(labelled(reading, row)),
    )


def labelled(reading: Reading, row: dict[str, Any]) -> Iterator[Labelled]:
    """The sentences of a reading with the nouns that the label's spans name."""
    for sentence in reading.sentences:
        material, evidence = gather(reading, sentence)
        named = [
            tuple(
                _names(row.get(role), side, states_in(reading, row.get(role)))
                for noun in material.nouns
                for side in [(noun.as_source if role == "source" else noun.as_target)[:1]]
            )
            for role in ("source", "target")
        ]
        yield Labelled(evidence, named[0], named[1])


def _names(span: str | None, side: tuple[Side, ...], states: frozenset[str]) -> bool:
    if not span or not side:
        return False
    said = phrase(side[0])
    return any(alike(part, said) for part in span.split(";")) or bool(states & {*side[0].chain})


def groups_of(texts: Sequence[str]) -> list[int]:
    """A number for each text, the same for texts that share half of their words."""
    words = [frozenset(re.findall(r"[a-z]{3,}", text.lower())) for text in texts]
    common = Counter(word for found in words for word in found)
    holders: dict[str, list[int]] = defaultdict(list)
    for place, found in enumerate(words):
        for word in sorted(found, key=lambda word: (common[word], word))[:8]:
            holders[word].append(place)
    leader = list(range(len(texts)))

    def first(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for places in holders.values():
        for one, other in itertools.combinations(places[:150], 2):
            shared, both = words[one] & words[other], words[one] | words[other]
            if first(one) != first(other) and len(shared) >= ALIKE * len(both):
                leader[first(one)] = first(other)
    return [first(place) for place in range(len(texts))]


def folds_of(found: Sequence[Example], folds: int = FOLDS) -> list[int]:
    """The fold of each example; texts alike share one."""
    groups = groups_of([example.text for example in found])
    order = sorted(set(groups))
    random.Random(SEED).shuffle(order)
    fold = {group: number % folds for number, group in enumerate(order)}
    return [fold[group] for group in groups]


# -- training ------------------------------------------------------------------------------


def fit(found: Sequence[Example], folds: Sequence[int]) -> EventModel:
    """A model of all the examples: tables from all, worth from folds left out in turn."""
    held: list[tuple[Example, EventModel]] = []
    for fold in sorted(set(folds)):
        rest = [example for example, own in zip(found, folds, strict=True) if own != fold]
        partial = fit_tables(rest)
        held += [(e, partial) for e, own in zip(found, folds, strict=True) if own == fold]
    return fit_worth(fit_tables(found), held)


def fit_tables(found: Sequence[Example]) -> EventModel:
    """A model with its four tables, its worth still nought."""
    acts, events, sources, targets = [], [], [], []
    for example in found:
        main = example.main
        events.append((event_features(main.evidence), example.is_event, example.weight))
        number = told_act(main)
        if number is None:
            continue
        if example.event_class:
            features = act_features(main.evidence, number)
            acts.append((features, example.event_class, example.weight))
        for role, named, rows in ((0, main.sources, sources), (1, main.targets, targets)):
            if example.is_event and any(named):
                features_of_nouns = role_features(main.evidence, number, role)
                rows += [(f, n, 1.0) for f, n in zip(features_of_nouns, named, strict=True)]
    act, classes = fit_table(acts, *SETTINGS["act"])
    return EventModel(
        tuple(str(name) for name in classes),
        act,
        fit_table(events, *SETTINGS["event"])[0],
        fit_table(sources, *SETTINGS["source"])[0],
        fit_table(targets, *SETTINGS["target"])[0],
        np.zeros(len(WORTH)),
        0.0,
        np.array([[0.0, 1.0], [0.0, 1.0]]),
    )


def told_act(sentence: Labelled) -> int | None:
    """The act that the label means: one the rules join to the label's nouns, else a main one."""
    evidence = sentence.evidence
    joined = max(
        (
            (sentence.sources[source] + sentence.targets[target], sure, act)
            for (act, source, target), sure in evidence.ruled.items()
        ),
        default=(0, 0.0, 0),
    )
    if joined[0]:
        return joined[2]
    acts = evidence.acts
    return min(range(len(acts)), key=lambda number: _distance(acts[number]), default=None)


def _distance(act: Act) -> tuple[bool, bool, bool]:
    """How far an act is from what a sentence tells: main acts first, then those of the lexicon."""
    main, listed = act.standing == "main", bool(act.lexicon_class)
    return not (main or listed), not main, not listed


Rows = Sequence[tuple[Iterable[str], Any, float]]


def fit_table(rows: Rows, inverse_penalty: float, fewest: int) -> tuple[Table, Any]:
    """A table of weights by logistic regression, and the outcomes that its columns stand for."""
    counts = Counter(feature for features, _, _ in rows for feature in set(features))
    kept = sorted(feature for feature, count in counts.items() if count >= fewest)
    index = {feature: place for place, feature in enumerate(kept)}
    places = [sorted({index[f] for f in features if f in index}) for features, _, _ in rows]
    matrix = csr_matrix(
        (
            np.ones(sum(map(len, places))),
            [place for found in places for place in found],
            np.cumsum([0, *map(len, places)]),
        ),
        shape=(len(rows), len(kept)),
    )
    model = LogisticRegression(C=inverse_penalty, max_iter=300)
    model.fit(matrix, [outcome for _, outcome, _ in rows], [weight for _, _, weight in rows])
    return Table(index, model.coef_.T.copy(), model.intercept_.copy()), model.classes_


def fit_worth(tables: EventModel, held: Sequence[tuple[Example, EventModel]]) -> EventModel:
    """The model with its worth and calibration, from verdicts on sentences left out."""
    weights, right, shares = [], [], []
    for example, partial in held:
        if not example.has_spans and example.is_event:
            continue
        for sentence in example.sentences:
            for weighed in partial.weighed(sentence.evidence):
                weights.append(weighed.weights)
                right.append(is_right(example, sentence, weighed.triple, weighed.event_class))
                shares.append(example.weight * _trust(example, sentence, weighed.triple))
    numbers = np.array(weights)
    middle, spread = numbers.mean(axis=0), numbers.std(axis=0) + 1e-9
    model = LogisticRegression(C=1.0, max_iter=500)
    model.fit((numbers - middle) / spread, right, shares)
    worth = model.coef_[0] / spread
    bias = float(model.intercept_[0] - middle @ worth)
    calibration = calibrated(numbers @ worth + bias, np.array(right), np.array(shares))
    return EventModel(
        tables.classes, tables.act, tables.event, tables.source, tables.target,
        worth, bias, calibration,
    )  # fmt: skip


def _trust(example: Example, sentence: Labelled, triple: tuple[int, int, int]) -> float:
    """How far the label's silence about an act speaks against it."""
    if not example.is_event:
        return SILENT
    if triple not in sentence.evidence.ruled:
        return 1.0
    _, source, target = triple
    return 1.0 if sentence.sources[source] and sentence.targets[target] else UNTOLD


def is_right(
    example: Example, sentence: Labelled, triple: tuple[int, int, int], event_class: str
) -> bool:
    """Whether a verdict is the label: both sides, and the class or at least its quarter."""
    _, source, target = triple
    if not example.is_event or not (sentence.sources[source] and sentence.targets[target]):
        return False
    if example.event_class:
        return event_class == example.event_class
    return quad_of("CONCEDE" if event_class == "YIELD" else event_class) == example.quad


def calibrated(sums: np.ndarray, right: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Sums and shares of right verdicts, both rising; the middle of each isotonic step."""
    order = np.argsort(sums)
    sums, right, weights = sums[order], right[order], weights[order]
    shares = IsotonicRegression().fit_transform(sums, right, sample_weight=weights)
    steps = [np.flatnonzero(shares == share) for share in np.unique(shares)]
    middles = np.array([np.average(sums[step], weights=weights[step]) for step in steps])
    return np.array([middles, [float(shares[step[0]]) for step in steps]])


# -- figures without a leak ----------------------------------------------------------------


def held_out(found: Sequence[Example]) -> Iterator[tuple[EventModel, list[Example]]]:
    """For each fold a model of the others, and the examples it has not seen."""
    folds = folds_of(found)
    for fold in range(FOLDS):
        inside = [(e, own) for e, own in zip(found, folds, strict=True) if own != fold]
        model = fit([e for e, _ in inside], [own for _, own in inside])
        yield model, [e for e, own in zip(found, folds, strict=True) if own == fold]


def fold_out_models(folder: Path) -> dict[str, EventModel]:
    """For the key of a text the model that has not seen it nor one like it."""
    models: dict[str, EventModel] = {}
    for model, unseen in held_out(examples(folder)):
        models |= {key_of(example.text): model for example in unseen}
    return models


# -- writing -------------------------------------------------------------------------------


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="compare with what is shipped")
    options = parser.parse_args()
    found = examples(options.data)
    model = fit(found, folds_of(found))
    if options.check:
        shipped = load(WEIGHTS)
        off = max(
            float(np.abs(getattr(model, name).weights - getattr(shipped, name).weights).max())
            if getattr(model, name).index == getattr(shipped, name).index
            else np.inf
            for name in TABLES
        )
        print(f"largest difference of a weight: {off:.4f}")
        return int(off > 0.01)
    save(model, WEIGHTS)
    WEIGHTS.with_suffix(".toml").write_text(sidecar(options.data, found, model), "utf-8")
    return 0


def sidecar(folder: Path, found: Sequence[Example], model: EventModel) -> str:
    """What the weights were made from, as TOML."""
    counts = Counter(example.file for example in found)
    lines = [
        "# What weights.npz was made from; written by bench/train_events.py.",
        "",
        f"trained = {datetime.datetime.now(tz=datetime.UTC).date().isoformat()}",
        f"seed = {SEED}",
        f"folds = {FOLDS}",
        f"classes = {json.dumps(list(model.classes))}",
        f"bytes = {WEIGHTS.stat().st_size}",
        "",
        "[features]",
        *(f"{name} = {len(getattr(model, name).index)}" for name in TABLES),
        f"worth = {len(WORTH)}",
    ]
    for file in (*FILES, SPANS):
        digest = hashlib.sha256((folder / f"{file}.jsonl").read_bytes()).hexdigest()
        lines += ["", f"[sets.{file}]", *(f'{k} = "{v}"' for k, v in TERMS[file].items())]
        lines += [f"sentences = {counts[file]}"] if file in counts else []
        lines += [f'sha256 = "{digest}"']
    return "\n".join(lines) + "\n"


TERMS = {
    "plv_dev": {
        "source": "Hu et al. 2024, Zero-Shot PLOVER (snowood1/Zero-Shot-PLOVER)",
        "terms": "no licence stated; read for training, no text kept",
        "gives": "class, source, target",
    },
    "plover_gsr": {
        "source": "Open Event Data Alliance, PLOVER gold-standard records (openeventdata/PLOVER)",
        "terms": "CC BY-SA 4.0",
        "gives": "class, source, target",
    },
    "penta_dev": {
        "source": "Hu et al. 2022, ConfliBERT, pentaclass sentences (eventdata/ConfliBERT)",
        "terms": "texts are their publishers'; read for training, no text kept",
        "gives": "event or none, quarter of the square",
    },
    "protest_dev": {
        "source": "GLOCON sample, protest sentences (emerging-welfare)",
        "terms": "texts are their publishers'; read for training, no text kept",
        "gives": "protest or none",
    },
    "source_target_dev": {
        "source": "Hu et al. 2022, ConfliBERT, source and target spans (eventdata/ConfliBERT)",
        "terms": "texts are their publishers'; read for training, no text kept",
        "gives": "source, target of sentences of penta_dev",
    },
}


if __name__ == "__main__":
    sys.exit(main())
