"""How firm by what is told of each side, and how likely either is to leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line
from fairweather.brief.sections.exits import tied
from fairweather.brief.sections.ladder import (
    range_of,
    shown_runs,
)
from fairweather.brief.sections.strands import known_views
from fairweather.brief.wording import (
    counted,
    likelihood,
    listing,
    name,
    number,
    phrase,
    possessive,
    sentence,
)
from fairweather.profile import StrandView
from fairweather.records import Explained
from fairweather.scenario import Play
from fairweather.scenario.words import coarse_percent

MOSTLY = 2 / 3
"""Share of a side's known strands from which they are said to speak for or against."""

FEW = 2
"""Known strands of a side below which it is said that too little is known of its view."""


def _way(views: Sequence[StrandView]) -> str:
    """How a side's known strands lean as a whole: for, against, both ways, or too few to tell."""
    if len(views) < FEW:
        return "unknown"
    values = [view.value.value or 0.0 for view in views]
    if sum(value > 0 for value in values) / len(values) >= MOSTLY:
        return "for"
    return "against" if sum(value < 0 for value in values) / len(values) >= MOSTLY else "both"


def leanings(evidence: Evidence) -> Line:
    """Which way what is told of each side leans, over how many strands, and how clearly."""
    known = {side: known_views(evidence, side) for side in evidence.pair}
    heard = {side: views for side, views in known.items() if len(views) >= FEW}
    figures = tuple(view.value for views in known.values() for view in views)
    if not heard:
        text = "how either side sees the tie is hardly told"
        return Line(sentence(text), figures=figures or (evidence.reading,))
    told = [_leaning(side, views) for side, views in heard.items()]
    told += [
        f"{possessive(name(side))} side is too little to judge by"
        for side in known
        if side not in heard
    ]
    clarity = _clarity([view for own in heard.values() for view in own])
    text = f"what sources tell of {'; what they tell of '.join(told)}{clarity}"
    return Line(sentence(text), figures=figures)


def _leaning(side: str, views: Sequence[StrandView]) -> str:
    """ "Russia’s side pulls both ways (two strands for it, x and y; three against it)"."""
    for_ = [phrase("bonds", v.strand) for v in views if (v.value.value or 0) > 0]
    against = [view for view in views if (view.value.value or 0) < 0]
    even = len(views) - len(for_) - len(against)
    parts = [
        f"{number(len(for_)) if for_ else 'no'} {'strand' if len(for_) < 2 else 'strands'} for it"
        + (f", {listing(for_)}" if for_ else ""),
        f"{_none(len(against))} against it",
        *([f"{number(even)} even"] if even else []),
    ]
    way = phrase("leanings", _way(views))
    return f"{possessive(name(side))} side {way} ({'; '.join(parts)})"


def _clarity(views: Sequence[StrandView]) -> str:
    """Which leanings are clear; that none is, and on how few origins each rests."""
    clear = [view for view in views if _clearly(view.value)]
    if clear:
        named = listing(dict.fromkeys(phrase("strands", view.strand) for view in clear))
        return f". Of these leanings, those on {named} are clear"
    most = max(int(part.value or 0) for v in views for part in v.value.ingredients[:2])
    origins = counted(most, "independent origin")
    return f". None of this is clear, as no strand has more than {origins} on either side of it"


def _none(count: int) -> str:
    return number(count) if count else "none"


def _clearly(figure: Explained) -> bool:
    """Whether the whole band lies on one side of nought."""
    low, high = figure.low, figure.high
    return low is not None and high is not None and (low > 0 or high < 0)


def lasting(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """How likely either side is to end the partnership, war or none; of a tie alone."""
    if play is None or not tied(evidence):
        return
    exits = shown_runs(play)[0].exits
    if not exits:
        return
    months = counted(play.scenario.horizon_months, "month")
    words = dict.fromkeys(likelihood(one) for one in exits)
    same = len({coarse_percent(one) for one in exits}) == 1
    bands = [f"{name(one.arguments[2])} {range_of(coarse_percent(one))}" for one in exits]
    if same and len(exits) > 1:
        bands = [f"{range_of(coarse_percent(exits[0]))} each"]
    if len(words) == 1:
        who = "each side" if len(exits) > 1 else name(exits[0].arguments[2])
        text = f"{who} is {next(iter(words))} to end the partnership within {months}"
    else:
        parts = (f"{name(one.arguments[2])} is {likelihood(one)}" for one in exits)
        text = f"{listing(parts)} to end the partnership within {months}"
    text = f"{text} ({', '.join(bands)}, by past alliances and assumed interests)"
    yield Line(sentence(text), figures=tuple(exits))
