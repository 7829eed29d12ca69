"""GraphML: actors as nodes, what ties them as edges, for Gephi, networkx and their like.

Each row that relates two actors gives an edge for each pair it relates, with the row's id, so
that counting ids counts rows. Events are gathered: one edge for each source, class and target,
with how many events it stands for and their ids. Who is not named is the node `unnamed`, so
that no row is lost. Format: http://graphml.graphdrawing.org/specification.html
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from fairweather.ledger.exports.tables import Label
from fairweather.records import UNNAMED, Row
from fairweather.records.escaping import visible

NODE_KEYS = {"label": "string", "kind": "string", "wikidata": "string"}
EDGE_KEYS = {
    "type": "string",
    "record": "string",
    "label": "string",
    "state": "string",
    "viewpoint": "string",
    "from": "string",
    "to": "string",
    "confidence": "double",
    "weight": "double",
    "quotes": "string",
    "records": "string",
}
"""Attributes of edges: `weight` is how many rows an edge stands for, `quotes` where their words
stand ("document:... [12:80]"), `records` their ids."""


@dataclass(slots=True)
class Edge:
    """One edge: what it says under the names of EDGE_KEYS."""

    home: str
    dest: str
    told: dict[str, Any] = field(default_factory=dict)


def graphml(rows: Iterable[Row], label: Label) -> Iterator[str]:
    """The rows as GraphML, line by line."""
    nodes: dict[str, dict[str, str]] = {}
    edges: list[Edge] = []
    events: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["type"] == "actor":
            nodes[row["id"]] = _node(row, label)
        elif row["type"] == "event":
            key = (_last(row["source"]), row["class"], _last(row["target"]))
            events[key].append(row)
        else:
            edges += _edges(row)
    edges += [_gathered(key, gathered) for key, gathered in events.items()]
    yield from _header()
    for identity in dict.fromkeys([*nodes, *(end for e in edges for end in (e.home, e.dest))]):
        told = nodes.get(identity) or {"label": label(identity)}
        yield f"<node id={_attribute(identity)}>{_data('n', told)}</node>"
    for number, edge in enumerate(edges):
        ends = f"source={_attribute(edge.home)} target={_attribute(edge.dest)}"
        yield f'<edge id="e{number}" {ends}>{_data("e", edge.told)}</edge>'
    yield "</graph></graphml>"


def _header() -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
    for prefix, domain, keys in (("n", "node", NODE_KEYS), ("e", "edge", EDGE_KEYS)):
        for name, kind in keys.items():
            named = f'attr.name="{name}" attr.type="{kind}"'
            yield f'<key id="{prefix}_{name}" for="{domain}" {named}/>'
    yield '<graph id="fairweather" edgedefault="directed">'


def _data(prefix: str, told: dict[str, Any]) -> str:
    return "".join(
        f'<data key="{prefix}_{name}">{escape(visible(str(value), keep=""))}</data>'
        for name, value in told.items()
        if value not in ("", None)
    )


def _attribute(words: str) -> str:
    return quoteattr(visible(words, keep=""))


def _node(row: Row, label: Label) -> dict[str, str]:
    names = row["names"]
    named = names[0]["text"] if names else label(row["id"])
    return {"label": named, "kind": row["kind"], "wikidata": row["wikidata"]}


def _edges(row: Row) -> Iterator[Edge]:
    match row["type"]:
        case "tie":
            told = _told(row, row["strand"], row["polarity"])
            yield Edge(row["a"], row["b"], {**told, "viewpoint": row["viewpoint"]})
        case "support":
            yield Edge(row["giver"], row["receiver"], _told(row, row["level"], row["state"]))
        case "agreement":
            stages = [stage["stage"] for stage in row["stages"]]
            told = _told(row, row["name"], ", ".join(stages))
            yield from (Edge(a, b, told) for a, b in _pairs(row["parties"]))
        case "mechanism":
            told = _told(row, row["name"], row["status"])
            members = [member["actor"] for member in row["members"]]
            ends = [(link["from"], link["to"]) for link in row["links"]]
            yield from (Edge(a, b, told) for a, b in [*_pairs(members), *ends])
        case "claim":
            told = _told(row, row["content"], row["stance"])
            yield from (Edge(_end(row["speaker"]), b, told) for b in row["about"] or [UNNAMED])
        case "prediction":
            told = _told(row, row["statement"], row["outcome"])
            yield from (Edge(_end(row["by"]), b, told) for b in row["about"] or [UNNAMED])
        case "amount":
            told = _told(row, f"{row['value']:g} {row['unit']} {row['measures']}", row["bound"])
            yield from (Edge(a, b, told) for a, b in _pairs(row["about"]))


def _pairs(actors: list[str]) -> Iterator[tuple[str, str]]:
    """Every two of the actors; one alone with nobody named."""
    known = list(dict.fromkeys(actors))
    if len(known) > 1:
        yield from itertools.combinations(known, 2)
    else:
        yield (known[0] if known else UNNAMED), UNNAMED


def _end(actor: str) -> str:
    return actor or UNNAMED


def _last(chain: list[str]) -> str:
    return chain[-1] if chain else UNNAMED


def _told(row: Row, label: str, state: str) -> dict[str, Any]:
    date = row.get("date") or row.get("horizon") or {}
    return {
        "type": row["type"],
        "record": row["id"],
        "label": label,
        "state": state,
        "from": date.get("from"),
        "to": date.get("to"),
        "confidence": row["confidence"],
        "weight": 1.0,
        "quotes": _places(row),
    }


def _places(row: Row) -> str:
    return "; ".join(f"{q['document']} [{q['start']}:{q['end']}]" for q in row["quotes"])


def _gathered(key: tuple[str, str, str], rows: list[Row]) -> Edge:
    """The events of one source, class and target as one edge."""
    source, event_class, target = key
    begun = sorted(row["date"]["from"] for row in rows if row["date"]["from"])
    ended = sorted(row["date"]["to"] for row in rows if row["date"]["to"])
    statuses = dict.fromkeys(row["status"] for row in rows)
    return Edge(
        source,
        target,
        {
            "type": "events",
            "label": event_class,
            "state": ", ".join(statuses),
            "from": begun[0] if begun else None,
            "to": ended[-1] if ended else None,
            "confidence": max(row["confidence"] for row in rows),
            "weight": float(len(rows)),
            "quotes": "; ".join(_places(row) for row in rows),
            "records": " ".join(row["id"] for row in rows),
        },
    )
