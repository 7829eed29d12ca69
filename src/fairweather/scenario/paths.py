"""When a partnership would end: the pair of a played run as a monthly ensemble."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.ensemble import BLOCK, Exits, Partnership, play_ensemble
from fairweather.scenario.exits import FIVE_YEARS
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder
from fairweather.scenario.payoffs import Drawn, tie_value
from fairweather.scenario.runs import World
from fairweather.scenario.spec import Offer, Scenario
from fairweather.scenario.stage_game import Crisis

PATH_DRAWS = 64
"""Draws of the parameters that are followed month by month."""

RUNS_A_DRAW = 8 * BLOCK
"""Runs of each: they leave the share of one draw uncertain by a hundredth."""

QUANTILES = (0.1, 0.25, 0.5)
"""Shares of the runs whose month of ending is told."""


@dataclass(frozen=True, eq=False, slots=True)
class ExitPath:
    """How a run's partnership ends over time.

    `left`: P(side has ended it by the end of month m), (draws, sides, months); `shares`: by what
    share of each side's exits an offer or threat accounts for, by its path: those that do not
    happen when it is never made and all else, chance included, is the same.
    """

    sides: tuple[str, str]
    left: Floats
    shares: dict[str, tuple[str, float]]
    runs: int

    def month_of(self, share: float) -> int | None:
        """The month by which this share of all runs has ended; None when it is later."""
        ended = np.flatnonzero(self.left.mean(axis=0).sum(axis=0) >= share)
        return int(ended[0]) + 1 if len(ended) else None


def exit_path(
    scenario: Scenario,
    drawn: Drawn,
    worlds: Sequence[World],
    crisis: Crisis,
    ladder: Ladder,
    *,
    seed: int,
    threads: int = 1,
) -> ExitPath:
    """The exits of a run, month by month, from the first `PATH_DRAWS` of its draws."""
    options = _options(scenario)
    pair = _partnership(scenario, drawn, worlds, crisis, ladder, options)
    runs, months = pair.draws * RUNS_A_DRAW, scenario.horizon_months

    def played(partnership: Partnership) -> Exits:
        return play_ensemble(partnership, runs=runs, months=months, seed=seed, threads=threads)

    exits = played(pair)
    sides = (scenario.supporter, scenario.partner)
    shares = {}
    for at, offer in enumerate(options):
        if pair.made[:, at].any():
            side = sides.index(offer.to)
            ended, without = (one.first[:, side].sum() for one in (exits, played(pair.without(at))))
            shares[offer.path] = (offer.to, max(0.0, 1 - float(without) / max(float(ended), 1.0)))
    return ExitPath(sides, exits.left_by, shares, runs)


def _options(scenario: Scenario) -> tuple[Offer, ...]:
    sides = (scenario.supporter, scenario.partner)
    return tuple(offer for offer in (*scenario.offers, *scenario.threats) if offer.to in sides)


def _partnership(
    scenario: Scenario,
    drawn: Drawn,
    worlds: Sequence[World],
    crisis: Crisis,
    ladder: Ladder,
    options: tuple[Offer, ...],
) -> Partnership:
    """The pair as members 0 (supporter) and 1 (partner) of an ensemble."""
    supporter, partner = scenario.supporter, scenario.partner
    draws = min(PATH_DRAWS, len(drawn["constants.sensitivity"]))
    first = {path: values[:draws] for path, values in drawn.items()}
    ties = np.zeros((draws, 2, 2))
    ties[:, 0, 1] = tie_value(scenario, first, supporter, partner)
    ties[:, 1, 0] = tie_value(scenario, first, partner, supporter)
    aid = np.zeros((draws, 2))
    if crisis.war is not None:
        helped = (crisis.war[:, :draws] * ladder.place).sum(axis=0)
        aid[:, 1] = helped * first["constants.received"]
    worth, made = np.zeros((2, draws, len(options), 2))
    for at, offer in enumerate(options):
        side = (supporter, partner).index(offer.to)
        stands = sum(world.probability for world in worlds if world.holds(offer))
        worth[:, at, side] = first[offer.value_path] * first[f"{offer.path}.credibility"]
        made[:, at, side] = first[f"{offer.path}.made"] * stands
    ended = np.clip(first["constants.ending_five_years"], 1e-9, 0.999)
    monthly = -np.expm1(np.log1p(-ended) / FIVE_YEARS / 2)
    return Partnership(
        ties=_single(ties),
        aid=_single(aid),
        base=_single(np.log(monthly / (1 - monthly))),
        slope=_single(first["constants.exit_slope"]),
        persistence=_single(first["constants.persistence"]),
        shock=_single(first["constants.monthly_shock"]),
        war=_single(np.full(draws, crisis.war_chance)),
        worth=_single(worth),
        made=_single(made),
    )


def _single(values: Floats) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.ascontiguousarray(values, dtype=np.float32)
