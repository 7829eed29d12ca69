"""The numbers that the answers are made with: versions, coefficients, data sets and their dates."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from importlib.resources import files
from typing import Any, NamedTuple

from fairweather import __version__
from fairweather.history import base_rates
from fairweather.history.datasets.registry import sources
from fairweather.history.fitted import FOLDER
from fairweather.history.tone import load_tone_model
from fairweather.ledger import Ledger, shown_from
from fairweather.ledger.schema import VERSION as LEDGER_VERSION
from fairweather.scenario.constants import FITTED, defaults
from fairweather.scenario.quantity import Quantity


class Coefficient(NamedTuple):
    """A number with its range or value as text, what it means, and what it rests on."""

    name: str
    value: str
    meaning: str
    basis: str

    @property
    def fitted(self) -> bool:
        """Whether it was fitted, rather than assumed."""
        return self.basis.startswith(FITTED)


class Counted(NamedTuple):
    """A base rate: what it is the share of, its counts, its share with the 10-90 % band."""

    name: str
    what: str
    counted: str
    share: str
    years: str
    source: str


class DataSet(NamedTuple):
    """A data set that history was counted from: the last year it speaks of, whom to cite."""

    title: str
    last: int
    citation: str
    terms: str


class Model(NamedTuple):
    """A fitted model: what it was fitted on, and its coefficients."""

    name: str
    told: str
    years: str
    coefficients: tuple[tuple[str, str], ...]


class Coder(NamedTuple):
    """What made rows of this ledger: its name and version, and how many."""

    name: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodCard:
    """Everything behind the answers of one ledger that is a number and not a record."""

    version: str
    ledger_version: int
    learnt: str
    shown_from: dict[str, float]
    coders: tuple[Coder, ...]
    constants: tuple[Coefficient, ...]
    rates: tuple[Counted, ...]
    models: tuple[Model, ...]
    data_sets: tuple[DataSet, ...]

    def to_json(self) -> dict[str, Any]:
        """The card as one plain object."""
        plain = asdict(self)
        for name in ("coders", "constants", "rates", "models", "data_sets"):
            plain[name] = [one._asdict() for one in getattr(self, name)]
        return plain


def method_card(ledger: Ledger) -> MethodCard:
    """The card of this version of the program over a ledger."""
    return MethodCard(
        version=__version__,
        ledger_version=LEDGER_VERSION,
        learnt=_learnt(ledger),
        shown_from=dict(shown_from()),
        coders=tuple(_coders(ledger)),
        constants=tuple(_constants()),
        rates=tuple(_rates()),
        models=(*_fitted(), _tone(), _next_moves()),
        data_sets=tuple(
            DataSet(one.title, one.last, one.citation, one.terms) for one in sources().values()
        ),
    )


def _learnt(ledger: Ledger) -> str:
    """The instant at which the ledger last took a text in; empty for none."""
    ((last,),) = ledger.file.run("SELECT ifnull(max(recorded), '') FROM document")
    return str(last)[:16].replace("T", " ")


def _coders(ledger: Ledger) -> Iterator[Coder]:
    rows = ledger.file.run(
        "SELECT row ->> '$.coder' AS coder, count(*) FROM statement GROUP BY coder ORDER BY 2 DESC"
    )
    yield from (Coder(name or "the vocabulary", count) for name, count in rows)


def _constants() -> Iterator[Coefficient]:
    for group in ("constants", "unstated"):
        for name, one in defaults(group).items():
            told = one.quantity
            yield Coefficient(name, _range(told), one.meaning, told.source)


def _range(quantity: Quantity) -> str:
    numbers = [f"{number:g}" for number in quantity.parameters]
    if quantity.shape == "uniform":
        return " to ".join(numbers)
    return numbers[0] if quantity.shape == "fixed" else f"{quantity.shape} {', '.join(numbers)}"


def _rates() -> Iterator[Counted]:
    for one in base_rates().values():
        band = f" ({one.band[0]:.3f} to {one.band[1]:.3f})" if one.band else ""
        share = f"{one.mean:.3f}{band}"
        years = f"{one.first}-{one.last}"
        yield Counted(one.name, one.what, one.counted, share, years, one.source)


def _fitted() -> Iterator[Model]:
    """The models of what allies did; coefficients per spread of a term, weighed over members."""
    for path in sorted(FOLDER.glob("*.json")):
        stored = json.loads(path.read_text(encoding="utf-8"))
        members = stored["members"]
        told = f"{stored['cases']:,} cases, {len(members)} weighted members"
        years = f"{stored['first']}-{stored['last']}"
        yield Model(path.stem, told, years, tuple(_weighed(members)))


def _weighed(members: Iterable[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    sums: dict[str, float] = {}
    for member in members:
        for row in member.get("model", {}).get("terms", ()):
            share = float(member["weight"]) * float(row["coefficient"])
            sums[row["term"]] = sums.get(row["term"], 0.0) + share
    ordered = sorted(sums.items(), key=lambda one: -abs(one[1]))
    yield from ((term, f"{value:+.3f}") for term, value in ordered)


def _tone() -> Model:
    rows = load_tone_model().to_json()["terms"]
    told = "ridge regression of next month's tone, per spread of a term"
    return Model(
        "tone", told, "", tuple((one["term"], f"{one['coefficient']:+.3f}") for one in rows)
    )


def _next_moves() -> Model:
    text = files("fairweather.history.next_moves").joinpath("hazard.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    rows = (
        (f"{line}, {part}: {term}", f"{value:+.3f}")
        for line, parts in tables.items()
        for part, terms in parts.items()
        if part != "centre"
        for term, value in terms.items()
    )
    return Model("next moves", "chance of at least one move within N days", "", tuple(rows))
