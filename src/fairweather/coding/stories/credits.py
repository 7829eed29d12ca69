"""Credits: whose report a document or a sentence passes on ("Reuters reported ...")."""

from __future__ import annotations

import functools
import re

from fairweather.coding.stories.words import groups
from fairweather.records import Document, Quote

HEAD = 300
"""Characters at the head of a text in which a dateline may credit an agency."""

_SAID = r"(?:has |had )?(?:reported|reports|wrote|writes|said|says|quoted|cited|disclosed|revealed)"
_ENDS = re.compile(r"[.!?][\"'”’)]*\s|\n")


def document_credit(document: Document) -> str:
    """The agency that made a document: its publisher, its author or its dateline's; else ""."""
    for words in (document.publisher, document.author):
        if name := _names().get(_bare(words)):
            return name
    found = _in_brackets().search(document.text[:HEAD])
    return _names()[_bare(found["name"])] if found else ""


def sentence_credit(document: Document, quote: Quote) -> str:
    """The outlet that the sentence of a quote credits with what it tells, else ""."""
    found = _credited().search(sentence_around(document.text, quote))
    if found is None:
        return ""
    return _names()[_bare(next(name for name in found.groups() if name))]


def sentence_around(text: str, quote: Quote) -> str:
    """The sentence that a quote stands in."""
    before = [found.end() for found in _ENDS.finditer(text, max(quote.start - 600, 0), quote.start)]
    start = before[-1] if before else max(quote.start - 600, 0)
    after = _ENDS.search(text, max(quote.end - 2, quote.start), quote.end + 600)
    return text[start : after.end() if after else quote.end + 600]


def _bare(words: str) -> str:
    return " ".join(words.lower().split())


@functools.cache
def _names() -> dict[str, str]:
    return {spelling: line[0] for line in groups("agencies") for spelling in line}


@functools.cache
def _any_name() -> str:
    # Agencies stand with a capital; "ap" and "spa" in small letters are other words.
    spelt = sorted(_names(), key=len, reverse=True)
    cased = (name.upper() if len(name) < 5 else name.title() for name in spelt)
    both = dict.fromkeys((*cased, *(name.title() for name in spelt if len(name) > 3)))
    return "|".join(re.escape(name).replace("\\ ", r"\s+") for name in both)


@functools.cache
def _credited() -> re.Pattern[str]:
    name = rf"(?:[Tt]he\s+)?({_any_name()})"
    agency = r"(?:\s+(?:news\s+)?agency)?"
    return re.compile(
        rf"\b{name}{agency}\s+{_SAID}\b"
        rf"|\b(?:[Aa]ccording\s+to|[Cc]iting|[Rr]eports?|[Rr]eported\s+by|told|[Qq]uoting)\s+{name}\b"
    )


@functools.cache
def _in_brackets() -> re.Pattern[str]:
    return re.compile(rf"\((?P<name>{_any_name()})\)\s*[-–—:]?")
