"""Contradictions and change: what sources say against each other, settled or open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence, excerpt, passages_of
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import titled
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import clean, listing, name, phrase, sentence, when_so
from fairweather.profile import Contradiction
from fairweather.records import Agreement, Claim, Record, Support, Tie, shorten
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
        title="Contradictions and change",
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
    said = [_said(rows, evidence) for rows in sides]
    times = [when_so(evidence.published(rows[0])) if rows else "" for rows in sides]
    if times[0] == times[1]:
        text = f"{said[0]}, but {said[1]}{_by_source(times[0])}: {_settled(one)}"
    else:
        first, second = (f"{a}{_by_source(b)}" for a, b in zip(said, times, strict=True))
        text = f"{first}; but {second}: {_settled(one)}"
    return Line(sentence(text), cited)


def _by_source(when: str) -> str:
    return f" (published {when})" if when else ""


def _settled(one: Contradiction) -> str:
    return "the later account holds" if one.holds else "which holds is open"


def _said(rows: Sequence[Record], evidence: Evidence) -> str:
    """One side of a contradiction, as a clause."""
    supports = [row for row in rows if isinstance(row, Support)]
    if supports:
        return support_said(supports[:1], evidence)[0]
    return "a source says otherwise"


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
            words.append(f"{state}: “{shorten(clean(quote.text), LONGEST_CLAIM)}”")
    text = (
        f"{named}, {phrase('obligations', obligation)} said to be {listing(words, 'but')}:"
        f" {_settled(one)}"
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
    said = (f"“{excerpt(t.quotes[0], evidence, LONGEST_CLAIM)}”" for t in (binding, dividing))
    strand = phrase("strands", binding.strand)
    text = (
        f"{_sees(binding.viewpoint)} {strand} both ways: for the tie {next(said)}, against it"
        f" {next(said)}: {_settled(one)}"
    )
    return Line(sentence(text), cited, passages=(binding.quotes[0], dividing.quotes[0]))


def _sees(viewpoint: str) -> str:
    return "observers see" if viewpoint == "author" else f"{name(viewpoint)} sees"


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
    return f"{name(claim.speaker)} {stance}: “{said}”"


def _trends(evidence: Evidence) -> Iterator[Line]:
    """Strands whose later evidence is clearly warmer or colder than the earlier."""
    for view in evidence.profile.views:
        if view.trend in ("rising", "falling"):
            turned = "speaks more for" if view.trend == "rising" else "speaks more against"
            text = (
                f"{phrase('strands', view.strand)}, as {_sees(view.viewpoint)} it: the later"
                f" evidence {turned} the tie than the earlier"
            )
            yield Line(sentence(text), figures=(view.value,))
