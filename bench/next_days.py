"""How well chances of "at least one such move within N days" hold, pair by pair.

    python bench/next_days.py --data FILE [--json | --toml]

FILE is as for `next`. For every two actors with dealings on at least eight days, and every kind of
move (relation of the file) seen between them, from either side: will there be one within 7,
14, 30 days? Weights are fitted on origins whose span ends before the scored split begins, and
scored on those inside it. Brier skill is against the long run of that very pair, kind and side:
`plain` is a rate of (n + 1/2) cases in D days, `usual` the same corrected by what such rates come
to. `_90` resamples pairs. `--toml` prints the weights in the form that is shipped.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fairweather.history.next_moves.dealings import CLUES, Numbers, dealings, series_clues
from fairweather.history.next_moves.hazard import LONG_RUN, Hazard, at_least_one, fit_hazard
from fairweather.history.next_moves.likeliest import FEWEST_BUSY_DAYS

SPANS = (7, 14, 30)
LEARNT_FROM = 120
"""Days on record before the first origin that is fitted on."""


@dataclass(frozen=True)
class Cases:
    """One entry a question: pair, long-run rate a day, days that saw it, clues, span, outcome."""

    pair: np.ndarray
    usual: Numbers
    cases: Numbers
    clues: Numbers
    days: Numbers
    came: Numbers


def main() -> int:
    options = _options()
    table = pd.read_parquet(options.data)
    hazard, figures = measure(table)
    if options.toml:
        print(as_toml(hazard))
    elif options.json:
        print(json.dumps(figures, indent=2))
    else:
        print(as_table(figures))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="Parquet: s, r, o, t, split")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.add_argument("--toml", action="store_true", help="the fitted weights")
    return parser.parse_args()


def measure(table: pd.DataFrame) -> tuple[Hazard, dict[str, Any]]:
    """Weights fitted before the scored split, and their figures on it."""
    scored = "test" if (table.split == "test").any() else "valid"
    begins, ends = (int(f(table.t[table.split == scored])) for f in (min, max))
    first = int(table.t.min())
    fitted = _cases(table, first, _origins(first + LEARNT_FROM, begins - 1))
    hazard = fit_hazard(fitted.usual, fitted.cases, fitted.clues, fitted.days, fitted.came)
    cases = _cases(table, first, _origins(begins - 1, ends))
    return hazard, tell(hazard, cases) | {"scored": scored, "fitted_on": len(fitted.came)}


def _origins(first: int, last: int) -> list[tuple[int, int]]:
    """(last day known, span) of questions that are decided by `last`, spans end to end."""
    return [(day, span) for span in SPANS for day in range(last - span, first - 1, -span)]


def _cases(table: pd.DataFrame, first: int, origins: list[tuple[int, int]]) -> Cases:
    low, high = table[["s", "o"]].min(axis=1), table[["s", "o"]].max(axis=1)
    rows = pd.DataFrame(
        {
            "pair": low * 1_000_000 + high,
            "actor": (table.s != low) * 1,
            "kind": table.r,
            "t": table.t,
        }
    )[low != high].sort_values(["pair", "t"])
    kinds = int(table.r.max()) + 1
    parts = [
        part
        for pair, mine in rows.groupby("pair")
        if mine.t.nunique() >= FEWEST_BUSY_DAYS
        for part in _of_pair(int(pair), mine, first, kinds, origins)
    ]
    return Cases(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _of_pair(
    pair: int, mine: pd.DataFrame, first: int, kinds: int, origins: list[tuple[int, int]]
) -> Iterator[tuple[np.ndarray, ...]]:
    actor, kind, day = (mine[name].to_numpy() for name in ("actor", "kind", "t"))
    for today, span in origins:
        known = day <= today
        if len(np.unique(day[known])) < FEWEST_BUSY_DAYS:
            continue
        of = dealings(actor[known], kind[known], day[known], first=first, today=today, kinds=kinds)
        clues = series_clues(of)
        ahead = (day > today) & (day <= today + span)
        came = np.isin(clues.actor * kinds + clues.kind, actor[ahead] * kinds + kind[ahead])
        count = len(came)
        yield (
            np.full(count, pair),
            clues.usual,
            clues.cases,
            clues.clues,
            np.full(count, span),
            came * 1.0,
        )


def tell(hazard: Hazard, cases: Cases) -> dict[str, Any]:
    """Brier skill, log loss and calibration by span."""
    return {f"within_{span}": _of_span(hazard, cases, span) for span in SPANS}


def _of_span(hazard: Hazard, cases: Cases, span: int) -> dict[str, Any]:
    mine = cases.days == span
    came, rate, seen = cases.came[mine], cases.usual[mine], cases.cases[mine]
    chance = at_least_one(hazard.rate(rate, seen, cases.clues[mine], span), span)
    usual, plain = at_least_one(hazard.usual(rate, seen, span), span), at_least_one(rate, span)
    ours, theirs, plainly = ((told - came) ** 2 for told in (chance, usual, plain))
    return {
        "questions": int(mine.sum()),
        "came": float(came.mean()),
        "brier": float(ours.mean()),
        "brier_usual": float(theirs.mean()),
        "brier_plain": float(plainly.mean()),
        "skill": float(1 - ours.mean() / theirs.mean()),
        "skill_90": _resampled(ours, theirs, cases.pair[mine]),
        "skill_plain": float(1 - ours.mean() / plainly.mean()),
        "skill_plain_90": _resampled(ours, plainly, cases.pair[mine]),
        "log_loss": _log_loss(chance, came),
        "log_loss_usual": _log_loss(usual, came),
        "calibration": list(_calibration(chance, came)),
    }


def _resampled(ours: Numbers, theirs: Numbers, pair: np.ndarray) -> list[float]:
    """The 5-95 % interval of the skill over resampled pairs."""
    which = np.unique(pair, return_inverse=True)[1]
    by_pair = np.stack([np.bincount(which, ours), np.bincount(which, theirs)])
    drawn = np.random.default_rng(2014).integers(by_pair.shape[1], size=(1000, by_pair.shape[1]))
    skill = 1 - by_pair[0][drawn].sum(axis=1) / by_pair[1][drawn].sum(axis=1)
    return [float(bound) for bound in np.quantile(skill, [0.05, 0.95])]


def _log_loss(chance: Numbers, came: Numbers) -> float:
    kept = np.clip(chance, 1e-6, 1 - 1e-6)
    return float(-np.mean(came * np.log(kept) + (1 - came) * np.log(1 - kept)))


def _calibration(chance: Numbers, came: Numbers) -> Iterator[dict[str, float]]:
    """Mean chance and share that came, in bins of chance."""
    bins = np.digitize(chance, [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9])
    for one in np.unique(bins):
        mine = bins == one
        told, held = float(chance[mine].mean()), float(came[mine].mean())
        yield {"chance": told, "came": held, "questions": int(mine.sum())}


def as_toml(hazard: Hazard) -> str:
    """The weights in the form of `hazard.toml`."""
    lines = []
    for title, weights, clues in (
        ("long_run", hazard.long_run, LONG_RUN),
        ("lately", hazard.lately, CLUES),
    ):
        for part in ("level", "fading", "centre"):
            names = clues if part == "centre" else ("constant", *clues)
            pairs = zip(names, getattr(weights, part), strict=True)
            lines += [
                f"[{title}.{part}]",
                *(f"{name} = {weight:.4f}" for name, weight in pairs),
                "",
            ]
    return "\n".join(lines).rstrip()


def as_table(figures: dict[str, Any]) -> str:
    """A block for each span: skill, then the calibration table."""
    lines = [f"scored on {figures['scored']}, fitted on {figures['fitted_on']:,} questions"]
    for span in SPANS:
        told = figures[f"within_{span}"]
        low, high = told["skill_90"]
        lines += [
            f"\nwithin {span} days: {told['questions']:,} questions, {told['came']:.3f} came",
            f"  Brier {told['brier']:.4f}, usual {told['brier_usual']:.4f}",
            f"  skill {told['skill']:+.3f} ({low:+.3f} to {high:+.3f})",
            f"  skill over the plain rate {told['skill_plain']:+.3f}",
            f"  log loss {told['log_loss']:.4f}, usual {told['log_loss_usual']:.4f}",
        ]
        for row in told["calibration"]:
            lines.append(
                f"  said {row['chance']:.3f}, came {row['came']:.3f} of {row['questions']:,}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
