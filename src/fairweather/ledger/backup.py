"""Backups: a copy of a ledger as it stands at one moment, whoever writes meanwhile."""

from __future__ import annotations

import os
from pathlib import Path

import apsw

from fairweather.errors import CheckFailed, MisuseError
from fairweather.ledger.file import LedgerFile, translated


def back_up(file: LedgerFile, target: Path, *, replace: bool = False) -> Path:
    """Copy a ledger to a file, check the copy, and give its path.

    The copy is made under another name and renamed when it is whole, checked and on the disk.
    Raises MisuseError where the target is there and `replace` is not set, LedgerFull, and
    CheckFailed where the copy is not sound (the target is then left alone).
    """
    if target.exists() and not replace:
        raise MisuseError(f"{target} is there already; name another file, or add --replace")
    if target.exists() and target.samefile(file.path):
        raise MisuseError(f"{target} is the ledger itself; name another file")
    made = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        with translated(made):
            _copy(file.connection, made)
            _check(made)
        _to_disk(made)
        made.replace(target)
        _to_disk(target.parent)
    finally:
        made.unlink(missing_ok=True)
    return target


def _copy(connection: apsw.Connection, target: Path) -> None:
    copy = apsw.Connection(str(target))
    try:
        # In one step, so that no writer can come between two of its pages.
        with copy.backup("main", connection, "main") as backup:
            backup.step()
        # A backup is one file, with no log beside it.
        list(copy.execute("PRAGMA journal_mode = DELETE"))
    finally:
        copy.close()


def _check(path: Path) -> None:
    copy = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        found = [line for (line,) in copy.execute("PRAGMA integrity_check") if line != "ok"]
        found += [f"foreign key of {row[0]}" for row in copy.execute("PRAGMA foreign_key_check")]
        copy.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
    except apsw.Error as error:
        found = [str(error)]
    finally:
        copy.close()
    if found:
        raise CheckFailed(
            f"the copy is not sound ({found[0]}); `fairweather verify` says whether the ledger is"
        )


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
