"""What could not be read, and why: a failure is an answer, not the end of a batch."""

from __future__ import annotations

from dataclasses import dataclass

from fairweather.errors import SourceError


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no document. `reason` says what is wrong and where in it."""

    uri: str
    reason: str


class Unread(SourceError):
    """Raised within this floor by a reader that cannot go on; its message is the reason.

    `open_source` turns it into a `Failure`, so callers meet it only when they use a single
    reader by itself.
    """
