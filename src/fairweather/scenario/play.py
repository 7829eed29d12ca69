"""Plays a scenario: every run, every layer, every figure.

Only parameters are drawn; the game itself is solved exactly. Each input has a random stream
of its own, keyed by seed and path, so that all runs share their draws and the difference
between two runs is never noise.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from fairweather.errors import MisuseError, ScenarioError
from fairweather.history import Reference, reference_class
from fairweather.history.support import counted_rate
from fairweather.records import Ingredient
from fairweather.scenario.answers import Play, RunAnswer, RunRecord
from fairweather.scenario.blend import blended, counted_shares
from fairweather.scenario.check import check_scenario, errors
from fairweather.scenario.constants import game_inputs
from fairweather.scenario.exits import exit_chances
from fairweather.scenario.figures import VERSION, Maker
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder, support_ladder
from fairweather.scenario.paths import exit_path
from fairweather.scenario.payoffs import Drawn, tie_value
from fairweather.scenario.quantity import Quantity, fixed, sample
from fairweather.scenario.runs import (
    World,
    apply_run,
    compared_with,
    named_runs,
    war_probability,
    worlds,
)
from fairweather.scenario.spec import Commitment, Input, Offer, Run, Scenario
from fairweather.scenario.stage_game import Crisis, play_stage_game
from fairweather.scenario.wedge import WedgePrice, wedge_price
from fairweather.scenario.writing import scenario_id
from fairweather.vocabulary import vocabulary

DRAWS = 4000

MOST_DRAWS = 200_000
"""A band of so many draws is exact to a thousandth, and a run takes half a gigabyte."""


@dataclass(frozen=True, slots=True)
class _Played:
    """One run, solved: what it was made of and what came out."""

    slug: str
    run: Run
    scenario: Scenario
    inputs: tuple[Input, ...]
    drawn: Drawn
    worlds: tuple[World, ...]
    crisis: Crisis


def play_scenario(
    scenario: Scenario,
    *,
    seed: int = 0,
    draws: int = DRAWS,
    progress: Callable[[str], object] = lambda run: None,
) -> Play:
    """Plays every run of a scenario; the same seed and draws give the same figures.

    `progress` hears the name of each run that is done.
    Raises ScenarioError listing what `check_scenario` holds against it, and MisuseError for
    fewer than two draws or a negative seed.
    """
    if not 2 <= draws <= MOST_DRAWS or seed < 0:
        raise MisuseError(
            f"draws must lie within 2 and {MOST_DRAWS:,} and the seed be 0 or more, not {draws:,} "
            f"and {seed}; more draws would say nothing more of the parameters"
        )
    if wrong := errors(check_scenario(scenario)):
        raise ScenarioError("\n".join(finding.text() for finding in wrong))
    ladder = support_ladder()
    sampler = _Sampler(seed, draws)
    played = [_play_run(scenario, slug, run, sampler) for slug, run in named_runs(scenario)]
    record = RunRecord(scenario_id(scenario), seed, draws, f"stage-game/{VERSION}")
    answers = []
    for one in played:
        answers.append(_answer(scenario, one, played, record, ladder, sampler))
        progress(one.run.name)
    return Play(scenario, record, tuple(answers))


class _Sampler:
    """Draws inputs once: runs that leave an input alone share its array."""

    def __init__(self, seed: int, draws: int) -> None:
        self.seed = seed
        self.draws = draws
        self._made: dict[tuple[str, Quantity], Floats] = {}

    def draw(self, part: Input) -> Floats:
        key = (part.path, part.quantity)
        if key not in self._made:
            self._made[key] = sample(
                part.quantity,
                part.path,
                seed=self.seed,
                draws=self.draws,
                low=part.low,
                high=part.high,
            )
        return self._made[key]


def _play_run(scenario: Scenario, slug: str, run: Run, sampler: _Sampler) -> _Played:
    changed = apply_run(scenario, run)
    inputs = game_inputs(changed)
    drawn = {part.path: sampler.draw(part) for part in inputs}
    falls, war = worlds(changed, run), war_probability(changed, run)
    crisis = play_stage_game(changed, drawn, falls, war)
    return _Played(slug, run, changed, inputs, drawn, falls, crisis)


def _answer(
    scenario: Scenario,
    one: _Played,
    played: list[_Played],
    record: RunRecord,
    ladder: Ladder,
    sampler: _Sampler,
) -> RunAnswer:
    compared = compared_with(scenario, one.run)
    other = next(run for run in played if run.run is compared)
    maker = _maker(one, record, ladder)
    at_war = one.crisis.war_chance == 1
    usual = counted_shares(
        maker.reference.rate, maker.armed, seed=sampler.seed, draws=sampler.draws
    )
    mixed = _blend(one, other, usual, ladder)
    solved = (one.scenario, one.drawn, one.worlds, one.crisis, ladder)
    chances = exit_chances(*solved)
    path = exit_path(*solved, seed=record.seed)
    return RunAnswer(
        run=one.run,
        slug=one.slug,
        supporter=one.scenario.supporter,
        partner=one.scenario.partner,
        war_chance=one.crisis.war_chance,
        reference=maker.reference,
        armed=maker.armed,
        compared_with="" if other is one else other.slug,
        ties=maker.ties(_seen(one)),
        ladder=maker.rungs(one.crisis, mixed),
        shares=maker.shares(one.crisis, mixed, usual if at_war else {}),
        at_least=maker.at_least(one.crisis, mixed, usual if at_war else {}),
        exits=maker.exits(chances, one.scenario.horizon_months),
        contrasts=() if other is one else maker.contrasts(one.crisis, other.crisis, other.slug),
        wedges=tuple(
            maker.wedge(offer, price)
            for offer in one.scenario.offers
            if offer.to == one.scenario.supporter
            if (price := _price(one, offer, ladder))
        ),
        others=tuple(maker.others(one.crisis)),
        timing=tuple(maker.timing(path)),
        path=path,
    )


def _seen(one: _Played) -> dict[tuple[str, str], Floats]:
    """The value of the tie as either side sees it, (draws,)."""
    sides = (one.scenario.supporter, one.scenario.partner)
    return {
        views: tie_value(one.scenario, one.drawn, *views) for views in (sides, (sides[1], sides[0]))
    }


def _price(one: _Played, offer: Offer, ladder: Ladder) -> WedgePrice | None:
    war = one.crisis.war_chance
    return wedge_price(one.scenario, one.drawn, one.worlds, war, offer, ladder)


def _blend(one: _Played, other: _Played, usual: Mapping[str, Floats], ladder: Ladder) -> Floats:
    """P(rung) with history's shares of arms and forces wherever there is war."""
    crisis = one.crisis
    if crisis.war is None:
        return crisis.rungs
    compared = crisis.war if other.crisis.war is None else other.crisis.war
    weight = np.clip(one.drawn["constants.blend_weight"], 0.0, 1.0)
    war = blended(crisis.war, compared, usual, weight, ladder)
    if crisis.peace is None:
        return war
    total: Floats = crisis.war_chance * war + (1 - crisis.war_chance) * crisis.peace
    return total


def _maker(one: _Played, record: RunRecord, ladder: Ladder) -> Maker:
    tie = one.scenario.tie(one.scenario.supporter, one.scenario.partner)
    commitment = tie.commitment or Commitment()
    reference = reference_class(pact_obligations(commitment), bilateral=commitment.bilateral)
    played = Ingredient("draws and seed", f"{record.draws}, {record.seed}", source="this play")
    given = ", ".join(f"{name} = {outcome}" for name, outcome in one.run.given) or "nothing"
    chances = tuple(
        Ingredient(f"chance.{node.name}", _told(node.outcomes), source=node.source)
        for node in one.scenario.chance
    )
    return Maker(
        scenario_id=record.play_id,
        slug=one.slug,
        as_of=one.scenario.as_of,
        inputs=(
            *(part.quantity.ingredient(part.path) for part in one.inputs),
            *chances,
            Ingredient("fixed by the run", given, source="the scenario file"),
            played,
        ),
        reference=reference,
        armed=counted_rate("armed", reference.pact),
        pact=_pact(commitment, reference),
        ladder=ladder,
    )


def pact_obligations(commitment: Commitment) -> tuple[str, ...]:
    """The obligations that name the pact class.

    Those stated, but whether there is a defence pledge is told by `obliged` alone: a run may
    change the rung, and the reference class must follow.
    """
    ladder = support_ladder()
    fights = ladder.rank(vocabulary("obligations")["defense"].extra["rung"])
    others = [name for name in commitment.obligations if name not in ("defense", "offense")]
    if ladder.rank(commitment.obliged) >= fights:
        return ("defense", *others)
    return tuple(others)


def _pact(commitment: Commitment, reference: Reference) -> Ingredient:
    rested = fixed(0.0, commitment.source).ingredient("pact class")
    return Ingredient("pact class", reference.pact, rested.records, rested.source, rested.assumed)


def _told(outcomes: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{name} {probability:g}" for name, probability in outcomes)
