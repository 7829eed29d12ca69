"""Past wars: the rule that makes inputs, the weight that has to be earned."""

import dataclasses

import numpy as np
import pytest

from fairweather.scenario.backtest import (
    backtest,
    blended,
    brier,
    class_shares,
    fit_constants,
    one_hot,
    pattern_search,
    ranked,
)
from fairweather.scenario.cases import (
    FOUGHT,
    OUT,
    Case,
    circumstances,
    conduct_chances,
    obliged_rung,
    prepare,
    strands,
)

ALLY = Case(
    war=1,
    year=1914,
    name="one for another",
    pact="defense",
    obligations=("defense",),
    partner_attacked=True,
    pact_at_war=False,
    democracy=0.5,
    partner_democracy=0.5,
    rival_of_adversary=False,
    rival_of_partner=False,
    military_ties=0.2,
    economic_aid=False,
    shared_organisations=float("nan"),
    record=(0, 0),
    allied_to_adversary=False,
    sworn_to_adversary=False,
    threat=0.3,
    major=False,
    near=True,
    near_adversary=False,
    capability=0.01,
    adversary_capability=0.05,
    conduct=OUT,
)


def forces(case: Case) -> float:
    return float(1 - conduct_chances(prepare([case]), {})[0, OUT])


def wars(count: int, telling: bool) -> list[Case]:
    """Made-up wars in which a shared rival decides (or a coin), so that the answer is known."""
    chance = np.random.default_rng(0)
    cases = []
    for war in range(count):
        for _ in range(6):
            rival = bool(chance.random() < 0.5)
            joins = chance.random() < (0.6 if rival and telling else 0.1)
            cases.append(
                dataclasses.replace(
                    ALLY, war=war, rival_of_adversary=rival, conduct=FOUGHT if joins else OUT
                )
            )
    return cases


def test_a_defence_pact_obliges_only_beside_one_attacked() -> None:
    assert obliged_rung(ALLY) == "troops"
    assert obliged_rung(dataclasses.replace(ALLY, partner_attacked=False)) == "none"


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        ({"rival_of_adversary": True}, 1),
        ({"allied_to_adversary": True}, -1),
        ({"near": False}, -1),
        ({"capability": 0.05}, 1),
        ({"record": (5, 20)}, 1),
        ({"partner_attacked": False}, -1),
        ({"adversary_capability": 0.5}, -1),
    ],
)
def test_the_rule_points_where_theory_does(change: dict[str, object], sign: int) -> None:
    assert sign * (forces(dataclasses.replace(ALLY, **change)) - forces(ALLY)) > 0


def test_what_is_unknown_of_a_case_stands_in_the_middle() -> None:
    bare = dataclasses.replace(
        ALLY, democracy=float("nan"), threat=float("nan"), capability=float("nan")
    )
    assert all(-1 <= value <= 1 for value in strands(bare).values())
    assert all(0 <= value <= 1 for value in circumstances(bare).values())


def test_history_borrows_from_the_wider_class() -> None:
    cases = [*wars(4, telling=True), dataclasses.replace(ALLY, war=9, pact="neutrality")]
    known = np.array([case.war != 9 for case in cases])
    (share,) = class_shares(cases, known, np.array([len(cases) - 1]))
    pooled = one_hot(np.array([case.conduct for case in cases]))[known].mean(axis=0)
    assert share == pytest.approx(pooled)


def test_the_whole_weight_leaves_history_alone() -> None:
    history, game, typical = (np.array([[1 - p, p / 2, p / 2]]) for p in (0.1, 0.6, 0.3))
    assert blended(history, game, typical, 1.0) == pytest.approx(history)
    moved = blended(history, game, typical, 0.0)[0]
    ratio = (0.6 / 0.4) / (0.3 / 0.7)
    assert (1 - moved[OUT]) / moved[OUT] == pytest.approx(0.1 / 0.9 * ratio)
    assert moved.sum() == pytest.approx(1)


def test_where_interests_tell_the_blend_earns_its_weight() -> None:
    told = backtest(wars(30, telling=True))
    assert told.weight < 1
    happened = one_hot(told.conduct)
    assert brier(told.blend, happened).mean() < brier(told.history, happened).mean()
    assert told.earned


def test_where_they_do_not_nothing_is_earned() -> None:
    assert not backtest(wars(12, telling=False)).earned


def test_scores_are_those_of_the_books() -> None:
    forecast, happened = np.array([[0.7, 0.2, 0.1]]), np.array([[0.0, 0.0, 1.0]])
    assert brier(forecast, happened) == pytest.approx([0.49])
    assert ranked(forecast, happened) == pytest.approx([(0.49 + 0.81) / 2])


def test_constants_are_fitted_towards_what_was_done() -> None:
    some, none = (
        [dataclasses.replace(case, conduct=kept) for case in wars(4, telling=True)]
        for kept in (FOUGHT, OUT)
    )
    chances = [
        conduct_chances(
            prepare(cases), fit_constants(prepare(cases), np.array([c.conduct for c in cases]))
        )[:, OUT].mean()
        for cases in (some, none)
    ]
    assert chances[0] < chances[1]


def test_the_search_finds_a_valley() -> None:
    found = pattern_search(lambda at: float(((at - [1.0, -2.0]) ** 2).sum()), np.zeros(2))
    assert found == pytest.approx([1.0, -2.0], abs=0.05)
