"""JSON Feed, versions 1 and 1.1 (jsonfeed.org): each item one document."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from fairweather.sources.document import Told
from fairweather.sources.failure import Failure, Unread
from fairweather.sources.item import Item, in_utc, published_on
from fairweather.sources.markup import one_line, plain, text_of
from fairweather.sources.web_address import web_address

_VERSION = re.compile(r'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version')
_HEAD = 4000


def is_json_feed(text: str) -> bool:
    """Whether a text says that it is a JSON Feed."""
    if not text.lstrip("\ufeff \t\r\n").startswith("{"):
        return False
    # The version should come first, but JSON has no order.
    return bool(_VERSION.search(text, 0, _HEAD) or _VERSION.search(text, len(text) - _HEAD))


def read_json_items(text: str, uri: str) -> Iterator[Item | Failure]:
    """The items of a JSON Feed. Raises Unread for what is no JSON, or a feed without items."""
    try:
        loaded = json.dumps(json.loads(text.lstrip("\ufeff")), ensure_ascii=False)
        # Once more, without the halves of characters that JSON can spell and no text can hold.
        feed = json.loads(loaded.encode(errors="replace"))
    except json.JSONDecodeError as error:
        raise Unread(f"is malformed JSON at line {error.lineno}: {error.msg}") from error
    except RecursionError as error:
        raise Unread("is JSON nested too deeply") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not items:
        raise Unread("is a feed without items")
    for number, item in enumerate(items, start=1):
        if isinstance(item, dict):
            yield _item(item, feed, uri, number)
        else:
            yield Failure(uri, f"item {number} is no object")


def _item(item: Mapping[str, Any], feed: Mapping[str, Any], uri: str, number: int) -> Item:
    link = web_address(_words(item, "url") or _words(item, "external_url"), uri)
    title = one_line(_words(item, "title"))
    published, updated = _words(item, "date_published"), _words(item, "date_modified")
    instant = _instant(published or updated)
    told = Told(
        title=title,
        author=_authors(item) or _authors(feed),
        publisher=one_line(_words(feed, "title")),
        url=link,
        published=published_on(instant, published, updated),
        language=_words(item, "language") or _words(feed, "language"),
    )
    # An id may be a number; the specification asks readers to take it as a string.
    key = str(item.get("id") or link or title)
    return Item(key, _text(item), told, in_utc(instant), f"item {number}")


def _text(item: Mapping[str, Any]) -> str:
    texts = [
        text_of(_words(item, "content_html")),
        plain(_words(item, "content_text")),
    ]
    return max(texts, key=len) or plain(_words(item, "summary"))


def _words(item: Mapping[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""


def _authors(item: Mapping[str, Any]) -> str:
    """The names of version 1.1's list, else of version 1's single author."""
    listed = item.get("authors")
    people = listed if isinstance(listed, list) else [item.get("author")]
    names = (_words(person, "name") for person in people if isinstance(person, dict))
    return ", ".join(one_line(name) for name in names if name)


def _instant(words: str) -> dt.datetime | None:
    try:
        found = dt.datetime.fromisoformat(words.strip())
        # The edges of the calendar cannot be taken to another zone.
        return found.astimezone(dt.UTC) if found.tzinfo else None
    except (ValueError, OverflowError):
        return None
