"""The choice of a rung, with the rungs summed up between the caps of the offers.

Rungs of one nest that lie on the same side of every cap form a segment: any bargain pays the
same on all of them. With E_l = weight_l exp(lambda u_l / s), s the dissimilarity, the nested
logit of `game_tree.choose` needs of a segment only its log sum log(sum E_l), its mean payoff
sum(E_l u_l) / sum(E_l), and how it divides among its rungs. These do not depend on the bargain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder


@dataclass(frozen=True, eq=False, slots=True)
class Segments:
    """How a ladder falls into segments.

    `members` and `weights`: the rungs of each and their weight in the nest; `nests`: the
    segments of each nest; `below`: for each cap which segments are within it.
    """

    members: tuple[tuple[int, ...], ...]
    weights: tuple[tuple[float, ...], ...]
    nests: tuple[tuple[int, ...], ...]
    below: tuple[NDArray[np.bool_], ...]
    rungs: int

    @property
    def count(self) -> int:
        """How many segments there are."""
        return len(self.members)

    @classmethod
    def of(cls, ladder: Ladder, caps: tuple[int, ...]) -> Self:
        """The segments that these caps, given by rank, cut the ladder's nests into."""
        places = ladder.place[:, 0]
        members: list[tuple[int, ...]] = []
        weights: list[tuple[float, ...]] = []
        nests = []
        for rungs, shares in zip(ladder.nests, ladder.weights, strict=True):
            parts: dict[tuple[bool, ...], list[int]] = {}
            for at, rung in enumerate(rungs):
                parts.setdefault(tuple(places[rung] <= places[cap] for cap in caps), []).append(at)
            nests.append(tuple(range(len(members), len(members) + len(parts))))
            members += [tuple(rungs[at] for at in part) for part in parts.values()]
            weights += [tuple(shares[at] for at in part) for part in parts.values()]
        below = tuple(
            np.array([places[part[0]] <= places[cap] for part in members]) for cap in caps
        )
        return cls(tuple(members), tuple(weights), tuple(nests), below, len(ladder.rungs))


@dataclass(frozen=True, eq=False, slots=True)
class Pick:
    """The solved choice: `chosen` P(segment) after each profile, (segments, profiles, draws).

    `value` is its expected payoff, (profiles, draws); `inside` P(rung | segment), (rungs, draws).
    """

    chosen: Floats
    value: Floats
    inside: Floats
    segments: Segments

    def rungs(self, weights: Floats) -> Floats:
        """P(rung), (rungs, draws), where profiles come about with `weights` (profiles, draws)."""
        total = np.empty_like(self.inside)
        for chosen, members in zip(self.chosen, self.segments.members, strict=True):
            rows = list(members)
            total[rows] = self.inside[rows] * (chosen * weights).sum(axis=0)
        return total


def solve_pick(
    base: Floats, shifts: Floats, segments: Segments, sensitivity: Floats, dissimilarity: Floats
) -> Pick:
    """The nested logit over `base` (rungs, draws) plus `shifts` (segments, profiles, draws).

    Worked out in the precision of `shifts`; the rungs inside a segment always in double.
    """
    scale = sensitivity / dissimilarity
    log_sum, mean, inside = _summed(base, scale, segments)
    kind = shifts.dtype
    scale, log_sum, mean = (part.astype(kind) for part in (scale, log_sum, mean))
    dissimilarity = dissimilarity.astype(kind)
    chosen = np.empty_like(shifts)
    attraction = np.empty((len(segments.nests), *shifts.shape[1:]), dtype=kind)
    for nest, parts in enumerate(segments.nests):
        rows = range(parts[0], parts[-1] + 1)
        for at in rows:
            np.multiply(shifts[at], scale, out=chosen[at])
            chosen[at] += log_sum[at]
        attraction[nest] = _shared_out(chosen[rows.start : rows.stop])
        attraction[nest] *= dissimilarity
    _shared_out(attraction)
    value = np.zeros(shifts.shape[1:], dtype=kind)
    for nest, parts in enumerate(segments.nests):
        for at in parts:
            chosen[at] *= attraction[nest]
            value += chosen[at] * (shifts[at] + mean[at])
    return Pick(chosen, value, inside, segments)


def _shared_out(appeal: Floats) -> Floats:
    """Turns log odds over the first axis into shares, in place; returns their log sum."""
    if len(appeal) == 1:
        log_sum: Floats = appeal[0].copy()
        appeal[0] = 1.0
        return log_sum
    top = np.maximum(appeal[0], appeal[1])
    for other in appeal[2:]:
        np.maximum(top, other, out=top)
    appeal -= top
    np.exp(appeal, out=appeal)
    total: Floats = appeal[0] + appeal[1]
    for other in appeal[2:]:
        total += other
    appeal /= total
    np.log(total, out=total)
    total += top
    return total


def _summed(base: Floats, scale: Floats, segments: Segments) -> tuple[Floats, Floats, Floats]:
    """Log sum and mean payoff of each segment, and how it divides among its rungs."""
    log_sum = np.empty((segments.count, base.shape[-1]))
    mean = np.empty_like(log_sum)
    inside = np.empty_like(base)
    for at, (members, weights) in enumerate(zip(segments.members, segments.weights, strict=True)):
        rows = list(members)
        scaled = base[rows] * scale
        top = scaled.max(axis=0)
        odds = np.exp(scaled - top) * np.array(weights)[:, None]
        total = odds.sum(axis=0)
        inside[rows] = odds / total
        log_sum[at] = top + np.log(total)
        mean[at] = (inside[rows] * base[rows]).sum(axis=0)
    return log_sum, mean, inside
