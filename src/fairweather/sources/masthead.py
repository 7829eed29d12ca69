"""The masthead of an article: its title, author, publisher and address, from its asides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from fairweather.records import Aside
from fairweather.sources.asides import biographed, is_item
from fairweather.sources.lexicon import marks, named

_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;)]")


def title_in(text: str, asides: tuple[Aside, ...]) -> str:
    """The words of the title aside, without heading marks, on one line; no heading of a list."""
    for aside in asides:
        if aside.kind == "title" and not is_item(text[aside.start : aside.end]):
            return " ".join(text[aside.start : aside.end].lstrip("#").split())
    if asides and asides[0].kind == "dateline" and text.startswith("#"):
        # A day of a ledger is headed by its date and by nothing else.
        return text[asides[0].start : asides[0].end].lstrip("#").strip()
    return ""


def author_in(text: str, asides: tuple[Aside, ...]) -> str:
    """The author of the byline, or of the line about the author at the end."""
    for words in _of_kind(text, asides, "credit"):
        if byline := marks("reading", "byline").match(words):
            return named(byline, "author")
    for words in reversed(list(_of_kind(text, asides, "footer"))):
        if name := biographed(words):
            return name
    return ""


def publisher_in(text: str, asides: tuple[Aside, ...]) -> str:
    """The publisher that a "Published in" line or, the last first, a footer names."""
    for kind in ("dateline", "footer"):
        for words in _of_kind(text, asides, kind):
            if found := marks("reading", "published_lines").match(words):
                return named(found, "publisher")
    for words in reversed(list(_of_kind(text, asides, "footer"))):
        if found := marks("reading", "publisher_footers").search(words):
            return named(found, "publisher").rstrip(".")
    return ""


def url_in(text: str, asides: tuple[Aside, ...]) -> str:
    """The one web address that stands in head or foot, else ""."""
    found = [
        url[0]
        for kind in ("dateline", "footer")
        for words in _of_kind(text, asides, kind)
        for url in _URL.finditer(words)
    ]
    return found[0] if len(set(found)) == 1 else ""


def host(url: str) -> str:
    """The host of a web address without `www.`, the last resort for a publisher's name."""
    try:
        name = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return name.removeprefix("www.")


def _of_kind(text: str, asides: tuple[Aside, ...], kind: str) -> Iterator[str]:
    for aside in asides:
        if aside.kind == kind:
            yield text[aside.start : aside.end]
