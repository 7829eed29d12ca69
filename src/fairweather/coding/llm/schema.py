"""The form of an answer: which rows a model may write, and how an answer is read.

A row says where its words stand and which words of the vocabulary fit; it says nothing that
the program can find out by itself. One table makes the JSON schema, the prompt and the check.
"""

from __future__ import annotations

import functools
import json
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from fairweather.coding.llm.client import NoAnswer
from fairweather.vocabulary import vocabulary

MOST_ROWS = 200
"""Rows taken from one answer."""

LARGEST_NUMBER = 10**300

STARTS = 20
"""Braces of an answer at which its object may begin, after words that nobody asked for."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a row: `shape` is text, texts, number, sentence, word or rows."""

    shape: str
    meaning: str = ""
    words: str = ""
    """The vocabulary of a word."""
    form: Mapping[str, Field] = field(default_factory=dict, hash=False)
    """The fields of inner rows."""


QUOTE = Field("text", "the shortest stretch that carries the row, copied letter by letter")
SENTENCE = Field("sentence", "the id of the sentence in which the quote begins")
ACT = Field("text", "the one word of the quote that tells the act")
DATE = Field("text", 'the words of the quote that date it, copied; "" where there are none')
CONDITION = Field("text", 'the condition in the text\'s own words; "" where there is none')
ACTOR = Field("text", "who, in the words of the text")
ACTORS = Field("texts", "who, each in the words of the text")
SPOKEN = Field("text", 'who, in the words of the text; "author"; "unnamed"')

_PLACE = {"quote": QUOTE, "sentence": SENTENCE}

FORMS: Mapping[str, Mapping[str, Field]] = {
    "event": {
        **_PLACE,
        "act": ACT,
        "source": Field("text", "who does it, in the words of the text"),
        "class": Field("word", "", "event_classes"),
        "target": Field("text", "to whom it is done, in the words of the text"),
        "status": Field("word", "", "statuses"),
        "date": DATE,
        "place": Field("text", 'the place, copied from the quote; ""'),
    },
    "agreement": {
        **_PLACE,
        "name": Field("text", 'its proper name, copied from the text; ""'),
        "kind": Field("text", "its noun, copied from the quote: treaty, pact, memorandum"),
        "parties": ACTORS,
        "stages": Field(
            "rows",
            "what became of it",
            form={
                **_PLACE,
                "act": ACT,
                "stage": Field("word", "", "stages"),
                "by": ACTORS,
                "date": DATE,
            },
        ),
        "clauses": Field(
            "rows",
            "what it binds to, or in so many words does not",
            form={
                **_PLACE,
                "obligation": Field("word", "", "obligations"),
                "state": Field("word", "", "clause_states"),
                "by": ACTORS,
                "against": ACTORS,
                "condition": CONDITION,
            },
        ),
    },
    "claim": {
        **_PLACE,
        "speaker": SPOKEN,
        "stance": Field("word", "", "stances"),
        "content": Field("text", "what is said, copied from the quote"),
        "about": ACTORS,
    },
    "prediction": {
        **_PLACE,
        "act": ACT,
        "by": SPOKEN,
        "statement": Field("text", "what will be, with its hedge, copied from the quote"),
        "wording": Field("text", 'the words of likelihood, copied ("unlikely")'),
        "condition": CONDITION,
    },
    "amount": {
        **_PLACE,
        "value": Field("number", "the number, written out: 2.5 million is 2500000"),
        "unit": Field("word", "", "units"),
        "measures": Field("text", 'what is counted or paid for, copied from the quote; ""'),
        "about": ACTORS,
    },
    "tie": {
        **_PLACE,
        "a": ACTOR,
        "b": ACTOR,
        "viewpoint": Field("text", 'whose view it is: a, b or somebody cited; else "author"'),
        "strand": Field("word", "", "strands"),
        "polarity": Field("word", "", "polarities"),
        "gist": Field("text", "the few words that say so, copied from the quote"),
    },
    "mechanism": {
        **_PLACE,
        "act": Field("text", "the one word of the quote that names it"),
        "kind": Field("word", "", "mechanism_kinds"),
        "name": Field("text", "its name, copied from the quote"),
        "members": Field(
            "rows",
            "who takes part",
            form={"actor": ACTOR, "role": Field("text", 'as what, copied from the quote; ""')},
        ),
        "stages": Field(
            "rows",
            "legal_process only",
            form={
                **_PLACE,
                "act": ACT,
                "stage": Field("word", "", "legal_stages"),
                "by": ACTORS,
                "date": DATE,
            },
        ),
    },
    "support": {
        **_PLACE,
        "act": ACT,
        "giver": ACTOR,
        "receiver": ACTOR,
        "level": Field("word", "", "rungs"),
        "state": Field("word", "", "support_states"),
        "condition": CONDITION,
        "date": DATE,
    },
}
"""Record type -> the fields of its rows, all of them to be given."""


# -- the schema that is sent -----------------------------------------------------------------


@functools.cache
def response_format() -> dict[str, Any]:
    """The `response_format` of a request: a strict JSON schema of the forms."""
    rows = {kind: _rows_schema(form) for kind, form in FORMS.items()}
    schema = _object_schema(rows)
    return {
        "type": "json_schema",
        "json_schema": {"name": "records", "strict": True, "schema": schema},
    }


def _rows_schema(form: Mapping[str, Field]) -> Row:
    items = _object_schema({name: _field_schema(one) for name, one in form.items()})
    return {"type": "array", "items": items}


def _object_schema(properties: Row) -> Row:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _field_schema(one: Field) -> Row:
    match one.shape:
        case "rows":
            return _rows_schema(one.form)
        case "texts":
            return {"type": "array", "items": {"type": "string"}}
        case "word":
            return {"type": "string", "enum": list(vocabulary(one.words))}
        case "number":
            return {"type": "number"}
        case "sentence":
            return {"type": "integer"}
    return {"type": "string"}


# -- the answer that comes back --------------------------------------------------------------


def read_rows(text: str) -> Iterator[tuple[str, Row]]:
    """The rows of an answer with their kind, unchecked; fences and words around are let be.

    Raises NoAnswer where there is no JSON object of the form, and after too many rows.
    """
    told = _object_in(text)
    taken = 0
    for kind in FORMS:
        rows = told.get(kind, [])
        for row in rows if isinstance(rows, list) else [rows]:
            taken += 1
            if taken > MOST_ROWS:
                raise NoAnswer("too many rows", f"an answer of over {MOST_ROWS} rows is cut")
            yield kind, row


_START = re.compile(r"\{")


def _object_in(text: str) -> Row:
    """The JSON object of an answer: the first in it that has a list that was asked for."""
    for start in islice(_START.finditer(text), STARTS):
        try:
            told, _ = json.JSONDecoder().raw_decode(text, start.start())
        except (ValueError, RecursionError):
            continue
        if any(kind in told for kind in FORMS):
            return dict(told)
    raise NoAnswer("bad JSON", "the answer is no JSON of the form that was asked for")


def fault(row: object, form: Mapping[str, Field]) -> tuple[str, str]:
    """How a row breaks its form, as (kind, reason); two empty texts where it does not.

    Inner rows are checked when they are read. A reason never holds the model's own words.
    """
    if not isinstance(row, dict):
        return "wrong shape", "a row is no object"
    for name, one in form.items():
        if name not in row:
            return "wrong shape", f'a row without "{name}"'
        if not _fits(row[name], one):
            return "wrong shape", f'"{name}" is no {one.shape}'
        if one.words and row[name] not in vocabulary(one.words):
            return "unknown word", f'"{name}" is no {vocabulary(one.words).noun}'
    return "", ""


def _fits(value: object, one: Field) -> bool:
    match one.shape:
        case "rows":
            return isinstance(value, list)
        case "texts":
            return isinstance(value, list) and all(isinstance(text, str) for text in value)
        case "number":
            return _is_number(value)
        case "sentence":
            return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    """Whether it is a number that a float can hold; whole ones in JSON may have any length."""
    if isinstance(value, int) and not isinstance(value, bool):
        return abs(value) < LARGEST_NUMBER
    return isinstance(value, float) and math.isfinite(value)
