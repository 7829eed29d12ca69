"""Ways out: what each side could leave for, and who stands against the two."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Section, fit
from fairweather.brief.sections.strands import telling_tie
from fairweather.brief.wording import (
    banded,
    clean,
    counted,
    dated,
    label,
    listing,
    name,
    possessive,
    sentence,
)
from fairweather.profile import Offer
from fairweather.records import Event, Tie, shorten

MOST_OFFERS = 3
MOST_FOES = 4


def exits_section(evidence: Evidence, room: int) -> Section:
    """Offers by side, turning points, adversaries; everything supposed is said to be so."""
    lines = [
        *(line for side in evidence.pair for line in _way_out(side, evidence)),
        *(line for side in evidence.pair for line in _offers(side, evidence)),
        *_choices(evidence),
        *_adversaries(evidence),
    ]
    kept, left_out = fit(lines, room)
    a, _ = evidence.pair
    return Section(
        key="exits",
        title="Ways out",
        lines=kept,
        left_out=left_out,
        find=f"fairweather find events --status hypothetical --actor {a}",
    )


def _way_out(side: str, evidence: Evidence) -> Iterator[Line]:
    """How open the side's way out looks, where the strand of that name has evidence."""
    view = evidence.profile.strand("exit_option", side)
    tie = telling_tie(view, evidence)
    if view.value.value is None or tie is None:
        return
    quote = shorten(clean(tie.quotes[0].text), 120)
    text = (
        f"{possessive(name(side))} way out counts {banded(view.value)} for the tie: "
        f"“{quote}” – {evidence.teller(tie)}"
    )
    yield Line(sentence(text), (tie.id,), (view.value,), tie.quotes[:1])


def offers_to(side: str, evidence: Evidence) -> list[Offer]:
    """The offers to one side, those with most rows first."""
    return [offer for offer in evidence.profile.offers if offer.to == side]


def _offers(side: str, evidence: Evidence) -> Iterator[Line]:
    for offer in offers_to(side, evidence)[:MOST_OFFERS]:
        kind = _kind(offer, evidence)
        text = (
            f"{name(offer.giver)} might draw {name(side)} away from {name(offer.against)}: "
            f"{kind}, in {counted(len(offer.records), 'passage')}"
        )
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
    names = [name(foe) for foe, _ in foes] + ([f"{rest} more"] if rest > 0 else [])
    text = f"In conflict with one side or the other, as the texts tell it: {listing(names)}"
    yield Line(sentence(text), tuple(rows[0] for _, rows in foes))
