"""Exact equilibria: against games solved elsewhere, and by hand."""

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from fairweather.scenario.game_tree import Decision, Lottery, Nests, Outcome, choose, solve


def crisis(payoffs: dict[str, list[float]]) -> Decision:
    """Challenge or not; resist or concede; fight or back down (Signorino 1999)."""
    ends = {
        name: Outcome(name, {"A": values[0], "B": values[1]}) for name, values in payoffs.items()
    }
    fight = Decision("fight", "A", (("fight", ends["war"]), ("back down", ends["bd"])))
    resist = Decision("resist", "B", (("resist", fight), ("concede", ends["con"])))
    return Decision("challenge", "A", (("challenge", resist), ("stay", ends["sq"])))


def test_crisis_games_agree_with_their_closed_form(closed_forms: Path) -> None:
    cases = json.loads((closed_forms / "crisis_aqre.json").read_text())["cases"]
    assert len(cases) == 27
    for case in cases:
        solution = solve(crisis(case["payoffs"]), case["lam"])
        expected = case["expected"]
        ends = solution.ends()
        for end, key in {"sq": "sq", "con": "concede", "bd": "backdown", "war": "war"}.items():
            assert ends[end] == pytest.approx(expected[f"p_{key}"], abs=1e-12)
        challenge = solution.taken("challenge")["challenge"]
        assert challenge == pytest.approx(expected["challenge"], abs=1e-12)


def test_one_move_is_a_logit() -> None:
    """With lambda = ln 3 and payoffs 1 and 0 the better action is taken three times in four."""
    game = Decision(
        "move", "A", (("up", Outcome("up", {"A": 1})), ("down", Outcome("down", {"A": 0})))
    )
    assert solve(game, np.log(3)).ends()["up"] == pytest.approx(0.75)


def test_a_decision_is_worth_its_expected_payoff_not_the_log_sum() -> None:
    """B moves 3:1 towards 1; A, before it, compares 3/4 with 1/2 and goes on 3^(1/4):1."""
    later = Decision(
        "later",
        "B",
        (("good", Outcome("good", {"A": 1, "B": 1})), ("bad", Outcome("bad", {"A": 0, "B": 0}))),
    )
    game = Decision("first", "A", (("on", later), ("stop", Outcome("stop", {"A": 0.5, "B": 0}))))
    solution = solve(game, np.log(3))
    odds = 3**0.25
    assert solution.taken("first")["on"] == pytest.approx(odds / (1 + odds))
    expected = odds / (1 + odds) * 0.75 + 1 / (1 + odds) * 0.5
    assert solution.value("A") == pytest.approx(expected)


def test_chance_is_averaged_and_shared_ends_are_counted_once_each_way() -> None:
    end = Outcome("end", {"A": 2.0})
    game = Lottery(((0.25, end), (0.75, Lottery(((0.5, end), (0.5, Outcome("other", {"A": 0})))))))
    solution = solve(game, 1.0)
    assert solution.ends()["end"] == pytest.approx(0.625)
    assert solution.value("A") == pytest.approx(1.25)


def test_without_sensitivity_every_action_is_as_likely() -> None:
    assert choose(np.array([3.0, -1.0, 0.0]), 0.0) == pytest.approx([1 / 3] * 3)


def test_all_draws_are_solved_at_once_as_if_one_by_one() -> None:
    payoffs = np.random.default_rng(0).normal(size=(3, 5))
    together = choose(payoffs, 2.0)
    for draw in range(5):
        assert together[:, draw] == pytest.approx(choose(payoffs[:, draw], 2.0))


@given(
    payoffs=arrays(float, 5, elements=st.floats(-3, 3)),
    sensitivity=st.floats(0, 20),
    dissimilarity=st.floats(0.1, 1),
)
def test_probabilities_sum_to_one(
    payoffs: np.ndarray, sensitivity: float, dissimilarity: float
) -> None:
    nests = Nests(((0, 1), (2, 3, 4)), ((0.5, 0.5), (1 / 3, 1 / 3, 1 / 3)), dissimilarity)
    chosen = choose(payoffs, sensitivity, nests)
    assert chosen.sum() == pytest.approx(1)
    assert (chosen >= 0).all()


@given(
    payoffs=arrays(float, 4, elements=st.floats(-3, 3)),
    twin=st.integers(0, 3),
    sensitivity=st.floats(0.1, 20),
    dissimilarity=st.floats(0.1, 1),
)
def test_a_rung_told_twice_takes_nothing_from_other_nests(
    payoffs: np.ndarray, twin: int, sensitivity: float, dissimilarity: float
) -> None:
    once = choose(
        payoffs, sensitivity, Nests(((0, 1), (2, 3)), ((0.5, 0.5), (0.5, 0.5)), dissimilarity)
    )
    doubled = np.append(payoffs, payoffs[twin])
    members = ((0, 1, 4), (2, 3)) if twin < 2 else ((0, 1), (2, 3, 4))
    weights = tuple(tuple(0.25 if at in (twin, 4) else 0.5 for at in nest) for nest in members)
    twice = choose(doubled, sensitivity, Nests(members, weights, dissimilarity))
    others = [at for at in range(4) if at != twin]
    assert twice[others] == pytest.approx(once[others])
    assert twice[twin] + twice[4] == pytest.approx(once[twin])


def test_a_new_rung_takes_more_from_its_own_nest() -> None:
    """Equal payoffs: a third action beside one draws on its nest mate, not on the other nest."""
    sharp = Nests(((0, 1), (2,)), ((0.5, 0.5), (1.0,)), 0.5)
    assert choose(np.zeros(3), 5.0, sharp) == pytest.approx([0.25, 0.25, 0.5])
