"""How well the next moves are forecast: who will do what to whom tomorrow?

    python bench/next.py --data FILE [--json] [--ranks FILE] [--ablation] [--seed N]

FILE is a Parquet table of columns s, r, o, t (integer ids and days) and split: train, valid and,
when there is one, test. The test rows are scored, with weights fitted on valid; without a test
split the valid rows are scored, with weights fitted on as many days at the end of train. Single
step: every day is forecast from the days before it, then learnt. Both directions, time-aware
filter, ties at their average rank. `recurrency_*` is the baseline, tuned on the same days;
intervals resample days. Whether A will do C to B within N days at all is the matter of `next_days`.
`--ablation` fits again without each family of clues, which takes as many times as long.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fairweather.history.next_moves.clues import FAMILIES
from fairweather.history.next_moves.forecaster import Forecaster, Setting, questions_of
from fairweather.history.next_moves.moves import Moves, in_order
from fairweather.history.next_moves.ranking import Ranks, filtered_ranks, hits, reciprocal
from fairweather.history.next_moves.recurrency import Recurrency
from fairweather.history.next_moves.scorer import Fitting

COLUMNS = ("s", "r", "o", "t", "split")
TUNING_DAYS = 10
"""Last days before those scored on which the baseline is tuned."""


@dataclass(frozen=True)
class Split:
    """Days before `fitted` are history, then weights are fitted, from `scored` on all is scored."""

    moves: Moves
    fitted: int
    scored: int
    name: str
    first_day: int
    step: int


@dataclass
class Scored:
    """Every scored query in the order of `queries`: rank and log loss in nats."""

    queries: Moves
    ranks: Ranks
    losses: Ranks
    cpu: float = 0.0


def main() -> int:
    options = _options()
    try:
        split = read(options.data)
    except (OSError, ValueError) as error:
        print(f"{options.data}: {error}", file=sys.stderr)
        return 2
    setting = Setting(fitting=Fitting(seed=options.seed))
    scored = score(split, setting)
    peak = _peak()
    baseline = recurrency(split)
    figures = tell(split, scored, baseline) | {"peak_mb": peak}
    if options.ablation:
        figures["without"] = ablation(split, setting)
    if options.ranks:
        write_ranks(options.ranks, scored, split)
    print(json.dumps(figures, indent=2) if options.json else as_table(figures))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Parquet: s, r, o, t, split")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--ranks", type=Path, help="write each query's rank (.parquet or .csv)")
    parser.add_argument("--ablation", action="store_true", help="without each family of clues")
    parser.add_argument("--seed", type=int, default=0, help="of the fitting")
    return parser.parse_args()


def read(path: Path) -> Split:
    """The moves of a file and where its splits begin. Raises ValueError naming what is wrong."""
    table = pd.read_parquet(path)
    missing = [name for name in COLUMNS if name not in table]
    if missing:
        raise ValueError(f"no column {', '.join(missing)}; wanted are {', '.join(COLUMNS)}")
    for name in COLUMNS[:4]:
        if not pd.api.types.is_integer_dtype(table[name]) or table[name].isna().any():
            row = int(table[name].isna().argmax())
            raise ValueError(f"column {name} is not of whole numbers (see row {row})")
    unknown = set(table.split) - {"train", "valid", "test"}
    if unknown:
        raise ValueError(f"column split holds {', '.join(sorted(map(str, unknown)))}")
    begun = int(table.t.min())
    days = table.t.to_numpy() - begun
    step = int(np.gcd.reduce(np.unique(days))) or 1
    days = days // step
    first = {name: int(days[table.split == name].min()) for name in set(table.split)}
    last = {name: int(days[table.split == name].max()) for name in set(table.split)}
    if "train" not in first or len(first) < 2:
        raise ValueError("column split needs train and at least one of valid and test")
    scored = "test" if "test" in first else "valid"
    if any(last[name] >= first[scored] for name in first if name != scored):
        raise ValueError(f"split {scored} begins before the others end")
    moves = in_order(table.s.to_numpy(), table.r.to_numpy(), table.o.to_numpy(), days)
    as_long = first[scored] - (last[scored] - first[scored] + 1)
    fitted = first["valid"] if {"valid", "test"} <= set(first) else max(1, as_long)
    return Split(moves, fitted, first[scored], scored, begun, step)


def score(split: Split, setting: Setting) -> Scored:
    """Fit on the days before the scored ones, then walk through these, forecasting each."""
    started = time.process_time()
    moves = split.moves
    forecaster = Forecaster(moves.actors, moves.relations, setting)
    forecaster.learn(moves.between(0, split.fitted))
    forecaster.fit(moves.between(split.fitted, split.scored))
    parts = [_score_day(forecaster, today) for today in days_of(split)]
    return Scored(
        _joined([part.queries for part in parts]),
        np.concatenate([part.ranks for part in parts]),
        np.concatenate([part.losses for part in parts]),
        time.process_time() - started,
    )


def days_of(split: Split) -> Iterator[Moves]:
    """The moves of each scored day."""
    end = int(split.moves.day[-1]) + 1
    scored = split.moves.between(split.scored, end)
    for day in np.unique(scored.day):
        yield scored.on(int(day))


def _score_day(forecaster: Forecaster, today: Moves) -> Scored:
    both, day = today.both_ways(), int(today.day[0])
    questions = questions_of(both)
    key = questions.subject * both.relations + questions.relation
    question = np.searchsorted(key, both.subject * both.relations + both.relation)
    ranks, losses = np.zeros(len(both)), np.zeros(len(both))
    start = 0
    for forecast in forecaster.forecast(questions, day):
        end = start + len(forecast.questions)
        mine = np.flatnonzero((question >= start) & (question < end))
        chances, row = forecast.over_all(), question[mine] - start
        ranks[mine] = filtered_ranks(chances, row, both.object[mine])
        losses[mine] = -np.log(chances[row, both.object[mine]])
        start = end
    forecaster.learn(today)
    return Scored(both, ranks, losses)


def recurrency(split: Split) -> Scored:
    """The baseline on the same queries."""
    started = time.process_time()
    moves = split.moves
    tuned = max(split.fitted, split.scored - TUNING_DAYS)
    baseline = Recurrency(moves.actors, moves.relations)
    baseline.learn(moves.between(0, tuned))
    baseline.tune(moves.between(tuned, split.scored))
    queries, ranks = [], []
    for today in days_of(split):
        queries.append(today.both_ways())
        ranks.append(baseline.ranks(queries[-1], int(today.day[0])))
        baseline.learn(today)
    found = np.concatenate(ranks)
    cpu = time.process_time() - started
    return Scored(_joined(queries), found, np.full(len(found), np.nan), cpu)


def _joined(parts: list[Moves]) -> Moves:
    columns = (
        np.concatenate([getattr(part, name) for part in parts])
        for name in ("subject", "relation", "object", "day")
    )
    return Moves(*columns, parts[0].actors, parts[0].relations)


def tell(split: Split, scored: Scored, baseline: Scored) -> dict[str, Any]:
    """The figures, the baseline beside them, with intervals over resampled days."""
    ahead = 1 / scored.ranks - 1 / baseline.ranks
    return {
        "scored": split.name,
        "queries": len(scored.ranks),
        "mrr": reciprocal(scored.ranks),
        "mrr_90": _interval(1 / scored.ranks, scored.queries.day),
        "hits1": hits(scored.ranks, 1),
        "hits3": hits(scored.ranks, 3),
        "hits10": hits(scored.ranks, 10),
        "log_loss": float(scored.losses.mean()),
        "recurrency_mrr": reciprocal(baseline.ranks),
        "ahead_90": _interval(ahead, scored.queries.day),
        "cpu_s": scored.cpu,
        "recurrency_cpu_s": baseline.cpu,
    }


def _interval(values: Ranks, days: np.ndarray, draws: int = 1000) -> list[float]:
    """The 5-95 % interval of a mean over resampled days."""
    which = np.unique(days, return_inverse=True)[1]
    total, count = np.bincount(which, values), np.bincount(which)
    chosen = np.random.default_rng(2014).integers(len(count), size=(draws, len(count)))
    means = total[chosen].sum(axis=1) / count[chosen].sum(axis=1)
    return [float(bound) for bound in np.quantile(means, [0.05, 0.95])]


def ablation(split: Split, setting: Setting) -> dict[str, float]:
    """MRR without each family of clues."""
    return {
        name: reciprocal(
            score(split, replace(setting, families=tuple(f for f in FAMILIES if f != name))).ranks
        )
        for name in FAMILIES
    }


def write_ranks(path: Path, scored: Scored, split: Split) -> None:
    """One row a query: s, r, o, t as in the file's ids, direction, rank."""
    queries, relations = scored.queries, split.moves.relations
    inverse = queries.relation >= relations
    rows = pd.DataFrame(
        {
            "s": np.where(inverse, queries.object, queries.subject),
            "r": queries.relation % relations,
            "o": np.where(inverse, queries.subject, queries.object),
            "t": queries.day * split.step + split.first_day,
            "direction": np.where(inverse, "subject", "object"),
            "rank": scored.ranks,
        }
    )
    if path.suffix == ".csv":
        rows.to_csv(path, index=False)
    else:
        rows.to_parquet(path, index=False)


def _peak() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def as_table(figures: dict[str, Any]) -> str:
    """One line a figure."""
    return "\n".join(f"{name:18} {_shown(value)}" for name, value in figures.items())


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4f}"
    if isinstance(value, list):
        return " to ".join(_shown(each) for each in value)
    if isinstance(value, dict):
        return "".join(f"\n  {name:20} {_shown(each)}" for name, each in value.items())
    return str(value)


if __name__ == "__main__":
    sys.exit(main())
