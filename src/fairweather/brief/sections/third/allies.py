"""Where a third party's interests part from those of its allies."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence, excerpt, newest_first
from fairweather.brief.lines import Line
from fairweather.brief.sections.since import told_of
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.sections.third.party import ThirdParty
from fairweather.brief.wording import listing, name, phrase, sentence
from fairweather.profile import Profile
from fairweather.records import Tie
from fairweather.vocabulary import vocabulary

MOST = 3
"""Sentences on one ally."""

LONGEST_QUOTE = 110

LIMITS = ("ruled_out", "withheld", "not_obliged")
"""States of support that mark how far somebody does not go."""


def apart_from_allies(evidence: Evidence, third: ThirdParty) -> Iterator[Line]:
    """What divides it from each ally; who its allies are, where nothing is told to."""
    told = [
        line
        for ally, profile in third.allies.items()
        for line in [*_parting(ally, third.actor, profile, evidence)][:MOST]
    ]
    yield from told
    if not told and third.allies:
        allies = listing(map(name, third.allies))
        text = f"no source read sets {name(third.actor)} apart from {allies}, told to stand by it"
        yield Line(sentence(text), figures=(evidence.reading,))
    elif not told:
        text = f"no source read tells who stands by {name(third.actor)}"
        yield Line(sentence(text), figures=(evidence.reading,))


def _parting(ally: str, third: str, profile: Profile, evidence: Evidence) -> Iterator[Line]:
    """Words and deeds between the two allies that divide them, those about the pair first."""
    about = evidence.profile.documents
    against = [tie for view in profile.views for tie in view.opposing]
    for tie in sorted(newest_first(against, evidence), key=lambda row: row.document not in about):
        yield _divided(tie, ally, third, evidence)
    for support in profile.support:
        if support.state in LIMITS:
            text, cited = support_said([support], evidence)
            yield Line(sentence(text), cited)
    quarrels = [
        row
        for row in profile.events
        if row.status in ("factual", "reported")
        and row.source
        and row.target
        and row.quotes
        and "conflict" in str(vocabulary("event_classes")[row.event_class].extra["quad"])
    ]
    for row in newest_first(quarrels, evidence):
        yield Line(sentence(told_of(row, evidence)), (row.id,))


def _divided(tie: Tie, ally: str, third: str, evidence: Evidence) -> Line:
    words = excerpt(tie.quotes[0], evidence, LONGEST_QUOTE) if tie.quotes else ""
    text = (
        f"{name(third)} and {name(ally)} are strained ({phrase('strains', tie.strand)}) by what"
        f" {evidence.teller(tie)} writes: “{words}”"
    )
    return Line(sentence(text), (tie.id,), passages=tie.quotes[:1])
