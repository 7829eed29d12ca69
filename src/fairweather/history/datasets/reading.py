"""Reads one data set from a folder and refuses what is wrong with it.

    members = read_dataset(Path("data"), "members")
    members.numbers("yrent")        # float64, NaN where the cell is empty
    members.dropped                 # (("a member that is no state of the system", 2),)

Needs pyarrow (extra [history]). A file is Parquet or CSV with the same column names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fairweather.errors import MisuseError, SourceError
from fairweather.history.datasets.checks import check, outside_states
from fairweather.history.datasets.registry import Source, source

ENDINGS = (".parquet", ".csv")

Column = NDArray[Any]


@dataclass(frozen=True, eq=False, slots=True)
class Dataset:
    """The columns of a data set, each of `rows` values, and what was left out, by reason."""

    source: Source
    path: Path
    columns: Mapping[str, Column]
    rows: int
    dropped: tuple[tuple[str, int], ...] = ()

    def numbers(self, column: str) -> NDArray[np.float64]:
        """A column as float64, NaN where the cell is empty. Raises SourceError for words."""
        try:
            return self.columns[column].astype(np.float64)
        except (TypeError, ValueError) as error:
            raise SourceError(f"{self.path.name}, column {column}: {error}") from error

    def words(self, column: str) -> list[str]:
        """A column as text, "" where the cell is empty."""
        return ["" if value is None else str(value) for value in self.columns[column].tolist()]


def read_dataset(folder: Path, name: str) -> Dataset:
    """One data set of the registry from a folder.

    Raises SourceError naming file, column and row (the header is row 1) for another release, a
    missing column, rows that double a key, a country outside the state system, and years that
    contradict each other; MisuseError when pyarrow is not there.
    """
    known = source(name)
    path = _path(folder, known)
    found = _read(path, known)
    states = None if name == "states" or not known.states else _state_codes(folder)
    check(found.columns, known, path.name, states)
    return _without_outsiders(found)


def _path(folder: Path, known: Source) -> Path:
    for ending in ENDINGS:
        if (folder / f"{known.file}{ending}").is_file():
            return folder / f"{known.file}{ending}"
    raise SourceError(
        f"{folder}: no {known.file}.parquet or {known.file}.csv; it is {known.title}:"
        f" {known.citation}"
    )


def _read(path: Path, known: Source) -> Dataset:
    try:
        from pyarrow import csv, lib, parquet
    except ImportError as error:
        raise MisuseError(
            "reading data sets needs pyarrow: pip install 'fairweather[history]'"
        ) from error
    try:
        table = csv.read_csv(path) if path.suffix == ".csv" else parquet.read_table(path)
    except (lib.ArrowException, OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path.name}: cannot be read: {error}") from error
    wanted = [*known.columns, *([known.version[0]] if known.version else [])]
    missing = [column for column in wanted if column not in table.column_names]
    if missing:
        raise SourceError(
            f"{path.name}: lacks the column{'s' if len(missing) > 1 else ''} {', '.join(missing)};"
            f" expected is {known.title}"
        )
    if not table.num_rows:
        raise SourceError(f"{path.name}: holds no row")
    # Further columns (all members of a pact, say) are kept for those who know them.
    columns = {name: table[name].to_numpy() for name in table.column_names}
    return Dataset(known, path, columns, table.num_rows)


def _state_codes(folder: Path) -> frozenset[int]:
    return frozenset(read_dataset(folder, "states").numbers("ccode").astype(int).tolist())


def _without_outsiders(found: Dataset) -> Dataset:
    """The data set without rows of known outsiders, which are counted by reason."""
    left_out = outside_states(found.columns, found.source)
    if not left_out:
        return found
    rows = np.ones(found.rows, dtype=bool)
    counts: dict[str, int] = {}
    for row, reason in left_out.items():
        rows[row] = False
        counts[reason] = counts.get(reason, 0) + 1
    kept = {name: values[rows] for name, values in found.columns.items()}
    return replace(found, columns=kept, rows=int(rows.sum()), dropped=tuple(counts.items()))
