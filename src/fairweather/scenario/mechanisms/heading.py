"""What every model of a mechanism has in common: its heading, its inputs, how it is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairweather.records import fingerprint
from fairweather.scenario.quantity import Floats, Quantity, sample
from fairweather.scenario.spec import Input
from fairweather.scenario.tables import Table

PREFIX = "mechanism-"
"""How the id of a mechanism's file begins."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of a mechanism file: which kind it is of, its name, its day, how far it looks.

    `text_id` is the fingerprint of the file, which the ids of its figures carry.
    """

    kind: str
    name: str
    as_of: str
    months: int
    text_id: str


def read_heading(table: Table, kind: str, text: str) -> Heading:
    """The heading of a mechanism file; `kind` has been taken from it already."""
    return Heading(
        kind=kind,
        name=table.text("name"),
        as_of=table.date("as_of"),
        months=table.months("horizon", "12 months"),
        text_id=f"{PREFIX}{fingerprint(text)}",
    )


def bounded(table: Table, key: str, low: float, high: float) -> Quantity:
    """A number of a table that must keep to low..high, its whole spread included.

    Raises ScenarioError naming file and key when it is missing, no number, or outside.
    """
    return within(table, key, table.number(table.need(key), key), low, high)


def within(table: Table, key: str, number: Quantity, low: float, high: float) -> Quantity:
    """The number, when it is a distribution and its support lies in low..high."""
    if flaw := number.flaw():
        table.fail(key, flaw)
    least, most = number.support
    if least < low or most > high:
        table.fail(key, f"must lie between {low:g} and {high:g}; it reaches {least:g}..{most:g}")
    return number


def draw_inputs(inputs: Iterable[Input], *, seed: int, draws: int) -> Mapping[str, Floats]:
    """Every input at its path, each of shape (draws,), from its own random stream."""
    return {
        part.path: sample(
            part.quantity, part.path, seed=seed, draws=draws, low=part.low, high=part.high
        )
        for part in inputs
    }
