"""A number that knows where it came from.

Every figure that reaches a person is an `Explained` value: its ingredients (each with
the records it rests on, a published source, or the admission that it is assumed), the
method and version that made it, and the formula in words. Figures are not stored. A
figure's id is its recipe, so `why ID` recomputes it, and the hash at its end tells
whether the ledger under it is still the same:

    fig:strand/RUS/IRN/trust/RUS@2026-01-06~1f0c2ab4d5e6a7b8
        method, arguments          as of      hash of method version and input ids
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from fairweather.errors import UnknownKey
from fairweather.records.identity import fingerprint
from fairweather.records.showing import Shown

LATEST = "latest"
"""The as-of of a figure that uses everything the ledger holds."""

_ID = re.compile(r"fig:(?P<recipe>[^@~]+)@(?P<as_of>[^~]+)(?:~(?P<hash>[0-9a-f]+))?")


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One input of a figure: records, or a published source, or an assumption."""

    name: str
    value: float | str | None = None
    records: tuple[str, ...] = ()
    source: str = ""
    assumed: str = ""

    def standing(self) -> str:
        """What the input rests on, in words."""
        if self.records:
            return f"{len(self.records)} record{'s' if len(self.records) != 1 else ''}"
        return self.source or (f"assumed: {self.assumed}" if self.assumed else "no evidence")


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained(Shown):
    """A value with its band, its meaning and its whole chain.

    `value` is None where nothing is known; `low` and `high` bound the 10-90 % band where
    the method gives one; `unit` is in words ("probability", "strand value -1..1", "count").
    """

    method: str
    version: str
    arguments: tuple[str, ...]
    meaning: str
    value: float | None
    unit: str
    low: float | None = None
    high: float | None = None
    as_of: str = LATEST
    formula: str = ""
    ingredients: tuple[Ingredient, ...] = ()

    @property
    def records(self) -> tuple[str, ...]:
        """Every record the figure rests on, each once, in order of first use."""
        return tuple(dict.fromkeys(id for part in self.ingredients for id in part.records))

    @property
    def recipe(self) -> Recipe:
        """What recomputes the figure."""
        return Recipe(self.method, self.arguments, self.as_of)

    @property
    def id(self) -> str:
        """The figure's id: its recipe, then a hash of method version and inputs."""
        inputs = [[part.name, part.source, part.assumed, part.value] for part in self.ingredients]
        seal = fingerprint([self.method, self.version, self.as_of, list(self.records), inputs])
        return f"{self.recipe.text()}~{seal}"

    def to_json(self) -> dict[str, object]:
        """Value, band, meaning and the id that `why` takes, as one plain object."""
        return {
            "id": self.id,
            "meaning": self.meaning,
            "value": self.value,
            "low": self.low,
            "high": self.high,
            "unit": self.unit,
        }


@dataclass(frozen=True, slots=True)
class Recipe:
    """Method, arguments and as-of of a figure: enough to compute it again."""

    method: str
    arguments: tuple[str, ...]
    as_of: str = LATEST
    seal: str = ""

    def text(self) -> str:
        """The recipe as it opens a figure's id."""
        return f"fig:{'/'.join((self.method, *self.arguments))}@{self.as_of}"


def parse_figure_id(text: str) -> Recipe:
    """The recipe in a figure's id. Raises UnknownKey when it is none."""
    found = _ID.fullmatch(text)
    if not found:
        raise UnknownKey(
            f"not a figure's id: {text!r}; it looks like fig:strand/RUS/IRN/trust/RUS@latest"
        )
    method, *arguments = found["recipe"].split("/")
    return Recipe(method, tuple(arguments), found["as_of"], found["hash"] or "")


def all_records(figures: Iterable[Explained]) -> tuple[str, ...]:
    """The records of several figures, each once, in order of first use."""
    return tuple(dict.fromkeys(id for figure in figures for id in figure.records))
