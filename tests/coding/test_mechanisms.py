"""Mechanisms: the standing arrangements that a text says exist."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fairweather.coding.extractor import validate
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.mechanisms.coder import mechanisms
from fairweather.records import Mechanism

Read = Callable[..., Reading]
Told = Callable[..., list[Mechanism]]


@pytest.fixture(scope="session")
def told(read: Read) -> Told:
    """The mechanisms of a few sentences, each with quotes that stand in them."""

    def coded(text: str, **about: str) -> list[Mechanism]:
        reading = read(text, **about)
        kept, refused = validate(reading.document, mechanisms(reading))
        assert refused == ()
        return [record for record in kept if isinstance(record, Mechanism)]

    return coded


def roles(mechanism: Mechanism) -> set[tuple[str, str]]:
    """Who takes part, and as what."""
    return {(member.actor, member.role) for member in mechanism.members}


@pytest.mark.parametrize(
    "text",
    [
        "France and Russia opened a hotline between their armed forces in 2019.",
        "A hotline between French and Russian forces has been open since 2019.",
        "All know of the conflict prevention mechanism in Chad between French and Russian forces.",
    ],
)
def test_a_channel_that_keeps_forces_apart_has_two_parties(told: Told, text: str) -> None:
    (channel,) = told(text)
    assert channel.kind == "deconfliction"
    assert roles(channel) == {("FRA", "party"), ("RUS", "party")}


@pytest.mark.parametrize(
    "text",
    [
        "A hotline between India and Pakistan could prevent clashes.",
        "Oman offered to mediate between Iran and Saudi Arabia.",
        "If the pipeline from Azerbaijan to Turkey were closed, prices would rise.",
        "Kenya plans a strategic dialogue with Uganda.",
        "Might Peru and Chile form a bloc?",
        "Spain tried to convince Morocco. Peru charged Chile a fee.",
    ],
)
def test_what_might_be_is_no_mechanism(told: Told, text: str) -> None:
    assert told(text) == []


def test_a_mediator_stands_between_two_parties(told: Told) -> None:
    (mediation,) = told("Norway mediated between Colombia and Venezuela in Oslo last week.")
    assert roles(mediation) == {("NOR", "mediator"), ("COL", "party"), ("VEN", "party")}


def test_mediators_who_host_talks_mediate_for_the_pair_in_focus(told: Told) -> None:
    (mediation,) = told(
        "Sudan and Ethiopia are at odds. Sudan shelled Ethiopia. African mediators Kenya and "
        "Ghana, backed by Canada, have hosted ten days of talks.",
        title="Sudan and Ethiopia",
    )
    assert {("KEN", "mediator"), ("GHA", "mediator")} <= roles(mediation)
    assert {("SDN", "party"), ("ETH", "party")} <= roles(mediation)
    assert "CAN" not in {member.actor for member in mediation.members}


def test_a_triangle_has_three_corners(told: Told) -> None:
    (triangle,) = told("The Kenya-Uganda-Rwanda triangle shares one visa.")
    assert triangle.kind == "triangle"
    assert len(triangle.members) == 3


def test_a_known_bloc_has_its_members_of_the_day(told: Told) -> None:
    (then,) = told("BRICS is a grouping of large economies.", published="2015-05-01")
    (now,) = told("BRICS is a grouping of large economies.", published="2025-05-01")
    assert {"BRA", "RUS", "IND", "CHN", "ZAF"} == {member.actor for member in then.members}
    assert len(now.members) > len(then.members)


def test_a_closed_pipeline_is_closed(told: Told) -> None:
    (pipeline,) = told("The pipeline from Azerbaijan to Turkey has been closed.")
    assert [(link.home, link.dest, link.status) for link in pipeline.links] == [
        ("AZE", "TUR", "closed")
    ]


def test_a_supply_route_may_be_reduced_by_a_later_sentence(told: Told) -> None:
    (corridor,) = told(
        "Chad was used by Libya as a corridor for transporting weapons to Sudan. "
        "Since the coup, Libya's ability to use Chad has been sharply reduced."
    )
    assert [(link.home, link.dest, link.status) for link in corridor.links] == [
        ("LBY", "SDN", "reduced")
    ]
    assert ("TCD", "transit") in roles(corridor)


def test_a_planned_railway_is_planned(told: Told) -> None:
    (railway,) = told("A railway corridor linking China and Germany through Kazakhstan is planned.")
    assert railway.status == "planned"


def test_a_port_may_be_the_rival_of_another(told: Told) -> None:
    (port,) = told("The port of Mombasa in Kenya is a rival to Dar es Salaam.")
    assert (port.name, port.rival_of) == ("Mombasa", "Dar es Salaam")


def test_a_network_of_money_has_an_operator_and_sums(told: Told) -> None:
    (network,) = told(
        "Hezbollah has been implicated in a network of illegal financial activities. "
        "Investigators found that Hezbollah raised tens of millions of dollars abroad.",
    )
    assert ("hezbollah", "operator") in roles(network)
    assert [link.amount for link in network.links] == ["tens of millions of dollars"]


def test_a_case_has_a_court_an_accused_and_stages(told: Told) -> None:
    (case,) = told(
        "A court in Italy convicted two Egyptian officers of murder in 2021. Italian prosecutors "
        "had charged the Egyptian officers in 2018 over the Regeni murder."
    )
    assert case.kind == "legal_process"
    assert case.name == "Regeni murder case"
    assert roles(case) == {("ITA", "court"), ("EGY", "accused")}
    assert {(stage.stage, stage.date.text()) for stage in case.stages} == {
        ("convicted", "2021"),
        ("charged", "2018"),
    }


def test_a_warrant_that_is_only_asked_for_is_no_warrant(told: Told) -> None:
    assert told("A prosecutor in Spain asked the judge to issue a warrant for Peru's envoy.") == []


def test_a_base_has_a_user_and_a_host(told: Told) -> None:
    (base,) = told("China keeps a naval base in Djibouti.")
    assert roles(base) == {("CHN", "user"), ("DJI", "host")}


def test_proxies_hang_on_one_patron(told: Told) -> None:
    (network,) = told(
        "Iran-backed Houthi rebels fired at ships. Hezbollah, an Iranian proxy, holds the south."
    )
    assert roles(network) == {("IRN", "patron"), ("houthis", "proxy"), ("hezbollah", "proxy")}


def test_a_shadow_fleet_evades_sanctions(told: Told) -> None:
    (fleet,) = told("Venezuela uses a shadow fleet to evade sanctions.")
    assert (fleet.kind, roles(fleet)) == ("sanctions_evasion", {("VEN", "evader")})


def test_a_joint_commission_is_a_consultation(told: Told) -> None:
    (commission,) = told("Germany's foreign ministry runs a joint commission with Poland.")
    assert commission.kind == "consultation"
    assert roles(commission) == {("DEU", "party"), ("POL", "party")}


def test_a_signal_has_a_sender_and_an_audience(told: Told) -> None:
    (signal,) = told("Poland sent a clear signal to Belarus by closing the border.")
    assert roles(signal) == {("POL", "sender"), ("BLR", "audience")}


def test_a_bargain_is_this_for_that(told: Told) -> None:
    (bargain,) = told("China delivered vaccines to Serbia in return for land.")
    assert roles(bargain) == {("CHN", "giver"), ("SRB", "receiver")}


def test_parties_that_the_text_leaves_open_are_less_sure(told: Told) -> None:
    (named,) = told("Mali and Niger opened a hotline.")
    (left_open,) = told(
        "Mali fears Niger. Niger fears Mali. The two countries opened a hotline.",
        title="Mali and Niger",
    )
    assert roles(left_open) == roles(named)
    assert left_open.confidence < named.confidence


@pytest.mark.parametrize(
    ("text", "kind", "members"),
    [
        (
            "Indian banks have opened a rupee-rouble settlement channel with Russian lenders.",
            "finance",
            {"IND", "RUS"},
        ),
        ("France has 1,500 soldiers stationed in Djibouti.", "basing", {"FRA", "DJI"}),
        (
            "The leaders of Peru and Japan welcomed the trilateral dialogue with Chile.",
            "consultation",
            {"PER", "JPN", "CHL"},
        ),
        ("North Korea has exported shells to Russia by rail.", "corridor", {"PRK", "RUS"}),
        ("For thirty years Peru and Cuba traded oil for doctors.", "bargain", {"PER", "CUB"}),
        ("Oman hosted talks between Iran and Yemen in May.", "mediation", {"OMN", "IRN", "YEM"}),
        ("Rwanda backs the M23 rebels in Congo.", "proxy_network", {"RWA", "m23"}),
        ("Iranian tankers hide to evade American sanctions.", "sanctions_evasion", {"IRN"}),
        ("Mali and Niger form a bloc.", "bloc", {"MLI", "NER"}),
        (
            "Prosecutors in Mogadishu have opened an investigation against Abdi Warsame Guled.",
            "legal_process",
            {"SOM", "abdi-warsame-guled"},
        ),
    ],
)
def test_an_arrangement_may_be_told_by_a_verb(
    told: Told, text: str, kind: str, members: set[str]
) -> None:
    (one,) = told(text)
    assert (one.kind, {member.actor for member in one.members}) == (kind, members)


@pytest.mark.parametrize(
    "text",
    [
        "Oman offered to host talks between Iran and Yemen.",
        "Peru traded insults with Chile for years.",
        "Rwanda denied that it backs the M23 rebels.",
        "Prosecutors said that they might open an investigation against Peru.",
    ],
)
def test_what_only_sounds_alike_is_none(told: Told, text: str) -> None:
    assert told(text) == []


PAIR = {"title": "Invented example: Peru and Chile", "published": "2031-06-10"}


@pytest.mark.parametrize(
    ("text", "kind", "members"),
    [
        (
            "Peru and Chile talk. The ministers met for the sixth annual leaders' dialogue.",
            "consultation",
            {"PER", "CHL"},
        ),
        ("Chile leases the naval base of Ilo in Peru.", "basing", {"PER", "CHL"}),
        ("Peru will open two bases to the Chilean army.", "basing", {"PER", "CHL"}),
        (
            "Brazilian mediation between Peru and Chile continued.",
            "mediation",
            {"BRA", "PER", "CHL"},
        ),
        (
            "Peru and Chile set up a hotline between Peruvian and Chilean pilots.",
            "deconfliction",
            {"PER", "CHL"},
        ),
        (
            "The Andes Corridor carries ore from Arica in Chile to Bolivia and on to Peru.",
            "corridor",
            {"CHL", "BOL", "PER"},
        ),
    ],
)
def test_an_arrangement_is_told_in_many_ways(
    told: Told, text: str, kind: str, members: set[str]
) -> None:
    found = [one for one in told(text, **PAIR) if one.kind == kind]
    assert any(members == {member.actor for member in one.members} for one in found)


@pytest.mark.parametrize(
    "text",
    [
        "Peru opened its ports to Chilean traders and gave them access to its market.",
        "Peru and Chile talk. Peru's leaders held their annual meeting.",
        "Chile hosted a football match with Peru.",
    ],
)
def test_trade_sport_and_meetings_of_one_are_no_arrangement(told: Told, text: str) -> None:
    assert not told(text, **PAIR)


@pytest.mark.parametrize(
    "text",
    [
        "Kenyan and Somali officers can call each other on a direct line so no patrols clash.",
        "Kenya notifies Somalia before it sends aircraft along the coast.",
        "A red telephone has linked the Kenyan and the Somali army staffs since 2019.",
    ],
)
def test_who_calls_whom_before_forces_meet_keeps_a_channel(told: Told, text: str) -> None:
    (channel,) = told(text)
    assert channel.kind == "deconfliction"
    assert roles(channel) == {("KEN", "party"), ("SOM", "party")}


def test_an_ordinary_telephone_is_no_channel_between_forces(told: Told) -> None:
    assert told("Kenya and Somalia spoke by telephone line about the harvest.") == []


def test_what_goes_over_a_road_tells_of_a_corridor(told: Told) -> None:
    (corridor,) = told("Weapons for Chad were trucked from Libya through Niger.")
    assert roles(corridor) == {("LBY", "promoter"), ("NER", "transit"), ("TCD", "end")}
    assert [(link.home, link.dest, link.status) for link in corridor.links] == [
        ("LBY", "TCD", "open")
    ]


def test_a_road_told_with_an_until_is_closed(told: Told) -> None:
    (corridor,) = told("Until 2021 Peru's copper went by rail through Bolivia to Brazil.")
    assert corridor.status == "closed"


def test_states_that_found_what_has_a_blocs_name_are_its_members(told: Told) -> None:
    (bloc,) = told("Kenya, Uganda and Rwanda formed the Great Lakes Confederation in 2031.")
    assert (bloc.kind, bloc.name) == ("bloc", "Great Lakes Confederation")
    assert {member.actor for member in bloc.members} == {"KEN", "UGA", "RWA"}


def test_a_court_of_no_state_is_its_own_court(told: Told) -> None:
    (case,) = told("The International Criminal Court charged two Peruvian officers with torture.")
    assert roles(case) == {("icc", "court"), ("PER", "accused")}


def test_money_moved_through_a_conduit_has_a_payer_a_payee_and_a_sum(told: Told) -> None:
    (network,) = told(
        "Exchange houses in Dubai moved $200 million from Qatar to Hezbollah, police found."
    )
    assert network.kind == "finance"
    assert {("QAT", "operator"), ("hezbollah", "user")} <= roles(network)
    assert [(link.home, link.dest) for link in network.links] == [("QAT", "hezbollah")]


def test_who_carries_letters_between_two_mediates(told: Told) -> None:
    (mediation,) = told("Switzerland passes messages between Peru and Chile.")
    assert roles(mediation) == {("CHE", "mediator"), ("PER", "party"), ("CHL", "party")}
