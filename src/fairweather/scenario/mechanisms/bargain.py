"""What a mediated bargain is made of: issues, parties, mediators, deals on the table."""

from __future__ import annotations

from dataclasses import dataclass

from fairweather.scenario.mechanisms.heading import bounded, within
from fairweather.scenario.mechanisms.sheet import listed
from fairweather.scenario.quantity import Quantity
from fairweather.scenario.spec import Named
from fairweather.scenario.tables import Table

WHOLE = 100.0
"""The length of an issue."""

MOST_CAPABILITY = 1e9


@dataclass(frozen=True, slots=True)
class Issue:
    """What is bargained over: 0 and 100 in words, its unit, and where it stands without a deal."""

    name: str
    low: str
    high: str
    status_quo: Quantity
    unit: str = ""
    at_low: float = 0.0
    at_high: float = WHOLE

    def told(self, place: float) -> str:
        """A place on the issue in its unit: "28 captives", "withdrawal at 40 of 100"."""
        if not self.unit:
            return f"{self.name.replace('_', ' ')} at {place:.0f} of {WHOLE:.0f}"
        value = self.at_low + (self.at_high - self.at_low) * place / WHOLE
        return f"{value:,.0f} {self.unit}"


@dataclass(frozen=True, slots=True)
class Party:
    """One who must agree: its capability, where it stands on each issue, how much it cares."""

    actor: str
    capability: Quantity
    positions: Named
    salience: Named


@dataclass(frozen=True, slots=True)
class Mediator:
    """A third party: what refusing a deal costs each party it presses, and its guarantee."""

    actor: str
    presses: Named
    guarantee: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """Terms on the table, as places on the issues it settles; the rest stay as they are."""

    name: str
    terms: Named
    credibility: Quantity


def read_issue(name: str, part: Table) -> Issue:
    """The issue of a table. Raises ScenarioError."""
    issue = Issue(
        name=name,
        low=part.text("low"),
        high=part.text("high"),
        status_quo=bounded(part, "status_quo", 0.0, WHOLE),
        unit=part.text("unit", ""),
        at_low=part.point(part.take("at_low", 0.0), "at_low"),
        at_high=part.point(part.take("at_high", WHOLE), "at_high"),
    )
    part.finish()
    return issue


def read_party(actor: str, part: Table, issues: tuple[str, ...]) -> Party:
    """The party of a table; it must say where it stands on every issue."""
    party = Party(
        actor,
        capability=bounded(part, "capability", 0.0, MOST_CAPABILITY),
        positions=_by_name(part, "positions", issues, WHOLE),
        salience=_by_name(part, "salience", issues, 1.0),
    )
    part.finish()
    for key, given in (("positions", party.positions), ("salience", party.salience)):
        missing = [name for name in issues if name not in dict(given)]
        if missing:
            part.fail(key, f"says nothing of {listed(missing)}")
    if all(weight.support[1] == 0 for _, weight in party.salience):
        part.fail("salience", "a party that cares about nothing is no party")
    return party


def _by_name(part: Table, key: str, known: tuple[str, ...], high: float) -> Named:
    inner = part.sub(key, part.need(key))
    found = []
    for name in list(inner.left):
        if name not in known:
            inner.fail(name, f"is not among {listed(known)}")
        found.append((name, bounded(inner, name, 0.0, high)))
    return tuple(found)


def read_mediator(actor: str, part: Table, parties: tuple[str, ...]) -> Mediator:
    """The mediator of a table."""
    guarantee = part.quantity("guarantee")
    mediator = Mediator(
        actor,
        presses=_by_name(part, "presses", parties, 1.0) if "presses" in part.left else (),
        guarantee=None if guarantee is None else within(part, "guarantee", guarantee, 0.0, 1.0),
    )
    part.take("presses")
    part.finish()
    return mediator


def read_deal(name: str, part: Table, issues: tuple[str, ...]) -> Deal:
    """The deal of a table."""
    deal = Deal(
        name,
        terms=_by_name(part, "terms", issues, WHOLE),
        credibility=bounded(part, "credibility", 0.0, 1.0),
    )
    part.finish()
    return deal
