"""L0 in full: how far partners with such a pact went for a state at war, rung by rung.

Upper rungs come from disputes (joined with own forces), arms from deliveries, words and help from
a year of coded news. Each group has its own cases, years and band; rungs that no data cover say so.

The distribution over the three shares takes arms and forces as independent given the class:
arms = P(arms) (1 - P(forces)). Nothing in the data says how often both came together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from fairweather.history.rates import Rate, base_rates
from fairweather.history.reference import (
    BAND_RULE,
    FEWEST_CASES,
    FEWEST_WARS,
    METHOD,
    VERSION,
    Reference,
    forces_given_war,
    no_cases,
    pact_class,
    reference_class,
)
from fairweather.records import LATEST, Explained, Ingredient

GROUPS = {
    "statements": "spoken",
    "diplomatic": "diplomacy",
    "economic": "aided",
    "air_defence": "shielded",
    "arms": "armed",
}
"""Rung (or share) -> the group of rates that counts it."""

UNCOVERED = {
    "intelligence": "what is passed in secret is in no data set",
    "limited_arms": "SIPRI counts major arms alone: no rifles, shells or most small drones",
    "advisers": "dispute data tell of forces that fight, threaten or show force",
    "nuclear_umbrella": "too few cases for a rate",
}
"""Rungs that no data cover, and why."""


@dataclass(frozen=True, slots=True)
class SupportHistory:
    """What is counted for a supporter and a partner at war, by rung and by coarse share.

    `rungs` hold a figure each for the rungs that data cover, lowest first; `shares` the
    distribution over no arms, arms, forces (they sum to 1); `in_peace` the share that armed the
    partner in a year of peace, for comparison.
    """

    reference: Reference
    rungs: tuple[tuple[str, Explained], ...]
    shares: tuple[tuple[str, float], ...]
    in_peace: Rate | None
    uncovered: tuple[tuple[str, str], ...]

    def rung(self, name: str) -> Explained:
        """The figure of a rung: "statements" ... "arms", "forces". Raises KeyError."""
        return dict(self.rungs)[name]


def support_history(
    obligations: Iterable[str],
    arguments: tuple[str, ...] = (),
    *,
    bilateral: bool | None = None,
    as_of: str = LATEST,
    because: Ingredient | None = None,
) -> SupportHistory:
    """L0 for a pact with these obligations; `arguments` open the figures' ids."""
    held = tuple(obligations)
    reference = reference_class(held, bilateral=bilateral)
    pact = pact_class(held)
    why = because or Ingredient("pact class", pact, assumed="as asked for")
    forces = forces_given_war(reference, arguments, as_of=as_of, because=because)
    rungs = [
        (rung, _figure(rung, group, pact, arguments, as_of, why)) for rung, group in GROUPS.items()
    ]
    rungs.append(("forces", forces))
    return SupportHistory(
        reference,
        tuple(rungs),
        _shares(dict(rungs)),
        base_rates().get(f"armed.{_class(pact)}_in_peace"),
        tuple(UNCOVERED.items()),
    )


def counted_rate(group: str, pact: str) -> Rate | None:
    """The rate of a group for a pact class, else for all pacts without a defence pledge.

    The first with cases enough; without one, the widest that there is, which its band shows.
    """
    names = [f"{group}.{pact}"]
    if pact not in ("defense", "none"):
        names.append(f"{group}.no_defense")
    known = [rate for name in names if (rate := base_rates().get(name))]
    speaking = (rate for rate in known if speaks(rate))
    return next(speaking, known[-1] if known else None)


def speaks(rate: Rate) -> bool:
    """Whether a rate has cases and clusters enough to be told without a warning."""
    return rate.cases >= FEWEST_CASES and rate.clusters >= FEWEST_WARS


def _class(pact: str) -> str:
    rate = counted_rate("armed", pact)
    return "no_defense" if rate is None else rate.name.partition(".")[2]


def _figure(
    rung: str, group: str, pact: str, arguments: tuple[str, ...], as_of: str, why: Ingredient
) -> Explained:
    rate = counted_rate(group, pact)
    if rate is None:
        return no_cases(rung, arguments, as_of=as_of)
    low, high = rate.band or (None, None)
    thin = "" if speaks(rate) else "; few cases"
    return Explained(
        method=METHOD,
        version=VERSION,
        arguments=(*arguments, rung),
        meaning=f"{rate.what}: {rate.counted}{thin}",
        value=rate.mean,
        unit="probability",
        low=low,
        high=high,
        as_of=as_of,
        formula=BAND_RULE.replace("by war", f"by {rate.unit}"),
        ingredients=(
            why,
            Ingredient("cases", rate.cases, source=rate.source),
            Ingredient("happened", rate.occurred, source=rate.source),
            Ingredient("clusters", rate.clusters, source=rate.source),
            Ingredient("years", f"{rate.first}-{rate.last}", source=rate.source),
            Ingredient("design effect", rate.design_effect, source=rate.source),
        ),
    )


def _shares(rungs: dict[str, Explained]) -> tuple[tuple[str, float], ...]:
    forces, arms = rungs["forces"].value or 0.0, rungs["arms"].value or 0.0
    armed = arms * (1 - forces)
    return ("no arms", 1 - forces - armed), ("arms", armed), ("forces", forces)
