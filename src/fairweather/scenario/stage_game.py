"""L1, what interests imply: the crisis as an exact game, solved for all draws at once.

    chance -> the supporter is open or quiet in peacetime (open raises rivals' offers)
           -> offers and threats are made, or not
           -> it accepts, hedges or refuses each
           -> war, or not
           -> it picks a rung of the ladder; the partner presses on or is restrained

What each rung pays stands in `payoffs.py`; `stage_tree.py` writes the same game out as a tree,
which is the oracle of this module. Here the tree is factored: what a bargain pays is the same
on all rungs between two caps, so the rungs are summed up into segments once (`segments.py`) and
each of the 3^k answers to k offers only shifts the segments. Draws are taken in blocks that fit
the processor's cache, and what is summed over answers is held in single precision: twice as
fast, and within a millionth of the tree.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

import numpy as np

from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import Ladder, support_ladder
from fairweather.scenario.payoffs import Drawn, Payoffs
from fairweather.scenario.runs import World
from fairweather.scenario.segments import Pick, Segments, solve_pick
from fairweather.scenario.spec import Offer, Scenario

QUIET, OPEN = "quiet", "open"
STANCES = (QUIET, OPEN)
ACCEPT, HEDGE, REFUSE = "accept", "hedge", "refuse"
RESPONSES = (ACCEPT, HEDGE, REFUSE)

PROFILES = np.float32
"""The precision of arrays over the answers to offers."""

CACHE_CELLS = 160_000
"""Numbers that one array of a block may hold (a megabyte): larger ones leave the cache."""

_LOWEST_EXPONENT = -600.0

Standing = tuple[int, ...]
"""Which of the offers heard may be made in some world, by index."""


@dataclass(frozen=True, slots=True)
class Crisis:
    """A solved stage game: arrays over draws.

    `war` and `peace` hold P(rung | war) and P(rung | no war), shape (rungs, draws), None
    where that cannot happen; `war_chance` the probability of war; `open` that of open
    peacetime support; `responses` P(response) by offer path and response, given that the
    offer is made; `restrained` the probability that the partner holds back in a war.
    """

    war: Floats | None
    peace: Floats | None
    war_chance: float
    open: Floats
    responses: Mapping[str, Mapping[str, Floats]]
    restrained: Floats | None

    @property
    def rungs(self) -> Floats:
        """P(rung), shape (rungs, draws)."""
        at_war = 0.0 if self.war is None else self.war_chance * self.war
        at_peace = 0.0 if self.peace is None else (1 - self.war_chance) * self.peace
        total: Floats = np.asarray(at_war + at_peace)
        return total


def offers_heard(scenario: Scenario) -> tuple[Offer, ...]:
    """The offers and threats that the supporter has to answer."""
    return tuple(
        offer for offer in (*scenario.offers, *scenario.threats) if offer.to == scenario.supporter
    )


def play_stage_game(
    scenario: Scenario,
    drawn: Drawn,
    worlds: Sequence[World],
    war_chance: float,
    ladder: Ladder | None = None,
) -> Crisis:
    """Solves the game of one run for every draw, exactly."""
    ladder = ladder or support_ladder()
    heard = offers_heard(scenario)
    offers = _possible(heard, drawn, worlds)
    draws = len(drawn["constants.sensitivity"])
    segments = Segments.of(ladder, tuple(ladder.rank(offer.cap) for offer in offers))
    chances = _standing(offers, worlds)
    step = max(64, CACHE_CELLS // (len(STANCES) * 3 ** len(offers) * segments.count))
    blocks = []
    for first in range(0, draws, step):
        part = {path: values[first : first + step] for path, values in drawn.items()}
        payoffs = Payoffs(scenario, part, ladder)
        blocks.append(_Block(payoffs, offers, segments, chances, war_chance).crisis())
    return _joined(blocks, heard)


def _possible(heard: Sequence[Offer], drawn: Drawn, worlds: Sequence[World]) -> tuple[Offer, ...]:
    """Those that some world and some draw has made; the others never come up."""
    return tuple(
        offer
        for offer in heard
        if drawn[f"{offer.path}.made"].any() and any(world.holds(offer) for world in worlds)
    )


def _standing(offers: Sequence[Offer], worlds: Sequence[World]) -> dict[Standing, float]:
    """Which offers stand in which worlds, worlds alike in that taken together."""
    chances: dict[Standing, float] = {}
    for world in worlds:
        standing = tuple(at for at, offer in enumerate(offers) if world.holds(offer))
        chances[standing] = chances.get(standing, 0.0) + world.probability
    return chances


@cache
def _answers(offers: int) -> tuple[tuple[str, ...], ...]:
    """Every way to answer so many offers."""
    return tuple(itertools.product(RESPONSES, repeat=offers))


@cache
def _taking(offers: int) -> Floats:
    """Which profile gives which answer: (profiles, offers * (accept, hedge)), ones and zeros."""
    rows = [
        [float(given == answer) for given in answers for answer in (ACCEPT, HEDGE)]
        for answers in _answers(offers)
    ]
    return np.array(rows).reshape(len(rows), 2 * offers)


@cache
def _tables(offers: int) -> tuple[tuple[Standing, ...], Floats]:
    """Every set of offers on the table, and which profiles it leaves open, (sets, profiles)."""
    everything = range(offers)
    tables = [
        tuple(made)
        for count in range(offers + 1)
        for made in itertools.combinations(everything, count)
    ]
    open_to = [
        [
            float(all(answers[at] == REFUSE for at in everything if at not in made))
            for answers in _answers(offers)
        ]
        for made in tables
    ]
    return tuple(tables), np.array(open_to)


class _Block:
    """The game for the draws of one block; profiles are the 3^k ways to answer k offers.

    Arrays of profiles have shape (stances * profiles, draws), quiet ones first.
    """

    def __init__(
        self,
        payoffs: Payoffs,
        offers: tuple[Offer, ...],
        segments: Segments,
        chances: Mapping[Standing, float],
        war_chance: float,
    ) -> None:
        self.payoffs = payoffs
        self.offers = offers
        self.segments = segments
        self.chances = chances
        self.war_chance = war_chance
        self.answers = _answers(len(offers))
        self.sensitivity = payoffs.constant("sensitivity")
        self.made = [payoffs.drawn[f"{offer.path}.made"] for offer in offers]

    def crisis(self) -> Crisis:
        """The solved block."""
        war, peace = self._picks()
        values = np.zeros((len(STANCES) * len(self.answers), self.payoffs.draws))
        for pick, chance in ((war, self.war_chance), (peace, 1 - self.war_chance)):
            if pick is not None:
                values += chance * pick.value
        values[len(self.answers) :] += self.payoffs.standing_openly()
        weights, opened = self._profiles(values)
        at_war = None if war is None else war.rungs(weights)
        return Crisis(
            war=at_war,
            peace=None if peace is None else peace.rungs(weights),
            war_chance=self.war_chance,
            open=opened,
            responses=self._responses(weights),
            restrained=None
            if at_war is None
            else (at_war * (1 - self.payoffs.pressing())).sum(axis=0),
        )

    def _picks(self) -> tuple[Pick | None, Pick | None]:
        """The choice of a rung after every profile, in war and at peace."""
        shifts = np.concatenate([self._shifts(stance) for stance in STANCES], axis=1)
        dissimilarity = self.payoffs.constant("dissimilarity")

        def pick(base: Floats) -> Pick:
            return solve_pick(base, shifts, self.segments, self.sensitivity, dissimilarity)

        return (
            pick(self.payoffs.at_war()) if self.war_chance > 0 else None,
            pick(self.payoffs.at_peace()) if self.war_chance < 1 else None,
        )

    def _shifts(self, stance: str) -> Floats:
        """What each profile of answers adds in each segment, (segments, profiles, draws)."""
        terms = np.zeros((self.segments.count, 2 * len(self.offers), self.payoffs.draws), PROFILES)
        for at, (offer, below) in enumerate(zip(self.offers, self.segments.below, strict=True)):
            for answer in (0, 1):
                within, beyond = self.payoffs.bargain_terms(
                    offer, bound=answer == 0, leverage=stance == OPEN
                )
                terms[below, 2 * at + answer] = within
                terms[~below, 2 * at + answer] = beyond
        return cast(Floats, _taking(len(self.offers)).astype(PROFILES) @ terms)

    def _profiles(self, values: Floats) -> tuple[Floats, Floats]:
        """How often each stance and profile comes about, and P(open)."""
        weights = np.zeros_like(values)
        opened = np.zeros(self.payoffs.draws)
        count = len(self.answers)
        parts = [values[:count], values[count:]]
        chosen = [self._appeal(part) for part in parts]
        for standing, chance in self.chances.items():
            odds = self._odds(standing)
            taken = [self._answered(one, odds) for one in chosen]
            quiet, open_ = (
                (one * part).sum(axis=0) for one, part in zip(taken, parts, strict=True)
            )
            share = _logistic(self.sensitivity * (open_ - quiet))
            weights[:count] += (chance * (1 - share)) * taken[0]
            weights[count:] += (chance * share) * taken[1]
            opened += chance * share
        return weights, opened

    def _appeal(self, values: Floats) -> Floats:
        # Kept above zero, so that no set of profiles sums to it; see HIGHEST_SENSITIVITY.
        scaled = values * self.sensitivity
        scaled -= scaled.max(axis=0)
        np.maximum(scaled, _LOWEST_EXPONENT, out=scaled)
        return np.exp(scaled, out=scaled)

    def _answered(self, appeal: Floats, odds: Floats) -> Floats:
        """P(profile) in one stance, averaged over what lies on the table with these `odds`."""
        open_to = _tables(len(self.offers))[1]
        shares: Floats = open_to.T @ (odds / (open_to @ appeal))
        shares *= appeal
        return shares

    def _odds(self, standing: Standing) -> Floats:
        """How likely each set of offers lies on the table when these may be made."""
        tables = _tables(len(self.offers))[0]
        odds = np.ones((len(tables), self.payoffs.draws))
        for row, table in zip(odds, tables, strict=True):
            for at in range(len(self.offers)):
                made = self.made[at] if at in standing else 0.0
                row *= made if at in table else 1 - made
        return odds

    def _responses(self, weights: Floats) -> dict[str, dict[str, Floats]]:
        by_profile = weights[: len(self.answers)] + weights[len(self.answers) :]
        responses = {}
        for at, offer in enumerate(self.offers):
            stands = sum(chance for held, chance in self.chances.items() if at in held)
            made = self.made[at] * stands
            certain = np.maximum(made, np.finfo(float).tiny)
            given = {
                answer: by_profile[[one[at] == answer for one in self.answers]].sum(axis=0)
                for answer in (ACCEPT, HEDGE)
            }
            refused = np.maximum(made - given[ACCEPT] - given[HEDGE], 0.0)
            responses[offer.path] = {
                answer: mass / certain for answer, mass in (*given.items(), (REFUSE, refused))
            }
        return responses


def _logistic(difference: Floats) -> Floats:
    share: Floats = 0.5 * (1 + np.tanh(0.5 * difference))
    return share


def _joined(blocks: Sequence[Crisis], heard: Sequence[Offer]) -> Crisis:
    """The blocks end to end; nobody answers an offer that is never made."""

    def rows(name: str) -> Floats | None:
        parts = [getattr(block, name) for block in blocks]
        return None if parts[0] is None else np.concatenate(parts, axis=-1)

    opened = np.concatenate([block.open for block in blocks])
    unheard = dict.fromkeys(RESPONSES, np.zeros_like(opened))
    answered = blocks[0].responses
    return Crisis(
        war=rows("war"),
        peace=rows("peace"),
        war_chance=blocks[0].war_chance,
        open=opened,
        responses={
            offer.path: {
                answer: np.concatenate([block.responses[offer.path][answer] for block in blocks])
                for answer in RESPONSES
            }
            if offer.path in answered
            else unheard
            for offer in heard
        },
        restrained=rows("restrained"),
    )
