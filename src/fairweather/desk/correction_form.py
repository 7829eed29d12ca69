"""The form of a correction: what may be said of a record, and how it is said now.

Each field knows what it takes (a word of a vocabulary, actors, a date) and holds its value
as `review correct` takes it, so that what a person changes in the form is checked and stored
by the same steps as FIELD=VALUE words are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fairweather.desk.correction import (
    DATES,
    ENDS,
    FIXED,
    FURTHER_WORDS,
    NUMBERS,
    PARTS,
    SEVERAL,
)
from fairweather.ledger.matches import NAMING_FIELDS
from fairweather.records import RECORD_TYPES, Record, Row, to_row
from fairweather.records.contract import WRITTEN_AS
from fairweather.vocabulary import vocabulary

WORD, ACTOR, ACTORS, DATE, PARTS_KIND = "word", "actor", "actors", "date", "parts"
NUMBER, CHANCE, TEXT, PREFIX, ID = "number", "probability", "text", "prefix date", "id"

OR_NOTHING = frozenset({("mechanism", "status"), ("links", "status")})
"""Fields whose word may be left out."""

PART_WORDS = {
    ("stages", "stage"): ("stages",),
    ("clauses", "obligation"): ("obligations",),
    ("clauses", "state"): ("clause_states",),
    ("links", "status"): ("statuses",),
}
LEGAL_STAGES = ("mechanism", "stages")
"""A mechanism may be a legal process, whose stages have words of their own."""

PART_COLUMNS = {
    "stages": ("stage", "by", "date"),
    "clauses": ("obligation", "state", "by", "against", "condition"),
    "members": ("actor", "role", "from", "to"),
    "links": ("from", "to", "status", "amount", "date"),
}
"""What is asked of each part, in order; quotes stay where they are."""

IDS = frozenset({"supersedes", "rival_of", "equivalent_of", "amount"})
"""Fields that hold the id of another record."""

HINTS = {
    DATE: "2025, 2025-01 or 2025-01-17; two as 2024..2025-03; unknown",
    PREFIX: "2025, 2025-01 or 2025-01-17",
    ACTOR: "a name or a code",
    ACTORS: "names or codes",
    NUMBER: "a number; empty for none",
    CHANCE: "0.3, or 0.2..0.4; none",
    ID: "the id of a record; empty for none",
}

SILENT = (("unknown",), ("none",))
"""What a field says that says nothing."""

Spelt = Callable[[str], str]
"""From an actor's id to the name that a person would type for it."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One field of a record as a form asks for it.

    `value` is how it stands, as `review correct` takes it; `choices` are the words of its
    vocabulary with their labels. Of a list of parts `columns` are what each is asked, `rows`
    the parts as they stand (every cell under its column) and `held` those parts whole.
    """

    name: str
    kind: str
    value: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    columns: tuple[FormField, ...] = ()
    rows: tuple[Mapping[str, str], ...] = ()
    held: tuple[Row, ...] = ()

    @property
    def hint(self) -> str:
        """How to write it."""
        return HINTS.get(self.kind, "")

    def to_json(self) -> dict[str, Any]:
        """The field as one plain object."""
        plain: dict[str, Any] = {"field": self.name, "kind": self.kind, "value": self.value}
        if self.choices:
            plain["words"] = [key for key, _ in self.choices]
        if self.columns:
            plain["columns"] = [one.to_json() for one in self.columns]
        return plain


def correction_form(record: Record, spelt: Spelt = str) -> tuple[FormField, ...]:
    """What a correction of the record may say, each field with its value.

    Its quotes are not asked for: the form is about what the words say. Nor is what is no
    part of the record's identity, such as the outcome of a prediction.
    """
    row = to_row(record)
    later = RECORD_TYPES[record.type].later
    asked = (name for name in row if name not in FIXED and name not in later)
    return tuple(_field(row, name, spelt) for name in asked)


def _field(row: Row, name: str, spelt: Spelt) -> FormField:
    if name in PARTS:
        return _parts_field(row, name, spelt)
    kind = _kind(row, name)
    value = written(row[name], kind, spelt)
    choices = _choices(_words_of(row["type"], name), (row["type"], name) in OR_NOTHING)
    if choices and value not in dict(choices):
        choices = (*choices, (value, value))
    return FormField(name, kind, value, choices)


def _kind(row: Row, name: str) -> str:
    if _words_of(row["type"], name):
        return WORD
    if name in NAMING_FIELDS:
        return ACTORS if isinstance(row[name], list) else ACTOR
    if name in DATES:
        return DATE
    if name in NUMBERS:
        return NUMBER
    if name == "probability":
        return CHANCE
    return ID if name in IDS else TEXT


def _words_of(kind: str, name: str) -> tuple[str, ...]:
    """The vocabularies that a field's word stands in; () for a free text."""
    made = RECORD_TYPES[kind]
    spellings = {WRITTEN_AS.get(made, {}).get(own, own): words for own, words in made.words.items()}
    words = spellings.get(name) or FURTHER_WORDS.get((kind, name))
    return (words,) if words else ()


def _parts_field(row: Row, name: str, spelt: Spelt) -> FormField:
    columns = tuple(_column(row["type"], name, key) for key in PART_COLUMNS[name])
    rows = tuple(
        {one.name: written(part[one.name], one.kind, spelt) for one in columns}
        for part in row[name]
    )
    return FormField(
        name, PARTS_KIND, _as_json(row[name]), columns=columns, rows=rows, held=tuple(row[name])
    )


def _column(kind: str, name: str, key: str) -> FormField:
    words: tuple[str, ...] = PART_WORDS.get((name, key), ())
    if (kind, name) == LEGAL_STAGES and words:
        words = (*words, "legal_stages")
    if words:
        return FormField(key, WORD, choices=_choices(words, (name, key) in OR_NOTHING))
    return FormField(key, _column_kind(name, key))


def _column_kind(name: str, key: str) -> str:
    if key in SEVERAL:
        return ACTORS
    if key in NAMING_FIELDS or (name == "links" and key in ENDS):
        return ACTOR
    if key in DATES:
        return DATE
    if key in ENDS:
        return PREFIX
    return ID if key in IDS else TEXT


def _choices(words: Sequence[str], or_nothing: bool) -> tuple[tuple[str, str], ...]:
    none = (("", "not said"),) if or_nothing else ()
    return none + tuple(
        (term.key, term.label) for name in words for term in vocabulary(name).values()
    )


def written(value: Any, kind: str, spelt: Spelt = str) -> str:
    """A value of a row as a person writes it: what a correction of its field would take."""
    if value is None:
        return "none" if kind == CHANCE else ""
    if kind == ACTOR:
        return spelt(value) if value else ""
    if kind == ACTORS:
        return ", ".join(map(spelt, value))
    if kind == DATE:
        return _ends(value["from"], value["to"]) or "unknown"
    if kind == CHANCE:
        return _ends(f"{value['low']:g}", f"{value['high']:g}")
    if kind == NUMBER:
        return f"{value:.15g}"
    return str(value)


def _ends(first: str | None, last: str | None) -> str:
    if first == last:
        return first or ""
    return f"{first or ''}..{last or ''}"


def parts_as_json(field: FormField, rows: Sequence[Mapping[str, str]]) -> str:
    """The parts that a form's rows make, as `review correct` takes them.

    Of a part that stands only what was changed is read anew, so that its quotes and the
    words that its date rests on stay; a row without anything in it makes no part.
    """
    made = []
    for at, row in enumerate(rows):
        if any(row.values()):
            before = field.rows[at] if at < len(field.rows) else {}
            held = field.held[at] if at < len(field.held) else {}
            made.append(dict(held) | _anew(row, before))
    return _as_json(made)


def _anew(row: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    if before:
        return {key: text for key, text in row.items() if text != before[key]}
    return {key: text for key, text in row.items() if text}


def _as_json(parts: Sequence[Row]) -> str:
    return json.dumps(list(parts), ensure_ascii=False)


def in_words(record: Record, spelt: Spelt = str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a record says, field by field: one line, or a line a part; silent fields left out."""
    row = to_row(record)
    for field in correction_form(record, spelt):
        if field.kind == PARTS_KIND:
            lines = tuple(_part_told(field.name, one, spelt) for one in row[field.name])
        else:
            labels = dict(field.choices)
            lines = (labels.get(field.value, field.value),)
        if any(lines) and lines not in SILENT:
            yield field.name, lines


@dataclass(frozen=True, slots=True)
class Change:
    """A field as it read before and after a correction."""

    field: str
    before: str
    after: str


def changes_between(old: Record, new: Record, spelt: Spelt = str) -> Iterator[Change]:
    """What a correction changed, field by field, in the order of the contract."""
    before, after = to_row(old), to_row(new)
    if old.quotes != new.quotes:
        yield Change("quote", *(one.quotes[0].text if one.quotes else "" for one in (old, new)))
    for field in correction_form(old, spelt):
        name = field.name
        if name in PARTS:
            yield from _part_changes(name, before[name], after[name], spelt)
        elif before[name] != after[name]:
            now = written(after[name], field.kind, spelt)
            yield Change(name, *(text or "nothing" for text in (field.value, now)))


def _part_changes(
    name: str, before: Sequence[Row], after: Sequence[Row], spelt: Spelt
) -> Iterator[Change]:
    """Parts that were taken away and parts that came in their stead."""
    gone = [_part_told(name, one, spelt) for one in before if one not in after]
    come = [_part_told(name, one, spelt) for one in after if one not in before]
    if gone or come:
        yield Change(name, "; ".join(gone) or "nothing", "; ".join(come) or "nothing")


def _part_told(name: str, part: Row, spelt: Spelt) -> str:
    """A part in words: "signed by Russia, Iran 2025-01-17"."""
    cells = (_cell_told(name, key, part[key], spelt) for key in PART_COLUMNS[name])
    return " ".join(cell for cell in cells if cell)


def _cell_told(name: str, key: str, value: Any, spelt: Spelt) -> str:
    words = PART_WORDS.get((name, key))
    if words:
        labels = dict(_choices((*words, "legal_stages") if name == "stages" else words, False))
        return labels.get(value, str(value)).lower()
    text = written(value, _column_kind(name, key), spelt)
    if text in ("", "unknown"):
        return ""
    return f"{key} {text}" if key in (*SEVERAL, *ENDS) else text
