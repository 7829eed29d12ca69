"""Ranks of the true answers, and what is said of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from fairweather.history.next_moves.moves import Integers, Reals

Ranks = npt.NDArray[np.float64]


def filtered_ranks(scores: Reals, question: Integers, answer: Integers) -> Ranks:
    """The rank (1 is best) of each answer among all actors, by the time-aware filter.

    `scores` (questions, actors); answer i belongs to row `question[i]`. Other true answers
    to the same question on the same day do not count against it; ties take the average rank.
    """
    own = scores[question, answer][:, None]
    against = scores.copy()
    against[question, answer] = -np.inf
    rivals = against[question]
    return np.asarray(1 + (rivals > own).sum(axis=1) + (rivals == own).sum(axis=1) / 2)


def reciprocal(ranks: Ranks) -> float:
    """Mean reciprocal rank."""
    return float(np.mean(1 / ranks))


def hits(ranks: Ranks, within: int) -> float:
    """Share of answers ranked at `within` or better."""
    return float(np.mean(ranks <= within))
