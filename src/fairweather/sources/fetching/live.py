"""From the live web to documents: a feed's items, or the article of a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.errors import RecordError, SourceError
from fairweather.records import Document
from fairweather.sources.document import Told
from fairweather.sources.failure import Failure, Unread
from fairweather.sources.feed import is_feed, read_items
from fairweather.sources.fetching.answers import Fetched, Unfetched
from fairweather.sources.fetching.client import Fetcher
from fairweather.sources.item import Item
from fairweather.sources.jsonfeed import is_json_feed
from fairweather.sources.mending import decode_damaged
from fairweather.sources.opening import read_as
from fairweather.sources.page import is_page, read_page

_PAGES = ("text/html", "application/xhtml+xml")
_BROKEN = (SourceError, RecordError, RecursionError, MemoryError, ValueError, LookupError)
"""What a reader may meet in a stranger's text; one address's trouble never ends the others."""


def open_address(
    url: str, fetcher: Fetcher, *, full_pages: bool = False
) -> Iterator[Document | Failure]:
    """The documents at a web address; what cannot be fetched or read is a Failure.

    A feed gives its items, with `full_pages` the pages that they link to; a page its article.
    """
    try:
        answer = fetcher.get(url)
        text, damage = decode_damaged(answer.body, answer.charset)
        if is_feed(text) or is_json_feed(text):
            yield from _items(text, answer.url, fetcher, full_pages)
        else:
            yield from _other(text, answer)
        if damage:
            yield Failure(url, damage)
    except _BROKEN as error:
        yield Failure(url, reason(error))


def _items(text: str, uri: str, fetcher: Fetcher, full_pages: bool) -> Iterator[Document | Failure]:
    for item in read_items(text, uri):
        if isinstance(item, Failure):
            yield item
            continue
        opened = open_item(item, fetcher, full_pages=full_pages)
        if opened.trouble:
            yield Failure(item.told.url or uri, opened.trouble)
        if opened.document is not None:
            yield opened.document


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of an item: its document, or None; `trouble` if anything went wrong on the way.

    `again` says that it may go better later: the page's server did not answer, or not well.
    """

    document: Document | None
    trouble: str = ""
    again: bool = False


def open_item(item: Item, fetcher: Fetcher, *, full_pages: bool = False) -> Opened:
    """The document of one item of a feed: its own text, or its page where that has more."""
    try:
        own = Opened(item.document())
    except _BROKEN as error:
        own = Opened(None, reason(error))
    if not (full_pages and item.told.url):
        return own
    try:
        page = page_of(item.told.url, fetcher, item.told)
    except _BROKEN as error:
        again = isinstance(error, Unfetched) and error.passing
        if own.document is None:
            return Opened(None, reason(error), again)
        return Opened(own.document, f"{reason(error)}; the item's own text is kept")
    if own.document is not None and len(own.document.text) >= len(page.text):
        return own
    return Opened(page)


def page_of(url: str, fetcher: Fetcher, known: Told) -> Document:
    """The article of a page; `known` fills what it leaves out. Raises SourceError and its kin."""
    answer = fetcher.get(url)
    text, _ = decode_damaged(answer.body, answer.charset)
    if not (is_page(text) or answer.content_type in _PAGES):
        raise Unread(f"is no page ({answer.content_type or 'of no stated kind'})")
    return read_page(text, answer.url, known)


def _other(text: str, answer: Fetched) -> Iterator[Document | Failure]:
    if is_page(text) or answer.content_type in _PAGES:
        yield read_page(text, answer.url, Told(url=answer.url))
        return
    ending = answer.url.partition("?")[0].rpartition("/")[2].rpartition(".")[2].lower()
    if answer.content_type.endswith("json"):
        ending = "json"
    yield from read_as(text, f".{ending}", answer.url)


def reason(error: BaseException) -> str:
    """What a person reads of a trouble."""
    if isinstance(error, SourceError | RecordError):
        return str(error)
    return f"cannot be read: {type(error).__name__}: {error}"
