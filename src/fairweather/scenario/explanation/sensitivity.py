"""How much of the answer's spread each input accounts for: Sobol and Morris, by SALib.

Sobol's total effect of an input is the share of the variance that would be left if all others
were known (Saltelli et al. 2010); Morris' mu* is its mean absolute elementary effect (Campolongo
et al. 2007), cheaper and rougher. All draws are solved in one call.
"""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass

import numpy as np

from fairweather.errors import MisuseError
from fairweather.scenario.explanation.target import Target
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.quantity import at_place

SOBOL, MORRIS = "sobol", "morris"
SAMPLES = 256
"""Base samples: for d inputs the game is solved 256 (d + 2) times."""

TRAJECTORIES = 40
RESAMPLES = 40


@dataclass(frozen=True, slots=True)
class Effect:
    """What one input does: Sobol total effect or Morris mu*, with a 95 % half-width."""

    path: str
    total: float
    error: float
    source: str

    @property
    def matters(self) -> bool:
        """Whether the effect is told apart from nothing and is above a hundredth."""
        return self.total - self.error > 0 and self.total >= 0.01


def installed(method: str) -> bool:
    """Whether SALib, which works out effects, is there. Raises MisuseError for another method."""
    if method not in (SOBOL, MORRIS):
        raise MisuseError(f'no sensitivity method "{method}"; there are {SOBOL} and {MORRIS}')
    return importlib.util.find_spec("SALib") is not None


def effects(target: Target, *, seed: int, method: str = SOBOL) -> tuple[Effect, ...]:
    """The effect of every input that is not known to a point, largest first.

    Raises MisuseError when SALib is not installed, or for another method.
    """
    if not installed(method):
        raise MisuseError("effects of inputs need the extra: pip install fairweather[sens]")
    spread = target.spread
    problem = {
        "num_vars": len(spread),
        "names": [part.path for part in spread],
        "bounds": [[0.0, 1.0]] * len(spread),
    }
    found = _sobol(target, problem, seed) if method == SOBOL else _morris(target, problem, seed)
    made = (
        Effect(part.path, max(0.0, float(total)), float(error), part.quantity.source)
        for part, total, error in zip(spread, *found, strict=True)
    )
    return tuple(sorted(made, key=lambda effect: -effect.total))


def _sobol(target: Target, problem: dict[str, object], seed: int) -> tuple[Floats, Floats]:
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    places = sample.sample(problem, SAMPLES, calc_second_order=False, seed=seed)
    answers = target.chance(_inputs(target, places))
    if answers.std() < _FLAT:
        return np.zeros(len(target.spread)), np.zeros(len(target.spread))
    found = analyze.analyze(
        problem, answers, calc_second_order=False, num_resamples=RESAMPLES, seed=seed
    )
    return found["ST"], found["ST_conf"]


def _morris(target: Target, problem: dict[str, object], seed: int) -> tuple[Floats, Floats]:
    from SALib.analyze import morris as analyze
    from SALib.sample import morris as sample

    places = sample.sample(problem, TRAJECTORIES, num_levels=4, seed=seed)
    answers = target.chance(_inputs(target, places))
    found = analyze.analyze(problem, places, answers, num_resamples=RESAMPLES, seed=seed)
    return np.asarray(found["mu_star"]), np.asarray(found["mu_star_conf"])


_FLAT = 1e-12


def _inputs(target: Target, places: Floats) -> dict[str, Floats]:
    """Every input at the places given for those with a spread, the others at their point."""
    inputs = {part.path: np.full(len(places), part.quantity.mean) for part in target.inputs}
    for part, column in zip(target.spread, places.T, strict=True):
        # The unit interval is open: at its very ends a normal would be infinite.
        inside = np.clip(column, 1e-6, 1 - 1e-6)
        inputs[part.path] = at_place(part.quantity, inside, low=part.low, high=part.high)
    return inputs
