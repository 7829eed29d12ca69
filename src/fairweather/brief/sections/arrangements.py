"""Standing arrangements: channels, blocs, corridors and the like that the two work through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fairweather.brief.evidence import Evidence, by_whom
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import titled
from fairweather.brief.wording import label, listing, name, number, phrase, sentence, when_so
from fairweather.records import Mechanism
from fairweather.vocabulary import vocabulary

MOST_MEMBERS = 4
"""Members named beside the pair itself."""

JOINED = frozenset({"bloc", "triangle", "corridor", "consultation", "deconfliction", "mediation"})
"""Kinds that one takes part in; the others tie those whom they join."""

GENERIC = frozenset({"", "party", "member", "participant"})
"""Parts that go without saying."""

PLAIN = frozenset({"", "factual"})
"""Statuses that go without saying."""


def arrangements_section(evidence: Evidence) -> Section:
    """One sentence each, those that hold both sides first."""
    ordered = sorted(evidence.profile.mechanisms, key=lambda one: _distance(one, evidence.pair))
    a, _ = evidence.pair
    return Section(
        key="arrangements",
        title="Arrangements",
        lines=tuple(_told(one, evidence) for one in ordered),
        find=f"fairweather find mechanisms --actor {a}",
    )


def with_article(title: str) -> str:
    """ "the Shanghai Cooperation Organisation", but "BRICS"."""
    return title if title.isupper() and " " not in title else f"the {title}"


def _distance(one: Mechanism, pair: tuple[str, str]) -> tuple[bool, int]:
    """Both sides in it, then few members: a bloc of ten says little of two."""
    members = {member.actor for member in one.members}
    return not set(pair) <= members, len(members)


def _told(one: Mechanism, evidence: Evidence) -> Line:
    """ "Both take part in the North-South route (corridor), with India (participant): open"."""
    members = {member.actor for member in one.members}
    inside = [name(side) for side in evidence.pair if side in members]
    kind = phrase("mechanism_kinds", one.kind)
    joined = _members(one, evidence.pair)
    rival = f"; it rivals the {titled(one.rival_of)}" if one.rival_of else ""
    who = "both take part" if len(inside) > 1 else f"{(inside or ['others'])[0]} takes part"
    title = titled(one.name)
    if one.kind not in JOINED:
        who = f"{kind} ties {listing(inside) or 'others'}: the {title}"
        return Line(
            sentence(f"{who}{f', {joined}' if joined else ''}{_links(one)}{_standing(one)}{rival}"),
            (one.id,),
            passages=one.quotes[:1],
        )
    told = "" if one.kind.split("_")[0] in title.lower() else f" ({kind})"
    text = (
        f"{who}{_as_role(one, evidence.pair)} in {with_article(title)}{told}"
        f"{f', {joined}' if joined else ''}{_links(one)}"
        f"{_standing(one)}{rival}{by_whom(one.quotes[:1], evidence)}"
    )
    return Line(sentence(text), (one.id,), passages=one.quotes[:1])


def _members(one: Mechanism, pair: tuple[str, str]) -> str:
    """The members by name, the pair first; roles where they differ."""
    members = {member.actor: member.role for member in one.members}
    if all(label(actor) in one.name for actor in members):
        return ""
    others = [actor for actor in members if actor not in pair]
    if len({*members.values()} - {""}) > 1 and len(others) <= MOST_MEMBERS:
        apart = [] if _role_of_both(members, pair) else [one for one in pair if one in members]
        named = [(actor, members[actor]) for actor in (*apart, *others)]
        return f"with {_by_role(named)}" if named else ""
    kept = others[:MOST_MEMBERS]
    more = [f"{number(len(others) - len(kept))} more"] if len(others) > len(kept) else []
    return f"with {listing([*map(name, kept), *more])}" if kept else ""


def _role_of_both(members: Mapping[str, str], pair: tuple[str, str]) -> str:
    """The part that both sides play alike; empty where they play none or different ones."""
    roles = {members.get(side, "") for side in pair}
    role = roles.pop() if len(roles) == 1 else ""
    return "" if role in GENERIC else role


def _as_role(one: Mechanism, pair: tuple[str, str]) -> str:
    """ " as promoters"."""
    role = _role_of_both({member.actor: member.role for member in one.members}, pair)
    return f" as {role}s" if role and not role.endswith("s") else ""


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
    return f"; {listing(told)}" if told else ""


def _stage_words(stage: str) -> str:
    if stage in vocabulary("stages"):
        return phrase("stages", stage)
    return stage.replace("_", " ")


def _status_words(status: str) -> str:
    """ "this is reported" for a status of events; else "said to be open"."""
    words = phrase("statuses", status).strip(": ") if status in vocabulary("statuses") else ""
    return f"this is {words}" if words else f"said to be {status.replace('_', ' ')}"
