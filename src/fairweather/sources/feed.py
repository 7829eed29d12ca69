"""Feeds: RSS, Atom and JSON Feed, each item one document.

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
from fairweather.records import Document, When
from fairweather.sources.document import Told
from fairweather.sources.failure import Failure, Unread
from fairweather.sources.item import Item, in_utc, published_on
from fairweather.sources.jsonfeed import is_json_feed, read_json_items
from fairweather.sources.markup import one_line, plain
from fairweather.sources.web_address import web_address

_PROLOG = re.compile(r"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*", re.DOTALL)
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?P<subset>\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
_ENTITY = re.compile(r"<!ENTITY\b", re.IGNORECASE)
_ROOT = re.compile(r"<(?P<name>[A-Za-z_][\w:.-]*)")
_ROOTS = frozenset({"rss", "feed", "rdf:rdf", "channel"})
_START = re.compile(r"<\?xml\b|<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_ITEM = re.compile(r"<(?:item|entry)[\s>]", re.IGNORECASE)
_LONGEST_JUNK = 2000
_REFERENCE = re.compile(r"&#(x[0-9a-fA-F]{1,20}|[0-9]{1,20});")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ENCODING = re.compile(r"""\A(\s*<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")


def is_feed(text: str) -> bool:
    """Whether the root element is that of a feed, be it after words that do not belong there."""
    return root_of(_from_its_start(text)).lower() in _ROOTS


def _from_its_start(text: str) -> str:
    """The text from where its XML begins: servers print warnings before what they serve."""
    # Where entities are declared anything unusual is a trick, not an accident.
    if root_of(text) or _ENTITY.search(text):
        return text
    for found in _START.finditer(text, 0, _LONGEST_JUNK):
        rest = text[found.start() :]
        if root_of(rest).lower() in _ROOTS and _ITEM.search(rest):
            return rest
    return text


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
    """The items of a feed as documents; an item without words is a Failure.

    Raises Unread for entity declarations, XML that is no feed, and a feed without items.
    """
    for item in read_items(text, uri):
        try:
            yield item if isinstance(item, Failure) else item.document()
        except (ValueError, RecursionError, RecordError, Unread) as error:
            yield Failure(_address(item) or uri, f"{error} ({uri})")


def _address(item: Item | Failure) -> str:
    return item.told.url if isinstance(item, Item) else item.uri


def read_items(text: str, uri: str) -> Iterator[Item | Failure]:
    """The items of a feed, those without words included. Raises Unread as `read_feed` does."""
    if is_json_feed(text):
        yield from read_json_items(text, uri)
    else:
        yield from _read_xml_items(text, uri)


def _read_xml_items(text: str, uri: str) -> Iterator[Item | Failure]:
    text = _from_its_start(text)
    parsed = _parsed(without_doctype(text, _ROOTS))
    if not parsed.entries:
        raise Unread(_why_empty(parsed))
    for number, entry in enumerate(parsed.entries, start=1):
        try:
            yield _item(entry, parsed.feed, uri, number)
        except (ValueError, OverflowError, RecursionError, RecordError) as error:
            yield Failure(uri, f"item {number} cannot be read: {error}")
    if not _is_closed(text):
        yield Failure(uri, f"ends in the middle: {len(parsed.entries)} items could be read")


def _parsed(safe: str) -> Any:
    # Imported here: it is slow to load and only feeds need it.
    import feedparser

    readable = _REFERENCE.sub(_possible, safe)
    try:
        return feedparser.parse(
            io.BytesIO(readable.encode(errors="replace")),
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except Exception as error:  # it was made for any feed, and still meets one that breaks it
        raise Unread(f"breaks the feed parser: {type(error).__name__}: {error}") from error


def _possible(reference: re.Match[str]) -> str:
    """A character reference, U+FFFD where it is to what no text can hold."""
    digits = reference[1].lower()
    try:
        letter = chr(int(digits[1:], 16) if digits.startswith("x") else int(digits))
    except (ValueError, OverflowError):
        return "\ufffd"
    return "\ufffd" if _IMPOSSIBLE.match(letter) else reference[0]


def without_doctype(text: str, roots: frozenset[str] = frozenset()) -> str:
    """XML without DOCTYPE and encoding declaration, fit to be parsed. Raises Unread.

    `roots` are the root elements that are wanted, in lower case; any without them.
    """
    prolog_end = _after_prolog(text)
    root = _ROOT.match(text, prolog_end)
    prolog = text[: root.start()] if root else text
    if entity := _ENTITY.search(prolog):
        line = prolog.count("\n", 0, entity.start()) + 1
        raise Unread(f"declares entities (line {line}), which is refused")
    if root is None:
        raise Unread("is malformed XML: no root element")
    if roots and root["name"].lower() not in roots:
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


def _item(entry: Any, channel: Any, uri: str, number: int) -> Item:
    link = web_address(str(entry.get("link") or ""), uri)
    title = one_line(str(entry.get("title") or ""))
    instant = _instant(entry)
    told = Told(
        title=title,
        author=one_line(str(entry.get("author") or "")),
        publisher=one_line(str(_source_title(entry) or channel.get("title") or "")),
        url=link,
        published=_published(entry, instant),
        language=str(channel.get("language") or ""),
    )
    key = str(entry.get("id") or "") or link or title
    return Item(key, _text(entry), told, in_utc(instant), f"item {number}")


def _source_title(entry: Any) -> str:
    # An aggregator names the paper an item comes from.
    return str((entry.get("source") or {}).get("title") or "")


def _text(entry: Any) -> str:
    """The longest of the item's contents, else its summary, as text."""
    contents = [str(part.get("value") or "") for part in entry.get("content") or []]
    candidates = [*contents, str(entry.get("summary") or "")]
    texts = [plain(words) for words in candidates if words.strip()]
    return max(texts, key=len, default="")


def _instant(entry: Any) -> dt.datetime | None:
    """When the item was published, else updated, as far as feedparser can tell."""
    stated = _stated(entry, "published_parsed", "updated_parsed")
    parsed = stated.get("published_parsed") or stated.get("updated_parsed")
    if not parsed:
        return None
    year, month, day, hour, minute, second = parsed[:6]
    # A leap second is none that Python knows.
    return dt.datetime(year, month, day, hour, minute, min(second, 59), tzinfo=dt.UTC)


def _published(entry: Any, instant: dt.datetime | None) -> When | None:
    """The item's day in UTC, or what its words say where they are no instant."""
    stated = _stated(entry, "published", "updated")
    return published_on(instant, str(stated.get("published", "")), str(stated.get("updated", "")))


def _stated(entry: Any, *names: str) -> dict[str, Any]:
    # Asked for one by one with `get`, feedparser would give one date for the other, and warn.
    return {name: entry[name] for name in names if name in entry}
