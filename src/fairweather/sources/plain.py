"""Plain text and Markdown: one file, one article or several, each one unbroken slice of it."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.records import Document, Origin
from fairweather.sources.cutting import Piece, cut
from fairweather.sources.dating import stated_date
from fairweather.sources.document import Told, make_document
from fairweather.sources.failure import Unread
from fairweather.sources.front_matter import FrontMatter


def read_plain(text: str, uri: str) -> Iterator[Document]:
    """The articles of a plain text. Raises Unread when it holds no words.

    Offsets of `origin` count code points of the decoded text, after a byte order mark.
    """
    pieces = cut(text)
    if not pieces or not any(letter.isalnum() for letter in text):
        raise Unread("holds no words outside its front matter")
    for piece in pieces:
        yield _document(text[piece.start : piece.end], piece, uri)


def _document(text: str, piece: Piece, uri: str) -> Document:
    front = piece.front or FrontMatter()
    told = Told(
        title=front.get("title"),
        author=front.get("author"),
        publisher=front.get("publisher"),
        url=front.get("url"),
        published=stated_date(front.get("date")),
        language=front.get("language"),
        titled=piece.titled,
    )
    return make_document(text, told, Origin(uri, piece.start, piece.end))
