"""Feeds: RSS and Atom, each item one document.

The prolog is looked at first: an entity declaration is refused (a small file can declare text
of any size), a bare DOCTYPE is dropped. feedparser then reads what a strict parser would
refuse, and nothing in it is fetched.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Iterator
from typing import Any

from fairweather.errors import RecordError
from fairweather.records import Document, When, on
from fairweather.sources.dating import stated_date
from fairweather.sources.document import Told, make_document
from fairweather.sources.failure import Failure, Unread
from fairweather.sources.markup import has_markup, text_of

_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?P<subset>\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?P<name>[A-Za-z_][\w:.-]*)")
_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
_ENCODING = re.compile(r"""\A(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")


def is_feed(text: str) -> bool:
    """Whether the root element is that of a feed."""
    return root_of(text).lower() in _ROOTS


def root_of(text: str) -> str:
    """The name of the root element, "" where there is none."""
    place = _after_prolog(text)
    found = _ROOT.match(text, place)
    return found["name"] if found else ""


def _after_prolog(text: str) -> int:
    text_start = len(text) - len(text.lstrip("\ufeff \t\r\n"))
    place = _end(_PROLOG, text, text_start)
    doctype = _DOCTYPE.match(text, place)
    return _end(_PROLOG, text, doctype.end()) if doctype else place


def _end(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def read_feed(text: str, uri: str) -> Iterator[Document | Failure]:
    """The items of a feed; an item without words is a Failure.

    Raises Unread for entity declarations, XML that is no feed, and a feed without items.
    """
    # Imported here: it is slow to load and only feeds need it.
    import feedparser

    safe = _checked(text)
    parsed = feedparser.parse(
        io.BytesIO(safe.encode()),
        response_headers={"content-type": "application/xml; charset=utf-8"},
        resolve_relative_uris=False,
        sanitize_html=False,
    )
    if not parsed.entries:
        raise Unread(_why_empty(parsed))
    channel = parsed.feed
    for number, entry in enumerate(parsed.entries, start=1):
        try:
            yield _item(entry, channel, uri, number)
        except (ValueError, RecursionError, RecordError) as error:
            yield Failure(uri, f"item {number} cannot be read: {error}")
    if not _is_closed(text):
        yield Failure(uri, f"ends in the middle: {len(parsed.entries)} items could be read")


def _checked(text: str) -> str:
    """The feed without DOCTYPE and encoding declaration. Raises Unread."""
    prolog_end = _after_prolog(text)
    root = _ROOT.match(text, prolog_end)
    prolog = text[: root.start()] if root else text
    if entity := _ENTITY.search(prolog):
        line = prolog.count("\n", 0, entity.start()) + 1
        raise Unread(f"declares entities (line {line}), which is refused")
    if root is None:
        raise Unread("is malformed XML: no root element")
    if root["name"].lower() not in _ROOTS:
        raise Unread(f"is XML, but neither RSS nor Atom: its root is <{root['name']}>")
    # The text is decoded by now, so what it says of its encoding no longer holds.
    prolog = _ENCODING.sub(r"\1", _DOCTYPE.sub("", prolog.lstrip("\ufeff \t\r\n")))
    declared = prolog if prolog.startswith("<?xml") else f'<?xml version="1.0"?>{prolog}'
    return declared + text[root.start() :]


def _is_closed(text: str) -> bool:
    return f"</{root_of(text)}".lower() in text[-2000:].lower()


def _why_empty(parsed: Any) -> str:
    error = parsed.get("bozo_exception")
    where = getattr(error, "getLineNumber", lambda: None)()
    if where:
        return f"is malformed XML at line {where}: {error.getMessage()}; no item could be read"
    return "is a feed without items"


def _item(entry: Any, channel: Any, uri: str, number: int) -> Document | Failure:
    link = str(entry.get("link") or "")
    title = _words(str(entry.get("title") or ""))
    text = _text(entry)
    if not any(letter.isalnum() for letter in text):
        named = f' "{title[:60]}"' if title else ""
        return Failure(link or uri, f"item {number}{named} of {uri} has no text")
    told = Told(
        title=title,
        author=_words(str(entry.get("author") or "")),
        publisher=_words(str(_source_title(entry) or channel.get("title") or "")),
        url=link,
        published=_published(entry),
        language=str(channel.get("language") or ""),
    )
    return make_document(text, told)


def _source_title(entry: Any) -> str:
    # An aggregator names the paper an item comes from.
    return str((entry.get("source") or {}).get("title") or "")


def _text(entry: Any) -> str:
    """The longest of the item's contents, else its summary, as text."""
    contents = [str(part.get("value") or "") for part in entry.get("content") or []]
    candidates = [*contents, str(entry.get("summary") or "")]
    texts = [_as_text(words) for words in candidates if words.strip()]
    return max(texts, key=len, default="")


def _as_text(words: str) -> str:
    if has_markup(words):
        return text_of(words)
    return _UNWRITABLE.sub(" ", words).strip()


def _words(markup: str) -> str:
    return " ".join(_as_text(markup).split())


def _published(entry: Any) -> When | None:
    """The item's day in UTC, or what its words say where they are no instant."""
    for name in ("published", "updated"):
        words, parsed = str(entry.get(name) or ""), entry.get(f"{name}_parsed")
        if parsed:
            return on(dt.date(*parsed[:3]).isoformat(), words)
        if when := stated_date(words):
            return when
    return None
