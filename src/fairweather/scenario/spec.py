"""What a scenario file says, as plain values (docs/scenario-files.md).

A scenario asks how far `supporter` goes for `partner` in a crisis with `against`. Order in
the file is kept. Nothing here is checked beyond its form: `check_scenario` judges sense.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from fairweather.records.showing import Shown
from fairweather.scenario.lines import Origin
from fairweather.scenario.quantity import Quantity

WAR = "war"
"""The chance that is always there: outcomes yes and no, no unless a run or the file says."""

PEACE_OUTCOME = "no"
WAR_OUTCOME = "yes"

Named = tuple[tuple[str, Quantity], ...]


@dataclass(frozen=True, slots=True)
class ChanceNode:
    """Something nobody in the game decides: an election, the outbreak of war."""

    name: str
    outcomes: tuple[tuple[str, float], ...]
    at: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Commitment:
    """What binds the viewer to the other.

    `value` is the commitment strand; `obliged` the rung that the clauses in force demand;
    `audience_cost` what it costs to stay a whole ladder below it; `obligations` name the
    pact for the reference class, `bilateral` whether it is between the two alone.
    """

    obliged: str = "none"
    value: Quantity | None = None
    audience_cost: Quantity | None = None
    obligations: tuple[str, ...] = ()
    bilateral: bool | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class TieView:
    """The strands of a tie as `viewer` sees `other`, each -1 (against) to 1 (for)."""

    viewer: str
    other: str
    strands: Named = ()
    commitment: Commitment | None = None

    @property
    def key(self) -> str:
        """Its name in the file: "RUS-IRN" is how RUS sees IRN."""
        return f"{self.viewer}-{self.other}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a third party gives, or the harm it withholds, for staying at or below `cap`.

    `kind` is "offer" or "threat"; `value` (written `harm` in a threat) is on the scale of
    the strands; `made` the probability that it is made at all when `when` holds.
    """

    kind: str
    name: str
    giver: str
    to: str
    value: Quantity
    credibility: Quantity
    made: Quantity | None = None
    against: str = ""
    when: tuple[tuple[str, str], ...] = ()
    cap: str = "statements"

    @property
    def path(self) -> str:
        """Its place in the file: "offers.NAME" or "threats.NAME"."""
        return f"{self.kind}s.{self.name}"

    @property
    def value_path(self) -> str:
        """The dotted path of its value."""
        return f"{self.path}.{'harm' if self.kind == 'threat' else 'value'}"


@dataclass(frozen=True, slots=True)
class Restraint:
    """The partner's own last move: how much it wants to press on, and what holds it back."""

    ambition: Quantity | None = None
    leverage: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One way to play the scenario: chances fixed, inputs changed, and what to compare it with.

    `changes` are dotted paths with their new value; `against` names the run that this one
    is set beside, the first of the file that asks of the same side when empty. `supporter` turns
    the question round when it names the partner: how far does it go for the other, who is in a
    crisis with `adversary`?
    """

    name: str
    given: tuple[tuple[str, str], ...] = ()
    changes: tuple[tuple[str, Quantity | str | bool | tuple[str, ...]], ...] = ()
    against: str = ""
    supporter: str = ""
    adversary: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario(Shown):
    """One question, its actors, its inputs and the runs that answer it.

    `origin` tells where in which file each part stands, where it was read from one.
    """

    question: str
    as_of: str
    horizon_months: int
    supporter: str
    partner: str
    against: str
    chance: tuple[ChanceNode, ...] = ()
    ties: tuple[TieView, ...] = ()
    burden: Named = ()
    risk: Named = ()
    identity: Named = ()
    offers: tuple[Offer, ...] = ()
    threats: tuple[Offer, ...] = ()
    restraint: Restraint | None = None
    constants: Named = ()
    runs: tuple[Run, ...] = ()
    origin: Origin | None = field(default=None, compare=False, repr=False)

    def tie(self, viewer: str, other: str) -> TieView:
        """How one sees the other; an empty view where the file has none."""
        found = (tie for tie in self.ties if (tie.viewer, tie.other) == (viewer, other))
        return next(found, TieView(viewer, other))

    @property
    def actors(self) -> tuple[str, ...]:
        """Every actor the scenario names, each once."""
        named = [self.supporter, self.partner, self.against]
        named += [run.adversary for run in self.runs]
        named += [actor for group in (self.burden, self.risk, self.identity) for actor, _ in group]
        for offer in (*self.offers, *self.threats):
            named += [offer.giver, offer.to, offer.against]
        return tuple(dict.fromkeys(actor for actor in named if actor))


@dataclass(frozen=True, slots=True)
class Input:
    """A number of the scenario at its dotted path, with the range it must keep to."""

    path: str
    quantity: Quantity
    low: float = 0.0
    high: float = 1.0


def stated_inputs(scenario: Scenario) -> Iterator[Input]:
    """Every number that the file states, in its order."""
    for tie in scenario.ties:
        yield from _tie_inputs(tie)
    for group in ("burden", "risk"):
        for actor, quantity in getattr(scenario, group):
            yield Input(f"{group}.{actor}", quantity)
    for actor, quantity in scenario.identity:
        yield Input(f"identity.{actor}", quantity, -1.0)
    for offer in (*scenario.offers, *scenario.threats):
        yield Input(offer.value_path, offer.value)
        yield Input(f"{offer.path}.credibility", offer.credibility)
        if offer.made is not None:
            yield Input(f"{offer.path}.made", offer.made)
    if scenario.restraint is not None:
        for name in ("ambition", "leverage"):
            quantity = getattr(scenario.restraint, name)
            if quantity is not None:
                yield Input(f"restraint.{name}", quantity, -1.0 if name == "ambition" else 0.0)


def _tie_inputs(tie: TieView) -> Iterator[Input]:
    for strand, quantity in tie.strands:
        yield Input(f"ties.{tie.key}.{strand}", quantity, -1.0)
    if tie.commitment is None:
        return
    if tie.commitment.value is not None:
        yield Input(f"ties.{tie.key}.commitment.value", tie.commitment.value, -1.0)
    if tie.commitment.audience_cost is not None:
        yield Input(f"ties.{tie.key}.commitment.audience_cost", tie.commitment.audience_cost)
