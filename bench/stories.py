"""Measures how well accounts of one act are brought together, against two baselines.

    python bench/stories.py [--half held|development] [--json] [--errors] [--rows N]

Each account of `tests/coding/stories/stories.toml` becomes a document with one event; every pair
of accounts is the same story or is not. Told are precision, recall and F1 over pairs,
B-cubed F1 over accounts, and an interval of F1 by drawing stories anew 2,000 times. The
baselines join accounts of one pair and one class of a day (the stated one, else that of
publication), and accounts of one pair, whatever the class, whose words overlap by Jaccard;
its threshold is the one that does best on the development half.

The set was written by the hand that wrote the rules: the held half was not looked at while
weights were set, but both halves are of one style. Accounts are typed, not coded from the
text; `coded_` figures are those of the same texts read by the rules into a ledger, over the
documents in which the rules found any event of that pair (two of them belong together when
they share a story).

`--rows N` times N made-up events (100,000 without --half) over many pairs instead.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from _story_accounts import Told, told
from fairweather.coding.intake import ReadReport, default_extractors, take_in
from fairweather.coding.stories import cluster_accounts, join_stories, propose_stories
from fairweather.coding.stories.accounts import Account
from fairweather.ledger import Ledger
from fairweather.ledger.stories import stories_of
from fairweather.records import Event, When

DRAWS = 2000
SEED = 5
Clustering = dict[str, str]
"""Account id -> cluster."""


def clustered(accounts: Sequence[Told]) -> Clustering:
    """What the rules join."""
    documents = {one.document.id: one.document for one in accounts}
    made = propose_stories([one.event for one in accounts], documents)
    return components([one.event.id for one in accounts], [(d.subject, d.object) for d in made])


def same_day(accounts: Sequence[Told]) -> Clustering:
    """One pair, one class, one day."""
    return {
        one.event.id: f"{_pair(one)} {one.event.event_class} {_day(one).since}" for one in accounts
    }


def overlapping(threshold: float) -> Callable[[Sequence[Told]], Clustering]:
    """One pair, and so much of all the words of both in both."""

    def cluster(accounts: Sequence[Told]) -> Clustering:
        words = {one.event.id: set(one.document.text.lower().split()) for one in accounts}
        joined = []
        for one, other in itertools.combinations(accounts, 2):
            a, b = words[one.event.id], words[other.event.id]
            if _pair(one) == _pair(other) and len(a & b) / len(a | b) >= threshold:
                joined.append((one.event.id, other.event.id))
        return components([one.event.id for one in accounts], joined)

    return cluster


def _pair(one: Told) -> str:
    return " ".join(sorted((one.event.source[-1], one.event.target[-1])))


def _day(one: Told) -> When:
    return one.event.date if one.event.date.known else one.document.published


def components(ids: Iterable[str], joined: Iterable[tuple[str, str]]) -> Clustering:
    """The connected groups of ids."""
    root = {identity: identity for identity in ids}

    def find(identity: str) -> str:
        while root[identity] != identity:
            identity = root[identity]
        return identity

    for one, other in joined:
        root[find(one)] = find(other)
    return {identity: find(identity) for identity in root}


# -- scores --------------------------------------------------------------------------------------


def scores(accounts: Sequence[Told], clusters: Clustering) -> dict[str, float]:
    """Pairwise precision, recall and F1, and B-cubed F1."""
    right = wrong = missed = 0
    for one, other in itertools.combinations(accounts, 2):
        same = one.story == other.story
        together = clusters[one.event.id] == clusters[other.event.id]
        right, wrong = right + (same and together), wrong + (together and not same)
        missed += same and not together
    precision = right / (right + wrong) if right + wrong else 1.0
    recall = right / (right + missed) if right + missed else 1.0
    return {
        "precision": precision,
        "recall": recall,
        "f1": _f1(precision, recall),
        "b_cubed_f1": _b_cubed(accounts, clusters),
    }


def _b_cubed(accounts: Sequence[Told], clusters: Clustering) -> float:
    by_story, by_cluster = defaultdict(set), defaultdict(set)
    for one in accounts:
        by_story[one.story].add(one.event.id)
        by_cluster[clusters[one.event.id]].add(one.event.id)
    precision = recall = 0.0
    for one in accounts:
        story, cluster = by_story[one.story], by_cluster[clusters[one.event.id]]
        shared = len(story & cluster)
        precision, recall = precision + shared / len(cluster), recall + shared / len(story)
    return _f1(precision / len(accounts), recall / len(accounts))


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def interval(accounts: Sequence[Told], clusters: Clustering) -> tuple[float, float]:
    """The 95 % interval of pairwise F1: pairs of stories that may be confused drawn anew."""
    rng = random.Random(SEED)
    blocks = defaultdict(list)
    for one in accounts:
        blocks[_pair(one)].append(one)
    counts = [_counts(block, clusters) for block in blocks.values()]
    drawn = sorted(_drawn(rng.choices(counts, k=len(counts))) for _ in range(DRAWS))
    return drawn[int(0.025 * DRAWS)], drawn[int(0.975 * DRAWS) - 1]


def _counts(block: Sequence[Told], clusters: Clustering) -> tuple[int, int, int]:
    right = together = same = 0
    for one, other in itertools.combinations(block, 2):
        joined = clusters[one.event.id] == clusters[other.event.id]
        right += joined and one.story == other.story
        together, same = together + joined, same + (one.story == other.story)
    return right, together, same


def _drawn(counts: Sequence[tuple[int, int, int]]) -> float:
    right, together, same = (sum(column) for column in zip(*counts, strict=True))
    return _f1(right / together if together else 1.0, right / same if same else 1.0)


# -- the report ------------------------------------------------------------------------------------


def main() -> int:
    options = _options()
    report = timed(options.rows) if options.rows else measured(options.half)
    if options.json:
        print(json.dumps(report))
    else:
        print_report(report)
    if options.errors and not options.rows:
        print_errors(told(options.half))
    return 0


def measured(half: str) -> dict[str, Any]:
    """The figures of one half."""
    accounts = told(half)
    threshold = best_overlap()
    ways = {
        "": clustered,
        "same_day_": same_day,
        "overlap_": overlapping(threshold),
    }
    report: dict[str, Any] = {
        "half": half,
        "stories": len({one.story for one in accounts}),
        "accounts": len(accounts),
        "overlap_threshold": threshold,
    }
    for name, way in ways.items():
        clusters = way(accounts)
        found = scores(accounts, clusters)
        report |= {f"{name}{key}": round(value, 3) for key, value in found.items()}
        low, high = interval(accounts, clusters)
        report |= {f"{name}f1_low": round(low, 3), f"{name}f1_high": round(high, 3)}
    return report | {f"coded_{key}": value for key, value in coded(accounts).items()}


def coded(accounts: Sequence[Told]) -> dict[str, float]:
    """Precision, recall and F1 over pairs of documents, their events coded from the text."""
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder, "stories.db")) as ledger:
        coders, report = default_extractors(), ReadReport()
        for one in accounts:
            take_in(ledger, one.document, coders, report)
        ledger.add((), join_stories(ledger, report.new))
        found: dict[str, set[str]] = defaultdict(set)
        wanted = {one.document.id: _pair(one) for one in accounts}
        for story in stories_of(ledger, tuple(ledger.statements(Event))):
            for event in story.events:
                sides = " ".join(sorted((*event.source[-1:], *event.target[-1:])))
                if sides == wanted[event.document]:
                    found[event.document].add(story.id)
    right = together = same = 0
    read = [one for one in accounts if found[one.document.id]]
    for one, other in itertools.combinations(read, 2):
        joined = bool(found[one.document.id] & found[other.document.id])
        right += joined and one.story == other.story
        together, same = together + joined, same + (one.story == other.story)
    precision, recall = (right / total if total else 1.0 for total in (together, same))
    rates = {"precision": precision, "recall": recall, "f1": _f1(precision, recall)}
    return {"accounts": len(read), **{key: round(value, 3) for key, value in rates.items()}}


def best_overlap() -> float:
    """The threshold of word overlap that does best on the development half."""
    accounts = told("development")
    steps = [step / 50 for step in range(2, 30)]
    return max(steps, key=lambda step: scores(accounts, overlapping(step)(accounts))["f1"])


def timed(rows: int) -> dict[str, Any]:
    """Seconds and memory for made-up accounts of 400 pairs over three years."""
    accounts = list(made_up(rows))
    began = time.perf_counter()
    joined = sum(1 for _ in cluster_accounts(accounts))
    seconds = time.perf_counter() - began
    return {
        "rows": rows,
        "joined": joined,
        "seconds": round(seconds, 1),
        "rows_per_s": round(rows / seconds),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def made_up(rows: int) -> Iterable[Account]:
    """Accounts of stories of one to nine accounts, a few pairs far busier than others."""
    rng = random.Random(SEED)
    vocabulary = [f"word{number}" for number in range(3000)]
    count = 0
    while count < rows:
        pair = int(400 * rng.random() ** 3)
        day = dt.date(2023, 1, 1) + dt.timedelta(days=rng.randrange(1000))
        event_class = rng.choice(("CONSULT", "ASSAULT", "AID", "ACCUSE", "AGREE", "SANCTION"))
        words = rng.sample(vocabulary, 14)
        for _ in range(rng.randint(1, 9)):
            count += 1
            late = rng.randrange(3)
            dated = rng.random() < 0.5
            yield Account(
                id=f"event:{count}",
                document=f"document:{count}",
                pair=(f"a{pair}", f"b{pair}"),
                forward=True,
                event_class=event_class,
                told_as="factual",
                since=day if dated else day + dt.timedelta(days=late - 3),
                until=day if dated else day + dt.timedelta(days=late),
                dated=dated,
                told=day + dt.timedelta(days=late),
                place=frozenset(),
                persons=frozenset(),
                numbers=frozenset(),
                words=frozenset(rng.sample(words, 8)),
            )


def print_report(report: dict[str, Any]) -> None:
    width = max(map(len, report))
    for name, value in report.items():
        print(f"{name:<{width}}  {value}")


def print_errors(accounts: Sequence[Told]) -> None:
    clusters = clustered(accounts)
    for one, other in itertools.combinations(accounts, 2):
        same = one.story == other.story
        if (clusters[one.event.id] == clusters[other.event.id]) != same:
            said = "apart" if same else "TOGETHER"
            print(f"{said}: {one.story} / {other.story}")
            print(f"   {one.document.text}\n   {other.document.text}")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--half", choices=("held", "development"), default="held")
    parser.add_argument("--rows", type=int, default=0)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--errors", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
