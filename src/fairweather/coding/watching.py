"""`watch`: feeds polled on a schedule, what is new in them read into the ledger.

What a feed answered last, and which items were seen, is kept in the ledger item by item, so
that a watch that was stopped or killed goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import itertools
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace

from fairweather.coding.extractor import Extractor
from fairweather.coding.intake import ReadReport, default_extractors, take_in
from fairweather.coding.joining import join_statements
from fairweather.coding.stories import join_stories
from fairweather.errors import SourceError
from fairweather.ledger import FeedState, Ledger, SeenItem
from fairweather.records import Document, Row
from fairweather.sources import Failure
from fairweather.sources.feed import read_items
from fairweather.sources.fetching import (
    Fetched,
    Fetcher,
    Unfetched,
    back_off,
    open_item,
    reason,
)
from fairweather.sources.item import Item
from fairweather.sources.mending import decode_damaged
from fairweather.sources.opml import Subscription

EVERY = dt.timedelta(minutes=30)
LONGEST_SLEEP = 60.0
"""Seconds; a feed that another process adds is noticed within them."""

QUIET = 5
"""How many of its usual gaps a feed may be quiet before it counts as silent."""

SHORTEST_QUIET = dt.timedelta(days=3)
"""Newspapers rest on holidays; a feed is not silent before this."""

LONGEST_QUIET = dt.timedelta(days=60)
UNKNOWN_QUIET = dt.timedelta(days=14)
"""When a feed counts as silent whose usual gap is not known."""

INSTANT = "%Y-%m-%dT%H:%M:%SZ"

Clock = Callable[[], dt.datetime]
Progress = Callable[[str], None]
"""Told the title of each document read, and the address of each feed begun."""


def utc_now() -> dt.datetime:
    """This instant in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """How to watch: how often, items or full pages, by which coders; the rest is for tests."""

    every: dt.timedelta = EVERY
    once: bool = False
    full_pages: bool = False
    coders: Sequence[Extractor] | None = None
    fetcher: Fetcher | None = None
    clock: Clock = utc_now
    sleep: Callable[[float], None] = time.sleep


@dataclass(slots=True)
class Polled:
    """What one poll of one feed brought.

    `changed` pairs the id of what an item was with the document it now is; `failure` says why
    the feed itself could not be read, `troubles` what went wrong with single items.
    """

    state: FeedState
    new: list[Document] = field(default_factory=list)
    changed: list[tuple[str, Document]] = field(default_factory=list)
    known: int = 0
    unchanged: bool = False
    failure: str = ""
    troubles: list[Failure] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Round:
    """One time round the feeds that were due; `resting` were left alone, after failures.

    `moved` are the questions that the news bears on, as plain objects, where the desk asks.
    """

    polled: tuple[Polled, ...]
    resting: tuple[FeedState, ...] = ()
    moved: tuple[Row, ...] = ()

    @property
    def documents(self) -> tuple[str, ...]:
        """The ids of the documents that are new or changed."""
        new = [document.id for one in self.polled for document in one.new]
        return (*new, *(document.id for one in self.polled for _, document in one.changed))

    @property
    def news(self) -> bool:
        """Whether anything is new or changed."""
        return any(one.new or one.changed for one in self.polled)

    @property
    def failed(self) -> bool:
        """Whether some feed could not be read."""
        return any(one.failure for one in self.polled)


def begin(ledger: Ledger, feeds: Iterable[Subscription], clock: Clock = utc_now) -> None:
    """Watch these feeds from now on, besides those watched already."""
    added = clock().strftime(INSTANT)
    ledger.feeds.watch(FeedState(url=feed.url, title=feed.title, added=added) for feed in feeds)


def watch(ledger: Ledger, plan: Plan, progress: Progress = lambda said: None) -> Iterator[Round]:
    """Poll the feeds that are due, tell of it, wait, and so on; with `plan.once` one round.

    Raises LedgerError; every other trouble is in the rounds, and is tried again later.
    """
    # Who brings a fetcher of their own also closes it.
    with Fetcher() if plan.fetcher is None else nullcontext(plan.fetcher) as fetcher:
        yield from _rounds(ledger, fetcher, plan, progress)


def _rounds(ledger: Ledger, fetcher: Fetcher, plan: Plan, progress: Progress) -> Iterator[Round]:
    while True:
        now = plan.clock()
        states = ledger.feeds.all()
        due = [state for state in states if _next_poll(state, plan) <= now]
        resting = tuple(state for state in states if _instant(state.not_before, now) > now)
        if due:
            polled = tuple(poll(ledger, fetcher, state, plan, progress) for state in due)
            if documents := tuple(_brought(polled)):
                ledger.add((), join_statements(ledger))
                ledger.add((), join_stories(ledger, documents))
            yield Round(polled, resting)
        elif plan.once:
            yield Round((), resting)
        if plan.once:
            return
        plan.sleep(_pause(ledger.feeds.all(), plan))


def _brought(polled: Iterable[Polled]) -> Iterator[Document]:
    for one in polled:
        yield from one.new
        yield from (document for _, document in one.changed)


def _next_poll(state: FeedState, plan: Plan) -> dt.datetime:
    long_ago = dt.datetime.min.replace(tzinfo=dt.UTC)
    allowed = _instant(state.not_before, long_ago)
    if plan.once or not state.polled:
        return allowed
    return max(allowed, _instant(state.polled, long_ago) + plan.every)


def _pause(states: Sequence[FeedState], plan: Plan) -> float:
    now = plan.clock()
    waits = [(_next_poll(state, plan) - now).total_seconds() for state in states]
    return min(max(min(waits, default=LONGEST_SLEEP), 1.0), LONGEST_SLEEP)


def _instant(words: str, otherwise: dt.datetime) -> dt.datetime:
    return dt.datetime.fromisoformat(words) if words else otherwise


def poll(
    ledger: Ledger,
    fetcher: Fetcher,
    state: FeedState,
    plan: Plan,
    progress: Progress = lambda said: None,
) -> Polled:
    """Ask one feed for what has changed and read what is new in it."""
    progress(state.url)
    try:
        answer = fetcher.get(state.url, etag=state.etag, modified=state.modified)
        items, troubles = ([], []) if answer.unchanged else _items(answer)
    except (SourceError, RecursionError, MemoryError, ValueError, LookupError) as error:
        return _failed(ledger, state, error, plan)
    polled = Polled(state, unchanged=answer.unchanged, troubles=troubles)
    complete = _Reading(ledger, fetcher, plan, polled).take_in(items, progress)
    polled.state = _after(polled, items, answer, complete, plan)
    ledger.feeds.keep(polled.state)
    return polled


def _items(answer: Fetched) -> tuple[list[Item], list[Failure]]:
    """The items of an answer, each under a key of its own. Raises Unread for what is no feed."""
    text, damage = decode_damaged(answer.body, answer.charset)
    found = list(read_items(text, answer.url))
    items = [one for one in found if isinstance(one, Item)]
    troubles = [one for one in found if isinstance(one, Failure)]
    if damage:
        troubles.append(Failure(answer.url, damage))
    # Some feeds give all their items one guid; then the link tells them apart.
    keys = Counter(item.key for item in items)
    return [
        replace(item, key=f"{item.key} {item.told.url or item.told.title}")
        if keys[item.key] > 1
        else item
        for item in items
    ], troubles


@dataclass(frozen=True, slots=True)
class _Reading:
    """The items of one answer on their way into the ledger."""

    ledger: Ledger
    fetcher: Fetcher
    plan: Plan
    polled: Polled

    def take_in(self, items: Sequence[Item], progress: Progress) -> bool:
        """Read the items not seen before; whether none is left to be tried again."""
        coders = default_extractors() if self.plan.coders is None else self.plan.coders
        seen = self.ledger.feeds.seen(self.polled.state.url)
        complete = True
        for item in items:
            versions = seen.get(item.key, ())
            if any(one.fingerprint == item.fingerprint for one in versions):
                self.polled.known += 1
                continue
            earlier = next((one.document for one in reversed(versions) if one.document), "")
            complete = self._take_in_one(item, earlier, coders) and complete
            progress(item.told.title)
        return complete

    def _take_in_one(self, item: Item, earlier: str, coders: Sequence[Extractor]) -> bool:
        """Store one item's document; whether the item is done with."""
        opened = open_item(item, self.fetcher, full_pages=self.plan.full_pages)
        if opened.trouble:
            uri = item.told.url or self.polled.state.url
            self.polled.troubles.append(Failure(uri, opened.trouble))
        if opened.again:
            return False
        document = opened.document
        if document is not None and not self._store(document, earlier, coders):
            document = None
        # An item that cannot be read is remembered too: asking again would be of no use.
        stamp = self.plan.clock().strftime(INSTANT)
        identity = document.id if document is not None else ""
        self.ledger.feeds.remember(
            self.polled.state.url, SeenItem(item.key, item.fingerprint, identity, stamp)
        )
        return True

    def _store(self, document: Document, earlier: str, coders: Sequence[Extractor]) -> bool:
        """Whether the ledger has the document now; `earlier` is what the item was before."""
        report = ReadReport()
        take_in(self.ledger, document, coders, report, earlier)
        self.polled.troubles += report.failed
        if report.new and earlier:
            self.polled.changed.append((earlier, document))
        elif report.new:
            self.polled.new.append(document)
        elif report.duplicate or report.forgotten:
            self.polled.known += 1
        return self.ledger.has(document.id)


def _after(
    polled: Polled, items: Sequence[Item], answer: Fetched, complete: bool, plan: Plan
) -> FeedState:
    """The state of a feed after a poll that went well."""
    now = plan.clock().strftime(INSTANT)
    state = replace(
        polled.state, polled=now, failures=0, failure="", not_before="", moved=answer.moved
    )
    if answer.unchanged:
        return state
    # A date in the future is a mistake, or an announcement; the feed has not spoken since.
    dates = sorted(item.instant for item in items if item.instant and item.instant <= now)
    return replace(
        state,
        title=next((item.told.publisher for item in items if item.told.publisher), state.title),
        # Without its marks the whole feed comes again, with the items still to be tried.
        etag=answer.etag if complete else "",
        modified=answer.modified if complete else "",
        items=len(items),
        last_item=max([*dates[-1:], state.last_item]),
        usual_gap=usual_gap(dates) or state.usual_gap,
        last_new=now if polled.new or polled.changed else state.last_new,
    )


def _failed(ledger: Ledger, state: FeedState, error: BaseException, plan: Plan) -> Polled:
    failures = state.failures + 1
    now = plan.clock()
    wait = back_off(failures, plan.every)
    if isinstance(error, Unfetched) and error.wait:
        wait = max(wait, error.wait)
    told = reason(error)
    after = replace(
        state,
        polled=now.strftime(INSTANT),
        failures=failures,
        failure=told,
        not_before=(now + wait).strftime(INSTANT) if wait else "",
    )
    ledger.feeds.keep(after)
    return Polled(after, failure=told)


def usual_gap(instants: Sequence[str]) -> int:
    """The median of seconds between items, 0 where fewer than three tell of it."""
    moments = [dt.datetime.fromisoformat(words).timestamp() for words in instants]
    gaps = [later - earlier for earlier, later in itertools.pairwise(moments)]
    return int(statistics.median(gaps)) if len(gaps) > 1 else 0


def silence(state: FeedState, now: dt.datetime) -> dt.timedelta:
    """How long a feed has had nothing new: since its last item, else since it was added."""
    since = _instant(state.last_item or state.last_new or state.added, now)
    return max(now - since, dt.timedelta(0))


def standing(state: FeedState, now: dt.datetime) -> str:
    """How a feed is: "not read yet", "failing", "silent" or "well"."""
    if state.failures:
        return "failing"
    if not state.polled:
        return "not read yet"
    patience = QUIET * dt.timedelta(seconds=state.usual_gap) or UNKNOWN_QUIET
    limit = min(max(patience, SHORTEST_QUIET), LONGEST_QUIET)
    return "silent" if silence(state, now) > limit else "well"
