"""Who is who, and who held what when."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairweather.errors import VocabularyError
from fairweather.vocabulary.gazetteer import (
    Gazetteer,
    Organisation,
    Person,
    Role,
    Span,
    State,
    contradictions,
    load_gazetteer,
    usual_surname,
)
from fairweather.vocabulary.gazetteer_tables import read_gazetteer

GAZETTEER = load_gazetteer()


def actors_called(surface: str) -> list[str]:
    return [actor for text, actor, _ in GAZETTEER.terms() if text == surface]


# -- the shipped tables -----------------------------------------------------------------------


def test_the_tables_contradict_themselves_only_where_the_world_does() -> None:
    assert contradictions(GAZETTEER) == []


def test_every_declared_exemption_says_why() -> None:
    assert all(len(exemption.reason.split()) > 2 for exemption in GAZETTEER.exemptions)


def test_states_organisations_and_persons_are_all_there() -> None:
    kinds = [type(actor) for actor in GAZETTEER.actors.values()]
    assert kinds.count(State) >= 200
    assert kinds.count(Organisation) >= 150
    assert kinds.count(Person) >= 3000


def test_most_states_have_a_named_foreign_or_defence_minister_or_security_adviser() -> None:
    offices = ("foreign minister", "defence minister")
    persons = [actor for actor in GAZETTEER.actors.values() if isinstance(actor, Person)]
    of = {role.of for person in persons for role in person.roles if role.role in offices}
    assert len(of & {a.id for a in GAZETTEER.actors.values() if isinstance(a, State)}) >= 40


# -- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("surface", "actor"),
    [
        ("Russian Federation", "RUS"),
        ("Downing Street", "GBR"),
        ("Élysée", "FRA"),
        ("Türkiye", "TUR"),
        ("Burma", "MMR"),
        ("Swaziland", "SWZ"),
        ("Czechia", "CZE"),
        ("Côte d'Ivoire", "CIV"),
        ("Northern Ireland", "GBR"),
        ("Nigerien", "NER"),
        ("Nigerian", "NGA"),
        ("Hizballah", "hezbollah"),
        ("Sergey Shoygu", "sergei-shoigu"),
        ("Volodymyr Zelenskyy", "volodymyr-zelensky"),
        ("Moammar Gadhafi", "muammar-gaddafi"),
        ("MBS", "mohammed-bin-salman"),
    ],
)
def test_a_name_in_any_of_its_usual_spellings_finds_one_actor(surface: str, actor: str) -> None:
    assert actors_called(surface) == [actor]


def test_a_name_with_marks_is_also_found_in_plain_letters() -> None:
    assert actors_called("Recep Tayyip Erdoğan") == ["recep-tayyip-erdogan"]
    assert actors_called("Recep Tayyip Erdogan") == ["recep-tayyip-erdogan"]


def test_words_that_mean_anything_are_nobodys_name() -> None:
    for word in ("the Kingdom", "Kingdom", "us", "Male", "The", "Congress", "Senate"):
        assert actors_called(word) == []


@pytest.mark.parametrize("word", ["Georgia", "Jordan", "Chad", "Washington", "Brussels"])
def test_a_word_with_another_meaning_says_that_it_needs_its_context(word: str) -> None:
    assert GAZETTEER.ambiguous(word)
    assert not GAZETTEER.ambiguous("Uruguay")


def test_of_two_states_with_one_word_the_likelier_comes_first() -> None:
    assert actors_called("Congo") == ["COD", "COG"]
    assert actors_called("Dominican") == ["DOM", "DMA"]


def test_moscow_in_1970_stands_for_the_soviet_union() -> None:
    in_1970 = [actor for text, actor, _ in GAZETTEER.terms("1970") if text == "Moscow"]
    in_2010 = [actor for text, actor, _ in GAZETTEER.terms("2010") if text == "Moscow"]
    assert (in_1970, in_2010) == (["SUN"], ["RUS"])


def test_an_article_before_an_arabic_surname_may_be_left_out() -> None:
    assert "bashar-al-assad" in actors_called("Assad")
    assert "bashar-al-assad" in actors_called("al-Assad")


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("Charles de Gaulle", "de Gaulle"),
        ("Ursula von der Leyen", "von der Leyen"),
        ("Surangel Whipps Jr.", "Whipps"),
        ("Sukarno", ""),
    ],
)
def test_a_surname_is_the_last_word_with_its_particles(name: str, surname: str) -> None:
    assert usual_surname(name) == surname


def test_a_king_has_no_surname_and_a_chinese_surname_comes_first() -> None:
    assert actors_called("Jordan") == ["JOR"]
    assert actors_called("Xi") == ["xi-jinping"]


def test_an_army_acts_for_its_state_and_a_movement_only_sits_in_one() -> None:
    army, movement = GAZETTEER.actors["irgc"], GAZETTEER.actors["hezbollah"]
    assert isinstance(army, Organisation)
    assert isinstance(movement, Organisation)
    assert army.of == ("IRN",)
    assert (movement.of, movement.based_in) == ((), ("LBN",))


def test_the_label_of_an_unlisted_actor_is_its_id() -> None:
    assert GAZETTEER.label("PRK") == "North Korea"
    assert GAZETTEER.label("some-stranger") == "some-stranger"


# -- offices and memberships ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "of", "day", "holders"),
    [
        ("president", "RUS", "2010-06-01", ("dmitry-medvedev",)),
        ("president", "RUS", "2012", ("dmitry-medvedev", "vladimir-putin")),
        ("supreme leader", "IRN", "1985", ("ruhollah-khomeini",)),
        ("supreme leader", "IRN", "2001-09-11", ("ali-khamenei",)),
        ("chancellor", "DEU", "1969-10-01", ("kurt-georg-kiesinger",)),
        ("president", "TWN", "2017", ("tsai-ing-wen",)),
        ("general secretary", "SUN", "1986", ("mikhail-gorbachev",)),
        ("secretary general", "nato", "2020-05", ("jens-stoltenberg",)),
        ("president", "USA", "2021-01-20", ("donald-trump", "joe-biden")),
        ("president", "RUS", "", ()),
        ("shogun", "JPN", "1960", ()),
    ],
)
def test_an_office_on_a_date_has_its_holders(
    role: str, of: str, day: str, holders: tuple[str, ...]
) -> None:
    assert GAZETTEER.holders(role, of, day) == holders


def test_a_person_who_changes_office_acts_in_the_one_of_the_day() -> None:
    offices = [role.role for role in GAZETTEER.roles_on("vladimir-putin", "2009-01-01")]
    assert offices == ["prime minister"]
    assert GAZETTEER.roles_on("vladimir-putin", "") == ()
    assert GAZETTEER.roles_on("RUS", "2009") == ()


def test_a_bloc_has_the_members_of_the_day() -> None:
    founders = ("BRA", "RUS", "IND", "CHN", "ZAF")
    assert GAZETTEER.members_on("brics", "2023-12-31") == founders
    assert {"IRN", "ARE", "EGY", "ETH"} <= set(GAZETTEER.members_on("brics", "2024-01-01"))
    assert "GBR" not in GAZETTEER.members_on("european-union", "2021")
    assert "SWE" in GAZETTEER.members_on("nato", "2024-03")
    assert GAZETTEER.members_on("RUS", "2024") == ()


def test_a_state_that_left_a_bloc_and_came_back_was_away_in_between() -> None:
    assert "EGY" in GAZETTEER.members_on("arab-league", "1978")
    assert "EGY" not in GAZETTEER.members_on("arab-league", "1985")
    assert "EGY" in GAZETTEER.members_on("arab-league", "1990")


@given(st.dates(), st.dates(), st.dates())
def test_a_span_of_days_holds_exactly_the_days_between_its_ends(
    one: object, other: object, day: object
) -> None:
    since, until = sorted((str(one), str(other)))
    assert Span(since, until).may_include(str(day)) == (since <= str(day) <= until)


def test_a_month_lies_in_a_span_when_one_of_its_days_does() -> None:
    span = Span("2008-05-07", "2012-05-07")
    assert span.may_include("2008-05")
    assert span.may_include("2012")
    assert not span.may_include("2008-04")
    assert Span("", "").may_include("1066")


# -- contradictions and mistakes --------------------------------------------------------------


def with_person(person: Person) -> Gazetteer:
    return replace(
        GAZETTEER, actors=MappingProxyType({**GAZETTEER.actors, person.id: person}), files={}
    )


def test_a_second_president_at_one_time_is_a_contradiction() -> None:
    pretender = Person(
        "pretender", "A Pretender", roles=(Role("president", "RUS", "2014", "", False),)
    )
    found = contradictions(with_person(pretender))
    assert any("president of RUS" in sentence and "pretender" in sentence for sentence in found)


def test_a_name_that_is_already_taken_is_a_contradiction() -> None:
    found = contradictions(with_person(Person("new-iran", "Iran")))
    assert found == ["exemptions.toml: 'Iran' is claimed by IRN, new-iran and not declared"]


def test_an_office_of_nobody_and_a_time_that_runs_backwards_are_contradictions() -> None:
    roles = (Role("admiral", "atlantis", "2014-05", "2013", False),)
    found = contradictions(with_person(Person("admiral", "An Admiral", roles=roles)))
    assert sorted(found) == [
        ", [admiral]: 2013 comes before 2014-05",
        ", [admiral]: no table has the actor 'atlantis'",
    ]


TABLES = {
    "states.toml": '[RUS]\nname = "Russia"\n',
    "organisations.toml": '[bund]\nname = "Bund"\nkind = "bloc"\nmembers = [["RUS", "2001", ""]]\n',
    "office_holders.toml": '[ann]\nname = "Ann"\nroles = [["queen", "RUS", "2001", "", "m"]]\n',
    "officials.toml": "",
    "exemptions.toml": 'horizon = "2026"\n',
}


def written(folder: Path, **changed: str) -> Path:
    for name, text in TABLES.items():
        (folder / name).write_text(changed.get(name.removesuffix(".toml"), text))
    return folder


def test_a_folder_of_well_formed_tables_is_read(tmp_path: Path) -> None:
    gazetteer = read_gazetteer(written(tmp_path))
    assert gazetteer.holders("queen", "RUS", "2010") == ("ann",)
    assert gazetteer.members_on("bund", "2010") == ("RUS",)


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("states", "[RUS]\n", r'states\.toml, \[RUS\]: lacks the field "name"'),
        ("states", '[rus]\nname = "Russia"', r"states\.toml, \[rus\]: the key"),
        ("states", '[RUS]\nname = "R"\ncapitol = "M"', r'unknown field "capitol"'),
        ("states", '[RUS]\nname = "R"\nfrom = "12/1991"', r'"12/1991" is no date'),
        ("organisations", '[b]\nname = "B"\nkind = "club"', r"\[b\]: kind must be one of"),
        ("office_holders", '[a]\nname = "A"\nroles = [["queen", "RUS"]]', r"should be \[title, of"),
        ("office_holders", '[a]\nname = "A"\nnames = "B"', r'"names" must be a list'),
        ("officials", '[ann]\nname = "Ann"', r"\[ann\]: is in office_holders\.toml already"),
        ("officials", "[ann", r"officials\.toml: cannot be read"),
        ("exemptions", '[[word]]\nabout = "Iran"', r'lacks the field "reason"'),
    ],
)
def test_a_mistake_in_a_table_is_named_with_its_file_and_key(
    tmp_path: Path, file: str, text: str, message: str
) -> None:
    with pytest.raises(VocabularyError, match=message):
        read_gazetteer(written(tmp_path, **{file: text}))
