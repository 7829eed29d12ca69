"""What room the partnership leaves to a third party."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line
from fairweather.brief.sections.exits import offer_line
from fairweather.brief.sections.judgement import strains
from fairweather.brief.sections.support_words import told_each_way
from fairweather.brief.sections.third.allies import LIMITS
from fairweather.brief.wording import likelihood, name, odds, sentence
from fairweather.scenario import Play

MOST = 3
"""Offers, and limits, that are told."""


def room_left(evidence: Evidence, third: str, play: Play | None) -> Iterator[Line]:
    """Offers it might make, limits the two have drawn, its odds of facing both, their strains."""
    offers = [one for one in evidence.profile.offers if one.giver == third][:MOST]
    lines = [
        *(offer_line(one, evidence) for one in offers),
        *_limits(evidence),
        *_forces(third, play),
        *strains(evidence),
    ]
    yield from lines
    if not lines:
        text = f"no source read says what room is left to {name(third)}"
        yield Line(sentence(text), figures=(evidence.reading,))


def _limits(evidence: Evidence) -> Iterator[Line]:
    """What the two have not done for each other."""
    told = [*told_each_way(evidence.profile.support, LIMITS, evidence)][:MOST]
    if told:
        text = f"the two have kept limits: {'; '.join(said for said, _ in told)}"
        yield Line(sentence(text), tuple(record for _, cited in told for record in cited))


def _forces(third: str, play: Play | None) -> Iterator[Line]:
    """The chance of one side's own forces in a war with it, where that was played."""
    if play is None or play.scenario.against != third:
        return
    supporter, partner = name(play.scenario.supporter), name(play.scenario.partner)
    for answer in [one for one in play.runs if one.war_chance == 1][:1]:
        for layered in [one for one in answer.shares if one.name == "forces"]:
            text = (
                f"were {partner} at war with {name(third)}, {supporter} would be"
                f" {likelihood(layered.blend)} to fight with its own forces ({odds(layered.blend)})"
            )
            yield Line(sentence(text), figures=(layered.blend,))
