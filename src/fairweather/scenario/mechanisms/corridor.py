"""A supply corridor: what gets through a network of links whose status changes over time.

The throughput between two ends is the maximum flow, which equals the capacity of the
narrowest cut (Ford and Fulkerson 1956). The cuts of the network are listed once; then the
flow of every draw and month is the least of their capacities, all at once. A link is open,
restricted to a share of its capacity, or closed; from one month to the next an open link
fails with its hazard, and a failed one comes back after `recovery` months on average
(a two-state Markov chain, the usual model of repairable systems: Barlow and Proschan 1965).
A rival corridor takes the share of the demand that a logit of its advantage gives it, as far
as its own capacity reaches.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.records import first_day
from fairweather.scenario.mechanisms.heading import Heading, bounded, draw_inputs, within
from fairweather.scenario.mechanisms.links import (
    CLOSED,
    MOST,
    NEVER_FAILS,
    NUMBERS,
    OPEN,
    LinkModel,
    read_link,
)
from fairweather.scenario.mechanisms.sheet import (
    MechanismAnswer,
    Sheet,
    in_words,
    listed,
    percent,
)
from fairweather.scenario.mechanisms.throughput import Network
from fairweather.scenario.quantity import Floats, Quantity
from fairweather.scenario.spec import Input
from fairweather.scenario.tables import Table

MOST_PLACES = 14
"""Between the two ends; the number of cuts doubles with each."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another way for the same goods: its capacity, its advantage, how sharply users follow."""

    name: str
    capacity: Quantity
    advantage: Quantity
    pull: Quantity


@dataclass(frozen=True, slots=True)
class Corridor:
    """A network of links between two ends, and what there is to move through it a month."""

    heading: Heading
    origin: str
    destination: str
    unit: str
    links: tuple[LinkModel, ...]
    demand: Quantity | None = None
    rivals: tuple[Rival, ...] = ()

    def inputs(self) -> Iterator[Input]:
        """Every number of the model at its path."""
        for link in self.links:
            for name, high in NUMBERS.items():
                if getattr(link, name) is not NEVER_FAILS.get(name):
                    yield Input(f"links.{link.name}.{name}", getattr(link, name), 0.0, high)
        if self.demand is not None:
            yield Input("demand", self.demand, 0.0, MOST)
        for rival in self.rivals:
            yield Input(f"rivals.{rival.name}.capacity", rival.capacity, 0.0, MOST)
            yield Input(f"rivals.{rival.name}.advantage", rival.advantage, -1.0, 1.0)
            yield Input(f"rivals.{rival.name}.pull", rival.pull, 0.0, 100.0)

    def play(self, *, seed: int = 0, draws: int = 1000) -> MechanismAnswer:
        """What gets through now and over the horizon, what each link is worth, who drains it."""
        inputs = tuple(self.inputs())
        drawn = draw_inputs(inputs, seed=seed, draws=draws)
        sheet = Sheet(self.heading, inputs, seed)
        network = Network.of(self.links, (self.origin, self.destination), drawn)
        now = network.shares_on(self.heading.as_of)
        _tell_now(sheet, self, network, now)
        _tell_history(sheet, self, network)
        _tell_losses(sheet, self, network, now)
        flow = network.flow_over(now, self.heading.months, seed)
        _tell_horizon(sheet, self, flow)
        if self.demand is not None:
            _tell_demand(sheet, self, flow, drawn)
        sheet.warn("Links fail independently of each other; a war closes several at once.")
        return sheet.answer()


def read_corridor(table: Table, heading: Heading) -> Corridor:
    """The corridor of a file. Raises ScenarioError naming file and key."""
    demand = table.quantity("demand")
    corridor = Corridor(
        heading=heading,
        origin=table.text("origin"),
        destination=table.text("destination"),
        unit=table.text("unit"),
        links=table.each("links", read_link),
        demand=None if demand is None else within(table, "demand", demand, 0.0, MOST),
        rivals=table.each("rivals", _rival),
    )
    _check_network(table, corridor)
    return corridor


def _rival(name: str, part: Table) -> Rival:
    rival = Rival(
        name,
        capacity=bounded(part, "capacity", 0.0, MOST),
        advantage=bounded(part, "advantage", -1.0, 1.0),
        pull=bounded(part, "pull", 0.0, 100.0),
    )
    part.finish()
    return rival


def _check_network(table: Table, corridor: Corridor) -> None:
    if not corridor.links:
        table.fail("links", "a corridor needs at least one link")
    for link in corridor.links:
        comes_back = link.hazard.support[1] > 0 or link.state_on(corridor.heading.as_of) == CLOSED
        if comes_back and link.recovery == NEVER_FAILS["recovery"]:
            table.fail(f"links.{link.name}.recovery", "is missing: how long it stays closed")
    ends = {corridor.origin, corridor.destination}
    places = {place for link in corridor.links for place in (link.home, link.dest)}
    for key, end in (("origin", corridor.origin), ("destination", corridor.destination)):
        if end not in places:
            table.fail(key, f"no link touches {end}; the links name {listed(sorted(places))}")
    if corridor.origin == corridor.destination:
        table.fail("destination", "a corridor leads from one place to another")
    if len(places - ends) > MOST_PLACES:
        table.fail("links", f"more than {MOST_PLACES} places lie between the ends")


def _tell_now(sheet: Sheet, corridor: Corridor, network: Network, now: Floats) -> None:
    whole, left = network.flow(np.ones_like(now)), network.flow(now)
    figures = [
        sheet.figure(
            key,
            f"most that gets from {corridor.origin} to {corridor.destination} a month, {told}",
            flow,
            f"{corridor.unit} a month",
            of=("links.",),
            formula="maximum flow = capacity of the narrowest cut",
        )
        for key, told, flow in (("flow-whole", "all links open", whole), ("flow-now", "now", left))
    ]
    closed = [link.name for link in corridor.links if link.state_on(sheet.heading.as_of) != OPEN]
    why = f"; not fully open: {listed(closed)}" if closed else ""
    sheet.say(
        f"From {corridor.origin} to {corridor.destination} the corridor carries at most "
        f"{in_words(figures[1])} {corridor.unit} a month, of {in_words(figures[0])} with every "
        f"link open{why}.",
        *figures,
    )


def _tell_history(sheet: Sheet, corridor: Corridor, network: Network) -> None:
    changes = sorted(
        {
            (first_day(change.since), change.since)
            for link in corridor.links
            for change in link.changes
        }
    )
    rows = []
    for _, day in changes:
        named = [
            f"{link.name} {change.state}"
            for link in corridor.links
            for change in link.changes
            if change.since == day
        ]
        flow = float(np.median(network.flow(network.shares_on(day))))
        rows.append((day, listed(named), f"{flow:,.4g}"))
    if rows:
        sheet.table("Changes", ("date", "links", f"flow after, {corridor.unit} a month"), rows)


def _tell_losses(sheet: Sheet, corridor: Corridor, network: Network, now: Floats) -> None:
    flow = np.maximum(network.flow(now), np.finfo(float).tiny)
    losses = []
    for at, link in enumerate(corridor.links):
        lost = 1 - network.without(at, now) / flow
        figure = sheet.figure(
            f"loss-{link.name}",
            f"share of the present flow lost with {link.name}",
            np.where(network.flow(now) > 0, lost, 0.0),
            "share",
            of=("links.",),
            formula="1 - flow without the link / flow now",
        )
        recovers = float(np.median(network.months_to_recover(at, now)))
        losses.append((figure, link, recovers))
    losses.sort(key=lambda row: -(row[0].value or 0.0))
    sheet.table(
        "What a lost link costs",
        ("link", "from", "to", "share of flow lost", "months to recover"),
        [
            (link.name, link.home, link.dest, percent(figure), _months(recovers))
            for figure, link, recovers in losses
        ],
    )
    figure, link, recovers = losses[0]
    if not figure.value:
        sheet.say("No single link stops the flow as it is now.", *(row[0] for row in losses))
        return
    sheet.say(
        f"The link that matters most is {link.name} ({link.home} to {link.dest}): without it "
        f"{percent(figure)} of the flow is lost, for {_months(recovers)} months on average.",
        figure,
    )


def _months(number: float) -> str:
    return f"{number:.0f}" if number >= 10 else f"{number:.2g}"


def _tell_horizon(sheet: Sheet, corridor: Corridor, flow: Floats) -> None:
    months = sheet.heading.months
    mean = sheet.figure(
        "flow-ahead",
        f"mean flow a month over the next {months} months",
        flow[1:].mean(axis=0),
        f"{corridor.unit} a month",
        of=("links.",),
        formula="mean over months of the maximum flow, links failing and recovering",
    )
    stopped = sheet.figure(
        "stopped",
        f"P(nothing gets through in some month of the next {months})",
        float((flow[1:] <= 0).any(axis=0).mean()),
        "probability",
        of=("links.",),
        formula="share of runs with a month of no flow",
    )
    sheet.say(
        f"Over the next {months} months it carries {in_words(mean)} {corridor.unit} a month on "
        f"average; with probability {percent(stopped)} it stops altogether in some month.",
        mean,
        stopped,
    )
    sheet.course("flow", f"{corridor.unit} a month", flow)


def _tell_demand(
    sheet: Sheet, corridor: Corridor, flow: Floats, drawn: Mapping[str, Floats]
) -> None:
    demand = drawn["demand"]
    drained, rows = _drained(corridor, demand, drawn)
    moved = np.minimum(flow[1:].mean(axis=0), demand - drained)
    share = np.divide(moved, demand, out=np.zeros_like(moved), where=demand > 0)
    figure = sheet.figure(
        "demand-met",
        "share of the demand that moves through the corridor",
        share,
        "share",
        of=("links.", "demand", "rivals."),
        formula="min(flow, demand - what rivals take) / demand",
    )
    sheet.say(f"It moves {percent(figure)} of what there is to move.", figure)
    for rival, taken in rows:
        drain = sheet.figure(
            f"drain-{rival.name}",
            f"share of the demand that {rival.name} takes",
            np.divide(taken, demand, out=np.zeros_like(taken), where=demand > 0),
            "share",
            of=("demand", f"rivals.{rival.name}."),
            formula="logit share of the rival, up to its capacity",
        )
        sheet.say(f"The rival {rival.name} draws off {percent(drain)} of it.", drain)


def _drained(
    corridor: Corridor, demand: Floats, drawn: Mapping[str, Floats]
) -> tuple[Floats, list[tuple[Rival, Floats]]]:
    """What all rivals take, and what each takes: a logit over the corridor and its rivals."""
    weight = [
        np.exp(drawn[f"rivals.{rival.name}.pull"] * drawn[f"rivals.{rival.name}.advantage"])
        for rival in corridor.rivals
    ]
    total = 1.0 + sum(weight, start=np.zeros_like(demand))
    rows = [
        (rival, np.minimum(demand * own / total, drawn[f"rivals.{rival.name}.capacity"]))
        for rival, own in zip(corridor.rivals, weight, strict=True)
    ]
    return sum((taken for _, taken in rows), start=np.zeros_like(demand)), rows
