"""Past cases as inputs of the game, made by one rule for all.

A case is a state at war, a partner that might have fought for it, and what was on record of the
two before the war. The rule below was written down before it was first run; nothing in it was
fitted. Sources of its directions: Lai and Reiter 2000 (regimes alike), Leeds 2003 and Smith 1995
(commitment, capability), Fearon 1994 (audiences), Snyder 1984 (own troubles, ties to the other
side), Morrow 1991 (what a tie is for), Bueno de Mesquita 1981 (reach).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fairweather.scenario.constants import defaults, strand_key
from fairweather.scenario.game_tree import Floats
from fairweather.scenario.ladder import support_ladder
from fairweather.scenario.runs import World
from fairweather.scenario.spec import Commitment, Scenario, TieView
from fairweather.scenario.stage_game import play_stage_game
from fairweather.vocabulary import vocabulary

OUT, SHOWED, FOUGHT = 0, 1, 2
"""What the partner did: no military part; threatened or showed force; used force or went to war."""

SUPPORTER, PARTNER, ADVERSARY = "supporter", "partner", "adversary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One state at war and one partner, as known when the war began.

    Democracy 0 to 1, capability a share of the world's, military_ties the share of six kinds of
    arrangement that their pacts hold, record (joined, chances) of the partner with this state;
    NaN where unknown. `conduct` is OUT, SHOWED or FOUGHT; `war` names the cluster.
    """

    war: int
    year: int
    name: str
    pact: str
    obligations: tuple[str, ...]
    partner_attacked: bool
    pact_at_war: bool
    democracy: float
    partner_democracy: float
    rival_of_adversary: bool
    rival_of_partner: bool
    military_ties: float
    economic_aid: bool
    shared_organisations: float
    record: tuple[int, int]
    allied_to_adversary: bool
    sworn_to_adversary: bool
    threat: float
    major: bool
    near: bool
    near_adversary: bool
    capability: float
    adversary_capability: float
    conduct: int


def strands(case: Case) -> dict[str, float]:
    """The seven strands as the supporter would see them, each -1 to 1; 0 where unknown."""
    apart = abs(case.democracy - case.partner_democracy)
    joined, chances = case.record
    organisations = _known(case.shared_organisations, 0.0)
    values = {
        "ideology": 1 - 2 * _known(apart, 0.5),
        "geopolitical": 0.5 * case.rival_of_adversary - 0.5 * case.rival_of_partner,
        "military": case.military_ties,
        "economic": min(1.0, organisations / 50) + 0.5 * case.economic_aid,
        "trust": 20 * (joined + 1) / (chances + 20) - 1,
        "commitment": _commitment(case),
        "exit_option": -0.5 * case.allied_to_adversary - 0.5 * case.sworn_to_adversary,
    }
    return {name: min(1.0, max(-1.0, value)) for name, value in values.items()}


def _commitment(case: Case) -> float:
    worth = {"defense": 0.5, "offense": 0.5, "neutrality": 0.2, "consultation": 0.2}
    sworn = max((worth.get(name, 0.1) for name in case.obligations), default=-0.2)
    return sworn + 0.3 * case.pact_at_war


def obliged_rung(case: Case) -> str:
    """The rung that the pact demands: defence of one attacked, offence beside an attacker."""
    binding = "defense" if case.partner_attacked else "offense"
    if binding in case.obligations:
        return str(vocabulary("obligations")["defense"].extra["rung"])
    return "none"


def circumstances(case: Case) -> dict[str, float]:
    """Burden, risk and audience cost, each 0 to 1."""
    reach = 1.0 if case.major or case.near or case.near_adversary else 0.0
    size = min(1.0, _known(case.capability, 0.005) / 0.02)
    burden = 0.3 * _known(case.threat, 0.35) + 0.4 * (1 - reach) + 0.3 * (1 - size)
    total = _known(case.capability, 0.005) + _known(case.adversary_capability, 0.005)
    stronger = _known(case.adversary_capability, 0.005) / max(total, 1e-9)
    return {
        f"burden.{SUPPORTER}": burden,
        f"risk.{ADVERSARY}": stronger * (1.0 if case.near_adversary else 0.5),
        _AUDIENCE: 0.05 + 0.25 * _known(case.democracy, 0.4),
    }


_TIE = f"ties.{SUPPORTER}-{PARTNER}"
_AUDIENCE = f"{_TIE}.commitment.audience_cost"


@dataclass(frozen=True, eq=False, slots=True)
class Prepared:
    """Cases ready to be played: by obliged rung, the rows and the inputs they share a game for."""

    count: int
    groups: tuple[tuple[str, tuple[int, ...], dict[str, Floats]], ...]


def prepare(cases: Sequence[Case]) -> Prepared:
    """The cases' inputs, made once by the rule."""
    groups = []
    for rung in sorted({obliged_rung(case) for case in cases}):
        rows = tuple(at for at, case in enumerate(cases) if obliged_rung(case) == rung)
        groups.append((rung, rows, case_inputs([cases[at] for at in rows])))
    return Prepared(len(cases), tuple(groups))


def conduct_chances(prepared: Prepared, constants: Mapping[str, float]) -> Floats:
    """P(out), P(showed), P(fought) by the game at war, shape (cases, 3).

    Constants not named take the middle of their range. Showing force is the rung of advisers:
    own forces, not in battle; fighting is every rung above it.
    """
    show = support_ladder().rank("advisers")
    chances = np.empty((prepared.count, 3))
    for rung, rows, drawn in prepared.groups:
        changed = {f"constants.{name}": value for name, value in constants.items()}
        inputs = drawn | {path: np.full(len(rows), value) for path, value in changed.items()}
        tie = TieView(SUPPORTER, PARTNER, commitment=Commitment(obliged=rung))
        played = play_stage_game(_scenario(tie), inputs, [World((), 1.0)], 1.0).rungs
        chances[rows, OUT] = played[:show].sum(axis=0)
        chances[rows, SHOWED] = played[show]
        chances[rows, FOUGHT] = played[show + 1 :].sum(axis=0)
    return chances


def case_inputs(cases: Sequence[Case]) -> dict[str, Floats]:
    """Every input that the game reads, by path, each of shape (cases,)."""
    middle = {name: default.quantity.mean for name, default in defaults("constants").items()}
    fixed = {f"constants.{name}": value for name, value in middle.items()}
    fixed |= {
        f"identity.{SUPPORTER}": 0.0,
        "restraint.ambition": defaults("unstated")["ambition"].quantity.mean,
        "restraint.leverage": defaults("unstated")["leverage"].quantity.mean,
    }
    drawn = {path: np.full(len(cases), value) for path, value in fixed.items()}
    for name in strands(cases[0]):
        values = [strands(case)[name] for case in cases]
        drawn[f"{_TIE}.{strand_key(name)}"] = np.array(values, dtype=np.float64)
    for path in circumstances(cases[0]):
        drawn[path] = np.array([circumstances(case)[path] for case in cases])
    return drawn


def _scenario(tie: TieView) -> Scenario:
    return Scenario(
        question="What did partners do?",
        as_of="2015-01-01",
        horizon_months=12,
        supporter=SUPPORTER,
        partner=PARTNER,
        against=ADVERSARY,
        ties=(tie,),
    )


def _known(value: float, otherwise: float) -> float:
    return otherwise if math.isnan(value) else value
