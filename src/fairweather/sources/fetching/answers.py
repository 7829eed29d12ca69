"""Answers: what an address gave, or why it gave nothing."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

import httpx

from fairweather.sources.failure import Unread

_CHARSET = re.compile(r"""charset\s*=\s*["']?([A-Za-z][\w.:-]*)""", re.IGNORECASE)


class Unfetched(Unread):
    """An address that did not answer as hoped.

    `status` is what the server said (0 where it said nothing), `wait` how long it asks to be
    left alone.
    """

    def __init__(self, reason: str, status: int = 0, wait: dt.timedelta | None = None) -> None:
        super().__init__(reason)
        self.status = status
        self.wait = wait

    @property
    def passing(self) -> bool:
        """Whether it may well go better later: no answer at all, too many requests, a fault."""
        return self.status in (0, 408, 425, 429) or self.status >= 500


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer: 200 with its body, or 304 without one. `url` is where it came from in the end.

    `moved` is the new address where every redirect on the way said it was for good.
    """

    url: str
    status: int
    body: bytes = b""
    headers: httpx.Headers = field(default_factory=httpx.Headers)
    moved: str = ""

    @property
    def unchanged(self) -> bool:
        """Whether the server says that nothing has changed since last time."""
        return self.status == 304

    @property
    def content_type(self) -> str:
        """The media type in lower case, "" where none is stated."""
        return str(self.headers.get("content-type", "")).partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The encoding that the answer states, "" where it states none."""
        found = _CHARSET.search(str(self.headers.get("content-type", "")))
        return found[1] if found else ""

    @property
    def etag(self) -> str:
        """What to send as If-None-Match next time."""
        return str(self.headers.get("etag", ""))

    @property
    def modified(self) -> str:
        """What to send as If-Modified-Since next time."""
        return str(self.headers.get("last-modified", ""))
