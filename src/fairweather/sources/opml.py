"""OPML: lists of feeds, as feed readers write them (opml.org, versions 1 and 2)."""

from __future__ import annotations

from dataclasses import dataclass

from fairweather.sources.failure import Unread
from fairweather.sources.feed import root_of, without_doctype
from fairweather.sources.web_address import web_address


@dataclass(frozen=True, slots=True)
class Subscription:
    """One feed of a list: its address and the name that the list gives it."""

    url: str
    title: str = ""


def is_opml(text: str) -> bool:
    """Whether the root element is that of a list of feeds."""
    return root_of(text).lower() == "opml"


def read_opml(text: str) -> tuple[Subscription, ...]:
    """The feeds of a list, each once, in order, out of whatever folders they are in.

    Raises Unread for entity declarations, what is no XML, and a list without feeds.
    """
    from lxml import etree

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    try:
        root = etree.fromstring(without_doctype(text).encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unread(f"is malformed XML: {error}") from error
    found: dict[str, Subscription] = {}
    for outline in root.iter("outline") if root is not None else ():
        fields = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        url = web_address(fields.get("xmlurl", ""))
        title = " ".join((fields.get("title") or fields.get("text") or "").split())
        if url:
            found.setdefault(url, Subscription(url, title))
    if not found:
        raise Unread("is a list of feeds (OPML) that names none")
    return tuple(found.values())
