"""What in the tables of actors cannot all be true.

Words that two actors claim, offices that two persons hold, states that nobody governs,
codes that no table has, and times that end before they begin, unless `exemptions.toml` gives the
reason why the world is so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import combinations, pairwise

from fairweather.vocabulary.gazetteer import (
    Exemption,
    Gazetteer,
    Organisation,
    Person,
    Role,
    Span,
    State,
    first_day,
    last_day,
)

SOLE_OFFICES = frozenset(
    (
        *("president", "prime minister", "chancellor", "premier", "chairman of the presidency"),
        *("king", "monarch", "emperor", "emir", "sultan", "shah", "prince", "pope"),
        *("supreme leader", "general secretary", "first secretary"),
    )
)
"""Offices of a state that one person holds at a time."""

GOVERNING = SOLE_OFFICES | {
    *("leader", "regent", "acting president", "chief executive", "chief adviser"),
    *("state counsellor", "president of the council of ministers"),
    *("chairman of the presidential council", "chairman of the presidential leadership council"),
}
"""Offices whose holder may speak for the state."""

FIRST_YEAR = "1950"
LONGEST_VACANCY = 200
"""Days without any governing office-holder that pass for an interregnum."""


def all_contradictions(gazetteer: Gazetteer) -> Iterator[str]:
    """Every contradiction as one sentence that names file and actor."""
    yield from _unknown_actors(gazetteer)
    yield from _reversed_spans(gazetteer)
    yield from _shared_words(gazetteer)
    yield from _rival_holders(gazetteer)
    yield from _ungoverned(gazetteer)


def _unknown_actors(gazetteer: Gazetteer) -> Iterator[str]:
    for actor in gazetteer.actors.values():
        match actor:
            case State():
                named = [actor.successor] if actor.successor else []
            case Organisation():
                named = [*actor.of, *actor.based_in, *(m.actor for m in actor.members)]
            case Person():
                named = [role.of for role in actor.roles]
        for name in named:
            if name not in gazetteer.actors:
                yield f"{_place(gazetteer, actor.id)}: no table has the actor {name!r}"
    for exemption in gazetteer.exemptions:
        for name in exemption.actors:
            if name not in gazetteer.actors:
                yield f"exemptions.toml, {exemption.about!r}: no table has the actor {name!r}"


def _reversed_spans(gazetteer: Gazetteer) -> Iterator[str]:
    for actor in gazetteer.actors.values():
        match actor:
            case State():
                spans = [actor.existed]
            case Organisation():
                spans = [member.held for member in actor.members]
            case Person():
                spans = [role.held for role in actor.roles]
        for span in spans:
            if span.since and span.until and first_day(span.since) > last_day(span.until):
                place = _place(gazetteer, actor.id)
                yield f"{place}: {span.until} comes before {span.since}"


# -- words ---------------------------------------------------------------------------------


def _shared_words(gazetteer: Gazetteer) -> Iterator[str]:
    """Words of two actors; surnames are shared by nature, but not with a state's words."""
    claims: dict[str, dict[str, str]] = defaultdict(dict)
    for surface, actor, kind in gazetteer.terms():
        claims[surface][actor] = kind
    declared = {e.about: e for e in gazetteer.exemptions if e.kind == "word"}
    for surface, kinds in claims.items():
        firm = {actor for actor, kind in kinds.items() if kind != "surname"}
        clashing = {actor for pair in _clashes(gazetteer, firm) for actor in pair}
        if firm and len(kinds) > len(firm):
            clashing = set(kinds)
        exempt = declared.get(surface)
        if clashing and exempt is None:
            claimants = ", ".join(sorted(clashing))
            yield f"exemptions.toml: {surface!r} is claimed by {claimants} and not declared"
        elif exempt and not firm <= set(exempt.actors):
            yield f"exemptions.toml: {surface!r} is also claimed by {sorted(firm)}"
    for surface in declared.keys() - claims.keys():
        yield f"exemptions.toml: {surface!r} is declared and claimed by nobody"


def _clashes(gazetteer: Gazetteer, actors: set[str]) -> Iterator[tuple[str, str]]:
    """Pairs that could be meant at one time: not a state and its successor."""
    for one, other in combinations(sorted(actors), 2):
        first, second = gazetteer.actors[one], gazetteer.actors[other]
        if not (isinstance(first, State) and isinstance(second, State)) or _overlap(
            first.existed, second.existed
        ):
            yield one, other


# -- offices -------------------------------------------------------------------------------


def _rival_holders(gazetteer: Gazetteer) -> Iterator[str]:
    """Two persons in one office of a state at once, past a handover."""
    offices: dict[tuple[str, str], list[tuple[str, Role]]] = defaultdict(list)
    for person, role in _state_roles(gazetteer):
        if role.role in SOLE_OFFICES:
            offices[role.role, role.of].append((person, role))
    for (title, of), held in offices.items():
        for (one, first), (other, second) in combinations(held, 2):
            if not _overlap(first.held, second.held):
                continue
            shared = Span(max(first.since, second.since))
            if not _exempt(gazetteer, "overlap", f"{title} {of}", shared):
                times = f"{first.since}..{first.until} and {second.since}..{second.until}"
                yield f"{title} of {of}: both {one} and {other} ({times})"


def _ungoverned(gazetteer: Gazetteer) -> Iterator[str]:
    """Times since 1950 in which nobody governs a state that is listed as governed."""
    spans: dict[str, list[tuple[date, date]]] = defaultdict(list)
    for _, role in _state_roles(gazetteer):
        if role.role in GOVERNING:
            spans[role.of].append((_day(role.since, first=True), _day(role.until, first=False)))
    for of, held in spans.items():
        latest = date.fromisoformat(f"{FIRST_YEAR}-01-01")
        for (_, ended), (begun, _) in pairwise(sorted(held)):
            latest = max(latest, ended)
            vacancy = Span(latest.isoformat(), begun.isoformat())
            if (begun - latest).days > LONGEST_VACANCY and not _exempt(
                gazetteer, "gap", of, vacancy
            ):
                yield f"{of}: nobody governs from {vacancy.since} to {vacancy.until}"


def _state_roles(gazetteer: Gazetteer) -> Iterator[tuple[str, Role]]:
    for actor in gazetteer.actors.values():
        for role in actor.roles if isinstance(actor, Person) else ():
            if isinstance(gazetteer.actors.get(role.of), State):
                yield actor.id, role


def _exempt(gazetteer: Gazetteer, kind: str, about: str, span: Span) -> Exemption | None:
    """The exemption that covers the beginning of a span, or None."""
    for exemption in gazetteer.exemptions:
        same = (exemption.kind, exemption.about) == (kind, about)
        if same and exemption.span.may_include(span.since):
            return exemption
    return None


def _overlap(one: Span, other: Span) -> bool:
    """Whether two spans surely share more than the day or month of a handover."""
    since = max(last_day(span.since) if span.since else "" for span in (one, other))
    until = min(first_day(span.until) if span.until else "9999" for span in (one, other))
    return since < until


def _day(prefix: str, *, first: bool) -> date:
    if not prefix:
        return date.min if first else date.max
    if first:
        return date.fromisoformat(first_day(prefix))
    year, month, day = (int(part) for part in last_day(prefix).split("-"))
    return date(year, month, min(day, 28))


def _place(gazetteer: Gazetteer, actor_id: str) -> str:
    return f"{gazetteer.files.get(actor_id, '')}, [{actor_id}]"
