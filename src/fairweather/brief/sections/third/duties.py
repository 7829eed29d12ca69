"""Which duties of the two can bind against a third party."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence, by_whom
from fairweather.brief.lines import Line
from fairweather.brief.sections.agreements import titled
from fairweather.brief.sections.duties import owed
from fairweather.brief.wording import has_phrase, listing, name, phrase, sentence
from fairweather.history.pacts import in_force
from fairweather.records import Agreement, Clause

MOST = 6
"""Sentences on clauses."""

FOES = "third_parties"
"""The phrases for what a duty means for whoever is at war with one of the two."""


def duties(evidence: Evidence, third: str) -> Iterator[Line]:
    """Clauses in force that name it or nobody; that no source tells of any."""
    standing = [one for one in evidence.profile.agreements if in_force(one, evidence.day)]
    told = [line for one in standing for line in _of(one, third, evidence)]
    yield from told[:MOST]
    if not told:
        text = f"no source read tells of a clause in force that could bind against {name(third)}"
        yield Line(sentence(text), figures=(evidence.reading,))


def _of(agreement: Agreement, third: str, evidence: Evidence) -> Iterator[Line]:
    """Clauses that name it, clauses that name nobody, clauses said to be absent."""
    bearing = [one for one in agreement.clauses if _bears(one, third)]
    present = [one for one in bearing if one.state == "present"]
    named = [one for one in present if one.against]
    general = [one for one in present if not one.against]
    absent = [one for one in bearing if one.state == "absent"]
    subject = f"the {titled(agreement.name)}"
    if named:
        yield _line(_naming(named, agreement, subject), named, agreement, evidence)
        subject = "it"
    if general:
        text = f"called up against {name(third)}, {subject} could have {_each(general, third)}"
        yield _line(text, general, agreement, evidence)
        subject = "it"
    if absent:
        text = f"{subject} is said not to have {_each(absent, third, 'or')}"
        yield _line(text, absent, agreement, evidence)


def _naming(clauses: Sequence[Clause], agreement: Agreement, subject: str) -> str:
    """ "by the treaty, Russia is not to side with Israel"."""
    shared, alone = owed([(clause, agreement) for clause in clauses])
    parts = [f"{subject} provides for {listing(shared)}"] if shared else []
    if alone:
        parts.append(listing(alone) if shared else f"by {subject}, {listing(alone)}")
    return "; ".join(parts)


def _each(clauses: Sequence[Clause], third: str, last: str = "and") -> str:
    """ "each side stay out of a war between the other and Israel and ..."."""
    return f"each side {listing(dict.fromkeys(_meaning(one, third) for one in clauses), last)}"


def _meaning(clause: Clause, third: str) -> str:
    """ "stay out of a war between the other and Israel"; also where the clause names it."""
    if has_phrase(FOES, clause.obligation):
        return phrase(FOES, clause.obligation).format(third=name(third))
    words = phrase("obligations_against", clause.obligation)
    return f"keep to {words.format(against=name(third))}"


def _bears(clause: Clause, third: str) -> bool:
    """Whether a clause could be called up against a third party: it is named, or nobody is."""
    if clause.against:
        return third in clause.against
    return has_phrase(FOES, clause.obligation)


def _line(text: str, clauses: Sequence[Clause], agreement: Agreement, evidence: Evidence) -> Line:
    passages = tuple(quote for one in clauses for quote in one.quotes[:1])
    said = f"{text}{by_whom(passages, evidence)}"
    return Line(sentence(said), (agreement.id,), passages=passages)
