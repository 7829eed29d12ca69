"""A deconfliction channel: two operations share a space and would rather not meet by accident.

Each side flies `sorties` a month and is present for a share `exposure` of the time and
space; an encounter turns into a clash with probability `misfire`. A notice that is given
and heeded takes the encounter away. With E encounters a month, n the share of operations
announced and h the share of notices heeded:

    hazard without the channel   E * misfire
    hazard with it               E * misfire * (1 - n * h)
    P(a clash within T months)   1 - exp(-hazard * T)

The channel is worth to a side the clashes it is spared times what one costs it, and the
operations it would otherwise call off, less what warning its target costs it. A supporter
who would lose the channel by helping a third party too far has that much less reason to:
under logit choice (McKelvey and Palfrey 1995) the odds of going beyond the cap are
multiplied by exp(-lambda * credibility * worth). Model for such channels: the Incidents at
Sea agreement of 1972; that notice restrains as well as spares is Schelling 1966.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.constants import defaults
from fairweather.scenario.mechanisms.heading import Heading, bounded, draw_inputs
from fairweather.scenario.mechanisms.sheet import (
    MechanismAnswer,
    Sheet,
    actor_name,
    in_words,
    percent,
)
from fairweather.scenario.quantity import Floats, Quantity
from fairweather.scenario.spec import Input
from fairweather.scenario.tables import Table
from fairweather.vocabulary import vocabulary

MOST_SORTIES = 100_000.0
MOST_LOSS = 10.0
HIGHEST_SENSITIVITY = 100.0


@dataclass(frozen=True, slots=True)
class Operation:
    """One side's operation in the shared space.

    `sorties` a month; `exposure` the share of time and space in which its forces are there
    to be met; `loss` what one clash costs it and `freedom` what operating there over the
    horizon is worth to it, both on the scale of the strands; `forgone` the share that it
    would call off without a channel; `leak` the share of effect lost because it warns.
    """

    actor: str
    sorties: Quantity
    exposure: Quantity
    loss: Quantity
    freedom: Quantity
    forgone: Quantity
    leak: Quantity


@dataclass(frozen=True, slots=True)
class Channel:
    """What the channel does: the share of operations announced, of notices heeded, and the
    chance that an encounter nobody announced becomes a clash."""

    notice: Quantity
    heeded: Quantity
    misfire: Quantity


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """Whom the channel's host supports, up to which rung it may go without losing it, and
    how credible that loss is."""

    supporter: str
    partner: str
    cap: str
    credibility: Quantity
    sensitivity: Quantity


@dataclass(frozen=True, slots=True)
class Deconfliction:
    """A channel between two operations."""

    heading: Heading
    operations: tuple[Operation, Operation]
    channel: Channel
    third: ThirdParty | None = None

    def inputs(self) -> Iterator[Input]:
        """Every number of the model at its path."""
        for side in self.operations:
            for name, high in _OPERATION.items():
                yield Input(f"operations.{side.actor}.{name}", getattr(side, name), 0.0, high)
        for name in ("notice", "heeded", "misfire"):
            yield Input(f"channel.{name}", getattr(self.channel, name))
        if self.third is not None:
            yield Input("third.credibility", self.third.credibility)
            yield Input("third.sensitivity", self.third.sensitivity, 0.0, HIGHEST_SENSITIVITY)

    def play(self, *, seed: int = 0, draws: int = 4000) -> MechanismAnswer:
        """Clash hazards with and without notice, what the channel is worth, whom it restrains."""
        inputs = tuple(self.inputs())
        drawn = draw_inputs(inputs, seed=seed, draws=draws)
        sheet = Sheet(self.heading, inputs, seed)
        without, with_channel = _hazards(self, drawn)
        _tell_hazards(sheet, self, without, with_channel)
        worths = {
            side.actor: _worth(side.actor, drawn, (without - with_channel) * self.heading.months)
            for side in self.operations
        }
        _tell_worths(sheet, worths)
        if self.third is not None:
            _tell_restraint(sheet, self.third, worths, drawn)
        months = np.arange(self.heading.months + 1)[:, None]
        sheet.course("clash, no channel", "probability", 1 - np.exp(-without * months))
        sheet.course("clash, channel open", "probability", 1 - np.exp(-with_channel * months))
        sheet.warn("Encounters are taken as independent of each other; a clash may breed the next.")
        return sheet.answer()


_OPERATION: Mapping[str, float] = {
    "sorties": MOST_SORTIES,
    "exposure": 1.0,
    "loss": MOST_LOSS,
    "freedom": MOST_LOSS,
    "forgone": 1.0,
    "leak": 1.0,
}
"""The numbers of an operation, each with the most it can be; the least is 0."""


def read_deconfliction(table: Table, heading: Heading) -> Deconfliction:
    """The channel of a file. Raises ScenarioError naming file and key."""
    sides = table.each("operations", _operation)
    if len(sides) != 2:
        table.fail("operations", f"a channel joins two operations; {len(sides)} are given")
    part = table.sub("channel", table.need("channel"))
    channel = Channel(*(bounded(part, key, 0.0, 1.0) for key in ("notice", "heeded", "misfire")))
    part.finish()
    return Deconfliction(heading, (sides[0], sides[1]), channel, _third(table, sides))


def _operation(actor: str, part: Table) -> Operation:
    numbers = {name: bounded(part, name, 0.0, high) for name, high in _OPERATION.items()}
    part.finish()
    return Operation(actor, **numbers)


def _third(table: Table, sides: tuple[Operation, ...]) -> ThirdParty | None:
    part = table.table("third")
    if part is None:
        return None
    supporter = part.text("supporter")
    if supporter not in {side.actor for side in sides}:
        part.fail("supporter", f"{supporter} is not one of the two operations")
    cap = part.text("cap")
    vocabulary("rungs").check(cap, where=f"{part.where}: third.cap")
    sensitivity = part.quantity("sensitivity") or defaults("constants")["sensitivity"].quantity
    third = ThirdParty(
        supporter, part.text("partner"), cap, bounded(part, "credibility", 0.0, 1.0), sensitivity
    )
    part.finish()
    return third


def _hazards(model: Deconfliction, drawn: Mapping[str, Floats]) -> tuple[Floats, Floats]:
    """Clashes expected a month, without the channel and with it, each of shape (draws,)."""
    one, other = (f"operations.{side.actor}" for side in model.operations)
    meetings = (
        drawn[f"{one}.sorties"] * drawn[f"{other}.exposure"]
        + drawn[f"{other}.sorties"] * drawn[f"{one}.exposure"]
    )
    without = meetings * drawn["channel.misfire"]
    return without, without * (1 - drawn["channel.notice"] * drawn["channel.heeded"])


def _worth(actor: str, drawn: Mapping[str, Floats], spared: Floats) -> Floats:
    own = f"operations.{actor}"
    kept = drawn[f"{own}.forgone"] - drawn[f"{own}.leak"]
    worth: Floats = spared * drawn[f"{own}.loss"] + drawn[f"{own}.freedom"] * kept
    return worth


def _tell_hazards(
    sheet: Sheet, model: Deconfliction, without: Floats, with_channel: Floats
) -> None:
    months = sheet.heading.months
    meetings = [
        f"operations.{side.actor}.{name}"
        for side in model.operations
        for name in ("sorties", "exposure")
    ]
    inputs = (*meetings, "channel.")
    chances = [
        sheet.figure(
            key,
            f"P(at least one clash within {months} months), {told}",
            1 - np.exp(-hazard * months),
            "probability",
            of=inputs,
            formula="1 - exp(-hazard * months)",
        )
        for key, told, hazard in (
            ("clash-without", "no channel", without),
            ("clash-with", "channel open", with_channel),
        )
    ]
    sheet.say(
        f"Within {months} months the two sides clash at least once with probability "
        f"{percent(chances[0])} when nothing is announced, {percent(chances[1])} with the channel.",
        *chances,
    )


def _tell_worths(sheet: Sheet, worths: Mapping[str, Floats]) -> None:
    for actor, worth in worths.items():
        figure = sheet.figure(
            f"worth-{actor}",
            f"what the channel is worth to {actor} over the horizon",
            worth,
            "strand scale",
            of=(f"operations.{actor}.", "operations.", "channel."),
            formula="clashes spared * loss + freedom * (forgone - leak)",
        )
        clear = (figure.low or 0.0) > 0
        told = "is worth keeping" if clear else "may not be worth keeping"
        sheet.say(
            f"To {actor_name(actor)} the channel {told}: {in_words(figure)} on the strand scale.",
            figure,
        )


def _tell_restraint(
    sheet: Sheet, third: ThirdParty, worths: Mapping[str, Floats], drawn: Mapping[str, Floats]
) -> None:
    stake = np.maximum(worths[third.supporter], 0.0) * drawn["third.credibility"]
    kept = np.exp(-drawn["third.sensitivity"] * stake)
    figure = sheet.figure(
        "restraint",
        f"odds that {third.supporter} goes beyond {third.cap} for {third.partner}, "
        "as a share of the odds without a channel to lose",
        kept,
        "ratio of odds",
        of=("operations.", "channel.", "third."),
        formula="exp(-sensitivity * credibility * worth to the supporter)",
    )
    rung = vocabulary("rungs")[third.cap].label.lower()
    sheet.say(
        f"With the channel at stake, the odds that {actor_name(third.supporter)} goes beyond "
        f"{rung} for {actor_name(third.partner)} are {percent(figure)} of what they would be "
        "with no channel to lose.",
        figure,
    )
