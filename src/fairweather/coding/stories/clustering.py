"""Accounts joined into stories, in the order in which they were published.

Each account, in its turn, joins the story before it that it is most like, or opens one of its own.
What an account joins hangs on nothing published after it: an answer as of a day is the same
whatever was read later, and the outcome is the same in whatever order documents were read.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fairweather.coding.stories.accounts import Account, Pair, accounts_of
from fairweather.coding.stories.likeness import Likeness, likeness, weights
from fairweather.ledger import Decision
from fairweather.records import Document, Event

STORY_RULE = "rule story/1"

Apart = frozenset[frozenset[str]]
"""Pairs of ids that a person has told apart."""


@dataclass(slots=True, eq=False)
class Story:
    """Accounts of one act, in their turn."""

    accounts: list[Account]
    first: int
    ids: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Joined:
    """An account, the earlier one that it joins, and how like it they are."""

    account: Account
    to: Account
    likeness: Likeness


def propose_stories(
    events: Iterable[Event], documents: Mapping[str, Document], apart: Apart = frozenset()
) -> tuple[Decision, ...]:
    """Merge decisions that join the events of each story to an earlier one of it."""
    lasts = weights()["date"]["news_lasts"]
    joined = cluster_accounts(accounts_of(events, documents, lasts), apart)
    return tuple(
        Decision(
            kind="merge",
            subject=one.account.id,
            object=one.to.id,
            reason=f"one act, score {one.likeness.score:.1f}: {one.likeness.reason}",
            by=STORY_RULE,
        )
        for one in joined
    )


def cluster_accounts(accounts: Iterable[Account], apart: Apart = frozenset()) -> Iterator[Joined]:
    """Each account that joins an earlier one; blocked by pair and by date."""
    blocks: dict[Pair, list[Account]] = defaultdict(list)
    for account in accounts:
        blocks[account.pair].append(account)
    for pair in sorted(blocks):
        yield from _Block(apart).joined(sorted(blocks[pair], key=lambda one: one.turn))


class _Block:
    """The stories of one pair, found by the days on which their act may have been."""

    def __init__(self, apart: Apart) -> None:
        self._apart = apart
        self._touched = frozenset(identity for both in apart for identity in both)
        self._by_month: dict[tuple[int, int], list[Story]] = defaultdict(list)
        self._wide: list[Story] = []
        self._count = 0

    def joined(self, accounts: Sequence[Account]) -> Iterator[Joined]:
        """Each account that joins an earlier one, in turn."""
        for account in accounts:
            found = self._best(account)
            if found is None:
                self._open(account)
                continue
            story, joined = found
            story.accounts.append(account)
            story.ids.add(account.id)
            self._file(story, account)
            yield joined

    def _best(self, account: Account) -> tuple[Story, Joined] | None:
        best: tuple[float, int] | None = None
        chosen: tuple[Story, Joined] | None = None
        for story in self._near(account):
            joined = self._fit(account, story)
            if joined and (best is None or (joined[0], -story.first) > best):
                best = joined[0], -story.first
                chosen = story, joined[1]
        return chosen

    def _fit(self, account: Account, story: Story) -> tuple[float, Joined] | None:
        """How well an account fits a story: half its best likeness, half the mean of all."""
        if account.id in self._touched and self._parted(account, story):
            return None
        scores: list[float] = []
        nearest: Joined | None = None
        for other in story.accounts:
            if other.document == account.document:
                continue
            found = likeness(account, other)
            if found is None:
                return None
            scores.append(found.score)
            if nearest is None or found.score > nearest.likeness.score:
                nearest = Joined(account, other, found)
        if nearest is None:
            return None
        fit = (nearest.likeness.score + sum(scores) / len(scores)) / 2
        return (fit, nearest) if fit >= weights()["joins_from"] else None

    def _parted(self, account: Account, story: Story) -> bool:
        return any(frozenset((account.id, other)) in self._apart for other in story.ids)

    def _near(self, account: Account) -> Iterator[Story]:
        """The stories whose days may meet the account's, each once."""
        seen: set[int] = set()
        reach = dt.timedelta(days=weights()["date"]["told_within"])
        months = _months(account.since - reach, account.until + reach)
        lists = self._by_month.values() if months is None else (self._by_month[m] for m in months)
        for stories in (*lists, self._wide):
            for story in stories:
                if story.first not in seen:
                    seen.add(story.first)
                    yield story

    def _open(self, account: Account) -> None:
        story = Story([account], self._count, {account.id})
        self._count += 1
        self._file(story, account)

    def _file(self, story: Story, account: Account) -> None:
        months = _months(account.since, account.until)
        for stories in [self._wide] if months is None else [self._by_month[m] for m in months]:
            if story not in stories[-1:]:
                stories.append(story)


LONGEST_STRETCH = 3
"""Months; an account that may be of more lies in no month of its own."""


def _months(since: dt.date, until: dt.date) -> list[tuple[int, int]] | None:
    """The months that a stretch touches, None for more than a few."""
    first, last = since.year * 12 + since.month - 1, until.year * 12 + until.month - 1
    if last - first >= LONGEST_STRETCH:
        return None
    return [divmod(month, 12) for month in range(first, last + 1)]
