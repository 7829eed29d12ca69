"""DuckDB and pyarrow, which only event tables need: loaded on first use, or named."""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING

from fairweather.errors import MisuseError

if TYPE_CHECKING:
    import duckdb

MEMORY_LIMIT = "1200MB"
"""What DuckDB may take before it goes on in a temporary file."""


def require_engine() -> ModuleType:
    """The duckdb module. Raises MisuseError naming the extra when a library is missing."""
    try:
        import duckdb
        import pyarrow  # noqa: F401
    except ImportError as error:
        raise MisuseError(
            f"event tables need {error.name}, which is not installed;"
            " install fairweather with its extra: pip install 'fairweather[tables]'"
        ) from error
    return duckdb


def connect(temporary: str) -> duckdb.DuckDBPyConnection:
    """A connection of its own, in memory, that spills into the folder `temporary`."""
    connection: duckdb.DuckDBPyConnection = require_engine().connect()
    connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
    connection.execute(f"SET temp_directory = {quoted(temporary)}")
    connection.execute("SET preserve_insertion_order = false")
    connection.execute("SET enable_progress_bar = false")  # it would go to stdout
    # A store has a file for each month: opening them anew would be half of a short answer.
    connection.execute("SET parquet_metadata_cache = true")
    return connection


def quoted(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"
