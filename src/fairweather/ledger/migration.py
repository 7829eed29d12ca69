"""Migration: a ledger of an earlier version made into one of this, a copy of it kept first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import apsw

from fairweather.ledger import schema


def migrate(connection: apsw.Connection, path: Path, version: int) -> None:
    """Bring a ledger from `version` to the one this code writes.

    The copy is whole and on the disk before anything is changed, and is not overwritten by a
    second try; all steps are one transaction. Raises apsw's errors, with the ledger unchanged.
    """
    kept = _back_up(connection, path, version)
    # stderr, because whatever verb met the old ledger prints its answer on stdout.
    sys.stderr.write(
        f"fairweather: {path} was written by an earlier version; it is brought from ledger"
        f" version {version} to {schema.VERSION}. A copy of it as it was: {kept}\n"
    )
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another process may have been quicker.
        reached = next(iter(connection.execute("PRAGMA user_version")))[0]
        for step in range(reached, schema.VERSION):
            list(connection.execute(schema.MIGRATIONS[step]))
        list(connection.execute(f"PRAGMA user_version = {schema.VERSION}"))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _back_up(connection: apsw.Connection, path: Path, version: int) -> Path:
    """A copy beside the ledger, made under another name so that a half one is never taken."""
    kept = path.with_name(f"{path.name}.version-{version}")
    if kept.exists():
        return kept
    made = path.with_name(f"{kept.name}.{os.getpid()}.tmp")
    try:
        copy = apsw.Connection(str(made))
        with copy.backup("main", connection, "main") as backup:
            backup.step()
        copy.close()
        made.replace(kept)
    finally:
        made.unlink(missing_ok=True)
    return kept
