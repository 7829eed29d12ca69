"""Event tables: GDELT, ICEWS and POLECAT files, by the million, beside the coded text.

    store = TableStore("fairweather.db.tables")
    take_in(store, Path("20150218.export.CSV.zip"))     # a TableReport
    pair_counts(store, "RUS", "IRN")                    # by month, direction and class

Needs the extra `tables` (DuckDB, pyarrow); nothing here loads them before they are used.
"""

from fairweather.sources.tables.compaction import compact
from fairweather.sources.tables.intake import TableReport, tables_in, take_in
from fairweather.sources.tables.queries import (
    PairCount,
    RowQuery,
    TableRow,
    list_rows,
    pair_counts,
    totals,
)
from fairweather.sources.tables.store import TableStore, TakenIn

__all__ = [
    "PairCount",
    "RowQuery",
    "TableReport",
    "TableRow",
    "TableStore",
    "TakenIn",
    "compact",
    "list_rows",
    "pair_counts",
    "tables_in",
    "take_in",
    "totals",
]
