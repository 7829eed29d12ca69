"""Explains one run: which switches, which inputs, what would tip it, what a rung would fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fairweather.errors import UnknownKey
from fairweather.records import Explained, Ingredient, parse_figure_id
from fairweather.records.showing import Shown
from fairweather.scenario.explanation.chips import Chip, chips
from fairweather.scenario.explanation.counterfactual import (
    ANSWER,
    Counterfactual,
    Move,
    counterfactuals,
)
from fairweather.scenario.explanation.sensitivity import SOBOL, Effect, effects, installed
from fairweather.scenario.explanation.shapley import Shares, shapley_shares
from fairweather.scenario.explanation.target import DEFAULT_RUNG, Target, run_of
from fairweather.scenario.explanation.thresholds import Threshold, thresholds
from fairweather.scenario.runs import compared_with
from fairweather.scenario.spec import Scenario
from fairweather.scenario.writing import scenario_id
from fairweather.vocabulary import vocabulary

VERSION = "1"
DRAWS = 1000

SHARED_OUT = "Shapley share: effect of the switch averaged over every order of throwing them"
TOTAL = "share of the variance left if all other inputs were known (Saltelli et al. 2010)"
ELEMENTARY = "mean absolute elementary effect, mu* (Campolongo et al. 2007)"
CROSSING = "value at which the mean over the other inputs' draws is one half"
NEAREST = "root of the sum of squared moves, each in the input's own 10-90 % bands"
GIVING_UP = "mean over draws of -ln(1 - P(at least the rung)) / sensitivity (Small and Rosen 1981)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation(Shown):
    """Why a run comes out as it does; every figure answers `why`.

    `switches`: shares of the difference from the run beside, largest first; `effects`: total
    effects of inputs, largest first, and `idle` the paths of those that do not matter;
    `structural` the part of all effects that belongs to constants; `tipping`: crossings of one
    half, nearest first; `otherwise`: the least change, of one input or two, that puts the answer
    or the partnership's ending into the next estimative word's range, and `nearest` the same as
    words and moved inputs, in the same order; `chips`: what each rung is worth. Where SALib is not
    installed there are no effects and `structural` is None.
    """

    run: str
    beside: str
    rung: str
    before: float
    after: float
    switches: tuple[Explained, ...]
    effects: tuple[Explained, ...]
    idle: tuple[str, ...]
    structural: float | None
    tipping: tuple[Explained, ...]
    otherwise: tuple[Explained, ...]
    nearest: tuple[Counterfactual, ...]
    chips: tuple[Explained, ...]

    @property
    def figures(self) -> Iterator[Explained]:
        """Every figure."""
        yield from (*self.switches, *self.effects, *self.tipping, *self.otherwise, *self.chips)


def explain_run(
    scenario: Scenario,
    name: str,
    *,
    rung: str = DEFAULT_RUNG,
    seed: int = 0,
    method: str = SOBOL,
    progress: Callable[[str], object] = lambda part: None,
) -> Explanation:
    """The explanation of a run named by slug or name, for the chance of a rung or more.

    `progress` hears which part begins. Raises UnknownKey for a run or rung that is none, and
    MisuseError for a method that is none.
    """
    slug, run = run_of(scenario, name)
    beside = compared_with(scenario, run)
    target = Target.of(scenario, run, rung)
    maker = _Maker(scenario, slug, rung, seed, target)
    progress(PARTS[0])
    shares = shapley_shares(scenario, run, beside, rung, seed=seed, draws=DRAWS)
    progress(PARTS[1])
    found = effects(target, seed=seed, method=method) if installed(method) else ()
    progress(PARTS[2])
    crossings = thresholds(target, seed=seed)
    progress(PARTS[3])
    nearest = counterfactuals(target, seed=seed)
    progress(PARTS[4])
    worth = chips(target, seed=seed)
    return Explanation(
        run=run.name,
        beside=beside.name,
        rung=rung,
        before=shares.before,
        after=shares.after,
        switches=tuple(maker.switches(shares)),
        effects=tuple(maker.effect(one, method) for one in found if one.matters),
        idle=tuple(one.path for one in found if not one.matters),
        structural=_structural(found),
        tipping=tuple(maker.threshold(one) for one in crossings),
        otherwise=tuple(maker.counterfactual(one) for one in nearest),
        nearest=nearest,
        chips=tuple(maker.chip(rung, chip) for rung, chip in worth.items()),
    )


PARTS = ("switches", "effects of inputs", "tipping points", "nearest changes", "chips")
"""What an explanation is made of, in the order in which it is worked out."""


def _structural(found: tuple[Effect, ...]) -> float | None:
    """The part of all effects that belongs to constants."""
    if not found:
        return None
    total = sum(one.total for one in found) or 1.0
    return sum(one.total for one in found if one.path.startswith("constants.")) / total


def explained_figure(scenario: Scenario, id: str, *, seed: int = 0) -> Explained:
    """One figure of an explanation by its id. Raises UnknownKey when it is none of this."""
    recipe = parse_figure_id(id)
    if len(recipe.arguments) < 4:
        raise UnknownKey(f"{id}: a figure of an explanation names play, run, rung and input")
    _, slug, rung, _ = recipe.arguments[:4]
    method = recipe.method if recipe.method in METHODS[1:3] else SOBOL
    explanation = explain_run(scenario, slug, rung=rung, seed=seed, method=method)
    for figure in explanation.figures:
        if (figure.method, figure.arguments) == (recipe.method, recipe.arguments):
            return figure
    raise UnknownKey(f"{id}: no such figure in the explanation of {slug}")


METHODS = ("shapley", "sobol", "morris", "threshold", "counterfactual", "chip")
"""The methods of an explanation's figures."""


@dataclass(frozen=True, slots=True)
class _Maker:
    """Makes the figures of one explanation."""

    scenario: Scenario
    slug: str
    rung: str
    seed: int
    target: Target

    def switches(self, shares: Shares) -> Iterator[Explained]:
        ends = (
            Ingredient("P before", round(shares.before, 4), source="this play"),
            Ingredient("P after", round(shares.after, 4), source="this play"),
        )
        for name, share in sorted(shares.shares, key=lambda one: -abs(one[1])):
            meaning = f"what {name} adds to P(at least {self.rung})"
            yield self._figure("shapley", name, meaning, share, "probability", SHARED_OUT, ends)

    def effect(self, effect: Effect, method: str) -> Explained:
        meaning = f"effect of {effect.path} on P(at least {self.rung})"
        formula = TOTAL if method == SOBOL else ELEMENTARY
        unit = "share of variance" if method == SOBOL else "probability"
        band = (max(0.0, effect.total - effect.error), effect.total + effect.error)
        return self._figure(method, effect.path, meaning, effect.total, unit, formula, (), band)

    def threshold(self, found: Threshold) -> Explained:
        side = "rises above" if found.rising else "falls below"
        meaning = (
            f"{found.path} {side} this: P(at least {self.rung}) crosses one half; it lies at "
            f"{found.now:.2f}, {found.moved:.1f} of its bands away"
        )
        return self._figure("threshold", found.path, meaning, found.value, "input", CROSSING)

    def counterfactual(self, found: Counterfactual) -> Explained:
        moved = " and ".join(f"{move.path} {side_words(move)}" for move in found.moves)
        asked = f"P(at least {self.rung})" if found.asked == ANSWER else "P(ended by the horizon)"
        labels = (_label(found.after), _label(found.before))
        meaning = f'with {moved}, {asked} is told as "{labels[0]}", not "{labels[1]}"'
        unit, paths = "bands moved", tuple(move.path for move in found.moves)
        return self._figure(
            "counterfactual", found.name, meaning, found.distance, unit, NEAREST, paths=paths
        )

    def chip(self, rung: str, chip: Chip) -> Explained:
        meaning = f"what giving up {rung} and above is worth to the supporter"
        unit, band = "strand value 0..1", (chip.low, chip.high)
        return self._figure("chip", rung, meaning, chip.worth, unit, GIVING_UP, (), band)

    def _figure(
        self,
        method: str,
        name: str,
        meaning: str,
        value: float | None,
        unit: str,
        formula: str,
        more: tuple[Ingredient, ...] = (),
        band: tuple[float | None, float | None] = (None, None),
        paths: tuple[str, ...] = (),
    ) -> Explained:
        play = scenario_id(self.scenario) + (f".{self.seed}" if self.seed else "")
        inputs = [part for part in self.target.inputs if part.path in (paths or (name,))]
        shown = inputs or list(self.target.inputs)
        return Explained(
            method=method,
            version=VERSION,
            arguments=(play, self.slug, self.rung, name),
            meaning=meaning,
            value=value,
            unit=unit,
            low=band[0],
            high=band[1],
            as_of=self.scenario.as_of,
            formula=formula,
            ingredients=(*more, *(part.quantity.ingredient(part.path) for part in shown)),
        )


def side_words(move: Move) -> str:
    """The value that a move asks for, and where the input lies: "at least 0.51 (now 0.24)"."""
    side = "at least" if move.value > move.now else "at most"
    return f"{side} {move.value:.2f} (now {move.now:.2f})"


def _label(word: str) -> str:
    return vocabulary("estimative")[word].label.lower()
