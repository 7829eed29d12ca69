"""What may be wrong with a data set: release, double rows, unknown countries, years that clash."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairweather.errors import SourceError
from fairweather.history.datasets.registry import Source

Columns = Mapping[str, NDArray[Any]]

HEADER = 2
"""The row number of the first row of values: the header is row 1."""

NO_STATE = 0
"""Codes below 1 (-9, say) are "missing" in these data sets."""

RELEASE_SLACK = 1e-3
"""Stata stores 4.01 as 4.0100002."""


def check(columns: Columns, known: Source, file: str, states: frozenset[int] | None) -> None:
    """Raises SourceError for the first mistake, naming file, column and row."""
    _check_release(columns, known, file)
    _check_key(columns, known, file)
    _check_spans(columns, known, file)
    if states is not None:
        _check_states(columns, known, file, states)


def outside_states(columns: Columns, known: Source) -> dict[int, str]:
    """Row -> reason, for rows with a code that the data set is known to use alone."""
    found: dict[int, str] = {}
    for column in known.states if known.outside else ():
        codes = _numbers(columns, column, known.file)
        for code, reason in known.outside.items():
            for row in np.flatnonzero(codes == code):
                found[int(row)] = reason
    return found


def _numbers(columns: Columns, column: str, file: str) -> NDArray[np.float64]:
    try:
        return columns[column].astype(np.float64)
    except (TypeError, ValueError):
        row = next(at for at, value in enumerate(columns[column].tolist()) if not _is_number(value))
        value = columns[column][row]
        raise SourceError(
            f"{file}, column {column}, row {row + HEADER}: {value!r} is no number"
        ) from None


def _is_number(value: object) -> bool:
    try:
        float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return value is None
    return True


def _check_release(columns: Columns, known: Source, file: str) -> None:
    if known.version is None:
        return
    column, expected = known.version
    found = _numbers(columns, column, file)
    wrong = np.flatnonzero(~(np.abs(found - expected) < RELEASE_SLACK))
    if len(wrong):
        raise SourceError(
            f"{file}, column {column}, row {wrong[0] + HEADER}: release {found[wrong[0]]:g},"
            f" expected is {expected:g} ({known.title})"
        )


def _check_key(columns: Columns, known: Source, file: str) -> None:
    if not known.key:
        return
    parts = [_ranks(columns[column]) for column in known.key]
    order = np.lexsort(parts)
    same = np.ones(len(order) - 1, dtype=bool)
    for part in parts:
        same &= part[order][1:] == part[order][:-1]
    if same.any():
        at = int(np.flatnonzero(same)[0])
        first, second = sorted((int(order[at]), int(order[at + 1])))
        values = ", ".join(f"{column} {columns[column][second]}" for column in known.key)
        raise SourceError(
            f"{file}, columns {', '.join(known.key)}, row {second + HEADER}: doubles row"
            f" {first + HEADER} ({values}); keep one of them"
        )


def _ranks(values: NDArray[Any]) -> NDArray[np.int64]:
    """Equal numbers for equal values, empty cells included."""
    plain = values if values.dtype.kind in "iuf" else values.astype(str)
    return np.unique(plain, return_inverse=True)[1]


def _check_spans(columns: Columns, known: Source, file: str) -> None:
    for first, last in known.spans:
        begun, ended = (_numbers(columns, column, file) for column in (first, last))
        closed = ended != known.open if known.open is not None else np.ones(len(ended), dtype=bool)
        wrong = np.flatnonzero(closed & (ended < begun))
        if len(wrong):
            row = int(wrong[0])
            raise SourceError(
                f"{file}, column {last}, row {row + HEADER}: ends in {ended[row]:g}, before it"
                f" begins in {begun[row]:g} (column {first})"
            )


def _check_states(columns: Columns, known: Source, file: str, states: frozenset[int]) -> None:
    allowed = np.array(sorted(states | set(known.outside)), dtype=np.float64)
    for column in known.states:
        codes = _numbers(columns, column, file)
        given = ~np.isnan(codes) & (codes > NO_STATE)
        wrong = np.flatnonzero(given & ~np.isin(codes, allowed))
        if len(wrong):
            row = int(wrong[0])
            raise SourceError(
                f"{file}, column {column}, row {row + HEADER}: {codes[row]:g} is no state of the"
                " Correlates of War system (cow_states)"
            )
