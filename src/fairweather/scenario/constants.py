"""The structural numbers of the game, read from `defaults.toml`: range, meaning, reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fairweather.scenario.quantity import ASSUMED, Quantity
from fairweather.scenario.spec import Input, Scenario, stated_inputs
from fairweather.scenario.tables import Table
from fairweather.vocabulary import vocabulary

HIGHEST = 100.0
"""What a constant without a stated end is kept below; none means anything near it."""

DEFAULTS = Path(__file__).with_name("defaults.toml")

FITTED = "fitted on past wars"
"""How the source of a fitted number opens."""


@dataclass(frozen=True, slots=True)
class Default:
    """One structural number: what it means, and why it is taken to lie there."""

    quantity: Quantity
    meaning: str
    reason: str
    low: float = 0.0
    high: float = float("inf")


@cache
def defaults(group: str) -> MappingProxyType[str, Default]:
    """The defaults of a group, "constants" or "unstated", by name."""
    plain = tomllib.loads(DEFAULTS.read_text(encoding="utf-8"))
    return MappingProxyType({name: _default(name, entry) for name, entry in plain[group].items()})


def _default(name: str, entry: dict[str, Any]) -> Default:
    table = Table(entry, DEFAULTS.name, name)
    written = table.number(table.need("value"), "value")
    meaning, reason = table.text("meaning"), table.text("reason")
    low = table.point(table.take("least", 0.0), "least")
    high = table.point(table.take("most", HIGHEST), "most")
    standing = FITTED if table.take("fitted", False) else ASSUMED
    table.finish()
    quantity = Quantity(written.shape, written.parameters, f"{standing}: {reason}")
    return Default(quantity, meaning, reason, low, high)


def game_inputs(scenario: Scenario) -> tuple[Input, ...]:
    """Every number that the game reads, at its dotted path: stated, or else assumed."""
    stated = {part.path: part for part in stated_inputs(scenario)}
    replaced = dict(scenario.constants)
    needed = [*_unstated(scenario), *_constants(replaced)]
    inputs = {part.path: part for part in needed} | stated
    return tuple(inputs.values())


def _constants(replaced: dict[str, Quantity]) -> list[Input]:
    return [
        Input(f"constants.{name}", replaced.get(name, default.quantity), default.low, default.high)
        for name, default in defaults("constants").items()
    ]


def _unstated(scenario: Scenario) -> list[Input]:
    supporter, partner = scenario.supporter, scenario.partner
    views = [f"ties.{a}-{b}" for a, b in ((supporter, partner), (partner, supporter))]
    strands = [f"{view}.{strand_key(name)}" for view in views for name in strand_names()]
    offers = [offer.path for offer in (*scenario.offers, *scenario.threats)]
    return [
        *(_assumed(path, "strand", -1.0) for path in strands),
        _assumed(f"{views[0]}.commitment.audience_cost", "audience_cost"),
        _assumed(f"burden.{supporter}", "burden"),
        _assumed(f"risk.{scenario.against}", "risk"),
        _assumed(f"identity.{supporter}", "identity", -1.0),
        _assumed("restraint.ambition", "ambition", -1.0),
        _assumed("restraint.leverage", "leverage"),
        *(_assumed(f"{path}.made", "made") for path in offers),
    ]


def _assumed(path: str, name: str, low: float = 0.0) -> Input:
    return Input(path, defaults("unstated")[name].quantity, low)


def strand_names() -> tuple[str, ...]:
    """The seven strands, each weighing the same."""
    return tuple(vocabulary("strands"))


def strand_key(strand: str) -> str:
    """Where a strand stands under its tie: commitment is a table, its value a key in it."""
    return "commitment.value" if strand == "commitment" else strand
