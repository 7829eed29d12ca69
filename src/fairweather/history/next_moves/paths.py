"""Partners of partners: how near two actors are without having met."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fairweather.history.next_moves.counts import Spans, end_to_end
from fairweather.history.next_moves.memory import SEASON, Memory
from fairweather.history.next_moves.moves import Integers, Reals

FAINTEST = 0.02
"""Ties fainter than this (log of one plus four times the faded count) lead nowhere."""


def nearness(memory: Memory, subjects: Integers, day: int) -> tuple[Reals, Reals]:
    """Weight of all paths of two and of three steps from each subject to every actor.

    Two arrays (subjects, actors). A step from i to j weighs w_ij / sqrt(d_i d_j), with w the
    log of the faded count of their dealings and d_i one plus the sum of w_i: the symmetric
    normalisation that keeps actors known to all from being everybody's neighbours.
    """
    ties = _ties(memory, day)
    if not len(ties.weight):
        nothing = np.zeros((len(subjects), memory.actors), dtype=np.float32)
        return nothing, nothing
    two = _partners_of_partners(ties, subjects, memory.actors)
    starts = np.flatnonzero(np.diff(ties.here, prepend=-1))
    onward = np.ascontiguousarray(two.T)[ties.there] * ties.weight[:, None]
    three = np.zeros((memory.actors, len(subjects)), dtype=np.float32)
    three[ties.here[starts]] = np.add.reduceat(onward, starts, axis=0)
    return two, np.ascontiguousarray(three.T)


class _Ties(NamedTuple):
    """Every tie from both of its ends, in order of the first."""

    weight: Reals
    here: Integers
    there: Integers

    def of(self, actors: Integers) -> Spans:
        """The ties of each of these actors, end to end."""
        first, end = np.searchsorted(self.here, actors), np.searchsorted(self.here, actors + 1)
        return end_to_end(first, end)


def _partners_of_partners(ties: _Ties, subjects: Integers, actors: int) -> Reals:
    """(subjects, actors): weights of all paths of two steps, walked tie by tie."""
    first = ties.of(subjects)
    second = ties.of(ties.there[first.row])
    place = first.owner[second.owner] * actors + ties.there[second.row]
    weight = ties.weight[first.row][second.owner] * ties.weight[second.row]
    two = np.bincount(place, weight, minlength=len(subjects) * actors)
    return two.astype(np.float32).reshape(len(subjects), actors)


def _ties(memory: Memory, day: int) -> _Ties:
    weight = np.log1p(4 * memory.partners.all_rates(day, SEASON))
    kept = weight > FAINTEST
    weight = weight[kept]
    here, there = np.divmod(memory.partners.keys[kept], memory.actors)
    degree = 1 + np.bincount(here, weight, minlength=memory.actors)
    evened = weight / np.sqrt(degree[here] * degree[there])
    return _Ties(evened.astype(np.float32), here, there)
