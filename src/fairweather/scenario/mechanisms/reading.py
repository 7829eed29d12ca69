"""Reads a mechanism file: TOML to the model of its kind, refusing every key it does not know."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Protocol

from fairweather.errors import ScenarioError
from fairweather.scenario.mechanisms.accusation import read_accusation
from fairweather.scenario.mechanisms.bloc import read_bloc
from fairweather.scenario.mechanisms.corridor import read_corridor
from fairweather.scenario.mechanisms.deconfliction import read_deconfliction
from fairweather.scenario.mechanisms.finance import read_finance
from fairweather.scenario.mechanisms.heading import Heading, read_heading
from fairweather.scenario.mechanisms.mediation import read_mediation
from fairweather.scenario.mechanisms.sheet import MechanismAnswer
from fairweather.scenario.tables import Table
from fairweather.vocabulary import suggest


class MechanismModel(Protocol):
    """A model that was read: it has a heading and can be played."""

    @property
    def heading(self) -> Heading:
        """Its kind, name, day and horizon."""
        ...

    def play(self, *, seed: int = 0) -> MechanismAnswer:
        """Its answer; the same seed gives the same numbers."""
        ...


Reader = Callable[[Table, Heading], MechanismModel]

KINDS: Mapping[str, Reader] = MappingProxyType(
    {
        "deconfliction": read_deconfliction,
        "corridor": read_corridor,
        "bloc": read_bloc,
        "triangle": read_bloc,
        "mediation": read_mediation,
        "bargain": read_mediation,
        "finance": read_finance,
        "sanctions_evasion": read_finance,
        "legal_process": read_accusation,
    }
)
"""The kinds of mechanism that have a model, each with what reads its file."""


def parse_mechanism(text: str, where: str = "mechanism") -> MechanismModel:
    """The model of a file's text; `where` is the name that errors give it.

    Raises ScenarioError naming file and key for broken TOML, a kind without a model, an
    unknown or missing key (with a suggestion) and a value out of range.
    """
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{where}: broken TOML: {error}") from error
    table = Table(plain, where)
    kind = table.text("mechanism")
    if kind not in KINDS:
        near = suggest(kind, KINDS)
        hint = f'did you mean "{near}"?' if near else f"there are {', '.join(KINDS)}"
        table.fail("mechanism", f'no model of "{kind}"; {hint}')
    model = KINDS[kind](table, read_heading(table, kind, text))
    table.finish()
    return model
