"""Mechanisms: standing arrangements that a document says exist, one statement for each.

Findings of one kind that share their members, or whose members one holds among its own,
are one mechanism of the document. `confidence`: 0.8 with the members named in the phrase,
0.65 where they come from the clause's subject, 0.4 (kept, not shown) where only inferred;
0.1 less where the text reports or claims it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.mechanisms.arrangements import IN_FOCUS, Finding
from fairweather.coding.mechanisms.blocs import founded_blocs, known_blocs
from fairweather.coding.mechanisms.corridors import later_state, routes
from fairweather.coding.mechanisms.cues import cued
from fairweather.coding.mechanisms.dealings import dealings
from fairweather.coding.mechanisms.legal_cases import legal_cases
from fairweather.coding.mechanisms.mediation import bargains, mediations
from fairweather.coding.mechanisms.money import money_flows, payments
from fairweather.coding.mechanisms.passage import passages
from fairweather.records import Mechanism, Member, Stage

CODER = "rules/1"
QUOTES = 4
"""The most quotes that one statement carries of its own."""

SAID = 0.1
"""How much less sure a mechanism is that is only reported or claimed."""

FOLLOWS = 3
"""Sentences after a route within which its state may be told."""


def mechanisms(reading: Reading) -> Iterator[Mechanism]:
    """The standing arrangements that a document tells of."""
    findings: list[Finding] = []
    told_at: dict[int, int] = {}
    for sentence in reading.sentences:
        _route_states(sentence, findings, told_at)
        networks = tuple(f for f in findings if f.kind == "finance")
        named_routes = tuple(routes(reading, sentence))
        new = [
            *cued(reading, sentence),
            *known_blocs(reading, sentence),
            *founded_blocs(reading, sentence),
            *(named_routes or passages(reading, sentence)),
            *mediations(reading, sentence),
            *bargains(reading, sentence),
            *dealings(reading, sentence),
            *(payments(reading, sentence) or money_flows(reading, sentence, networks)),
        ]
        for finding in new:
            told_at[len(findings)] = sentence.number
            findings.append(finding)
    findings += legal_cases(reading)
    for group in _grouped(findings):
        yield _record(group)


def _route_states(sentence: Sentence, findings: list[Finding], told_at: dict[int, int]) -> None:
    """Takes up what a sentence says of a route told of just before."""
    for place, finding in enumerate(findings):
        if finding.kind != "corridor" or sentence.number - told_at[place] > FOLLOWS:
            continue
        state = later_state(sentence, finding)
        if state:
            links = tuple(replace(link, status=state) for link in finding.links)
            findings[place] = replace(finding, status=state, links=links)


def _grouped(findings: Sequence[Finding]) -> list[list[Finding]]:
    """Findings of one mechanism together, the best told first."""
    groups: list[list[Finding]] = []
    # The surest first, so that "the two sides' hotline" joins the one whose sides are named.
    for finding in sorted(findings, key=lambda one: -one.sure):
        group = next((g for g in groups if _is_same(g, finding)), None)
        if group is None:
            groups.append([finding])
        else:
            group.append(finding)
    return groups


def _is_same(group: Sequence[Finding], finding: Finding) -> bool:
    first = group[0]
    if first.kind != finding.kind:
        return False
    if first.key == finding.key:
        return True
    if finding.kind in ("bloc", "corridor", "legal_process"):
        return False
    known = {actor for one in group for actor, _ in one.members}
    meant = {actor for actor, _ in finding.members}
    return finding.sure <= IN_FOCUS or meant <= known or known <= meant


def _record(group: Sequence[Finding]) -> Mechanism:
    first = group[0]
    members: dict[str, str] = {}
    for finding in group:
        if finding.sure > IN_FOCUS or finding is first:
            for actor, role in finding.members:
                members.setdefault(actor, role)
    confidence = max(one.sure for one in group)
    shown = confidence - SAID if first.status in ("reported", "claimed") else confidence
    return Mechanism(
        name=max((one.name for one in group if one.sure == confidence), key=_fullness),
        kind=first.kind,
        members=tuple(Member(actor, role) for actor, role in members.items()),
        links=tuple(dict.fromkeys(link for one in group for link in one.links)),
        stages=_stages(group),
        rival_of=next((one.rival_of for one in group if one.rival_of), ""),
        status=first.status,
        quotes=tuple(dict.fromkeys(one.quote for one in group))[:QUOTES],
        confidence=round(shown, 2),
        coder=CODER,
    )


def _fullness(name: str) -> tuple[int, int]:
    return sum(word[:1].isupper() for word in name.split()), len(name)


def _stages(group: Sequence[Finding]) -> tuple[Stage, ...]:
    """Each stage of each date once, in the order told."""
    kept: dict[tuple[str, str | None], Stage] = {}
    for stage in (stage for one in group for stage in one.stages):
        key = (stage.stage, stage.date.since)
        if key in kept:
            quotes = tuple(dict.fromkeys((*kept[key].quotes, *stage.quotes)))
            stage = replace(kept[key], quotes=quotes)
        kept[key] = stage
    return tuple(kept.values())
