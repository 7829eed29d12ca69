"""A scenario as a person edits it: every number by group, with name, unit, help and source.

`groups(scenario)` is what a form shows; `edited(scenario, texts)` puts back what was written
into it. What is left as it stands is not touched, so that an unedited form changes nothing.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fairweather.scenario.constants import defaults, game_inputs
from fairweather.scenario.quantity import ASSUMED, SHAPES, Quantity, fixed
from fairweather.scenario.reading import from_plain
from fairweather.scenario.spec import ChanceNode, Input, Offer, Scenario, stated_inputs
from fairweather.scenario.tables import LONGEST_HORIZON, Plain
from fairweather.scenario.writing import to_plain
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import load_gazetteer

INPUTS = Path(__file__).with_name("inputs.toml")

SOURCE = "source"
"""The part of an entry that is no number."""

HORIZON = "horizon"

BY_HAND = f"{ASSUMED}: set by hand"
"""The source of a number that was moved without a new one being named."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One number of a scenario at its dotted path, as a person reads and writes it.

    `stated` is false where the file leaves it out and a default stands in; `bare` where the
    file has room for the number alone.
    """

    path: str
    label: str
    unit: str
    help: str
    quantity: Quantity
    low: float = 0.0
    high: float = 1.0
    stated: bool = True
    bare: bool = False

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """Each parameter of its distribution with its text."""
        names = SHAPES[self.quantity.shape]
        return tuple(
            (name, f"{value:g}")
            for name, value in zip(names, self.quantity.parameters, strict=True)
        )

    @property
    def texts(self) -> dict[str, str]:
        """What a form holds of it, by the name of the field: "risk.USA:low"."""
        told = {field_name(self.path, name): text for name, text in self.parts}
        if not self.bare:
            told[field_name(self.path, SOURCE)] = self.quantity.source
        return told


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a scenario that is chosen from a list of (key, label)."""

    path: str
    label: str
    help: str
    value: str
    options: tuple[tuple[str, str], ...]

    @property
    def texts(self) -> dict[str, str]:
        """What a form holds of it."""
        return {self.path: self.value}


@dataclass(frozen=True, slots=True)
class Group:
    """Entries that belong together; `folded` where few would change them."""

    title: str
    about: str
    entries: tuple[Entry | Choice, ...]
    folded: bool = False


def field_name(path: str, part: str) -> str:
    """The name of a field: a path holds no colon."""
    return f"{path}:{part}"


def groups(scenario: Scenario) -> tuple[Group, ...]:
    """Every number of a scenario that may be changed, in the order in which one asks of it."""
    inputs = {part.path: part for part in game_inputs(scenario)}
    stated = {part.path for part in stated_inputs(scenario)}
    made = [
        *_views(scenario, inputs, stated),
        *(_offer_group(offer, inputs, stated) for offer in (*scenario.offers, *scenario.threats)),
        _sides(scenario, inputs, stated),
        *([_chances(scenario)] if scenario.chance else []),
        _stretch(scenario),
        _constants(scenario, inputs),
    ]
    return tuple(group for group in made if group.entries)


def _views(scenario: Scenario, inputs: Mapping[str, Input], stated: set[str]) -> Iterator[Group]:
    """How each side sees the other: strands, and what binds it."""
    pair = (scenario.supporter, scenario.partner)
    for viewer, other in (pair, pair[::-1]):
        key = f"ties.{viewer}-{other}"
        entries: list[Entry | Choice] = []
        for name, strand in vocabulary("strands").items():
            part = inputs[f"{key}.{'commitment.value' if name == 'commitment' else name}"]
            told = (strand.label, _words("strand")["unit"], strand.meaning)
            entries.append(_entry(part, told, stated))
        if (viewer, other) == pair:
            tie = scenario.tie(viewer, other)
            obliged = tie.commitment.obliged if tie.commitment else "none"
            about = "The rung that the clauses in force demand in a war."
            entries.append(_rung(f"{key}.commitment.obliged", "Obliged to", about, obliged))
            cost = inputs[f"{key}.commitment.audience_cost"]
            entries.append(_entry(cost, _said("audience_cost"), stated))
        yield Group(f"How {label(viewer)} sees {label(other)}", "", tuple(entries))


def _offer_group(offer: Offer, inputs: Mapping[str, Input], stated: set[str]) -> Group:
    kind = "Threat" if offer.kind == "threat" else "Offer"
    paths = (f"{offer.path}.made", offer.value_path, f"{offer.path}.credibility")
    cap = "Going along with it keeps support at this rung or below."
    return Group(
        f"{kind}: {label(offer.giver)} → {label(offer.to)}",
        offer.name,
        (
            *(_entry(inputs[path], _said(path.rpartition(".")[2]), stated) for path in paths),
            _rung(f"{offer.path}.cap", "Caps support at", cap, offer.cap),
        ),
    )


def _sides(scenario: Scenario, inputs: Mapping[str, Input], stated: set[str]) -> Group:
    """Needs, risk, identity, and the partner's last move."""
    about = {"ambition": scenario.partner, "leverage": scenario.partner}
    entries = []
    for path, part in inputs.items():
        kind, _, name = path.partition(".")
        if kind in ("burden", "risk", "identity"):
            entries.append(_entry(part, _said(kind, name), stated))
        elif kind == "restraint":
            entries.append(_entry(part, _said(name, about[name]), stated))
    return Group("Needs, risks and restraint", "", tuple(entries))


def _chances(scenario: Scenario) -> Group:
    entries = tuple(entry for node in scenario.chance for entry in _outcomes(node))
    return Group("Chance", "What nobody in the game decides; each adds up to 1.", entries)


def _outcomes(node: ChanceNode) -> Iterator[Entry]:
    for outcome, probability in node.outcomes:
        yield Entry(
            f"chance.{node.name}.outcomes.{outcome}",
            f"{_plain_words(node.name)}: {_plain_words(outcome)}",
            "probability, 0 to 1",
            node.source,
            fixed(probability),
            bare=True,
        )


def _stretch(scenario: Scenario) -> Group:
    months = fixed(scenario.horizon_months)
    told = ("How far ahead", "months", "Chances of an exit are told to this horizon.")
    entry = Entry(HORIZON, *told, months, 1.0, float(LONGEST_HORIZON), bare=True)
    return Group("Time", "", (entry,))


def _constants(scenario: Scenario, inputs: Mapping[str, Input]) -> Group:
    replaced = {name for name, _ in scenario.constants}
    entries = []
    for name, default in defaults("constants").items():
        part = inputs[f"constants.{name}"]
        told = (_plain_words(name), f"{part.low:g} to {part.high:g}", default.meaning)
        entries.append(_entry(part, told, {part.path} if name in replaced else set()))
    about = "What the game itself takes for granted; each with its reason."
    return Group("Numbers of the game", about, tuple(entries), folded=True)


def _entry(part: Input, told: tuple[str, str, str], stated: set[str]) -> Entry:
    quantity = part.quantity
    return Entry(part.path, *told, quantity, part.low, part.high, part.path in stated)


def _rung(path: str, label: str, about: str, value: str) -> Choice:
    options = tuple((key, rung.label) for key, rung in vocabulary("rungs").items())
    return Choice(path, label, about, value, options)


def _said(kind: str, actor: str = "") -> tuple[str, str, str]:
    """Label, unit and help of a kind of input."""
    told = _words(kind)
    return told["label"].format(actor=label(actor)), told["unit"], told["help"]


@cache
def _all_words() -> dict[str, dict[str, str]]:
    return tomllib.loads(INPUTS.read_text(encoding="utf-8"))


def _words(kind: str) -> dict[str, str]:
    return _all_words()[kind]


def label(actor: str) -> str:
    """An actor's name; its id where no table lists it."""
    return load_gazetteer().label(actor) or actor


def _plain_words(name: str) -> str:
    words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


# -- putting back --------------------------------------------------------------------------


def edited(scenario: Scenario, texts: Mapping[str, str]) -> tuple[Scenario, dict[str, str]]:
    """The scenario with what a form holds, and what is wrong in words by dotted path.

    A number that is none is left as it was. Raises ScenarioError where the whole does not read.
    """
    plain, faults = to_plain(scenario), dict[str, str]()
    changed = False
    for group in groups(scenario):
        for entry in group.entries:
            if all(texts.get(name, text) == text for name, text in entry.texts.items()):
                continue
            value, fault = _value(entry, texts)
            if fault:
                faults[entry.path] = fault
            else:
                changed = True
                _put(plain, entry.path, value)
    return (from_plain(plain) if changed else scenario), faults


def _value(entry: Entry | Choice, texts: Mapping[str, str]) -> tuple[Any, str]:
    """The new value as the file holds it, or what is wrong with it."""
    if isinstance(entry, Choice):
        chosen = texts.get(entry.path, entry.value)
        known = chosen in dict(entry.options)
        return chosen, "" if known else f"{chosen!r} is no rung"
    numbers: dict[str, float] = {}
    for (name, text), before in zip(entry.parts, entry.quantity.parameters, strict=True):
        written = texts.get(field_name(entry.path, name), text).strip()
        # What was not touched keeps the digits that a form does not show.
        number = before if written == text else _number(written)
        if number is None:
            return None, f"{name}: {written!r} is no number"
        numbers[name] = number
    if entry.path == HORIZON:
        return _horizon(numbers["value"])
    return _as_written(entry, numbers, _source(entry, numbers, texts)), ""


def _source(entry: Entry, numbers: Mapping[str, float], texts: Mapping[str, str]) -> str:
    """The source as written; a number that was moved no longer rests on what it rested on."""
    before = entry.quantity.source
    written = texts.get(field_name(entry.path, SOURCE), before).strip()
    if written != before or tuple(numbers.values()) == entry.quantity.parameters:
        return written
    if before.startswith(BY_HAND):
        return before
    return f"{BY_HAND}; before: {before}" if before else BY_HAND


def _horizon(months: float) -> tuple[Any, str]:
    if not months.is_integer() or not 1 <= months <= LONGEST_HORIZON:
        return None, f"whole months from 1 to {LONGEST_HORIZON}"
    return f"{int(months)} months", ""


def _as_written(entry: Entry, numbers: dict[str, float], source: str) -> Any:
    shape = entry.quantity.shape
    if entry.bare or (shape == "fixed" and not source):
        return numbers["value"]
    told: Plain = dict(numbers) if shape == "fixed" else {"dist": shape, **numbers}
    return told | ({"source": source} if source else {})


def _number(text: str) -> float | None:
    try:
        number = float(text.replace("−", "-"))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _put(plain: Plain, path: str, value: Any) -> None:
    *parents, last = path.split(".")
    for key in parents:
        plain = plain.setdefault(key, {})
    plain[last] = value
