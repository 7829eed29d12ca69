"""Fetching: the one door to the live web, behind a guard, polite, and never surprised.

    with Fetcher() as fetcher:
        for found in open_address("https://example.org/feed.xml", fetcher):
            ...

`addresses` says where a connection may go, `connection` goes there and nowhere else, `body`
bounds what comes back, `politeness` when to ask, `client` does one fetch, `live` makes
documents of it, `gathering` of whatever a person names.
"""

from fairweather.sources.fetching.addresses import Guard, Refused, refusal
from fairweather.sources.fetching.answers import Fetched, Unfetched
from fairweather.sources.fetching.client import Fetcher, Limits
from fairweather.sources.fetching.gathering import Web, feeds_of, gather
from fairweather.sources.fetching.live import Opened, open_address, open_item, reason
from fairweather.sources.fetching.politeness import Politeness, back_off

__all__ = [
    "Fetched",
    "Fetcher",
    "Guard",
    "Limits",
    "Opened",
    "Politeness",
    "Refused",
    "Unfetched",
    "Web",
    "back_off",
    "feeds_of",
    "gather",
    "open_address",
    "open_item",
    "reason",
    "refusal",
]
