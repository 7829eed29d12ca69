"""By which codes and names event tables call actors: `actors/table_codes.toml`.

codes = load_table_codes()
codes.country("ROM")                    # "ROU": a code ISO 3166-1 has withdrawn
codes.country("Russian Federation")     # "RUS"
codes.group("HEZ")                      # "hezbollah"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fairweather.errors import VocabularyError
from fairweather.vocabulary.gazetteer import (
    FOLDER,
    Gazetteer,
    Organisation,
    State,
    load_gazetteer,
)

FILE = FOLDER / "table_codes.toml"
SECTIONS = ("countries", "territories", "regions", "groups", "names")
CODE = re.compile(r"[A-Z]{3}")
ACTOR_ID = re.compile(r"[A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*")

OWN_ACTORS = ("armed_group", "bloc")
"""Kinds of organisation that act for themselves, whatever country a table names with them."""


@dataclass(frozen=True, eq=False)
class TableCodes:
    """Codes and names of event tables, each with the actor id it stands for.

    Names are matched without regard to capitals. `own` names the armed groups and blocs
    that act for no state, by every name the gazetteer has for them.
    """

    countries: Mapping[str, str]
    names: Mapping[str, str]
    groups: Mapping[str, str]
    own: Mapping[str, str]
    bodies: Mapping[str, str]

    def country(self, text: str) -> str:
        """The id of a country by code or name; "" when no table has it."""
        return self.countries.get(text) or self.names.get(text.casefold(), "")

    def group(self, code: str) -> str:
        """The id of a CAMEO known group; "" when no table has it."""
        return self.groups.get(code, "")


@lru_cache(maxsize=1)
def load_table_codes() -> TableCodes:
    """The shipped codes over the shipped gazetteer. Raises VocabularyError for a mistake."""
    return read_table_codes(FILE, load_gazetteer())


def read_table_codes(path: Path, gazetteer: Gazetteer) -> TableCodes:
    """The codes of a file. Raises VocabularyError naming section and key."""
    sections = _sections(path)
    states = [actor for actor in gazetteer.actors.values() if isinstance(actor, State)]
    territories = sections["territories"]
    names = {name.casefold(): id for id, name in territories.items()}
    names |= _state_names(states)
    names |= {name.casefold(): id for name, id in sections["names"].items()}
    own, bodies = _organisations(gazetteer)
    codes = TableCodes(
        countries={
            **{code: code for code in territories},
            **sections["regions"],
            **{state.id: state.id for state in states},
            **sections["countries"],
        },
        names=names,
        groups=sections["groups"],
        own=own,
        bodies=bodies,
    )
    for mistake in _mistakes(sections, {state.id for state in states}, path.name):
        raise VocabularyError(mistake)
    return codes


def _sections(path: Path) -> dict[str, dict[str, str]]:
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path.name}: cannot be read: {error}") from error
    for name in SECTIONS:
        if not isinstance(tables.get(name), dict):
            raise VocabularyError(f"{path.name}: lacks the table [{name}]")
    for name, table in tables.items():
        if name not in SECTIONS:
            raise VocabularyError(f"{path.name}: has an unknown table [{name}]")
        for key, value in table.items():
            if not isinstance(value, str) or not value:
                raise VocabularyError(f"{path.name}, [{name}] {key}: must be text")
    return tables


def _state_names(states: Sequence[State]) -> dict[str, str]:
    """Names of states, the commonest first; one that two states share stands for neither."""
    called: dict[str, set[str]] = {}
    for state in states:
        for name in state.names:
            called.setdefault(name.casefold(), set()).add(state.id)
    names = {name: next(iter(ids)) for name, ids in called.items() if len(ids) == 1}
    return names | {state.name.casefold(): state.id for state in states}


def _organisations(gazetteer: Gazetteer) -> tuple[dict[str, str], dict[str, str]]:
    """Names of those that act for themselves, and of all other international bodies."""
    own: dict[str, str] = {}
    bodies: dict[str, str] = {}
    for actor in gazetteer.actors.values():
        if not isinstance(actor, Organisation) or actor.of:
            continue
        found = own if actor.kind in OWN_ACTORS else bodies
        for name in (actor.name, *actor.names):
            found.setdefault(name.casefold(), actor.id)
    return own, bodies


def _mistakes(
    sections: Mapping[str, Mapping[str, str]], states: set[str], file: str
) -> Iterator[str]:
    known = states | set(sections["territories"])
    coded = ("countries", "territories", "regions", "groups")
    for section, code, _ in _entries(sections, coded):
        if not CODE.fullmatch(code):
            yield f"{file}, [{section}] {code}: a code is three capitals"
    for section, key, id in _entries(sections, ("countries", "names")):
        if id not in known:
            yield f"{file}, [{section}] {key}: no state or territory {id}"
    for section, key, id in _entries(sections, ("regions", "groups")):
        if not ACTOR_ID.fullmatch(id):
            yield f"{file}, [{section}] {key}: no actor id: {id}"
    for code in states.intersection(sections["territories"]):
        yield f"{file}, [territories] {code}: is a state in states.toml already"


def _entries(
    sections: Mapping[str, Mapping[str, str]], names: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Section, key and value of every line in some sections."""
    for name in names:
        for key, value in sections[name].items():
            yield name, key, value
