"""Rows: what `find` answers with, a tuple of records that shows itself and becomes a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from fairweather.records import Record
from fairweather.records.showing import Shown

if TYPE_CHECKING:
    import pandas
    import pyarrow

R = TypeVar("R")


class Several(tuple[R, ...], Shown):
    """Answers that are shown one under the other."""

    __slots__ = ()


Row = TypeVar("Row", bound=Record)


class Rows(Several[Row]):
    """Records of one kind, in the order in which they answer."""

    __slots__ = ()

    def to_pandas(self) -> pandas.DataFrame:
        """The rows as a data frame with the columns of an export (docs/exports.md).

        Dates stay prefix dates in `date_from` and `date_to`, with the day in `date_day` where
        the text gives one; names stand beside ids. Raises MisuseError without pandas.
        """
        from fairweather.desk.showing.frames import to_pandas

        return to_pandas(self)

    def to_arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table with the same columns. Raises MisuseError without pyarrow."""
        from fairweather.desk.showing.frames import to_arrow

        return to_arrow(self)
