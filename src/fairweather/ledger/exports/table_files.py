"""Tables as files in a folder: CSV for spreadsheets and people, Parquet for programs.

CSV shows hidden characters as escapes and defuses what a spreadsheet would compute; Parquet holds
every value as it is. Both are written whole, the folder too: it takes its name when all
its tables are finished.
"""

from __future__ import annotations

import csv
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairweather.errors import MisuseError
from fairweather.ledger.exports.tables import (
    LIST,
    NUMBER,
    TEXT,
    Cells,
    Column,
    Label,
    Table,
    flattened,
    tables,
)
from fairweather.records import Row
from fairweather.records.escaping import inert, visible

if TYPE_CHECKING:
    import pyarrow

BATCH = 5_000
"""Rows of a table that are held in memory."""

SEPARATOR = "; "
"""Between the ids of a list in one cell of a CSV file; no id holds it."""

Writer = Callable[[str, list[Cells]], None]


def write_csv(rows: Iterable[Row], folder: Path, label: Label, *, overwrite: bool) -> Counter[str]:
    """Write one CSV file for each table; how many rows each has."""
    with _whole_folder(folder, overwrite=overwrite) as made, ExitStack() as stack:
        writers: dict[str, Any] = {}

        def write(name: str, cells: list[Cells]) -> None:
            if name not in writers:
                opened = (made / f"{name}.csv").open("w", encoding="utf-8", newline="")
                writers[name] = csv.writer(stack.enter_context(opened), lineterminator="\n")
                writers[name].writerow([c.name for c in _table(name, cells).columns])
            for one in cells:
                columns = _table(name, [one]).columns
                writers[name].writerow([_cell(one.get(c.name), c.kind) for c in columns])

        for name in tables():
            write(name, [])
        return _in_batches(rows, label, write)


def _table(name: str, cells: list[Cells]) -> Table:
    """The table of a name; of a type outside the contract's ten, made of its first row."""
    if name in tables():
        return tables()[name]
    return Table(name, tuple(Column(key, TEXT) for key in (cells[0] if cells else {})))


def _cell(value: Any, kind: str) -> str:
    if value is None:
        return ""
    if kind == NUMBER:
        return repr(value) if isinstance(value, float) else str(value)
    text = SEPARATOR.join(value) if isinstance(value, list) else str(value)
    return inert(visible(text))


def write_parquet(
    rows: Iterable[Row], folder: Path, label: Label, *, overwrite: bool
) -> Counter[str]:
    """Write one Parquet file for each table. Raises MisuseError without pyarrow."""
    pyarrow_ = _pyarrow()
    import pyarrow.parquet as pq

    with _whole_folder(folder, overwrite=overwrite) as made, ExitStack() as stack:
        writers: dict[str, Any] = {}

        def write(name: str, cells: list[Cells]) -> None:
            if name not in writers:
                schema = _schema(_table(name, cells), pyarrow_)
                path = made / f"{name}.parquet"
                writers[name] = stack.enter_context(
                    pq.ParquetWriter(path, schema, compression="zstd")
                )
            schema = writers[name].schema
            told = [{field.name: _typed(one.get(field.name)) for field in schema} for one in cells]
            writers[name].write_table(pyarrow_.Table.from_pylist(told, schema=schema))

        for name in tables():
            write(name, [])
        return _in_batches(rows, label, write)


def _pyarrow() -> Any:
    try:
        import pyarrow
    except ImportError as error:
        raise MisuseError(
            "Parquet needs pyarrow; install fairweather with the extra [tables]"
        ) from error
    return pyarrow


def _schema(table: Table, pyarrow_: Any) -> pyarrow.Schema:
    kinds = {LIST: pyarrow_.list_(pyarrow_.string()), NUMBER: pyarrow_.float64()}
    return pyarrow_.schema([(c.name, kinds.get(c.kind, pyarrow_.string())) for c in table.columns])


def _typed(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    return float(value) if isinstance(value, int) else value


def _in_batches(rows: Iterable[Row], label: Label, write: Writer) -> Counter[str]:
    waiting: dict[str, list[Cells]] = {}
    counts: Counter[str] = Counter(dict.fromkeys(tables(), 0))
    for row in rows:
        for name, cells in flattened(row, label):
            counts[name] += 1
            waiting.setdefault(name, []).append(cells)
            if len(waiting[name]) >= BATCH:
                write(name, waiting.pop(name))
    for name, left in waiting.items():
        write(name, left)
    return counts


@contextmanager
def _whole_folder(folder: Path, *, overwrite: bool) -> Iterator[Path]:
    """A folder to write in that takes its name once everything in it is finished.

    What is there already is replaced only when told to, and only where it is an export.
    """
    if folder.exists():
        if not overwrite:
            raise MisuseError(f"{folder} is there already; name another, or say --overwrite")
        if not _is_export(folder):
            raise MisuseError(f"{folder} holds other things than an export; name another folder")
    made = folder.with_name(f".{folder.name}.{os.getpid()}.tmp")
    try:
        made.mkdir(parents=True)
        yield made
        if folder.exists():
            shutil.rmtree(folder)
        made.replace(folder)
    except OSError as error:
        raise MisuseError(f"{folder} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _is_export(folder: Path) -> bool:
    """Whether a folder holds tables and nothing else."""
    return folder.is_dir() and all(
        file.is_file() and file.suffix in (".csv", ".parquet") for file in folder.iterdir()
    )
