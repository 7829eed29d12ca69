"""Turns the arrays of a played run into figures that know what they rest on."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.history import CENTRAL, Rate, Reference, forces_given_war, no_cases
from fairweather.records import Explained, Ingredient
from fairweather.scenario.answers import BLEND, HISTORY, INTERESTS, Layered
from fairweather.scenario.blend import ARMS, FORCES
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
MIXED = "history's shares of arms and forces; the game divides each share among its rungs"
USUAL = (
    "P(forces) and P(arms) (1 - P(forces)) from the counted rates, as if independent; the rest is "
    "no arms; band: 10 and 90 % of draws of the rates"
)
FLOOR = "only major arms are counted, so less than that may have come where it says none"
HAZARD = "h = base/2 * exp(slope * (outside - staying)); P = h_side/h * (1 - exp(-h * months))"
MONTHLY = (
    "monthly ensemble: P(leave) = 1/(1 + exp(-(base + slope * (outside - staying)))), staying "
    "with monthly swings (docs/scenario-files.md)"
)
TIE = "mean of the seven strands, each (P - N) / (P + N + 2) over independent origins, or assumed"
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
    armed: Rate | None
    pact: Ingredient
    ladder: Ladder

    def rungs(self, crisis: Crisis, blend: Floats) -> tuple[Layered, ...]:
        """P(rung) by each layer."""
        return tuple(
            self._layers("ladder", rung, rung, crisis.rungs[at], blend[at], None)
            for at, rung in enumerate(self.ladder.rungs)
        )

    def shares(
        self, crisis: Crisis, blend: Floats, usual: Mapping[str, Floats]
    ) -> tuple[Layered, ...]:
        """P(share) by each layer; `usual` has history's draws, none without a war."""
        made = []
        for share in self.ladder.shares:
            members = self.ladder.members(share)
            interests, mixed = (rows[members].sum(axis=0) for rows in (crisis.rungs, blend))
            key = f"share-{share.replace(' ', '-')}"
            happened = self._usual(members, usual)
            made.append(self._layers("ladder", share, key, interests, mixed, happened))
        return tuple(made)

    def at_least(
        self, crisis: Crisis, blend: Floats, usual: Mapping[str, Floats]
    ) -> tuple[Layered, ...]:
        """P(this rung or higher) by each layer, from the second rung up."""
        made = []
        for at, rung in enumerate(self.ladder.rungs):
            if at:
                interests, mixed = (rows[at:].sum(axis=0) for rows in (crisis.rungs, blend))
                happened = self._usual(list(range(at, len(self.ladder.rungs))), usual)
                made.append(self._layers("at-least", rung, rung, interests, mixed, happened))
        return tuple(made)

    def _usual(self, members: list[int], usual: Mapping[str, Floats]) -> Floats | None:
        """History's draws for a group of rungs; None where it is no sum of shares with cases."""
        within = {share: self.ladder.members(share) for share in self.ladder.shares}
        parts = [share for share, rungs in within.items() if set(rungs) <= set(members)]
        if sum(len(within[share]) for share in parts) < len(members):
            return None
        missing = [share for share in self.ladder.shares if share not in usual]
        if not any(share in missing for share in parts):
            together: Floats = np.sum([usual[share] for share in parts], axis=0)
            return together
        if len(missing) > 1 or not usual:
            return None
        others: Floats = np.sum([usual[one] for one in usual if one not in parts], axis=0)
        return 1 - others

    def contrasts(self, crisis: Crisis, other: Crisis, other_slug: str) -> tuple[Explained, ...]:
        """The game's P(at least rung) as a multiple of that in the other run."""
        made = []
        for at, rung in enumerate(self.ladder.rungs):
            if at:
                ours, theirs = (one.rungs[at:].sum(axis=0) for one in (crisis, other))
                made.append(self._contrast(rung, ours, theirs, other_slug))
        return tuple(made)

    def ties(self, values: Mapping[tuple[str, str], Floats]) -> tuple[Explained, ...]:
        """How either side sees the other, all strands together, from -1 to 1."""
        made = []
        for (viewer, other), seen in values.items():
            paths = f"ties.{viewer}-{other}."
            low, high = np.quantile(seen, CENTRAL)
            made.append(
                Explained(
                    method="tie",
                    version=VERSION,
                    arguments=(self.scenario_id, self.slug, viewer, other),
                    meaning=f"how {viewer} sees {other}, the seven strands weighed equally",
                    value=float(seen.mean()),
                    unit="strand value -1..1",
                    low=float(low),
                    high=float(high),
                    as_of=self.as_of,
                    formula=TIE,
                    ingredients=tuple(
                        part
                        for part in self.inputs
                        if part.name.startswith(paths) and not part.name.endswith("audience_cost")
                    ),
                )
            )
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
        usual: Floats | None,
    ) -> Layered:
        what = f"at least {name}" if method == "at-least" else name
        assumed = f"P({what}) from assumed utilities; not yet earned on past cases"
        return Layered(
            name=name,
            history=self._history(method, name, key, usual),
            interests=self._figure(method, (key, INTERESTS), assumed, interests, GAME),
            blend=self._figure(method, (key, BLEND), f"P({what})", blend, MIXED, self._cases()),
        )

    def _history(self, method: str, name: str, key: str, usual: Floats | None) -> Explained:
        """Forces as counted; arms and what is left from draws of both rates."""
        figure = forces_given_war(self.reference, as_of=self.as_of, because=self.pact)
        if usual is None:
            figure = no_cases(name, as_of=self.as_of)
        elif self.ladder.members(FORCES)[0] != self._lowest(method, name):
            figure = self._with_arms(figure, usual)
        arguments = (self.scenario_id, self.slug, key, HISTORY)
        return dataclasses.replace(figure, method=method, version=VERSION, arguments=arguments)

    def _lowest(self, method: str, name: str) -> int:
        if method == "at-least":
            return self.ladder.rank(name)
        return self.ladder.members(name)[0]

    def _with_arms(self, forces: Explained, usual: Floats) -> Explained:
        low, high = np.quantile(usual, CENTRAL)
        told = "" if self.armed is None else f"{self.armed.what}: {self.armed.counted}; "
        return dataclasses.replace(
            forces,
            meaning=f"{told}{forces.meaning}; {FLOOR}",
            value=float(usual.mean()),
            low=float(low),
            high=float(high),
            formula=USUAL,
            ingredients=(*forces.ingredients, *_counts(self.armed)),
        )

    def _cases(self) -> tuple[Ingredient, ...]:
        rates = {FORCES: self.reference.rate, ARMS: self.armed}
        return (
            self.pact,
            *(
                Ingredient(f"history: {share}", None, source="no cases")
                if (rate := rates.get(share)) is None
                else Ingredient(
                    f"history: {share}, {rate.counted}", round(rate.mean, 4), source=rate.source
                )
                for share in self.ladder.shares
                if share in rates
            ),
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


def _counts(rate: Rate | None) -> Iterator[Ingredient]:
    """What the rate of arms rests on."""
    if rate is not None:
        yield Ingredient("arms: cases", rate.cases, source=rate.source)
        yield Ingredient("arms: happened", rate.occurred, source=rate.source)
        yield Ingredient("arms: states at war", rate.clusters, source=rate.source)
        yield Ingredient("arms: years", f"{rate.first}-{rate.last}", source=rate.source)
        yield Ingredient("arms: design effect", rate.design_effect, source=rate.source)
