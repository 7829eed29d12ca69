"""A mechanism on record becomes a file that plays, with what is unknown marked as assumed."""

import pytest

from fairweather.errors import ScenarioError
from fairweather.records import Link, Mechanism, Member, Stage, When
from fairweather.scenario.mechanisms import draft_mechanism, parse_mechanism
from fairweather.scenario.mechanisms.drafting import DRAFTERS

SEVERAL = (
    Member("FRA", "accuser"),
    Member("GBR", "accused"),
    Member("NOR", "mediator", since="2020"),
)
LINKS = (
    Link("Dover", "Calais", status="closed", amount="", date=When("2024-01", "2024-01", "month")),
    Link("Calais", "Paris", amount="EUR 4,000,000"),
)


def on_record(kind: str) -> Mechanism:
    stages = (Stage("charged", date=When("2024-03-01", "2024-03-01", "day")),)
    return Mechanism(
        id="mechanism:own",
        name='The "tunnel" affair',
        kind=kind,
        members=SEVERAL,
        links=LINKS,
        stages=stages if kind == "legal_process" else (),
    )


@pytest.mark.parametrize("kind", sorted(DRAFTERS))
def test_a_draft_plays_and_admits_what_is_assumed(kind: str) -> None:
    model = parse_mechanism(draft_mechanism(on_record(kind), "2025-01-01"), "draft.toml")
    answer = model.play()
    assert answer.sentences
    assert model.heading.name == 'The "tunnel" affair'


def test_a_sum_on_record_is_taken_over_with_its_source() -> None:
    text = draft_mechanism(on_record("finance"), "2025-01-01")
    assert '{value = 4000000.0, source = "mechanism:own"}' in text
    assert 'currency = "EUR"' in text


def test_a_mechanism_without_a_model_is_refused() -> None:
    with pytest.raises(ScenarioError, match="no model of 'basing'"):
        draft_mechanism(on_record("basing"), "2025-01-01")


def test_a_network_without_links_is_not_made_up() -> None:
    record = Mechanism(id="mechanism:own", name="x", kind="corridor", members=SEVERAL)
    with pytest.raises(ScenarioError, match="no link is on record"):
        draft_mechanism(record, "2025-01-01")
