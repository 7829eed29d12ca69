"""Items: what one entry of a feed says, before it becomes a document."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from fairweather.records import Document, When, fingerprint, on
from fairweather.sources.dating import stated_date
from fairweather.sources.document import Told, make_document
from fairweather.sources.failure import Unread


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. `key` is what its feed calls it (guid, id, else the link, else the title).

    `text` is empty for a headline with a link; `instant` is when it was published, in UTC
    ("2031-05-05T22:30:00Z"), "" where that is not stated to the second; `place` says where in
    its feed it stands.
    """

    key: str
    text: str
    told: Told
    instant: str = ""
    place: str = ""

    @property
    def fingerprint(self) -> str:
        """The same for the same words: another one under the same key is a changed item."""
        return fingerprint([self.told.title, self.text, self.told.url])

    def document(self) -> Document:
        """The item's own text as a document. Raises Unread where it has none."""
        if not any(letter.isalnum() for letter in self.text):
            named = f' "{self.told.title[:60]}"' if self.told.title else ""
            raise Unread(f"{self.place}{named} has no text")
        return make_document(self.text, self.told)


def published_on(published: dt.datetime | None, words: str, updated: str = "") -> When | None:
    """The day of publication in UTC; the basis keeps the words, and when it was updated.

    Without a date of publication the update is all that is known of it, and its words say so.
    """
    stated = words or updated
    if published is not None:
        when: When | None = on(published.astimezone(dt.UTC).date().isoformat(), stated)
    else:
        when = stated_date(stated)
    if when and words and updated and updated != words:
        return dataclasses.replace(when, basis=f"{when.basis}; updated {updated}")
    if when and not words:
        return dataclasses.replace(when, basis=f"updated {updated}")
    return when


def in_utc(instant: dt.datetime | None) -> str:
    """An instant as text in UTC to the second, "" for none."""
    return instant.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if instant else ""
