"""Turns the arrays of a played run into figures that know what they rest on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from fairweather.history import CENTRAL, Reference, forces_given_war, no_cases
from fairweather.records import Explained, Ingredient
from fairweather.scenario.answers import BLEND, HISTORY, INTERESTS, Layered
from fairweather.scenario.blend import COUNTED_SHARE
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder
from fairweather.scenario.paths import QUANTILES, ExitPath
from fairweather.scenario.spec import Offer
from fairweather.scenario.stage_game import Crisis
from fairweather.scenario.wedge import WedgePrice

VERSION = "1"

GAME = (
    "mean over parameter draws of the exact logit equilibrium of the stage game "
    "(docs/scenario-files.md); band: 10 and 90 % of the draws"
)
MIXED = "history's share of forces; the game divides each share among its rungs"
HAZARD = "h = base/2 * exp(slope * (outside - staying)); P = h_side/h * (1 - exp(-h * months))"
MONTHLY = (
    "monthly ensemble: P(leave) = 1/(1 + exp(-(base + slope * (outside - staying)))), staying "
    "with monthly swings (docs/scenario-files.md)"
)
PRICE = "smallest value with P(at or below cap) > 1/2; scanned from 0 to 1 in tenths"


HALVING = "value that halves the chance beyond the cap"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the figures of one run: `inputs` are the ingredients that all of them share."""

    scenario_id: str
    slug: str
    as_of: str
    inputs: tuple[Ingredient, ...]
    reference: Reference
    pact: Ingredient
    ladder: Ladder

    def rungs(self, crisis: Crisis, blend: Floats) -> tuple[Layered, ...]:
        """P(rung) by each layer."""
        return tuple(
            self._layers("ladder", rung, rung, crisis.rungs[at], blend[at], counted=False)
            for at, rung in enumerate(self.ladder.rungs)
        )

    def shares(self, crisis: Crisis, blend: Floats, at_war: bool) -> tuple[Layered, ...]:
        """P(share) by each layer; history speaks of forces in a war alone."""
        made = []
        for share in self.ladder.shares:
            members = self.ladder.members(share)
            counted = at_war and share == COUNTED_SHARE
            interests, mixed = (rows[members].sum(axis=0) for rows in (crisis.rungs, blend))
            key = f"share-{share.replace(' ', '-')}"
            made.append(self._layers("ladder", share, key, interests, mixed, counted=counted))
        return tuple(made)

    def at_least(self, crisis: Crisis, blend: Floats, at_war: bool) -> tuple[Layered, ...]:
        """P(this rung or higher) by each layer, from the second rung up."""
        first_counted = min(self.ladder.members(COUNTED_SHARE))
        made = []
        for at, rung in enumerate(self.ladder.rungs):
            if at:
                above = (rows[at:].sum(axis=0) for rows in (crisis.rungs, blend))
                counted = at_war and at == first_counted
                made.append(self._layers("at-least", rung, rung, *above, counted=counted))
        return tuple(made)

    def contrasts(self, crisis: Crisis, other: Crisis, other_slug: str) -> tuple[Explained, ...]:
        """The game's P(at least rung) as a multiple of that in the other run."""
        made = []
        for at, rung in enumerate(self.ladder.rungs):
            if at:
                ours, theirs = (one.rungs[at:].sum(axis=0) for one in (crisis, other))
                made.append(self._contrast(rung, ours, theirs, other_slug))
        return tuple(made)

    def exits(self, chances: dict[str, Floats], months: int) -> tuple[Explained, ...]:
        """P(side leaves within the horizon)."""
        return tuple(
            self._figure(
                "exit",
                (side,),
                f"{side} ends the partnership within {months} months",
                values,
                HAZARD,
            )
            for side, values in chances.items()
        )

    def timing(self, path: ExitPath) -> Iterator[Explained]:
        """The months by which so many runs have ended, and what each offer has to do with it."""
        followed = Ingredient("monthly runs", path.runs, source="this play")
        for share in QUANTILES:
            month = path.month_of(share)
            yield Explained(
                method="exit-time",
                version=VERSION,
                arguments=(self.scenario_id, self.slug, f"{share:g}"),
                meaning=f"month by which {share:.0%} of the runs have ended",
                value=None if month is None else float(month),
                unit="months",
                as_of=self.as_of,
                formula=MONTHLY,
                ingredients=(followed, *self.inputs),
            )
        for offer, (side, share) in path.shares.items():
            yield Explained(
                method="exit-share",
                version=VERSION,
                arguments=(self.scenario_id, self.slug, offer),
                meaning=f"share of {side}'s exits that need {offer}",
                value=share,
                unit="share",
                as_of=self.as_of,
                formula=f"{MONTHLY}; 1 - exits without it / exits with it, same chance in both",
                ingredients=(followed, *self.inputs),
            )

    def wedge(self, offer: Offer, price: WedgePrice) -> Explained:
        """The price of an offer, on the scale of the strands."""
        meaning = f"smallest worth of {offer.name} that makes {offer.cap} or less likelier than not"
        return Explained(
            method="wedge",
            version=VERSION,
            arguments=(self.scenario_id, self.slug, offer.name),
            meaning=meaning,
            value=price.price,
            unit="strand value 0..1",
            low=price.low,
            high=price.high,
            as_of=self.as_of,
            formula=PRICE,
            ingredients=(
                Ingredient("share of draws beyond 1", price.beyond, source="this play"),
                Ingredient("P(cap) at no value", price.likely_without, source="this play"),
                Ingredient(HALVING, price.halving, source="this play"),
                *self.inputs,
            ),
        )

    def others(self, crisis: Crisis) -> Iterator[Explained]:
        """Open peacetime support, answers to offers, the partner's restraint."""
        yield self._figure("stance", ("open",), "open support in peacetime", crisis.open, GAME)
        for path, answers in crisis.responses.items():
            for answer, values in answers.items():
                meaning = f"{answer}s {path} when it is made"
                yield self._figure("response", (path, answer), meaning, values, GAME)
        if crisis.restrained is not None:
            meaning = "the partner holds back in the war"
            yield self._figure("restraint", ("partner",), meaning, crisis.restrained, GAME)

    def _layers(
        self,
        method: str,
        name: str,
        key: str,
        interests: Floats,
        blend: Floats,
        *,
        counted: bool,
    ) -> Layered:
        what = f"at least {name}" if method == "at-least" else name
        assumed = f"P({what}) from assumed utilities; not yet earned on past cases"
        return Layered(
            name=name,
            history=self._history(method, name, key, counted),
            interests=self._figure(method, (key, INTERESTS), assumed, interests, GAME),
            blend=self._figure(method, (key, BLEND), f"P({what})", blend, MIXED, self._cases()),
        )

    def _history(self, method: str, name: str, key: str, counted: bool) -> Explained:
        if counted:
            figure = forces_given_war(self.reference, as_of=self.as_of, because=self.pact)
        else:
            figure = no_cases(name, as_of=self.as_of)
        arguments = (self.scenario_id, self.slug, key, HISTORY)
        return dataclasses.replace(figure, method=method, version=VERSION, arguments=arguments)

    def _cases(self) -> tuple[Ingredient, ...]:
        rate = self.reference.rate
        covered = f"history: {COUNTED_SHARE}, {rate.counted}"
        uncovered = [share for share in self.ladder.shares if share != COUNTED_SHARE]
        return (
            self.pact,
            Ingredient(covered, round(rate.mean, 4), source=rate.source),
            *(Ingredient(f"history: {share}", None, source="no cases") for share in uncovered),
        )

    def _contrast(self, rung: str, ours: Floats, theirs: Floats, other_slug: str) -> Explained:
        odds = ours.mean() / (1 - ours.mean()) * (1 - theirs.mean()) / theirs.mean()
        figure = self._figure(
            "contrast",
            (rung, other_slug),
            f"P(at least {rung}) as a multiple of that in {other_slug}",
            ours / theirs,
            "ratio of the means over draws; band: 10 and 90 % of the ratios draw by draw",
            (Ingredient("odds ratio", round(float(odds), 4), source="this play"),),
        )
        ratio = float(ours.mean() / theirs.mean())
        return dataclasses.replace(figure, value=ratio, unit="ratio")

    def _figure(
        self,
        method: str,
        arguments: tuple[str, ...],
        meaning: str,
        values: Floats,
        formula: str,
        more: tuple[Ingredient, ...] = (),
    ) -> Explained:
        low, high = np.quantile(values, CENTRAL)
        return Explained(
            method=method,
            version=VERSION,
            arguments=(self.scenario_id, self.slug, *arguments),
            meaning=meaning,
            value=float(values.mean()),
            unit="probability",
            low=float(low),
            high=float(high),
            as_of=self.as_of,
            formula=formula,
            ingredients=(*more, *self.inputs),
        )
