"""Plays a scenario as it could have been written on an earlier day.

What rests on records is drafted anew from what the ledger knew on that day. What a person
assumed stays, and is named, for it may be hindsight. What rests on a named work cannot be dated
here and is left out. Offers, threats and chances whose records came later are left out with the
runs that need them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

from fairweather.history import base_rates
from fairweather.scenario.quantity import Quantity, record_ids
from fairweather.scenario.spec import Named, Offer, Run, Scenario

Known = Callable[[str], bool]
"""Whether the ledger held a record, by its id, on that day."""


@dataclass(frozen=True, slots=True)
class Replay:
    """The scenario as of the day, and what became of each part of the file."""

    scenario: Scenario
    notes: tuple[str, ...]


def replayed(scenario: Scenario, drafted: Scenario, known: Known) -> Replay:
    """`scenario` as of the day of `drafted`, which was drafted from what was known then."""
    sieve = _Sieve(known)
    offers = tuple(offer for offer in scenario.offers if sieve.keeps(offer))
    threats = tuple(threat for threat in scenario.threats if sieve.keeps(threat))
    chance = tuple(
        node for node in scenario.chance if sieve.stands(f"chance.{node.name}", node.source)
    )
    offers, threats = (
        tuple(offer for offer in group if _possible(offer, {node.name for node in chance}))
        for group in (offers, threats)
    )
    kept = {offer.path for offer in (*offers, *threats)} | {node.name for node in chance} | {"war"}
    made = dataclasses.replace(
        drafted,
        question=scenario.question,
        horizon_months=scenario.horizon_months,
        against=scenario.against,
        chance=chance,
        offers=offers,
        threats=threats,
        burden=sieve.named("burden", scenario.burden),
        risk=sieve.named("risk", scenario.risk),
        identity=sieve.named("identity", scenario.identity),
        constants=scenario.constants,
        restraint=None,
        runs=tuple(
            _without(run, kept) for run in scenario.runs if sieve.plays(_without(run, kept), kept)
        ),
    )
    last = max(rate.last for rate in base_rates().values())
    if int(drafted.as_of[:4]) < last:
        sieve.notes.append(f"history: counts wars to {last}, also those after the day")
    return Replay(made, tuple(sieve.notes))


def _without(run: Run, kept: set[str]) -> Run:
    """The run without what it says of offers that are gone, where it says they are not made."""
    changes = tuple(
        (path, value)
        for path, value in run.changes
        if _offer_of(path) in kept | {""} or _point(value) != 0
    )
    return dataclasses.replace(run, changes=changes)


def _point(value: Quantity | str | bool | tuple[str, ...]) -> float | None:
    """The value of a change that is a plain number."""
    return value.mean if isinstance(value, Quantity) and value.shape == "fixed" else None


def _offer_of(path: str) -> str:
    """The offer or threat that a path lies in; empty when it lies in none."""
    return ".".join(path.split(".")[:2]) if path.startswith(("offers.", "threats.")) else ""


class _Sieve:
    """What stays, and a note on each thing that does not or that may be hindsight."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.notes: list[str] = ["ties and commitments: drafted anew from what was known"]

    def stands(self, path: str, source: str) -> bool:
        """Whether something with this source could have been written that day."""
        later = [record for record in record_ids(source) if not self.known(record)]
        if later:
            self.notes.append(f"{path}: left out, {' '.join(later)} was not known yet")
            return False
        if record_ids(source):
            return True
        if not source.casefold().startswith("assumed"):
            self.notes.append(f"{path}: left out, its source cannot be dated: {source or 'none'}")
            return False
        self.notes.append(f"{path}: kept as assumed; it may be hindsight")
        return True

    def keeps(self, offer: Offer) -> bool:
        """Whether an offer stands: all its numbers must."""
        parts = (("value", offer.value), ("credibility", offer.credibility), ("made", offer.made))
        return all(self.stands(f"{offer.path}.{name}", part.source) for name, part in parts if part)

    def named(self, group: str, entries: Named) -> Named:
        """The entries of a group that stand; a wide range is assumed for the others."""
        return tuple(
            (name, quantity)
            for name, quantity in entries
            if self.stands(f"{group}.{name}", quantity.source)
        )

    def plays(self, run: Run, kept: set[str]) -> bool:
        """Whether all that a run fixes or sets is still there, and could have been set then."""
        needed = {name for name, _ in run.given}
        needed |= {_offer_of(path) for path, _ in run.changes} - {""}
        if not needed <= kept:
            gone = ", ".join(sorted(needed - kept))
            self.notes.append(f'run "{run.name}": left out with {gone}')
            return False
        sources = [value.source for _, value in run.changes if isinstance(value, Quantity)]
        return all(self.stands(f'run "{run.name}"', source) for source in sources if source)


def _possible(offer: Offer, chances: set[str]) -> bool:
    return all(name in chances for name, _ in offer.when)
