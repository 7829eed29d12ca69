"""Which cases a pair is compared with, and what they say."""

import datetime as dt

import pytest

from fairweather.history import (
    base_rate,
    history_of_pair,
    no_cases,
    pact_class,
    reference_class,
)
from fairweather.records import Agreement, Clause, Quote, Stage, on

DAY = dt.date(2025, 6, 1)


def agreement(*clauses: Clause, parties: tuple[str, ...] = ("AAA", "BBB")) -> Agreement:
    return Agreement(
        name="the pact of the two rivers",
        parties=parties,
        clauses=clauses,
        stages=(Stage("signed", date=on("2020-01-01")),),
        quotes=(Quote("document:1", 0, 4, "pact"),),
    )


def test_the_strongest_obligation_names_the_class() -> None:
    assert pact_class(["consultation", "defense", "economic"]) == "defense"
    assert pact_class(["consultation", "neutrality", "nonaggression"]) == "neutrality"
    assert pact_class(["nonaggression", "consultation"]) == "nonaggression_consultation"
    assert pact_class(["non_siding", "intelligence"]) == "other"


def test_trade_alone_makes_no_pact() -> None:
    assert pact_class(["economic"]) == pact_class([]) == "none"


def test_a_pact_without_a_defence_pledge_is_compared_with_the_203_allied_states() -> None:
    for obligations in (["consultation"], ["neutrality"], ["non_siding", "aid"]):
        rate = reference_class(obligations).rate
        assert rate.counted == "7 of 203"


def test_thin_classes_give_way_to_wider_ones_but_stay_visible_only_when_they_speak() -> None:
    reference = reference_class(["consultation"])
    assert base_rate("joined.consultation_since_1945").cases < 50
    assert all(rival.cases >= 50 for rival in reference.rivals)


def test_a_defence_pact_of_two_is_compared_with_bilateral_pacts() -> None:
    of_two = reference_class(["defense"], bilateral=True).rate
    of_many = reference_class(["defense"], bilateral=False).rate
    assert of_two.name == "joined.defense_bilateral_since_1945"
    assert of_many.name == "joined.defense_since_1945"


def test_the_figure_names_its_agreements_cases_and_source() -> None:
    pact = agreement(Clause("defense", "present"))
    reference, figure = history_of_pair([pact], "AAA", "BBB", DAY)
    assert reference.pact == "defense"
    assert figure.records == (pact.id,)
    assert figure.value is not None
    assert figure.low is not None
    assert figure.high is not None
    assert figure.low < figure.value < figure.high
    assert "7 of 62" in figure.meaning
    assert any("Palmer" in part.source for part in figure.ingredients)


def test_history_reads_alike_in_both_directions() -> None:
    pact = agreement(Clause("consultation", "present"))
    assert (
        history_of_pair([pact], "AAA", "BBB", DAY)[1].value
        == history_of_pair([pact], "BBB", "AAA", DAY)[1].value
    )


def test_what_no_data_cover_has_no_value() -> None:
    figure = no_cases("arms", ("AAA", "BBB"))
    assert figure.value is None
    assert "no cases" in figure.meaning


@pytest.mark.parametrize("state", ["absent", "disputed"])
def test_a_clause_that_is_not_there_obliges_no_one_to_fight(state: str) -> None:
    reference, _ = history_of_pair([agreement(Clause("defense", state))], "AAA", "BBB", DAY)
    assert reference.pact == "none"
