"""The other way round, two runs side by side, and a scenario written again on an earlier day."""

import dataclasses

import pytest

from fairweather.scenario import (
    Scenario,
    check_scenario,
    difference,
    parse_scenario,
    play_scenario,
    play_sentences,
    replayed,
    write_scenario,
)
from fairweather.scenario.chart import ladder_chart

TURNED = """
[[runs]]
name = "the other way"
supporter = "BBB"
adversary = "DDD"
given = {war = "yes"}
"""


def test_a_turned_run_asks_how_far_the_partner_goes(text: str) -> None:
    scenario = parse_scenario(text + TURNED)
    assert [one for one in check_scenario(scenario) if one.severity == "error"] == []
    assert parse_scenario(write_scenario(scenario)) == scenario
    answer = play_scenario(scenario, draws=200).run("the other way")
    assert (answer.supporter, answer.partner) == ("BBB", "AAA")
    assert answer.compared_with == ""
    assert answer.wedges == ()


def test_turning_changes_nothing_for_the_first_side(text: str) -> None:
    with_turned, plain = (
        play_scenario(parse_scenario(one), draws=200).run("war") for one in (text + TURNED, text)
    )
    assert [one.value for one in with_turned.exits] == [one.value for one in plain.exits]
    assert [one.interests.value for one in with_turned.ladder] == [
        one.interests.value for one in plain.ladder
    ]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('supporter = "BBB"', 'supporter = "EEE"', "AAA or BBB"),
        ('adversary = "DDD"', 'adversary = "AAA"', "a third actor"),
        ('adversary = "DDD"', 'against = "war"', "cannot be compared"),
    ],
)
def test_a_turn_that_makes_no_sense_is_refused(text: str, old: str, new: str, what: str) -> None:
    found = check_scenario(parse_scenario(text + TURNED.replace(old, new)))
    assert any(what in one.message for one in found if one.severity == "error")


def test_two_sides_sworn_to_each_other_are_each_played_for_itself(text: str) -> None:
    sworn = text.replace('obliged = "limited_arms"', 'obliged = "troops"').replace(
        "[offers.river]", '[ties.BBB-AAA.commitment]\nobliged = "troops"\n\n[offers.river]'
    )
    play = play_scenario(parse_scenario(sworn + TURNED), draws=200)
    for answer in play.runs:
        total = sum(layered.blend.value or 0.0 for layered in answer.ladder)
        assert total == pytest.approx(1)


def test_a_difference_names_what_was_changed_and_no_more(scenario: Scenario) -> None:
    play = play_scenario(scenario, draws=200)
    found = difference(play, "war", play, "war-sworn-to-fight")
    assert [change.path for change in found.changes] == ["ties.AAA-BBB.commitment.obliged"]
    assert len(found.rungs) == len(play.runs[0].at_least)
    assert difference(play, "war", play, "war").changes == ()


def test_a_bystander_that_touches_nothing_changes_nothing(scenario: Scenario) -> None:
    bystander = dataclasses.replace(
        scenario.threats[0], name="shadow", giver="ZZZ", to="BBB", value=scenario.threats[0].value
    )
    never = dataclasses.replace(scenario.offers[0], name="never", giver="ZZZ")
    more = dataclasses.replace(
        scenario,
        threats=(*scenario.threats, bystander),
        offers=(*scenario.offers, dataclasses.replace(never, when=(("election", "hawk"),))),
    )
    for run in ("war, river offered",):
        with_it, without = (play_scenario(one, draws=200).run(run) for one in (more, scenario))
        assert [one.interests.value for one in with_it.ladder] == pytest.approx(
            [one.interests.value for one in without.ladder], abs=1e-6
        )


def test_a_chart_carries_the_ids_of_its_figures(scenario: Scenario) -> None:
    play = play_scenario(scenario, draws=200)
    rows = next(iter(ladder_chart(play)["datasets"].values()))
    assert {row["figure"] for row in rows} <= {figure.id for figure in play.figures}


def test_a_replay_leaves_out_what_was_not_known(scenario: Scenario) -> None:
    sourced = dataclasses.replace(
        scenario,
        offers=tuple(
            dataclasses.replace(
                offer, value=dataclasses.replace(offer.value, source="claim:0000000000000009")
            )
            for offer in scenario.offers
        ),
    )
    drafted = dataclasses.replace(scenario, as_of="1999-01-01", runs=(), offers=(), threats=())
    early = replayed(sourced, drafted, lambda record: False)
    assert early.scenario.offers == ()
    assert "war, river offered" not in {run.name for run in early.scenario.runs}
    assert any("not known yet" in note for note in early.notes)
    assert any("after the day" in note for note in early.notes)
    late = replayed(sourced, drafted, lambda record: True)
    assert {run.name for run in late.scenario.runs} == {run.name for run in scenario.runs}
    assert play_sentences(play_scenario(early.scenario, draws=100))
