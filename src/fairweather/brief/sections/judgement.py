"""The headline: how firm, what would break it, how far, each with its range or "not known"."""

from __future__ import annotations

from collections.abc import Sequence

from fairweather.brief.evidence import Evidence, different_documents
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import most_binding, titled
from fairweather.brief.sections.duties import owed
from fairweather.brief.sections.exits import offer_said, offers_to, tied
from fairweather.brief.sections.ladder import (
    cheapest,
    farthest,
    offer_of,
    range_of,
    wedge_said,
)
from fairweather.brief.sections.strands import known_views
from fairweather.brief.wording import counted, listing, name, number, phrase, sentence
from fairweather.history.pacts import Pledge, in_force, pledges_in_force
from fairweather.history.reference import history_of_pair
from fairweather.profile import Offer as PossibleOffer
from fairweather.profile import StrandView
from fairweather.records import Agreement, Explained, Quote
from fairweather.scenario import Play
from fairweather.scenario.words import whole_percent

MOSTLY = 2 / 3
"""Share of a side's known strands from which they are said to speak for or against."""

IN_FORCE = frozenset({"in_force", "ratified", "extended", "invoked", "amended"})
"""Stages that tell of more than a signature."""

FEW = 2
"""Known strands of a side below which it is said that too little is known of its view."""


def judgement_section(evidence: Evidence, play: Play | None) -> Section:
    """Three sentences: how firm, what would break it, how far."""
    return Section(
        key="judgement",
        title="Judgement",
        lines=(
            _bond(evidence),
            _firmness(evidence),
            _breaking(evidence, play),
            _distance(evidence, play),
        ),
    )


def _bond(evidence: Evidence) -> Line:
    """What binds the two on paper, by what was read."""
    a, b = (name(side) for side in evidence.pair)
    profile = evidence.profile
    pledges = pledges_in_force(profile.agreements, *evidence.pair, evidence.day)
    if pledges:
        records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
        rest = "" if _defends(pledges) else _no_defence(profile.agreements)
        text = f"{_owed(pledges, evidence)}{rest}"
        passages = _clause_quotes(profile.agreements, records)
        return Line(sentence(text), records, passages=passages, lead="On paper")
    standing = [one for one in most_binding(evidence) if in_force(one, evidence.day)]
    if standing:
        names = listing(_with_standing(one) for one in standing[:2])
        more = f" and {number(len(standing) - 2)} more" if len(standing) > 2 else ""
        text = f"between {a} and {b} stand {names}{more}{_no_defence(standing)}"
        records = tuple(one.id for one in standing[:2])
        passages = _clause_quotes(standing, records)
        return Line(sentence(text), records, passages=passages, lead="On paper")
    text = f"No agreement in force between {a} and {b} is named in what was read"
    return Line(sentence(text), figures=(evidence.reading,), lead="On paper")


def _owed(pledges: Sequence[Pledge], evidence: Evidence) -> str:
    """ "clauses in force bind Russia and Iran to neutrality; Russia is not to side with X"."""
    by_id = {one.id: one for one in evidence.profile.agreements}
    behind = [by_id[id] for pledge in pledges for id in pledge.agreements]
    present = [
        (clause, by_id[id])
        for pledge in pledges
        for id in pledge.agreements
        for clause in by_id[id].clauses
        if (clause.obligation, clause.state) == (pledge.obligation, "present")
    ]
    shared, alone = owed(present)
    a, b = (name(side) for side in evidence.pair)
    how = _clauses_that_stand(behind)
    parts = [f"{how} bind {a} and {b} to {listing(shared)}"] if shared else []
    if alone:
        parts.append(listing(alone) if shared else f"by {how}, {listing(alone)}")
    return "; ".join(parts)


def _clauses_that_stand(agreements: Sequence[Agreement]) -> str:
    """Clauses in force where that is told of all; a signature alone is called no more."""
    stages = [{stage.stage for stage in one.stages} for one in agreements]
    if all(IN_FORCE & told for told in stages):
        return "clauses in force"
    signed = all(told and not IN_FORCE & told for told in stages)
    return "signed clauses" if signed else "clauses signed or in force"


def _with_standing(agreement: Agreement) -> str:
    """ "the Critical Minerals Framework (signed)"."""
    told = {stage.stage for stage in agreement.stages}
    known = next((stage for stage in ("in_force", "ratified", "signed") if stage in told), "")
    how = f" ({phrase('stages', known)})" if known else ""
    return f"the {titled(agreement.name)}{how}"


def _defends(pledges: Sequence[Pledge]) -> bool:
    return any(pledge.obligation == "defense" for pledge in pledges)


def _no_defence(agreements: Sequence[Agreement]) -> str:
    """That no defence is owed, said only where a source says so in so many words."""
    states = {c.state for one in agreements for c in one.clauses if c.obligation == "defense"}
    if states == {"absent"}:
        return "; sources say that no clause on mutual defence is held"
    return (
        "; on mutual defence sources disagree" if states else "; on mutual defence nothing is said"
    )


def _clause_quotes(agreements: Sequence[Agreement], records: Sequence[str]) -> tuple[Quote, ...]:
    """One quote a clause that is stated present or on defence, of these agreements."""
    quotes: list[Quote] = []
    for agreement in agreements:
        for clause in agreement.clauses:
            told = clause.state == "present" or clause.obligation == "defense"
            if agreement.id in records and told:
                quotes += different_documents(clause.quotes, 1)
    return tuple(dict.fromkeys(quotes))[:6]


def _firmness(evidence: Evidence) -> Line:
    """How the strands lean from each side, and how many of them clearly."""
    known = {side: known_views(evidence, side) for side in evidence.pair}
    told = [_leaning(side, views) for side, views in known.items() if len(views) >= FEW]
    silent = [side for side, views in known.items() if len(views) < FEW]
    if len(silent) == len(known):
        told.append("too little is read of how either side sees it to tell")
    elif silent:
        told.append(f"too little is read of how {name(silent[0])} sees it to tell")
    figures = tuple(view.value for views in known.values() for view in views)
    return Line(sentence("; ".join(told)), figures=figures or (evidence.reading,), lead="How firm")


def _leaning(side: str, views: Sequence[StrandView]) -> str:
    """ "as Russia sees it the evidence mostly binds: two strands for the tie, none against"."""
    for_ = [view for view in views if (view.value.value or 0) > 0]
    against = [view for view in views if (view.value.value or 0) < 0]
    clear = [view for view in views if _clearly(view.value)]
    verdict = "mostly binds" if len(for_) / len(views) >= MOSTLY else "pulls both ways"
    if len(against) / len(views) >= MOSTLY:
        verdict = "mostly divides"
    counts = f"{_strands(len(for_))} for the tie, {_none(len(against))} against"
    named = listing(phrase("strands", view.strand) for view in clear)
    certain = f"clearly so in {named}" if clear else "none of them clearly"
    return f"as {name(side)} sees it the evidence {verdict} ({counts}; {certain})"


def _strands(count: int) -> str:
    return counted(count, "strand") if count else "no strand"


def _none(count: int) -> str:
    return number(count) if count else "none"


def _clearly(figure: Explained) -> bool:
    """Whether the whole band lies on one side of nought."""
    low, high = figure.low, figure.high
    return low is not None and high is not None and (low > 0 or high < 0)


def _breaking(evidence: Evidence, play: Play | None) -> Line:
    """Offers that are thought of with their price, then the strands that pull apart."""
    if not tied(evidence):
        a, b = (name(side) for side in evidence.pair)
        text = f"nothing read ties {a} and {b}, so that there is nothing to break"
        return Line(sentence(text), (), (evidence.reading,), lead="What would break it")
    wedge = cheapest(play) if play is not None else None
    offer = _chief_offer(evidence, play, wedge)
    weak = _pulling_apart(evidence)
    parts: list[str] = []
    records: list[str] = []
    figures: list[Explained] = []
    if offer:
        parts.append(f"sources suppose that {offer_said(offer, evidence)}")
        records += offer.records[:2]
    if play is not None and wedge is not None:
        parts.append(wedge_said(play, wedge))
        figures.append(wedge)
    if weak:
        parts.append(_strained(weak))
        figures += [view.value for view in weak]
    if not parts:
        parts.append("not known: no strand is told to pull apart, and no offer is named")
        known = (view.value for side in evidence.pair for view in known_views(evidence, side))
        figures += [*known] or [evidence.reading]
    text = ". ".join(part[:1].upper() + part[1:] for part in parts)
    return Line(sentence(text), tuple(records), tuple(figures), lead="What would break it")


def _chief_offer(
    evidence: Evidence, play: Play | None, wedge: Explained | None
) -> PossibleOffer | None:
    """The offer that the price is of, else the one with most passages."""
    heard = [offer for side in evidence.pair for offer in offers_to(side, evidence)]
    if play is not None and wedge is not None:
        priced = offer_of(play, wedge)
        heard.sort(key=lambda one: (one.giver, one.to) != (priced.giver, priced.to))
    return next(iter(heard), None)


def _pulling_apart(evidence: Evidence) -> list[StrandView]:
    """The strands of either side on which more speaks against the tie, the worst first."""
    views = [view for side in evidence.pair for view in known_views(evidence, side)]
    against = [view for view in views if (view.value.value or 0.0) < 0]
    return sorted(against, key=lambda view: view.value.value or 0.0)


def _strained(views: Sequence[StrandView]) -> str:
    """ "more speaks against the tie than for it in trust (both sides) and ideology (Iran)"."""
    seen: dict[str, list[str]] = {}
    for view in views:
        seen.setdefault(view.strand, []).append(view.viewpoint)
    named = listing(
        f"{phrase('strands', strand)} ({_seen_by(viewers)})" for strand, viewers in seen.items()
    )
    return f"more is said against the tie than for it in {named}"


def _seen_by(viewers: Sequence[str]) -> str:
    return "both sides" if len(viewers) > 1 else f"as {name(viewers[0])} sees it"


def _distance(evidence: Evidence, play: Play | None) -> Line:
    """The farthest support on record each way, and history's rate of joining with forces."""
    a, b = evidence.pair
    ways = [farthest(a, b, evidence), farthest(b, a, evidence)]
    rate = _history(evidence, play)
    what, _, cases = rate.meaning.rpartition(": ")
    told = "; ".join(said for said, _ in ways)
    if not any(records for _, records in ways):
        told = f"no support between {name(a)} and {name(b)} is told as given"
    text = (
        f"{told}. Of past cases {range_of(whole_percent(rate))}"
        f" joined a war with their own forces ({cases}: {what})"
    )
    records = tuple(record for _, records in ways for record in records)
    return Line(sentence(text), records, (rate,), lead="How far")


def _history(evidence: Evidence, play: Play | None) -> Explained:
    """History's rate: the play's own where it has one, else by the pair's agreements."""
    if play is not None:
        for answer in play.runs:
            for layered in answer.shares:
                if layered.name == "forces" and layered.history.value is not None:
                    return layered.history
    return history_of_pair(
        evidence.profile.agreements, *evidence.pair, evidence.day, as_of=evidence.profile.seen
    )[1]
