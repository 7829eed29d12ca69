"""Who helps whom, on which rung, and how far that is settled."""

from __future__ import annotations

import pytest

from fairweather.coding.extractor import validate
from fairweather.coding.support.coder import support

SHOWN = 0.5


def told(reading, least=SHOWN):
    """(giver, receiver, rung, state) of the rows that would be shown."""
    return {
        (row.giver, row.receiver, row.level, row.state)
        for row in support(reading)
        if row.confidence >= least
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Turkey sold drones to Mali.", ("TUR", "MLI", "limited_arms", "given")),
        ("France supplied Greece with frigates.", ("FRA", "GRC", "major_arms", "given")),
        ("Greece was supplied with frigates by France.", ("FRA", "GRC", "major_arms", "given")),
        ("Egypt received a loan from Saudi Arabia.", ("SAU", "EGY", "economic", "given")),
        ("The radars supplied by Japan to Manila work.", ("JPN", "PHL", "air_defence", "given")),
        ("Turkish missiles have reached Mali from Turkey.", ("TUR", "MLI", "major_arms", "given")),
        ("India condemned the attack on Egypt.", ("IND", "EGY", "statements", "given")),
    ],
)
def test_grammar_tells_who_gives_to_whom(read, text, expected):
    assert expected in told(read(text))


def test_drones_and_missiles_are_two_rungs(read):
    rows = told(read("China provided Pakistan with drones and ballistic missiles."))
    assert {rung for _, _, rung, _ in rows} == {"limited_arms", "major_arms"}


def test_types_of_missiles_are_missiles_but_a_missile_attack_is_no_gift(read):
    assert told(read("China sent certain types of missiles to Serbia."))
    assert not told(read("India gave China notice of a missile attack."))


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Belarus refused to send troops to Armenia.", "withheld"),
        ("Belarus is avoiding sending tanks to Armenia.", "withheld"),
        ("Belarus did not provide military support to Armenia.", "withheld"),
        ("Belarus promised to deliver tanks to Armenia.", "promised"),
        ("Belarus could send tanks to Armenia.", "possible"),
        ("Belarus may have started supplying tanks to Armenia.", "possible"),
        ("Belarus is unlikely to send tanks to Armenia.", "unlikely"),
        ("Belarus has no plans to send tanks to Armenia.", "ruled_out"),
        ("Belarus reportedly sent tanks to Armenia.", "reported"),
        ("Poland accused Belarus of sending tanks to Armenia.", "reported"),
        ("Belarus will probably send tanks to Armenia.", "likely"),
        ("The treaty obliges Belarus to defend Armenia.", "obliged"),
        ("Nothing obliges Belarus to defend Armenia.", "not_obliged"),
    ],
)
def test_what_governs_the_giving_decides_its_state(read, text, state):
    rows = [row for row in support(read(text)) if row.confidence >= SHOWN]
    assert [(row.giver, row.receiver, row.state) for row in rows] == [("BLR", "ARM", state)]


def test_who_says_of_itself_that_it_will_not_give_rules_it_out(read):
    rows = told(read("Germany said that Germany will not send tanks to Ukraine."))
    assert ("DEU", "UKR", "major_arms", "ruled_out") in rows


@pytest.mark.parametrize(
    "text",
    [
        "Turkey asked Qatar to send troops to Somalia.",
        "Turkey wants Qatar to lend Egypt money.",
        "Will China send tanks to Cuba?",
        "If China sent tanks to Cuba, America would respond.",
        "Poland urged Germany to supply Ukraine with missiles.",
        "Iraq offered a ceasefire in exchange for sending tanks to Jordan.",
        "Serbia denied that missiles had been delivered to Libya by Serbia.",
    ],
)
def test_a_wish_a_question_a_condition_or_a_denial_is_no_support(read, text):
    assert not told(read(text), least=0.0)


def test_the_words_of_the_condition_are_kept(read):
    text = "The United States would probably send troops to defend Japan if China attacked."
    (row,) = support(read(text))
    assert (row.state, row.condition) == ("likely", "if China attacked")


def test_military_help_of_no_stated_kind_stands_on_the_lowest_rung_of_arms(read):
    assert told(read("Britain gave military aid to Kenya.")) == {
        ("GBR", "KEN", "limited_arms", "given")
    }


def test_who_defended_another_mostly_did_so_in_words(read):
    assert {rung for _, _, rung, _ in told(read("Italy's premier defended Egypt."), 0.0)} <= {
        "statements"
    }
    assert ("ITA", "EGY", "troops", "likely") in told(read("Italy will defend Egypt."))


def test_support_in_politics_is_diplomacy(read):
    assert ("CHN", "PAK", "diplomatic", "likely") in told(
        read("China will support Pakistan politically.")
    )


def test_a_duty_that_neither_side_has_is_denied_both_ways(read):
    rows = told(
        read(
            "India and Nepal signed a pact. "
            "Neither side is obligated to come to the other's aid militarily."
        )
    )
    assert rows == {
        ("IND", "NPL", "troops", "not_obliged"),
        ("NPL", "IND", "troops", "not_obliged"),
    }


def test_forces_sent_somewhere_are_support_only_for_somebodys_sake(read):
    assert not told(read("Ethiopia sent troops to Eritrea."))
    assert told(read("Ethiopia sent troops to defend Eritrea."))


def test_a_receiver_that_is_only_inferred_is_not_shown(read):
    reading = read("Vietnam and Cuba met. Vietnam delivered rifles.", title="Vietnam and Cuba")
    assert [row.receiver for row in support(reading)] == ["CUB"]
    assert not told(reading)


def test_somebody_else_who_is_named_is_not_replaced_by_the_pair_in_focus(read):
    text = "Vietnam and Cuba met. Rebels did not support Cuba."
    assert not told(read(text, title="Vietnam and Cuba"), least=0.0)


def test_not_giving_to_one_only_because_is_still_not_giving(read):
    text = "The talks failed only because Spain did not supply Portugal with tanks."
    assert ("ESP", "PRT", "major_arms", "withheld") in told(read(text))


def test_what_a_minister_says_at_the_end_of_the_sentence_is_reported(read):
    text = "Chinese missiles have reached Sudan, the American secretary of state said."
    assert {state for *_, state in told(read(text))} <= {"reported"}


def test_every_row_quotes_its_words(read):
    reading = read("Turkey sold drones to Mali, and Greece received tanks from France.")
    kept, refused = validate(reading.document, support(reading))
    assert len(kept) == 2
    assert not refused
