"""All that history tells of a pair: its reference class, rung by rung, both ways, and the models.

told = pair_history(agreements, "RUS", "IRN", day)
told.support.rung("forces").meaning    # "states allied without a defence pledge ...: 7 of 203"
told.likeness["RUS"]                   # wars most like "Iran is at war; does Russia join?"
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fairweather.history.datasets import sources
from fairweather.history.fitted import Estimate, estimate, rate_of_class
from fairweather.history.major_powers import is_major_power
from fairweather.history.nearest import Likeness, nearest_cases
from fairweather.history.pacts import Pledge, pledges_in_force
from fairweather.history.rates import Rate, base_rates
from fairweather.history.reference import STRONGEST_FIRST, from_agreements, pact_class
from fairweather.history.support import SupportHistory, support_history
from fairweather.records import LATEST, Agreement, Explained, Ingredient
from fairweather.records.showing import Shown

COLUMNS = {
    "defense": "defense",
    "offense": "offense",
    "neutrality": "neutral",
    "nonaggression": "nonagg",
    "consultation": "consul",
}
"""Obligation -> the column of the models."""

LAST_WAR_CODED = 2003
"""Year of the last war in the cases of `honoured`: later years are told as that one."""

MODELS = ("honoured", "violated", "ended")

PLAIN = {
    "honoured": "honoured.berkemeier_fuhrmann_since_1945",
    "violated": "violated.since_1992",
    "ended": "ended.since_1992",
}
"""Model -> the plain rate that stands beside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PairHistory(Shown):
    """What allies like these did. Support is told of a state that is at war, either of the two.

    `likeness` maps the supporter to the past wars most like "the other is at war";
    `estimates` are the fitted models (silent without a pact or with few alike), `plain` the
    rates beside them; `told_until` the last year of each data set that the figures rest on.
    `joining` maps the supporter to what the model of joining says of a dispute of the other's.
    `asked`: the obligations were given with the question, not read.
    """

    a: str
    b: str
    day: dt.date
    pact: str
    pledges: tuple[Pledge, ...]
    support: Mapping[str, SupportHistory]
    likeness: Mapping[str, tuple[Likeness, ...]]
    estimates: tuple[Estimate, ...]
    joining: Mapping[str, Estimate]
    plain: Mapping[str, Rate]
    told_until: tuple[tuple[str, int], ...]
    asked: bool

    @property
    def figures(self) -> tuple[Explained, ...]:
        """Every figure with an id, both ways."""
        return tuple(figure for way in self.support.values() for _, figure in way.rungs)


def pair_history(
    agreements: Iterable[Agreement],
    a: str,
    b: str,
    day: dt.date,
    *,
    obligations: Sequence[str] = (),
    as_of: str = LATEST,
) -> PairHistory:
    """History of a and b on a day; `obligations`, where given, stand in place of the agreements."""
    known = tuple(agreements)
    pledges = () if obligations else pledges_in_force(known, a, b, day)
    held = tuple(obligations) or tuple(pledge.obligation for pledge in pledges)
    pact = pact_class(held)
    strongest = next((p for name in STRONGEST_FIRST for p in pledges if p.obligation == name), None)
    bilateral = strongest.bilateral if strongest else (True if obligations else None)
    because = (
        Ingredient("pact class", pact, assumed="obligations as asked for")
        if obligations
        else from_agreements(pact, pledges)
    )
    support = {
        giver: support_history(
            held, (giver, other), bilateral=bilateral, as_of=as_of, because=because
        )
        for giver, other in ((a, b), (b, a))
    }
    facts = _facts(held, bilateral, pledges, known, day)
    return PairHistory(
        a=a,
        b=b,
        day=day,
        pact=pact,
        pledges=pledges,
        support=support,
        likeness={
            giver: nearest_cases(giver, other, pact, day.year, bilateral=bilateral)
            for giver, other in ((a, b), (b, a))
        },
        estimates=tuple(estimate(name, pact, facts) for name in MODELS),
        joining={
            giver: estimate("joins", pact, _joining_facts(facts, giver, other, pledges, day.year))
            for giver, other in ((a, b), (b, a))
        },
        plain=_plain(pact),
        told_until=_told_until(),
        asked=bool(obligations),
    )


def _plain(pact: str) -> dict[str, Rate]:
    """The plain rates beside the models; of kept pacts, that of the clause where it is counted."""
    rates = {name: base_rates()[rate] for name, rate in PLAIN.items()}
    of_clause = base_rates().get(f"honoured.berkemeier_fuhrmann_{pact}")
    joined = rate_of_class("joins", pact)
    rates |= {"joins": joined} if joined else {}
    return rates | ({"honoured": of_clause} if of_clause else {})


def _joining_facts(
    facts: Mapping[str, float], giver: str, other: str, pledges: Sequence[Pledge], year: int
) -> dict[str, float]:
    """The columns of the model of joining that are known when the other has a dispute.

    Whom it is with is not asked: what depends on the opponent stays unknown.
    """
    found = {column: facts[column] for column in COLUMNS.values()}
    found |= {"allied": 1.0, "p_major": float(is_major_power(giver, year))}
    found["b_major"] = float(is_major_power(other, year))
    if "bilat" in facts:
        found |= {"bilateral": facts["bilat"], "multilateral_only": 1 - facts["bilat"]}
    if "age" in facts:
        found["pact_age"] = facts["age"]
    if pledges:
        found["n_pacts"] = float(len({id for pledge in pledges for id in pledge.agreements}))
    return found


def _told_until() -> tuple[tuple[str, int], ...]:
    shown = ("disputes", "pacts", "arms", "conflicts", "honour")
    return tuple((sources()[name].title, sources()[name].last) for name in shown)


def _facts(
    held: Sequence[str],
    bilateral: bool | None,
    pledges: Sequence[Pledge],
    agreements: Sequence[Agreement],
    day: dt.date,
) -> dict[str, float]:
    """The columns of the models that are known of this pact."""
    facts = {column: float(name in held) for name, column in COLUMNS.items()}
    facts |= {"post45": 1.0, "wy": float(min(day.year, LAST_WAR_CODED)), "year": float(day.year)}
    if bilateral is not None:
        facts["bilat"] = float(bilateral)
    bearing = {id for pledge in pledges for id in pledge.agreements}
    bound = [one for one in agreements if one.id in bearing]
    begun = [
        stage.date.earliest
        for one in bound
        for stage in one.stages
        if stage.stage in ("signed", "in_force") and stage.date.earliest
    ]
    if begun:
        first = min(begun)
        facts["age"] = (day - first).days / 365.25
        terms = [one.term_years for one in bound if one.term_years]
        if terms:
            facts["to_expiry"] = max(terms) - facts["age"]
    return facts
