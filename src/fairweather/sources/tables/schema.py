"""The common schema: what every row of every event table becomes.

One row is one pair of actors in one line of a table: a line that names several actors on a
side (POLECAT's may) gives a row for each pair. Nothing is read from the article behind it,
so a row has no quote; it is cited by file and line.

    dataset        gdelt-1, gdelt-2, icews or polecat
    event          the id that the data set gives the event
    date           the day it happened, as the table says
    added          the day it was added to the data set or its article published; may be null
    source, target actor ids; null where the table names nobody
    source_name, target_name   as the table writes them
    event_class    PLOVER class; null for CAMEO root 01 (statements), which has none
    cameo          CAMEO code; null in POLECAT
    intensity      -10 to 10, as the table gives it (Goldstein's scale in GDELT and ICEWS)
    mode           POLECAT's event mode; null elsewhere
    mentions, tone GDELT's count of mentions and average tone; null elsewhere
    url            the article's address; null where the table has none
    file, line     the place in the file, lines counted from 1
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow

COLUMNS = (
    *("dataset", "event", "date", "added", "source", "target", "source_name", "target_name"),
    *("event_class", "cameo", "intensity", "mode", "mentions", "tone", "url", "file", "line"),
)

IDENTITY = ("dataset", "event", "date", "source", "target", "event_class", "cameo")
"""Rows alike in these are one row, whichever file holds them.

The event's id alone is not enough: ICEWS gives one id to several events, and a line of POLECAT
to several pairs.
"""


@cache
def common_schema() -> pyarrow.Schema:
    """The schema as pyarrow has it, and `month` ("2014-07"), by which rows are kept apart."""
    import pyarrow as pa

    words = (
        *("dataset", "event", "source", "target", "source_name", "target_name"),
        *("event_class", "cameo", "mode", "url", "file", "month"),
    )
    types = dict.fromkeys(words, pa.string())
    types |= {"date": pa.date32(), "added": pa.date32(), "mentions": pa.int32()}
    types |= {"intensity": pa.float64(), "tone": pa.float64(), "line": pa.int64()}
    return pa.schema([(name, types[name]) for name in (*COLUMNS, "month")])
