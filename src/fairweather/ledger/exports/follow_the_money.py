"""FollowTheMoney entities, one JSON object a line, for Aleph, yente and their like.

Written directly after the model's schemata (https://followthemoney.tech): each has an id,
a schema and properties, every one of them a list of texts. Actors are PublicBody, Organization,
Company, Person or LegalEntity; documents Articles; agreements and mechanisms Projects with
a ProjectParticipant for each member; events, claims, predictions and amounts Events; what one
does to another, or is to it, an UnknownLink; a sum that somebody gives a Payment. `proof`
leads from each to the articles it was read from, and `recordId` to the ledger's row.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from fairweather.ledger.exports.tables import Label
from fairweather.records import AUTHOR, UNNAMED, Row, fingerprint
from fairweather.records.escaping import visible
from fairweather.vocabulary import vocabulary

SCHEMATA = {
    "state": "PublicBody",
    "organisation": "Organization",
    "armed_group": "Organization",
    "bloc": "Organization",
    "company": "Company",
    "person": "Person",
    "people": "LegalEntity",
}
"""Kind of actor -> schema."""

LANGUAGES = {"en": "eng", "ru": "rus", "fr": "fra", "de": "deu", "es": "spa", "ar": "ara",
             "fa": "fas", "zh": "zho", "uk": "ukr", "tr": "tur", "pt": "por"}  # fmt: skip
"""ISO 639-1 to 639-3, which the model uses; another language is left out."""

Entity = dict[str, Any]
Properties = dict[str, list[str]]


def follow_the_money(rows: Iterable[Row], label: Label) -> Iterator[str]:
    """The rows as entities, one JSON object a line, each id once."""
    written: set[str] = set()
    known = list(rows)
    support = [row for row in known if row["type"] == "support"]
    for row in known:
        for entity in _entities(row, label, support):
            if entity["id"] not in written:
                written.add(entity["id"])
                yield json.dumps(entity, ensure_ascii=False, separators=(",", ":"))
    for actor in sorted(_mentioned(known) - written):
        yield json.dumps(_entity(actor, "LegalEntity", {"name": [label(actor)]}))


def _entities(row: Row, label: Label, support: list[Row]) -> Iterator[Entity]:
    match row["type"]:
        case "document":
            yield _article(row)
        case "actor":
            yield from _actor(row)
        case "agreement" | "mechanism":
            yield from _standing(row)
        case "amount":
            yield _amount(row, support)
        case _:
            yield from _told(row, label)


def _standing(row: Row) -> Iterator[Entity]:
    """An agreement or a mechanism with its members and links."""
    members = row.get("members") or [{"actor": party} for party in row.get("parties", ())]
    yield from _project(row, members, _life(row["stages"]))
    for link in row.get("links", ()):
        yield _link(row, link["from"], link["to"], "link", link["status"], link["date"])


def _told(row: Row, label: Label) -> Iterator[Entity]:
    """What one does to another, says of it, or is to it."""
    match row["type"]:
        case "event":
            yield from _event(row, label)
        case "claim":
            yield from _said(row, row["speaker"], row["content"], row["stance"], label)
        case "prediction":
            yield from _said(row, row["by"], row["statement"], row["outcome"], label)
        case "tie":
            strand = vocabulary("strands")[row["strand"]].label
            seen = f"{row['polarity']} as seen by {row['viewpoint']}"
            yield _link(row, row["a"], row["b"], strand, seen, row["date"])
        case "support":
            rung = vocabulary("rungs")[row["level"]].label
            yield _link(row, row["giver"], row["receiver"], rung, row["state"], row["date"])


def _entity(identity: str, schema: str, properties: dict[str, list[Any]]) -> Entity:
    told = {
        name: [visible(str(value)) for value in dict.fromkeys(values) if value not in ("", None)]
        for name, values in properties.items()
    }
    kept = {name: values for name, values in told.items() if values}
    caption = next(
        (kept[name][0] for name in ("name", "title", "role", "purpose") if name in kept), ""
    )
    return {"id": identity, "schema": schema, "caption": caption or identity, "properties": kept}


def _article(row: Row) -> Entity:
    published = row["published"]
    exact = published["from"] if published["from"] == published["to"] else published["to"]
    return _entity(
        row["id"],
        "Article",
        {
            "title": [row["title"]],
            "author": [row["author"]],
            "publisher": [row["publisher"]],
            "publishedAt": [exact],
            "sourceUrl": [row["url"]],
            "language": [LANGUAGES.get(row["language"], "")],
            "keywords": [row["genre"]],
            "retrievedAt": [(row["recorded"] or "")[:10]],
        },
    )


def _actor(row: Row) -> Iterator[Entity]:
    names = [name["text"] for name in row["names"]] or [row["id"]]
    schema = SCHEMATA.get(row["kind"], "LegalEntity")
    told = {"name": names[:1], "alias": names[1:], "wikidataId": [row["wikidata"]]}
    yield _entity(row["id"], schema, told)
    for number, role in enumerate(row["roles"]):
        yield _entity(
            _part(row, "role", str(number)),
            "Employment",
            {
                "employee": [row["id"]],
                "employer": [role["of"]],
                "role": [role["role"]],
                "startDate": [role["from"]],
                "endDate": [role["to"]],
                "recordId": [row["id"]],
            },
        )


def _event(row: Row, label: Label) -> Iterator[Entity]:
    sides = [" and ".join(map(label, chain[-1:])) for chain in (row["source"], row["target"])]
    verb = vocabulary("event_classes")[row["class"]].label
    involved = [*row["source"], *row["target"]]
    name = " - ".join(part for part in (sides[0], verb, sides[1]) if part)
    yield _happening(row, name, involved, row["date"], row["status"])
    if row["source"] and row["target"]:
        ends = row["source"][-1], row["target"][-1]
        yield _link(row, *ends, verb, row["status"], row["date"])


def _happening(
    row: Row, name: str, involved: list[str], date: dict[str, Any], status: str
) -> Entity:
    told = {
        "name": [name],
        "involved": [actor for actor in involved if actor not in ("", AUTHOR, UNNAMED)],
        "location": [row.get("place", "")],
        "notes": [f"{row['type']}, {status}"],
        "recordId": [row["id"]],
        **_dates(date),
        **_proof(row),
    }
    return _entity(row["id"], "Event", told)


def _said(row: Row, speaker: str, content: str, manner: str, label: Label) -> Iterator[Entity]:
    """A claim or a prediction: an event of its speaker, linked to whom it is about."""
    name = f"{label(speaker) if speaker else 'Somebody'}: {content}"
    yield _happening(row, name, [speaker, *row["about"]], row.get("horizon") or {}, manner)
    if speaker not in ("", AUTHOR, UNNAMED):
        for actor in row["about"]:
            yield _link(row, speaker, actor, row["type"], manner, {})


def _project(row: Row, members: list[dict[str, Any]], life: list[str]) -> Iterator[Entity]:
    clauses = [f"{c['obligation']}: {c['state']}" for c in row.get("clauses", ())]
    told = {
        "name": [row["name"]],
        "description": [*life, *clauses],
        "keywords": [row["kind"]],
        "recordId": [row["id"]],
        **_proof(row),
    }
    yield _entity(row["id"], "Project", told)
    for member in members:
        yield _entity(
            _part(row, "participant", member["actor"]),
            "ProjectParticipant",
            {
                "project": [row["id"]],
                "participant": [member["actor"]],
                "role": [member.get("role") or "party"],
                "startDate": [member.get("from", "")],
                "endDate": [member.get("to", "")],
                "recordId": [row["id"]],
                **_proof(row),
            },
        )


def _life(stages: list[dict[str, Any]]) -> list[str]:
    return [
        " ".join(part for part in (one["stage"], one["date"]["from"] or "") if part)
        for one in stages
    ]


def _link(
    row: Row, subject: str, object_: str, role: str, status: str, date: dict[str, Any]
) -> Entity:
    told = {
        "subject": [subject],
        "object": [object_],
        "role": [role],
        "status": [status],
        "recordId": [row["id"]],
        **_dates(date),
        **_proof(row),
    }
    return _entity(_part(row, "link", f"{subject} {object_} {role}"), "UnknownLink", told)


def _amount(row: Row, support: list[Row]) -> Entity:
    """A sum: a payment where the same words tell who gives it to whom, else an event."""
    gift = next((one for one in support if _overlap(row, one)), None)
    is_money = len(row["unit"]) == 3 and row["unit"].isupper()
    if gift is None or not is_money:
        name = f"{row['bound']} {row['value']:,.10g} {row['unit']} {row['measures']}"
        return _happening(row, name, row["about"], row["date"], row["bound"])
    told = {
        "payer": [gift["giver"]],
        "beneficiary": [gift["receiver"]],
        "amount": [f"{row['value']:.10g}"],
        "currency": [row["unit"]],
        "purpose": [row["measures"]],
        "recordId": [row["id"]],
        **_dates(row["date"]),
        **_proof(row),
    }
    return _entity(row["id"], "Payment", told)


def _overlap(one: Row, other: Row) -> bool:
    return any(
        a["document"] == b["document"] and a["start"] < b["end"] and b["start"] < a["end"]
        for a in one["quotes"]
        for b in other["quotes"]
    )


def _dates(date: dict[str, Any]) -> dict[str, list[str]]:
    since, until = date.get("from"), date.get("to")
    if since and since == until:
        return {"date": [since]}
    return {"startDate": [since or ""], "endDate": [until or ""]}


def _proof(row: Row) -> dict[str, list[str]]:
    """The articles behind a row, and the words in them."""
    return {
        "proof": [quote["document"] for quote in row["quotes"]],
        "summary": [quote["text"] for quote in row["quotes"]],
        "modifiedAt": [(row["recorded"] or "")[:10]],
    }


def _part(row: Row, what: str, which: str) -> str:
    return f"{row['id']}:{what}:{fingerprint(which)[:8]}"


def _mentioned(rows: list[Row]) -> set[str]:
    """Every actor that an entity points at, those without a row of their own included."""
    found: set[str] = set()
    for row in rows:
        for name in ("source", "target", "parties", "about"):
            found.update(row.get(name, ()))
        found.update(row.get(n, "") for n in ("a", "b", "giver", "receiver", "speaker", "by"))
        found.update(member["actor"] for member in row.get("members", ()))
        found.update(role["of"] for role in row.get("roles", ()))
        found.update(end for link in row.get("links", ()) for end in (link["from"], link["to"]))
    return found - {"", AUTHOR, UNNAMED}
