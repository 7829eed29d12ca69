"""Taking a table in: text to rows, rows to Parquet by month, all of a file or nothing.

    store = TableStore("fairweather.db.tables")
    report = take_in(store, Path("20150218.export.CSV.zip"))
    report.new, report.duplicate, report.malformed

The text goes through in blocks into one staged file, so that memory does not grow with the
table; then each month is sorted by source and target (a pair's rows lie together, which is
what questions ask for), freed of rows that are there already, and moved to its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fairweather.errors import LedgerError, SourceError
from fairweather.sources.tables.convert import to_common
from fairweather.sources.tables.engine import connect, quoted, require_engine
from fairweather.sources.tables.parts import BLOCK_BYTES, Part, digest, head_of, parts_of
from fairweather.sources.tables.rows import Batch, Malformed, read_rows
from fairweather.sources.tables.schema import COLUMNS, IDENTITY, common_schema
from fairweather.sources.tables.shapes import HEAD_BYTES, Shape, shape_of, shape_of_head
from fairweather.sources.tables.store import SHORT, TableStore, TakenIn

if TYPE_CHECKING:
    import duckdb

TABLE_ENDINGS = (".zip", ".gz", ".csv", ".tsv", ".tab", ".txt")
"""Endings of files in a folder that are looked into. A file named by itself always is."""

Progress = Callable[[int], None]
"""Told how many rows were read since it was told last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TableReport:
    """What became of a table: rows new, rows there already, malformed lines and where they are.

    `known` is whether the same file had been taken in before: then nothing was read.
    """

    name: str
    dataset: str
    new: int
    duplicate: int
    malformed: int
    aside: Path | None = None
    known: bool = False


def tables_in(path: Path) -> tuple[Path, ...]:
    """The event tables at a path: the file itself, or those below a folder, sorted."""
    if not path.is_dir():
        return (path,) if path.is_file() and shape_of(path) else ()
    return tuple(
        file
        for file in sorted(path.rglob("*"))
        if file.suffix.lower() in TABLE_ENDINGS
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(path).parts)
        and shape_of(file)
    )


def take_in(
    store: TableStore,
    path: Path,
    progress: Progress = lambda rows: None,
    *,
    block_bytes: int = BLOCK_BYTES,
) -> TableReport:
    """Take a table in. A file already in is known by its content and passed over.

    Raises SourceError for a file that is no event table or cannot be read to its end,
    MisuseError without DuckDB, LedgerError when the folder cannot be written; nothing of the
    file counts then.
    """
    require_engine()
    sha256 = digest(path)
    before = store.entry(sha256)
    if before:
        return _known(store, before)
    with store.writing() as place:
        before = store.entry(sha256)
        if before:  # another process was quicker
            return _known(store, before)
        with _writes(store.folder):
            taken = _take(store, path, sha256, place, progress, block_bytes)
            store.add(taken)
    return TableReport(
        name=taken.name,
        dataset=taken.dataset,
        new=taken.new,
        duplicate=taken.duplicate,
        malformed=taken.malformed,
        aside=_aside(store, taken),
    )


def _known(store: TableStore, before: TakenIn) -> TableReport:
    return TableReport(
        name=before.name,
        dataset=before.dataset,
        new=0,
        duplicate=before.new + before.duplicate,
        malformed=before.malformed,
        aside=_aside(store, before),
        known=True,
    )


def _aside(store: TableStore, taken: TakenIn) -> Path | None:
    return store.folder / "malformed" / f"{taken.key}.tsv" if taken.malformed else None


class _writes:  # noqa: N801 (reads as a verb: with _writes(folder))
    """Turns what DuckDB and the system say of a failed write into a LedgerError."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        duckdb = require_engine()
        if isinstance(error, OSError | duckdb.IOException | duckdb.OutOfMemoryException):
            raise LedgerError(f"{self.folder} cannot be written: {error}") from error


def _take(
    store: TableStore,
    path: Path,
    sha256: str,
    place: Path,
    progress: Progress,
    block_bytes: int,
) -> TakenIn:
    name = store.name_for(path.name, sha256)
    parts = [(part, shape) for part in parts_of(path) if (shape := _shape_of_part(part))]
    if not parts:
        raise SourceError(f"{path}: is no event table of GDELT, ICEWS or POLECAT")
    staged = place / "rows.parquet"
    aside = place / "malformed.tsv"
    read, malformed = _stage(parts, name, staged, aside, progress, block_bytes)
    shards, new = _settle(store, staged, sha256, place)
    if malformed:
        aside.replace(store.folder / "malformed" / f"{sha256[:SHORT]}.tsv")
    return TakenIn(
        sha256=sha256,
        name=name,
        dataset=" ".join(sorted({shape.dataset for _, shape in parts})),
        new=new,
        duplicate=read - new,
        malformed=malformed,
        shards=shards,
        read=dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
    )


def _shape_of_part(part: Part) -> Shape | None:
    return shape_of_head(head_of(part, HEAD_BYTES).decode("utf-8", errors="replace"))


def _stage(
    parts: Sequence[tuple[Part, Shape]],
    name: str,
    staged: Path,
    aside: Path,
    progress: Progress,
    block_bytes: int,
) -> tuple[int, int]:
    """Write all rows into one file, malformed lines into another; how many there were of each."""
    import pyarrow.parquet as pq

    read = wrong = 0
    with (
        pq.ParquetWriter(staged, common_schema(), compression="lz4") as rows,
        aside.open("w", encoding="utf-8", newline="\n") as lines,
    ):
        lines.write("file\tline\treason\ttext\n")
        for part, shape in parts:
            cited = part.cited(name)
            for batch in _ahead(read_rows(part, shape, block_bytes)):
                table, malformed = to_common(batch, shape, cited)
                rows.write_table(table)
                lines.writelines(_told(row, cited) for row in malformed)
                read, wrong = read + table.num_rows, wrong + len(malformed)
                progress(table.num_rows)
    return read, wrong


def _ahead(batches: Iterator[Batch]) -> Iterator[Batch]:
    """The same batches, the next one read while this one is converted and written."""
    with ThreadPoolExecutor(max_workers=1) as reader:
        waiting = reader.submit(next, batches, None)
        while (batch := waiting.result()) is not None:
            waiting = reader.submit(next, batches, None)
            yield batch


def _told(row: Malformed, cited: str) -> str:
    text = row.text.replace("\n", "\\n")
    return f"{cited}\t{row.line}\t{row.reason}\t{text}\n"


def _settle(
    store: TableStore, staged: Path, sha256: str, place: Path
) -> tuple[tuple[str, ...], int]:
    """Move staged rows to their months; the files written and how many rows were new."""
    shards, new = [], 0
    with connect(str(place / "spill")) as connection:
        source = f"read_parquet({quoted(str(staged))})"
        months = connection.execute(f"SELECT DISTINCT month FROM {source} ORDER BY 1").fetchall()
        for (month,) in months:
            own = f"(FROM {source} WHERE month = {quoted(month)})"
            there = store.shards_in(month, besides=sha256)
            written = place / "month.parquet"
            count = _write_month(connection, own, there, written)
            if count:
                shard = Path("rows", f"month={month}", f"{sha256[:SHORT]}.parquet")
                store.keep_whole(written, shard)
                shards.append(shard.as_posix())
                new += count
    return tuple(shards), new


def _write_month(
    connection: duckdb.DuckDBPyConnection, own: str, there: Sequence[Path], target: Path
) -> int:
    """Write the rows of `own` that no file of `there` has, each once; how many they are."""
    conditions = " AND ".join(_new_only(connection, own, there)) or "true"
    once = "" if _all_differ(connection, own) else f"QUALIFY {_FIRST_OF_ITS_KIND}"
    written = connection.execute(
        f"COPY (SELECT {', '.join(COLUMNS)} FROM {own} AS own WHERE {conditions} {once}"
        f" ORDER BY source, target, date) TO {quoted(str(target))}"
        " (FORMAT parquet, COMPRESSION zstd)"
    ).fetchone()
    return int(written[0]) if written else 0


_KEY = f"hash({', '.join(IDENTITY)})"
_FIRST_OF_ITS_KIND = (
    f"row_number() OVER (PARTITION BY {', '.join(IDENTITY)} ORDER BY file, line) = 1"
)


def _all_differ(connection: duckdb.DuckDBPyConnection, own: str) -> bool:
    """Whether no row repeats another: hashes tell at a fraction of the cost of the rows."""
    found = connection.execute(f"SELECT count(*) = count(DISTINCT {_KEY}) FROM {own}").fetchone()
    return bool(found and found[0])


def _new_only(
    connection: duckdb.DuckDBPyConnection, own: str, there: Sequence[Path]
) -> Iterator[str]:
    """The condition that leaves out what is there already, where anything may be."""
    if not there:
        return
    kept = f"read_parquet([{', '.join(quoted(str(path)) for path in there)}])"
    meeting = connection.execute(
        f"SELECT count(*) FROM {own} WHERE {_KEY} IN (SELECT {_KEY} FROM {kept})"
    ).fetchone()
    if meeting and meeting[0]:
        same = " AND ".join(f"kept.{name} IS NOT DISTINCT FROM own.{name}" for name in IDENTITY)
        yield f"NOT EXISTS (FROM {kept} AS kept WHERE {same})"
