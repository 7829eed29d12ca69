"""At what value of an input the answer crosses a line, and which crossing is nearest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fairweather.scenario.explanation.target import Target
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.quantity import at_place
from fairweather.scenario.spec import Input

POINTS = 9
"""Values tried over the range an input may take; between them the curve is taken as straight."""

DRAWS = 200
"""Draws of the other inputs: enough for a mean."""

WIDEST = 2.0
"""A range without an end is searched up to this multiple of where the input lies."""


NARROWEST = 0.05
"""The least band that a move is measured by."""


@dataclass(frozen=True, slots=True)
class Threshold:
    """Where an input, alone, would have to lie for the mean answer to cross the line.

    `now` is its mean; `moved` how far that is in its own 10-90 % bands, the measure of how
    surprising the move would be.
    """

    path: str
    now: float
    value: float
    moved: float
    rising: bool


def thresholds(
    target: Target, *, line: float = 0.5, seed: int, paths: tuple[str, ...] = ()
) -> tuple[Threshold, ...]:
    """The crossing nearest to where each input lies, nearest in its own spread first.

    Inputs with no crossing are left out; `paths` limits the search.
    """
    drawn = target.drawn(seed=seed, draws=DRAWS)
    found = [
        crossing
        for part in movable(target)
        if not paths or part.path in paths
        for crossing in [_threshold(target, part, drawn, line)]
        if crossing is not None
    ]
    return tuple(sorted(found, key=lambda one: one.moved))


def movable(target: Target) -> tuple[Input, ...]:
    """The inputs that may turn out otherwise: no constants, and nothing that the run supposes."""
    supposed = {path for path, _ in target.run.changes}
    return tuple(
        part
        for part in target.inputs
        if not part.path.startswith("constants.") and part.path not in supposed
    )


def farthest(part: Input) -> float:
    """The highest value that is tried."""
    return part.high if np.isfinite(part.high) else WIDEST * max(part.quantity.support[1], 0.5)


def band_width(part: Input) -> float:
    """How wide an input's own 10-90 % band is; of what is known to a point, a twentieth."""
    band = at_place(part.quantity, np.array([0.1, 0.9]), low=part.low, high=part.high)
    return max(float(band[1] - band[0]), NARROWEST)


def response(target: Target, part: Input, drawn: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Values over an input's range, and the mean answer at each."""
    values = np.linspace(part.low, farthest(part), POINTS)
    draws = len(drawn[part.path])
    tried = {path: np.tile(column, POINTS) for path, column in drawn.items()}
    tried[part.path] = np.repeat(values, draws)
    return values, target.chance(tried).reshape(POINTS, draws).mean(axis=1)


def _threshold(
    target: Target, part: Input, drawn: dict[str, Floats], line: float
) -> Threshold | None:
    values, answers = response(target, part, drawn)
    now = float(drawn[part.path].mean())
    above = answers > line
    crossed = np.flatnonzero(above[1:] != above[:-1])
    if not len(crossed):
        return None
    at = [_between(values, answers, int(one), line) for one in crossed]
    value = min(at, key=lambda one: abs(one - now))
    return Threshold(part.path, now, value, abs(value - now) / band_width(part), value > now)


def _between(values: Floats, answers: Floats, at: int, line: float) -> float:
    ends, places = answers[at : at + 2], values[at : at + 2]
    share = (line - ends[0]) / (ends[1] - ends[0])
    return float(places[0] + share * (places[1] - places[0]))
