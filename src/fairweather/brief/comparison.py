"""Several pairs in one table: how firm each is, what binds it, what would break it, how far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from fairweather.brief.evidence import Evidence, LookUp, nowhere
from fairweather.brief.lines import Line, Row, Section, Table
from fairweather.brief.report import Brief
from fairweather.brief.sections.exits import tied
from fairweather.brief.sections.ladder import cheapest, farthest, offer_of, offered, price
from fairweather.brief.sections.strands import known_views
from fairweather.brief.sources import number_sources
from fairweather.brief.verdict import paired, verdict
from fairweather.brief.wording import counted, label, listing, name, odds, phrase, sentence
from fairweather.history.pacts import pledges_in_force
from fairweather.profile import Profile
from fairweather.records import Explained, Record
from fairweather.scenario import Play
from fairweather.scenario.words import KNOWN_WITHIN

HEADERS = (
    "Pair",
    "How firm",
    "Duties on paper",
    "What would break it",
    "How far it went",
    "Own forces in a war",
    "Read",
)

Cell = tuple[str, tuple[str, ...], tuple[Explained, ...]]
"""The words of a cell with the records and figures behind them."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One pair of a comparison with a scenario played for it, where one was."""

    profile: Profile
    play: Play | None = None


def compare(pairs: Sequence[Compared], *, made_on: str = "", look_up: LookUp = nowhere) -> Brief:
    """A report of one table, a row a pair; every cell with its records and figures."""
    evidence = [Evidence(one.profile, look_up) for one in pairs]
    rows = [_row(one, about) for one, about in zip(pairs, evidence, strict=True)]
    table = Table(
        caption=(
            "How the strands lean from either side, −1 against the tie to 1 for it; clauses in"
            " force; the highest rung told as given or reported; the chance that the first named"
            " fights beside the second."
        ),
        headers=HEADERS,
        rows=tuple(rows),
    )
    section = Section(key="comparison", title="Pairs beside each other", table=table)
    opening = _opening(evidence)
    parts: list[Line | Row] = [opening, *rows]
    figures = tuple({one.id: one for part in parts for one in part.figures}.values())
    first = pairs[0].profile
    return Brief(
        a=first.a,
        b=first.b,
        as_of=first.as_of,
        made_on=made_on,
        opening=opening,
        sections=(section,),
        figures=figures,
        sources=number_sources(parts, figures, _all_of(evidence)),
        heading=f"{counted(len(pairs), 'pair').capitalize()} compared",
    )


def _opening(evidence: Sequence[Evidence]) -> Line:
    pairs = listing(f"{label(a)}–{label(b)}" for a, b in (one.pair for one in evidence))
    figures = tuple(one.reading for one in evidence)
    return Line(sentence(f"The pairs are {pairs}"), figures=figures)


def _row(one: Compared, evidence: Evidence) -> Row:
    read = (counted(int(evidence.reading.value or 0), "document"), (), (evidence.reading,))
    cells = (
        _firm(evidence),
        _paper(evidence),
        _breaking(one, evidence),
        _went(evidence),
        _would(one.play),
        read,
    )
    return Row(
        (paired(evidence), *(words for words, _, _ in cells)),
        tuple(dict.fromkeys(record for _, records, _ in cells for record in records)),
        tuple({one.id: one for _, _, figures in cells for one in figures}.values()),
    )


def _firm(evidence: Evidence) -> Cell:
    """The verdict on the pair, with the strands behind it."""
    found = verdict(evidence)
    figures = tuple(figure for lean in found.leans for figure in lean.figures)
    return found.text, (), figures or (evidence.reading,)


def _paper(evidence: Evidence) -> Cell:
    """The obligations in force; agreements without a clause are said to be such."""
    pledges = pledges_in_force(evidence.profile.agreements, *evidence.pair, evidence.day)
    records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
    if pledges:
        return listing(phrase("obligations", one.obligation) for one in pledges), records, ()
    agreements = evidence.profile.agreements[:2]
    words = "agreements, no clause stated" if agreements else "nothing told"
    return words, tuple(one.id for one in agreements), ()


def _breaking(one: Compared, evidence: Evidence) -> Cell:
    """The cheapest offer with its price, and the strands on which more speaks against the tie."""
    if not tied(evidence):
        return "nothing is told to break", (), (evidence.reading,)
    views = [view for side in evidence.pair for view in known_views(evidence, side)]
    weak = [view for view in views if (view.value.value or 0.0) < 0]
    wedge = cheapest(one.play) if one.play else None
    told = [_priced(one.play, wedge)] if one.play and wedge else []
    if weak:
        strands = dict.fromkeys(phrase("strands", view.strand) for view in weak)
        told.append(f"more is said against than for it in {listing(strands)}")
    figures = (*(view.value for view in weak or views), *([wedge] if wedge else []))
    return "; ".join(told) or "not known", (), figures or (evidence.reading,)


def _priced(play: Play, wedge: Explained) -> str:
    """ "an offer from the United States to Russia, worth three to five tenths of the tie"."""
    offer = offered(offer_of(play, wedge))
    if wedge.value is None:
        return f"{offer}: none up to the whole tie would do"
    if not wedge.value:
        return f"{offer}: none is needed, by assumed utilities"
    if wedge.high is None or wedge.high - (wedge.low or 0.0) > KNOWN_WITHIN:
        return f"{offer}, at a price not known"
    return f"{offer}, worth {price(wedge)} of the tie by assumed utilities"


def _went(evidence: Evidence) -> Cell:
    """The highest rung each way, where one is told."""
    a, b = evidence.pair
    ways = [(a, *farthest(a, b, evidence)), (b, *farthest(b, a, evidence))]
    told = [(giver, records) for giver, _, records in ways if records]
    rungs = {row.id: row for row in evidence.profile.support}
    words = [f"{name(giver)} {phrase('rungs', rungs[records[0]].level)}" for giver, records in told]
    cited = tuple(record for _, records in told for record in records)
    return ("; ".join(words) or "nothing told"), cited, ()


def _would(play: Play | None) -> Cell:
    """The chance of own forces in a war of the partner."""
    war = next((one for one in play.runs if one.war_chance == 1), None) if play else None
    forces = next((one for one in war.shares if one.name == "forces"), None) if war else None
    if forces is None:
        return "not played", (), ()
    return odds(forces.blend), (), (forces.blend,)


def _all_of(evidence: Sequence[Evidence]) -> Evidence:
    """The evidence of the first pair, which also finds the rows of the others."""

    def look_up(identity: str) -> Record:
        for one in evidence[1:]:
            found = one.record(identity)
            if found is not None:
                return found
        return evidence[0].look_up(identity)

    return replace(evidence[0], look_up=look_up, found={})
