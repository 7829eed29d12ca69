"""What each rung of the ladder is worth to the supporter, as arrays over draws.

What rung l (at x = rank / top rank) is worth to supporter i of partner j against k:

    u(l) = g V - c kappa (1 + burden) - e eps risk - audience max(0, obliged - l) / L
         + sum_o share_o cred_o x_o [l <= cap_o] - breach_o [accepted, l > cap_o] + identity x

g, c and e are powers of x; V is the mean of the seven strands from i's viewpoint; share_o
is 1 accepted, `hedge_share` hedged, 0 refused; L is the rank of the top rung. The partner's
move enters through the risk, which grows by `entrapment` when it presses on. At peace nobody
is reneging, and gain and risk are scaled down. Sources: Morrow 1991 (value and cost of
support), Smith 1995 (reneging), Crawford 2011 (offers), Snyder 1984 (entrapment).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fairweather.scenario.constants import strand_key, strand_names
from fairweather.scenario.game_tree import Floats, choose
from fairweather.scenario.ladder import Ladder
from fairweather.scenario.spec import Offer, Scenario

Drawn = Mapping[str, Floats]
"""Every input of a scenario by dotted path, each of shape (draws,)."""


def tie_value(scenario: Scenario, drawn: Drawn, viewer: str, other: str) -> Floats:
    """V: the mean of the seven strands as `viewer` sees `other`, -1 to 1."""
    paths = [f"ties.{viewer}-{other}.{strand_key(strand)}" for strand in strand_names()]
    value: Floats = np.mean([drawn[path] for path in paths], axis=0)
    return value


class Payoffs:
    """The supporter's payoffs in one run; arrays have shape (rungs, draws) unless told."""

    def __init__(self, scenario: Scenario, drawn: Drawn, ladder: Ladder) -> None:
        self.scenario = scenario
        self.drawn = drawn
        self.ladder = ladder
        self.value = tie_value(scenario, drawn, scenario.supporter, scenario.partner)
        self.draws = len(self.value)
        self._effort = self.constant("cost_weight") * (1 + drawn[f"burden.{scenario.supporter}"])
        self._adversary = drawn[f"risk.{scenario.against}"]

    def constant(self, name: str) -> Floats:
        """A structural number of the game, shape (draws,)."""
        return self.drawn[f"constants.{name}"]

    def at_war(self) -> Floats:
        """Each rung in a war, with no bargain struck."""
        risk = self._risk() * (1 + self.constant("entrapment") * self.pressing())
        return self._gain() - self._cost() - risk - self._reneging() + self._deviation()

    def at_peace(self) -> Floats:
        """Each rung when no war comes: less to gain, little risk, nothing to renege on."""
        gain, risk = self.constant("peace_stake"), self.constant("peace_risk")
        return gain * self._gain() - self._cost() - risk * self._risk() + self._deviation()

    def standing_openly(self) -> Floats:
        """What open support in peacetime is worth by itself, shape (draws,)."""
        shown = self.constant("open_gain") * self.value
        return shown - self.constant("open_cost") * self._effort

    def bargain(self, offer: Offer, *, bound: bool, leverage: bool) -> Floats:
        """What going along with an offer or threat adds on each rung."""
        within, beyond = self.bargain_terms(offer, bound=bound, leverage=leverage)
        capped = self.ladder.place <= self.ladder.place[self.ladder.rank(offer.cap)]
        added: Floats = np.where(capped, within, beyond)
        return added

    def bargain_terms(self, offer: Offer, *, bound: bool, leverage: bool) -> tuple[Floats, Floats]:
        """What going along adds at or below the cap, and above it, each of shape (draws,).

        `bound`: accepted, not hedged; `leverage`: open support in peacetime has made the
        offer dearer to the giver.
        """
        worth = self.drawn[offer.value_path] * self.drawn[f"{offer.path}.credibility"]
        if leverage and offer.kind == "offer":
            worth = worth * (1 + self.constant("bargaining"))
        share = np.ones(self.draws) if bound else self.constant("hedge_share")
        lost = share * self.constant("estrangement") * np.maximum(self.value, 0.0)
        breach = self.constant("breach_cost") if bound else np.zeros(self.draws)
        return share * worth - lost, -breach - lost

    def pressing(self) -> Floats:
        """P(the partner presses on) after each rung: the last move of the game.

        Pressing is worth its ambition, emboldened by support, less what the adversary can
        do; holding back keeps the supporter, which counts as far as it has leverage.
        """
        place = self.ladder.place
        press = self.drawn["restraint.ambition"] + self.constant("emboldening") * place
        press = press - self._adversary
        hold = np.broadcast_to(self.drawn["restraint.leverage"] * place, press.shape)
        chosen: Floats = choose(np.stack([press, hold]), self.constant("sensitivity"))[0]
        return chosen

    def _reneging(self) -> Floats:
        supporter, partner = self.scenario.supporter, self.scenario.partner
        commitment = self.scenario.tie(supporter, partner).commitment
        obliged = self.ladder.rank(commitment.obliged) if commitment else 0
        below = np.maximum(0.0, self.ladder.place[obliged] - self.ladder.place)
        cost: Floats = below * self.drawn[f"ties.{supporter}-{partner}.commitment.audience_cost"]
        return cost

    def _gain(self) -> Floats:
        return self._power("gain_exponent") * self.value

    def _cost(self) -> Floats:
        return self._power("cost_exponent") * self._effort

    def _risk(self) -> Floats:
        return self._power("risk_exponent") * self.constant("risk_weight") * self._adversary

    def _deviation(self) -> Floats:
        return self.ladder.place * self.drawn[f"identity.{self.scenario.supporter}"]

    def _power(self, exponent: str) -> Floats:
        raised: Floats = self.ladder.place ** self.constant(exponent)
        return raised
