"""Mediated bargaining: parties, issues, mediators, and an interim deal beside a full one.

Every issue runs from 0 to 100 and may have a unit of its own (days of truce, persons
released). Two answers stand side by side:

- where the issue is likely to settle: the mean of the positions weighted by capability and
  salience (van den Bos 1991; on 353 decisions of the European Union its mean error is 23.7
  of 100, and published replications of the expected-utility challenge model do worse; the
  probabilistic Condorcet election of `condorcet.py` does not beat it either, so it is not
  told: `bench/bargaining.py`);
- whether a deal on the table is taken: party i gains from deal d against the status quo

      gain = credibility * sum_k s_ik (|p_ik - q_k| - |p_ik - d_k|) / 100 + pressure_i

  with its saliences s scaled to sum to one, and says yes with probability
  1 / (1 + exp(-lambda * gain)) (logit choice, McKelvey and Palfrey 1995). All must say yes.

A mediator adds pressure (what refusing costs a party) and can make a deal more credible.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.records import Explained
from fairweather.scenario.constants import defaults
from fairweather.scenario.mechanisms.bargain import (
    MOST_CAPABILITY,
    WHOLE,
    Deal,
    Issue,
    Mediator,
    Party,
    read_deal,
    read_issue,
    read_mediator,
    read_party,
)
from fairweather.scenario.mechanisms.heading import Heading, draw_inputs, within
from fairweather.scenario.mechanisms.sheet import (
    MechanismAnswer,
    Sheet,
    actor_name,
    in_words,
    listed,
    percent,
)
from fairweather.scenario.quantity import Floats, Quantity
from fairweather.scenario.spec import Input
from fairweather.scenario.tables import Table


@dataclass(frozen=True, slots=True)
class Mediation:
    """A bargain with its parties, mediators and deals."""

    heading: Heading
    issues: tuple[Issue, ...]
    parties: tuple[Party, ...]
    mediators: tuple[Mediator, ...]
    deals: tuple[Deal, ...]
    sensitivity: Quantity

    def inputs(self) -> Iterator[Input]:
        """Every number of the model at its path."""
        for issue in self.issues:
            yield Input(f"issues.{issue.name}.status_quo", issue.status_quo, 0.0, WHOLE)
        for party in self.parties:
            own = f"parties.{party.actor}"
            yield Input(f"{own}.capability", party.capability, 0.0, MOST_CAPABILITY)
            for name, place in party.positions:
                yield Input(f"{own}.positions.{name}", place, 0.0, WHOLE)
            for name, weight in party.salience:
                yield Input(f"{own}.salience.{name}", weight)
        for mediator in self.mediators:
            for name, cost in mediator.presses:
                yield Input(f"mediators.{mediator.actor}.presses.{name}", cost)
            if mediator.guarantee is not None:
                yield Input(f"mediators.{mediator.actor}.guarantee", mediator.guarantee)
        for deal in self.deals:
            for name, place in deal.terms:
                yield Input(f"deals.{deal.name}.terms.{name}", place, 0.0, WHOLE)
            yield Input(f"deals.{deal.name}.credibility", deal.credibility)
        yield Input("sensitivity", self.sensitivity, 0.0, float("inf"))

    def play(self, *, seed: int = 0, draws: int = 2000) -> MechanismAnswer:
        """Where each issue is likely to settle, and which deal each party would take."""
        inputs = tuple(self.inputs())
        drawn = draw_inputs(inputs, seed=seed, draws=draws)
        sheet = Sheet(self.heading, inputs, seed)
        for issue in self.issues:
            _tell_settlement(sheet, self, issue, drawn)
        for deal in self.deals:
            _tell_deal(sheet, self, deal, drawn)
        if self.mediators:
            _tell_mediators(sheet, self, drawn)
        sheet.warn(
            "Where an issue settles is known only roughly: on decisions of the European Union "
            "the weighted mean was off by about 24 of 100 on average."
        )
        return sheet.answer()


def read_mediation(table: Table, heading: Heading) -> Mediation:
    """The bargain of a file. Raises ScenarioError naming file and key."""
    issues = table.each("issues", read_issue)
    if not issues:
        table.fail("issues", "there is nothing to bargain over")
    names = tuple(issue.name for issue in issues)
    parties = table.each("parties", lambda actor, part: read_party(actor, part, names))
    if len(parties) < 2:
        table.fail("parties", "a bargain needs two parties or more")
    actors = tuple(party.actor for party in parties)
    given = table.quantity("sensitivity") or defaults("constants")["sensitivity"].quantity
    return Mediation(
        heading=heading,
        issues=issues,
        parties=parties,
        mediators=table.each("mediators", lambda actor, part: read_mediator(actor, part, actors)),
        deals=table.each("deals", lambda name, part: read_deal(name, part, names)),
        sensitivity=within(table, "sensitivity", given, 1e-6, 1e3),
    )


def weighted_mean(weights: Floats, positions: Floats) -> Floats:
    """Capability times salience weighted mean of positions; both (parties, ...) in shape."""
    mean: Floats = (weights * positions).sum(axis=0) / weights.sum(axis=0)
    return mean


def _tell_settlement(
    sheet: Sheet, bargain: Mediation, issue: Issue, drawn: Mapping[str, Floats]
) -> None:
    parties = [f"parties.{party.actor}" for party in bargain.parties]
    weights = np.stack(
        [drawn[f"{own}.capability"] * drawn[f"{own}.salience.{issue.name}"] for own in parties]
    )
    positions = np.stack([drawn[f"{own}.positions.{issue.name}"] for own in parties])
    if not np.all(weights.sum(axis=0) > 0):
        sheet.warn(f"Nobody with capability cares about {issue.name}: no settlement is told.")
        return
    figure = sheet.figure(
        f"settles-{issue.name}",
        f"where {issue.name} settles: weighted mean, 0 {issue.low}, 100 {issue.high}",
        weighted_mean(weights, positions),
        "place 0..100",
        of=tuple(
            f"{own}.{part}"
            for own in parties
            for part in ("capability", f"salience.{issue.name}", f"positions.{issue.name}")
        ),
        formula="sum(capability * salience * position) / sum(capability * salience)",
    )
    place = f"place {in_words(figure, digits=0)} from {issue.low} (0) to {issue.high} (100)"
    unit = f"{issue.told(figure.value or 0.0)}, " if issue.unit else ""
    sheet.say(f"{_capital(issue.name)}: capability times salience points to {unit}{place}.", figure)


def _tell_deal(sheet: Sheet, bargain: Mediation, deal: Deal, drawn: Mapping[str, Floats]) -> None:
    accepts = _acceptances(bargain, deal, drawn)
    figures: dict[str, Explained] = {
        actor: sheet.figure(
            f"accepts-{deal.name}-{actor}",
            f"P({actor} says yes to the {deal.name} deal)",
            chance,
            "probability",
            of=_behind(bargain, deal, actor),
            formula="1 / (1 + exp(-sensitivity * gain))",
        )
        for actor, chance in accepts.items()
    }
    struck = sheet.figure(
        f"struck-{deal.name}",
        f"P(every party says yes to the {deal.name} deal)",
        np.prod(list(accepts.values()), axis=0),
        "probability",
        of=("issues.", "parties.", "mediators.", f"deals.{deal.name}.", "sensitivity"),
        formula="product of the parties' probabilities",
    )
    hardest = min(figures, key=lambda actor: figures[actor].value or 0.0)
    terms = listed(_issue_of(bargain, name).told(place.mean) for name, place in deal.terms)
    sheet.say(
        f"The {deal.name} deal ({terms}) is taken by all with probability {percent(struck)}; the "
        f"hardest to win is {actor_name(hardest)} at {percent(figures[hardest])}.",
        struck,
        figures[hardest],
    )
    sheet.table(
        f"The {deal.name} deal",
        ("party", "probability of yes"),
        [(actor_name(actor), percent(figure)) for actor, figure in figures.items()],
    )


def _acceptances(
    bargain: Mediation, deal: Deal, drawn: Mapping[str, Floats], *, mediated: bool = True
) -> dict[str, Floats]:
    """P(each party says yes), shape (draws,) each."""
    kept = drawn[f"deals.{deal.name}.credibility"]
    if mediated:
        for mediator in bargain.mediators:
            if mediator.guarantee is not None:
                kept = kept + (1 - kept) * drawn[f"mediators.{mediator.actor}.guarantee"]
    chances = {}
    for party in bargain.parties:
        gain = kept * _gain(bargain, party, deal, drawn)
        if mediated:
            gain = gain + _pressure(bargain, party.actor, drawn)
        chances[party.actor] = 1 / (1 + np.exp(-drawn["sensitivity"] * gain))
    return chances


def _gain(bargain: Mediation, party: Party, deal: Deal, drawn: Mapping[str, Floats]) -> Floats:
    """What a party gains on the issues the deal settles, -1 to 1, shape (draws,)."""
    own = f"parties.{party.actor}"
    salience = {issue.name: drawn[f"{own}.salience.{issue.name}"] for issue in bargain.issues}
    whole: Floats = np.maximum(np.sum(list(salience.values()), axis=0), np.finfo(float).tiny)
    gain: Floats = np.zeros_like(whole)
    for name, _ in deal.terms:
        wanted = drawn[f"{own}.positions.{name}"]
        before = np.abs(wanted - drawn[f"issues.{name}.status_quo"])
        after = np.abs(wanted - drawn[f"deals.{deal.name}.terms.{name}"])
        gain = gain + salience[name] / whole * (before - after) / WHOLE
    return gain


def _pressure(bargain: Mediation, actor: str, drawn: Mapping[str, Floats]) -> Floats:
    costs: list[Floats] = [
        drawn[f"mediators.{mediator.actor}.presses.{actor}"]
        for mediator in bargain.mediators
        if actor in dict(mediator.presses)
    ]
    pressure: Floats = sum(costs, start=np.zeros_like(drawn["sensitivity"]))
    return pressure


def _tell_mediators(sheet: Sheet, bargain: Mediation, drawn: Mapping[str, Floats]) -> None:
    for deal in bargain.deals:
        alone = np.prod(list(_acceptances(bargain, deal, drawn, mediated=False).values()), axis=0)
        helped = np.prod(list(_acceptances(bargain, deal, drawn).values()), axis=0)
        figure = sheet.figure(
            f"mediators-{deal.name}",
            f"what the mediators add to P({deal.name} deal)",
            helped - alone,
            "probability",
            of=("issues.", "parties.", "mediators.", f"deals.{deal.name}.", "sensitivity"),
            formula="P(all say yes) with the mediators less without",
        )
        who = listed(actor_name(mediator.actor) for mediator in bargain.mediators)
        points = round(100 * (figure.value or 0.0))
        sheet.say(f"{who} add {points} points to the chance of the {deal.name} deal.", figure)


def _behind(bargain: Mediation, deal: Deal, actor: str) -> tuple[str, ...]:
    mediators = tuple(
        path
        for mediator in bargain.mediators
        for path in (
            f"mediators.{mediator.actor}.presses.{actor}",
            f"mediators.{mediator.actor}.guarantee",
        )
    )
    return ("issues.", f"parties.{actor}.", f"deals.{deal.name}.", "sensitivity", *mediators)


def _issue_of(bargain: Mediation, name: str) -> Issue:
    return next(issue for issue in bargain.issues if issue.name == name)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:].replace("_", " ")
