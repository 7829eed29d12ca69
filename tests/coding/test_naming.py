"""Who is who: names to actors, with whom each acts for on that date."""

import itertools

import pytest

from fairweather.coding.grammar.reader import read_document
from fairweather.coding.grammar.sentence import Mention, Reading
from fairweather.records import Document, on


def read(text: str, published: str = "2025-02-01", title: str = "") -> Reading:
    return read_document(Document(text=text, title=title, published=on(published)))


def mentions(text: str, published: str = "2025-02-01") -> list[Mention]:
    return [m for s in read(text, published).sentences for m in s.mentions if not m.weak]


def chains(text: str, published: str = "2025-02-01") -> set[tuple[str, ...]]:
    return {mention.chain for mention in mentions(text, published)}


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The Kremlin objected.", ("RUS",)),
        ("Seoul and Pyongyang spoke.", ("PRK",)),
        ("The French navy left.", ("FRA",)),
        ("Pakistanis voted.", ("PAK",)),
        ("Emmanuel Macron flew to Rabat.", ("emmanuel-macron", "FRA")),
        ("NATO met in Vilnius.", ("nato",)),
        ("The Houthis fired two missiles.", ("houthis",)),
        ("The United Arab Emirates paid.", ("ARE",)),
        ("Nigerien soldiers crossed the border.", ("NER",)),
        ("Nigerian soldiers crossed the border.", ("NGA",)),
    ],
)
def test_names_adjectives_and_metonyms_lead_to_the_actor(text: str, chain: tuple[str, ...]) -> None:
    assert chain in chains(text)


def test_an_office_holder_acts_for_the_state_of_that_date() -> None:
    assert ("dmitry-medvedev", "RUS") in chains("Dmitry Medvedev spoke.", "2010-05-01")


def test_a_capital_speaks_for_the_state_that_was_there() -> None:
    assert ("SUN",) in chains("Moscow protested to Bonn.", "1970-05-01")
    assert ("RUS",) in chains("Moscow protested to Berlin.", "2010-05-01")


def test_near_names_stay_two_persons() -> None:
    found = {m.actor for m in mentions("Ayatollah Khomeini died in 1989; Khamenei followed him.")}
    assert {"ruhollah-khomeini", "ali-khamenei"} <= found


def test_swapped_letters_beside_a_title_are_seen_through_with_a_low_score() -> None:
    (mention,) = [
        m for m in mentions("President Macorn left Paris.") if m.actor == "emmanuel-macron"
    ]
    assert mention.score < 0.8
    assert mention.alias == "Macorn"


def test_an_unknown_person_is_kept_and_acts_for_whom_the_text_says() -> None:
    found = chains("Jordan's water minister Taleb Qasimov resigned.")
    assert ("taleb-qasimov", "JOR") in found


def test_an_unknown_name_is_a_provisional_actor() -> None:
    reading = read("Arvid Stenqvist met Emmanuel Macron in Paris.")
    (actor,) = [actor for actor in reading.actors if actor.id == "arvid-stenqvist"]
    assert actor.kind == "person"
    assert actor.confidence <= 0.5


def test_a_surname_means_the_person_whom_the_text_has_named() -> None:
    text = "Arvid Stenqvist met the king. Stenqvist then left."
    assert [m.actor for m in mentions(text)].count("arvid-stenqvist") == 2


def test_an_adjective_before_goods_does_not_act() -> None:
    (sentence,) = read("Turkish drones were sold to Mali.").sentences
    assert [(m.actor, m.weak) for m in sentence.mentions] == [("TUR", True), ("MLI", False)]


def test_the_dyad_in_focus_is_whom_the_title_and_the_text_name_most() -> None:
    reading = read(
        "Ghana and Togo opened a bridge. Ghana paid for it and Togo guards it. France watched.",
        title="A bridge between Ghana and Togo",
    )
    assert set(reading.focus) == {"GHA", "TGO"}


def test_no_mention_overlaps_another() -> None:
    (sentence,) = read("South Korean Foreign Minister Cho Tae-yul met Wang Yi of China.").sentences
    ends = [(m.start, m.end) for m in sorted(sentence.mentions, key=lambda m: m.start)]
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(ends))
