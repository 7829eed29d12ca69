"""Exact logit agent-quantal-response equilibrium of a game with perfect information.

Backward induction (McKelvey and Palfrey 1998): the player at a decision takes action a with
probability exp(lambda V_a) / sum_b exp(lambda V_b), V_a its expected payoff after a; what a
decision is worth to every player is the expectation over these choices, not the log-sum.
Payoffs, probabilities and lambda are arrays over parameter draws (any shapes that broadcast),
so all draws are solved at once. Trees may share subtrees; each is solved once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Number: TypeAlias = "Floats | float"


@dataclass(frozen=True, eq=False, slots=True)
class Outcome:
    """An end of the game: what it pays each player."""

    label: str
    payoffs: Mapping[str, Number]


@dataclass(frozen=True, eq=False, slots=True)
class Lottery:
    """A move of chance: branches with probabilities that sum to one."""

    branches: tuple[tuple[Number, Node], ...]


@dataclass(frozen=True, eq=False, slots=True)
class Nests:
    """Actions gathered into groups of similar ones: a nested logit (McFadden 1978).

    `members` holds the indices of each nest's actions, `weights` their share of it (an
    action that is told twice has half the weight each time); `dissimilarity` in (0, 1]:
    at 1 only the weights tell nests apart, near 0 a nest is taken by its best action.
    """

    members: tuple[tuple[int, ...], ...]
    weights: tuple[tuple[float, ...], ...]
    dissimilarity: Number = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Decision:
    """A player's move: one of several actions, each leading on."""

    label: str
    player: str
    actions: tuple[tuple[str, Node], ...]
    nests: Nests | None = None


Node: TypeAlias = "Outcome | Lottery | Decision"


@dataclass(slots=True)
class Solution:
    """A solved game: what each node is worth to each player, and how each decision falls.

    `choices` of a decision has shape (actions, ...draws).
    """

    root: Node
    order: list[Node] = field(default_factory=list)
    values: dict[int, Mapping[str, Number]] = field(default_factory=dict)
    choices: dict[int, Floats] = field(default_factory=dict)
    _reach: dict[int, Number] = field(default_factory=dict)

    def value(self, player: str) -> Number:
        """The expected payoff of a player."""
        return self.values[id(self.root)][player]

    def choice(self, decision: Decision) -> dict[str, Floats]:
        """Each action's probability at a decision, given that it is reached."""
        chosen = self.choices[id(decision)]
        return {action: chosen[at] for at, (action, _) in enumerate(decision.actions)}

    def reached(self) -> Mapping[int, Number]:
        """The probability with which each node is reached, by id."""
        if not self._reach:
            self._reach = self._walk()
        return self._reach

    def _walk(self) -> dict[int, Number]:
        reach: dict[int, Number] = {id(self.root): 1.0}
        for node in reversed(self.order):
            here = reach[id(node)]
            for probability, child in self._followers(node):
                reach[id(child)] = reach.get(id(child), 0.0) + here * probability
        return reach

    def ends(self) -> dict[str, Number]:
        """The probability of each outcome's label."""
        reach = self.reached()
        totals: dict[str, Number] = {}
        for node in self.order:
            if isinstance(node, Outcome):
                totals[node.label] = totals.get(node.label, 0.0) + reach[id(node)]
        return totals

    def taken(self, label: str) -> dict[str, Number]:
        """How often each action is taken at all decisions of one label together."""
        reach = self.reached()
        totals: dict[str, Number] = {}
        for node in self.order:
            if isinstance(node, Decision) and node.label == label:
                for action, probability in self.choice(node).items():
                    totals[action] = totals.get(action, 0.0) + reach[id(node)] * probability
        return totals

    def _followers(self, node: Node) -> Sequence[tuple[Number, Node]]:
        if isinstance(node, Lottery):
            return node.branches
        if isinstance(node, Decision):
            chosen = self.choices[id(node)]
            return [(chosen[at], child) for at, (_, child) in enumerate(node.actions)]
        return ()


def solve(root: Node, sensitivity: Number) -> Solution:
    """The equilibrium of the game under one sensitivity (lambda) for every player."""
    solution = Solution(root)
    _solve(root, sensitivity, solution)
    return solution


def _solve(node: Node, sensitivity: Number, solution: Solution) -> Mapping[str, Number]:
    if id(node) in solution.values:
        return solution.values[id(node)]
    if isinstance(node, Outcome):
        values: Mapping[str, Number] = node.payoffs
    elif isinstance(node, Lottery):
        ahead = [_solve(child, sensitivity, solution) for _, child in node.branches]
        values = _expected([probability for probability, _ in node.branches], ahead)
    else:
        ahead = [_solve(child, sensitivity, solution) for _, child in node.actions]
        payoffs = np.stack(np.broadcast_arrays(*(worth[node.player] for worth in ahead)))
        chosen = choose(payoffs, sensitivity, node.nests)
        solution.choices[id(node)] = chosen
        values = _expected(list(chosen), ahead)
    solution.values[id(node)] = values
    solution.order.append(node)
    return values


def _expected(
    probabilities: Sequence[Number], ahead: Sequence[Mapping[str, Number]]
) -> dict[str, Number]:
    worth: dict[str, Number] = {}
    for player in ahead[0]:
        pairs = zip(probabilities, ahead, strict=True)
        worth[player] = sum((p * values[player] for p, values in pairs), start=np.float64(0.0))
    return worth


def choose(payoffs: Floats, sensitivity: Number, nests: Nests | None = None) -> Floats:
    """Choice probabilities over the first axis of `payoffs`: logit, or nested logit.

    In a nest P(action) ~ weight * exp(lambda u / s), s the dissimilarity; between nests
    P(nest) ~ exp(s * log(sum of these)). With s = 1 that is a logit with those weights.
    """
    if nests is None:
        return _logit(payoffs * sensitivity)
    chosen = payoffs * (sensitivity / nests.dissimilarity)
    inside = [_stretch(members) for members in nests.members]
    appeal = []
    for members, weights in zip(inside, nests.weights, strict=True):
        scaled = chosen[members]
        top = scaled.max(axis=0)
        odds = np.exp(scaled - top)
        odds *= np.array(weights).reshape((-1,) + (1,) * (odds.ndim - 1))
        total = odds.sum(axis=0)
        odds /= total
        chosen[members] = odds
        appeal.append((top + np.log(total)) * nests.dissimilarity)
    for members, share in zip(inside, _logit(np.stack(appeal)), strict=True):
        chosen[members] *= share
    return chosen


def _stretch(members: tuple[int, ...]) -> slice | list[int]:
    """The indices as a slice where they are neighbours: a view costs no copy."""
    first, last = members[0], members[-1]
    if members == tuple(range(first, last + 1)):
        return slice(first, last + 1)
    return list(members)


def _logit(scaled: Floats) -> Floats:
    odds: Floats = np.exp(scaled - scaled.max(axis=0))
    odds /= odds.sum(axis=0)
    return odds
