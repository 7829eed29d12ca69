"""Web pages: the main text by trafilatura, what the page says of itself by its own marks.

trafilatura's date is not used: where a page states none it guesses from the body, and a guess
must not pass for a statement.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from fairweather.records import Document
from fairweather.sources.dating import stated_date
from fairweather.sources.document import Told, make_document
from fairweather.sources.failure import Unread
from fairweather.sources.front_matter import first_meaning
from fairweather.sources.markup import text_of, text_of_element
from fairweather.sources.web_address import web_address

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_PAGE = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_HEAD = 4000
MOST_LOST = 0.1
"""Share of the letters in the article's own paragraphs that an extraction may lose."""

SHORTEST_PARAGRAPH = 80
"""Characters; what is shorter may be a button or a caption."""


def is_page(text: str) -> bool:
    """Whether a text begins as an HTML page does."""
    start = text[:_HEAD].lstrip("\ufeff \t\r\n")
    return start.startswith("<") and bool(_PAGE.search(start))


def read_page(text: str, uri: str, known: Told | None = None) -> Document:
    """The document of a page. Raises Unread where it holds no readable text.

    `known` is what was told of the page where its address was found (a feed's item); it holds
    where the page itself says nothing.
    """
    from lxml import etree, html

    try:
        page = html.document_fromstring(text.encode(), html.HTMLParser(encoding="utf-8"))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unread(f"is no HTML that can be read: {error}") from error
    main = _main_text(text, page)
    if not any(letter.isalnum() for letter in main):
        raise Unread("is a page without readable text")
    return make_document(main, _filled(_told(page, uri), known or Told()))


def _main_text(markup: str, page: HtmlElement) -> str:
    """Trafilatura's text, or the whole of the article element where too much of that is lost."""
    # Imported here: it is slow to load and only pages need it.
    import trafilatura

    extracted = trafilatura.extract(
        markup, include_comments=False, include_tables=True, favor_recall=True, fast=False
    )
    found = (extracted or "").strip()
    articles = page.xpath("//article[not(ancestor::article)] | //main[not(.//article)]")
    article = max((text_of_element(element) for element in articles), key=len, default="")
    if found and _lost(article, found) <= MOST_LOST:
        return found
    return article or found or text_of(markup)


def _lost(article: str, found: str) -> float:
    """The share of the article's paragraphs, by length, that an extraction does not hold."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in article.split("\n\n")]
    long = [paragraph for paragraph in paragraphs if len(paragraph) >= SHORTEST_PARAGRAPH]
    whole = " ".join(found.split())
    lost = sum(len(paragraph) for paragraph in long if paragraph not in whole)
    return lost / max(sum(map(len, long)), 1)


def _filled(told: Told, known: Told) -> Told:
    """What the page says of itself, and where it says nothing what was known of it."""
    return Told(
        title=told.title or known.title,
        author=told.author or known.author,
        publisher=told.publisher or known.publisher,
        url=told.url or known.url,
        published=told.published or known.published,
        language=told.language or known.language,
    )


def _told(page: HtmlElement, uri: str) -> Told:
    fields = {**_linked_data(page), **_meta(page)}
    heading = page.xpath("string((//h1)[1])").strip()
    title = first_meaning(fields, "title") or heading or page.xpath("string(//title)")
    address = page.xpath("string(//link[@rel='canonical']/@href)") or first_meaning(fields, "url")
    return Told(
        title=" ".join(title.split()),
        author=first_meaning(fields, "author"),
        publisher=first_meaning(fields, "publisher"),
        url=web_address(address, uri),
        published=stated_date(first_meaning(fields, "date")) or stated_date(_time(page)),
        language=page.get("lang") or first_meaning(fields, "language"),
    )


def _meta(page: HtmlElement) -> dict[str, str]:
    """The meta tags by name, the first of each."""
    found: dict[str, str] = {}
    for tag in page.xpath("//meta[@content]"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or ""
        content = " ".join((tag.get("content") or "").split())
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _time(page: HtmlElement) -> str:
    """The time element that a page marks as its day of publication."""
    marked = page.xpath(
        "//time[@datetime][@pubdate or @itemprop='datePublished' or contains(@class, 'publish')]"
    )
    within = marked or page.xpath("(//article//header//time[@datetime])[1]")
    return str(within[0].get("datetime")) if within else ""


def _linked_data(page: HtmlElement) -> dict[str, str]:
    """What JSON-LD states: datePublished, headline, author, publisher."""
    found: dict[str, str] = {}
    for script in page.xpath("//script[@type='application/ld+json']/text()"):
        try:
            loaded = json.loads(script)
        except (json.JSONDecodeError, RecursionError):
            continue
        for item in _things(loaded):
            for key, meaning in (
                ("datePublished", "datepublished"),
                ("headline", "headline"),
                ("author", "author"),
                ("publisher", "publisher"),
            ):
                if key in item and (words := _name(item[key])):
                    found.setdefault(meaning, words)
    return found


def _things(loaded: Any) -> list[dict[str, Any]]:
    items = loaded if isinstance(loaded, list) else [loaded]
    graph = [
        inner
        for item in items
        if isinstance(item, dict) and isinstance(item.get("@graph"), list)
        for inner in item["@graph"]
    ]
    return [item for item in (*items, *graph) if isinstance(item, dict)]


def _name(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value)))
    if isinstance(value, dict):
        value = value.get("name")
    return " ".join(value.split()) if isinstance(value, str) else ""
