"""The headline: how firm, what would break it, how far, each with its range or "not known"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fairweather.brief.evidence import Evidence, different_documents
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import most_binding, titled
from fairweather.brief.sections.duties import owed
from fairweather.brief.sections.exits import chief_offer, offer_line, offers_of, tied
from fairweather.brief.sections.ladder import (
    cheapest,
    farthest,
    range_of,
    shown_runs,
    wedge_said,
)
from fairweather.brief.sections.strands import known_views
from fairweather.brief.wording import (
    counted,
    likelihood,
    listing,
    name,
    number,
    phrase,
    possessive,
    sentence,
)
from fairweather.history.pacts import Pledge, in_force, pledges_in_force
from fairweather.history.reference import history_of_pair
from fairweather.profile import StrandView
from fairweather.records import Agreement, Explained, Quote
from fairweather.scenario import Play
from fairweather.scenario.words import coarse_percent, whole_percent

HOW_FIRM, WHAT_BREAKS, HOW_FAR = "How firm", "What would break it", "How far"

IN_FORCE = frozenset({"in_force", "ratified", "extended", "invoked", "amended"})
"""Stages that tell of more than a signature."""

MOSTLY = 2 / 3
"""Share of a side's known strands from which they are said to speak for or against."""

FEW = 2
"""Known strands of a side below which it is said that too little is known of its view."""

MOST_STRAINS = 4
"""Strains cited; their figures lead to the rest."""


def judgement_section(evidence: Evidence, play: Play | None) -> Section:
    """Three paragraphs: how firm, what would break it, how far."""
    firm = [_bond(evidence), _leanings(evidence), *_lasting(evidence, play)]
    breaks = [*_offer(evidence, play), *_price(play, evidence), *_strains_alone(evidence)]
    far = [*_went(evidence), *_would(evidence, play)]
    told = ((HOW_FIRM, firm), (WHAT_BREAKS, breaks or [_unbroken(evidence)]), (HOW_FAR, far))
    return Section(
        key="judgement",
        title="Judgement",
        lines=tuple(replace(line, lead=lead) for lead, lines in told for line in lines),
    )


# -- how firm --------------------------------------------------------------------------------


def _way(views: Sequence[StrandView]) -> str:
    """How a side's known strands lean as a whole: for, against, both ways, or too few to tell."""
    if len(views) < FEW:
        return "unknown"
    values = [view.value.value or 0.0 for view in views]
    if sum(value > 0 for value in values) / len(values) >= MOSTLY:
        return "for"
    return "against" if sum(value < 0 for value in values) / len(values) >= MOSTLY else "both"


def _bond(evidence: Evidence) -> Line:
    """What binds the two on paper, by what was read."""
    a, b = (name(side) for side in evidence.pair)
    profile = evidence.profile
    pledges = pledges_in_force(profile.agreements, *evidence.pair, evidence.day)
    if pledges:
        records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
        passages = _clause_quotes(profile.agreements, records)
        return Line(sentence(_owed(pledges, evidence)), records, passages=passages)
    standing = [one for one in most_binding(evidence) if in_force(one, evidence.day)]
    if standing:
        names = listing(_with_standing(one) for one in standing[:2])
        more = f" and {number(len(standing) - 2)} more" if len(standing) > 2 else ""
        text = (
            f"what ties {a} and {b} on paper is {names}{more}, of which no duty is told as in"
            f" force; {phrase('defence', _on_defence(standing))}"
        )
        records = tuple(one.id for one in standing[:2])
        return Line(sentence(text), records, passages=_clause_quotes(standing, records))
    text = f"no source read names an agreement in force between {a} and {b}"
    return Line(sentence(text), figures=(evidence.reading,))


def _owed(pledges: Sequence[Pledge], evidence: Evidence) -> str:
    """ "Russia and Iran are bound by a pact that ...: by clauses in force they owe ..."."""
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
    defence = [one for one in shared if one.startswith(phrase("obligations", "defense"))]
    rest = [one for one in shared if one not in defence]
    if defence:
        more = f" and owe each other {listing(rest)} as well" if rest else ""
        parts = [f"{a} and {b} are bound by {how} to {listing(defence)}{more}"]
    else:
        pact = phrase("pacts", _on_defence(behind))
        owe = f"{a} and {b} are bound by {pact}: by {how}"
        parts = [f"{owe} they owe each other {listing(rest)}"] if rest else []
        alone = alone if rest else [f"{owe}, {listing(alone)}"]
    return "; ".join([*parts, *([listing(alone)] if alone else [])])


def _on_defence(agreements: Sequence[Agreement]) -> str:
    """Whether defence is said to be absent from agreements, is disputed, or nothing is said."""
    states = {c.state for one in agreements for c in one.clauses if c.obligation == "defense"}
    if states == {"absent"}:
        return "absent"
    return "disputed" if states else "silent"


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


def _clause_quotes(agreements: Sequence[Agreement], records: Sequence[str]) -> tuple[Quote, ...]:
    """One quote a clause that is stated present or on defence, of these agreements."""
    quotes: list[Quote] = []
    for agreement in agreements:
        for clause in agreement.clauses:
            told = clause.state == "present" or clause.obligation == "defense"
            if agreement.id in records and told:
                quotes += different_documents(clause.quotes, 1)
    return tuple(dict.fromkeys(quotes))[:6]


def _leanings(evidence: Evidence) -> Line:
    """Which way what is told of each side leans, over how many strands, and how clearly."""
    known = {side: known_views(evidence, side) for side in evidence.pair}
    heard = {side: views for side, views in known.items() if len(views) >= FEW}
    figures = tuple(view.value for views in known.values() for view in views)
    if not heard:
        text = "how either side sees the tie is hardly told"
        return Line(sentence(text), figures=figures or (evidence.reading,))
    told = [_leaning(side, views) for side, views in heard.items()]
    told += [
        f"{possessive(name(side))} side is too little to judge by"
        for side in known
        if side not in heard
    ]
    clarity = _clarity([view for own in heard.values() for view in own])
    text = f"what sources tell of {'; what they tell of '.join(told)}{clarity}"
    return Line(sentence(text), figures=figures)


def _leaning(side: str, views: Sequence[StrandView]) -> str:
    """ "Russia’s side pulls both ways (two strands for it, x and y; three against it)"."""
    for_ = [phrase("bonds", v.strand) for v in views if (v.value.value or 0) > 0]
    against = [view for view in views if (view.value.value or 0) < 0]
    even = len(views) - len(for_) - len(against)
    parts = [
        f"{number(len(for_)) if for_ else 'no'} {'strand' if len(for_) < 2 else 'strands'} for it"
        + (f", {listing(for_)}" if for_ else ""),
        f"{_none(len(against))} against it",
        *([f"{number(even)} even"] if even else []),
    ]
    way = phrase("leanings", _way(views))
    return f"{possessive(name(side))} side {way} ({'; '.join(parts)})"


def _clarity(views: Sequence[StrandView]) -> str:
    """Which leanings are clear; that none is, and on how few origins each rests."""
    clear = [view for view in views if _clearly(view.value)]
    if clear:
        named = listing(dict.fromkeys(phrase("strands", view.strand) for view in clear))
        return f". Of these leanings, those on {named} are clear"
    most = max(int(part.value or 0) for v in views for part in v.value.ingredients[:2])
    origins = counted(most, "independent origin")
    return f". None of this is clear, as no strand has more than {origins} on either side of it"


def _none(count: int) -> str:
    return number(count) if count else "none"


def _clearly(figure: Explained) -> bool:
    """Whether the whole band lies on one side of nought."""
    low, high = figure.low, figure.high
    return low is not None and high is not None and (low > 0 or high < 0)


def _lasting(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """How likely either side is to end the partnership, war or none; of a tie alone."""
    if play is None or not tied(evidence):
        return
    exits = shown_runs(play)[0].exits
    if not exits:
        return
    months = counted(play.scenario.horizon_months, "month")
    words = dict.fromkeys(likelihood(one) for one in exits)
    same = len({coarse_percent(one) for one in exits}) == 1
    bands = [f"{name(one.arguments[2])} {range_of(coarse_percent(one))}" for one in exits]
    if same and len(exits) > 1:
        bands = [f"{range_of(coarse_percent(exits[0]))} each"]
    if len(words) == 1:
        who = "each side" if len(exits) > 1 else name(exits[0].arguments[2])
        text = f"{who} is {next(iter(words))} to end the partnership within {months}"
    else:
        parts = (f"{name(one.arguments[2])} is {likelihood(one)}" for one in exits)
        text = f"{listing(parts)} to end the partnership within {months}"
    text = f"{text} ({', '.join(bands)}, by past alliances and assumed interests)"
    yield Line(sentence(text), figures=tuple(exits))


# -- what would break it ---------------------------------------------------------------------


def _unbroken(evidence: Evidence) -> Line:
    """Where neither an offer nor a strain is told."""
    a, b = (name(side) for side in evidence.pair)
    if not tied(evidence):
        text = (
            f"no source read tells of an agreement, of support or of a view that ties {a} to {b},"
            " so there is nothing to break"
        )
        return Line(sentence(text), figures=(evidence.reading,))
    text = "not known: no source read names a strain on the tie or an offer that would end it"
    known = tuple(view.value for side in evidence.pair for view in known_views(evidence, side))
    return Line(sentence(text), figures=known or (evidence.reading,))


def _offer(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """The offer that the price is of, else the one with most passages."""
    offer = chief_offer(evidence, play)
    if offer:
        yield offer_line(offer, evidence)


def _price(play: Play | None, evidence: Evidence) -> Iterator[Line]:
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


def _strains_alone(evidence: Evidence) -> Iterator[Line]:
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


# -- how far ---------------------------------------------------------------------------------


def _went(evidence: Evidence) -> Iterator[Line]:
    """The farthest support on record each way."""
    a, b = evidence.pair
    ways = [farthest(a, b, evidence), farthest(b, a, evidence)]
    if any(records for _, records in ways):
        for told, records in ways:
            yield Line(sentence(told), records, () if records else (evidence.reading,))
        return
    text = f"no source read tells of support that {name(a)} and {name(b)} have given each other"
    yield Line(sentence(text), figures=(evidence.reading,))


def _would(evidence: Evidence, play: Play | None) -> Iterator[Line]:
    """How likely own forces are in a war of the other, by the count of past cases."""
    rate = _history(evidence, play)
    what, _, cases = rate.meaning.rpartition(": ")
    giver, receiver = _ways(evidence, play)
    text = (
        f"were {receiver} at war, {giver} would be {likelihood(rate)} to join with its own"
        f" forces ({range_of(whole_percent(rate))}: {cases} {what.replace(' that ', ' ', 1)})"
    )
    yield Line(sentence(text), figures=(rate,))


def _ways(evidence: Evidence, play: Play | None) -> tuple[str, str]:
    """Who would help whom: as played, else the first of the pair the second."""
    giver, receiver = evidence.pair
    if play is not None:
        giver, receiver = play.scenario.supporter, play.scenario.partner
    return name(giver), name(receiver)


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
