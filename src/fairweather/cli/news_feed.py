"""What is new, as an RSS feed of its own, for any feed reader."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from fairweather.cli.tables import safe
from fairweather.records import Document, shorten
from fairweather.sources.web_address import web_address

if TYPE_CHECKING:
    from fairweather.ledger import Ledger

LONGEST = 500
"""Characters of a text that its item tells."""

_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:dcterms="http://purl.org/dc/terms/"><channel>
<title>fairweather: what is new</title>
<link>urn:fairweather:news</link>
<description>Documents new to a ledger, in the order in which it received them.</description>
<lastBuildDate>{built}</lastBuildDate>
"""

_UNWRITABLE = re.compile("[^\\t\\n\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")


def moved_questions(ledger: Ledger, documents: Iterable[str]) -> dict[str, list[str]]:
    """Document id -> the open questions that it bears on, each with what follows from it."""
    from fairweather.desk.questions import Scorebook

    found: dict[str, list[str]] = {}
    for moved in Scorebook(ledger).moved_by(documents):
        told = f"Question: {moved.question.statement} ({moved.proposal.met.finding})"
        quotes = (quote for one in moved.bearing for quote in one.record.quotes)
        for document in dict.fromkeys(quote.document for quote in quotes):
            found.setdefault(document, []).append(told)
    return found


def as_rss(
    documents: Iterable[tuple[Document, str]],
    now: dt.datetime,
    moved: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> str:
    """The feed of documents, each with the instant at which it was received.

    `moved` are the questions that a document bears on, told before its own words.

    `pubDate` is when the document was published, where that is known to the day, and
    `dcterms:dateAccepted` when it was received: the two are never mixed.
    """
    head = _HEAD.format(built=email.utils.format_datetime(now))
    items = (
        line
        for document, received in documents
        for line in _item(document, received, moved.get(document.id, ()))
    )
    return head + "\n".join(items) + "\n</channel></rss>\n"


def _item(document: Document, received: str, moved: Sequence[str]) -> Iterator[str]:
    yield "<item>"
    yield f"<title>{_text(document.title or shorten(document.text, 80))}</title>"
    if link := web_address(document.url):
        yield f"<link>{_text(link)}</link>"
    yield f'<guid isPermaLink="false">{_text(document.id)}</guid>'
    if day := document.published.earliest if document.published.precision == "day" else None:
        moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
        yield f"<pubDate>{email.utils.format_datetime(moment)}</pubDate>"
    yield f"<dcterms:dateAccepted>{_text(received)}</dcterms:dateAccepted>"
    if document.publisher:
        yield f"<category>{_text(document.publisher)}</category>"
    told = escape(" ".join([*moved, shorten(" ".join(document.text.split()), LONGEST)]))
    # A description is read as HTML, so that the text is escaped as HTML and then as XML.
    yield f"<description>{_text(told)}</description>"
    yield "</item>"


def _text(words: str) -> str:
    return escape(_UNWRITABLE.sub("�", safe(" ".join(words.split()))))
