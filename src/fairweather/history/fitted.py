"""The shipped models beside the plain rates: scored for one pact, or silent and saying why.

`models/fitted/*.json` hold the coefficients; `bench/history.py --train` made them. What is not
known about a pact counts as the mean of the training cases.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from fairweather.history.models.horizon import before_other_ends, over_horizon
from fairweather.history.models.logistic import Logistic, expit
from fairweather.history.models.terms import Columns, columns_of
from fairweather.history.models.trees import Trees
from fairweather.history.rates import Rate

FOLDER = Path(__file__).parent / "models" / "fitted"

FEWEST_LIKE = 10
"""Wars or alliances of the pact's class in training; below it the model does not speak."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A chance by a fitted model, the spread of its members, and what moved it most.

    `chance` is None where the model does not speak; `silent` says why. `known` are the columns
    that were given, `unknown` the others; `reasons` (term, what it adds to the logit), the
    strongest first.
    """

    name: str
    chance: float | None
    low: float | None = None
    high: float | None = None
    cases: int = 0
    first: int = 0
    last: int = 0
    known: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    reasons: tuple[tuple[str, float], ...] = ()
    silent: str = ""


def estimate(name: str, pact: str, facts: Mapping[str, float]) -> Estimate:
    """What the model of that name ("honoured", "ended", "violated", "joins") says of a pact.

    `facts` are columns by name, as in docs/history.md; `pact` is the class of the pact.
    """
    stored = _stored(name)
    cases, first, last = (int(stored[key]) for key in ("cases", "first", "last"))
    like = int(stored.get("classes", {}).get(pact, 0))
    if pact == "none" or like < FEWEST_LIKE:
        why = f"{like} like it in training, fewer than {FEWEST_LIKE}"
        silent = "no pact" if pact == "none" else why
        return Estimate(name, None, cases=cases, first=first, last=last, silent=silent)
    members = stored["members"]
    wanted = {column for one in members for column in _columns(one)}
    row: Columns = {c: np.array([facts.get(c, np.nan)]) for c in sorted(wanted)}
    usual = _means(members)
    chances = np.array([_chance(member, row, usual) for member in members])
    weights = np.array([member["weight"] for member in members])
    return Estimate(
        name,
        chance=float(chances @ weights),
        low=float(chances.min()),
        high=float(chances.max()),
        known=tuple(column for column in row if column in facts),
        unknown=tuple(column for column in row if column not in facts),
        cases=cases,
        first=first,
        last=last,
        reasons=_reasons(members, weights, row),
    )


def rate_of_class(name: str, pact: str) -> Rate | None:
    """The share among the model's own cases of a pact class, where it was kept."""
    counted = _stored(name).get("rates", {}).get(pact)
    if counted is None:
        return None
    return Rate(
        name=f"{name}.{pact}",
        what="partners with such a pact that joined a dispute with a show of force or more",
        source="own count from Militarized Interstate Disputes 5.0 and ATOP",
        unit="dispute",
        **counted,
    )


@cache
def _stored(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


def _columns(member: dict[str, Any]) -> tuple[str, ...]:
    kind = member.get("kind", "five")
    if kind == "trees":
        return columns_of(_trees(member["file"]).terms)
    terms = tuple(
        row["term"]
        for key in ("model", "otherwise")
        if key in member
        for row in member[key]["terms"]
    )
    return columns_of(terms) + (("age", "to_expiry") if kind == "hazard" else ())


@cache
def _trees(file: str) -> Trees:
    return Trees.load(FOLDER / file)


def _means(members: list[dict[str, Any]]) -> dict[str, float]:
    """Training means of the columns that stand in a model as they are."""
    rows = (row for member in members if "model" in member for row in member["model"]["terms"])
    return {row["term"]: float(row["mean"]) for row in rows if not set(row["term"]) & {":", "*"}}


def _chance(member: dict[str, Any], row: Columns, usual: Mapping[str, float]) -> float:
    kind = member.get("kind", "five")
    if kind == "rate":
        return float(member["rate"])
    if kind == "trees":
        # Trees learned where the unknown of past cases goes; here it is to move nothing.
        filled = {c: np.nan_to_num(v, nan=usual.get(c, np.nan)) for c, v in row.items()}
        logits = _trees(member["file"]).logits(filled) + member["shift"]
        return float(expit(logits)[0])
    model = Logistic.from_json(member["model"])
    if kind == "hazard":
        return _over_levels(model, Logistic.from_json(member["otherwise"]), member["levels"], row)
    chances = model.probabilities(row)
    return float(over_horizon(chances)[0] if kind == "annual" else chances[0])


def _over_levels(
    so: Logistic, otherwise: Logistic, levels: list[dict[str, float]], row: Columns
) -> float:
    """The chance by one pair of slopes, averaged over its levels."""
    total = 0.0
    for level in levels:
        pair = (
            so.moved(level["so"] - so.intercept),
            otherwise.moved(level["otherwise"] - otherwise.intercept),
        )
        total += level["weight"] * float(before_other_ends(*pair, row)[0])
    return total / sum(level["weight"] for level in levels)


def _reasons(
    members: list[dict[str, Any]], weights: np.ndarray, row: Columns
) -> tuple[tuple[str, float], ...]:
    """What each term adds to the logit, averaged over the members, the strongest five."""
    total: dict[str, float] = {}
    for member, weight in zip(members, weights, strict=True):
        if "model" not in member:
            continue
        model = Logistic.from_json(member["model"])
        for term, part in zip(model.terms, model.parts(row)[0], strict=True):
            total[term] = total.get(term, 0.0) + float(weight * part)
    strongest = sorted(total.items(), key=lambda pair: -abs(pair[1]))
    return tuple((term, round(part, 3)) for term, part in strongest[:5] if abs(part) >= 0.02)
