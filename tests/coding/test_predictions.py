"""Predictions: what will, may and will not be, in sentences about many pairs."""

from __future__ import annotations

import pytest

from fairweather.coding.extractor import validate
from fairweather.coding.outlook.predictions import predictions
from fairweather.records import Prediction

SHOWN = 0.5


def found(read, text: str, **about: str) -> list[Prediction]:  # type: ignore[no-untyped-def]
    return [row for row in predictions(read(text, **about)) if row.confidence >= SHOWN]


@pytest.mark.parametrize(
    ("text", "wording", "low", "high"),
    [
        ("Norway will send two frigates to Estonia.", "will", 0.9, 1.0),
        ("Norway may send two frigates to Estonia.", "may", 0.2, 0.8),
        ("Norway is likely to send frigates to Estonia.", "is likely to", 0.55, 0.8),
        ("Norway is unlikely to send frigates to Estonia.", "is unlikely to", 0.2, 0.45),
        ("It is unlikely that Norway will send frigates to Estonia.", "unlikely", 0.2, 0.45),
        ("It is doubtful that Chad will join the bloc.", "doubtful", 0.2, 0.4),
        ("Norway will almost certainly send frigates.", "almost certainly", 0.95, 0.99),
        ("Kenya is expected to ratify the treaty.", "is expected", 0.63, 0.87),
    ],
)
def test_the_words_of_likelihood_give_the_interval(  # type: ignore[no-untyped-def]
    read, text: str, wording: str, low: float, high: float
) -> None:
    (row,) = found(read, text)
    assert row.wording == wording
    assert row.probability is not None
    assert (row.probability.low, row.probability.high) == (low, high)


def test_a_negation_belongs_to_the_statement(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Norway will not send frigates to Estonia.")
    assert row.probability is not None
    assert (row.probability.low, row.probability.high) == (0.9, 1.0)
    assert row.criterion == "no event: AID from NOR to EST"


def test_what_a_state_cannot_do_is_a_near_certain_denial(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Malta cannot supply many tanks to Libya.")
    assert row.wording == "cannot"
    assert row.probability is not None
    assert row.probability.low >= 0.9


def test_a_downtoner_lowers_what_is_possible(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Norway could theoretically sell the port to Sweden.")
    assert row.probability is not None
    assert row.probability.high < 0.5


@pytest.mark.parametrize(
    "text",
    [
        "Will Norway send frigates to Estonia?",
        "Norway may have sent frigates to Estonia.",
        "Norway sent frigates to Estonia.",
        "We will examine the treaty in the next section.",
        "He would later become president of Chile.",
        "Norway was expected to send frigates.",
        "Send the frigates to Estonia.",
        "Norway will always send a frigate when Estonia asks.",
    ],
)
def test_questions_the_past_method_habit_and_orders_foretell_nothing(read, text: str) -> None:  # type: ignore[no-untyped-def]
    assert found(read, text) == []


def test_a_condition_stands_beside_what_would_follow(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "If war breaks out, Norway would support Finland.")
    assert row.condition == "If war breaks out"
    assert row.statement == "Norway would support Finland"
    assert row.criterion == "event: SUPPORT from NOR to FIN"


def test_a_deadline_is_the_horizon(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Kenya will deliver the drones to Uganda by 2027.")
    assert (row.horizon.since, row.horizon.until) == ("2025-06-15", "2027")
    assert row.criterion == "event: AID from KEN to UGA by 2027"
    assert row.outcome == "open"


def test_a_span_ahead_counts_from_publication(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Brazil will probably sign the pact with Angola within six months.")
    assert (row.horizon.since, row.horizon.until) == ("2025-06-15", "2025-12-15")
    assert row.criterion == "agreement stage signed between AGO and BRA by 2025-12-15"


def test_a_promise_with_a_date_can_be_checked(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Japan has promised to sign the treaty with Vietnam in October 2025.")
    assert row.wording == "promised to"
    assert row.criterion == "agreement stage signed between JPN and VNM by 2025-10"


def test_what_nobody_can_check_is_not_scorable(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Relations between Norway and Sweden will remain close.")
    assert row.outcome == "not_scorable"
    assert row.criterion == ""


def test_a_cited_forecast_is_the_speakers(read) -> None:  # type: ignore[no-untyped-def]
    (cited,) = found(read, "Poland said that Belarus would close the border.")
    assert cited.by == "POL"
    (unnamed,) = found(read, "Many experts believe that Belarus will close the border.")
    assert unnamed.by == "unnamed"
    (own,) = found(read, "Belarus will close the border.")
    assert own.by == "author"


def test_odds_in_figures_count_as_such(read) -> None:  # type: ignore[no-untyped-def]
    rows = [*predictions(read("We put the likelihood that Chad will leave at one in four."))]
    assert any(r.probability and r.probability.low < 0.25 < r.probability.high for r in rows)


def test_every_prediction_quotes_the_document(read) -> None:  # type: ignore[no-untyped-def]
    reading = read("Oman may mediate between Iran and Kuwait, and Qatar will help by 2026.")
    kept, refused = validate(reading.document, predictions(reading))
    assert kept
    assert refused == ()


def test_two_forecasts_in_one_sentence_are_two_statements(read) -> None:  # type: ignore[no-untyped-def]
    rows = found(read, "Ghana will close the port, but the Togolese may open a road.")
    assert [row.statement for row in rows] == [
        "Ghana will close the port",
        "the Togolese may open a road",
    ]


def test_a_forecast_by_people_without_a_name_is_not_the_authors(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Teachers have asserted that they will not end the strike in Chile.")
    assert row.by == "unnamed"


def test_what_the_parties_of_a_treaty_are_to_do_is_no_forecast(read):
    text = "Peru and Chile signed a pact. The parties are to consult each other on any threat."
    assert not list(predictions(read(text)))


@pytest.mark.parametrize(
    ("text", "by", "low", "high"),
    [
        ("There is a 30 percent chance that Egypt will strike Chad.", "author", 0.25, 0.35),
        ("It is far from certain that France will ratify the pact.", "author", 0.2, 0.8),
        ("Diplomats doubt that Mali will enforce its order.", "unnamed", 0.2, 0.4),
        ("Analysts expect a truce between Chad and Mali within weeks.", "unnamed", 0.63, 0.87),
        ("Oman's minister hinted that the accord might lapse.", "OMN", 0.2, 0.8),
    ],
)
def test_the_odds_stand_in_the_words_that_govern(  # type: ignore[no-untyped-def]
    read, text: str, by: str, low: float, high: float
) -> None:
    (row,) = predictions(read(text))
    assert (row.by, row.probability.low, row.probability.high) == (by, low, high)
