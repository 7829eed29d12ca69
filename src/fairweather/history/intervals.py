"""Quantiles of the Beta distribution with NumPy alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

CENTRAL = (0.1, 0.9)
"""The two quantiles of every band that is shown."""

_STEPS = 4001


def beta_quantiles(a: float, b: float, quantiles: Sequence[float] | Floats) -> Floats:
    """Quantiles of Beta(a, b), a and b at least 1/2; errs by less than 1e-4.

    Integrates the density over the angle t with p = sin(t)^2, where it is bounded even for
    Jeffreys' prior: f(t) ~ sin(t)^(2a-1) cos(t)^(2b-1). The grid covers the mode and 12
    standard deviations to both sides, so that thousands of cases stay sharp.
    """
    if a < 0.5 or b < 0.5:
        raise ValueError(f"Beta({a}, {b}) is outside the supported range: a and b from 1/2")
    mean = a / (a + b)
    centre = np.arcsin(np.sqrt(mean))
    # On this scale the standard deviation is about 1/(2 sqrt(a + b)) wherever the mean lies.
    reach = 12 / (2 * np.sqrt(a + b + 1))
    angle = np.linspace(max(0.0, centre - reach), min(np.pi / 2, centre + reach), _STEPS)
    log_density = _times_log(2 * a - 1, np.sin(angle)) + _times_log(2 * b - 1, np.cos(angle))
    density = np.exp(log_density - log_density.max())
    mass = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    found: Floats = np.interp(np.asarray(quantiles, dtype=np.float64), mass / mass[-1], angle)
    return np.sin(found) ** 2


def _times_log(power: float, base: Floats) -> Any:
    """The power times log(base): 0 where the power is 0 whatever the base."""
    if power == 0:
        return np.zeros_like(base)
    with np.errstate(divide="ignore"):
        return power * np.log(np.clip(base, 0.0, 1.0))
