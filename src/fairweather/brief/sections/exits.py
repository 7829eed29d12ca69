"""Ways out: what each side could leave for, and who stands against the two."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence, excerpt
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.strands import telling_tie
from fairweather.brief.wording import (
    counted,
    dated,
    label,
    listing,
    name,
    number,
    possessive,
    sentence,
)
from fairweather.profile import Offer
from fairweather.records import Event, Record, Tie

MOST_OFFERS = 3
MOST_FOES = 4

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Classes of event in which both sides act, whoever is named first."""


def exits_section(evidence: Evidence) -> Section:
    """Offers by side, turning points, adversaries; everything supposed is said to be so."""
    lines = [
        *(line for side in evidence.pair for line in _way_out(side, evidence)),
        *(line for side in evidence.pair for line in _offers(side, evidence)),
        *_choices(evidence),
        *_adversaries(evidence),
    ]
    a, b = evidence.pair
    return Section(
        key="exits",
        title="Ways out",
        lines=tuple(lines),
        find=f"fairweather scenario draft {a} {b}",
    )


def _way_out(side: str, evidence: Evidence) -> Iterator[Line]:
    """How open the side's way out looks, where the strand of that name has evidence."""
    view = evidence.profile.strand("exit_option", side)
    tie = telling_tie(view, evidence)
    if view.value.value is None or tie is None:
        return
    leaning = "open" if view.value.value < 0 else "closed"
    text = (
        f"{possessive(name(side))} way out is told as {leaning}:"
        f" “{excerpt(tie.quotes[0], evidence, 120)}” – {evidence.teller(tie)}"
    )
    yield Line(sentence(text), (tie.id,), (view.value,), tie.quotes[:1])


def offers_to(side: str, evidence: Evidence) -> list[Offer]:
    """The offers to one side that would cost it a tie, those with most rows first."""
    if not tied(evidence):
        return []
    return [
        offer
        for offer in evidence.profile.offers
        if offer.to == side and any(_opens(row, offer) for row in evidence.records(offer.records))
    ]


def tied(evidence: Evidence) -> bool:
    """Whether anything on record ties the two: an agreement, support, a strand that binds."""
    profile = evidence.profile
    return bool(profile.agreements or profile.support or any(v.supporting for v in profile.views))


def _opens(row: Record, offer: Offer) -> bool:
    """Whether a row has the giver do something for the side, not only the side for it."""
    if not isinstance(row, Event):
        return True
    return row.event_class in MUTUAL or offer.giver in row.source


def offer_said(offer: Offer, evidence: Evidence) -> str:
    """ "the United States, if Donald Trump is elected, might draw Russia away from Iran"."""
    awaited = {outcome for choice in evidence.profile.choices for outcome in choice.outcomes}
    terms = f", if {name(offer.maker)} is elected," if offer.maker in awaited else ""
    return f"{name(offer.giver)}{terms} might draw {name(offer.to)} away from {name(offer.against)}"


def _offers(side: str, evidence: Evidence) -> Iterator[Line]:
    for offer in offers_to(side, evidence)[:MOST_OFFERS]:
        passages = f", in {counted(len(offer.records), 'passage')}" if offer.records[1:] else ""
        rows = evidence.records(offer.records[:1])
        words = next((excerpt(row.quotes[0], evidence, 120) for row in rows if row.quotes), "")
        quoted = f": “{words}”" if words else ""
        text = f"{offer_said(offer, evidence)}{quoted} – {_kind(offer, evidence)}{passages}"
        yield Line(sentence(text), offer.records[:MOST_OFFERS])


def _kind(offer: Offer, evidence: Evidence) -> str:
    """What the passages are: supposed, planned, or a view of an alternative."""
    rows = evidence.records(offer.records)
    statuses = {row.status for row in rows if isinstance(row, Event)}
    if "planned" in statuses:
        return "a plan that is no deed yet" if len(statuses) == 1 else "planned or supposed"
    if any(isinstance(row, Tie) for row in rows) and not statuses:
        return "an alternative that sources see"
    return "a possibility, not a fact"


def _choices(evidence: Evidence) -> Iterator[Line]:
    for choice in evidence.profile.choices:
        when = f" ({dated(choice.at)})" if choice.at.known else ""
        outcomes = listing((label(outcome) for outcome in choice.outcomes), "or")
        text = f"Predictions hang on an {choice.name}{when}: {outcomes}"
        yield Line(sentence(text), choice.records[:MOST_OFFERS])


def _adversaries(evidence: Evidence) -> Iterator[Line]:
    foes = [(foe, rows) for foe, rows in evidence.profile.adversaries if rows][:MOST_FOES]
    if not foes:
        return
    rest = len(evidence.profile.adversaries) - len(foes)
    names = [name(foe) for foe, _ in foes] + ([f"{number(rest)} more"] if rest > 0 else [])
    text = f"In conflict with one side or the other, as the texts tell it: {listing(names)}"
    yield Line(sentence(text), tuple(rows[0] for _, rows in foes))
