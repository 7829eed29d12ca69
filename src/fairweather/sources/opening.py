"""Opening: a file or folder becomes documents, and what cannot be read a stated failure."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from fairweather.errors import RecordError, SourceError
from fairweather.records import Document
from fairweather.sources.decoding import decode, read_bytes
from fairweather.sources.failure import Failure, Unread
from fairweather.sources.feed import is_feed, read_feed, root_of
from fairweather.sources.jsonfeed import is_json_feed
from fairweather.sources.lexicon import word_set
from fairweather.sources.mending import decode_damaged, looks_like_feed
from fairweather.sources.opml import is_opml
from fairweather.sources.page import is_page, read_page
from fairweather.sources.plain import read_plain
from fairweather.sources.tables.shapes import shape_of

READABLE = (".txt", ".md", ".html", ".htm", ".xml", ".rss", ".atom")
"""Endings that are read in a folder. A file named by itself is known by its content."""

TABLES = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".toml", ".yaml", ".yml")
"""Endings of text that holds rows or settings; read as prose it would give nonsense."""

_PAGES = (".html", ".htm")
_FEEDS = (".xml", ".rss", ".atom")


def open_source(path: Path | str) -> Iterator[Document | Failure]:
    """The documents of a file, or of every readable file in a folder, in sorted order.

    Hidden files, files with other endings, event tables (`sources.tables` reads them) and
    those that tell of the folder (README) are passed over in a folder. Nothing is raised for
    an input that cannot be read: it is a Failure whose reason says what and where.
    """
    place = Path(path)
    if place.is_dir():
        yield from _folder(place)
    else:
        yield from _file(place)


def holds_articles(folder: Path) -> bool:
    """Whether a folder has a file that is read as an article, page or feed."""
    return any(_walk(folder))


def uri_of(path: Path) -> str:
    """`file:` and the path as given, made absolute; links and names of users stay as given."""
    return f"file:{path.absolute().as_posix()}"


def _folder(folder: Path) -> Iterator[Document | Failure]:
    found = False
    for file in _walk(folder):
        found = True
        yield from _file(file)
    if not found:
        yield Failure(uri_of(folder), f"holds no readable file ({' '.join(READABLE)})")


def _walk(folder: Path) -> Iterator[Path]:
    """The readable files below a folder, sorted; links to folders are not followed."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(here, name)
            if _is_article_file(file):
                yield file


def _is_article_file(file: Path) -> bool:
    if file.name.startswith(".") or file.suffix.lower() not in READABLE:
        return False
    if file.suffix.lower() == ".txt" and shape_of(file):
        return False
    return file.stem.lower() not in word_set("reading", "skipped_names")


def _file(file: Path) -> Iterator[Document | Failure]:
    uri = uri_of(file)
    damage = ""
    try:
        text, damage = _text(file)
        yield from read_as(text, file.suffix.lower(), uri)
        if damage:
            yield Failure(uri, damage)
    except (SourceError, RecordError) as error:
        yield Failure(uri, damage or str(error))
    except (RecursionError, MemoryError, ValueError, LookupError) as error:
        # A reader that a broken input drives beyond its bounds must not end the batch.
        yield Failure(uri, f"cannot be read: {type(error).__name__}: {error}")


def _text(file: Path) -> tuple[str, str]:
    """The text of a file and what is wrong with it: a damaged feed still has its whole items."""
    raw = read_bytes(file)
    return decode_damaged(raw) if looks_like_feed(raw) else (decode(raw), "")


def read_as(text: str, ending: str, uri: str) -> Iterator[Document | Failure]:
    """By content first: a feed or a page shows itself; then by ending; else plain text.

    Raises Unread, or RecordError, for what cannot be read.
    """
    if is_feed(text) or is_json_feed(text):
        yield from read_feed(text, uri)
    elif is_opml(text):
        raise Unread("is a list of feeds (OPML), and the feeds are not fetched here")
    elif is_page(text) or ending in _PAGES:
        yield read_page(text, uri)
    elif ending in _FEEDS or (root_of(text) and text.lstrip("\ufeff \t\r\n").startswith("<?xml")):
        yield from read_feed(text, uri)
    elif ending in TABLES:
        raise Unread(f"holds rows or settings ({ending}), not an article")
    elif ending == ".eml":
        raise Unread("is mail, which is not read; save its text as .txt")
    else:
        yield from read_plain(text, uri)
