"""The kinds of field that a vocabulary may give its terms, and their checks.

A vocabulary declares them under `[vocabulary.fields]`:

    rank = {type = "integer", low = 0, high = 10, meaning = "place on the ladder"}
    share = {type = "word", choices = ["no arms", "arms", "forces"], meaning = "..."}
    rung = {type = "word", refers_to = "rungs", or_empty = true, meaning = "..."}
    phrases = {type = "words", unique = true, meaning = "..."}
    high = {type = "number", low = 0, high = 1, not_below = "low", meaning = "..."}
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fairweather.vocabulary.loader import FOLDER, suggest
from fairweather.vocabulary.source_text import SourceText, read_source_text

DECLARATIONS = "vocabulary.fields"
_ASKED_FOR = {
    "word": "a word in quotes",
    "words": "a list of words in quotes",
    "integer": "a whole number",
    "number": "a number",
    "truth": "true or false",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One declared field: its kind and what its values must keep to.

    `choices` come from the declaration or from the vocabulary named by `refers_to` (which may
    be the same one). `unique`: no two terms share a value. `symmetric`: when one term lists
    another, that one lists it back. `not_below`: the field it must not be smaller than.
    """

    name: str
    type: str
    meaning: str
    choices: tuple[str, ...] = ()
    refers_to: str = ""
    or_empty: bool = False
    low: float = -math.inf
    high: float = math.inf
    unique: bool = False
    symmetric: bool = False
    not_below: str = ""


_OPTIONS: dict[str, type | tuple[type, ...]] = {
    "type": str,
    "meaning": str,
    "choices": list,
    "refers_to": str,
    "or_empty": bool,
    "low": (int, float),
    "high": (int, float),
    "unique": bool,
    "symmetric": bool,
    "not_below": str,
}


def read_fields(declared: Any, keys: tuple[str, ...], text: SourceText) -> dict[str, Field]:
    """The declared fields by name; `keys` are the file's own terms. Raises VocabularyError."""
    if not isinstance(declared, dict):
        raise text.mistake("must be a table of fields", DECLARATIONS)
    fields = {name: _declared(name, table, keys, text) for name, table in declared.items()}
    for field in fields.values():
        if field.not_below and field.not_below not in fields:
            what = f'"not_below" names no declared field: "{field.not_below}"'
            raise text.mistake(what, DECLARATIONS, field.name)
    return fields


def read_field(field: Field, value: Any, key: str, text: SourceText) -> Any:
    """The value, lists as tuples. Raises VocabularyError when it breaks the declaration."""
    if not _has_type(field.type, value):
        what = f'"{field.name}" must be {_ASKED_FOR[field.type]}, not {value!r}'
        raise text.mistake(what, key, field.name)
    if field.type in ("word", "words"):
        return _read_words(field, value, key, text)
    if not field.low <= value <= field.high:
        what = f'"{field.name}" must lie between {field.low:g} and {field.high:g}, not {value}'
        raise text.mistake(what, key, field.name)
    return value


def check_together(
    fields: Mapping[str, Field], values: Mapping[str, Mapping[str, Any]], text: SourceText
) -> None:
    """The rules that look at more than one value; `values` is term key -> field -> value."""
    for field in fields.values():
        if field.not_below:
            _refuse_smaller(field, values, text)
        if field.unique:
            _refuse_shared(field, values, text)
        if field.symmetric:
            _refuse_one_sided(field, values, text)


def _declared(name: str, table: Any, keys: tuple[str, ...], text: SourceText) -> Field:
    if not isinstance(table, dict):
        raise text.mistake(f'"{name}" must be a table {{type = ..., ...}}', DECLARATIONS, name)
    for option, value in table.items():
        if option not in _OPTIONS or not isinstance(value, _OPTIONS[option]):
            near = suggest(option, _OPTIONS)
            hint = f'; did you mean "{near}"?' if near and near != option else ""
            what = f'"{name}" declares a wrong "{option} = {value!r}"{hint}'
            raise text.mistake(what, DECLARATIONS, name)
    if table.get("type") not in _ASKED_FOR or "meaning" not in table:
        what = f'"{name}" needs a meaning and a type, one of {", ".join(_ASKED_FOR)}'
        raise text.mistake(what, DECLARATIONS, name)
    choices = tuple(table.get("choices", ()))
    if "refers_to" in table:
        choices = _choices_of(table["refers_to"], name, keys, text)
    return Field(name=name, **{**table, "choices": choices})


def _choices_of(
    vocabulary: str, name: str, keys: tuple[str, ...], text: SourceText
) -> tuple[str, ...]:
    """The keys of the vocabulary referred to: the file itself, its neighbour or a shipped one."""
    if vocabulary == text.path.stem:
        return keys
    for folder in (text.path.parent, FOLDER):
        path = folder / f"{vocabulary}.toml"
        if path.is_file():
            # Only the keys are read, so two vocabularies may refer to each other.
            _, tables = read_source_text(path)
            return tuple(key for key in tables if key != "vocabulary")
    what = f'"{name}" refers to an unknown vocabulary "{vocabulary}"'
    raise text.mistake(what, DECLARATIONS, name)


def _has_type(kind: str, value: Any) -> bool:
    if kind == "word":
        return isinstance(value, str)
    if kind == "words":
        return isinstance(value, list) and all(isinstance(word, str) for word in value)
    if kind == "truth":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    return isinstance(value, int if kind == "integer" else (int, float))


def _read_words(field: Field, value: Any, key: str, text: SourceText) -> Any:
    words = (value,) if field.type == "word" else tuple(value)
    for word in words:
        if not word and field.type == "word" and field.or_empty:
            continue
        if not word or (field.choices and word not in field.choices):
            near = suggest(word, field.choices)
            hint = f'; did you mean "{near}"?' if near else ""
            origin = f" in {field.refers_to}" if field.refers_to else ""
            what = f'"{field.name}" names "{word}", which does not exist{origin}{hint}'
            raise text.mistake(what, key, field.name)
    if len(set(words)) < len(words):
        raise text.mistake(f'"{field.name}" lists a word twice', key, field.name)
    return value if field.type == "word" else words


def _refuse_smaller(
    field: Field, values: Mapping[str, Mapping[str, Any]], text: SourceText
) -> None:
    for key, given in values.items():
        if given[field.name] < given[field.not_below]:
            what = f'"{field.name}" is smaller than "{field.not_below}"'
            raise text.mistake(what, key, field.name)


def _refuse_shared(field: Field, values: Mapping[str, Mapping[str, Any]], text: SourceText) -> None:
    holders: dict[Any, str] = {}
    for key, given in values.items():
        value = given[field.name]
        for one in value if isinstance(value, tuple) else (value,):
            if holders.setdefault(one, key) != key:
                what = f'"{field.name}" repeats {one!r}, which [{holders[one]}] has'
                raise text.mistake(what, key, field.name)


def _refuse_one_sided(
    field: Field, values: Mapping[str, Mapping[str, Any]], text: SourceText
) -> None:
    for key, given in values.items():
        for other in given[field.name]:
            if key not in values[other][field.name]:
                what = f'"{field.name}" names "{other}", which does not name it back'
                raise text.mistake(what, key, field.name)
