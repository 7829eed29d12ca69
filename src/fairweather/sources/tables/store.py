"""The folder in which event tables are kept, beside the ledger.

    rows/month=2014-07/<file>.parquet   rows of one file in one month, by source and target
    files/<sha256>.json                 what was taken from a file; written last
    merged/<hash>.json                  which files of a month another has replaced
    malformed/<file>.tsv                its malformed lines: number, reason, text
    staging/                            what is being read; of no meaning afterwards

`<file>` is the beginning of the file's SHA-256. Rows count only when their file stands in
`files/`, so that a run killed at any point leaves nothing behind that is ever counted.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fairweather.errors import LedgerError
from fairweather.sources.tables.engine import connect

if TYPE_CHECKING:
    import duckdb

SHORT = 16
"""Hex digits of the SHA-256 in names of files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn:
    """A file that was taken in: rows new, rows that were there already, malformed lines.

    `name` is how its rows cite it, `shards` are the rows' files, relative to the folder.
    """

    sha256: str
    name: str
    dataset: str
    new: int
    duplicate: int
    malformed: int
    shards: tuple[str, ...]
    read: str

    @property
    def key(self) -> str:
        """The file's short name in the folder."""
        return self.sha256[:SHORT]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """A file with the rows of several, and the files that it has replaced."""

    shard: str
    replaces: tuple[str, ...]


class TableStore:
    """The event tables in a folder; made on the first `take_in`.

    With `recorded_by`, a UTC instant, only the files that were taken in by then are there.
    """

    def __init__(self, folder: Path | str, recorded_by: str | None = None) -> None:
        self.folder = Path(folder)
        self.recorded_by = recorded_by

    @property
    def exists(self) -> bool:
        """Whether anything was ever taken in."""
        return (self.folder / "files").is_dir() and bool(self.taken_in())

    def taken_in(self) -> tuple[TakenIn, ...]:
        """Every file taken in, by its name. Raises LedgerError for an entry that is broken."""
        read = [_entry(path) for path in self._entries()]
        entries = [one for one in read if not self.recorded_by or one.read <= self.recorded_by]
        return tuple(sorted(entries, key=lambda one: (one.name, one.sha256)))

    def entry(self, sha256: str) -> TakenIn | None:
        """What was taken from the file of a hash, None when it never was."""
        path = self._entry_path(sha256)
        return _entry(path) if path.exists() else None

    def shards(self) -> tuple[Path, ...]:
        """The files of all rows that count; with `recorded_by` see also `left_out`."""
        standing = self._standing()
        found = (standing(shard) for one in self.taken_in() for shard in one.shards)
        return tuple(self.folder / shard for shard in dict.fromkeys(found))

    def left_out(self) -> tuple[str, ...]:
        """Names of files taken in later whose rows stand in the same files as earlier ones."""
        if not self.recorded_by:
            return ()
        standing = self._standing()
        used = {path.relative_to(self.folder).as_posix() for path in self.shards()}
        later = (one for one in map(_entry, self._entries()) if one.read > self.recorded_by)
        return tuple(
            sorted(one.name for one in later if used & {standing(shard) for shard in one.shards})
        )

    def merged(self) -> tuple[Merged, ...]:
        """Every account of files that were written as one."""
        return tuple(map(_merged, sorted((self.folder / "merged").glob("*.json"))))

    def _standing(self) -> Callable[[str], str]:
        """From a file to the one that holds its rows now."""
        heirs = {shard: one.shard for one in self.merged() for shard in one.replaces}

        def standing(shard: str) -> str:
            while shard in heirs:
                shard = heirs[shard]
            return shard

        return standing

    def shards_in(self, month: str, besides: str) -> tuple[Path, ...]:
        """The files of all rows of a month that count, but for those of one file."""
        standing = self._standing()
        found = (
            standing(shard)
            for one in self.taken_in()
            for shard in one.shards
            if one.sha256 != besides and Path(shard).parent.name == f"month={month}"
        )
        return tuple(self.folder / shard for shard in dict.fromkeys(found))

    def name_for(self, name: str, sha256: str) -> str:
        """How to cite a file: its name, with some of its hash when another has that name."""
        taken = any(one.name == name and one.sha256 != sha256 for one in self.taken_in())
        return f"{name}#{sha256[:8]}" if taken else name

    def add(self, taken: TakenIn) -> None:
        """Let a file's rows count from now on."""
        write_whole(
            self._entry_path(taken.sha256), json.dumps(asdict(taken), ensure_ascii=False, indent=1)
        )

    def keep_whole(self, written: Path, shard: Path) -> None:
        """Give a finished file its place in the folder, safe on disk first."""
        with written.open("rb") as file:
            os.fsync(file.fileno())
        target = self.folder / shard
        target.parent.mkdir(parents=True, exist_ok=True)
        written.replace(target)

    @cached_property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """A DuckDB connection for questions to this folder. Raises MisuseError without DuckDB."""
        return connect(str(self.folder / "staging" / f"questions-{os.getpid()}"))

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the folder for one writer; gives an empty place to stage what is read.

        Raises LedgerError when the folder cannot be written.
        """
        staging = self.folder / "staging"
        try:
            for name in ("rows", "files", "merged", "malformed", "staging"):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            lock = (self.folder / "lock").open("w")
        except OSError as error:
            raise LedgerError(f"{self.folder} cannot be written: {error.strerror}") from error
        with lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # freed by the system, however the process ends
            place = staging / "reading"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            try:
                yield place
            finally:
                shutil.rmtree(place, ignore_errors=True)

    def _entries(self) -> Iterator[Path]:
        return (self.folder / "files").glob("*.json")

    def _entry_path(self, sha256: str) -> Path:
        return self.folder / "files" / f"{sha256}.json"


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.tmp")
    with temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def _merged(path: Path) -> Merged:
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Merged(shard=fields["shard"], replaces=tuple(fields["replaces"]))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise LedgerError(f"{path}: is no account of merged tables: {error}") from error


def _entry(path: Path) -> TakenIn:
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return TakenIn(**{**fields, "shards": tuple(fields["shards"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise LedgerError(
            f"{path}: is no account of a table; delete it and read the table again"
        ) from error


def folder_beside(ledger: Path | str) -> Path:
    """Where the tables of a ledger are kept unless another folder is named."""
    return Path(f"{ledger}.tables")
