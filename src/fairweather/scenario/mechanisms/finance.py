"""A finance network: who pays whom, in which currency, and through whose hands it goes.

Money is traced by proportional mixing: what an account passes on is made up as its receipts
are, the rule of input-output accounts (Leontief 1941) and of the pro-rata tracing of mixed
funds. Sums in different currencies are never added; where the file gives a rate, an
equivalent stands beside them. How much hangs on few hands is the Herfindahl index over
intermediaries, from near 0 (many) to 1 (one). A flow on record is what somebody reported:
what was not reported is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.mechanisms.heading import Heading, bounded, draw_inputs
from fairweather.scenario.mechanisms.sheet import (
    MechanismAnswer,
    Sheet,
    actor_name,
    in_words,
    listed,
    percent,
    rounded_sum,
)
from fairweather.scenario.mechanisms.tracing import Traced
from fairweather.scenario.quantity import Floats, Quantity
from fairweather.scenario.spec import Input, Named
from fairweather.scenario.tables import Table

MOST = 1e15
MOST_PATHS = 10
"""Paths told, the largest first."""


@dataclass(frozen=True, slots=True)
class Flow:
    """A payment, or a sum of payments, from one account to another."""

    payer: str
    payee: str
    amount: Quantity
    currency: str
    since: str = ""
    until: str = ""

    @property
    def period(self) -> str:
        """When it was paid, as told."""
        return " to ".join(dict.fromkeys(part for part in (self.since, self.until) if part))


@dataclass(frozen=True, slots=True)
class FinanceNetwork:
    """Flows among accounts, traced from `sources` to `destinations`.

    `rates` are units of `common` for one unit of each other currency.
    """

    heading: Heading
    flows: tuple[Flow, ...]
    sources: tuple[str, ...]
    destinations: tuple[str, ...]
    common: str = ""
    rates: Named = ()

    def inputs(self) -> Iterator[Input]:
        """Every number of the model at its path."""
        for at, flow in enumerate(self.flows):
            yield Input(f"flows[{at}].amount", flow.amount, 0.0, MOST)
        for currency, rate in self.rates:
            yield Input(f"rates.{currency}", rate, 0.0, MOST)

    def play(self, *, seed: int = 0, draws: int = 2000) -> MechanismAnswer:
        """Totals by currency, what reaches whom from whom, and through how many hands."""
        inputs = tuple(self.inputs())
        drawn = draw_inputs(inputs, seed=seed, draws=draws)
        sheet = Sheet(self.heading, inputs, seed)
        for currency in self.currencies:
            _tell_currency(sheet, self, currency, drawn)
        if self.common:
            _tell_equivalent(sheet, self, drawn)
        sheet.warn("Only reported flows are counted; what nobody reported is unknown, not zero.")
        return sheet.answer()

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies of the flows, in order of first use."""
        return tuple(dict.fromkeys(flow.currency for flow in self.flows))


def read_finance(table: Table, heading: Heading) -> FinanceNetwork:
    """The network of a file. Raises ScenarioError naming file and key."""
    flows = tuple(_flow(part) for part in table.tables("flows"))
    if not flows:
        table.fail("flows", "a network needs at least one flow")
    accounts = {account for flow in flows for account in (flow.payer, flow.payee)}
    trace = table.sub("trace", table.need("trace"))
    ends = {key: trace.texts(key) for key in ("sources", "destinations")}
    for key, named in ends.items():
        for account in named:
            if account not in accounts:
                trace.fail(key, f"no flow touches {account}; there are {listed(sorted(accounts))}")
        if not named:
            trace.fail(key, "names nobody")
    trace.finish()
    common = table.text("common", "")
    return FinanceNetwork(
        heading, flows, ends["sources"], ends["destinations"], common, _rates(table, flows, common)
    )


def _flow(part: Table) -> Flow:
    flow = Flow(
        payer=part.text("from"),
        payee=part.text("to"),
        amount=bounded(part, "amount", 0.0, MOST),
        currency=part.text("currency"),
        since=part.date("since", ""),
        until=part.date("until", ""),
    )
    if flow.payer == flow.payee:
        part.fail("to", f"{flow.payer} pays itself")
    part.finish()
    return flow


def _rates(table: Table, flows: Sequence[Flow], common: str) -> Named:
    part = table.table("rates")
    named = [] if part is None else list(part.left)
    rates = tuple((name, bounded(part, name, 0.0, MOST)) for name in named if part is not None)
    if not common:
        if rates:
            table.fail("rates", "are of no use without the key common")
        return ()
    for flow in flows:
        if flow.currency not in (common, *dict(rates)):
            table.fail(f"rates.{flow.currency}", f"is missing: {common} for one {flow.currency}")
    return rates


def _tell_currency(
    sheet: Sheet, network: FinanceNetwork, currency: str, drawn: Mapping[str, Floats]
) -> None:
    traced = Traced.of(
        [
            (flow.payer, flow.payee, drawn[f"flows[{at}].amount"])
            for at, flow in enumerate(network.flows)
            if flow.currency == currency
        ]
    )
    paths = tuple(
        f"flows[{at}].amount" for at, flow in enumerate(network.flows) if flow.currency == currency
    )
    rows = []
    for source in network.sources:
        if source not in traced.accounts:
            continue
        reached = traced.reaching(source)
        for destination in network.destinations:
            if destination not in traced.accounts or destination == source:
                continue
            figure = sheet.figure(
                f"reaches-{currency}-{source}-{destination}",
                f"{currency} of {source} that reaches {destination}",
                reached[:, traced.accounts.index(destination)],
                currency,
                of=paths,
                formula="r = p + r S, proportional mixing",
            )
            sheet.say(
                f"{rounded_sum(figure)} {currency} of {actor_name(source)} reach "
                f"{actor_name(destination)}.",
                figure,
            )
            rows += _path_rows(traced, source, destination, currency)
    _tell_hands(sheet, network, traced, currency, paths)
    if rows:
        sheet.table(f"Ways of the money, {currency}", ("way", f"{currency} along it"), rows)


def _path_rows(
    traced: Traced, source: str, destination: str, currency: str
) -> list[tuple[str, str]]:
    ways = traced.paths(source, destination)[:MOST_PATHS]
    return [
        (" > ".join(map(actor_name, way)), f"about {float(f'{amount:.2g}'):,.0f} {currency}")
        for way, amount in ways
        if amount > 0
    ]


def _tell_hands(
    sheet: Sheet, network: FinanceNetwork, traced: Traced, currency: str, paths: tuple[str, ...]
) -> None:
    """The intermediaries: how much passes each, and how concentrated that is."""
    ends = {*network.sources, *network.destinations}
    between = [at for at, account in enumerate(traced.accounts) if account not in ends]
    through = np.minimum(traced.paid.sum(axis=2), traced.paid.sum(axis=1))[:, between]
    total = through.sum(axis=1)
    if not between or not np.all(total > 0):
        sheet.say(f"No {currency} passes through anybody between the ends on record.")
        return
    shares = through / total[:, None]
    index = sheet.figure(
        f"concentration-{currency}",
        f"concentration of the {currency} that pass through intermediaries",
        (shares**2).sum(axis=1),
        "Herfindahl 0..1",
        of=paths,
        formula="sum of squared shares of what passes each intermediary",
    )
    largest = int(np.argmax(np.median(shares, axis=0)))
    name = traced.accounts[between[largest]]
    share = sheet.figure(
        f"passes-{currency}-{name}",
        f"share of the intermediated {currency} that passes {name}",
        shares[:, largest],
        "share",
        of=paths,
        formula="passed by the intermediary / passed by all",
    )
    sheet.say(
        f"{len(between)} intermediaries handle {currency}; {actor_name(name)} passes on "
        f"{percent(share)} of it (concentration {in_words(index)}).",
        share,
        index,
    )


def _tell_equivalent(sheet: Sheet, network: FinanceNetwork, drawn: Mapping[str, Floats]) -> None:
    def worth(currency: str) -> Floats | float:
        return 1.0 if currency == network.common else drawn[f"rates.{currency}"]

    outgoing = [
        drawn[f"flows[{at}].amount"] * worth(flow.currency)
        for at, flow in enumerate(network.flows)
        if flow.payer in network.sources
    ]
    figure = sheet.figure(
        "equivalent",
        f"what the sources paid out, as {network.common} at the rates of the file",
        np.sum(outgoing, axis=0),
        network.common,
        of=("flows", "rates."),
        formula="sum of amount * rate over the sources' payments",
    )
    sheet.say(
        f"At the rates given, {listed(map(actor_name, network.sources))} paid out the "
        f"equivalent of {rounded_sum(figure)} {network.common}.",
        figure,
    )
