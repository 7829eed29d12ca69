"""The accounts of `tests/coding/stories/stories.toml`, each as a document with its event."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from fairweather.records import UNDATED, Document, Event, on

STORIES = Path(__file__).parents[1] / "tests" / "coding" / "stories" / "stories.toml"


class Told(NamedTuple):
    """One account of the set as a document with its event."""

    story: str
    document: Document
    event: Event


def told(half: str | None = None) -> list[Told]:
    """The accounts of a half of the set, or of both."""
    stories = tomllib.loads(STORIES.read_text(encoding="utf-8"))["story"]
    return [
        _told(story["id"], account, number)
        for story in stories
        if half in (None, story["half"])
        for number, account in enumerate(story["accounts"])
    ]


def _told(story: str, account: dict[str, Any], number: int) -> Told:
    document = Document(
        text=account["text"],
        publisher=f"Paper {number}",
        url=f"https://example.org/{story}/{number}",
        published=on(account["on"]),
        genre="news",
    )
    source, target = account["who"].split(">")
    event = Event(
        source=(source,),
        target=(target,),
        event_class=account["class"],
        status=account.get("status", "factual"),
        place=account["place"],
        date=on(account["date"], "stated") if account["date"] else UNDATED,
        quotes=(document.quote(0, len(document.text)),),
    )
    return Told(story, document, event)
