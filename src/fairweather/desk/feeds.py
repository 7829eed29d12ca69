"""How the watched feeds stand: their last item, their failures, their silence."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from fairweather.coding.watching import silence, standing, utc_now
from fairweather.ledger import FeedState, Ledger

ORDER = ("failing", "silent", "not read yet", "well")
"""Those that need somebody's eye first."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A watched feed; instants are UTC to the minute, empty where there was none.

    `quiet` counts whole days without anything new.
    """

    title: str
    url: str
    standing: str
    last: str
    quiet: int
    polled: str
    items: int
    note: str

    @property
    def ails(self) -> bool:
        """Whether somebody should look after it."""
        return self.standing in ("failing", "silent")

    def to_json(self) -> dict[str, Any]:
        """The feed as one plain object."""
        return asdict(self)


def watched(ledger: Ledger, now: dt.datetime | None = None) -> tuple[Feed, ...]:
    """Every watched feed, those that fail or are silent first."""
    instant = now or utc_now()
    found = (_feed(state, instant) for state in ledger.feeds.all())
    return tuple(sorted(found, key=lambda one: (ORDER.index(one.standing), one.title, one.url)))


def _feed(state: FeedState, now: dt.datetime) -> Feed:
    return Feed(
        title=state.title,
        url=state.url,
        standing=standing(state, now),
        last=_minute(state.last_item),
        quiet=silence(state, now).days,
        polled=_minute(state.polled),
        items=state.items,
        note="; ".join(_notes(state)),
    )


def _notes(state: FeedState) -> list[str]:
    notes = []
    if state.failures:
        times = "once" if state.failures == 1 else f"{state.failures} times in a row"
        notes.append(f"failed {times}: {state.failure}")
    if state.not_before:
        notes.append(f"left alone until {_minute(state.not_before)}")
    if state.moved:
        notes.append(f"says that it has moved to {state.moved}")
    return notes


def _minute(instant: str) -> str:
    return instant[:16].replace("T", " ")
