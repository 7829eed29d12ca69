"""The chance of at least one move within N days: the long run, then what happened lately.

    usual rate = r * exp(a . y + z b . y)
    rate       = usual rate * exp(w . x + z v . x)
    P(at least one within N days) = 1 - exp(-N * rate)

r is the long-run rate of the very series (pair, side, kind) a day and z = log(N / 30). y are a
constant, log r and 1 / (1 + cases), x a constant and the clues, all less their means. The first
line allows for moves that come in bunches and for counts of one or two that seldom keep up;
what was lately tells less of longer spans, hence z. Each line is fitted by Fisher scoring with a
small ridge, the second with the first held fixed. The weights that are shipped (`hazard.toml`)
are of the project's own fitting: docs/next-moves.md has the data and how the chances held.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from fairweather.history.next_moves.dealings import CLUES, Numbers

LONG_RUN = ("log_rate", "few_cases")

MOST = 20.0
"""Expected moves above which more make no difference to "at least one"."""


@dataclass(frozen=True, slots=True)
class Weights:
    """Of a constant and of each clue: as they are, and times log(N / 30); means of the clues."""

    level: Numbers
    fading: Numbers
    centre: Numbers

    def factors(self, clues: Numbers, days: Numbers | float) -> Numbers:
        """(series, 1 + clues): the log of what each multiplies the rate by, the constant first."""
        z = np.log(np.broadcast_to(days, len(clues)) / 30)[:, None]
        plain = _with_constant(clues - self.centre)
        return np.asarray(plain * (self.level + z * self.fading))


@dataclass(frozen=True, slots=True)
class Hazard:
    """Rates of the next N days: in the long run, and given what happened lately."""

    long_run: Weights
    lately: Weights

    def usual(self, rate: Numbers, cases: Numbers, days: Numbers | float) -> Numbers:
        """What a long-run rate a day, from so many cases, comes to over the next `days`."""
        factors = self.long_run.factors(_long_run_clues(rate, cases), days)
        return np.asarray(rate * np.exp(factors.sum(axis=1)))

    def rate(self, rate: Numbers, cases: Numbers, clues: Numbers, days: Numbers | float) -> Numbers:
        """The same, given the clues (series, len(CLUES))."""
        lately = self.lately.factors(clues, days).sum(axis=1)
        return np.asarray(self.usual(rate, cases, days) * np.exp(lately))


def at_least_one(rate: Numbers, days: Numbers | float) -> Numbers:
    """P(at least one) of a Poisson count with this rate a day."""
    return np.asarray(-np.expm1(-np.minimum(rate * days, MOST)))


def _long_run_clues(rate: Numbers, cases: Numbers) -> Numbers:
    return np.stack([np.log(rate), 1 / (1 + cases)], axis=1)


def fit_hazard(
    rate: Numbers, cases: Numbers, clues: Numbers, days: Numbers, came: Numbers
) -> Hazard:
    """Weights from the past: long-run rate and its cases, clues, span in days, 1 where it came."""
    settled = _long_run_clues(rate, cases)
    long_run = _fit(rate, settled, days, came)
    usual = rate * np.exp(long_run.factors(settled, days).sum(axis=1))
    return Hazard(long_run, _fit(usual, clues, days, came))


def _fit(
    rate: Numbers, clues: Numbers, days: Numbers, came: Numbers, ridge: float = 1.0
) -> Weights:
    centre = clues.mean(axis=0)
    plain = _with_constant(clues - centre)
    design = np.concatenate([plain, plain * np.log(days / 30)[:, None]], axis=1)
    offset = np.log(rate * days)
    weights = np.zeros(design.shape[1])
    for _ in range(30):
        expected = np.clip(np.exp(offset + design @ weights), 1e-9, MOST)
        odds = expected / np.expm1(expected)
        slope = design.T @ (came * odds - (1 - came) * expected) - ridge * weights
        curve = (design * (expected * odds)[:, None]).T @ design
        step = np.linalg.solve(curve + ridge * np.eye(len(weights)), slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    half = plain.shape[1]
    return Weights(weights[:half], weights[half:], centre)


@cache
def shipped_hazard() -> Hazard:
    """The weights in `hazard.toml`."""
    tables = tomllib.loads((files(__package__) / "hazard.toml").read_text(encoding="utf-8"))
    return Hazard(_read(tables["long_run"], LONG_RUN), _read(tables["lately"], CLUES))


def _read(table: dict[str, dict[str, float]], clues: tuple[str, ...]) -> Weights:
    names = ("constant", *clues)
    level, fading = (
        np.array([table[part][name] for name in names]) for part in ("level", "fading")
    )
    return Weights(level, fading, np.array([table["centre"][name] for name in clues]))


def _with_constant(clues: Numbers) -> Numbers:
    return np.concatenate([np.ones((len(clues), 1)), clues], axis=1)
