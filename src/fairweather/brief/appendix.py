"""The figures behind a report: value, id, and what each is made of, told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.brief.wording import banded, chance, clean, shown
from fairweather.records import Explained, Ingredient

if TYPE_CHECKING:
    from fairweather.brief.report import Brief

WORTH_SHARING = 6
"""Inputs that two figures must have in common before the second points to the first."""


SCALE = ": -1 "
"""What opens the scale in a figure's meaning: "Trust of A-B as seen by A: -1 all evidence"."""


@dataclass(frozen=True, slots=True)
class InputsShown:
    """Inputs that rest on the same: "cases = 62, wars = 20 (own count from ...)".

    `numbers` are those of their records in the list of sources, `standing` what else they
    rest on.
    """

    named: tuple[str, ...]
    standing: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FigureShown:
    """One figure; `same` is the number of an earlier one that lists its further inputs.

    `gist` is its meaning without what the unit says already.
    """

    number: int
    id: str
    meaning: str
    gist: str
    value: str
    unit: str
    formula: str
    inputs: tuple[InputsShown, ...]
    same: int


def figures_shown(brief: Brief) -> tuple[FigureShown, ...]:
    """Every figure that a line or a row cites, in order of first use."""
    listed: dict[int, frozenset[Ingredient]] = {}
    made = []
    for number, figure in enumerate(brief.figures, start=1):
        own = frozenset(figure.ingredients)
        same = max(listed, key=lambda earlier: len(listed[earlier] & own), default=0)
        if not same or len(listed[same] & own) < WORTH_SHARING:
            same, listed[number] = 0, own
        told = [part for part in figure.ingredients if not same or part not in listed[same]]
        made.append(_figure(brief, figure, number, told, same))
    return tuple(made)


def _figure(
    brief: Brief, figure: Explained, number: int, told: list[Ingredient], same: int
) -> FigureShown:
    return FigureShown(
        number=number,
        id=clean(figure.id),
        meaning=clean(brief.readable(figure.meaning)),
        gist=clean(brief.readable(figure.meaning.partition(SCALE)[0])),
        value=_value(figure),
        unit=clean(figure.unit),
        formula=clean(figure.formula),
        inputs=tuple(_inputs(brief, told)),
        same=same,
    )


def _value(figure: Explained) -> str:
    """The value with its band in the words that fit its unit."""
    if figure.value is None:
        return "not known"
    if figure.unit == "probability":
        return chance(figure.low, figure.high, figure.value)
    if figure.low is None and figure.high is None:
        return shown(figure.value)
    return banded(figure)


def _inputs(brief: Brief, parts: Iterable[Ingredient]) -> Iterator[InputsShown]:
    """The inputs, those that rest on the same words joined; order of first use."""
    joined: dict[tuple[str, tuple[int, ...]], list[str]] = {}
    for part in parts:
        numbers = brief.sources.behind(part.records)
        standing = "" if numbers else clean(brief.readable(part.standing()))
        joined.setdefault((standing, numbers), []).append(_named(brief, part))
    for (standing, numbers), named in joined.items():
        yield InputsShown(tuple(named), standing, numbers)


def _named(brief: Brief, part: Ingredient) -> str:
    """ "cases = 62"; the dotted path of a scenario's number stays as it stands in the file."""
    words = part.name if "." in part.name else brief.readable(part.name)
    return clean(words if part.value is None else f"{words} = {shown(part.value)}")
