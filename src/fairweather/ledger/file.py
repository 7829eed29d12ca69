"""The file of a ledger: opened, made, migrated, locked; SQLite's errors made ours.

SQLite through apsw (which carries a current one), write-ahead logged, fully synchronous:
what a transaction has returned from survives a killed process. Several processes may read
and write at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import apsw

from fairweather.errors import LedgerError, LedgerFull, LedgerTooNew
from fairweather.ledger import schema
from fairweather.ledger.migration import migrate

BUSY_WAIT_MS = 60_000
"""How long a writer waits for another before it gives up."""

PAGES_KEPT = -65_536
"""Page cache in KiB (negative, as SQLite wants it): 64 MB."""


class LedgerFile:
    """One SQLite file that is a ledger; made when it is not there.

    Raises LedgerError when it is none, LedgerTooNew when a later fairweather wrote it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: apsw.Connection | None = None
        self._connect(apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE)

    @property
    def connection(self) -> apsw.Connection:
        """The open connection; a file that was let go is opened again, but not made anew."""
        return self._connection or self._connect(apsw.SQLITE_OPEN_READWRITE)

    def close(self) -> None:
        """Let go of the file, until something that was read from it is looked at again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _connect(self, flags: int) -> apsw.Connection:
        with translated(self.path):
            self._connection = connection = apsw.Connection(str(self.path), flags=flags)
            connection.set_busy_timeout(BUSY_WAIT_MS)
            self._open()
        return connection

    def run(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        """The rows of a statement, fetched whole.

        apsw stops a run of several statements at the first that returns rows.
        """
        with translated(self.path):
            return list(self.connection.execute(sql, tuple(values)))

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """The rows of a query one by one, all as they stood when it began."""
        with translated(self.path):
            yield from self.connection.execute(sql, tuple(values))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside is stored, or nothing of it."""
        with translated(self.path):
            self.run("BEGIN IMMEDIATE")
            try:
                yield
                self.run("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.run("ROLLBACK")
                raise

    def _open(self) -> None:
        version = self.run("PRAGMA user_version")[0][0]
        application = self.run("PRAGMA application_id")[0][0]
        tables = self.run("SELECT count(*) FROM sqlite_schema")[0][0]
        if tables and application != schema.APPLICATION_ID:
            raise LedgerError(f"{self.path} is a database, but no fairweather ledger")
        if version > schema.VERSION:
            raise LedgerTooNew(
                f"{self.path} was written by a later fairweather (ledger version {version},"
                f" this one reads {schema.VERSION}); upgrade fairweather"
            )
        self.run("PRAGMA journal_mode = WAL")
        self.run("PRAGMA synchronous = FULL")
        self.run("PRAGMA foreign_keys = ON")
        self.run(f"PRAGMA cache_size = {PAGES_KEPT}")
        if not tables:
            self._create()
        elif version < schema.VERSION:
            migrate(self.connection, self.path, version)

    def _create(self) -> None:
        with self.transaction():
            if self.run("SELECT count(*) FROM sqlite_schema")[0][0]:
                return  # another process was quicker
            self.run(schema.TABLES)
            self.run(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            self.run(f"PRAGMA user_version = {schema.VERSION}")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into the ledger's, naming the file and the way out."""
    try:
        yield
    except apsw.FullError as error:
        raise LedgerFull(
            f"{path}: the disk is full; nothing of this batch was stored, what was stored"
            " before is kept. Free some space and run the same command again"
        ) from error
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise LedgerError(
            f"{path} is no fairweather ledger, or damaged: {error}; `fairweather verify` says"
            " what is wrong, the last `fairweather backup` replaces it"
        ) from error
    except apsw.BusyError as error:
        raise LedgerError(f"{path}: another process keeps it locked; try again") from error
    except (apsw.CantOpenError, apsw.ReadOnlyError, apsw.IOError) as error:
        raise LedgerError(f"{path} cannot be opened or written: {error}") from error
    except apsw.Error as error:
        raise LedgerError(f"{path}: {error}; nothing of this was stored") from error
