"""Drafts a scenario from what is known of a pair, for a person to edit.

Works alike for any two actors. Every number carries the records it came from, or says that
it is assumed; what the ledger is silent on gets a wide range.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Sequence
from typing import Protocol

from fairweather.history import Pledge, pledges_in_force
from fairweather.profile import Choice
from fairweather.profile import Offer as PossibleOffer
from fairweather.records import AUTHOR, LATEST, Agreement, Explained, Support, last_day, slug
from fairweather.scenario.constants import defaults
from fairweather.scenario.ladder import support_ladder
from fairweather.scenario.quantity import ASSUMED, Quantity, fixed, uniform
from fairweather.scenario.spec import (
    PEACE_OUTCOME,
    WAR,
    WAR_OUTCOME,
    ChanceNode,
    Commitment,
    Offer,
    Restraint,
    Run,
    Scenario,
    TieView,
)
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import load_gazetteer, with_article

NO_EVIDENCE = "assumed: no evidence in the ledger"
OBSERVERS = " (as observers see it; how the side itself does is not known)"
HORIZON_MONTHS = 24
UNNAMED_ADVERSARY = "adversary"
"""Stands for whoever the partner might fight when the ledger names nobody."""

INNER = 1 - 0.2**0.5
"""The 10-90 % band of a symmetric triangle as a share of its width."""

MOST_SOURCES = 6
"""Records named in the source of one number; the figure itself knows them all."""

MOST_DRAFTED_OFFERS = 3
"""Offers drafted; each further one multiplies the game by four."""


class StrandReading(Protocol):
    """One strand from one side: its figure and the records it rests on."""

    @property
    def value(self) -> Explained:
        """The strand's value, -1 to 1, or None where nothing is known."""

    @property
    def records(self) -> tuple[str, ...]:
        """The ids of the records for and against."""


class DyadProfile(Protocol):
    """What a draft asks of the profile of a pair."""

    @property
    def a(self) -> str:
        """The one side, which is asked to support."""

    @property
    def b(self) -> str:
        """The other side."""

    @property
    def as_of(self) -> str:
        """A prefix date, or "latest"."""

    def strand(self, strand: str, viewpoint: str) -> StrandReading:
        """A strand as one side sees it."""

    @property
    def agreements(self) -> Sequence[Agreement]:
        """The agreements of the two, as merged views."""

    @property
    def support(self) -> Sequence[Support]:
        """Statements on support between the two."""

    @property
    def adversaries(self) -> Sequence[tuple[str, tuple[str, ...]]]:
        """Whom the partner is at odds with, likeliest first: actor, evidence."""

    @property
    def offers(self) -> Sequence[PossibleOffer]:
        """Third parties' possible offers."""

    @property
    def choices(self) -> Sequence[Choice]:
        """Elections and the like."""


def draft_both_ways(
    profile: DyadProfile,
    turned: DyadProfile,
    *,
    against: str | None = None,
    today: dt.date | None = None,
) -> Scenario:
    """The draft of `profile` with runs of the other way beside it: how far b goes for a.

    `turned` is the profile with its sides exchanged; its draft gives the other way's adversary,
    commitment, offers and burden.
    """
    there = draft_scenario(profile, against=against, today=today)
    back = draft_scenario(turned, today=today)
    # Either draft states the commitment of its own supporter; offers are told by who hears them.
    ties = (there.ties[0], back.ties[0])
    offers = {offer.name: offer for offer in (*there.offers, *back.offers)}
    withheld = tuple((f"{offer.path}.made", fixed(0.0)) for offer in offers.values())
    turned_runs = tuple(
        Run(
            f"{back.supporter} for {back.partner}: {run.name}",
            run.given,
            tuple(dict((*withheld, *run.changes)).items()),
            f"{back.supporter} for {back.partner}: {run.against}" if run.against else "",
            back.supporter,
            back.against,
        )
        for run in back.runs
    )
    return dataclasses.replace(
        there,
        ties=ties,
        chance=tuple({node.name: node for node in (*there.chance, *back.chance)}.values()),
        burden=(*there.burden, *back.burden),
        risk=tuple(dict((*there.risk, *back.risk)).items()),
        identity=(*there.identity, *back.identity),
        offers=tuple(offers.values()),
        runs=(*there.runs, *turned_runs),
    )


def draft_scenario(
    profile: DyadProfile, *, against: str | None = None, today: dt.date | None = None
) -> Scenario:
    """A scenario of how far `profile.a` goes for `profile.b`, ready to edit and to play.

    `against` names the adversary; else the likeliest of the profile is taken. `today` stands
    for an as-of of "latest".
    """
    day = _day(profile, today)
    adversary, evidence = _adversary(profile, against)
    offers = _offers(profile)
    return Scenario(
        question=_question(profile, adversary),
        as_of=day.isoformat(),
        horizon_months=HORIZON_MONTHS,
        supporter=profile.a,
        partner=profile.b,
        against=adversary,
        chance=_chances(profile),
        ties=(
            _tie(profile, profile.a, profile.b, _commitment(profile, day)),
            _tie(
                profile,
                profile.b,
                profile.a,
                Commitment(value=_strand(profile, "commitment", profile.b)),
            ),
        ),
        burden=((profile.a, uniform(0.0, 0.5, f"{NO_EVIDENCE} on its own needs")),),
        risk=((adversary, _risk(evidence)),),
        identity=((profile.a, uniform(-0.05, 0.05, "assumed: leaders may deviate either way")),),
        offers=offers,
        restraint=Restraint(
            uniform(-0.2, 0.4, "assumed: states in a war lean towards going on"),
            uniform(0.0, 0.4, "assumed: supporters restrain at times, never at will"),
        ),
        runs=_runs(profile, offers, day),
    )


def _day(profile: DyadProfile, today: dt.date | None) -> dt.date:
    if profile.as_of != LATEST:
        return last_day(profile.as_of)
    return today or dt.datetime.now(dt.UTC).date()


def _question(profile: DyadProfile, adversary: str) -> str:
    known = "" if adversary == UNNAMED_ADVERSARY else f" with {_called(adversary)}"
    return f"How far will {_called(profile.a)} support {_called(profile.b)} in a war{known}?"


def _called(actor: str) -> str:
    return with_article(load_gazetteer().label(actor))


def _adversary(profile: DyadProfile, against: str | None) -> tuple[str, tuple[str, ...]]:
    known = dict(profile.adversaries)
    if against is not None:
        return against, known.get(against, ())
    return next(iter(profile.adversaries), (UNNAMED_ADVERSARY, ()))


def _tie(profile: DyadProfile, viewer: str, other: str, commitment: Commitment) -> TieView:
    strands = [name for name in vocabulary("strands") if name != "commitment"]
    values = tuple((name, _strand(profile, name, viewer)) for name in strands)
    return TieView(viewer, other, values, commitment)


def _strand(profile: DyadProfile, strand: str, viewpoint: str) -> Quantity:
    """A triangle whose 10-90 % band is the strand's; its whole scale where nothing is known.

    Where nothing tells how the side itself sees it, observers' judgement stands in.
    """
    for seen_by, note in ((viewpoint, ""), (AUTHOR, OBSERVERS)):
        reading = profile.strand(strand, seen_by)
        if reading.value.value is not None and reading.records:
            return _triangle(reading.value, _source(reading.records) + note)
    return uniform(-1.0, 1.0, NO_EVIDENCE)


def _triangle(figure: Explained, source: str) -> Quantity:
    """The triangle whose 10-90 % band is a figure's."""
    value, low, high = figure.value or 0.0, figure.low, figure.high
    if low is None or high is None or low >= high:
        return fixed(round(value, 3), source)
    mode = min(max(value, low), high)
    ends = (mode - (mode - low) / INNER, mode, mode + (high - mode) / INNER)
    parameters = tuple(round(min(max(end, -1.0), 1.0), 3) for end in ends)
    return Quantity("triangular", parameters, source)


def _commitment(profile: DyadProfile, day: dt.date) -> Commitment:
    pledges = pledges_in_force(profile.agreements, profile.a, profile.b, day)
    records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
    binding = [pledge for pledge in pledges if _rank(_rung(pledge)) > 0]
    return Commitment(
        obliged=max((_rung(pledge) for pledge in pledges), key=_rank, default="none"),
        value=_strand(profile, "commitment", profile.a),
        audience_cost=Quantity(
            "uniform", (0.1, 0.5), f"{ASSUMED}: {defaults('unstated')['audience_cost'].reason}"
        ),
        obligations=tuple(pledge.obligation for pledge in pledges),
        bilateral=any(pledge.bilateral for pledge in binding or pledges) if pledges else None,
        source=_source(records) if records else "assumed: no agreement in force in the ledger",
    )


def _rung(pledge: Pledge) -> str:
    """The rung that an obligation demands in a war."""
    return str(vocabulary("obligations")[pledge.obligation].extra["rung"]) or "none"


def _rank(rung: str) -> int:
    return support_ladder().rank(rung)


def _risk(evidence: tuple[str, ...]) -> Quantity:
    # Records tell that there is an adversary, not how hard it can strike.
    known = f" (that it is one: {_source(evidence)})" if evidence else ""
    return uniform(0.2, 0.8, f"assumed: neither harmless nor overwhelming{known}")


def _offers(profile: DyadProfile) -> tuple[Offer, ...]:
    sides = (profile.a, profile.b)
    heard = [offer for offer in profile.offers if offer.to in sides and offer.giver not in sides]
    drafted: dict[str, Offer] = {}
    for offer in heard:
        name = _word(f"{offer.giver} to {offer.to}")
        if name not in drafted and len(drafted) < MOST_DRAFTED_OFFERS:
            drafted[name] = _offer(name, offer, profile.choices)
    return tuple(drafted.values())


def _offer(name: str, possible: PossibleOffer, choices: Sequence[Choice]) -> Offer:
    """The offer; made only if its maker is chosen, where that is open."""
    found = f"; that it is thought of: {_source(possible.records)}" if possible.records else ""
    open_choices = [choice for choice in choices if possible.maker in choice.outcomes]
    return Offer(
        kind="offer",
        name=name,
        giver=possible.giver,
        to=possible.to,
        against=possible.against,
        when=tuple((_word(choice.name), _word(possible.maker)) for choice in open_choices),
        made=uniform(0.0, 1.0, f"assumed: nobody knows the odds{found}"),
        value=Quantity("triangular", (0.1, 0.4, 0.9), f"assumed: worth is not stated{found}"),
        credibility=Quantity("triangular", (0.1, 0.4, 0.8), "assumed: rivals are half believed"),
    )


def _chances(profile: DyadProfile) -> tuple[ChanceNode, ...]:
    nodes = {}
    for name, outcomes, when, records in profile.choices:
        key = _word(name)
        words = list(dict.fromkeys(_word(outcome) for outcome in outcomes))
        if key == WAR or len(words) < 2:
            continue
        source = f"assumed: equal odds; that it is open: {_source(records)}"
        nodes[key] = ChanceNode(key, _equal(words), when.since or "", source)
    return tuple(nodes.values())


def _equal(outcomes: list[str]) -> tuple[tuple[str, float], ...]:
    """Equal odds that sum to one in spite of rounding."""
    share = round(1 / len(outcomes), 4)
    last = round(1 - share * (len(outcomes) - 1), 4)
    return tuple((name, last if name == outcomes[-1] else share) for name in outcomes)


def _runs(profile: DyadProfile, offers: tuple[Offer, ...], day: dt.date) -> tuple[Run, ...]:
    """Peace, war, each offer made, and a mutual-defence clause added, or left out if in force."""
    war = ((WAR, WAR_OUTCOME),)
    obliged = f"ties.{profile.a}-{profile.b}.commitment.obliged"
    defence = str(vocabulary("obligations")["defense"].extra["rung"])
    withheld = tuple((f"{offer.path}.made", fixed(0.0)) for offer in offers)
    made = [
        Run(
            f"war, {offer.name} made",
            (*war, *offer.when),
            tuple((path, fixed(float(path == f"{offer.path}.made"))) for path, _ in withheld),
            "war",
        )
        for offer in offers
        if offer.to == profile.a
    ]
    sworn = _rank(_commitment(profile, day).obliged) >= _rank(defence)
    other = ("out the", "none") if sworn else (" a", defence)
    clause = f"war, with{other[0]} mutual-defence clause"
    return (
        Run("no war", ((WAR, PEACE_OUTCOME),), withheld),
        Run("war", war, withheld),
        *made,
        Run(clause, war, (*withheld, (obliged, other[1])), "war"),
    )


def _word(text: str) -> str:
    """A name as a bare TOML key."""
    return slug(text).replace("-", "_")


def _source(records: tuple[str, ...]) -> str:
    """The record ids as a source, the first few of many."""
    return " ".join(records[:MOST_SOURCES])
