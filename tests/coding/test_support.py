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
        ("Belarus dragged its feet on sending tanks to Armenia.", "withheld"),
        ("Belarus dragged its heels over delivering radars to Armenia.", "withheld"),
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


def test_a_receiver_that_only_the_title_names_is_not_shown(read):
    text = "Relations are old. Vietnam delivered rifles. Vietnam is a republic."
    reading = read(text, title="Vietnam and Cuba, Cuba and Vietnam")
    assert not told(reading)


def test_a_receiver_of_the_sentence_before_is_shown_with_the_words_that_name_it(read):
    text = "Cuba met Vietnam for talks. Vietnam delivered rifles."
    (row,) = support(read(text, title="Vietnam and Cuba"))
    assert (row.giver, row.receiver, row.state) == ("VNM", "CUB", "given")
    assert [quote.text for quote in row.quotes] == ["Vietnam delivered rifles", "Cuba"]
    assert SHOWN <= row.confidence < 0.65


def test_arms_that_come_in_a_fight_are_no_gift_to_the_enemy(read):
    text = "Russia attacked Ukraine on Monday. It has sent more missiles. A missile reached Kyiv."
    assert not told(read(text, title="Russia and Ukraine"))


def test_whom_help_does_not_reach_is_no_receiver(read):
    text = "Norway delivered radars, and Spain paid the price. Kenya sent rifles against Sudan."
    assert not told(read(text))


@pytest.mark.parametrize(
    ("text", "row"),
    [
        (
            "A decree signed by Chile's president bars the delivery of tanks to Peru.",
            ("CHL", "PER", "major_arms", "withheld"),
        ),
        (
            "Norway has lifted its ban on the sale of radars to Iceland.",
            ("NOR", "ISL", "air_defence", "possible"),
        ),
        (
            "Parliament in Abuja voted against sending troops to Ghana.",
            ("NGA", "GHA", "troops", "withheld"),
        ),
        (
            "Ghana asked Nigeria for tanks. Nigeria's parliament voted to stay neutral in the war.",
            ("NGA", "GHA", "major_arms", "withheld"),
        ),
        (
            "Denmark turned down Latvia's request for frigates.",
            ("DNK", "LVA", "major_arms", "withheld"),
        ),
        ("India wrote off Nepal's debt.", ("IND", "NPL", "economic", "given")),
        ("Kuwait sold oil on credit to Sudan.", ("KWT", "SDN", "economic", "given")),
        ("Kuwait sold oil to Sudan.", None),
        (
            "Peru's purchase of drones from Brazil was completed.",
            ("BRA", "PER", "limited_arms", "given"),
        ),
        (
            "Peru signed a contract for twelve jets from Brazil.",
            ("BRA", "PER", "major_arms", "promised"),
        ),
        (
            "Cuban instructors have served with the Angolan army.",
            ("CUB", "AGO", "advisers", "given"),
        ),
        ("China voted against a resolution on Mali.", ("CHN", "MLI", "diplomatic", "given")),
        (
            "Oman promised Yemen a loan in 2020 and recalled half of it a year later.",
            ("OMN", "YEM", "economic", "withheld"),
        ),
        (
            "Egypt condemned the raid on Jordan without sending arms.",
            ("EGY", "JOR", "limited_arms", "withheld"),
        ),
        ("Russia denied that missiles were on their way to Mali.", None),
    ],
)
def test_help_told_by_ways_round(read, text, row):
    rows = told(read(text))
    assert row in rows if row else not rows


def test_troops_that_arrive_are_guests_only_where_the_text_says_so(read):
    assert not told(read("Eritrean soldiers arrived in Ethiopia."))
    text = "Polish soldiers arrived in Lithuania at the request of its government."
    assert ("POL", "LTU", "troops", "given") in told(read(text))


def test_an_order_is_a_promise_until_the_goods_come(read):
    text = "Chile ordered four frigates from Spain. Two of them have been delivered."
    assert told(read(text)) == {
        ("ESP", "CHL", "major_arms", "promised"),
        ("ESP", "CHL", "major_arms", "given"),
    }


def test_a_government_that_will_stop_giving_rules_it_out(read):
    text = "Germany will stop supplying shells to Latvia, the chancellor told reporters."
    assert told(read(text)) == {("DEU", "LVA", "limited_arms", "ruled_out")}


def test_what_may_come_is_not_taken_for_given_when_spoken_of_again(read):
    text = "Japan may supply Palau with radars. These deliveries are the talk of the town."
    assert not {row for row in told(read(text)) if row[3] in ("given", "reported")}


def test_a_batch_is_of_the_goods_spoken_of_before(read):
    text = (
        "Italy promised Malta four frigates. The first reached Malta in May. None has come since."
    )
    assert {state for *_, state in told(read(text))} == {"promised", "given", "withheld"}


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


PAIR = {"title": "Invented example: Mali and Ghana", "published": "2031-06-10"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The withdrawal of Ghanaian trainers from Mali was a shock.",
            ("GHA", "MLI", "advisers", "withheld"),
        ),
        (
            "Ghana brought home its instructors from Mali.",
            ("GHA", "MLI", "advisers", "withheld"),
        ),
        (
            "Equipped by Ghana with rifles and radios, Mali's soldiers retook the town.",
            ("GHA", "MLI", "limited_arms", "given"),
        ),
        (
            "Mali's military is trained by Ghana and armed by Turkey.",
            ("TUR", "MLI", "limited_arms", "given"),
        ),
        (
            "Ghana offered Mali intelligence, fuel and diplomatic cover.",
            ("GHA", "MLI", "diplomatic", "promised"),
        ),
        (
            "Mali waited. Ghanaian diplomats stayed silent when a Libyan convoy crossed.",
            ("GHA", "MLI", "statements", "withheld"),
        ),
        (
            "Ghana has placed $3 billion in Mali's central bank, Malian ministers said.",
            ("GHA", "MLI", "economic", "given"),
        ),
        (
            "Mali and Ghana talk. Under the pact each side must come to the other's aid.",
            ("MLI", "GHA", "troops", "obliged"),
        ),
        (
            "Ghana ordered two corvettes. Mali's tanks came from Ghanaian yards.",
            ("GHA", "MLI", "major_arms", "given"),
        ),
        (
            "Ghana helps Mali. The two armies share intelligence.",
            ("MLI", "GHA", "intelligence", "given"),
        ),
    ],
)
def test_help_is_told_in_nouns_participles_and_over_sentences(read, text, expected):
    assert expected in told(read(text, **PAIR))


@pytest.mark.parametrize(
    "text",
    [
        "Ghana's food exports to Mali fell by a third.",
        "Ghana sold Mali a stake in its gold mine; fuel prices rose.",
        "Ghana moved tanks to the frontier with Mali and shelled two villages.",
        "The ministry in Accra published its budget. Two helicopters were sold.",
        "Ghana rejects the charge that it shelters Mali's rebels. It denies sending them arms.",
        "Ghana supports dialogue. Mali backs reform of the African Union.",
        "Mali asked Ghana for pilots who fly helicopters.",
    ],
)
def test_trade_marches_and_denials_are_no_help(read, text):
    assert not told(read(text, **PAIR))


def test_who_stays_out_of_a_war_between_two_withholds_from_neither_by_name(read):
    assert told(read("Italy stayed out of the war between Germany and Poland.")) == set()


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("Mali asked Ghana for troops; Accra refused.", ("GHA", "MLI", "troops", "withheld")),
        ("Russia used its veto to shield Mali.", ("RUS", "MLI", "diplomatic", "given")),
        (
            "Rwanda's army has sent 2,500 soldiers to the north at Mozambique's request.",
            ("RWA", "MOZ", "troops", "given"),
        ),
        (
            "Israel supplied Azerbaijan with two thirds, or 69 percent, of its arms.",
            ("ISR", "AZE", "limited_arms", "given"),
        ),
    ],
)
def test_help_told_round_a_corner_is_help(read, text, row):
    assert row in told(read(text))


def test_sides_are_told_by_description(read):
    text = "Ghana met Tonga's envoys. The Kingdom has lent its partner 20 million dollars."
    assert ("TON", "GHA", "economic", "given") in told(read(text, title="Tonga and Ghana"))


def test_a_short_answer_settles_what_was_asked(read):
    asked = "Would Poland defend Georgia? {} Many hope for more."
    assert ("POL", "GEO", "troops", "unlikely") in told(read(asked.format("No.")))
    assert ("POL", "GEO", "troops", "likely") in told(read(asked.format("Yes.")))
    assert not told(read("Would Poland defend Georgia? Nobody knows."))


def test_a_defence_clause_obliges_each_and_its_lack_only_the_one_who_helps(read):
    pact = "Kenya and Rwanda signed a pact in 2020. Kenya sent Rwanda rifles. "
    bound = told(read(pact + "It says that an attack on one is an attack on both."))
    assert {("KEN", "RWA", "troops", "obliged"), ("RWA", "KEN", "troops", "obliged")} <= bound
    free = told(read(pact + "It does not mention mutual assistance."))
    assert ("KEN", "RWA", "troops", "not_obliged") in free
    assert ("RWA", "KEN", "troops", "not_obliged") not in free


def test_of_things_joined_one_may_be_left_out(read):
    text = "Poland sold Georgia radars. Poland would probably send Georgia rifles but no troops."
    rows = told(read(text))
    assert ("POL", "GEO", "limited_arms", "likely") in rows
    assert ("POL", "GEO", "troops", "likely") not in rows
