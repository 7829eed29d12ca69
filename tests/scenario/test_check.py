"""What the check finds before a scenario is played."""

import dataclasses

import pytest

from fairweather.scenario import Finding, Scenario, check_scenario, parse_scenario


def errors(text: str) -> list[Finding]:
    return [one for one in check_scenario(parse_scenario(text)) if one.severity == "error"]


def test_a_sound_scenario_has_no_errors(text: str) -> None:
    assert errors(text) == []


@pytest.mark.parametrize(
    ("old", "new", "path", "what"),
    [
        ('election = "dove"}\nmade', 'election = "owl"}\nmade', "offers.river.when", "dead branch"),
        ("when = {election", "when = {selection", "offers.river.when", "did you mean"),
        ("hawk = 0.4, dove = 0.6", "hawk = 1, dove = 0", "offers.river.when", "probability 0"),
        ('election = "dove"}\nmade', 'war = "yes"}\nmade', "offers.river.when", "after the offers"),
        ("hawk = 0.4", "hawk = 0.5", "chance.election.outcomes", "sum to 1.1"),
        ("hawk = 0.4, dove = 0.6", "hawk = -0.4, dove = 1.4", "chance.election", "no probability"),
        ('cap = "statements"', 'cap = "statement"', "offers.river.cap", '"statements"'),
        ('obliged = "limited_arms"', 'obliged = "arms"', "commitment.obliged", "no rung"),
        ('["aid", "consultation"]', '["aids"]', "commitment.obligations", '"aid"'),
        ("low = 0.1, mode = 0.4", "low = 0.5, mode = 0.4", "ties.AAA-BBB.economic", "low <= mode"),
        ("trust = {value = 0.5", "trust = {value = 1.5", "ties.AAA-BBB.trust", "-1 to 1"),
        ("a = 2, b = 3", "a = 0, b = 3", "offers.river.made", "0.5 or more"),
        ('given = {war = "no"}', 'given = {war = "perhaps"}', "runs[0]", "impossible"),
        ('given = {war = "no"}', 'given = {vote = "no"}', "runs[0]", "impossible"),
        ('"offers.river.made" = 1', '"offers.rivr.made" = 1', "runs[2]", "rivr"),
        ('"offers.river.made" = 1', '"offers.river.maid" = 1', "runs[2]", "maid"),
        ('"offers.river.made" = 1', '"burden.ABA" = 1', "runs[2]", "burden"),
        ('obliged" = "troops"', 'obliged" = "troop"', "runs[3]", '"troops"'),
        ('against = "war"', 'against = "siege"', "runs[2]", "siege"),
        ('against = "war"', 'against = "war, river offered"', "runs[2]", "beside itself"),
        ('to = "AAA"', 'to = "DDD"', "offers.river.to", "AAA or BBB"),
        (
            "[chance.election]",
            "[constants]\nlambda = 3\n\n[chance.election]",
            "constants",
            "lambda",
        ),
    ],
)
def test_what_cannot_be_played_is_an_error(
    text: str, old: str, new: str, path: str, what: str
) -> None:
    assert old in text
    found = errors(text.replace(old, new))
    assert any(path in one.path and what in one.text() for one in found), found


def test_a_number_without_source_is_a_warning(text: str) -> None:
    bare = text.replace(
        'trust = {value = 0.5, source = "tie:8899aabbccddeeff tie:0123456789abcdef"}', "trust = 0.5"
    )
    warnings = [one for one in check_scenario(parse_scenario(bare)) if one.severity == "warning"]
    assert [one.path for one in warnings] == ["ties.AAA-BBB.trust"]


def test_what_is_not_stated_is_noted_as_assumed(scenario: Scenario) -> None:
    notes = {one.path for one in check_scenario(scenario) if one.severity == "note"}
    assert "ties.AAA-BBB.ideology" in notes
    assert "burden.AAA" in notes
    assert "ties.AAA-BBB.economic" not in notes


def test_an_unknown_actor_is_only_a_warning(scenario: Scenario) -> None:
    found = check_scenario(scenario, known_actors={"AAA", "BBB", "SSS"})
    assert [one.path for one in found if "no actor" in one.message] == ["CCC"]
    assert {one.severity for one in found if "no actor" in one.message} == {"warning"}


def test_more_offers_than_can_be_played_out_are_refused(scenario: Scenario) -> None:
    many = tuple(
        dataclasses.replace(scenario.offers[0], name=f"river_{number}") for number in range(6)
    )
    found = check_scenario(dataclasses.replace(scenario, offers=many))
    assert any("at most" in one.message for one in found)


def test_an_offer_that_no_run_lets_be_made_is_told(scenario: Scenario) -> None:
    never = tuple(
        dataclasses.replace(run, given=(("election", "hawk"), ("war", "yes")))
        for run in scenario.runs
    )
    told = check_scenario(dataclasses.replace(scenario, runs=never))
    assert any(one.path == "offers.river" and "no run in which" in one.message for one in told)
    assert not any("no run in which" in one.message for one in check_scenario(scenario))


def test_more_runs_than_anybody_reads_are_refused_at_once(scenario: Scenario) -> None:
    many = tuple(dataclasses.replace(scenario.runs[1], against="") for _ in range(100_000))
    found = check_scenario(dataclasses.replace(scenario, runs=many))
    assert any(one.severity == "error" and "100,000 runs" in one.message for one in found)
