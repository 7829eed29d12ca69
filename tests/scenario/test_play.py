"""A played scenario: layers side by side, the same every time, each figure explained."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from fairweather.errors import MisuseError, ScenarioError, UnknownKey
from fairweather.history import base_rate
from fairweather.scenario import Play, Scenario, parse_scenario, play_scenario
from fairweather.scenario.quantity import Quantity, sample, stream

TEXT = (Path(__file__).parent / "aland-borduria.toml").read_text()
DRAWS = 400


@pytest.fixture(scope="module")
def play() -> Play:
    return play_scenario(parse_scenario(TEXT), draws=DRAWS)


def test_the_same_seed_gives_the_same_figures(scenario: Scenario, play: Play) -> None:
    again = play_scenario(scenario, draws=DRAWS)
    assert list(again.figures) == list(play.figures)
    other = play_scenario(scenario, draws=DRAWS, seed=1)
    assert list(other.figures) != list(play.figures)


def test_history_speaks_of_forces_and_arms_in_a_war_and_of_nothing_else(play: Play) -> None:
    war = {layered.name: layered.history for layered in play.run("war").shares}
    assert war["forces"].value == pytest.approx(base_rate("joined.no_defense_since_1945").mean)
    armed = base_rate("armed.no_defense")
    assert war["arms"].value == pytest.approx(armed.mean * (1 - war["forces"].value), abs=0.01)
    assert armed.counted in war["arms"].meaning
    assert "arms: states at war" in {part.name for part in war["arms"].ingredients}
    assert sum(figure.value for figure in war.values()) == pytest.approx(1, abs=0.01)
    rungs = {layered.name: layered.history for layered in play.run("war").ladder}
    assert all("no cases" in figure.meaning for figure in rungs.values())
    assert all(layered.history.value is None for layered in play.run("peace").shares)


def test_history_fixes_the_shares_and_the_game_divides_them(play: Play) -> None:
    war = play.run("war")
    shares = {layered.name: layered for layered in war.shares}
    for share in shares.values():
        assert share.history.value is not None
        assert share.blend.value == pytest.approx(share.history.value, abs=0.01)
    assert sum(layered.blend.value or 0.0 for layered in war.ladder) == pytest.approx(1)


def test_a_sworn_defender_is_compared_with_defence_pacts(play: Play) -> None:
    assert play.run("war").reference.pact == "consultation"
    assert play.run("war-sworn-to-fight").reference.pact == "defense"


def test_the_ladder_only_falls(play: Play) -> None:
    for run in play.runs:
        for layer in ("interests", "blend"):
            values = [getattr(layered, layer).value for layered in run.at_least]
            assert values == sorted(values, reverse=True)


def test_bands_hold_their_value_in_order(play: Play) -> None:
    for figure in play.figures:
        if figure.low is not None and figure.high is not None and figure.method != "wedge":
            assert figure.low <= figure.high


def test_an_offer_lowers_the_share_beyond_its_cap_in_every_draw(play: Play) -> None:
    contrast = next(
        figure
        for figure in play.run("war-river-offered").contrasts
        if figure.arguments[2] == "diplomatic"
    )
    assert contrast.arguments[3] == "war"
    assert contrast.high is not None
    assert contrast.high < 1
    assert any(part.name == "odds ratio" for part in contrast.ingredients)


def test_every_input_names_its_records_its_source_or_that_it_is_assumed(play: Play) -> None:
    figure = play.run("war").ladder[3].blend
    assert set(figure.records) == {
        "tie:0011223344556677",
        "tie:8899aabbccddeeff",
        "tie:0123456789abcdef",
        "agreement:0011223344556677",
    }
    for part in figure.ingredients:
        assert part.records or part.source or part.assumed, part.name


def test_a_figure_is_found_again_by_its_id(play: Play) -> None:
    figure = play.run("war").at_least[2].blend
    assert figure.arguments[0] == play.id
    assert play.figure(figure.id) == figure
    with pytest.raises(UnknownKey):
        play.figure(f"fig:ladder/{play.id}/war/siege/blend@latest")
    with pytest.raises(UnknownKey, match="war"):
        play.run("siege")


def test_ids_of_figures_are_unique(play: Play) -> None:
    ids = [figure.recipe.text() for figure in play.figures]
    assert len(set(ids)) == len(ids)


def test_adding_an_input_never_changes_the_draws_of_another() -> None:
    spread = Quantity("uniform", (0.0, 1.0))
    first = sample(spread, "burden.AAA", seed=3, draws=50, low=0.0, high=1.0)
    sample(spread, "burden.BBB", seed=3, draws=50, low=0.0, high=1.0)
    assert np.array_equal(sample(spread, "burden.AAA", seed=3, draws=50, low=0, high=1), first)
    assert not np.array_equal(stream(3, "burden.BBB").random(50), first)


def test_a_changed_range_keeps_each_draws_place() -> None:
    narrow = sample(Quantity("uniform", (0.0, 0.5)), "x", seed=3, draws=50, low=0, high=1)
    wide = sample(Quantity("triangular", (0.0, 0.2, 1.0)), "x", seed=3, draws=50, low=0, high=1)
    assert np.array_equal(np.argsort(narrow), np.argsort(wide))


@pytest.mark.parametrize(
    "quantity",
    [
        Quantity("beta", (2.0, 3.0)),
        Quantity("triangular", (0.1, 0.3, 0.8)),
        Quantity("normal", (0.5, 0.1)),
        Quantity("uniform", (0.2, 0.6)),
        Quantity("fixed", (0.4,)),
    ],
)
def test_draws_have_the_mean_of_their_distribution(quantity: Quantity) -> None:
    values = sample(quantity, "x", seed=5, draws=20_000, low=0.0, high=1.0)
    assert values.mean() == pytest.approx(quantity.mean, abs=0.005)


def test_the_exits_of_both_sides_leave_room_for_staying(play: Play) -> None:
    for run in play.runs:
        total = sum(figure.value or 0.0 for figure in run.exits)
        assert 0 < total < 1


def test_a_better_offer_makes_leaving_likelier(scenario: Scenario, play: Play) -> None:
    better = dataclasses.replace(
        scenario, offers=(dataclasses.replace(scenario.offers[0], value=Quantity("fixed", (1.0,))),)
    )
    raised = play_scenario(better, draws=DRAWS).run("war, river offered").exits[0]
    before = play.run("war, river offered").exits[0]
    assert (raised.value or 0) > (before.value or 0)


def test_a_partner_worth_little_needs_no_wedge(text: str) -> None:
    poor = text.replace("trust = {value = 0.5", "trust = {value = -1.0").replace(
        "low = 0.1, mode = 0.4, high = 0.6", "low = -1.0, mode = -1.0, high = -0.9"
    )
    wedge = play_scenario(parse_scenario(poor), draws=DRAWS).run("war").wedges[0]
    assert wedge.value == 0


def test_no_offer_buys_off_a_supporter_who_disbelieves_it(text: str) -> None:
    strands = "\n".join(
        f"{strand} = 1.0" for strand in ("ideology", "geopolitical", "military", "exit_option")
    )
    loyal = (
        text.replace('credibility = {value = 0.5, source = "assumed: half"}', "credibility = 0.0")
        .replace("[ties.AAA-BBB]", f"[ties.AAA-BBB]\n{strands}")
        .replace("trust = {value = 0.5", "trust = {value = 1.0")
        .replace("high = 0.3, source", "high = 1.0, source")
    )
    wedge = play_scenario(parse_scenario(loyal), draws=DRAWS).run("war").wedges[0]
    assert wedge.value is None


def test_an_offer_that_cannot_be_made_has_no_price(text: str) -> None:
    hawk = text.replace(
        'name = "war"\ngiven = {war = "yes"}',
        'name = "war"\ngiven = {war = "yes", election = "hawk"}',
    )
    assert play_scenario(parse_scenario(hawk), draws=DRAWS).run("war").wedges == ()


def test_an_earned_blend_lets_interests_move_historys_share(text: str) -> None:
    earned = text.replace(
        "[chance.election]", "[constants]\nblend_weight = 0.5\n\n[chance.election]"
    )
    for read, moved in ((text, False), (earned, True)):
        play = play_scenario(parse_scenario(read), draws=DRAWS)
        offered = play.run("war, river offered")
        war, made = (
            next(layered.blend.value for layered in run.shares if layered.name == "forces")
            for run in (play.run("war"), offered)
        )
        assert ((made or 0) < (war or 0) - 1e-6) == moved


def test_what_the_check_refuses_is_not_played(text: str) -> None:
    with pytest.raises(ScenarioError, match="sum to"):
        play_scenario(parse_scenario(text.replace("hawk = 0.4", "hawk = 0.5")))


def test_a_play_needs_two_draws(scenario: Scenario) -> None:
    with pytest.raises(MisuseError):
        play_scenario(scenario, draws=1)


def test_a_scenario_without_runs_is_played_at_peace(scenario: Scenario) -> None:
    play = play_scenario(dataclasses.replace(scenario, runs=()), draws=DRAWS)
    assert [run.slug for run in play.runs] == ["base"]
    assert play.runs[0].war_chance == 0
