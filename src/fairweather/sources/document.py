"""From a text and what its source tells of it to a document record."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from fairweather.records import Aside, Document, Origin, When
from fairweather.sources.asides import find_asides, is_biography
from fairweather.sources.dating import publication
from fairweather.sources.genre import genre_of
from fairweather.sources.language import identify
from fairweather.sources.masthead import author_in, host, publisher_in, title_in, url_in

CODER = "sources/1"


@dataclass(frozen=True, slots=True)
class Told:
    """What the source says of a text beside the text itself; "" where it says nothing.

    `published` is the date its source states, `language` an ISO 639-1 code that a short text
    falls back on, `titled` says that the text's first line is its title.
    """

    title: str = ""
    author: str = ""
    publisher: str = ""
    url: str = ""
    published: When | None = None
    language: str = ""
    titled: bool = False


def make_document(text: str, told: Told, origin: Origin | None = None) -> Document:
    """The document record of a text; what the source leaves out is read from the text."""
    asides = find_asides(text, told.titled, told.title)
    title = told.title or title_in(text, asides)
    url = told.url or url_in(text, asides)
    return Document(
        text=text,
        title=" ".join(title.split()),
        author=told.author or author_in(text, asides),
        published=publication(text, asides, told.published, url),
        publisher=told.publisher or publisher_in(text, asides) or host(url),
        url=url,
        language=identify(_body(text, asides), default=told.language[:2].lower() or "en"),
        genre=genre_of(text, title, url, _has_biography(text, asides)),
        origin=origin,
        asides=asides,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        coder=CODER,
    )


def _body(text: str, asides: tuple[Aside, ...]) -> str:
    """The text without its asides: a pasted post says nothing of the article's language."""
    pieces = []
    place = 0
    for aside in asides:
        pieces.append(text[place : aside.start])
        place = aside.end
    pieces.append(text[place:])
    return " ".join(pieces).strip() or text


def _has_biography(text: str, asides: tuple[Aside, ...]) -> bool:
    return any(
        aside.kind == "footer" and is_biography(text[aside.start : aside.end]) for aside in asides
    )
