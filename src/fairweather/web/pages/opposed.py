"""What is said against each other of a pair, side by side: claims, and rows that contradict."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from fairweather.brief.evidence import Evidence
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import clean, dated, label, phrase, sentence
from fairweather.profile import Contradiction
from fairweather.records import AUTHOR, Agreement, Claim, Quote, Record, Support, Tie
from fairweather.vocabulary import vocabulary

MOST = 12
MOST_QUOTES = 2
EARLIER, LATER = "Earlier", "Later"


@dataclass(frozen=True, slots=True)
class Said:
    """One side of a dispute: who or what says it, in which words, and where."""

    who: str
    text: str
    record: str
    quotes: tuple[Quote, ...]
    when: str
    teller: str


@dataclass(frozen=True, slots=True)
class Opposed:
    """Two sides of one matter; `settled` says which holds, or that it is open."""

    about: str
    settled: str
    sides: tuple[Said, ...]


def opposed(evidence: Evidence) -> tuple[Opposed, ...]:
    """Contested claims first, then what contradicts each other, at most so many."""
    found = [*_claims(evidence), *_contradictions(evidence)]
    return tuple(found[:MOST])


def _claims(evidence: Evidence) -> Iterator[Opposed]:
    """Each claim that is contested with those that contest it, each dispute once."""
    told: set[frozenset[str]] = set()
    for claim in evidence.profile.claims:
        others = evidence.records((*claim.contested_by, *claim.disputes))
        against = [one for one in others if isinstance(one, Claim)]
        fresh = [one for one in against if frozenset((claim.id, one.id)) not in told]
        told |= {frozenset((claim.id, one.id)) for one in fresh}
        if fresh:
            sides = (_claimed(claim, evidence), *(_claimed(one, evidence) for one in fresh[:2]))
            yield Opposed("A claim that is contested", "which holds is open", sides)


def _claimed(claim: Claim, evidence: Evidence) -> Said:
    stance = vocabulary("stances")[claim.stance].label.lower()
    return _said(f"{label(claim.speaker)} {stance}", clean(claim.content), claim, evidence)


def _contradictions(evidence: Evidence) -> Iterator[Opposed]:
    for one in evidence.profile.contradictions:
        sides = tuple(
            side
            for ids, word in ((one.earlier, EARLIER), (one.later, LATER))
            if (side := _side(evidence.records(ids), word, one, evidence))
        )
        settled = "the later account holds" if one.holds else "which holds is open"
        yield Opposed(_about(one), settled, sides)


def _about(one: Contradiction) -> str:
    """What both sides speak of."""
    if one.kind == "support":
        giver, receiver, level = one.subject
        return f"{label(giver)} to {label(receiver)}: {phrase('rungs', level)}"
    if one.kind == "tie":
        _, _, strand, viewpoint = one.subject
        who = "observers see" if viewpoint == AUTHOR else f"{label(viewpoint)} sees"
        return f"{vocabulary('strands')[strand].label}, as {who} it"
    return f"A clause: {phrase('obligations', one.subject[1])}"


def _side(rows: Sequence[Record], word: str, one: Contradiction, evidence: Evidence) -> Said | None:
    """One side by its first row; a clause by its own quote and state."""
    if not rows:
        return None
    row = rows[0]
    if isinstance(row, Support):
        return _said(word, support_said([row], evidence)[0], row, evidence)
    if isinstance(row, Tie):
        return _said(word, POLARITIES.get(row.polarity, ""), row, evidence)
    if isinstance(row, Agreement):
        return _clause(row, word, one, evidence)
    return _said(word, "", row, evidence)


POLARITIES = {"+": "for the tie", "-": "against the tie", "0": "neither"}


def _clause(agreement: Agreement, word: str, one: Contradiction, evidence: Evidence) -> Said:
    """The clause as one side has it: the first state told, or the last."""
    clauses = [clause for clause in agreement.clauses if clause.obligation == one.subject[1]]
    clause = clauses[0 if word == EARLIER else -1]
    return Said(
        word,
        sentence(f"{agreement.name}: {clause.state}"),
        agreement.id,
        clause.quotes[:MOST_QUOTES],
        dated(evidence.published(agreement)),
        evidence.teller(agreement),
    )


def _said(who: str, text: str, record: Record, evidence: Evidence) -> Said:
    return Said(
        who,
        sentence(text) if text else "",
        record.id,
        record.quotes[:MOST_QUOTES],
        dated(evidence.published(record)),
        evidence.teller(record),
    )
