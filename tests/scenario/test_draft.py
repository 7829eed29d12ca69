"""Drafting: any pair becomes a scenario that can be checked and played as it stands."""

import datetime as dt
from dataclasses import dataclass, field

import pytest

from fairweather.profile import Choice
from fairweather.profile import Offer as PossibleOffer
from fairweather.records import Agreement, Clause, Explained, Quote, Stage, Support, on
from fairweather.scenario import (
    check_scenario,
    draft_scenario,
    parse_scenario,
    play_scenario,
    write_scenario,
)

TODAY = dt.date(2025, 6, 1)


@dataclass(frozen=True)
class Reading:
    value: Explained
    records: tuple[str, ...]


@dataclass(frozen=True)
class Profile:
    """A profile made by hand: what a draft asks of one."""

    a: str = "NOR"
    b: str = "some-armed-group"
    as_of: str = "2025-05"
    known: dict[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    support: tuple[Support, ...] = ()
    adversaries: tuple[tuple[str, tuple[str, ...]], ...] = ()
    offers: tuple[PossibleOffer, ...] = ()
    choices: tuple[Choice, ...] = ()

    def strand(self, strand: str, viewpoint: str) -> Reading:
        low, value, high = self.known.get((strand, viewpoint), (None, None, None))
        figure = Explained(
            method="strand",
            version="1",
            arguments=(self.a, self.b, strand, viewpoint),
            meaning="",
            value=value,
            unit="strand value -1..1",
            low=low,
            high=high,
        )
        return Reading(figure, () if value is None else (f"tie:{strand}",))


def pact(*clauses: Clause) -> Agreement:
    return Agreement(
        name="the fjord pact",
        parties=("NOR", "some-armed-group"),
        stages=(Stage("signed", date=on("2020")),),
        clauses=clauses,
        quotes=(Quote("document:1", 0, 4, "pact"),),
    )


FULL = Profile(
    known={("trust", "NOR"): (-0.2, 0.1, 0.4), ("economic", "some-armed-group"): (0.3, 0.3, 0.3)},
    agreements=(pact(Clause("defense", "absent"), Clause("consultation", "present")),),
    adversaries=(("SWE", ("event:1",)), ("DNK", ("event:2",))),
    offers=(
        PossibleOffer("SWE", "NOR", "some-armed-group", ("event:3",), "labour"),
        PossibleOffer("DNK", "FIN", "NOR", ()),
        PossibleOffer("SWE", "NOR", "some-armed-group", ("event:4",)),
    ),
    choices=(Choice("Storting election", ("labour", "right"), on("2025-09-08"), ("claim:1",)),),
)


@pytest.mark.parametrize("profile", [Profile(), FULL, Profile(a="hezbollah", b="IRN")])
def test_a_draft_of_any_pair_can_be_written_checked_and_played(profile: Profile) -> None:
    drafted = draft_scenario(profile, today=TODAY)
    assert parse_scenario(write_scenario(drafted)) == drafted
    assert [one for one in check_scenario(drafted) if one.severity != "note"] == []
    assert len(play_scenario(drafted, draws=50).runs) == len(drafted.runs)


def test_a_strand_without_evidence_may_lie_anywhere() -> None:
    strands = dict(draft_scenario(FULL).ties[0].strands)
    assert strands["ideology"].parameters == (-1.0, 1.0)
    assert strands["ideology"].assumed


def test_a_strand_with_evidence_keeps_its_band_and_records() -> None:
    trust = dict(draft_scenario(FULL).ties[0].strands)["trust"]
    low, mode, high = trust.parameters
    assert low < -0.2 < mode < 0.4 < high
    assert trust.records == ("tie:trust",)


def test_an_absent_defence_clause_obliges_no_one_to_fight() -> None:
    commitment = draft_scenario(FULL).ties[0].commitment
    assert commitment is not None
    assert commitment.obliged == "none"
    assert commitment.obligations == ("consultation",)
    assert commitment.source == FULL.agreements[0].id


def test_a_present_defence_clause_obliges_troops() -> None:
    profile = Profile(agreements=(pact(Clause("defense", "present")),))
    commitment = draft_scenario(profile).ties[0].commitment
    assert commitment is not None
    assert commitment.obliged == "troops"


def test_the_likeliest_adversary_is_taken_unless_another_is_named() -> None:
    assert draft_scenario(FULL).against == "SWE"
    assert draft_scenario(FULL, against="DNK").against == "DNK"
    assert draft_scenario(Profile()).against == "adversary"


def test_an_offer_hangs_on_the_election_of_who_would_make_it() -> None:
    scenario = draft_scenario(FULL)
    (offer,) = scenario.offers
    assert offer.when == (("storting_election", "labour"),)
    run = next(run for run in scenario.runs if run.name.endswith("made"))
    assert ("storting_election", "labour") in run.given


def test_offers_to_outsiders_are_left_out_and_doubles_joined() -> None:
    assert [(offer.giver, offer.to) for offer in draft_scenario(FULL).offers] == [("SWE", "NOR")]


def test_a_draft_compares_peace_war_each_offer_and_a_sworn_defence() -> None:
    names = [run.name for run in draft_scenario(FULL).runs]
    assert names == ["no war", "war", "war, swe_to_nor made", "war, with a mutual-defence clause"]


def test_a_draft_is_of_the_last_day_of_the_profiles_as_of() -> None:
    assert draft_scenario(FULL).as_of == "2025-05-31"
    assert draft_scenario(Profile(as_of="latest"), today=TODAY).as_of == "2025-06-01"
