"""Gathering: whatever `read` is given, files and folders, web addresses and lists of feeds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from fairweather.records import Document
from fairweather.sources.decoding import read_bytes
from fairweather.sources.failure import Failure, Unread
from fairweather.sources.fetching.client import Fetcher
from fairweather.sources.fetching.live import open_address, reason
from fairweather.sources.mending import decode_damaged
from fairweather.sources.opening import open_source, uri_of
from fairweather.sources.opml import Subscription, is_opml, read_opml
from fairweather.sources.web_address import is_web_address

LISTS = (".opml", ".xml")
"""Endings of files that may be lists of feeds."""


@dataclass(frozen=True, slots=True)
class Web:
    """How the live web is read: items or their full pages; `fetcher` is one of its own in tests."""

    full_pages: bool = False
    fetcher: Fetcher | None = None


def gather(sources: Sequence[Path | str], web: Web | None = None) -> Iterator[Document | Failure]:
    """The documents of all sources in order; what cannot be read is a Failure."""
    how = web or Web()
    with ExitStack() as open_things:
        fetcher = how.fetcher
        for source in sources:
            addresses, trouble = feeds_of(source)
            if trouble:
                yield trouble
            elif addresses is None:
                yield from open_source(source)
            else:
                if fetcher is None:
                    fetcher = open_things.enter_context(Fetcher())
                for feed in addresses:
                    yield from open_address(feed.url, fetcher, full_pages=how.full_pages)


def feeds_of(source: Path | str) -> tuple[tuple[Subscription, ...] | None, Failure | None]:
    """The web addresses that a source stands for; None for a file or folder to be read itself."""
    if is_web_address(str(source)):
        return (Subscription(str(source)),), None
    path = Path(source)
    if path.suffix.lower() not in LISTS or not path.is_file():
        return None, None
    try:
        text, _ = decode_damaged(read_bytes(path))
        return (read_opml(text) if is_opml(text) else None), None
    except Unread as error:
        # What is no list of feeds says by its own reader what is wrong with it.
        is_list = path.suffix.lower() == ".opml"
        return None, Failure(uri_of(path), reason(error)) if is_list else None
