"""Compaction: the many small files of a month written as one, so that a question opens few.

A data set that appears every quarter of an hour leaves thousands of files a month. One file takes
the place of several by an account in `merged/`, written last and at once: a run killed
before it changes nothing. What was replaced is deleted at the next compaction only, so that
a question being answered keeps its files. Every row keeps the file and line that it is cited by.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from fairweather.sources.tables.engine import connect, quoted
from fairweather.sources.tables.schema import COLUMNS
from fairweather.sources.tables.store import SHORT, Merged, TableStore, write_whole

MANY = 64
"""Files of one month from which they are written as one."""


def compact(store: TableStore, many: int = MANY) -> int:
    """Write the months with at least so many files as one file each; how many months.

    Raises LedgerError when the folder cannot be written.
    """
    if not any(len(shards) >= many for shards in _by_month(store).values()):
        return 0
    done = 0
    with store.writing() as place:
        _sweep(store)
        for month, shards in sorted(_by_month(store).items()):
            if len(shards) >= many:
                _merge(store, month, shards, place)
                done += 1
    return done


def _by_month(store: TableStore) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for shard in store.shards():
        found[shard.parent.name].append(shard.relative_to(store.folder).as_posix())
    return found


def _merge(store: TableStore, month: str, shards: Sequence[str], place: Path) -> None:
    """Write one file for several and let it count in their place."""
    written = place / "merged.parquet"
    read = ", ".join(quoted(str(store.folder / shard)) for shard in shards)
    with connect(str(place / "spill")) as connection:
        connection.execute(
            f"COPY (SELECT {', '.join(COLUMNS)} FROM read_parquet([{read}],"
            " hive_partitioning = false) ORDER BY source, target, date)"
            f" TO {quoted(str(written))} (FORMAT parquet, COMPRESSION zstd)"
        )
    key = hashlib.sha256("\n".join(sorted(shards)).encode()).hexdigest()[:SHORT]
    shard = Path("rows", month, f"merged-{key}.parquet")
    store.keep_whole(written, shard)
    account = Merged(shard=shard.as_posix(), replaces=tuple(shards))
    write_whole(store.folder / "merged" / f"{key}.json", json.dumps(asdict(account), indent=1))


def _sweep(store: TableStore) -> None:
    """Delete the files that others have replaced."""
    for one in store.merged():
        for shard in one.replaces:
            (store.folder / shard).unlink(missing_ok=True)
