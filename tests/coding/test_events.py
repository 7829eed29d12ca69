"""Events by the rules alone: who did what to whom, and how surely, by grammar and lexicon.

What the learned model makes of them is in `test_events_model.py`.
"""

from __future__ import annotations

import itertools

import pytest

from fairweather.coding.events.candidates import Candidate, by_lexicon
from fairweather.coding.events.coder import events
from fairweather.coding.events.lexicon import event_lexicon, intensity_of
from fairweather.coding.extractor import validate
from fairweather.records import Event
from fairweather.vocabulary import vocabulary

SHOWN = 0.5


def shown(read, text: str, **about: str) -> list[Event]:  # type: ignore[no-untyped-def]
    """The events of a text that a reader would see."""
    return [
        event
        for event in events(read(text, **about), scorer=by_lexicon)
        if event.confidence >= SHOWN
    ]


def triples(found: list[Event]) -> list[tuple[str, str, str]]:
    return [(event.source[-1], event.event_class, event.target[-1]) for event in found]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Kenya accused Somalia of shelling a village.", ("KEN", "ACCUSE", "SOM")),
        ("The Greek prime minister met Egypt's president in Athens.", ("GRC", "CONSULT", "EGY")),
        ("Peru's parliament ratified the treaty with Chile.", ("PER", "SUPPORT", "CHL")),
        ("Germany delivered twelve howitzers to Lithuania.", ("DEU", "AID", "LTU")),
        ("South Korea deployed warships near Japan.", ("KOR", "MOBILIZE", "JPN")),
        ("Iraq invaded Kuwait.", ("IRQ", "ASSAULT", "KWT")),
        ("Canada imposed sanctions on Belarus.", ("CAN", "COERCE", "BLR")),
        ("Bolivia recalled its ambassador from Chile.", ("BOL", "SANCTION", "CHL")),
        ("Sweden suspended aid to Mali.", ("SWE", "SANCTION", "MLI")),
        ("Ethiopia withdrew its troops from Eritrea.", ("ETH", "RETREAT", "ERI")),
        ("Morocco apologised to Spain.", ("MAR", "CONCEDE", "ESP")),
        ("India threatened to close the border with Nepal.", ("IND", "THREATEN", "NPL")),
        ("Japan demanded an apology from China.", ("JPN", "REQUEST", "CHN")),
        ("Hungary rejected Romania's proposal.", ("HUN", "REJECT", "ROU")),
        ("Thailand shares intelligence with Australia.", ("THA", "COOPERATE", "AUS")),
    ],
)
def test_a_plain_sentence_tells_who_did_what_to_whom(read, text, triple) -> None:  # type: ignore[no-untyped-def]
    assert triple in triples(shown(read, text))


def test_the_subject_of_a_passive_is_the_one_it_is_done_to(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "Two Turkish consulates were attacked by Greece.")
    assert triples(found) == [("GRC", "ASSAULT", "TUR")]


def test_an_expelled_envoy_was_expelled_by_the_country_he_left(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "Ghana's ambassador was expelled from Togo.")
    assert triples(found) == [("TGO", "SANCTION", "GHA")]


def test_two_who_sign_together_are_each_a_side_of_one_event(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "Chile and Peru signed a fishing treaty in Lima on 3 May 2019.")
    assert triples(found) == [("CHL", "SUPPORT", "PER")]
    assert found[0].date.since == "2019-05-03"


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Talks between Greece and Egypt ended in Athens.", ("GRC", "CONSULT", "EGY")),
        ("Airstrikes by Israel against Syria went on.", ("ISR", "ASSAULT", "SYR")),
        ("Vietnam carried out an attack on Cambodia.", ("VNM", "ASSAULT", "KHM")),
        ("Qatar held talks with Oman.", ("QAT", "CONSULT", "OMN")),
    ],
)
def test_an_act_may_stand_in_a_noun(read, text, triple) -> None:  # type: ignore[no-untyped-def]
    assert triple in triples(shown(read, text))


def test_refusing_to_help_is_a_rejection_that_happened(read) -> None:  # type: ignore[no-untyped-def]
    (event,) = shown(read, "Poland refused to send tanks to Ukraine.")
    assert (event.event_class, event.status, event.target) == ("REJECT", "factual", ("UKR",))


def test_promising_to_sign_is_agreement_and_not_yet_a_signature(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "Algeria promised to sign the pact with Tunisia.")
    assert triples(found) == [("DZA", "AGREE", "TUN")]


def test_being_ready_to_help_is_a_promise(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "Norway is ready to lend money to Denmark.")
    assert triples(found) == [("NOR", "AGREE", "DNK")]


def test_declaring_that_one_will_not_sign_is_a_rejection(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "Austria will not sign the accord with Slovenia.")
    assert triples(found) == [("AUT", "REJECT", "SVN")]


def test_ending_aid_is_a_sanction_and_ending_a_blockade_a_concession(read) -> None:  # type: ignore[no-untyped-def]
    ended_aid = shown(read, "Italy halted its cooperation with Libya.")
    ended_blockade = shown(read, "Saudi Arabia lifted its blockade of Qatar.")
    assert triples(ended_aid) == [("ITA", "SANCTION", "LBY")]
    assert triples(ended_blockade) == [("SAU", "CONCEDE", "QAT")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Turkey did not attack Greece.", "denied"),
        ("If Armenia attacked Azerbaijan, the peace would end.", "hypothetical"),
        ("Sweden may attack Norway.", "hypothetical"),
        ("The French president will visit Morocco next week.", "planned"),
        ("Sudan says that Chad attacked its village in Egypt.", "claimed"),
    ],
)
def test_what_is_denied_imagined_planned_or_said_is_no_fact(read, text, status) -> None:  # type: ignore[no-untyped-def]
    found = list(events(read(text), scorer=by_lexicon))
    assert found
    assert {event.status for event in found} == {status}


@pytest.mark.parametrize(
    "text",
    [
        "Spain's ministry declined to comment on the report.",
        "Denmark hopes for rain after a dry summer.",
        "Iceland lies between Norway and Greenland.",
        "Inflation in Brazil hit a record in May.",
        "The army attacked.",
    ],
)
def test_a_sentence_without_an_act_between_two_gives_no_event(read, text) -> None:  # type: ignore[no-untyped-def]
    assert shown(read, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Police beat protesters after the final in Lima.",
        "Ghanaian soldiers beat a Togolese driver at the border.",
    ],
)
def test_blows_are_blows_even_beside_a_match(read, text) -> None:  # type: ignore[no-untyped-def]
    assert "ASSAULT" in [event.event_class for event in shown(read, text)]


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("India halted oil imports from Brazil.", ("IND", "SANCTION", "BRA")),
        ("Ghana stopped the supply of gas to Togo.", ("GHA", "SANCTION", "TGO")),
        ("Oman granted Jordan a deferred payment facility for oil.", ("OMN", "AID", "JOR")),
        ("Poland swapped its old jets for drones with Greece.", ("POL", "COOPERATE", "GRC")),
    ],
)
def test_trade_and_credit_between_two_are_acts(read, text, triple) -> None:  # type: ignore[no-untyped-def]
    assert triple in triples(shown(read, text))


def test_a_minister_named_after_his_office_is_the_source_before_his_state(read) -> None:  # type: ignore[no-untyped-def]
    (event,) = shown(read, "Kenya's foreign minister Njeri Wambui visited Oman on Sunday.")
    assert event.source == ("njeri-wambui", "KEN")


def test_nobody_does_anything_to_himself(read) -> None:  # type: ignore[no-untyped-def]
    assert shown(read, "Portugal's government praised the Portuguese parliament.") == []


def test_an_appeal_counts_only_where_the_text_is_about_the_two(read) -> None:  # type: ignore[no-untyped-def]
    appeal = "Norway urged Iceland to lower its quota."
    about_both = f"Norway and Iceland share a sea. {appeal} Iceland and Norway met before."
    assert "REQUEST" not in [event.event_class for event in shown(read, appeal)]
    assert "REQUEST" in [event.event_class for event in shown(read, about_both)]


def test_who_receives_arms_is_the_target_of_the_gift(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "Mali received weapons from Turkey.")
    assert triples(found) == [("TUR", "AID", "MLI")]


def test_a_government_that_protests_complains_and_does_not_march(read) -> None:  # type: ignore[no-untyped-def]
    found = shown(read, "The Dutch foreign ministry protested against Belgium.")
    assert [event.event_class for event in found] == ["ACCUSE"]


def test_news_of_the_day_takes_its_date_from_the_paper_and_analysis_does_not(read) -> None:  # type: ignore[no-untyped-def]
    text = "Finland condemned Belarus."
    (news,) = shown(read, text, published="2022-03-04")
    (analysis,) = shown(read, text, published="2022-03-04", genre="analysis")
    assert (news.date.since, news.date.basis) == ("2022-03-04", "publication")
    assert not analysis.date.known


def test_a_date_that_belongs_to_another_clause_is_not_the_events(read) -> None:  # type: ignore[no-untyped-def]
    text = "Kenya, which invaded Somalia in 2011, thanked Uganda."
    dates = {event.event_class: event.date.since for event in shown(read, text)}
    assert dates == {"ASSAULT": "2011", "SUPPORT": None}


def test_the_place_of_a_meeting_is_not_its_target(read) -> None:  # type: ignore[no-untyped-def]
    (event,) = shown(read, "Jordan's king met Iraq's president in Geneva.")
    assert (event.target, event.place) == (("IRQ",), "Geneva")


def test_every_quote_is_verbatim_and_short(read) -> None:  # type: ignore[no-untyped-def]
    reading = read("Peru thanked Chile. Later that year Chile\u00a0sued Bolivia over the river.")
    kept, refused = validate(reading.document, events(reading, scorer=by_lexicon))
    assert len(kept) == 2
    assert not refused
    assert all(len(quote.text) <= 400 for event in kept for quote in event.quotes)


def test_another_scorer_may_settle_the_class(read) -> None:  # type: ignore[no-untyped-def]
    def timid(candidate: Candidate) -> tuple[str, float]:
        return "CONSULT", 0.1

    (event,) = events(read("Iraq invaded Kuwait."), scorer=timid)
    assert (event.event_class, event.cameo, event.confidence) == ("CONSULT", "", 0.1)


def test_every_class_is_well_covered_by_the_lexicon() -> None:
    lexicon = event_lexicon()
    indexes = (lexicon.verbs, lexicon.nouns)
    patterns = [*itertools.chain.from_iterable(f for i in indexes for f in i.values())]
    counts = {
        name: sum(pattern.group.event_class == name for pattern in patterns)
        for name in vocabulary("event_classes")
    }
    assert min(counts.values()) >= 25
    assert sum(counts.values()) > 1000


def test_hostile_acts_weigh_below_nought_and_friendly_ones_above() -> None:
    assert intensity_of("ASSAULT") < intensity_of("REJECT") < 0 < intensity_of("CONSULT")
