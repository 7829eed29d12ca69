"""Contract rows as flat tables: one for each type, one for each list of parts in it.

A date becomes four columns (`date_from`, `date_to`, `date_precision`, `date_basis`); a list of
ids stays one column; a list of parts (quotes, stages, clauses ...) becomes a table of its own whose
rows point back by `record`, and by `part` where they hang on a part. Beside each column of actors
stands one with their names.
"""

from __future__ import annotations

import dataclasses
import functools
import types as builtin_types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fairweather.ledger.matches import NAMING_FIELDS
from fairweather.records import RECORD_TYPES, Quote, Record, Row
from fairweather.records.contract import WRITTEN_AS

NAMED = NAMING_FIELDS | {"of"}
"""Fields beside which names stand; `of` is whom a role is held in."""

TEXT, NUMBER, LIST = "text", "number", "list"
Label = Callable[[str], str]
Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: text, a number, or a list of texts; `actors` where it holds actors' ids."""

    name: str
    kind: str
    actors: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table by the name of its file, with its columns in order."""

    name: str
    columns: tuple[Column, ...]


_BACK = (Column("record", TEXT), Column("part", TEXT))
"""Where a part hangs: the id of its record, and its place there ("stages/0")."""


@functools.cache
def tables() -> Mapping[str, Table]:
    """Every table of an export by name, those that stay empty included."""
    found: dict[str, list[Column]] = {}
    for kind in RECORD_TYPES.values():
        _add_table(found, kind.type, kind, [])
    return {name: Table(name, tuple(_with_names(columns))) for name, columns in found.items()}


def _add_table(found: dict[str, list[Column]], name: str, kind: type, head: list[Column]) -> None:
    columns = [*head]
    found[name] = columns
    for field, told, hint in _fields(kind):
        inner = _inner(hint)
        if _is_parts(hint):
            if inner is Quote:
                _add_table(found, "quote", Quote, list(_BACK))
            else:
                _add_table(found, f"{name}_{told}", inner, list(_BACK))
        elif dataclasses.is_dataclass(inner):
            columns += [Column(f"{told}_{one}", _kind(h)) for _, one, h in _fields(inner)]
        else:
            columns.append(Column(told, _kind(hint), field in NAMED))


def _fields(kind: Any) -> Iterator[tuple[str, str, Any]]:
    """Each field of a type: its name in code, in the contract, and its type."""
    hints = typing.get_type_hints(kind)
    renamed = WRITTEN_AS.get(kind, {})
    ordered = [field.name for field in dataclasses.fields(kind)]
    if issubclass(kind, Record):
        # What all records share stands last but for the id.
        shared = [f.name for f in dataclasses.fields(Record) if f.name != "id"]
        ordered = ["id", *(n for n in ordered if n not in ("id", *shared)), *shared]
    for name in ordered:
        yield name, renamed.get(name, name), hints[name]


def _is_parts(hint: Any) -> bool:
    return typing.get_origin(hint) is tuple and dataclasses.is_dataclass(_inner(hint))


def _inner(hint: Any) -> Any:
    """What a tuple or an optional holds; the type itself where it is neither."""
    if typing.get_origin(hint) in (tuple, typing.Union, builtin_types.UnionType):
        return next(one for one in typing.get_args(hint) if one not in (type(None), Ellipsis))
    return hint


def _kind(hint: Any) -> str:
    if typing.get_origin(hint) is tuple:
        return LIST
    return NUMBER if _inner(hint) in (int, float) else TEXT


def _with_names(columns: Iterable[Column]) -> Iterator[Column]:
    for column in columns:
        yield column
        if column.actors:
            yield Column(f"{column.name}_names", column.kind)


def flattened(row: Row, label: Label) -> Iterator[tuple[str, Cells]]:
    """A row as cells of its table, then of the tables of its parts."""
    name = row["type"]
    if name not in tables():
        yield name, {key: value for key, value in row.items() if key != "type"}
        return
    yield from _flat(name, row, label, row["id"], "")


def _flat(
    name: str, row: Mapping[str, Any], label: Label, record: str, part: str
) -> Iterator[tuple[str, Cells]]:
    cells: Cells = {"record": record, "part": part}
    parts: list[tuple[str, Cells]] = []
    for column in tables()[name].columns:
        if column.name in row:
            cells[column.name] = row[column.name]
            if column.actors:
                cells[f"{column.name}_names"] = _named(row[column.name], label)
    for key, value in row.items():
        if isinstance(value, Mapping):
            cells |= {f"{key}_{inner}": one for inner, one in value.items()}
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            child = "quote" if key == "quotes" or "document" in value[0] else f"{name}_{key}"
            for number, inner in enumerate(value):
                place = f"{part}{key}/{number}"
                parts += _flat(
                    child, inner, label, record, place + ("" if child == "quote" else "/")
                )
    known = {column.name for column in tables()[name].columns}
    yield name, {key: value for key, value in cells.items() if key in known}
    yield from parts


def _named(value: str | list[str], label: Label) -> str | list[str]:
    if isinstance(value, str):
        return label(value) if value else ""
    return [label(one) for one in value]
