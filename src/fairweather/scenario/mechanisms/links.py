"""The links of a corridor: where each leads, what it carries, and how its status changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from fairweather.records import first_day
from fairweather.scenario.mechanisms.heading import bounded
from fairweather.scenario.mechanisms.sheet import listed
from fairweather.scenario.quantity import Quantity, fixed
from fairweather.scenario.tables import Table

OPEN, RESTRICTED, CLOSED = "open", "restricted", "closed"
STATES = (OPEN, RESTRICTED, CLOSED)

MOST = 1e12
LONGEST_RECOVERY = 600.0


@dataclass(frozen=True, slots=True)
class Change:
    """From `since` on a link is open, restricted or closed."""

    since: str
    state: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class LinkModel:
    """One link: where it leads, how much it carries a month, and how it fails and recovers.

    `share` is what is left of the capacity while it is restricted; `hazard` the chance a
    month that an open link fails; `recovery` the months it then stays closed on average.
    """

    name: str
    home: str
    dest: str
    capacity: Quantity
    share: Quantity
    hazard: Quantity
    recovery: Quantity
    changes: tuple[Change, ...] = ()

    def state_on(self, day: str) -> str:
        """Its state on a day; open before the first change."""
        return _state(self.changes, day)


NUMBERS: Mapping[str, float] = {
    "capacity": MOST,
    "share": 1.0,
    "hazard": 1.0,
    "recovery": LONGEST_RECOVERY,
}

"""The numbers of a link, each with the most it can be; the least is 0."""

NEVER_FAILS = MappingProxyType({"share": fixed(0.5), "hazard": fixed(0.0), "recovery": fixed(1.0)})
"""What a link is taken for where its file says nothing."""


def read_link(name: str, part: Table) -> LinkModel:
    """The link of a table. Raises ScenarioError naming file and key."""
    numbers = {
        key: NEVER_FAILS[key]
        if key in NEVER_FAILS and key not in part.left
        else bounded(part, key, 0.0, high)
        for key, high in NUMBERS.items()
    }
    if numbers["recovery"].support[0] < 1.0:
        part.fail("recovery", "a failed link stays closed for one month at least")
    link = LinkModel(
        name=name,
        home=part.text("from"),
        dest=part.text("to"),
        changes=tuple(_change(change) for change in part.tables("status")),
        **numbers,
    )
    for key in NEVER_FAILS:
        part.take(key)
    if link.home == link.dest:
        part.fail("to", f"the link ends where it begins, in {link.home}")
    part.finish()
    return link


def _change(part: Table) -> Change:
    change = Change(part.date("on"), part.text("state"), part.text("source", ""))
    if change.state not in STATES:
        part.fail("state", f"must be {listed(STATES, 'or')}, not {change.state!r}")
    part.finish()
    return change


def _state(changes: Sequence[Change], day: str) -> str:
    past = [change for change in changes if first_day(change.since) <= first_day(day)]
    return max(past, key=lambda change: first_day(change.since)).state if past else OPEN
