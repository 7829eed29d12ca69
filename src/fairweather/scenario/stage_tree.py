"""The stage game written out as a tree: slow, plain, and the oracle of `stage_game.py`.

    chance -> the supporter is open or quiet in peacetime (open raises rivals' offers)
           -> offers and threats are made, or not
           -> it accepts, hedges or refuses each
           -> war, or not
           -> it picks a rung of the ladder; the partner presses on or is restrained

What each rung pays stands in `payoffs.py`; how a player chooses in `game_tree.py`.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

from fairweather.scenario.game_tree import (
    Decision,
    Floats,
    Lottery,
    Nests,
    Node,
    Number,
    Outcome,
    Solution,
    solve,
)
from fairweather.scenario.ladder import Ladder, support_ladder
from fairweather.scenario.payoffs import Drawn, Payoffs
from fairweather.scenario.runs import World
from fairweather.scenario.spec import Offer, Scenario
from fairweather.scenario.stage_game import (
    ACCEPT,
    OPEN,
    QUIET,
    REFUSE,
    RESPONSES,
    Crisis,
    offers_heard,
)

SUPPORTER = "supporter"
STANCE, RESPONSE = "stance", "response"


def play_tree(
    scenario: Scenario,
    drawn: Drawn,
    worlds: Sequence[World],
    war_chance: float,
    ladder: Ladder | None = None,
) -> Crisis:
    """The game of one run, built node by node and solved by backward induction."""
    game = _Game(scenario, drawn, war_chance, ladder or support_ladder())
    solution = solve(game.tree(worlds), drawn["constants.sensitivity"])
    return game.read(solution)


class _Game:
    """The game tree of one run; every part is made once and shared among the branches."""

    def __init__(self, scenario: Scenario, drawn: Drawn, war_chance: float, ladder: Ladder) -> None:
        self.scenario = scenario
        self.drawn = drawn
        self.war_chance = war_chance
        self.ladder = ladder
        self.offers = offers_heard(scenario)
        self.payoffs = Payoffs(scenario, drawn, ladder)
        self.draws = self.payoffs.draws
        self.at_war = self.payoffs.at_war() if war_chance > 0 else None
        self.at_peace = self.payoffs.at_peace() if war_chance < 1 else None
        self._crises: dict[tuple[str, tuple[str, ...]], Node] = {}
        self._added: dict[tuple[str, str, str], Floats] = {}
        self._stances: dict[tuple[Offer, ...], Node] = {}

    def tree(self, worlds: Sequence[World]) -> Node:
        """The whole game."""
        branches = []
        for world in worlds:
            standing = tuple(offer for offer in self.offers if world.holds(offer))
            if standing not in self._stances:
                self._stances[standing] = self._stance(standing)
            branches.append((world.probability, self._stances[standing]))
        return Lottery(tuple(branches))

    def _stance(self, standing: tuple[Offer, ...]) -> Node:
        actions = ((stance, self._made(stance, standing)) for stance in (QUIET, OPEN))
        return Decision(STANCE, SUPPORTER, tuple(actions))

    def _made(self, stance: str, standing: tuple[Offer, ...]) -> Node:
        """Chance decides which of the offers that stand are made."""
        branches: list[tuple[Number, Node]] = []
        for on_table in itertools.product((True, False), repeat=len(standing)):
            probability: Number = np.float64(1.0)
            for offer, made in zip(standing, on_table, strict=True):
                odds = self.drawn[f"{offer.path}.made"]
                probability = probability * (odds if made else 1 - odds)
            if np.any(probability):
                made_offers = tuple(itertools.compress(standing, on_table))
                branches.append((probability, self._response(stance, made_offers)))
        return Lottery(tuple(branches))

    def _response(self, stance: str, made: tuple[Offer, ...]) -> Node:
        if not made:
            return self._crisis(stance, (REFUSE,) * len(self.offers))
        actions = []
        for answers in itertools.product(RESPONSES, repeat=len(made)):
            given = dict(zip(made, answers, strict=True))
            profile = tuple(given.get(offer, REFUSE) for offer in self.offers)
            name = " ".join(
                f"{offer.path}={answer}" for offer, answer in zip(made, answers, strict=True)
            )
            actions.append((name, self._crisis(stance, profile)))
        return Decision(RESPONSE, SUPPORTER, tuple(actions))

    def _crisis(self, stance: str, profile: tuple[str, ...]) -> Node:
        """War comes or not; then the supporter picks its rung."""
        if (stance, profile) not in self._crises:
            bargains = self._bargains(stance, profile)
            branches = []
            if self.at_war is not None:
                branches.append((self.war_chance, self._pick("war", self.at_war + bargains)))
            if self.at_peace is not None:
                picked = self._pick("peace", self.at_peace + bargains)
                branches.append((1 - self.war_chance, picked))
            self._crises[stance, profile] = Lottery(tuple(branches))
        return self._crises[stance, profile]

    def _pick(self, label: str, payoffs: Floats) -> Node:
        nests = Nests(
            self.ladder.nests, self.ladder.weights, self.payoffs.constant("dissimilarity")
        )
        ends = (
            (rung, Outcome(f"{label} {rung}", {SUPPORTER: payoffs[at]}))
            for at, rung in enumerate(self.ladder.rungs)
        )
        return Decision(label, SUPPORTER, tuple(ends), nests)

    def _bargains(self, stance: str, profile: tuple[str, ...]) -> Floats:
        """What the stance and the answers pay on each rung, shape (rungs, draws)."""
        total = np.zeros((len(self.ladder.rungs), self.draws))
        if stance == OPEN:
            total += self.payoffs.standing_openly()
        for offer, answer in zip(self.offers, profile, strict=True):
            if answer != REFUSE:
                total += self._bargain(offer, answer, stance)
        return total

    def _bargain(self, offer: Offer, answer: str, stance: str) -> Floats:
        key = (offer.path, answer, stance)
        if key not in self._added:
            self._added[key] = self.payoffs.bargain(
                offer, bound=answer == ACCEPT, leverage=stance == OPEN
            )
        return self._added[key]

    def read(self, solution: Solution) -> Crisis:
        """The solved tree as arrays."""
        ends = solution.ends()
        war = self._rungs("war", ends) if self.war_chance > 0 else None
        peace = self._rungs("peace", ends) if self.war_chance < 1 else None
        restrained = None
        if war is not None:
            restrained = (war * (1 - self.payoffs.pressing())).sum(axis=0)
        return Crisis(
            war=war,
            peace=peace,
            war_chance=self.war_chance,
            open=self._wide(solution.taken(STANCE)[OPEN]),
            responses=self._responses(solution),
            restrained=restrained,
        )

    def _rungs(self, label: str, ends: Mapping[str, Number]) -> Floats:
        chance = self.war_chance if label == "war" else 1 - self.war_chance
        rows = [self._wide(ends[f"{label} {rung}"]) for rung in self.ladder.rungs]
        return np.stack(rows) / chance

    def _responses(self, solution: Solution) -> dict[str, dict[str, Floats]]:
        taken = solution.taken(RESPONSE)
        responses = {}
        for offer in self.offers:
            answers = {
                answer: self._wide(
                    sum(
                        (
                            p
                            for name, p in taken.items()
                            if f"{offer.path}={answer}" in name.split()
                        ),
                        start=np.float64(0.0),
                    )
                )
                for answer in RESPONSES
            }
            made = np.maximum(sum(answers.values()), np.finfo(float).tiny)
            responses[offer.path] = {answer: p / made for answer, p in answers.items()}
        return responses

    def _wide(self, number: Number) -> Floats:
        return np.broadcast_to(np.asarray(number, dtype=np.float64), (self.draws,))
