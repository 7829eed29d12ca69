"""Scenario files: what they may say, and that writing one loses nothing."""

import string

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fairweather.errors import ScenarioError
from fairweather.scenario import (
    ChanceNode,
    Commitment,
    Offer,
    Quantity,
    Restraint,
    Run,
    Scenario,
    TieView,
    parse_scenario,
    scenario_id,
    write_scenario,
)
from fairweather.scenario.quantity import SHAPES
from fairweather.vocabulary import vocabulary

WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
NAMES = st.text(string.ascii_letters + string.digits + "_-", min_size=1, max_size=8)
NUMBERS = st.floats(-1e9, 1e9, allow_nan=False)
DAYS = st.dates().map(lambda day: day.isoformat()) | st.sampled_from(["2025", "2025-03"])
STRANDS = st.sampled_from([name for name in vocabulary("strands") if name != "commitment"])


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    shape = draw(st.sampled_from(sorted(SHAPES)))
    parameters = tuple(draw(NUMBERS) for _ in SHAPES[shape])
    return Quantity(shape, parameters, draw(WORDS))


def named(values: st.SearchStrategy[object]) -> st.SearchStrategy[tuple[object, ...]]:
    return st.lists(st.tuples(NAMES, values), max_size=2, unique_by=lambda item: item[0]).map(tuple)


MAYBE = st.none() | quantities()


def offers(kind: str) -> st.SearchStrategy[tuple[Offer, ...]]:
    offer = st.builds(
        Offer,
        kind=st.just(kind),
        name=NAMES,
        giver=WORDS,
        to=WORDS,
        value=quantities(),
        credibility=quantities(),
        made=MAYBE,
        against=WORDS,
        when=named(WORDS),
        cap=WORDS,
    )
    return st.lists(offer, max_size=2, unique_by=lambda item: item.name).map(tuple)


TIES = st.builds(
    TieView,
    st.just("AAA"),
    st.just("BBB"),
    st.lists(st.tuples(STRANDS, quantities()), max_size=3, unique_by=lambda item: item[0]).map(
        tuple
    ),
    st.none()
    | st.builds(
        Commitment,
        obliged=WORDS.filter(bool),
        value=MAYBE,
        audience_cost=MAYBE,
        obligations=st.lists(WORDS, max_size=2).map(tuple),
        bilateral=st.sampled_from([None, True, False]),
        source=WORDS,
    ),
)

RUNS = st.builds(
    Run,
    WORDS,
    named(WORDS),
    named(quantities() | WORDS | st.booleans() | st.lists(WORDS, max_size=2).map(tuple)),
    WORDS,
)

SCENARIOS = st.builds(
    Scenario,
    question=WORDS,
    as_of=DAYS,
    horizon_months=st.integers(1, 600),
    supporter=st.just("AAA"),
    partner=st.just("BBB"),
    against=WORDS.filter(lambda actor: actor not in ("", "AAA", "BBB")),
    chance=st.lists(
        st.builds(ChanceNode, NAMES, named(NUMBERS), st.just("") | DAYS, WORDS),
        max_size=2,
        unique_by=lambda node: node.name,
    ).map(tuple),
    ties=st.lists(TIES, max_size=1).map(tuple),
    burden=named(quantities()),
    risk=named(quantities()),
    identity=named(quantities()),
    offers=offers("offer"),
    threats=offers("threat"),
    restraint=st.none() | st.builds(Restraint, MAYBE, MAYBE),
    constants=named(quantities()),
    runs=st.lists(RUNS, max_size=2).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SCENARIOS)
def test_a_written_scenario_reads_back_to_itself(scenario: Scenario) -> None:
    written = write_scenario(scenario)
    assert parse_scenario(written) == scenario
    assert write_scenario(parse_scenario(written)) == written


def test_layout_and_comments_are_no_part_of_a_scenarios_id(text: str) -> None:
    spaced = text.replace("\n[", "\n# a comment\n\n\n[")
    assert scenario_id(parse_scenario(spaced)) == scenario_id(parse_scenario(text))
    other = text.replace("value = 0.5", "value = 0.4")
    assert scenario_id(parse_scenario(other)) != scenario_id(parse_scenario(text))


def test_two_years_are_twenty_four_months(scenario: Scenario) -> None:
    assert scenario.horizon_months == 24


def test_norway_is_no_truth_value(text: str) -> None:
    assert "NO" in parse_scenario(text.replace("CCC", "NO")).actors


@pytest.mark.parametrize(
    ("wrong", "right", "hint"),
    [
        ("credibillity", "credibility", "credibility"),
        ("econmic", "economic", "economic"),
        ("audience_costs", "audience_cost", "audience_cost"),
        ("givn", "given", "given"),
        ("supporterr", "supporter", "supporter"),
    ],
)
def test_an_unknown_key_gets_a_suggestion(text: str, wrong: str, right: str, hint: str) -> None:
    with pytest.raises(ScenarioError, match=hint) as caught:
        parse_scenario(text.replace(right, wrong, 1), "river.toml")
    assert str(caught.value).startswith("river.toml:")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"2 years"', '"soon"', "24 months"),
        ("2025-03-01", '"last spring"', "date"),
        ("{value = 0.5, source", "{dist = 'triangel', value = 0.5, source", "triangular"),
        ("mode = 0.4, ", "", "mode"),
        ("value = 0.2", "value = true", "number"),
        ("value = 0.2", "value = nan", "number"),
        ("[ties.AAA-BBB]", "[ties.BBB-CCC]", "AAA-BBB or BBB-AAA"),
        ("[offers.river]", '[offers."ri.ver"]', "letters"),
        ("bilateral = true", "bilateral = 1", "true or false"),
        ("question =", "question", "TOML"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused(text: str, old: str, new: str, what: str) -> None:
    assert old in text
    with pytest.raises(ScenarioError, match=what):
        parse_scenario(text.replace(old, new))


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ('partner = "AAA"', "AAA is the supporter already"),
        ('against = "BBB"', "BBB is the partner already"),
        ('against = ""', "must name an actor"),
    ],
)
def test_supporter_partner_and_adversary_are_three(text: str, line: str, wrong: str) -> None:
    key = line.partition(" ")[0]
    lines = [line if one.startswith(f"{key} =") else one for one in text.splitlines()]
    with pytest.raises(ScenarioError, match=wrong):
        parse_scenario("\n".join(lines))
