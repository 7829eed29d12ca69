"""Why a run comes out as it does: shares that add up, inputs that matter, what would tip it."""

import dataclasses

import numpy as np
import pytest

from fairweather.errors import MisuseError, UnknownKey
from fairweather.scenario import Scenario, parse_scenario, play_scenario
from fairweather.scenario.explanation import (
    explain_run,
    explained_figure,
    explanation_sentences,
)
from fairweather.scenario.explanation.chips import chips
from fairweather.scenario.explanation.counterfactual import (
    ANSWER,
    SCALE,
    counterfactuals,
    word_for,
)
from fairweather.scenario.explanation.sensitivity import effects
from fairweather.scenario.explanation.shapley import shapley_shares
from fairweather.scenario.explanation.target import Target, run_of
from fairweather.scenario.explanation.thresholds import thresholds
from fairweather.scenario.explanation.words import shared_out
from fairweather.scenario.naming import plain_name
from fairweather.scenario.quantity import fixed
from fairweather.scenario.spec import Run


def test_the_shares_of_the_switches_sum_to_the_difference(scenario: Scenario) -> None:
    _, peace = run_of(scenario, "peace")
    _, offered = run_of(scenario, "war-river-offered")
    found = shapley_shares(scenario, offered, peace, "diplomatic", seed=0, draws=200)
    names = {name for name, _ in found.shares}
    assert names == {"given.war", "given.election", "set.offers.river.made"}
    total = sum(share for _, share in found.shares)
    assert total == pytest.approx(found.after - found.before)


def test_an_offer_on_the_table_takes_support_away(scenario: Scenario) -> None:
    _, war = run_of(scenario, "war")
    _, offered = run_of(scenario, "war-river-offered")
    found = shapley_shares(scenario, offered, war, "diplomatic", seed=0, draws=200)
    assert dict(found.shares)["set.offers.river.made"] < 0


@pytest.mark.parametrize(
    ("changes", "total", "told"),
    [
        ([0.076], 5, [5]),
        ([0.11, -0.02], 10, [10, 0]),
        ([0.02, 0.02, 0.02], 5, [5, 0, 0]),
        ([-0.26, 0.03], -25, [-25, 0]),
        ([0.004], 0, [0]),
    ],
)
def test_shares_as_told_add_up_to_the_difference_as_told(
    changes: list[float], total: int, told: list[int]
) -> None:
    assert shared_out(changes, total) == told


def test_inputs_of_the_other_sides_view_do_not_matter(scenario: Scenario) -> None:
    pytest.importorskip("SALib")
    found = {
        one.path: one for one in effects(Target.of(scenario, run_of(scenario, "war")[1]), seed=0)
    }
    assert found["constants.sensitivity"].matters or found["ties.AAA-BBB.military"].matters
    assert not any(one.matters for path, one in found.items() if path.startswith("ties.BBB-AAA"))
    assert found["ties.BBB-AAA.trust"].total == 0


def test_both_methods_put_the_same_input_first_or_second(scenario: Scenario) -> None:
    pytest.importorskip("SALib")
    target = Target.of(scenario, run_of(scenario, "war, river offered")[1])
    first = [effects(target, seed=1, method=method)[0].path for method in ("sobol", "morris")]
    second = [effects(target, seed=1, method=method)[1].path for method in ("sobol", "morris")]
    assert first[0] in (first[1], second[1])
    with pytest.raises(MisuseError, match="sobol and morris"):
        effects(target, seed=1, method="fast")


def test_a_threshold_is_where_the_answer_crosses_the_line(scenario: Scenario) -> None:
    _, run = run_of(scenario, "war")
    target = Target.of(scenario, run)
    now = float(target.chance(target.drawn(seed=0, draws=200)).mean())
    line = now - 0.05
    crossings = thresholds(target, line=line, seed=0, paths=("ties.AAA-BBB.trust",))
    (found,) = crossings
    drawn = target.drawn(seed=0, draws=200)
    drawn["ties.AAA-BBB.trust"] = drawn["ties.AAA-BBB.trust"] * 0 + found.value
    assert float(target.chance(drawn).mean()) == pytest.approx(line, abs=0.01)


def test_an_explanation_speaks_and_its_figures_are_found_again(scenario: Scenario) -> None:
    pytest.importorskip("SALib")
    explanation = explain_run(scenario, "war-river-offered")
    texts = [sentence.text for sentence in explanation_sentences(explanation)]
    assert any("do not matter" in text for text in texts)
    assert any("bargaining chip" in text for text in texts)
    figures = list(explanation.figures)
    for figure in (figures[0], figures[-1]):
        assert explained_figure(scenario, figure.id) == figure
    assert len({figure.id for figure in figures}) == len(figures)
    assert explanation.after == pytest.approx(
        _beyond_words(scenario, "war-river-offered"), abs=0.02
    )


def test_a_higher_rung_is_a_smaller_chip(scenario: Scenario) -> None:
    _, run = run_of(scenario, "war")
    worth = [chip.worth for chip in chips(Target.of(scenario, run), seed=0).values()]
    assert worth == sorted(worth, reverse=True)
    assert worth[0] > 3 * worth[-1] > 0


def test_a_chip_is_what_a_plain_logit_loses_in_closed_form(scenario: Scenario) -> None:
    """Without nests and offers it is the fall of the log of the summed odds, over lambda."""
    plain = (("constants.dissimilarity", fixed(1.0)), ("offers.river.made", fixed(0.0)))
    run = Run("plain", given=(("war", "yes"),), changes=plain)
    bare = dataclasses.replace(scenario, threats=())
    target = Target.of(bare, run)
    drawn = target.drawn(seed=0, draws=1000)
    sensitivity = drawn["constants.sensitivity"]
    weight = np.concatenate([np.array(part) for part in target.ladder.weights])
    assert np.concatenate(target.ladder.nests).tolist() == list(range(len(weight)))
    odds = weight[:, None] * np.exp(sensitivity * target.payoffs(drawn))
    for rung, chip in chips(target, seed=0).items():
        below = odds[: target.ladder.rank(rung)].sum(axis=0)
        lost = (np.log(odds.sum(axis=0)) - np.log(below)) / sensitivity
        assert chip.worth == pytest.approx(lost.mean(), rel=1e-3)


def test_the_nearest_change_brings_the_next_word(scenario: Scenario) -> None:
    _, run = run_of(scenario, "war, river offered")
    target = Target.of(scenario, run)
    drawn = target.drawn(seed=0, draws=1000)
    now = SCALE[word_for(float(target.chance(drawn).mean()))]
    found = [one for one in counterfactuals(target, seed=0) if one.asked == ANSWER]
    assert found
    for one in found:
        assert one.before == now
        assert abs(SCALE.index(one.after) - SCALE.index(now)) == 1
        moved = drawn | {move.path: np.full(1000, move.value) for move in one.moves}
        chance = float(target.chance(moved).mean())
        words = {SCALE[word_for(chance + slack)] for slack in (-0.015, 0.015)}
        assert one.after in words
        assert {move.path for move in one.moves}.isdisjoint(dict(run.changes))


def test_two_inputs_are_told_only_where_they_come_nearer_than_one(scenario: Scenario) -> None:
    for name in ("war", "war, river offered"):
        for rung in ("diplomatic", "troops"):
            target = Target.of(scenario, run_of(scenario, name)[1], rung)
            found = counterfactuals(target, seed=0)
            one = {(way.asked, way.after): way for way in found if len(way.moves) == 1}
            two = {(way.asked, way.after): way for way in found if len(way.moves) == 2}
            for asked in one.keys() & two.keys():
                assert two[asked].distance < one[asked].distance


def test_every_input_has_a_name_that_can_be_read(scenario: Scenario) -> None:
    names = [plain_name(part.path) for part in Target.of(scenario, scenario.runs[0]).inputs]
    assert len(set(names)) == len(names)
    assert not any("." in name or "_" in name for name in names)
    assert plain_name("ties.AAA-BBB.trust") == "AAA's view of BBB (trust)"
    assert plain_name("ties.AAA-BBB.commitment.obliged") == "the rung that is obliged (AAA to BBB)"
    assert plain_name("ties.hezbollah-lb-IRN.trust") == "the view hezbollah-lb-IRN (trust)"


def test_without_the_extra_all_but_the_effects_is_explained(
    scenario: Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    heard: list[str] = []
    explanation = explain_run(scenario, "war-river-offered", progress=heard.append)
    assert explanation.switches
    assert explanation.chips
    assert not explanation.effects
    assert explanation.structural is None
    assert any("fairweather[sens]" in one.text for one in explanation_sentences(explanation))
    assert len(heard) == 5


def _beyond_words(scenario: Scenario, run: str) -> float:
    rungs = play_scenario(scenario, draws=1000).run(run).at_least
    return next(one.interests.value or 0.0 for one in rungs if one.name == "diplomatic")


def test_a_wrong_rung_or_run_gets_a_suggestion(text: str) -> None:
    scenario = parse_scenario(text)
    with pytest.raises(UnknownKey, match='did you mean "diplomatic"'):
        explain_run(scenario, "war", rung="diplomatc")
    with pytest.raises(UnknownKey, match="war"):
        explain_run(scenario, "wra")
