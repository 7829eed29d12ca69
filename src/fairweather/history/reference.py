"""L0, what usually happens: the reference class of a pair and its base rate.

The rule, the same for every pair:

1. The strongest obligation in force between the two names the pact class: defence before
   neutrality, non-aggression (with or without consultation), consultation, offence alone,
   any other pact, none.
2. From the narrowest class to the widest: that pact since 1945 (for a defence pact between
   two states alone, bilateral pacts first), every allied state without a defence pledge
   since 1945, that pact since 1816. The first with at least 50 cases in 10 wars is taken.
3. The others are kept as rivals: how far they differ is part of the answer.

A pact that only covers aid, intelligence, basing or not siding is no alliance in the data;
its nearest class is that of allied states without a defence pledge. Economic cooperation
alone is no pact. Where there is no pact, the cases are states that share a rival with the
one at war; that is the more engaged part of all states.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fairweather.history.pacts import Pledge, pledges_in_force
from fairweather.history.rates import Rate, base_rates
from fairweather.records import LATEST, Agreement, Explained, Ingredient

METHOD = "history"
VERSION = "1"

FEWEST_CASES = 50
FEWEST_WARS = 10
"""Below either, a class is too thin to speak: the next wider one is taken."""

LESSER_PACTS = frozenset({"aid", "intelligence", "basing", "non_siding"})
"""Obligations that make a pact of some kind, though the data do not code one from them."""

STRONGEST_FIRST = ("defense", "neutrality", "nonaggression", "consultation", "offense")

BAND_RULE = (
    "Jeffreys Beta(k/d + 1/2, (n-k)/d + 1/2) with k of n cases, d the design effect of "
    "clustering by war; value its mean, band its 10 and 90 % quantiles"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """The class that a pair belongs to: pact class, the rate taken and its rivals."""

    pact: str
    rate: Rate
    rivals: tuple[Rate, ...]


def pact_class(obligations: Iterable[str]) -> str:
    """The pact class of the strongest obligation: "defense" ... "other", "none"."""
    held = set(obligations)
    if {"nonaggression", "consultation"} <= held and not held & {"defense", "neutrality"}:
        return "nonaggression_consultation"
    for obligation in STRONGEST_FIRST:
        if obligation in held:
            return obligation
    return "other" if held & LESSER_PACTS else "none"


def reference_class(obligations: Iterable[str], *, bilateral: bool | None = None) -> Reference:
    """The reference class of a present-day pair bound by these obligations."""
    pact = pact_class(obligations)
    known = [rate for name in _candidates(pact, bilateral) if (rate := base_rates().get(name))]
    taken = next((rate for rate in known if _speaks(rate)), known[-1])
    rivals = tuple(rate for rate in known if rate is not taken and _speaks(rate))
    return Reference(pact, taken, rivals)


def _candidates(pact: str, bilateral: bool | None) -> list[str]:
    names = [f"joined.{pact}_since_1945"]
    if pact == "defense" and bilateral:
        names.insert(0, "joined.defense_bilateral_since_1945")
    if pact not in ("defense", "none"):
        names.append("joined.no_defense_since_1945")
    names.append(f"joined.{pact}")
    return names


def _speaks(rate: Rate) -> bool:
    return rate.cases >= FEWEST_CASES and rate.clusters >= FEWEST_WARS


def forces_given_war(
    reference: Reference,
    arguments: tuple[str, ...] = (),
    *,
    as_of: str = LATEST,
    because: Ingredient | None = None,
) -> Explained:
    """P(the partner joins with its forces | the other is at war), as the class tells.

    `arguments` open the figure's id (supporter, partner); `because` tells what put the pair
    into its class.
    """
    rate = reference.rate
    low, high = rate.band or (None, None)
    return Explained(
        method=METHOD,
        version=VERSION,
        arguments=(*arguments, "forces"),
        meaning=f"{rate.what}: {rate.counted}",
        value=rate.mean,
        unit="probability",
        low=low,
        high=high,
        as_of=as_of,
        formula=BAND_RULE,
        ingredients=(
            because or Ingredient("pact class", reference.pact, assumed="as asked for"),
            Ingredient("cases", rate.cases, source=rate.source),
            Ingredient("joined", rate.occurred, source=rate.source),
            Ingredient("wars", rate.clusters, source=rate.source),
            Ingredient("years", f"{rate.first}-{rate.last}", source=rate.source),
            Ingredient("design effect", rate.design_effect, source=rate.source),
            *_rival_ingredients(reference),
        ),
    )


def from_agreements(pact: str, pledges: Sequence[Pledge]) -> Ingredient:
    """What put a pair into its class: the agreements that carry its pledges, or none read."""
    records = tuple(dict.fromkeys(id for pledge in pledges for id in pledge.agreements))
    no_pact = "" if records else "no agreement in the ledger says otherwise"
    return Ingredient("pact class", pact, records=records, assumed=no_pact)


def _rival_ingredients(reference: Reference) -> Iterable[Ingredient]:
    for rival in reference.rivals:
        name = f"rival class, {rival.counted}: {rival.what}"
        yield Ingredient(name, round(rival.mean, 4), source=rival.source)


def no_cases(share: str, arguments: tuple[str, ...] = (), *, as_of: str = LATEST) -> Explained:
    """The answer for a share of the ladder that no data cover: no value, and it says so."""
    return Explained(
        method=METHOD,
        version=VERSION,
        arguments=(*arguments, share.replace(" ", "_")),
        meaning=f"no cases: the data on disputes and wars do not tell of {share}",
        value=None,
        unit="probability",
        as_of=as_of,
        formula="none: no data cover it",
        ingredients=(Ingredient("cases", 0.0, source="no data set covers this share"),),
    )


def history_of_pair(
    agreements: Iterable[Agreement], a: str, b: str, day: dt.date, *, as_of: str = LATEST
) -> tuple[Reference, Explained]:
    """The reference class of two actors on a day, and P(a joins with forces | b is at war)."""
    pledges = pledges_in_force(agreements, a, b, day)
    strongest = next((p for name in STRONGEST_FIRST for p in pledges if p.obligation == name), None)
    reference = reference_class(
        (pledge.obligation for pledge in pledges),
        bilateral=strongest.bilateral if strongest else None,
    )
    because = from_agreements(reference.pact, pledges)
    return reference, forces_given_war(reference, (a, b), as_of=as_of, because=because)
