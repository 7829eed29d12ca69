"""What a record holds inside: its quotes, and the actors that it is about."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.records import Quote, Record, Row

ACTOR_FIELDS = (
    *("source", "target", "parties", "speaker", "about", "by", "a", "b", "giver", "receiver"),
)
"""Fields by which a record is found under an actor."""


def quotes_in(record: Record) -> Iterator[Quote]:
    """Every quote of a record, those of its stages, clauses and links included."""
    yield from record.quotes
    for name in ("stages", "clauses", "links"):
        for part in getattr(record, name, ()):
            yield from part.quotes


def actors_in(row: Row) -> Iterator[str]:
    """Every actor id that a row names in a field of its own."""
    for name in ACTOR_FIELDS:
        value = row.get(name) or ()
        yield from [value] if isinstance(value, str) else value
    for member in row.get("members", ()):
        yield member["actor"]
    if row.get("type") == "actor":
        yield row["id"]


def actors_named(record: Record) -> Iterator[str]:
    """Every actor id that a record names in a field of its own: those of its row."""
    for name in ACTOR_FIELDS:
        value = getattr(record, name, ())
        yield from [value] if isinstance(value, str) and value else value
    for member in getattr(record, "members", ()):
        yield member.actor
    if record.type == "actor":
        yield record.id
