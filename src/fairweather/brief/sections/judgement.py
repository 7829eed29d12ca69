"""The headline: how firm, what would break it, how far, each with its range or "not known"."""

from __future__ import annotations

from collections.abc import Sequence

from fairweather.brief.evidence import Evidence, different_documents, newest_first
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import titled
from fairweather.brief.sections.exits import offers_to
from fairweather.brief.sections.ladder import range_of, shown_runs, wedge_said
from fairweather.brief.sections.strands import known_views
from fairweather.brief.sections.support_words import by_rank, support_said
from fairweather.brief.wording import (
    banded,
    listing,
    name,
    number,
    phrase,
    sentence,
)
from fairweather.history.pacts import Pledge, in_force, pledges_in_force
from fairweather.history.reference import history_of_pair
from fairweather.profile import StrandView
from fairweather.records import Agreement, Explained, Quote
from fairweather.scenario import Play
from fairweather.scenario.words import whole_percent

MOSTLY = 2 / 3
"""Share of a side's known strands from which they are said to speak for or against."""

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
        duties = listing(phrase("obligations", pledge.obligation) for pledge in pledges)
        rest = "" if _defends(pledges) else _no_defence(profile.agreements)
        text = f"Clauses in force bind {a} and {b} to {duties}{rest}"
        records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
        passages = _clause_quotes(profile.agreements, records)
        return Line(sentence(text), records, passages=passages, lead="On paper")
    standing = [one for one in profile.agreements if in_force(one, evidence.day)]
    if standing:
        names = listing(titled(one.name) for one in standing[:2])
        text = f"in force, as far as is told: {names}{_no_defence(standing)}"
        records = tuple(one.id for one in standing[:2])
        passages = _clause_quotes(standing, records)
        return Line(sentence(text), records, passages=passages, lead="On paper")
    text = f"No agreement in force between {a} and {b} is named in what was read"
    return Line(sentence(text), figures=(evidence.reading,), lead="On paper")


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
    """ "as Russia sees it the evidence mostly binds (strands: three for, one against; ...)"."""
    for_ = [view for view in views if (view.value.value or 0) > 0]
    against = [view for view in views if (view.value.value or 0) < 0]
    clear = [view for view in views if _clearly(view.value)]
    share = len(for_) / len(views)
    verdict = "mostly binds" if share >= MOSTLY else "pulls both ways"
    if len(against) / len(views) >= MOSTLY:
        verdict = "mostly divides"
    counts = f"{number(len(for_))} for, {number(len(against))} against"
    named = listing(phrase("strands", view.strand) for view in clear)
    certain = f"clearly {named}" if clear else "none clearly"
    return f"as {name(side)} sees it the evidence {verdict} (strands: {counts}; {certain})"


def _clearly(figure: Explained) -> bool:
    """Whether the whole band lies on one side of nought."""
    low, high = figure.low, figure.high
    return low is not None and high is not None and (low > 0 or high < 0)


def _breaking(evidence: Evidence, play: Play | None) -> Line:
    """The lowest wedge price; else what speaks most against the tie; else not known."""
    prices = shown_runs(play)[-1].wedges if play is not None else ()
    priced = sorted((one for one in prices if one.value), key=lambda one: one.value or 0.0)
    if play is not None and priced:
        text = f"{wedge_said(play, priced[0])}, by utilities that are assumed"
        return Line(sentence(text), figures=(priced[0],), lead="What would break it")
    if play is not None and prices:
        return Line(
            sentence(wedge_said(play, prices[0])), figures=prices[:1], lead="What would break it"
        )
    return _weakest(evidence)


def _weakest(evidence: Evidence) -> Line:
    views = [v for side in evidence.pair for v in known_views(evidence, side)]
    weakest = min(views, key=lambda view: view.value.value or 0.0, default=None)
    lead = "What would break it"
    offers = [offer for side in evidence.pair for offer in offers_to(side, evidence)]
    if weakest is None or (weakest.value.value or 0.0) >= 0:
        if offers:
            text = f"not known; sources suppose {_supposed(offers[0].giver, offers[0].to)}"
            return Line(sentence(text), offers[0].records[:2], lead=lead)
        text = "not known: no strand is told to pull either side away, and no offer is named"
        figures = tuple(view.value for view in views) or (evidence.reading,)
        return Line(sentence(text), figures=figures, lead=lead)
    text = (
        f"no price is known; most against the tie speaks {phrase('strands', weakest.strand)}, as"
        f" {name(weakest.viewpoint)} sees it: {banded(weakest.value)}"
    )
    return Line(sentence(text), figures=(weakest.value,), lead=lead)


def _supposed(giver: str, to: str) -> str:
    return f"that {name(giver)} might draw {name(to)} away"


def _distance(evidence: Evidence, play: Play | None) -> Line:
    """The farthest support on record each way, and history's rate of joining with forces."""
    a, b = evidence.pair
    ways = [_farthest(a, b, evidence), _farthest(b, a, evidence)]
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


def _farthest(giver: str, receiver: str, evidence: Evidence) -> tuple[str, tuple[str, ...]]:
    """The highest rung told as given, else as reported, in one direction."""
    rows = [r for r in evidence.profile.support if (r.giver, r.receiver) == (giver, receiver)]
    for state in ("given", "reported"):
        found = by_rank(newest_first((row for row in rows if row.state == state), evidence))
        if found:
            said, told = support_said(found[:1], evidence)
            return f"at the farthest, {said}", told
    return f"no support from {name(giver)} to {name(receiver)} is told as given", ()


def _history(evidence: Evidence, play: Play | None) -> Explained:
    """History's rate: the play's own where it has one, else by the pair's agreements."""
    if play is not None:
        for answer in play.runs:
            for layered in answer.shares:
                if layered.history.value is not None:
                    return layered.history
    return history_of_pair(
        evidence.profile.agreements, *evidence.pair, evidence.day, as_of=evidence.profile.as_of
    )[1]
