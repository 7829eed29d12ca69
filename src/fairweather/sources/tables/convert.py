"""A batch of text to rows of the common schema, and what in it is malformed.

Most cells of an event table repeat (days, codes, names), so each different text is
understood once and its meaning taken for all rows that hold it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from fairweather.sources.tables.meaning import (
    actors_named,
    class_of_code,
    class_of_word,
    day,
    is_statement,
    whole_code,
)
from fairweather.sources.tables.rows import Batch, Malformed
from fairweather.sources.tables.schema import COLUMNS, common_schema
from fairweather.sources.tables.shapes import Shape

if TYPE_CHECKING:
    import pyarrow as pa

BETWEEN = "\x1f"
"""Joins the cells that name an actor, so that each combination is understood once."""

NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
WHOLE = r"^\d{1,9}$"


@dataclass(slots=True)
class _Making:
    """A batch on its way: text in, columns out, and the reason of each row that is none."""

    batch: Batch
    shape: Shape
    columns: dict[str, pa.Array] = field(default_factory=dict)
    reasons: list[tuple[pa.BooleanArray, Callable[[int], str]]] = field(default_factory=list)

    def cells(self, name: str) -> pa.StringArray | None:
        """The text of a field, None where the shape has no column for it."""
        column = self.shape.fields.get(name)
        return None if column is None else self.batch.cells[column]

    def refuse(self, where: pa.BooleanArray, say: Callable[[int], str]) -> None:
        """Put the rows aside where the mask is true, for what `say` says of a row."""
        self.reasons.append((where, say))


def to_common(batch: Batch, shape: Shape, name: str) -> tuple[pa.Table, tuple[Malformed, ...]]:
    """Rows of the common schema, cited by `name`, and the malformed ones in order of line.

    Empty lines are neither.
    """
    import pyarrow as pa

    making = _Making(batch, shape)
    _put_event(making)
    _put_numbers(making)
    rows = len(batch.lines)
    for column, value in (("dataset", shape.dataset), ("file", name)):
        making.columns[column] = pa.repeat(pa.scalar(value), rows)
    making.columns["line"] = batch.lines
    for column in ("source_name", "target_name", "url", "mode"):
        making.columns[column] = _words(making, column)
    making.columns["month"] = by_text(
        making.columns["date"].cast(pa.string()), lambda text: text[:7], pa.string()
    )
    kept, malformed = _sort_out(making)
    sides = [_actors(making, side).filter(kept) for side in ("source", "target")]
    table = _pairs(making.columns, kept, sides)
    return table, tuple(sorted((*batch.malformed, *malformed), key=lambda row: row.line))


def by_text(cells: pa.StringArray, meaning: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """What each cell means, each different text asked once; null stays null."""
    import pyarrow as pa

    told = cells.dictionary_encode()
    values = [meaning(text) for text in told.dictionary.to_pylist()]
    return pa.array(values, kind).take(told.indices)


def _put_event(making: _Making) -> None:
    """Id, days, CAMEO code and PLOVER class; a row without one of them is malformed."""
    import pyarrow as pa
    from pyarrow import compute

    events, dates = making.cells("event"), making.cells("date")
    if events is None or dates is None:
        raise TypeError(f"a shape without event or date: {making.shape}")
    making.columns["event"] = events
    making.refuse(compute.equal(events, ""), lambda row: "no event id")
    making.columns["date"] = by_text(dates, day, pa.date32())
    making.refuse(
        making.columns["date"].is_null(), lambda row: f"no such day: {dates[row].as_py()!r}"
    )
    added = making.cells("added")
    making.columns["added"] = (
        pa.nulls(len(events), pa.date32()) if added is None else by_text(added, day, pa.date32())
    )
    _put_class(making, len(events))


def _put_class(making: _Making, rows: int) -> None:
    import pyarrow as pa
    from pyarrow import compute

    words, codes = making.cells("event_class"), making.cells("cameo")
    if words is not None:
        making.columns["event_class"] = by_text(words, class_of_word, pa.string())
        making.columns["cameo"] = pa.nulls(rows, pa.string())
        making.refuse(
            making.columns["event_class"].is_null(),
            lambda row: f"no PLOVER class: {words[row].as_py()!r}",
        )
        return
    if codes is None:
        raise TypeError(f"a shape without class or code: {making.shape}")
    whole = by_text(codes, whole_code, pa.string())
    making.columns["cameo"] = whole
    making.columns["event_class"] = by_text(whole, class_of_code, pa.string())
    unknown = compute.and_(
        making.columns["event_class"].is_null(),
        compute.invert(by_text(whole, is_statement, pa.bool_())),
    )
    making.refuse(unknown, lambda row: f"no CAMEO code: {codes[row].as_py()!r}")


def _put_numbers(making: _Making) -> None:
    """Intensity, tone and mentions: null where empty, malformed where no number."""
    import pyarrow as pa

    schema = common_schema()
    for name, form in (("intensity", NUMBER), ("tone", NUMBER), ("mentions", WHOLE)):
        cells = making.cells(name)
        kind = schema.field(name).type
        if cells is None:
            making.columns[name] = pa.nulls(len(making.batch.lines), kind)
        else:
            making.columns[name] = _numbers(making, name, cells, form, kind)


def _numbers(
    making: _Making, name: str, cells: pa.StringArray, form: str, kind: pa.DataType
) -> pa.Array:
    import pyarrow as pa
    from pyarrow import compute

    empty = compute.is_in(cells, value_set=pa.array(["", "None"]))
    filled = compute.if_else(empty, pa.scalar(None, pa.string()), cells)
    try:
        numbers = filled.cast(kind)
    except pa.ArrowInvalid:  # one text among them is no number: the slow way finds which
        fitting = compute.match_substring_regex(filled, form)
        wrong = compute.and_(compute.invert(empty), compute.invert(fitting.fill_null(False)))
        making.refuse(wrong, lambda row: f"{name} is no number: {cells[row].as_py()!r}")
        return compute.if_else(wrong, pa.scalar(None, pa.string()), filled).cast(kind)
    return numbers


def _words(making: _Making, name: str) -> pa.Array:
    import pyarrow as pa
    from pyarrow import compute

    cells = making.cells(name)
    if cells is None:
        return pa.nulls(len(making.batch.lines), pa.string())
    empty = compute.is_in(cells, value_set=pa.array(["", "None"]))
    return compute.if_else(empty, pa.scalar(None, pa.string()), cells)


def _sort_out(making: _Making) -> tuple[pa.BooleanArray, list[Malformed]]:
    """Which rows are kept, and the malformed with the first reason that holds."""
    import numpy as np
    import pyarrow as pa

    kept = np.ones(len(making.batch.lines), dtype=bool)
    found: list[Malformed] = []
    for where, say in making.reasons:
        for row in np.flatnonzero(where.to_numpy(zero_copy_only=False)):
            if not kept[row]:
                continue
            kept[row] = False
            line = making.batch.lines[int(row)].as_py()
            text = making.batch.text(line)
            if text.strip():
                found.append(Malformed(line, say(int(row)), text))
    return pa.array(kept), found


def _actors(making: _Making, side: str) -> pa.ListArray:
    """The actor ids of one side of every row; a null alone where nobody is named."""
    import pyarrow as pa
    from pyarrow import compute

    nothing = pa.repeat(pa.scalar(""), len(making.batch.lines))
    cells = [making.cells(f"{side}_{part}") for part in ("country", "group", "name")]
    keys = compute.binary_join_element_wise(
        *(nothing if one is None else one for one in cells), BETWEEN
    )

    def named(key: str) -> Sequence[str | None]:
        country, group, name = key.split(BETWEEN, 2)
        return actors_named(country, group, name) or (None,)

    return by_text(keys, named, pa.list_(pa.string()))


def _pairs(
    columns: dict[str, pa.Array], kept: pa.BooleanArray, sides: Sequence[pa.ListArray]
) -> pa.Table:
    """One row for each pair of a source and a target in the kept rows."""
    import numpy as np
    import pyarrow as pa
    from pyarrow import compute

    schema = common_schema()
    sources, targets = (compute.list_value_length(side).to_numpy() for side in sides)
    counts = sources * targets
    rest = {name: array.filter(kept) for name, array in columns.items()}
    if len(counts) == counts.sum():  # the usual case: one actor a side
        rest["source"], rest["target"] = (side.flatten() for side in sides)
    else:
        row = np.repeat(np.arange(len(counts)), counts)
        place = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        rest = {name: array.take(pa.array(row)) for name, array in rest.items()}
        for name, side, index in (
            ("source", sides[0], place // targets[row]),
            ("target", sides[1], place % targets[row]),
        ):
            lengths = compute.list_value_length(side).to_numpy()
            start = (np.cumsum(lengths) - lengths)[row]
            rest[name] = side.flatten().take(pa.array(start + index))
    ordered = [rest[name].cast(schema.field(name).type) for name in (*COLUMNS, "month")]
    return pa.Table.from_arrays(ordered, schema=schema)
