"""Drafts a mechanism file from a record: what was written is filled in, the rest is assumed.

A draft is a file for a person to finish. Every number that no record gives stands as a wide
range marked "assumed", so that `play` counts it among the inputs without a source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from fairweather.errors import ScenarioError
from fairweather.records import Link, Mechanism, Stage, slug
from fairweather.vocabulary import vocabulary

UNIT = '{dist = "uniform", low = 0.0, high = 1.0, source = "assumed: not on record"}'
PLACE = '{dist = "uniform", low = 0.0, high = 100.0, source = "assumed: not on record"}'
SORTIES = '{dist = "uniform", low = 1.0, high = 50.0, source = "assumed: not on record"}'
MISFIRE = '{dist = "uniform", low = 0.0, high = 0.02, source = "assumed: not on record"}'
RATE = '{dist = "uniform", low = 0.05, high = 1.0, source = "assumed: not on record"}'

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def draft_mechanism(record: Mechanism, as_of: str) -> str:
    """The TOML of a mechanism on record, as of a prefix date.

    Raises ScenarioError when its kind has no model, or too little of it is on record.
    """
    drafter = DRAFTERS.get(record.kind)
    if drafter is None:
        raise ScenarioError(
            f"{record.id}: no model of {record.kind!r}; there are {', '.join(DRAFTERS)}"
        )
    lines = [
        f"# Drafted from {record.id}; check every value that is marked assumed.",
        "",
        f"mechanism = {_text(record.kind)}",
        f"name = {_text(record.name)}",
        f"as_of = {_text(as_of)}",
        *drafter(record),
    ]
    return "\n".join(lines) + "\n"


def _deconfliction(record: Mechanism) -> Iterator[str]:
    for actor in _members(record, 2)[:2]:
        yield from ("", f"[operations.{_key(actor)}]", f"sorties = {SORTIES}")
        yield from (f"{name} = {UNIT}" for name in ("exposure", "loss", "freedom"))
        yield from (f"{name} = {UNIT}" for name in ("forgone", "leak"))
    yield from ("", "[channel]", f"notice = {UNIT}", f"heeded = {UNIT}", f"misfire = {MISFIRE}")


def _bloc(record: Mechanism) -> Iterator[str]:
    actors = _members(record, 2)
    for member in record.members:
        if member.actor not in actors:
            continue
        actors.remove(member.actor)
        yield from ("", f"[members.{_key(member.actor)}]")
        if member.since:
            yield f"since = {_text(member.since)}"
        if member.until:
            yield f"until = {_text(member.until)}"
        yield f"source = {_text(record.id)}"


def _corridor(record: Mechanism) -> Iterator[str]:
    links = _links(record)
    yield f"origin = {_text(links[0].home)}"
    yield f"destination = {_text(links[-1].dest)}"
    yield 'unit = "loads"'
    for at, link in enumerate(links):
        name = f"{slug(link.home)}-{slug(link.dest)}-{at + 1}"
        yield from ("", f"[links.{name}]", f"from = {_text(link.home)}", f"to = {_text(link.dest)}")
        yield from (f"capacity = {UNIT}", "hazard = 0.0", "recovery = 6")
        if link.status and link.date.since:
            state = {"closed": "closed", "restricted": "restricted"}.get(link.status, "open")
            yield from ("", f"[[links.{name}.status]]", f"on = {_text(link.date.since)}")
            yield from (f"state = {_text(state)}", f"source = {_text(record.id)}")


def _finance(record: Mechanism) -> Iterator[str]:
    links = _links(record)
    payers = {link.home for link in links}
    payees = {link.dest for link in links}
    sources = sorted(payers - payees) or [links[0].home]
    destinations = sorted(payees - payers) or [links[-1].dest]
    yield f"trace = {{sources = {_texts(sources)}, destinations = {_texts(destinations)}}}"
    for link in links:
        yield from ("", "[[flows]]", f"from = {_text(link.home)}", f"to = {_text(link.dest)}")
        amount, currency = _sum(link.amount, record.id)
        yield from (f"amount = {amount}", f"currency = {_text(currency)}")
        if link.date.since:
            yield f"since = {_text(link.date.since)}"


def _mediation(record: Mechanism) -> Iterator[str]:
    mediators = [m.actor for m in record.members if "mediat" in m.role]
    parties = [actor for actor in _members(record, 2) if actor not in mediators]
    if len(parties) < 2:
        raise ScenarioError(f"{record.id}: fewer than two parties are on record")
    yield from ("", "[issues.settlement]", 'low = "no deal"', 'high = "a full deal"')
    yield "status_quo = 0"
    for actor in parties:
        yield from ("", f"[parties.{_key(actor)}]", f"capability = {UNIT}")
        yield from (f"positions = {{settlement = {PLACE}}}", f"salience = {{settlement = {UNIT}}}")
    for actor in mediators:
        pressed = ", ".join(f"{_key(party)} = {UNIT}" for party in parties)
        yield from ("", f"[mediators.{_key(actor)}]", f"presses = {{{pressed}}}")
    for name, place in (("interim", 50), ("full", 100)):
        yield from ("", f"[deals.{name}]", f"terms = {{settlement = {place}}}")
        yield f"credibility = {UNIT}"


def _legal_process(record: Mechanism) -> Iterator[str]:
    roles = {member.role: member.actor for member in record.members}
    accuser = next((roles[role] for role in roles if role.startswith("accuser")), "not on record")
    accused = next((roles[role] for role in roles if role.startswith("accused")), "not on record")
    yield f"accuser = {_text(accuser)}"
    yield f"accused = {_text(accused)}"
    yield from ("", "[[statements]]", f"speaker = {_text(accuser)}", 'stance = "accuse"')
    yield from (f"content = {_text(record.name)}", f"source = {_text(record.id)}")
    stages = [one for one in record.stages if one.stage in vocabulary("legal_stages")]
    for one in stages:
        if one.date.since:
            yield from ("", "[[stages]]", f"stage = {_text(one.stage)}")
            yield from (f"on = {_text(one.date.since)}", f"source = {_text(record.id)}")
    now = _latest(stages)
    yield from ("", f"[steps.{now}]")
    yield from (f"{stage} = {RATE}" for stage in _following(now))


def _latest(stages: list[Stage]) -> str:
    return max(stages, key=lambda one: _order(one.stage)).stage if stages else "accused"


def _following(stage: str) -> list[str]:
    """The stages that come next in order, endings included."""
    later = [key for key in vocabulary("legal_stages") if _order(key) > _order(stage)]
    return sorted(later, key=_order)[:2]


def _order(stage: str) -> int:
    return int(vocabulary("legal_stages")[stage].extra["order"])


Drafter = Callable[[Mechanism], Iterator[str]]

DRAFTERS: Mapping[str, Drafter] = MappingProxyType(
    {
        "deconfliction": _deconfliction,
        "corridor": _corridor,
        "bloc": _bloc,
        "triangle": _bloc,
        "mediation": _mediation,
        "bargain": _mediation,
        "finance": _finance,
        "sanctions_evasion": _finance,
        "legal_process": _legal_process,
    }
)
"""The kinds that can be drafted, each with what writes its part of the file."""


def _members(record: Mechanism, fewest: int) -> list[str]:
    actors = list(dict.fromkeys(member.actor for member in record.members))
    if len(actors) < fewest:
        raise ScenarioError(f"{record.id}: fewer than {fewest} members are on record")
    return actors


def _links(record: Mechanism) -> tuple[Link, ...]:
    if not record.links:
        raise ScenarioError(f"{record.id}: no link is on record, so there is no network to draft")
    return record.links


def _sum(amount: str, source: str) -> tuple[str, str]:
    """A sum on record as a number with its source and its currency, else an assumed one."""
    found = _NUMBER.search(amount)
    currency = re.search(r"\b[A-Z]{3}\b", amount)
    if not found:
        assumed = '{dist = "uniform", low = 0.0, high = 1e9, source = "assumed: not on record"}'
        return assumed, currency.group() if currency else "USD"
    value = float(found.group().replace(",", ""))
    told = f"{{value = {value!r}, source = {_text(source)}}}"
    return told, currency.group() if currency else "unknown"


def _key(actor: str) -> str:
    return actor if re.fullmatch(r"[A-Za-z0-9_-]+", actor) else slug(actor)


def _text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _texts(texts: list[str]) -> str:
    return f"[{', '.join(_text(text) for text in texts)}]"
