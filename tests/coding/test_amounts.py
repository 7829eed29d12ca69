"""Amounts: sums, counts and terms in sentences about many pairs, and numbers that are none."""

from __future__ import annotations

import pytest

from fairweather.coding.amounts.coder import amounts
from fairweather.coding.amounts.numerals import numerals
from fairweather.coding.extractor import validate
from fairweather.records import Amount

SHOWN = 0.5


def found(read, text: str, **about: str) -> list[Amount]:  # type: ignore[no-untyped-def]
    return [amount for amount in amounts(read(text, **about)) if amount.confidence >= SHOWN]


def values(rows: list[Amount]) -> list[tuple[float, str, str]]:
    return [(row.value, row.unit, row.bound) for row in rows]


@pytest.mark.parametrize(
    ("written", "value", "bound"),
    [
        ("two and a half million", 2_500_000, "exact"),
        ("one hundred and twenty-five", 125, "exact"),
        ("half a million", 500_000, "exact"),
        ("nearly 1.2 billion", 1_200_000_000, "about"),
        ("more than 1,650", 1650, "at_least"),
        ("up to three dozen", 36, "at_most"),
        ("5,000 or more", 5000, "at_least"),
        ("hundreds of thousands of", 200_000, "at_least"),
    ],
)
def test_a_number_is_read_with_its_scale_and_hedge(written: str, value: float, bound: str) -> None:
    (numeral,) = numerals(written)
    assert (numeral.value, numeral.bound) == (value, bound)


@pytest.mark.parametrize("written", ["S-300 and F-16", "the 31st", "at 10:30", "the 1990s"])
def test_a_type_an_ordinal_a_time_and_a_decade_are_no_numbers(written: str) -> None:
    assert numerals(written) == ()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Oman lent Kenya $42 million.", (42e6, "USD", "exact")),
        ("Germany paid €1.2 bn to Poland.", (1.2e9, "EUR", "exact")),
        ("Japan offered Vietnam 600 billion yen.", (600e9, "JPY", "exact")),
        ("Saudi Arabia lent Egypt some 40m riyals.", (40e6, "SAR", "about")),
        ("Jordan raised over 30 million dinars.", (30e6, "JOD", "at_least")),
        ("Poland bought up to 250 tanks from South Korea.", (250, "tanks", "at_most")),
        ("Turkey delivered two dozen drones to Mali.", (24, "drones", "exact")),
        ("Libya exports 900,000 barrels per day.", (900_000, "barrels_per_day", "exact")),
        ("Chile cut its tariff by 15 percent.", (15, "percent", "exact")),
        ("India sold Nepal 40,000 tonnes of rice.", (40_000, "tonnes", "exact")),
        ("At least 53 soldiers were killed in Niger.", (53, "troops", "at_least")),
        ("Ghana and Togo signed a 20-year pact.", (20, "years", "exact")),
        ("They agreed to a 60-day truce.", (60, "days", "exact")),
    ],
)
def test_an_amount_has_value_unit_and_bound(read, text: str, row: tuple[float, str, str]) -> None:  # type: ignore[no-untyped-def]
    assert row in values(found(read, text))


@pytest.mark.parametrize(
    "text",
    [
        "Finland bought F-35 fighters and S-300 batteries from nobody.",
        "Peru marked the 31st anniversary of the war.",
        "Cuba invoked Article 5 of the treaty.",
        "One of the ministers left Lima.",
        "The two countries signed a pact in 2019.",
        "An 85-year-old man met the president of Chile.",
        "Laos closed the border on 12 May 2024.",
        "Three days later Laos opened the border.",
    ],
)
def test_a_date_a_type_an_age_and_a_reference_are_no_amounts(read, text: str) -> None:  # type: ignore[no-untyped-def]
    assert found(read, text) == []


def test_the_same_sum_in_another_currency_names_the_first(read) -> None:  # type: ignore[no-untyped-def]
    first, second = found(read, "Jordan gave Lebanon more than JD 30 million (around $42 million).")
    assert values([first, second]) == [(30e6, "JOD", "at_least"), (42e6, "USD", "about")]
    assert (first.equivalent_of, second.equivalent_of) == ("", first.id)


def test_two_sums_for_two_things_are_no_equivalents(read) -> None:  # type: ignore[no-untyped-def]
    rows = found(read, "Norway gave $5 million to Kenya and €3 million to Ghana.")
    assert [row.equivalent_of for row in rows] == ["", ""]


def test_a_range_is_a_floor_and_a_ceiling(read) -> None:  # type: ignore[no-untyped-def]
    rows = found(read, "Brazil will send between 50 and 60 drones to Angola.")
    assert values(rows) == [(50, "drones", "at_least"), (60, "drones", "at_most")]


def test_a_rise_is_two_figures_and_no_range(read) -> None:  # type: ignore[no-untyped-def]
    rows = found(read, "Duties on Indian steel fell from 25 to 15 percent.")
    assert values(rows) == [(25, "percent", "exact"), (15, "percent", "exact")]


def test_over_sixty_days_is_a_stretch_of_time_and_no_floor(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Mali will free the men over 60 days.")
    assert row.bound == "exact"


def test_a_currency_said_once_holds_for_the_rest_of_the_sentence(read) -> None:  # type: ignore[no-untyped-def]
    rows = found(read, "Of the 350 billion dollars, 150 billion is meant for Korean ships.")
    assert values(rows)[1] == (150e9, "USD", "exact")


def test_what_is_counted_is_told_with_its_fate(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Eleven Kenyan soldiers were killed in Somalia.")
    assert row.measures == "Kenyan soldiers killed"
    assert set(row.about) == {"KEN", "SOM"}


def test_a_bare_number_beside_killing_counts_casualties(read) -> None:  # type: ignore[no-untyped-def]
    rows = found(read, "The raid killed 85 people and wounded more than 300.")
    assert values(rows) == [(85, "people", "exact"), (300, "casualties", "at_least")]


def test_a_loan_is_what_the_sum_measures(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "China offered Laos a loan of 1.3 billion euros.")
    assert row.measures == "loan"


def test_an_amount_carries_the_date_of_its_clause(read) -> None:  # type: ignore[no-untyped-def]
    (row,) = found(read, "Qatar paid Sudan $30 million in March 2021.")
    assert row.date.since == "2021-03"


def test_every_amount_quotes_the_document(read) -> None:  # type: ignore[no-untyped-def]
    reading = read("Spain sold Morocco 40 tanks for €90 million (about $98 million).")
    kept, refused = validate(reading.document, amounts(reading))
    assert len(kept) == 3
    assert refused == ()
