"""Several pairs in one table: what binds each, how it leans, how far it went, how far it would."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fairweather.brief.evidence import Evidence, LookUp, nowhere
from fairweather.brief.lines import Line, Row, Section, Table
from fairweather.brief.report import Brief
from fairweather.brief.sections.ladder import farthest
from fairweather.brief.sections.strands import known_views
from fairweather.brief.sources import number_sources
from fairweather.brief.wording import counted, label, listing, name, odds, phrase, sentence
from fairweather.history.pacts import pledges_in_force
from fairweather.profile import Profile
from fairweather.records import Explained, Record
from fairweather.scenario import Play

HEADERS = ("Pair", "On paper", "How it leans", "How far it went", "Own forces in a war", "Read")

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
    rows = [_row(one, Evidence(one.profile, look_up)) for one in pairs]
    table = Table(
        caption=(
            "Clauses in force; strands for and against the tie by side; the highest rung told"
            " as given or reported; chance that the first named fights beside the second."
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
    a, b = evidence.pair
    cells = (_paper(evidence), _leaning(evidence), _went(evidence), _would(one.play))
    read = (counted(int(evidence.reading.value or 0), "document"), (), (evidence.reading,))
    everything = (*cells, read)
    return Row(
        (f"{label(a)} and {label(b)}", *(words for words, _, _ in everything)),
        tuple(dict.fromkeys(record for _, records, _ in everything for record in records)),
        tuple({one.id: one for _, _, figures in everything for one in figures}.values()),
    )


def _paper(evidence: Evidence) -> Cell:
    """The obligations in force, and whether a defence clause is said to be missing."""
    pledges = pledges_in_force(evidence.profile.agreements, *evidence.pair, evidence.day)
    records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
    if pledges:
        return listing(phrase("obligations", one.obligation) for one in pledges), records, ()
    agreements = evidence.profile.agreements[:2]
    words = "agreements, no clause stated" if agreements else "nothing told"
    return words, tuple(one.id for one in agreements), ()


def _leaning(evidence: Evidence) -> Cell:
    """ "Russia 1 for, 2 against; Iran not known"."""
    told, figures = [], []
    for side in evidence.pair:
        values = [view.value for view in known_views(evidence, side)]
        for_ = sum((one.value or 0) > 0 for one in values)
        against = sum((one.value or 0) < 0 for one in values)
        words = f"{for_} for, {against} against" if values else "not known"
        told.append(f"{label(side)}: {words}")
        figures += values
    return "; ".join(told), (), tuple(figures)


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

    return Evidence(evidence[0].profile, look_up)
