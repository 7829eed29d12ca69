"""What the cells of a table mean."""

from __future__ import annotations

import datetime as dt

import pytest

from fairweather.sources.tables.meaning import (
    actors_named,
    class_of_code,
    day,
    is_statement,
    whole_code,
)
from fairweather.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("country", "group", "name", "actors"),
    [
        ("RUS", "", "RUSSIA", ("RUS",)),
        ("ROM", "", "BUCHAREST", ("ROU",)),
        ("TMP", "", "DILI", ("TLS",)),
        ("SUN", "", "MOSCOW", ("SUN",)),
        ("HKG", "", "HONG KONG", ("HKG",)),
        ("WST", "", "WESTERN", ("the-west",)),
        ("Russian Federation", "", "Citizen (Russia)", ("RUS",)),
        ("Occupied Palestinian Territory", "", "Mahmoud Abbas", ("PSE",)),
        ("Cote d'Ivoire", "", "Cote d'Ivoire", ("CIV",)),
        ("PER; CHL; PER", "", "Peru; Chile", ("PER", "CHL")),
        ("", "UNO", "THE UN", ("united-nations",)),
        ("", "", "NATO", ("nato",)),
        ("", "", "SOME NEW FRONT", ("some-new-front",)),
        ("", "", "PRESIDENT", ("president",)),
        ("None", "", "None", ()),
        ("", "", "", ()),
    ],
)
def test_a_side_of_a_row_is_an_actor_id(
    country: str, group: str, name: str, actors: tuple[str, ...]
) -> None:
    assert actors_named(country, group, name) == actors


def test_an_armed_group_is_not_the_state_it_sits_in() -> None:
    assert actors_named("LBN", "HEZ", "HEZBOLLAH") == ("hezbollah",)
    assert actors_named("Afghanistan", "", "Taliban") == ("taliban",)


def test_a_party_or_a_court_beside_a_country_is_counted_as_that_countrys() -> None:
    assert actors_named("ISR", "LKD", "LIKUD") == ("ISR",)
    assert actors_named("", "LKD", "LIKUD") == ("likud",)


@pytest.mark.parametrize(
    ("code", "event_class"),
    [
        ("030", "AGREE"),
        ("042", "CONSULT"),
        ("055", "CONCEDE"),
        ("057", "SUPPORT"),
        ("081", "CONCEDE"),
        ("0841", "RETREAT"),
        ("0814", "RETREAT"),
        ("102", "REQUEST"),
        ("163", "COERCE"),
        ("1712", "ASSAULT"),
        ("171", "COERCE"),
        ("191", "COERCE"),
        ("195", "ASSAULT"),
        ("204", "ASSAULT"),
    ],
)
def test_a_code_has_the_class_of_its_root_but_for_exceptions(code: str, event_class: str) -> None:
    assert class_of_code(code) == event_class


def test_every_root_has_a_class_but_plain_statements() -> None:
    classes = {root: class_of_code(f"{root:02}0") for root in range(1, 21)}
    assert classes.pop(1) is None
    assert is_statement("010")
    assert set(classes.values()) <= set(vocabulary("event_classes"))
    assert None not in classes.values()


@pytest.mark.parametrize(
    ("written", "whole"),
    [
        ("42", "042"),
        ("10", "010"),
        ("831", "0831"),
        ("111", "111"),
        ("0841", "0841"),
        ("190", "190"),
    ],
)
def test_a_zero_that_a_spreadsheet_dropped_comes_back(written: str, whole: str) -> None:
    assert whole_code(written) == whole


@pytest.mark.parametrize("written", ["---", "X", "", "000", "4", "04210"])
def test_what_is_no_code_stays_none(written: str) -> None:
    assert whole_code(written) == ""


def test_a_day_is_read_as_written_and_never_made_up() -> None:
    assert day("20140705") == day("2014-07-05") == day("20140705231500") == dt.date(2014, 7, 5)
    assert day("20140230") is None
    assert day("201407") is None
    assert day("") is None
