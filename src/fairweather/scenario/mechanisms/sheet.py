"""What playing a mechanism gives: figures that know their inputs, told in sentences.

A figure is the middle of its draws with the band that holds 80 % of them. The band comes
from the spread of the inputs alone; that the model itself may be wrong is not in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from fairweather.records import Explained, slug
from fairweather.records.showing import Shown
from fairweather.scenario.mechanisms.heading import Heading
from fairweather.scenario.quantity import Floats
from fairweather.scenario.spec import Input
from fairweather.scenario.words import Sentence
from fairweather.vocabulary.gazetteer import load_gazetteer

METHOD, VERSION = "mechanism", "1"
BAND = (0.1, 0.5, 0.9)
"""Low end, middle and high end of what is told, as quantiles of the draws."""

NAMED = 6
"""Inputs without a source that a caution names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Rows:
    """A table of the answer: its title, its columns and its rows, all of them words."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A line over months for a chart: `points` are (month, low, middle, high)."""

    name: str
    unit: str
    points: tuple[tuple[int, float, float, float], ...]


@dataclass(frozen=True, slots=True)
class MechanismAnswer(Shown):
    """Everything that a mechanism's model says, and what it rests on."""

    heading: Heading
    figures: tuple[Explained, ...]
    sentences: tuple[Sentence, ...]
    tables: tuple[Rows, ...] = ()
    courses: tuple[Course, ...] = ()
    cautions: tuple[str, ...] = ()
    inputs: tuple[Input, ...] = ()

    def figure(self, key: str) -> Explained:
        """The figure of a name. Raises KeyError when the model makes none such."""
        return {one.arguments[-1]: one for one in self.figures}[slug(key)]


@dataclass(slots=True)
class Sheet:
    """An answer being written: figures first, then the sentences that name them."""

    heading: Heading
    inputs: tuple[Input, ...]
    seed: int = 0
    figures: list[Explained] = field(default_factory=list)
    sentences: list[Sentence] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    cautions: list[str] = field(default_factory=list)

    def figure(
        self,
        key: str,
        meaning: str,
        values: Floats | float,
        unit: str,
        *,
        of: Sequence[str],
        formula: str,
        summing: bool = False,
    ) -> Explained:
        """One figure: the band of its draws, and the inputs whose paths begin as `of` says.

        Its middle is the median; the mean where it is one of several that are `summing` to a
        whole, as their medians would not.
        """
        low, middle, high = band(values)
        middle = float(np.mean(values)) if summing else middle
        explained = Explained(
            method=METHOD,
            version=VERSION,
            arguments=(f"{self.heading.text_id}.{self.seed}", slug(key)),
            meaning=meaning,
            value=middle,
            unit=unit,
            low=low,
            high=high,
            as_of=self.heading.as_of,
            formula=formula,
            ingredients=tuple(
                part.quantity.ingredient(part.path)
                for part in self.inputs
                if part.path.startswith(tuple(of))
            ),
        )
        self.figures.append(explained)
        return explained

    def say(self, text: str, *figures: Explained) -> None:
        """A sentence with the figures it rests on."""
        self.sentences.append(Sentence(text, figures))

    def table(self, title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
        """A table of words, left out when it has no rows."""
        told = tuple(tuple(row) for row in rows)
        if told:
            self.tables.append(Rows(title, tuple(columns), told))

    def course(self, name: str, unit: str, values: Floats) -> None:
        """A line over months, from values of shape (months, draws)."""
        quantiles = np.quantile(values, BAND, axis=1)
        points = tuple(
            (month, float(low), float(middle), float(high))
            for month, (low, middle, high) in enumerate(quantiles.T.round(6))
        )
        self.courses.append(Course(name, unit, points))

    def warn(self, text: str) -> None:
        """What the model does not know, or must not be used for."""
        self.cautions.append(text)

    def answer(self) -> MechanismAnswer:
        """The finished answer, which says which inputs nobody has sourced."""
        loose = [part.path for part in self.inputs if not _sourced(part)]
        if loose:
            more = f" and {len(loose) - NAMED} more" if len(loose) > NAMED else ""
            self.cautions.append(
                f"Assumed, with no source: {len(loose)} of {len(self.inputs)} inputs "
                f"({', '.join(loose[:NAMED])}{more})."
            )
        return MechanismAnswer(
            heading=self.heading,
            figures=tuple(self.figures),
            sentences=tuple(self.sentences),
            tables=tuple(self.tables),
            courses=tuple(self.courses),
            cautions=tuple(self.cautions),
            inputs=self.inputs,
        )


def _sourced(part: Input) -> bool:
    return bool(part.quantity.source) and not part.quantity.assumed


def band(values: Floats | float) -> tuple[float, float, float]:
    """Low end, middle and high end of some draws."""
    low, middle, high = (float(one) for one in np.quantile(np.asarray(values), BAND))
    return low, middle, high


def in_words(figure: Explained, *, digits: int = 2, suffix: str = "") -> str:
    """A figure with its band: "0.31 (0.12 to 0.55)"; without one where all draws agree."""
    low, middle, high = (_round(value, digits) for value in (figure.low, figure.value, figure.high))
    if low == high:
        return f"{middle}{suffix}"
    return f"{middle}{suffix} ({low} to {high}{suffix})"


def percent(figure: Explained) -> str:
    """A probability or share in whole per cent with its band: "31 % (12-55 %)"."""
    low, middle, high = (
        round(100 * (value or 0.0)) for value in (figure.low, figure.value, figure.high)
    )
    return f"{middle} %" if low == high else f"{middle} % ({low}-{high} %)"


def rounded_sum(figure: Explained) -> str:
    """A sum of money to two digits, with its band: "50 (36 to 62) million"."""
    values = [value or 0.0 for value in (figure.low, figure.value, figure.high)]
    scale, word = next(((scale, word) for scale, word in SCALES if max(values) >= scale), (1.0, ""))
    low, middle, high = (f"{float(f'{value / scale:.2g}'):,g}" for value in values)
    told = middle if low == high else f"{middle} ({low} to {high})"
    return f"{told} {word}".strip()


SCALES = ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand"))


def actor_name(actor: str) -> str:
    """An actor's name for people; what the file calls it where no table has it."""
    return load_gazetteer().label(actor)


def _round(value: float | None, digits: int) -> str:
    number = round(value or 0.0, digits)
    return f"{number:,.{digits}f}".rstrip("0").rstrip(".") if digits else f"{number:,.0f}"


def listed(words: Iterable[str], joiner: str = "and") -> str:
    """Words as a list in a sentence."""
    *first, last = list(words) or ["nothing"]
    return f"{', '.join(first)} {joiner} {last}" if first else last


def answer_json(answer: MechanismAnswer) -> Mapping[str, object]:
    """The whole answer as one plain object."""
    heading = answer.heading
    return {
        "mechanism": heading.kind,
        "name": heading.name,
        "as_of": heading.as_of,
        "horizon_months": heading.months,
        "figures": [figure.to_json() for figure in answer.figures],
        "sentences": [
            {"text": one.text, "figures": [figure.id for figure in one.figures]}
            for one in answer.sentences
        ],
        "tables": [
            {"title": one.title, "columns": list(one.columns), "rows": [list(r) for r in one.rows]}
            for one in answer.tables
        ],
        "courses": [
            {"name": one.name, "unit": one.unit, "points": [list(p) for p in one.points]}
            for one in answer.courses
        ],
        "cautions": list(answer.cautions),
    }
