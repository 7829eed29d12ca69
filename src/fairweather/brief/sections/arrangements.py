"""Standing arrangements: channels, blocs, corridors and the like that the two work through."""

from __future__ import annotations

from collections.abc import Iterable

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import titled
from fairweather.brief.wording import label, listing, name, number, phrase, sentence, when_so
from fairweather.records import Mechanism
from fairweather.vocabulary import vocabulary

MOST_MEMBERS = 4
"""Members named beside the pair itself."""

PLAIN = frozenset({"", "factual"})
"""Statuses that go without saying."""


def arrangements_section(evidence: Evidence) -> Section:
    """One sentence each, those that hold both sides first."""
    ordered = sorted(evidence.profile.mechanisms, key=lambda one: _distance(one, evidence.pair))
    a, _ = evidence.pair
    return Section(
        key="arrangements",
        title="Standing arrangements",
        lines=tuple(_told(one, evidence) for one in ordered),
        find=f"fairweather find mechanisms --actor {a}",
    )


def _distance(one: Mechanism, pair: tuple[str, str]) -> tuple[bool, int]:
    """Both sides in it, then few members: a bloc of ten says little of two."""
    members = {member.actor for member in one.members}
    return not set(pair) <= members, len(members)


def _told(one: Mechanism, evidence: Evidence) -> Line:
    """ "Corridor: the North-South route (Russia and Iran, promoters; India), open"."""
    kind = vocabulary("mechanism_kinds")[one.kind].label
    joined = _members(one, evidence.pair)
    rival = f"; a rival of {titled(one.rival_of)}" if one.rival_of else ""
    text = (
        f"{titled(one.name)}{f', {joined}' if joined else ''}{_links(one)}{_standing(one)}{rival}"
    )
    return Line(sentence(text), (one.id,), passages=one.quotes[:1], lead=kind)


def _members(one: Mechanism, pair: tuple[str, str]) -> str:
    """The members by name, the pair first; roles where they differ."""
    members = {member.actor: member.role for member in one.members}
    if all(label(actor) in one.name for actor in members):
        return ""
    ordered = sorted(members, key=lambda actor: actor not in pair)
    kept = ordered[: MOST_MEMBERS + 2]
    rest = len(ordered) - len(kept)
    if len({*members.values()} - {""}) < 2 or rest:
        more = [f"{number(rest)} more"] if rest else []
        return f"with {listing([*map(name, kept), *more])}" if kept else ""
    return _by_role((actor, members[actor]) for actor in kept)


def _by_role(members: Iterable[tuple[str, str]]) -> str:
    """ "Russia (user) and Syria (host)"."""
    return listing(f"{name(actor)} ({role})" if role else name(actor) for actor, role in members)


def _links(one: Mechanism) -> str:
    """Where it leads, where that is told."""
    ways = [f"from {name(link.home)} to {name(link.dest)}" for link in one.links[:2]]
    return f", {listing(ways)}" if ways else ""


def _standing(one: Mechanism) -> str:
    """The last stage of a case, and a status that is no plain fact."""
    stages = [stage for stage in one.stages if stage.date.known] or list(one.stages)
    told = (
        [f"{_stage_words(stages[-1].stage)} {when_so(stages[-1].date)}".strip()] if stages else []
    )
    if one.status not in PLAIN:
        told.append(_status_words(one.status))
    return f": {listing(told)}" if told else ""


def _stage_words(stage: str) -> str:
    if stage in vocabulary("stages"):
        return phrase("stages", stage)
    return stage.replace("_", " ")


def _status_words(status: str) -> str:
    """ "reported" for a status of events; else the word that the record has."""
    words = phrase("statuses", status).strip(": ") if status in vocabulary("statuses") else ""
    return words or status.replace("_", " ")
