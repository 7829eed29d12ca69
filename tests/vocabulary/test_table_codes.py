"""Codes and names of event tables stand for actors that are known, or for nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from fairweather.errors import VocabularyError
from fairweather.vocabulary.gazetteer import State, load_gazetteer
from fairweather.vocabulary.table_codes import FILE, load_table_codes, read_table_codes

CODES = load_table_codes()
STATES = [actor for actor in load_gazetteer().actors.values() if isinstance(actor, State)]


def test_every_state_answers_to_its_code_and_its_name() -> None:
    for state in STATES:
        assert CODES.country(state.id) == state.id
        assert CODES.country(state.name) == state.id
        assert CODES.country(state.name.upper()) == state.id


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("ROM", "ROU"),
        ("ZAR", "COD"),
        ("GZS", "PSE"),
        ("USR", "SUN"),
        ("SUN", "SUN"),
        ("YUG", "YUG"),
        ("CSK", "CSK"),
        ("DDR", "DDR"),
        ("PGS", "persian-gulf"),
        ("Congo", "COG"),
        ("Democratic Republic of Congo", "COD"),
        ("the former Yugoslav Republic of Macedonia", "MKD"),
        ("Hong Kong", "HKG"),
        ("Soviet Union", "SUN"),
        ("Utopia", ""),
    ],
)
def test_old_codes_regions_and_the_names_of_tables_are_known(text: str, actor: str) -> None:
    assert CODES.country(text) == actor


def test_a_name_that_two_states_share_stands_for_neither() -> None:
    assert CODES.country("Korea") == ""


def test_no_state_acts_for_itself_as_an_armed_group() -> None:
    assert not set(CODES.own.values()) & {state.id for state in STATES}


@pytest.mark.parametrize(
    ("line", "changed", "message"),
    [
        ('ROM = "ROU"', 'ROM = "XYZ"', r"\[countries\] ROM: no state or territory XYZ"),
        ('ROM = "ROU"', 'Rom = "ROU"', r"\[countries\] Rom: a code is three capitals"),
        ('HEZ = "hezbollah"', 'HEZ = "Party of God"', r"\[groups\] HEZ: no actor id"),
        ('HEZ = "hezbollah"', "HEZ = 7", r"\[groups\] HEZ: must be text"),
        ('ABW = "Aruba"', 'FRA = "France"', r"\[territories\] FRA: is a state"),
        ("[regions]", "[areas]", r"lacks the table \[regions\]"),
    ],
)
def test_a_mistake_is_named_with_its_place(
    tmp_path: Path, line: str, changed: str, message: str
) -> None:
    path = tmp_path / "table_codes.toml"
    path.write_text(FILE.read_text().replace(line, changed))
    with pytest.raises(VocabularyError, match=message):
        read_table_codes(path, load_gazetteer())
