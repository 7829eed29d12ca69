"""A correction: the record as a person says it should read, from FIELD=VALUE words.

Fields are called as in the interchange contract (`class`, not `event_class`). A value is
written as a person would: an actor by name or code, several with commas between; a date as
a prefix date or two with ".." between; a list of parts (stages, clauses) as JSON, the actors
and dates in it as anywhere else. What comes out is a new record, checked by the record types
and the vocabularies.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from fairweather.coding.events.lexicon import intensity_of
from fairweather.errors import FairweatherError, MisuseError, UnknownKey
from fairweather.ledger import PERSON
from fairweather.ledger.matches import NAMING_FIELDS
from fairweather.records import (
    AUTHOR,
    UNNAMED,
    Document,
    Event,
    Quote,
    Record,
    Row,
    between,
    from_row,
    to_row,
)
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.loader import suggest

FIXED = frozenset(
    (
        *("type", "id", "quotes", "confidence", "coder", "recorded"),
        *("merged", "contested_by", "disputes", "resolved_by"),
    )
)
"""Fields that no correction sets: identity, judgement, and what decisions join."""

QUOTE = "quote"
"""Stands for the first quote: other words of the same document."""

DATES = frozenset({"date", "horizon"})
PARTS = frozenset({"stages", "clauses", "members", "links"})
SEVERAL = frozenset({"by", "against"})
"""Fields of parts that name any number of actors."""

ENDS = frozenset({"from", "to"})
"""Fields of a link that name the actors at its ends."""

NUMBERS = frozenset({"value", "term_years", "intensity"})
NOTHING = ("", "none", "unknown")
BASIS = "review"
"""The basis of a date that a person gave."""

FURTHER_WORDS = {
    ("mechanism", "kind"): "mechanism_kinds",
    ("mechanism", "status"): "statuses",
}
"""Fields whose vocabulary the record type leaves to its coders."""

Named = Callable[[str], str]
"""From what a person types to an actor's id; raises UnknownActor."""


def parse_changes(words: Sequence[str]) -> dict[str, str]:
    """FIELD=VALUE words as a mapping. Raises MisuseError on a word without "="."""
    changes = {}
    for word in words:
        field, equals, value = word.partition("=")
        if not equals or not field.strip():
            raise MisuseError(f"{word!r} is no correction; write FIELD=VALUE, such as class=AID")
        changes[field.strip()] = value.strip()
    if not changes:
        raise MisuseError("nothing to correct; write FIELD=VALUE, such as class=AID")
    return changes


def corrected(
    record: Record, document: Document, changes: Mapping[str, str], by: str, actor: Named
) -> Record:
    """The record with the changes, coded by the person.

    Raises UnknownKey for a field that the record has not, MisuseError for a value that the
    contract or a vocabulary refuses, each with the nearest word; the record itself is never
    changed.
    """
    row = to_row(record)
    for field, value in changes.items():
        _check_field(row, field)
        if field == QUOTE:
            row["quotes"] = [_row_of(_moved(record, document, value)), *row["quotes"][1:]]
        else:
            row[field] = _value(row, field, value, actor)
    if row["type"] == "event" and "class" in changes and "cameo" not in changes:
        row["cameo"] = ""
    row |= {"id": "", "coder": by, "confidence": 1.0, "recorded": None}
    try:
        made = from_row(row, f"the corrected {record.type}")
    except FairweatherError as error:
        raise MisuseError(str(error)) from error
    if isinstance(made, Event) and "class" in changes and "intensity" not in changes:
        return replace(made, id="", intensity=intensity_of(made.event_class))
    return made


def _check_field(row: Row, field: str) -> None:
    if field == QUOTE or (field in row and field not in FIXED):
        return
    if field in FIXED:
        hint = "; write quote=TEXT with words of the same document" if field == "quotes" else ""
        raise UnknownKey(f'"{field}" cannot be corrected{hint}')
    may = [*(name for name in row if name not in FIXED), QUOTE]
    near = suggest(field, may)
    hint = f'; did you mean "{near}"?' if near else f"; there are {', '.join(may)}"
    raise UnknownKey(f'no field "{field}" in a {row["type"]}{hint}')


def _value(row: Row, field: str, value: str, actor: Named) -> Any:
    """The value as it stands in a row."""
    if field in NAMING_FIELDS:
        return _actors(row[field], value, actor)
    if field in DATES:
        return _date(field, value)
    if field in NUMBERS:
        return None if value in NOTHING else _number(field, value)
    if field == "probability":
        return _probability(value)
    if field in PARTS:
        return _parts(row, field, value, actor)
    words = FURTHER_WORDS.get((row["type"], field))
    if words and value:
        try:
            return vocabulary(words).check(value, where=f"{row['type']}.{field}")
        except FairweatherError as error:
            raise MisuseError(str(error)) from error
    if row["type"] == "event" and field == "class":
        return value.upper()
    return value


def _actors(before: object, value: str, actor: Named) -> str | list[str]:
    ids = [
        name if name in (AUTHOR, UNNAMED) else actor(name)
        for name in (part.strip() for part in value.split(","))
        if name
    ]
    if isinstance(before, list):
        return ids
    if len(ids) != 1:
        raise MisuseError(f"one actor is wanted here, not {value!r}")
    return ids[0]


def _date(field: str, value: str) -> Row:
    """A date row of "2025-01", "2024..2025-03", "2024..", "..2025" or "unknown"."""
    since, dots, until = value.partition("..")
    ends = (None, None) if value in NOTHING else (since, until if dots else since)
    try:
        when = between(ends[0] or None, ends[1] or None, BASIS if any(ends) else "")
    except (FairweatherError, KeyError) as error:
        raise MisuseError(
            f"{field}={value}: write a date as 2025, 2025-01 or 2025-01-17, two of them as"
            " 2024..2025-03, or unknown"
        ) from error
    return {"from": when.since, "to": when.until, "precision": when.precision, "basis": when.basis}


def _number(field: str, value: str) -> float:
    try:
        number = float(value.replace(",", ""))
    except ValueError as error:
        raise MisuseError(f"{field}={value}: a number is wanted") from error
    if not math.isfinite(number):
        raise MisuseError(f"{field}={value}: a number that has an end is wanted")
    return number


def _probability(value: str) -> dict[str, float] | None:
    """An interval of "0.2..0.4" or "0.3"; None of "none"."""
    if value in NOTHING:
        return None
    low, dots, high = value.partition("..")
    return {
        "low": _number("probability", low),
        "high": _number("probability", high if dots else low),
    }


def _parts(row: Row, field: str, value: str, actor: Named) -> list[Row]:
    """Parts as JSON; those that quote nothing stand on the record's own first quote."""
    try:
        parts = json.loads(value)
    except json.JSONDecodeError as error:
        raise MisuseError(f"{field}: not JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        raise MisuseError(f"{field}: a JSON list of objects is wanted")
    read = [{key: _in_part(field, key, part[key], actor) for key in part} for part in parts]
    if field == "members":
        return read
    return [{"quotes": row["quotes"][:1], **part} for part in read]


def _in_part(field: str, key: str, value: Any, actor: Named) -> Any:
    """A value within a part: names and dates as a person writes them, all else as it is."""
    if key in NAMING_FIELDS or (field == "links" and key in ENDS):
        return _actors_in_part(key, value, actor)
    if key in DATES and isinstance(value, str):
        return _date(key, value)
    return value


def _actors_in_part(key: str, value: Any, actor: Named) -> Any:
    if value == "" and key not in SEVERAL:
        return value
    if isinstance(value, str):
        return _actors([] if key in SEVERAL else "", value, actor)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return [one for name in value for one in _actors([], name, actor)]
    return value


def _moved(record: Record, document: Document, words: str) -> Quote:
    """The quote of other words of the document, the nearest to where the old one stood."""
    text, start = document.text, record.quotes[0].start
    places = [at for at in range(len(text)) if words and text.startswith(words, at)]
    if not places:
        raise MisuseError(f"not verbatim in {document.id}: {words!r}; copy the words as they stand")
    nearest = min(places, key=lambda at: abs(at - start))
    return document.quote(nearest, nearest + len(words))


def _row_of(quote: Quote) -> Row:
    return {
        "document": quote.document,
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
    }


def person(name: str) -> str:
    """A person's name as it is stored: "person/anna". Raises MisuseError on an empty one."""
    kept = " ".join(name.split())
    if not kept:
        raise MisuseError("whose decision is it? give a name with --by")
    return kept if kept.startswith(PERSON) else PERSON + kept
