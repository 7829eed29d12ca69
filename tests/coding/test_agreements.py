"""Agreements: what a text says of a treaty's life and of what it binds its parties to."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fairweather.coding.agreements.coder import agreements
from fairweather.coding.extractor import validate
from fairweather.coding.grammar.sentence import Reading
from fairweather.records import Agreement

Read = Callable[..., Reading]


@pytest.fixture(scope="session")
def told(read: Read) -> Callable[..., list[Agreement]]:
    """The agreements of a few sentences, each with quotes that stand in them."""

    def coded(text: str, **about: str) -> list[Agreement]:
        reading = read(text, **about)
        kept, refused = validate(reading.document, agreements(reading))
        assert refused == ()
        return [record for record in kept if isinstance(record, Agreement)]

    return coded


def life(agreement: Agreement) -> list[tuple[str, str]]:
    """Stages with their dates, as a person would write them."""
    return [(stage.stage, stage.date.text()) for stage in agreement.stages]


def duties(agreement: Agreement) -> set[tuple[str, str]]:
    """Obligations with the state that the text gives them."""
    return {(clause.obligation, clause.state) for clause in agreement.clauses}


Told = Callable[..., list[Agreement]]


def test_a_treaty_has_one_life_whatever_it_is_called(told: Told) -> None:
    (treaty,) = told(
        "Peru and Chile signed a border treaty in Lima on 4 May 2019. The treaty came into "
        "force in 2021. Chile withdrew from it in March 2024."
    )
    assert treaty.parties == ("PER", "CHL")
    assert treaty.kind == "treaty"
    assert life(treaty) == [
        ("signed", "2019-05-04"),
        ("in_force", "2021"),
        ("withdrawn", "2024-03"),
    ]
    assert treaty.stages[-1].by == ("CHL",)


def test_a_promise_to_sign_is_no_signature(told: Told) -> None:
    (pact,) = told("Turkey's president has promised to sign a defence pact with Hungary.")
    assert life(pact) == [("promised", "date unknown")]
    assert pact.stages[0].by == ("TUR",)
    assert set(pact.parties) == {"TUR", "HUN"}


@pytest.mark.parametrize(
    "text",
    [
        "Germany and Poland will sign a defence pact in October.",
        "France is to sign a ten-year agreement with Djibouti in October.",
        "Oman and India are expected to sign a trade agreement in October.",
    ],
)
def test_what_will_be_signed_is_announced(told: Told, text: str) -> None:
    (agreement,) = told(text)
    assert [stage.stage for stage in agreement.stages] == ["announced"]


@pytest.mark.parametrize(
    "text",
    [
        "India may sign a trade agreement with Australia.",
        "If Kenya signed the treaty with Uganda, trade would grow.",
        "Some in Warsaw hope that a new treaty with Lithuania could be signed one day.",
        "Egypt has denied that it signed a gas deal with Israel.",
        "Brazil rejected a proposal for a military pact with Argentina.",
        "Vietnam refused to sign the protocol.",
        "Could Japan sign a peace treaty with Russia?",
        "The summit ended with a communique. The alliance between Iraq and Turkey is old.",
        "Any agreement with Cuba must protect Canada.",
    ],
)
def test_an_imagined_agreement_is_none(told: Told, text: str) -> None:
    assert all(not agreement.stages for agreement in told(text))


def test_who_delays_signing_has_delayed(told: Told) -> None:
    (accord,) = told("Serbia has long delayed signing the border accord with Kosovo.")
    assert [(s.stage, s.by) for s in accord.stages] == [("delayed", ("SRB",))]


def test_the_older_treaty_stays_apart_from_the_one_that_replaces_it(told: Told) -> None:
    newer, older = told(
        "Mongolia has promised to sign a strategic partnership agreement with Kazakhstan. "
        "This agreement is expected to replace the ten-year friendship treaty signed in 1998, "
        "which has been extended every five years, most recently in 2018."
    )
    assert newer.supersedes == older.name
    assert [stage.stage for stage in newer.stages] == ["promised"]
    assert life(older) == [("signed", "1998"), ("extended", "2018")]
    assert older.term_years == 10


def test_a_treaty_still_stands_while_its_replacement_is_planned(told: Told) -> None:
    records = told(
        "Italy signed a new pact with Malta in May 2025. It replaces the pact of 1987 once "
        "both parliaments have ratified it."
    )
    older = next(record for record in records if ("signed", "1987") in life(record))
    assert "replaced" not in {stage.stage for stage in older.stages}


def test_to_meet_and_sign_is_to_have_signed(told: Told) -> None:
    (treaty,) = told(
        "When the leaders of Ghana and Togo met in Lagos on March 3, 2025 to sign a new treaty, "
        "few looked on. The treaty was signed in silence."
    )
    assert life(treaty) == [("signed", "2025-03-03")]


def test_negotiations_and_force_have_their_own_dates(told: Told) -> None:
    (agreement,) = told(
        "Talks on a free-trade agreement between Vietnam and Canada began in 2022. "
        "The agreement has been in force since 1 June 2025."
    )
    assert life(agreement) == [("negotiation", "2022"), ("in_force", "2025-06-01")]


def test_a_named_treaty_keeps_its_name_and_its_parties(told: Told) -> None:
    (treaty,) = told("Canberra relies on the Australia–Japan Defence Cooperation Treaty.")
    assert treaty.name == "Australia–Japan Defence Cooperation Treaty"
    assert set(treaty.parties) == {"AUS", "JPN"}


def test_a_treaty_is_not_made_by_the_city_it_is_named_after(told: Told) -> None:
    (accord,) = told("The Oslo Accord, concluded between Chad and Sudan in 1998, was short.")
    assert accord.parties == ("TCD", "SDN")
    assert ("signed", "1998") in life(accord)


def test_a_short_form_means_the_name_before_it(told: Told) -> None:
    (agreement,) = told(
        "Poland and Norway signed the Baltic Pipeline Security Agreement (BPSA) on 3 May 2024. "
        "The BPSA was ratified by the Polish parliament in 2025."
    )
    assert [stage.stage for stage in agreement.stages] == ["signed", "ratified"]


def test_a_memorandum_lies_between_those_it_names(told: Told) -> None:
    (memorandum,) = told(
        "The deal rests on the memorandum of understanding signed in 2013 between Spain's "
        "government and Moroccan authorities."
    )
    assert memorandum.kind == "memorandum"
    assert memorandum.parties == ("ESP", "MAR")


def test_three_may_sign(told: Told) -> None:
    (memorandum,) = told(
        "I congratulate Peru, Chile and Brazil on signing a trilateral memorandum."
    )
    assert memorandum.parties == ("PER", "CHL", "BRA")


def test_who_left_a_deal_is_told_even_where_a_return_is_only_imagined(told: Told) -> None:
    (deal,) = told("Canada might return to the climate deal that Japan withdrew from.")
    assert [(stage.stage, stage.by) for stage in deal.stages] == [("withdrawn", ("JPN",))]


def test_two_programmes_of_one_pair_are_two_agreements(told: Told) -> None:
    records = told(
        "The India–Nepal Trade Treaty was signed in May 2024. On June 2 the ministers of India "
        "and Nepal signed a new cooperation programme."
    )
    assert {record.kind for record in records} == {"treaty", "programme"}


def test_a_term_is_read_in_words_and_in_numbers(told: Told) -> None:
    (first,) = told("Cuba and Angola signed a twenty-year treaty in 1980.")
    (second,) = told(
        "The new pact between Cuba and Angola aims to deepen trade over the next 15 years."
    )
    assert (first.term_years, second.term_years) == (20, 15)


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty lacks a mutual defence clause.",
        "It contains no defence clause.",
        "Neither side is obligated to come to the other's aid if attacked.",
        "The treaty does not constitute a military alliance.",
        "Nothing in the text obliges either to fight for its partner.",
        "Kofi said that the treaty creates no military alliance and no duty of mutual aid.",
    ],
)
def test_a_defence_clause_may_be_said_to_be_missing(told: Told, sentence: str) -> None:
    (treaty,) = told(f"Laos and Nepal signed a treaty in 2020. {sentence}")
    assert duties(treaty) == {("defense", "absent")}


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty pledges each side to defend the other.",
        "Under the treaty an attack on one is an attack on both.",
        "The treaty contains a mutual defense clause.",
        "The treaty obliges both to come to the other's aid.",
    ],
)
def test_a_defence_clause_may_be_said_to_be_there(told: Told, sentence: str) -> None:
    (treaty,) = told(f"Laos and Nepal signed a treaty in 2020. {sentence}")
    assert duties(treaty) == {("defense", "present")}


@pytest.mark.parametrize(
    "sentence",
    [
        "The treaty could one day contain a defence clause.",
        "Were a defence clause to appear, all would change.",
        "Nepal wanted a defence clause in the treaty.",
        "Does the treaty contain a defence clause?",
        "The treaty was welcomed in both capitals.",
    ],
)
def test_silence_and_supposition_give_no_clause(told: Told, sentence: str) -> None:
    (treaty,) = told(f"Laos and Nepal signed a treaty in 2020. {sentence}")
    assert duties(treaty) == set()


def test_a_disputed_clause_is_disputed(told: Told) -> None:
    (treaty,) = told(
        "It is disputed whether the treaty between Japan and the Philippines contains a "
        "defence clause."
    )
    assert duties(treaty) == {("defense", "disputed")}


def test_not_to_side_with_an_enemy_binds_one_against_another(told: Told) -> None:
    (pact,) = told(
        "Chad and Sudan signed a pact in 2011. Chad's main obligation under the pact is not "
        "to side with Libya."
    )
    (clause,) = pact.clauses
    assert (clause.obligation, clause.state) == ("non_siding", "present")
    assert (clause.by, clause.against) == (("TCD",), ("LBY",))


def test_to_give_an_attacker_no_help_is_neutrality(told: Told) -> None:
    (pact,) = told(
        "Italy and Greece signed a pact in 2010. The pact obliges the parties to consult when "
        "either is threatened, and forbids them to help an aggressor."
    )
    assert duties(pact) == {("neutrality", "present"), ("consultation", "present")}


def test_a_name_may_tell_the_duty(told: Told) -> None:
    (pact,) = told("A non-aggression pact between Iran and Iraq was signed in 1975.")
    assert ("nonaggression", "present") in duties(pact)


def test_parties_that_are_only_inferred_are_less_sure(told: Told) -> None:
    named = told("Benin and Togo signed a treaty in 2020. Benin thanked Togo.")
    inferred = told("Benin thanked Togo. Togo answered Benin. The treaty was signed in 2020.")
    assert inferred[0].parties == named[0].parties
    assert inferred[0].confidence < named[0].confidence


def test_a_document_that_is_an_agreement_states_its_own_clauses(told: Told) -> None:
    (declaration,) = told(
        "The leaders of Norway and Estonia met today. Norway commits to consult Estonia on any "
        "threat. Estonia and Norway are close.",
        title="Tallinn Declaration",
    )
    assert declaration.name == "Tallinn Declaration"
    assert duties(declaration) == {("consultation", "present")}


def test_no_automatic_entry_into_war_denies_no_defence_clause(told: Told) -> None:
    (treaty,) = told(
        "Peru and Chile signed a treaty in 1953. Each declared that an attack on the other would "
        "endanger its own peace, and that it would act to meet the common danger. No automatic "
        "entry into war was promised."
    )
    assert duties(treaty) == {("defense", "present")}


def test_the_terms_of_a_treaty_go_on_over_sentences(told: Told) -> None:
    (treaty,) = told(
        "Iran and Tajikistan ratified the treaty last year. Each party must give no help to the "
        "other's attacker, and both are to consult when a threat arises. The intelligence "
        "services exchange information, and Iranian aircraft may use the airfield at Kulob."
    )
    assert duties(treaty) == {
        ("neutrality", "present"),
        ("consultation", "present"),
        ("intelligence", "present"),
        ("basing", "present"),
    }


def test_services_that_exchange_information_hold_no_treaty(told: Told) -> None:
    found = told(
        "Iran and Tajikistan ratified the treaty last year. Trade is small. The intelligence "
        "services exchange information."
    )
    assert not any(duties(treaty) for treaty in found)


def test_a_treaty_called_a_sell_out_is_not_denounced(told: Told) -> None:
    (treaty,) = told(
        "Libya and Turkey signed an accord on 3 March 2024. Its parliament denounced it as a "
        "sell-out."
    )
    assert [stage for stage, _ in life(treaty)] == ["signed"]


@pytest.mark.parametrize(
    ("text", "stage", "by"),
    [
        (
            (
                "The Kars Declaration, which Turkey and Cuba concluded in 2020 and ratified a year "
                "later, is often called an alliance."
            ),
            "ratified",
            ("TUR", "CUB"),
        ),
        (
            (
                "Under the treaty on guarantees between Belarus and Cuba, which entered into force"
                " in March 2021, an attack on either is regarded as an attack on both."
            ),
            "in_force",
            (),
        ),
        (
            (
                "Oman and Peru are allies. The two countries also signed a General Security of "
                "Information Agreement in May 2021."
            ),
            "signed",
            ("OMN", "PER"),
        ),
    ],
)
def test_what_befell_an_agreement_however_the_clause_hangs(  # type: ignore[no-untyped-def]
    read, text: str, stage: str, by: tuple[str, ...]
) -> None:
    (row,) = agreements(read(text, published="2025-02-01"))
    assert (stage, by) in {(step.stage, step.by) for step in row.stages}


def test_what_two_sign_both_sign_though_one_be_named(read) -> None:  # type: ignore[no-untyped-def]
    text = "Nigeria's president signed the Nigeria-Ghana Defence Agreement, a historic agreement."
    (row,) = agreements(read(text))
    assert row.stages[0].by == ("NGA", "GHA")


@pytest.mark.parametrize(
    "text",
    [
        (
            "Turkey and Peru signed a pact. Nowhere does the text say that an attack on one is an "
            "attack on both."
        ),
        "Oman and Qatar signed a defence pact. It does not oblige either to fight.",
        "Chile and Peru signed a pact, but it does not commit Chile to send a single soldier.",
    ],
)
def test_a_duty_to_fight_denied_in_other_words_is_absent(read, text: str) -> None:  # type: ignore[no-untyped-def]
    (row,) = agreements(read(text))
    assert [(clause.obligation, clause.state) for clause in row.clauses] == [("defense", "absent")]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("The strategic partnership, renewed in 2029, still holds.", "extended"),
        ("The two put their treaty on hold.", "suspended"),
        ("Ghana backed out of the treaty with Mali.", "withdrawn"),
    ],
)
def test_a_partnership_lives_and_ends_like_a_treaty(told: Told, text: str, stage: str) -> None:
    found = told(f"Mali and Ghana talk. {text}", title="Mali and Ghana", published="2031-06-10")
    assert any(stage in {step for step, _ in life(one)} for one in found)


def test_what_opens_a_sentence_need_not_ask(told: Told) -> None:
    text = "What officers prize is the 2021 pact, under which each must come to the other's aid."
    found = told(f"Mali and Ghana talk. {text}", title="Mali and Ghana", published="2031-06-10")
    assert any(("defense", "present") in duties(one) for one in found)
