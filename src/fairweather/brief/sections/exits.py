"""Ways out: what each side could leave for, and who stands against the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence, excerpt
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.ladder import cheapest, offer_of
from fairweather.brief.sections.strands import telling_tie
from fairweather.brief.wording import (
    dated,
    label,
    listing,
    name,
    number,
    sentence,
    when_so,
)
from fairweather.profile import Offer
from fairweather.records import Event, Record
from fairweather.scenario import Play

MOST_OFFERS = 3
MOST_FOES = 4

LONGEST_QUOTE = 120

HOSTILE = frozenset({"ACCUSE", "THREATEN", "PROTEST", "SANCTION", "COERCE", "ASSAULT"})
"""Classes of event that set two at odds; a refusal does not, nor do troops sent somewhere."""

MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Classes of event in which both sides act, whoever is named first."""


def exits_section(evidence: Evidence, play: Play | None = None) -> Section:
    """Offers by side, turning points, adversaries; everything supposed is said to be so.

    The chief offer stands in the judgement already.
    """
    told = chief_offer(evidence, play)
    lines = [
        *(line for side in evidence.pair for line in _way_out(side, evidence)),
        *(line for side in evidence.pair for line in _offers(side, evidence, told)),
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
    leaning = "a way out" if view.value.value < 0 else "little way out"
    text = (
        f"{evidence.teller(tie)} is read as telling of {leaning} for {name(side)}:"
        f" “{excerpt(tie.quotes[0], evidence, LONGEST_QUOTE)}”"
    )
    yield Line(sentence(text), (tie.id,), (view.value,), tie.quotes[:1])


def offers_of(evidence: Evidence) -> list[Offer]:
    """The offers to either side."""
    return [offer for side in evidence.pair for offer in offers_to(side, evidence)]


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


def chief_offer(evidence: Evidence, play: Play | None) -> Offer | None:
    """The offer whose price a play tells, else the one with most passages."""
    heard = offers_of(evidence)
    wedge = cheapest(play) if play is not None else None
    if play is not None and wedge is not None:
        priced = offer_of(play, wedge)
        heard.sort(key=lambda one: (one.giver, one.to) != (priced.giver, priced.to))
    return next(iter(heard), None)


def offer_line(offer: Offer, evidence: Evidence) -> Line:
    """Who supposes the offer, and in which words."""
    row = next((row for row in evidence.records(offer.records[:1]) if row.quotes), None)
    text = offer_said(offer, evidence)
    if row:
        words = excerpt(row.quotes[0], evidence, LONGEST_QUOTE)
        text = f"{text}, {evidence.teller(row)} {_supposes(offer, evidence)}: “{words}”"
    return Line(sentence(text), offer.records[:MOST_OFFERS])


def _offers(side: str, evidence: Evidence, told: Offer | None) -> Iterator[Line]:
    others = [offer for offer in offers_to(side, evidence) if offer != told]
    for offer in others[:MOST_OFFERS]:
        yield offer_line(offer, evidence)


def _supposes(offer: Offer, evidence: Evidence) -> str:
    """What a source does with the offer: suppose it, tell of it as planned, see it open."""
    rows = evidence.records(offer.records)
    statuses = {row.status for row in rows if isinstance(row, Event)}
    if "planned" in statuses:
        return "says of what is planned, not done"
    return "supposes" if statuses else "finds"


def _choices(evidence: Evidence) -> Iterator[Line]:
    for choice in evidence.profile.choices:
        rows = evidence.records(choice.records[:MOST_OFFERS])
        published = when_so(evidence.published(rows[0])) if rows else ""
        told = f" published {published}" if published else ""
        when = f" of {dated(choice.at)}" if choice.at.known else ""
        outcomes = listing((label(outcome) for outcome in choice.outcomes), "or")
        text = f"predictions{told} hang on an {choice.name}{when} and its winner, {outcomes}"
        yield Line(sentence(text), choice.records[:MOST_OFFERS])


def _adversaries(evidence: Evidence) -> Iterator[Line]:
    """With whom either side is at odds, one sentence a side."""
    for side in evidence.pair:
        foes = {foe: row for foe, rows in evidence.profile.adversaries
                if (row := _at_odds(side, rows, evidence))}  # fmt: skip
        if foes:
            shown = [*foes.items()][:MOST_FOES]
            rest = [f"{number(len(foes) - len(shown))} more"] if len(foes) > len(shown) else []
            told = listing([*(name(foe) for foe, _ in shown), *rest])
            text = f"{name(side)} is told to have been at odds with {told}"
            yield Line(sentence(text), tuple(row.id for _, row in shown))


def _at_odds(side: str, rows: Sequence[str], evidence: Evidence) -> Event | None:
    """The first event told as a fact or a report that sets a side against somebody."""
    for row in evidence.records(rows):
        if isinstance(row, Event) and row.status in ("factual", "reported"):
            ends = {row.source[-1] if row.source else "", row.target[-1] if row.target else ""}
            if side in ends and row.event_class in HOSTILE:
                return row
    return None
