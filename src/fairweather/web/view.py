"""A page as plain data: what a person, a program and a spreadsheet are all shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fairweather.records.escaping import inert

Cells = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page: its template and title, the data it tells, and those data as a table.

    `data` is what `.json` gives; `shown` is what only the page needs besides (objects that
    the template walks over); `columns` and `rows` are what `.csv` gives.
    """

    template: str
    title: str
    data: Mapping[str, Any]
    shown: Mapping[str, Any] = field(default_factory=dict)
    columns: Cells = ()
    rows: Sequence[Cells] = ()


def as_csv(view: View) -> str:
    """The view as CSV; no cell that a spreadsheet would run."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(view.columns)
    writer.writerows([[inert(cell) for cell in row] for row in view.rows])
    return buffer.getvalue()
