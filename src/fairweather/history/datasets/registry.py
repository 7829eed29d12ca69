"""What is known of each data set: its file, columns, key, release, last year, citation, terms."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fairweather.errors import UnknownKey, VocabularyError
from fairweather.vocabulary import suggest

TABLE = Path(__file__).with_name("sources.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One data set, as `sources.toml` describes it."""

    name: str
    title: str
    file: str
    columns: tuple[str, ...]
    last: int
    citation: str
    terms: str
    key: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    outside: Mapping[int, str] = field(default_factory=dict)
    spans: tuple[tuple[str, str], ...] = ()
    open: float | None = None
    version: tuple[str, float] | None = None


@cache
def sources() -> MappingProxyType[str, Source]:
    """Every data set by name, such as "alliances". Raises VocabularyError for a mistake."""
    tables = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return MappingProxyType({name: _source(name, entry) for name, entry in tables.items()})


def source(name: str) -> Source:
    """The data set of that name. Raises UnknownKey when there is none."""
    known = sources()
    if name in known:
        return known[name]
    near = suggest(name, known)
    raise UnknownKey(f'no data set "{name}"' + (f'; did you mean "{near}"?' if near else ""))


def _source(name: str, entry: dict[str, Any]) -> Source:
    made = dict(entry)
    for key in ("columns", "key", "states"):
        made[key] = tuple(made.get(key, ()))
    made["spans"] = tuple((first, last) for first, last in made.get("spans", ()))
    outside = {int(code): reason for code, reason in made.get("outside", {}).items()}
    made["outside"] = outside
    if "version" in made:
        made["version"] = (made["version"][0], float(made["version"][1]))
    try:
        return Source(name=name, **made)
    except TypeError as error:
        raise VocabularyError(f"{TABLE.name}, [{name}]: {error}") from error
