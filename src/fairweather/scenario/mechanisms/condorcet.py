"""The probabilistic Condorcet election: how likely each of several options is to prevail.

Each actor leans to the option it likes better, with its weight times the difference in
utility. In a contest of two options the stronger coalition wins with a probability in
proportion to its strength; options challenge each other the more, the stronger the
challenger and the likelier its victory; the share of time each holds the field is its
probability. Model: Wise, Lester and Efird 2015 (KAPSARC Toolkit for Behavioral Analysis),
as documented with the Toolkit's examples; written anew here. It is no part of any answer: on
178 issues of the European Union it did no better than the weighted mean
(`bench/bargaining.py`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fairweather.scenario.quantity import Floats

FAINT = 1e-8
"""Strength of a coalition that nobody is in, so that every contest has odds."""

WHOLE = 100.0
"""The length of an issue."""

STEPS = 10_000
CLOSE_ENOUGH = 1e-12


def condorcet_election(weights: ArrayLike, utilities: ArrayLike) -> Floats:
    """P(each option prevails), shape (options,), summing to one.

    `weights` of the actors, shape (actors,); `utilities` of each option to each, shape
    (actors, options).
    """
    strength = _coalitions(np.asarray(weights, float), np.asarray(utilities, float))
    victory = strength / (strength + strength.T)
    incentive = strength * victory
    np.fill_diagonal(incentive, 0.0)
    challenge = incentive / incentive.sum(axis=0, keepdims=True)
    return _held(victory, challenge)


def _coalitions(weights: Floats, utilities: Floats) -> Floats:
    """Strength of those who prefer option i to option j, shape (options, options)."""
    gain = utilities[:, :, None] - utilities[:, None, :]
    strength: Floats = FAINT + np.einsum("a,aij->ij", weights, np.maximum(gain, 0.0))
    return strength


def _held(victory: Floats, challenge: Floats) -> Floats:
    """The fixed point of who holds the field, challenged by whom."""
    options = len(victory)
    held = np.full(options, 1 / options)
    for _ in range(STEPS):
        following: Floats = (
            victory * (held[:, None] * challenge.T + held[None, :] * challenge)
        ).sum(axis=1)
        following /= following.sum()
        if np.abs(following - held).max() < CLOSE_ENOUGH:
            return following
        held = following
    return held


def expected_place(weights: Floats, positions: Floats) -> float:
    """Where the election expects an issue of one dimension, 0 to 100, to settle.

    The options are the positions taken, shape (actors,); utility falls with distance.
    """
    options = np.unique(positions)
    if len(options) == 1:
        return float(options[0])
    utilities = 1 - np.abs(positions[:, None] - options[None, :]) / WHOLE
    return float(condorcet_election(weights, utilities) @ options)
