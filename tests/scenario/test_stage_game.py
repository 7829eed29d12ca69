"""How support answers to interests: what may raise it and what may not."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.scenario import Run, Scenario, fixed, parse_scenario
from fairweather.scenario.constants import game_inputs
from fairweather.scenario.ladder import make_ladder, support_ladder
from fairweather.scenario.quantity import sample
from fairweather.scenario.runs import apply_run, war_probability, worlds
from fairweather.scenario.stage_game import Crisis, play_stage_game
from fairweather.scenario.stage_tree import play_tree

TEXT = (Path(__file__).parent / "aland-borduria.toml").read_text()
LADDER = support_ladder()
WAR = (("war", "yes"),)
SEEDS = st.integers(0, 10_000)


def drawn(scenario: Scenario, seed: int, draws: int = 16) -> dict[str, np.ndarray]:
    return {
        part.path: sample(
            part.quantity, part.path, seed=seed, draws=draws, low=part.low, high=part.high
        )
        for part in game_inputs(scenario)
    }


def crisis(
    changes: Mapping[str, float | str], seed: int, given: tuple[tuple[str, str], ...] = WAR
) -> Crisis:
    scenario = parse_scenario(TEXT)
    run = Run(
        "test",
        given,
        tuple(
            (path, value if isinstance(value, str) else fixed(value))
            for path, value in changes.items()
        ),
    )
    changed = apply_run(scenario, run)
    inputs = drawn(changed, seed)
    return play_stage_game(changed, inputs, worlds(changed, run), war_probability(changed, run))


def at_least(played: Crisis, rung: str) -> np.ndarray:
    return played.rungs[LADDER.rank(rung) :].sum(axis=0)


@given(seed=SEEDS, war=st.sampled_from(["yes", "no"]))
@settings(max_examples=20)
def test_the_rungs_are_shared_out_completely(seed: int, war: str) -> None:
    played = crisis({}, seed, (("war", war),))
    assert played.rungs.sum(axis=0) == pytest.approx(1)
    for answers in played.responses.values():
        assert sum(answers.values()) == pytest.approx(1)


@given(seed=SEEDS, worth=st.floats(0, 0.9), more=st.floats(0.01, 0.5))
@settings(max_examples=40)
def test_a_better_offer_never_raises_support(seed: int, worth: float, more: float) -> None:
    def beyond_the_cap(value: float) -> np.ndarray:
        changes = {"offers.river.made": 1.0, "offers.river.value": min(value, 1.0)}
        return at_least(crisis(changes, seed), "diplomatic")

    assert (beyond_the_cap(worth + more) <= beyond_the_cap(worth) + 1e-6).all()


@given(seed=SEEDS, rung=st.integers(0, len(LADDER.rungs) - 2))
@settings(max_examples=40)
def test_a_stronger_obligation_never_lowers_support(seed: int, rung: int) -> None:
    def expected(obliged: str) -> np.ndarray:
        played = crisis({"ties.AAA-BBB.commitment.obliged": obliged}, seed)
        return (played.rungs * LADDER.place).sum(axis=0)

    weaker, stronger = LADDER.rungs[rung], LADDER.rungs[rung + 1]
    assert (expected(stronger) >= expected(weaker) - 1e-6).all()


@given(seed=SEEDS, burden=st.floats(0, 0.8), more=st.floats(0.01, 0.2))
@settings(max_examples=40)
def test_a_heavier_burden_never_raises_support(seed: int, burden: float, more: float) -> None:
    def expected(value: float) -> np.ndarray:
        return (crisis({"burden.AAA": value}, seed).rungs * LADDER.place).sum(axis=0)

    assert (expected(burden + more) <= expected(burden) + 1e-6).all()


@given(seed=SEEDS)
@settings(max_examples=10)
def test_a_dearer_partner_gets_more(seed: int) -> None:
    poor, dear = (crisis({"ties.AAA-BBB.trust": value}, seed) for value in (-1.0, 1.0))
    assert (at_least(dear, "statements") >= at_least(poor, "statements")).all()


def test_an_offer_bound_to_another_outcome_changes_nothing() -> None:
    given = (("war", "yes"), ("election", "hawk"))
    small = crisis({"offers.river.value": 0.0}, 1, given)
    large = crisis({"offers.river.value": 1.0}, 1, given)
    assert np.array_equal(small.rungs, large.rungs)


def test_an_open_chance_lies_between_its_outcomes() -> None:
    changes = {"offers.river.made": 1.0}
    hawk, dove = (
        crisis(changes, 2, (("war", "yes"), ("election", outcome))) for outcome in ("hawk", "dove")
    )
    mixed = crisis(changes, 2)
    assert mixed.rungs == pytest.approx(0.4 * hawk.rungs + 0.6 * dove.rungs)


def test_nobody_reneges_at_peace() -> None:
    peace = (("war", "no"),)
    free, sworn = (
        crisis({"ties.AAA-BBB.commitment.obliged": rung}, 3, peace) for rung in ("none", "troops")
    )
    assert np.array_equal(free.rungs, sworn.rungs)


def test_a_rung_told_twice_on_the_ladder_takes_nothing_from_other_nests() -> None:
    rungs = [
        ("none", 0, "no arms", "verbal"),
        ("arms", 1, "arms", "material"),
        ("troops", 2, "forces", "combat"),
    ]
    once = make_ladder(rungs)
    twice = make_ladder([*rungs[:2], ("arms again", 1, "arms", "material"), rungs[2]])
    scenario = parse_scenario(
        TEXT.replace('"limited_arms"', '"arms"')
        .replace('"statements"', '"none"')
        .replace(
            'credibility = {value = 0.4, source = "assumed: ships"}',
            'credibility = 0.4\ncap = "none"',
        )
    )
    run = Run("war", WAR)
    inputs = drawn(scenario, 4)
    short, long = (
        play_stage_game(scenario, inputs, worlds(scenario, run), 1.0, ladder).rungs
        for ladder in (once, twice)
    )
    assert long[0] == pytest.approx(short[0])
    assert long[1] + long[2] == pytest.approx(short[1])
    assert long[3] == pytest.approx(short[2])


@pytest.mark.parametrize("given", [(), WAR, (("election", "dove"),)])
def test_the_factored_game_is_the_game_written_out_as_a_tree(
    given: tuple[tuple[str, str], ...],
) -> None:
    text = TEXT.replace("[[runs]]", "[chance.war]\noutcomes = {yes = 0.3, no = 0.7}\n\n[[runs]]", 1)
    scenario = parse_scenario(text)
    run = Run("test", given)
    inputs = drawn(scenario, 5, draws=200)
    falls, war = worlds(scenario, run), war_probability(scenario, run)
    fast, plain = (play(scenario, inputs, falls, war) for play in (play_stage_game, play_tree))
    assert fast.rungs == pytest.approx(plain.rungs, abs=1e-6)
    assert fast.open == pytest.approx(plain.open, abs=1e-6)
    for path, answers in plain.responses.items():
        for answer, chance in answers.items():
            assert fast.responses[path][answer] == pytest.approx(chance, abs=1e-6)
