"""A list of the day's news: each item is news of that day; a trade war is no war."""

from collections.abc import Iterator

import pytest
from tests.coding.conftest import Read

from fairweather.coding.events import events
from fairweather.records import Event

DIGEST = """* Peruvian troops attack a base of the rebels in Ecuador.
* The weather stays fine in Lima.
* Chile and Bolivia hold talks in Sucre.
* Kenya expels the ambassador of Somalia.
* In 2019 Kenya expelled the ambassador of Sudan.
"""


def coded(read: Read, text: str) -> Iterator[Event]:
    yield from events(read(text))


def test_each_item_of_a_digest_is_news_of_its_day(read: Read) -> None:
    expelled = [one for one in coded(read, DIGEST) if one.source == ("KEN",)]
    assert [one.date.text() for one in expelled] == ["2025-06-15", "2019"]


@pytest.mark.parametrize("war", ["trade war", "price war"])
def test_a_war_of_tariffs_is_no_assault(read: Read, war: str) -> None:
    found = list(coded(read, f"The {war} of Kenya against Somalia went on in Nairobi."))
    assert not any(one.event_class == "ASSAULT" for one in found)
