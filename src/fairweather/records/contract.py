"""The interchange contract in code: records to JSON rows and back (docs/records.md).

A row is one JSON object with `type` first. What the code calls `since`/`until`,
`event_class` and `home`/`dest` is `from`/`to`, `class` and `from`/`to` in a row.
"""

from __future__ import annotations

import functools
import json
from typing import TYPE_CHECKING, Any

from fairweather.errors import RecordError
from fairweather.records import types
from fairweather.records.dates import When
from fairweather.records.quote import Quote
from fairweather.vocabulary.loader import suggest

if TYPE_CHECKING:
    from cattrs import Converter

Row = dict[str, Any]

WRITTEN_AS = {
    When: {"since": "from", "until": "to"},
    types.Role: {"since": "from", "until": "to"},
    types.Member: {"since": "from", "until": "to"},
    types.Link: {"home": "from", "dest": "to"},
    types.Event: {"event_class": "class"},
}
"""Field names that differ between the code and the contract."""

_PARTS = (
    When,
    Quote,
    types.Origin,
    types.Aside,
    types.Name,
    types.Role,
    types.Stage,
    types.Clause,
    types.Chance,
    types.Member,
    types.Link,
)


def to_row(record: types.Record) -> Row:
    """The record as a plain JSON-ready row, `type` and `id` first."""
    plain: Row = _converter().unstructure(record)
    return {"type": record.type, "id": plain.pop("id"), **plain}


def from_row(row: Row, where: str = "row") -> types.Record:
    """The record of a row. Raises RecordError naming `where` and the field at fault."""
    body = dict(row)
    kind = types.RECORD_TYPES.get(body.pop("type", ""))
    if kind is None:
        given = row.get("type")
        near = suggest(str(given), types.RECORD_TYPES)
        hint = f'; did you mean "{near}"?' if near else ""
        raise RecordError(f'{where}: no record type "{given}"{hint}')
    try:
        record: types.Record = _converter().structure(body, kind)
    except Exception:
        # Gone over again with every check told: the quick way only says that something is wrong.
        record = _checked(body, kind, where)
    return record


def _checked(body: Row, kind: type[types.Record], where: str) -> types.Record:
    try:
        record: types.Record = _converter(told=True).structure(body, kind)
    except Exception as error:
        raise RecordError(f"{where}: {_reason(error)}") from error
    return record


def to_line(row: Row) -> str:
    """One JSON line without its line break; the order of keys is kept."""
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def from_line(line: str, where: str = "line") -> Row:
    """The row of a JSON line. Raises RecordError when it is no JSON object."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise RecordError(f"{where}: not JSON: {error.msg} at column {error.colno}") from error
    if not isinstance(row, dict):
        raise RecordError(f"{where}: a JSON object was expected, not {type(row).__name__}")
    return row


def _reason(error: BaseException) -> str:
    """The readable part of a converter's grouped errors."""
    from cattrs import ClassValidationError, transform_error

    if isinstance(error, ClassValidationError):
        return "; ".join(transform_error(error, path="record"))
    return str(error)


@functools.cache
def _converter(*, told: bool = False) -> Converter:
    """Rows to records and back; `told` gathers every fault with its place, at twice the time."""
    from cattrs import Converter, override
    from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

    converter = Converter(
        forbid_extra_keys=True,
        detailed_validation=told,
        unstruct_collection_overrides={tuple: list},
    )
    for kind in (*_PARTS, *types.RECORD_TYPES.values()):
        renamed: dict[str, Any] = {
            field: override(rename=name) for field, name in WRITTEN_AS.get(kind, {}).items()
        }
        converter.register_unstructure_hook(
            kind, make_dict_unstructure_fn(kind, converter, **renamed)
        )
        converter.register_structure_hook(
            kind,
            make_dict_structure_fn(
                kind,
                converter,
                _cattrs_forbid_extra_keys=True,
                _cattrs_detailed_validation=told,
                **renamed,
            ),
        )
    converter.register_structure_hook(str, lambda value, _: _exactly(value, str))
    converter.register_structure_hook(float, lambda value, _: float(_exactly(value, (int, float))))
    return converter


def _exactly(value: Any, kind: type | tuple[type, ...]) -> Any:
    if not isinstance(value, kind) or isinstance(value, bool):
        raise TypeError(f"{value!r} is a {type(value).__name__}")
    return value
