"""What would break it: offers with their price, and what pulls the two apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line
from fairweather.brief.sections.exits import chief_offer, offer_line, offers_of, tied
from fairweather.brief.sections.ladder import (
    cheapest,
    wedge_said,
)
from fairweather.brief.sections.strands import known_views
from fairweather.brief.wording import (
    counted,
    listing,
    name,
    phrase,
    possessive,
    sentence,
)
from fairweather.profile import StrandView
from fairweather.scenario import Play

MOST_STRAINS = 4
"""Strains cited; their figures lead to the rest."""


def unbroken(evidence: Evidence) -> Line:
    """Where neither an offer nor a strain is told."""
    a, b = (name(side) for side in evidence.pair)
    if not tied(evidence):
        text = (
            f"no source read tells of an agreement, of support or of a view that ties {a} to {b},"
            " so there is nothing to break"
        )
        members = {one.id: {m.actor for m in one.members} for one in evidence.profile.mechanisms}
        both = tuple(id for id, actors in members.items() if {*evidence.pair} <= actors)
        shared = counted(len(both), "arrangement")
        beside = f"; all that is told is that both take part in {shared}" if both else ""
        return Line(sentence(f"{text}{beside}"), both[:MOST_STRAINS], (evidence.reading,))
    text = "not known: no source read names a strain on the tie or an offer that would end it"
    known = tuple(view.value for side in evidence.pair for view in known_views(evidence, side))
    return Line(sentence(text), figures=known or (evidence.reading,))


def offer(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """The offer that the price is of, else the one with most passages."""
    chief = chief_offer(evidence, play)
    if chief:
        yield offer_line(chief, evidence)


def price(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """What that offer would have to be worth."""
    wedge = cheapest(play) if play is not None and tied(evidence) else None
    if play is not None and wedge is not None:
        yield Line(sentence(wedge_said(play, wedge)), figures=(wedge,))


def strains(evidence: Evidence) -> Iterator[Line]:
    """What pulls the two apart, the worst first, and on whose side."""
    weak = _pulling_apart(evidence) if tied(evidence) else []
    if weak:
        records = tuple(view.opposing[0].id for view in weak if view.opposing)
        figures = tuple(view.value for view in weak)
        yield Line(sentence(_strained(weak)), records[:MOST_STRAINS], figures)


def strains_alone(evidence: Evidence) -> Iterator[Line]:
    """The same, saying first that there is no offer where none is told."""
    for line in strains(evidence):
        alone = "" if offers_of(evidence) else "no offer that would end it is named, but "
        told = f"{line.text[:1].lower()}{line.text[1:]}"
        yield replace(line, text=sentence(f"{alone}{told}"))


def _pulling_apart(evidence: Evidence) -> list[StrandView]:
    """The strands of either side on which more speaks against the tie, the worst first."""
    views = [view for side in evidence.pair for view in known_views(evidence, side)]
    against = [view for view in views if (view.value.value or 0.0) < 0]
    return sorted(against, key=lambda view: view.value.value or 0.0)


def _strained(views: Sequence[StrandView]) -> str:
    """ "on both sides sources tell of distrust; on Iran’s side, of diverging aims"."""
    seen: dict[str, list[str]] = {}
    for view in views:
        seen.setdefault(view.strand, []).append(view.viewpoint)
    told = {"on both sides": [one for one, viewers in seen.items() if len(viewers) > 1]}
    for side in dict.fromkeys(view.viewpoint for view in views):
        own = [strand for strand, viewers in seen.items() if viewers == [side]]
        told[f"on {possessive(name(side))} side"] = own
    parts = [
        f"{where} sources tell of {listing(phrase('strains', one) for one in strands)}"
        for where, strands in told.items()
        if strands
    ]
    return ", and ".join([*parts[:1], *(one.replace(" sources tell", "") for one in parts[1:])])
