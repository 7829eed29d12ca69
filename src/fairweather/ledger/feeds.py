"""Feeds that are watched: what each answered last, and which of its items were seen.

This is working memory, not evidence: the one part of a ledger whose rows change. What an item
said stands in its document, and there for good.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

Run = Callable[[str, Sequence[Any]], list[Any]]
Transaction = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """One feed as of its last poll; instants are UTC ("2031-05-05T22:30:00Z") or "".

    `etag` and `modified` are the server's marks of the version read last; `last_item` is when
    the newest item was published, `last_new` when an item was last new to this ledger;
    `usual_gap` is the median of seconds between its items (0 where unknown), `items` how many
    the last reading held; `failures` counts those in a row, `failure` says what the last one
    was; before `not_before` the feed is left alone; `moved` is the address it says it has now.
    """

    url: str
    title: str = ""
    added: str = ""
    etag: str = ""
    modified: str = ""
    polled: str = ""
    last_item: str = ""
    last_new: str = ""
    usual_gap: int = 0
    items: int = 0
    failures: int = 0
    failure: str = ""
    not_before: str = ""
    moved: str = ""


@dataclass(frozen=True, slots=True)
class SeenItem:
    """An item of a feed: its key there, the fingerprint of its words, the document it became.

    `document` is "" where it could not be read and is not tried again.
    """

    key: str
    fingerprint: str
    document: str
    seen: str = ""


_FIELDS = tuple(field.name for field in dataclasses.fields(FeedState))


class Feeds:
    """The watched feeds of one ledger; got from `Ledger.feeds`."""

    def __init__(self, run: Run, transaction: Transaction) -> None:
        self._run = run
        self._transaction = transaction

    def all(self) -> tuple[FeedState, ...]:
        """Every watched feed, in the order in which they were added."""
        rows = self._run(f"SELECT {', '.join(_FIELDS)} FROM feed ORDER BY added, url", ())
        return tuple(FeedState(**dict(zip(_FIELDS, row, strict=True))) for row in rows)

    def watch(self, states: Iterable[FeedState]) -> None:
        """Begin to watch feeds; those watched already stay as they are."""
        with self._transaction():
            for state in states:
                self._write("INSERT INTO", state, "ON CONFLICT DO NOTHING")

    def keep(self, state: FeedState) -> None:
        """What a poll found; a feed dropped in the meantime stays so."""
        with self._transaction():
            if self._run("SELECT 1 FROM feed WHERE url = ?", (state.url,)):
                self._write("REPLACE INTO", state)

    def remember(self, url: str, item: SeenItem) -> None:
        """An item of a feed that was seen, in this version of its words."""
        with self._transaction():
            self._run(
                "INSERT INTO feed_item (feed, key, fingerprint, document, seen)"
                " VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                (url, item.key, item.fingerprint, item.document or None, item.seen),
            )

    def drop(self, url: str) -> bool:
        """Watch a feed no more; whether it was watched. Its documents stay."""
        with self._transaction():
            return bool(self._run("DELETE FROM feed WHERE url = ? RETURNING url", (url,)))

    def seen(self, url: str) -> dict[str, tuple[SeenItem, ...]]:
        """The items of a feed by key, each in all its versions, oldest first."""
        rows = self._run(
            "SELECT key, fingerprint, ifnull(document, ''), seen FROM feed_item"
            " WHERE feed = ? ORDER BY seq",
            (url,),
        )
        found: dict[str, tuple[SeenItem, ...]] = {}
        for row in rows:
            item = SeenItem(*row)
            found[item.key] = (*found.get(item.key, ()), item)
        return found

    def latest(self, count: int) -> tuple[SeenItem, ...]:
        """The items of all feeds that were new last, newest first, each document once."""
        rows = self._run(
            "SELECT key, fingerprint, document, min(seen) AS first FROM feed_item"
            " WHERE document IS NOT NULL GROUP BY document"
            " ORDER BY first DESC, max(seq) DESC LIMIT ?",
            (count,),
        )
        return tuple(SeenItem(*row) for row in rows)

    def _write(self, verb: str, state: FeedState, ending: str = "") -> None:
        marks = ", ".join("?" * len(_FIELDS))
        sql = f"{verb} feed ({', '.join(_FIELDS)}) VALUES ({marks}) {ending}"
        self._run(sql, tuple(getattr(state, name) for name in _FIELDS))
