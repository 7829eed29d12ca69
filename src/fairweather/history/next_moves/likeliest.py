"""The likeliest next moves of a pair, each with its odds against the usual and its reasons."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from fairweather.errors import MisuseError
from fairweather.history.next_moves.dealings import (
    CLUES,
    GROUPS,
    Dealings,
    Numbers,
    SeriesClues,
    series_clues,
)
from fairweather.history.next_moves.hazard import Hazard, at_least_one, shipped_hazard

FEWEST_BUSY_DAYS = 8
FEWEST_DAYS = 60
"""Below either the record is too thin to speak."""

LONGEST_SPAN = 90
"""Days ahead; the weights were fitted on spans of 7 to 30."""

LATELY = 60
"""Days that a reason counts cases in."""

TELLING = 1.1
"""A clue that moves the usual rate by less than this factor, up or down, is no reason."""


@dataclass(frozen=True, slots=True)
class Move:
    """A kind of move that side `actor` (0 or 1) may make within the days asked for.

    `chance` is that of at least one; `usual` the same in the long run of this pair, side and
    kind, with `cases` days that saw one.
    """

    actor: int
    kind: int
    chance: float
    usual: float
    cases: int
    reasons: tuple[str, ...]

    @property
    def odds_against_usual(self) -> float:
        """Odds of the chance over odds of the usual: above 1, likelier than usual."""
        return (self.chance / (1 - self.chance)) / (self.usual / (1 - self.usual))


@dataclass(frozen=True, slots=True)
class Likeliest:
    """Moves, the likeliest first; none, and why in `abstains`, when the record is too thin."""

    span: int
    days: int
    busy_days: int
    moves: tuple[Move, ...]
    abstains: str = ""


def likeliest(
    of: Dealings, span: int, sides: Sequence[str] = ("A", "B"), hazard: Hazard | None = None
) -> Likeliest:
    """What either side may do within `span` days after the last day on record.

    Only kinds of move seen between the two count. Raises MisuseError for a span that is not
    within 1..LONGEST_SPAN.
    """
    if not 1 <= span <= LONGEST_SPAN:
        raise MisuseError(f"{span} days ahead: give 1 to {LONGEST_SPAN}")
    thin = _too_thin(of)
    if thin:
        return Likeliest(span, of.days, of.busy_days, (), thin)
    series, used = series_clues(of), hazard or shipped_hazard()
    cases = series.cases.astype(np.float64)
    chances = at_least_one(used.rate(series.usual, cases, series.clues, span), span)
    usual = at_least_one(used.usual(series.usual, cases, span), span)
    factors = used.lately.factors(series.clues, span)
    moves = [
        Move(
            actor=int(series.actor[i]),
            kind=int(series.kind[i]),
            chance=float(chances[i]),
            usual=float(usual[i]),
            cases=int(series.cases[i]),
            reasons=tuple(_reasons(of, series, i, factors[i], sides)),
        )
        for i in np.lexsort((series.kind, series.actor, -chances))
    ]
    return Likeliest(span, of.days, of.busy_days, tuple(moves))


def _too_thin(of: Dealings) -> str:
    if of.busy_days < FEWEST_BUSY_DAYS:
        return f"dealings on {of.busy_days} days only; it takes {FEWEST_BUSY_DAYS} to speak"
    if of.days < FEWEST_DAYS:
        return f"{of.days} days on record only; it takes {FEWEST_DAYS} to speak"
    return ""


def _reasons(
    of: Dealings, series: SeriesClues, i: int, factors: Numbers, sides: Sequence[str]
) -> Iterator[str]:
    """What is known of this very move, then the other clues that matter, the strongest first."""
    actor, kind = int(series.actor[i]), int(series.kind[i])
    names = ("constant", *CLUES)
    weight = {
        group: float(sum(factors[names.index(clue)] for clue in clues))
        for group, clues in GROUPS.items()
    }
    us, them = sides[actor], sides[1 - actor]
    told = {
        "answered": f"{them} did so itself: {_counted(of, 1 - actor, kind)}",
        "side": f"{us} acted towards {them} {_pace(of, actor)}",
        "back": f"{them} acted towards {us} {_pace(of, 1 - actor)}",
    }
    yield f"{_counted(of, actor, kind)}{_times(weight['same'])}"
    for group in sorted(told, key=lambda name: -abs(weight[name])):
        if abs(weight[group]) >= np.log(TELLING):
            yield told[group] + _times(weight[group])


def _counted(of: Dealings, actor: int, kind: int) -> str:
    """ "last 3 days ago; on 14 of the last 60 days, usually 6.2"."""
    days = of.day[(of.actor == actor) & (of.kind == kind)]
    if not len(days):
        return "never on record"
    return f"last {_ago(of.today - int(days.max()))}; {_of_late(of, days)}"


def _pace(of: Dealings, actor: int) -> str:
    """ "on 20 of the last 60 days, usually 11.5"."""
    return _of_late(of, np.unique(of.day[of.actor == actor]))


def _of_late(of: Dealings, days: np.ndarray) -> str:
    window = min(LATELY, of.days)
    lately = int((days > of.today - window).sum())
    return f"on {lately} of the last {window} days, usually {len(days) * window / of.days:.1f}"


def _ago(days: int) -> str:
    if days == 0:
        return "on the last day on record"
    return f"{days} day{'s' if days > 1 else ''} ago"


def _times(log_factor: float) -> str:
    if abs(log_factor) < np.log(TELLING):
        return ""
    return f" (rate x {np.exp(log_factor):.2f})"
