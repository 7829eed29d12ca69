"""Contradictions and change: what sources say against each other, settled or open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence, by_whom, excerpt, passages_of
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import titled
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import clean, listing, name, phrase, sentence, when_so
from fairweather.profile import Contradiction
from fairweather.records import AUTHOR, Agreement, Claim, Record, Support, Tie, shorten
from fairweather.vocabulary import vocabulary

MOST_ROWS = 3
"""Rows cited on each side of a contradiction."""

LONGEST_CLAIM = 110


def changes_section(evidence: Evidence) -> Section:
    """Contradictions, contested claims, and strands that move."""
    lines = [
        *(_contradiction(one, evidence) for one in evidence.profile.contradictions),
        *_contested(evidence),
        *_trends(evidence),
    ]
    a, b = evidence.pair
    return Section(
        key="changes",
        title="Contradictions",
        lines=tuple(lines),
        find=f"fairweather profile {a} {b}",
    )


def _contradiction(one: Contradiction, evidence: Evidence) -> Line:
    cited = tuple(dict.fromkeys((*one.earlier[:MOST_ROWS], *one.later[:MOST_ROWS])))
    if one.kind == "clause":
        agreements = [row for row in evidence.records(cited) if isinstance(row, Agreement)]
        return _clause_disputed(one, agreements, cited, evidence)
    sides = [evidence.records(ids) for ids in (one.earlier, one.later)]
    if one.kind == "tie" and (ties := _opposed_ties(sides)):
        return _seen_both_ways(ties, one, cited, evidence)
    first, second = sorted(sides, key=lambda rows: _day_of(rows, evidence))
    told, then = _said(first, evidence), _said(second, evidence)
    if len({row.giver for row in (*first, *second) if isinstance(row, Support)}) == 1:
        then = _without_subject(then, second)
    records = tuple(rows[0].id for rows in (first, second) if rows)
    return Line(sentence(f"{told}, but {then}; {_settled(one)}"), records or cited)


def _day_of(rows: Sequence[Record], evidence: Evidence) -> str:
    """When a side of a contradiction was so, for the order of telling."""
    when = evidence.when(rows[0]).latest if rows else None
    return when.isoformat() if when else ""


def _without_subject(said: str, rows: Sequence[Record]) -> str:
    """The clause without its giver, whom the one before has named."""
    giver = next((row.giver for row in rows if isinstance(row, Support)), "")
    return said.removeprefix(f"{name(giver)} ") if giver else said


def _settled(one: Contradiction) -> str:
    return "the later account is taken to hold" if one.holds else "which of the two holds is open"


def _said(rows: Sequence[Record], evidence: Evidence) -> str:
    """One side of a contradiction, as a clause; published when, where it has no date."""
    supports = [row for row in rows if isinstance(row, Support)]
    if not supports:
        return "a source says otherwise"
    said = support_said(supports[:1], evidence)[0]
    when = "" if supports[0].date.known else when_so(evidence.published(supports[0]))
    return f"{said}, by a source published {when}" if when else said


def _clause_disputed(
    one: Contradiction, agreements: Sequence[Agreement], cited: tuple[str, ...], evidence: Evidence
) -> Line:
    """Whether an agreement holds a clause, in the words of a source for and of one against."""
    obligation = one.subject[1]
    named = titled(agreements[0].name) if agreements else "an agreement"
    clauses = [c for row in agreements for c in row.clauses if c.obligation == obligation]
    words, passages = [], []
    for state in dict.fromkeys(clause.state for clause in clauses):
        quote = next((q for c in clauses if c.state == state for q in c.quotes), None)
        if quote:
            passages.append(quote)
            said = excerpt(quote, evidence, LONGEST_CLAIM)
            words.append(f"{state} (“{said}”{by_whom([quote], evidence)})")
    text = (
        f"in the {named}, {phrase('obligations', obligation)} is said to be"
        f" {listing(words, 'and')}; {_settled(one)}"
    )
    return Line(sentence(text), cited, passages=tuple(passages))


def _opposed_ties(sides: Sequence[Sequence[Record]]) -> tuple[Tie, Tie] | None:
    """One tie of each side of a contradiction."""
    found = [next((row for row in rows if isinstance(row, Tie)), None) for rows in sides]
    first, second = found
    return (first, second) if first and second else None


def _seen_both_ways(
    ties: tuple[Tie, Tie], one: Contradiction, cited: tuple[str, ...], evidence: Evidence
) -> Line:
    """One strand, seen in one way and in the other, in the words of both sources."""
    binding, dividing = sorted(ties, key=lambda tie: tie.polarity != "+")
    for_, against = (
        f"“{excerpt(tie.quotes[0], evidence, LONGEST_CLAIM)}”" for tie in (binding, dividing)
    )
    strand = f"{phrase('strands', binding.strand)}{_seen(binding.viewpoint)}"
    tellers = [evidence.teller(tie) for tie in (binding, dividing)]
    if tellers[0] == tellers[1]:
        text = (
            f"on {strand}, {tellers[0]} is read both for the tie ({for_}) and against it"
            f" ({against}); {_settled(one)}"
        )
    else:
        text = (
            f"on {strand}, {tellers[0]} is read for the tie ({for_}) and {tellers[1]} against it"
            f" ({against}); {_settled(one)}"
        )
    return Line(sentence(text), cited, passages=(binding.quotes[0], dividing.quotes[0]))


def _seen(viewpoint: str) -> str:
    """Whose view it is: " as Russia sees it"; observers say what they see themselves."""
    return ", as observers see it" if viewpoint == AUTHOR else f", as {name(viewpoint)} sees it"


def _contested(evidence: Evidence) -> Iterator[Line]:
    """Claims side by side with those that contest them, each dispute once."""
    told: set[frozenset[str]] = set()
    for claim in evidence.profile.claims:
        for other in evidence.records((*claim.contested_by, *claim.disputes)):
            if isinstance(other, Claim) and {claim.id, other.id} not in told:
                told.add(frozenset((claim.id, other.id)))
                first, answer = (other, claim) if other.id in claim.disputes else (claim, other)
                text = f"{_claimed(first, evidence)}; {_claimed(answer, evidence)}"
                yield Line(sentence(text), (first.id, answer.id))


def _claimed(claim: Claim, evidence: Evidence) -> str:
    """ "Russia denies: “…”", in the words of the source."""
    quotes = passages_of(claim)
    said = (
        excerpt(quotes[0], evidence, LONGEST_CLAIM)
        if quotes
        else shorten(clean(claim.content), LONGEST_CLAIM)
    )
    stance = vocabulary("stances")[claim.stance].label.lower()
    when = when_so(evidence.published(claim))
    published = f" (published {when})" if when else ""
    return f"{name(claim.speaker)} {stance}{published}: “{said}”"


def _trends(evidence: Evidence) -> Iterator[Line]:
    """Strands whose later evidence is clearly warmer or colder than the earlier."""
    for view in evidence.profile.views:
        if view.trend in ("rising", "falling"):
            turned = "for" if view.trend == "rising" else "against"
            text = (
                f"on {phrase('strands', view.strand)}{_seen(view.viewpoint)}, later sources"
                f" speak more {turned} the tie than earlier ones"
            )
            yield Line(sentence(text), figures=(view.value,))
