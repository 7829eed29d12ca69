"""Reads the tables of actors and refuses every mistake in their form.

`states.toml`, `organisations.toml`, `office_holders.toml` and `officials.toml` hold one
table an actor; `exemptions.toml` lists the contradictions that the world itself has.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fairweather.errors import VocabularyError
from fairweather.vocabulary.gazetteer import (
    Actor,
    Exemption,
    Gazetteer,
    Membership,
    Organisation,
    Person,
    Role,
    Span,
    State,
    usual_surname,
)

PREFIX_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
STATE_CODE = re.compile(r"[A-Z]{3}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ORGANISATION_KINDS = ("organisation", "armed_group", "bloc", "company")
EXEMPTION_KINDS = ("word", "overlap", "gap")

STATE_FIELDS = {
    "name": str,
    "names": list,
    "adjectives": list,
    "demonyms": list,
    "capital": str,
    "metonyms": list,
    "from": str,
    "to": str,
    "successor": str,
    "wikidata": str,
}
ORGANISATION_FIELDS = {
    "name": str,
    "kind": str,
    "names": list,
    "of": list,
    "based_in": list,
    "members": list,
    "source": str,
    "verified": bool,
    "wikidata": str,
}
PERSON_FIELDS = {"name": str, "names": list, "surname": str, "roles": list, "wikidata": str}
EXEMPTION_FIELDS = {"about": str, "actors": list, "reason": str, "from": str, "to": str}

Place = str
"""File and key, as messages name them: "states.toml, [RUS]"."""


def read_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a folder. Raises VocabularyError naming file and key."""
    actors: dict[str, Actor] = {}
    files: dict[str, str] = {}
    for file, read in READERS.items():
        for key, table in _tables(folder / file).items():
            place = f"{file}, [{key}]"
            if key in files:
                raise VocabularyError(f"{place}: is in {files[key]} already; keep one of them")
            if not isinstance(table, dict):
                raise VocabularyError(f"{place}: is no table: an actor is written [{key}]")
            actors[key] = read(key, table, place)
            files[key] = file
    exemptions = _tables(folder / "exemptions.toml")
    horizon = exemptions.pop("horizon", "")
    return Gazetteer(
        actors=MappingProxyType(actors),
        exemptions=tuple(_exemptions(exemptions)),
        horizon=_date(horizon, "exemptions.toml, horizon"),
        files=MappingProxyType(files),
    )


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path.name}: cannot be read: {error}") from error


def _state(key: str, table: Mapping[str, Any], place: Place) -> State:
    _check(key, STATE_CODE, table, STATE_FIELDS, place)
    return State(
        id=key,
        name=table["name"],
        names=_words(table, "names", place),
        adjectives=_words(table, "adjectives", place),
        demonyms=_words(table, "demonyms", place),
        capital=table.get("capital", ""),
        metonyms=_words(table, "metonyms", place),
        existed=_span(table.get("from", ""), table.get("to", ""), place),
        successor=table.get("successor", ""),
        wikidata=table.get("wikidata", ""),
    )


def _organisation(key: str, table: Mapping[str, Any], place: Place) -> Organisation:
    _check(key, SLUG, table, ORGANISATION_FIELDS, place)
    if table.get("kind") not in ORGANISATION_KINDS:
        raise VocabularyError(f"{place}: kind must be one of {', '.join(ORGANISATION_KINDS)}")
    return Organisation(
        id=key,
        name=table["name"],
        kind=table["kind"],
        names=_words(table, "names", place),
        of=_words(table, "of", place),
        based_in=_words(table, "based_in", place),
        members=tuple(_membership(row, place) for row in table.get("members", ())),
        source=table.get("source", ""),
        verified=table.get("verified", False),
        wikidata=table.get("wikidata", ""),
    )


def _person(key: str, table: Mapping[str, Any], place: Place) -> Person:
    _check(key, SLUG, table, PERSON_FIELDS, place)
    return Person(
        id=key,
        name=table["name"],
        names=_words(table, "names", place),
        surname=table.get("surname", usual_surname(table["name"])),
        roles=tuple(_role(row, place) for row in table.get("roles", ())),
        wikidata=table.get("wikidata", ""),
    )


READERS: Mapping[str, Callable[[str, Mapping[str, Any], Place], Actor]] = {
    "states.toml": _state,
    "organisations.toml": _organisation,
    "office_holders.toml": _person,
    "officials.toml": _person,
}


def _membership(row: Any, place: Place) -> Membership:
    actor, since, until = _row(row, 3, "[actor, from, to]", place)
    return Membership(actor, _span(since, until, place))


def _role(row: Any, place: Place) -> Role:
    role, of, since, until, checked = _row(row, 5, "[title, of, from, to, checked]", place)
    if checked not in ("v", "m"):
        raise VocabularyError(f'{place}: a role ends with "v" or "m", not "{checked}"')
    span = _span(since, until, place)
    return Role(role, of, span.since, span.until, checked == "v")


def _exemptions(tables: Mapping[str, Any]) -> Iterable[Exemption]:
    for kind, rows in tables.items():
        if kind not in EXEMPTION_KINDS:
            raise VocabularyError(f"exemptions.toml, [[{kind}]]: no kind of exemption")
        for row in rows:
            place = f"exemptions.toml, [[{kind}]] {row.get('about', '')}"
            _check_fields(row, EXEMPTION_FIELDS, place, needed=("about", "reason"))
            span = _span(row.get("from", ""), row.get("to", ""), place)
            yield Exemption(kind, row["about"], _words(row, "actors", place), row["reason"], span)


def _check(
    key: str,
    form: re.Pattern[str],
    table: Mapping[str, Any],
    fields: Mapping[str, type],
    place: Place,
) -> None:
    if not form.fullmatch(key):
        raise VocabularyError(f"{place}: the key does not have the form {form.pattern}")
    _check_fields(table, fields, place, needed=("name",))


def _check_fields(
    table: Mapping[str, Any], fields: Mapping[str, type], place: Place, needed: tuple[str, ...]
) -> None:
    for name in needed:
        if not table.get(name):
            raise VocabularyError(f'{place}: lacks the field "{name}"')
    for name, value in table.items():
        if name not in fields:
            raise VocabularyError(f'{place}: has an unknown field "{name}"')
        if not isinstance(value, fields[name]):
            raise VocabularyError(f'{place}: "{name}" must be a {fields[name].__name__}')


def _words(table: Mapping[str, Any], name: str, place: Place) -> tuple[str, ...]:
    words = table.get(name, ())
    if not all(isinstance(word, str) and word for word in words):
        raise VocabularyError(f'{place}: "{name}" must list words')
    return tuple(words)


def _row(row: Any, length: int, form: str, place: Place) -> tuple[str, ...]:
    if not (isinstance(row, list) and len(row) == length and all(type(x) is str for x in row)):
        raise VocabularyError(f"{place}: {row!r} should be {form}, all text")
    if not row[0]:
        raise VocabularyError(f"{place}: {row!r} should be {form}, the first not empty")
    return tuple(row)


def _span(since: str, until: str, place: Place) -> Span:
    return Span(_date(since, place), _date(until, place))


def _date(text: str, place: Place) -> str:
    if text and not PREFIX_DATE.fullmatch(text):
        raise VocabularyError(f'{place}: "{text}" is no date; write 2025, 2025-01 or 2025-01-17')
    return text
