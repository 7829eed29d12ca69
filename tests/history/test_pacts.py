"""When an agreement binds."""

import datetime as dt

import pytest

from fairweather.history import in_force, pledges_in_force
from fairweather.records import UNDATED, Agreement, Clause, Quote, Stage, When, on

DAY = dt.date(2025, 6, 1)


def agreement(*stages: tuple[str, When], term_years: float | None = None) -> Agreement:
    return Agreement(
        name="the pact of the two rivers",
        parties=("AAA", "BBB"),
        stages=tuple(Stage(stage, date=date) for stage, date in stages),
        clauses=(Clause("consultation", "present"),),
        term_years=term_years,
        quotes=(Quote("document:1", 0, 4, "pact"),),
    )


@pytest.mark.parametrize("stage", ["signed", "ratified", "in_force", "extended"])
def test_an_agreement_binds_from_signature_on(stage: str) -> None:
    assert in_force(agreement((stage, on("2024"))), DAY)


@pytest.mark.parametrize("stage", ["proposed", "promised", "negotiation", "initialled"])
def test_what_is_not_signed_binds_nobody(stage: str) -> None:
    assert not in_force(agreement((stage, on("2024"))), DAY)


@pytest.mark.parametrize("stage", ["terminated", "withdrawn", "expired", "suspended"])
def test_an_agreement_that_ended_no_longer_binds(stage: str) -> None:
    assert not in_force(agreement(("signed", on("2001")), (stage, on("2020"))), DAY)
    assert not in_force(agreement(("signed", on("2001")), (stage, UNDATED)), DAY)


def test_an_agreement_is_judged_by_what_had_happened_by_the_day() -> None:
    pact = agreement(("signed", on("2001")), ("terminated", on("2025-12-01")))
    assert in_force(pact, DAY)
    assert not in_force(pact, dt.date(2026, 1, 1))
    assert not in_force(pact, dt.date(2000, 1, 1))


def test_an_agreement_runs_out_after_its_term_unless_extended() -> None:
    assert not in_force(agreement(("signed", on("2001")), term_years=20), DAY)
    extended = agreement(("signed", on("2001")), ("extended", on("2021")), term_years=20)
    assert in_force(extended, DAY)


def test_an_agreement_told_without_any_stage_is_taken_to_stand() -> None:
    assert in_force(agreement(), DAY)


def test_a_pact_binds_its_parties_only() -> None:
    pact = agreement(("signed", on("2024")))
    assert [pledge.obligation for pledge in pledges_in_force([pact], "BBB", "AAA", DAY)] == [
        "consultation"
    ]
    assert pledges_in_force([pact], "AAA", "CCC", DAY) == ()
