"""Fetching: the one door to the live web, behind a guard, polite, and never surprised.

    with Fetcher() as fetcher:
        for found in open_address("https://example.org/feed.xml", fetcher):
            ...

`addresses` says where a connection may go, `connection` goes there and nowhere else, `body`
bounds what comes back, `politeness` when to ask, `client` does one fetch, `live` makes
documents of it.
"""

from fairweather.sources.fetching.addresses import Guard, Refused, refusal
from fairweather.sources.fetching.client import Fetched, Fetcher, Limits, Unfetched
from fairweather.sources.fetching.live import open_address, open_item
from fairweather.sources.fetching.politeness import Politeness, back_off

__all__ = [
    "Fetched",
    "Fetcher",
    "Guard",
    "Limits",
    "Politeness",
    "Refused",
    "Unfetched",
    "back_off",
    "open_address",
    "open_item",
    "refusal",
]
