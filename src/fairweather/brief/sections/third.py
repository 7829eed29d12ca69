"""What the partnership means for a third party: duties, channels, its allies, what space is left.

Everything is read off the record from where the third party stands; nothing is advised.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fairweather.brief.evidence import Evidence, as_told, excerpt, newest_first
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import titled
from fairweather.brief.sections.exits import MUTUAL, offer_said
from fairweather.brief.sections.since import event_said
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import (
    counted,
    has_phrase,
    listing,
    name,
    odds,
    phrase,
    possessive,
    sentence,
)
from fairweather.history.pacts import in_force
from fairweather.profile import Profile
from fairweather.records import Agreement, Clause, Event, Mechanism, Support, Tie
from fairweather.scenario import Play
from fairweather.vocabulary import vocabulary

MOST = 3
"""Lines of one kind."""

LONGEST_QUOTE = 120
LIMITS = ("ruled_out", "withheld", "not_obliged")
"""States of support that mark how far one of the two does not go."""

_FOES = "third_parties"


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """A third party with its own pairs, as far as anything is told of them.

    `sides` are its pairs with either of the two, `allies` those with whoever stands by it.
    """

    actor: str
    sides: Mapping[str, Profile] = field(default_factory=dict)
    allies: Mapping[str, Profile] = field(default_factory=dict)


def third_section(evidence: Evidence, third: ThirdParty, play: Play | None) -> Section:
    """Duties that can bind against it, its channels, its allies' other interests, its space."""
    lines = [
        *_duties(evidence, third),
        *_channels(evidence, third),
        *_allies(evidence, third),
        *_space(evidence, third, play),
    ]
    return Section(
        key="third",
        title=f"What it means for {name(third.actor)}",
        lines=tuple(lines),
        find=f"fairweather profile {third.actor} {evidence.pair[0]}",
    )


# -- which obligations can bind against it ---------------------------------------------------


def _duties(evidence: Evidence, third: ThirdParty) -> Iterator[Line]:
    standing = [one for one in evidence.profile.agreements if in_force(one, evidence.day)]
    told = [line for one in standing for line in _duty_lines(one, third.actor)]
    if told:
        yield from told[: 2 * MOST]
    else:
        text = f"no clause in force that could bind either side against {name(third.actor)} is told"
        yield Line(sentence(text), figures=(evidence.reading,), lead="Duties")


def _duty_lines(agreement: Agreement, third: str) -> Iterator[Line]:
    """One sentence for clauses present, one for those said to be absent."""
    for state in ("present", "absent"):
        clauses = [one for one in agreement.clauses if one.state == state and _bears(one, third)]
        if clauses:
            words = listing(
                dict.fromkeys(_meaning(one, third) for one in clauses),
                "and" if state == "present" else "or",
            )
            held = "holds" if state == "present" else "is said not to hold"
            text = f"{titled(agreement.name)} {held} {words}"
            passages = tuple(quote for one in clauses for quote in one.quotes[:1])
            yield Line(sentence(text), (agreement.id,), passages=passages, lead="Duties")


def _bears(clause: Clause, third: str) -> bool:
    """Whether a clause could be called up against a third party: it is named, or nobody is."""
    if clause.against:
        return third in clause.against
    return has_phrase(_FOES, clause.obligation)


def _meaning(clause: Clause, third: str) -> str:
    if clause.against:
        words = phrase("obligations_against", clause.obligation)
        return words.format(against=listing(map(name, clause.against), "or"))
    return phrase(_FOES, clause.obligation).format(third=name(third))


# -- which channels it keeps -----------------------------------------------------------------


def _channels(evidence: Evidence, third: ThirdParty) -> Iterator[Line]:
    """Arrangements, agreements and talks with each side, the latest first."""
    for side in evidence.pair:
        profile = third.sides.get(side)
        lines = [] if profile is None else [*_channels_with(side, third.actor, profile, evidence)]
        if lines:
            yield from lines
        else:
            text = f"nothing read tells of a channel between {name(third.actor)} and {name(side)}"
            yield Line(sentence(text), figures=(evidence.reading,), lead="Channels")


def _channels_with(side: str, third: str, profile: Profile, evidence: Evidence) -> Iterator[Line]:
    both = f"{name(third)} and {name(side)}"
    for one in _shared(profile, {third, side})[:MOST]:
        kind = vocabulary("mechanism_kinds")[one.kind].label.lower()
        text = f"{both} are both in {titled(one.name)} ({kind})"
        yield Line(sentence(text), (one.id,), passages=one.quotes[:1], lead="Channels")
    for pact in [one for one in profile.agreements if in_force(one, evidence.day)][:MOST]:
        text = f"{both} are parties to {titled(pact.name)}"
        yield Line(sentence(text), (pact.id,), passages=pact.quotes[:1], lead="Channels")
    talks = newest_first((row for row in profile.events if _talks(row)), evidence)
    for row in _once(talks)[:MOST]:
        yield Line(sentence(event_said(row)), (row.id,), lead="Channels")


def _shared(profile: Profile, pair: set[str]) -> list[Mechanism]:
    """Arrangements that hold both, those with few members first."""
    found = [one for one in profile.mechanisms if pair <= {member.actor for member in one.members}]
    return sorted(found, key=lambda one: len(one.members))


def _talks(row: Event) -> bool:
    """Whether two parties deal with each other as a fact or by report."""
    plain = row.status in ("factual", "reported")
    return bool(plain and row.event_class in MUTUAL and row.source and row.target)


def _once(rows: Sequence[Event]) -> list[Event]:
    """Rows that read differently."""
    return [*{event_said(row): row for row in reversed(rows)}.values()][::-1]


# -- where its interests part from its allies' -----------------------------------------------


def _allies(evidence: Evidence, third: ThirdParty) -> Iterator[Line]:
    told = False
    for ally, profile in third.allies.items():
        for line in [*_parting(ally, third.actor, profile, evidence)][:MOST]:
            told = True
            yield line
    if not told:
        whom = f" ({listing(map(name, third.allies))})" if third.allies else ""
        text = f"nothing read sets {name(third.actor)} apart from those who stand by it{whom}"
        yield Line(sentence(text), figures=(evidence.reading,), lead="Apart from its allies")


def _parting(ally: str, third: str, profile: Profile, evidence: Evidence) -> Iterator[Line]:
    """Words and deeds between the two allies that divide them, those about the pair first."""
    lead = "Apart from its allies"
    about = evidence.profile.documents
    against = [tie for view in profile.views for tie in view.opposing]
    for tie in sorted(newest_first(against, evidence), key=lambda row: row.document not in about):
        yield _divided(tie, ally, third, evidence, lead)
    for support in profile.support:
        if support.state in LIMITS:
            text, cited = support_said([support], evidence)
            yield Line(sentence(text), cited, lead=lead)
    quarrels = [
        row
        for row in profile.events
        if row.status in ("factual", "reported")
        and row.source
        and row.target
        and "conflict" in str(vocabulary("event_classes")[row.event_class].extra["quad"])
    ]
    for row in _once(newest_first(quarrels, evidence)):
        yield Line(sentence(event_said(row)), (row.id,), lead=lead)


def _divided(tie: Tie, ally: str, third: str, evidence: Evidence, lead: str) -> Line:
    words = excerpt(tie.quotes[0], evidence, LONGEST_QUOTE) if tie.quotes else ""
    text = (
        f"{name(third)} and {name(ally)} divide over {phrase('strands', tie.strand)}:"
        f" “{words}”{as_told([tie], evidence)}"
    )
    return Line(sentence(text), (tie.id,), passages=tie.quotes[:1], lead=lead)


# -- what space remains ----------------------------------------------------------------------


def _space(evidence: Evidence, third: ThirdParty, play: Play | None) -> Iterator[Line]:
    lines = [
        *_own_offers(evidence, third.actor),
        *_limits(evidence),
        *_forces(third.actor, play),
        *_divides(evidence),
    ]
    yield from lines
    if not lines:
        text = f"nothing read says what room is left to {name(third.actor)}"
        yield Line(sentence(text), figures=(evidence.reading,), lead="Space")


def _own_offers(evidence: Evidence, third: str) -> Iterator[Line]:
    """What it might offer either side, as texts suppose."""
    for offer in [one for one in evidence.profile.offers if one.giver == third][:MOST]:
        text = f"{offer_said(offer, evidence)}, as texts suppose"
        yield Line(sentence(text), offer.records[:MOST], lead="Space")


def _limits(evidence: Evidence) -> Iterator[Line]:
    """What the two have not done for each other."""
    grouped: dict[tuple[str, str], list[Support]] = {}
    for row in evidence.profile.support:
        if row.state in LIMITS:
            grouped.setdefault((row.giver, row.state), []).append(row)
    for rows in [*grouped.values()][:MOST]:
        text, cited = support_said(rows, evidence)
        yield Line(sentence(text), cited, lead="Space")


def _forces(third: str, play: Play | None) -> Iterator[Line]:
    """The chance of one side's own forces in a war with it, where that was played."""
    if play is None or play.scenario.against != third:
        return
    supporter, partner = name(play.scenario.supporter), name(play.scenario.partner)
    for answer in [one for one in play.runs if one.war_chance == 1][:1]:
        for layered in [one for one in answer.shares if one.name == "forces"]:
            text = (
                f"in a war of {partner} with {name(third)}, {possessive(supporter)} own forces"
                f" fight with a chance of {odds(layered.blend)}"
            )
            yield Line(sentence(text), figures=(layered.blend,), lead="Space")


def _divides(evidence: Evidence) -> Iterator[Line]:
    """Strands on which more is said against the tie than for it, by each side."""
    for side in evidence.pair:
        views = [
            view
            for view in evidence.profile.views
            if view.viewpoint == side and (view.value.value or 0.0) < 0
        ]
        if views:
            strands = listing(phrase("strands", view.strand) for view in views)
            count = counted(sum(len(view.opposing) for view in views), "passage")
            text = f"{name(side)} is said to be divided from its partner in {strands} ({count})"
            yield Line(
                sentence(text),
                tuple(view.opposing[0].id for view in views if view.opposing),
                tuple(view.value for view in views),
                lead="Space",
            )
