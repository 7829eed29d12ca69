"""A TOML table being read: what is taken is remembered, what is left at the end is a mistake."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any, NoReturn, TypeVar

from fairweather.errors import RecordError, ScenarioError
from fairweather.records import first_day
from fairweather.scenario.lines import Origin
from fairweather.scenario.quantity import SHAPES, Quantity
from fairweather.vocabulary import suggest

Plain = dict[str, Any]
Read = TypeVar("Read")

LONGEST_HORIZON = 600
"""Months; half a century is beyond what any of the rates and models speak of."""

_NAME = re.compile(r"[A-Za-z0-9_-]+")
_STRETCH = re.compile(r"(?P<number>\d+) (?P<unit>month|year)s?")


class Table:
    """One table with its place: every method raises ScenarioError naming file, line and key.

    `where` is the file's name, or its `Origin` where the lines of keys are known.
    """

    def __init__(self, plain: Plain, where: str | Origin, path: str = "") -> None:
        self.left = dict(plain)
        self.where = where
        self.path = path
        self._known: list[str] = []

    def fail(self, key: str, what: str) -> NoReturn:
        """Raises the ScenarioError for one key of this table."""
        place = ".".join(part for part in (self.path, key) if part)
        file = self.where.place(place) if isinstance(self.where, Origin) else self.where
        raise ScenarioError(f"{file}: {place}: {what}")

    def take(self, key: str, default: Any = None) -> Any:
        """The value of a key that may be missing."""
        self._known.append(key)
        return self.left.pop(key, default)

    def need(self, key: str) -> Any:
        """The value of a key that must be there."""
        if key not in self.left:
            near = suggest(key, self.left)
            self.fail(key, "is missing" + (f'; "{near}" stands there' if near else ""))
        return self.take(key)

    def text(self, key: str, default: str | None = None) -> str:
        """Text; the key must be there when no default is given."""
        value = self.need(key) if default is None else self.take(key, default)
        if not isinstance(value, str):
            self.fail(key, f"must be text in quotes, not {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of words; none when the key is missing."""
        value = self.take(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self.fail(key, f"must be a list of words in quotes, not {value!r}")
        return tuple(value)

    def date(self, key: str, default: str | None = None) -> str:
        """A day, or a prefix date in quotes, as ISO text."""
        value = self.need(key) if default is None else self.take(key, default)
        if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
            return value.isoformat()
        if not isinstance(value, str):
            self.fail(key, f"must be a date such as 2024-10-01, not {value!r}")
        if value != default:
            try:
                first_day(value)
            except RecordError as error:
                self.fail(key, str(error))
        return value

    def months(self, key: str, default: str | None = None) -> int:
        """A stretch of time ahead, as "24 months" or "5 years", in months."""
        text = self.text(key, default)
        found = _STRETCH.fullmatch(text)
        months = int(found["number"]) * (12 if found["unit"] == "year" else 1) if found else 0
        if not 1 <= months <= LONGEST_HORIZON:
            self.fail(key, f'must read like "24 months", up to {LONGEST_HORIZON}, not {text!r}')
        return months

    def point(self, value: Any, key: str) -> float:
        """A finite number without spread."""
        numeric = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not numeric or not math.isfinite(value):
            self.fail(key, f"must be a number or {{dist = ...}}, not {value!r}")
        return float(value)

    def number(self, value: Any, key: str) -> Quantity:
        """A number in any of its three forms: 0.3, {value = 0.3}, {dist = ...}."""
        if not isinstance(value, dict):
            return Quantity("fixed", (self.point(value, key),))
        part = self.sub(key, value)
        shape = part.text("dist", "fixed")
        if shape not in SHAPES:
            near = suggest(shape, SHAPES) or ", ".join(SHAPES)
            part.fail("dist", f'no distribution "{shape}"; did you mean {near}?')
        parameters = tuple(part.point(part.need(name), name) for name in SHAPES[shape])
        quantity = Quantity(shape, parameters, part.text("source", ""))
        part.finish()
        return quantity

    def quantity(self, key: str) -> Quantity | None:
        """A number that may be missing."""
        value = self.take(key)
        return None if value is None else self.number(value, key)

    def sub(self, key: str, value: Any) -> Table:
        """A value of this table as a table of its own."""
        if not isinstance(value, dict):
            self.fail(key, f"must be a table, not {value!r}")
        return Table(value, self.where, f"{self.path}.{key}" if self.path else key)

    def table(self, key: str) -> Table | None:
        """The table of a key that may be missing."""
        value = self.take(key)
        return None if value is None else self.sub(key, value)

    def each(self, key: str, read: Callable[[str, Table], Read]) -> tuple[Read, ...]:
        """Every named table under a key, read in order."""
        part = self.table(key)
        if part is None:
            return ()
        named = list(part.left.items())
        return tuple(read(part.name(name), part.sub(name, value)) for name, value in named)

    def tables(self, key: str) -> list[Table]:
        """The tables of a list: [[key]]."""
        value = self.take(key, [])
        if not isinstance(value, list):
            self.fail(key, f"must be a list of tables: [[{key}]]")
        return [self.sub(f"{key}[{at}]", item) for at, item in enumerate(value)]

    def pairs(self, key: str) -> tuple[tuple[str, str], ...]:
        """A table of words by name: {us_election = "trump"}."""
        part = self.table(key)
        return () if part is None else tuple((name, part.text(name)) for name in list(part.left))

    def rest(self) -> list[tuple[str, Any]]:
        """What has not been taken, in order; taking it all."""
        left, self.left = list(self.left.items()), {}
        return left

    def name(self, name: str) -> str:
        """The name itself, when it can stand in a dotted path."""
        if not _NAME.fullmatch(name):
            self.fail(name, "a name is made of letters, digits, _ and -")
        return name

    def finish(self) -> None:
        """Refuses what nobody asked for."""
        for key in self.left:
            near = suggest(key, self._known)
            hint = f'did you mean "{near}"?' if near else f"known: {', '.join(self._known)}"
            self.fail(key, f"unknown key; {hint}")
