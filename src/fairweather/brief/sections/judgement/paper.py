"""How firm on paper: what either side owes, by what was read."""

from __future__ import annotations

from collections.abc import Sequence

from fairweather.brief.evidence import Evidence, different_documents
from fairweather.brief.lines import Line
from fairweather.brief.sections.agreements import most_binding, titled
from fairweather.brief.sections.duties import owed
from fairweather.brief.wording import (
    listing,
    name,
    number,
    phrase,
    sentence,
)
from fairweather.history.pacts import Pledge, in_force, pledges_in_force
from fairweather.records import Agreement, Quote

IN_FORCE = frozenset({"in_force", "ratified", "extended", "invoked", "amended"})
"""Stages that tell of more than a signature."""


def bond(evidence: Evidence) -> Line:
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


def _clause_quotes(agreements: Sequence[Agreement], records: Sequence[str]) -> tuple[Quote, ...]:
    """One quote a clause that is stated present or on defence, of these agreements."""
    quotes: list[Quote] = []
    for agreement in agreements:
        for clause in agreement.clauses:
            told = clause.state == "present" or clause.obligation == "defense"
            if agreement.id in records and told:
                quotes += different_documents(clause.quotes, 1)
    return tuple(dict.fromkeys(quotes))[:6]
