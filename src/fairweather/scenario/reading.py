"""Reads a scenario file: TOML to `Scenario`, refusing every key it does not know."""

from __future__ import annotations

import tomllib
from typing import Any

from fairweather.errors import ScenarioError
from fairweather.scenario.lines import Origin, origin_of
from fairweather.scenario.quantity import Quantity
from fairweather.scenario.spec import (
    ChanceNode,
    Commitment,
    Named,
    Offer,
    Restraint,
    Run,
    Scenario,
    TieView,
)
from fairweather.scenario.tables import Plain, Table
from fairweather.vocabulary import vocabulary


def parse_scenario(text: str, where: str = "scenario") -> Scenario:
    """The scenario of a file's text; `where` is the name that errors give it.

    Raises ScenarioError naming file and key for broken TOML, an unknown or missing key
    (with a suggestion) and a value of the wrong kind.
    """
    try:
        plain = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ScenarioError(f"{where}: broken TOML: {error}") from error
    return from_plain(plain, origin_of(text, where))


def from_plain(plain: Plain, where: str | Origin = "scenario") -> Scenario:
    """The scenario of parsed TOML. Raises ScenarioError as `parse_scenario` does."""
    table = Table(plain, where)
    supporter, partner, against = _sides(table)
    scenario = Scenario(
        question=table.text("question"),
        as_of=table.date("as_of"),
        horizon_months=table.months("horizon"),
        supporter=supporter,
        partner=partner,
        against=against,
        chance=table.each("chance", _chance),
        ties=_ties(table, supporter, partner),
        burden=_named(table, "burden"),
        risk=_named(table, "risk"),
        identity=_named(table, "identity"),
        offers=table.each("offers", lambda name, part: _offer("offer", name, part)),
        threats=table.each("threats", lambda name, part: _offer("threat", name, part)),
        restraint=_restraint(table),
        constants=_named(table, "constants"),
        runs=tuple(_run(part) for part in table.tables("runs")),
        origin=where if isinstance(where, Origin) else None,
    )
    table.finish()
    return scenario


def _sides(table: Table) -> tuple[str, str, str]:
    """Supporter, partner and adversary: three different actors."""
    sides: dict[str, str] = {}
    for key in ("supporter", "partner", "against"):
        actor = table.text(key)
        if not actor:
            table.fail(key, "must name an actor")
        if actor in sides:
            table.fail(key, f"{actor} is the {sides[actor]} already")
        sides[actor] = key
    supporter, partner, against = sides
    return supporter, partner, against


def _chance(name: str, part: Table) -> ChanceNode:
    outcomes = part.sub("outcomes", part.need("outcomes"))
    node = ChanceNode(
        name=name,
        outcomes=tuple(
            (outcomes.name(outcome), outcomes.point(value, outcome))
            for outcome, value in outcomes.rest()
        ),
        at=part.date("at", ""),
        source=part.text("source", ""),
    )
    part.finish()
    return node


def _ties(table: Table, supporter: str, partner: str) -> tuple[TieView, ...]:
    views = {f"{a}-{b}": (a, b) for a, b in ((supporter, partner), (partner, supporter))}

    def read(key: str, part: Table) -> TieView:
        if key not in views:
            part.fail("", f"a tie is {' or '.join(views)}: the viewer comes first")
        return _tie(*views[key], part)

    return table.each("ties", read)


def _tie(viewer: str, other: str, part: Table) -> TieView:
    commitment = part.table("commitment")
    strands = [name for name in vocabulary("strands") if name != "commitment"]
    # Asked in the order of the file, so that writing it again changes nothing.
    stated = [name for name in part.left if name in strands]
    view = TieView(
        viewer=viewer,
        other=other,
        strands=tuple((name, part.number(part.take(name), name)) for name in stated),
        commitment=None if commitment is None else _commitment(commitment),
    )
    for name in strands:
        part.take(name)
    part.finish()
    return view


def _commitment(part: Table) -> Commitment:
    bilateral = part.take("bilateral")
    if bilateral is not None and not isinstance(bilateral, bool):
        part.fail("bilateral", f"must be true or false, not {bilateral!r}")
    commitment = Commitment(
        obliged=part.text("obliged", "none"),
        value=part.quantity("value"),
        audience_cost=part.quantity("audience_cost"),
        obligations=part.texts("obligations"),
        bilateral=bilateral,
        source=part.text("source", ""),
    )
    part.finish()
    return commitment


def _named(table: Table, key: str) -> Named:
    part = table.table(key)
    if part is None:
        return ()
    return tuple((part.name(name), part.number(value, name)) for name, value in part.rest())


def _offer(kind: str, name: str, part: Table) -> Offer:
    value_key = "harm" if kind == "threat" else "value"
    offer = Offer(
        kind=kind,
        name=name,
        giver=part.text("from"),
        to=part.text("to"),
        against=part.text("against", ""),
        when=part.pairs("when"),
        made=part.quantity("made"),
        value=part.number(part.need(value_key), value_key),
        credibility=part.number(part.need("credibility"), "credibility"),
        cap=part.text("cap", "statements"),
    )
    part.finish()
    return offer


def _restraint(table: Table) -> Restraint | None:
    part = table.table("restraint")
    if part is None:
        return None
    restraint = Restraint(part.quantity("ambition"), part.quantity("leverage"))
    part.finish()
    return restraint


def _run(part: Table) -> Run:
    changes = part.table("set")
    run = Run(
        name=part.text("name"),
        given=part.pairs("given"),
        changes=()
        if changes is None
        else tuple((path, _change(value, changes, path)) for path, value in changes.rest()),
        against=part.text("against", ""),
        supporter=part.text("supporter", ""),
        adversary=part.text("adversary", ""),
    )
    part.finish()
    return run


def _change(value: Any, table: Table, path: str) -> Quantity | str | bool | tuple[str, ...]:
    if isinstance(value, (str, bool)):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    return table.number(value, path)
