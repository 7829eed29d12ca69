"""Two sides and what they did to each other, day by day: the clues of their next moves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fairweather.errors import RecordError
from fairweather.history.next_moves.moves import Integers

Numbers = npt.NDArray[np.float64]

FLOOR = 0.02
"""Moves a day added to both sides of a ratio: one in fifty days tells little from none."""

CLUES = (
    "same_week",
    "since_last",
    "answered_month",
    "answered_usual",
    "side_month",
    "back_month",
)
"""Columns of `clues`; all are logarithms of ratios, so that busy and quiet pairs compare."""

GROUPS = {
    "same": ("same_week", "since_last"),
    "answered": ("answered_month", "answered_usual"),
    "side": ("side_month",),
    "back": ("back_month",),
}
"""Clues that are told together."""


@dataclass(frozen=True, slots=True)
class Dealings:
    """Dated moves between two sides, at most one of a kind, side and day.

    `actor` is 0 or 1, `kind` 0..kinds-1, `day` any count of days from `first`, when the record
    begins, to `today`, when it ends. Raises RecordError for a row outside.
    """

    actor: Integers
    kind: Integers
    day: Integers
    first: int
    today: int
    kinds: int

    def __post_init__(self) -> None:
        outside = (self.day < self.first) | (self.day > self.today)
        if outside.any():
            day = int(self.day[np.argmax(outside)])
            raise RecordError(f"dealings: day {day} is not in {self.first}..{self.today}")

    @property
    def days(self) -> int:
        """Days on record."""
        return self.today - self.first + 1

    @property
    def busy_days(self) -> int:
        """Days on which either did anything to the other."""
        return len(np.unique(self.day))


def dealings(
    actor: Integers, kind: Integers, day: Integers, *, first: int, today: int, kinds: int
) -> Dealings:
    """Dealings from rows in any order; several of one kind, side and day count once."""
    key = np.unique((day - first) * 2 * kinds + actor * kinds + kind)
    since, series = np.divmod(key, 2 * kinds)
    return Dealings(*np.divmod(series, kinds), since + first, first, today, kinds)


@dataclass(frozen=True, slots=True)
class SeriesClues:
    """Every kind of move seen between the two, for either side as the one that acts.

    All arrays have one entry a series: `actor`, `kind`, `cases` (days with it), `usual` (its
    long-run rate a day), `clues` (series, len(CLUES)).
    """

    actor: Integers
    kind: Integers
    cases: Integers
    usual: Numbers
    clues: Numbers


def series_clues(of: Dealings) -> SeriesClues:
    """The clues of every series. The long-run rate of n cases in D days is (n + 1/2) / D."""
    kinds = np.unique(of.kind)
    place = np.searchsorted(kinds, of.kind)
    width = len(kinds)
    age = (of.today - of.day).astype(np.float64)
    series = of.actor * width + place
    cases = np.bincount(series, minlength=2 * width)
    usual = (cases + 0.5) / of.days
    other = (np.arange(2 * width) + width) % (2 * width)
    side = np.repeat([0, 1], width)
    week, month = (_rates(series, age, h, of.days, 2 * width) for h in (7, 30))
    side_month, back_month = _either_side(of, age, side)
    last = np.full(2 * width, float(of.days))
    np.minimum.at(last, series, age)
    clues = np.stack(
        [
            _ratio(week, usual),
            np.log1p(last / 30),
            _ratio(month[other], usual[other]),
            _ratio(usual[other], usual),
            side_month,
            back_month,
        ],
        axis=1,
    )
    return SeriesClues(side, np.tile(kinds, 2), cases, usual, clues)


def _rates(series: Integers, age: Numbers, half_life: float, days: int, count: int) -> Numbers:
    """Cases a day, fading by the half-life, over the weight that the days on record have."""
    fade = 0.5 ** (1 / half_life)
    whole = (1 - fade**days) / (1 - fade)
    return np.asarray(np.bincount(series, fade**age, minlength=count) / whole)


def _either_side(of: Dealings, age: Numbers, side: Integers) -> tuple[Numbers, Numbers]:
    """How busy each series' own side, and the other, was lately against its long run."""
    usual = (np.bincount(of.actor, minlength=2) + 0.5) / of.days
    lately = _ratio(_rates(of.actor, age, 30, of.days, 2), usual)
    return lately[side], lately[1 - side]


def _ratio(rate: Numbers, usual: Numbers) -> Numbers:
    return np.asarray(np.log((rate + FLOOR) / (usual + FLOOR)))
