"""A page as plain data: what a person, a program and a spreadsheet are all shown."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from fairweather.brief.lines import Chart
from fairweather.records.escaping import inert

Cells = Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One page: its template and title, the data it tells, and those data as a table.

    `data` is what `.json` gives; `shown` is what only the page needs besides (objects that
    the template walks over); `columns` and `rows` are what `.csv` gives; `charts` are those
    that a reader asks for after the page, each by its key.
    """

    template: str
    title: str
    data: Mapping[str, Any]
    shown: Mapping[str, Any] = field(default_factory=dict)
    columns: Cells = ()
    rows: Sequence[Cells] = ()
    charts: Mapping[str, Chart] = field(default_factory=dict)


class Later(Mapping[str, Any]):
    """An object that is made when it is first looked into: only `.json` asks for all of it."""

    def __init__(self, make: Callable[[], Mapping[str, Any]]) -> None:
        self._make = make

    @cached_property
    def _made(self) -> Mapping[str, Any]:
        return self._make()

    def __getitem__(self, key: str) -> Any:
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._made)

    def __len__(self) -> int:
        return len(self._made)


def as_csv(view: View) -> str:
    """The view as CSV; no cell that a spreadsheet would run."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(view.columns)
    writer.writerows([[inert(cell) for cell in row] for row in view.rows])
    return buffer.getvalue()
