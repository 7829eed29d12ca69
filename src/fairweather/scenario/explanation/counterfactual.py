"""The nearest counterfactual: the least that would have to be otherwise for another answer.

Two things are asked of a run: P(at least the rung), and P(the partnership has ended by the
horizon). Each is told by one of seven estimative words (ICD 203); looked for is the smallest change
that puts it into the next word's range, up or down. A change is measured by how far an input moves
in its own 10-90 % bands; two inputs together by the root of their squares, as inputs are drawn
independently. Of two, the way of steepest ascent is tried, which is the shortest where the answer
is straight. Constants, and what the run itself supposes, are not moved.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.exits import exit_chances
from fairweather.scenario.explanation.target import Target
from fairweather.scenario.explanation.thresholds import band_width, farthest, movable
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.spec import Input
from fairweather.scenario.stage_game import play_stage_game
from fairweather.vocabulary import vocabulary

SCALE = (
    *("remote", "highly_unlikely", "unlikely", "even"),
    *("likely", "highly_likely", "almost_certainly"),
)
"""The seven estimative words whose ranges follow on one another, the least likely first."""

ANSWER, ENDED = "answer", "ended"
ASKED = (ANSWER, ENDED)
"""What a change may move."""

STEPS = 6
"""Values tried from where an input lies to either end; between them the curve is straight."""

DRAWS, MANY = 200, 1000
"""Draws on which changes are tried; draws of the answer as it is told, to which they are fitted."""

FARTHEST = 3.0
"""Bands beyond which a change is not worth telling: hardly anybody would believe it."""

NEAR = 0.25
"""Where one input has to move no more than this of its band, two together are not looked for."""

IDLE = 0.005
"""An input that moves nothing by more, from one of its ends to the other, is not followed."""

PAIRED = 5
"""So many of the inputs that move the answer most are tried two by two."""

SHORTER = 0.85
"""Two inputs are told of where they come so much nearer than one."""


@dataclass(frozen=True, slots=True)
class Move:
    """One input moved from its mean `now` to `value`, over so many of its 10-90 % bands."""

    path: str
    now: float
    value: float
    bands: float


@dataclass(frozen=True, slots=True)
class Counterfactual:
    """What would bring the answer (or the ending) from one estimative word to the next."""

    asked: str
    before: str
    after: str
    moves: tuple[Move, ...]

    @property
    def distance(self) -> float:
        """How far the inputs move together, in bands."""
        return math.hypot(*(move.bands for move in self.moves))

    @property
    def name(self) -> str:
        """What a figure calls it: "answer-likely-2"."""
        return f"{self.asked}-{self.after}-{len(self.moves)}"


def counterfactuals(target: Target, *, seed: int) -> tuple[Counterfactual, ...]:
    """The nearest change of one input, then of two where nearer, for each word next to now's."""
    ground = _Ground.of(target, seed)
    now = ground.outcomes({}, 1)[:, 0]
    curves = [ground.curve(part) for part in movable(target) if ground.matters(part)]
    return tuple(
        found
        for at, asked in enumerate(ASKED)
        for line in _lines(float(now[at]))
        for found in _nearest(ground, curves, at, asked, line)
    )


def word_for(chance: float) -> int:
    """The place in SCALE of the word for a chance."""
    return int(np.searchsorted(_edges(), chance, side="right"))


@dataclass(frozen=True, slots=True)
class _Line:
    """An edge between two words, and the side on which the new one lies."""

    edge: float
    rising: bool
    before: str
    after: str

    def passed(self, chances: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
        return chances >= self.edge if self.rising else chances < self.edge

    def gain(self, chances: Floats) -> Floats:
        """How far chances come towards the line from the first of them."""
        towards: Floats = (chances - chances[0]) * (1 if self.rising else -1)
        return towards


def _edges() -> list[float]:
    return [vocabulary("estimative")[word].extra["low"] for word in SCALE[1:]]


def _lines(chance: float) -> Iterator[_Line]:
    """The edge above a chance and the one below."""
    at, edges = word_for(chance), _edges()
    if at < len(edges):
        yield _Line(edges[at], True, SCALE[at], SCALE[at + 1])
    if at:
        yield _Line(edges[at - 1], False, SCALE[at], SCALE[at - 1])


@dataclass(frozen=True, slots=True)
class _Curve:
    """What comes of moving one input: `values` from its mean to one end, `chances` (2, values)."""

    part: Input
    width: float
    values: Floats
    chances: Floats

    def bands(self, value: float) -> float:
        return abs(value - float(self.values[0])) / self.width


@dataclass(frozen=True, slots=True)
class _Ground:
    """A target with the draws on which every change is tried.

    `short` is by how much their means fall short of those of many draws, (2, 1): as much is taken
    to be missing under every change.
    """

    target: Target
    drawn: dict[str, Floats]
    short: Floats

    @classmethod
    def of(cls, target: Target, seed: int) -> _Ground:
        many = _outcomes(target, target.drawn(seed=seed, draws=MANY))
        short = many.mean(axis=1) - many[:, :DRAWS].mean(axis=1)
        return cls(target, target.drawn(seed=seed, draws=DRAWS), short[:, None])

    def outcomes(self, held: Mapping[str, Floats], trials: int) -> Floats:
        """The mean answer and ending of each trial, (2, trials), inputs held at these values."""
        tried = {path: np.tile(column, trials) for path, column in self.drawn.items()}
        tried |= {path: np.repeat(values, DRAWS) for path, values in held.items()}
        found = _outcomes(self.target, tried).reshape(2, trials, DRAWS)
        means: Floats = found.mean(axis=2) + self.short
        return means

    def matters(self, part: Input) -> bool:
        """Whether the answer or the ending differs between the ends of what an input may be."""
        ends = np.array([part.low, farthest(part)])
        return bool(np.ptp(self.outcomes({part.path: ends}, 2), axis=1).max() > IDLE)

    def curve(self, part: Input) -> tuple[_Curve, _Curve]:
        """An input moved to either end of what it may be."""
        now, width = float(self.drawn[part.path].mean()), band_width(part)
        ends = (part.low, farthest(part))
        values = np.concatenate([np.linspace(now, end, STEPS + 1) for end in ends])
        chances = self.outcomes({part.path: values}, len(values))
        halves = np.split(values, 2), np.split(chances, 2, axis=1)
        down, up = (_Curve(part, width, *half) for half in zip(*halves, strict=True))
        return down, up


def _outcomes(target: Target, drawn: dict[str, Floats]) -> Floats:
    """P(at least the rung) and P(ended by the horizon), (2, draws)."""
    crisis = play_stage_game(target.scenario, drawn, target.worlds, target.war, target.ladder)
    answer = crisis.rungs[target.ladder.rank(target.rung) :].sum(axis=0)
    left = exit_chances(target.scenario, drawn, target.worlds, crisis, target.ladder)
    return np.stack([answer, sum(left.values(), start=np.float64(0.0))])


def _nearest(
    ground: _Ground, curves: list[tuple[_Curve, _Curve]], at: int, asked: str, line: _Line
) -> Iterator[Counterfactual]:
    """The nearest way over a line by one input, and by two where that is clearly nearer."""
    ones = [one for pair in curves for curve in pair if (one := _crossing(curve, at, line))]
    alone = min(ones, key=lambda move: move.bands, default=None)
    if alone is not None and alone.bands <= FARTHEST:
        yield Counterfactual(asked, line.before, line.after, (alone,))
        if alone.bands <= NEAR:
            return
    within = min(SHORTER * alone.bands, FARTHEST) if alone else FARTHEST
    steepest = sorted(
        (max(pair, key=lambda curve: _slope(curve, at, line)) for pair in curves),
        key=lambda curve: -_slope(curve, at, line),
    )[:PAIRED]
    twos = [
        found
        for pair in itertools.combinations(steepest, 2)
        if (found := _together(ground, pair, at, line, within))
    ]
    if twos:
        made = [Counterfactual(asked, line.before, line.after, moves) for moves in twos]
        yield min(made, key=lambda one: one.distance)


def _crossing(curve: _Curve, at: int, line: _Line) -> Move | None:
    """Where a curve first passes a line that it does not start beyond."""
    place = _first_past(curve.chances[at], line)
    if place is None:
        return None
    value = float(np.interp(place, np.arange(len(curve.values)), curve.values))
    return Move(curve.part.path, float(curve.values[0]), value, curve.bands(value))


def _first_past(chances: Floats, line: _Line) -> float | None:
    """The place along a curve at which it first passes a line; None if it starts beyond it."""
    passed = np.flatnonzero(line.passed(chances))
    if not len(passed) or passed[0] == 0:
        return None
    last = int(passed[0]) - 1
    before, after = chances[last], chances[last + 1]
    return last + float((line.edge - before) / (after - before))


def _slope(curve: _Curve, at: int, line: _Line) -> float:
    """How fast a curve comes towards a line, by band moved, over its first step."""
    moved = curve.bands(float(curve.values[1]))
    return float(line.gain(curve.chances[at])[1]) / moved if moved else 0.0


def _together(
    ground: _Ground, pair: tuple[_Curve, _Curve], at: int, line: _Line, within: float
) -> tuple[Move, ...] | None:
    """Two inputs moved at once, each by its share of the slope, no farther than `within`."""
    slopes = [_slope(curve, at, line) for curve in pair]
    if min(slopes) <= 0:
        return None
    shares = [slope / math.hypot(*slopes) for slope in slopes]
    ends = [curve.bands(float(curve.values[-1])) for curve in pair]
    longest = min(within, max(end / share for end, share in zip(ends, shares, strict=True)))
    steps = np.linspace(0.0, longest, STEPS + 1)
    held = {
        curve.part.path: _moved(curve, np.minimum(steps * share, end))
        for curve, share, end in zip(pair, shares, ends, strict=True)
    }
    place = _first_past(ground.outcomes(held, len(steps))[at], line)
    if place is None:
        return None
    values = [
        float(np.interp(place, np.arange(len(steps)), held[curve.part.path])) for curve in pair
    ]
    return tuple(
        Move(curve.part.path, float(curve.values[0]), value, curve.bands(value))
        for curve, value in zip(pair, values, strict=True)
    )


def _moved(curve: _Curve, bands: Floats) -> Floats:
    """Values so many bands from the mean, on the side of the curve."""
    side = np.sign(curve.values[-1] - curve.values[0])
    values: Floats = curve.values[0] + side * bands * curve.width
    return values
