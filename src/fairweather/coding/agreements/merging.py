"""Which statements speak of one agreement or one mechanism: proposals with their reasons.

Statements are taken day by day, in the order in which they became known. Those of one day join
what is known by then, from the strongest evidence to the weakest; what was joined on an earlier
day stays joined. So every decision leads from a statement to one known no later, and rests on
nothing that became known after the first of the two: an answer as of a day is the same whatever
is read afterwards, and the outcome is the same in whatever order documents are read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

from fairweather.coding.agreements.groups import Apart, Group, Groups
from fairweather.coding.agreements.sameness import (
    ONLY_ONE,
    SAME_LIFE,
    SAME_NAME,
    SAME_SIGNATURE,
    Traits,
    conflict,
    evidence,
    traits_of,
)
from fairweather.ledger import Decision
from fairweather.records import Agreement, When

MERGE_RULE = "rule merge/2"

Closeness = tuple[int, bool]
"""How many words of matter two statements share, and whether they are of one kind."""

LINKS = 3
"""Decisions by which a statement is tied to a group that it joins: should one of them or the
statement at its other end be taken back, the others hold."""


def propose_merges(
    statements: Iterable[Agreement],
    published: Mapping[str, When] | None = None,
    days: Mapping[str, str] | None = None,
    apart: Apart = frozenset(),
) -> tuple[Decision, ...]:
    """Merge decisions between statements, sorted by id.

    `published` maps ids of documents to when they appeared; with it an agreement without a
    date is placed in time by the article that tells of it. `days` maps ids of statements to
    the ISO day from which each is known; without one all are taken as of one day.
    """
    listed = {one.id: one for one in statements}
    traits = [
        traits_of(one, published or {}, (days or {}).get(one.id, "")) for one in listed.values()
    ]
    traits.sort(key=attrgetter("turn"))
    joining = _Joining(apart)
    found = [d for _, day in groupby(traits, key=attrgetter("day")) for d in joining.of(list(day))]
    return tuple(sorted(found, key=attrgetter("id")))


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two statements that may be of one agreement: the newer, the earlier, and why."""

    newer: Traits
    earlier: Traits
    rank: int
    reason: str

    def decision(self) -> Decision:
        """The decision that joins them."""
        return Decision(
            kind="merge",
            subject=self.newer.id,
            object=self.earlier.id,
            reason=self.reason,
            by=MERGE_RULE,
        )


class _Joining:
    """Statements joined so far, and what the next day adds."""

    def __init__(self, apart: Apart) -> None:
        self._groups = Groups(apart)
        self._by_party: dict[str, list[Traits]] = defaultdict(list)
        self._open: dict[tuple[str, int], dict[Group, Closeness]] = defaultdict(dict)
        """Groups that a vague statement may belong to by evidence of a rank, and how close."""

    def of(self, day: Sequence[Traits]) -> Iterator[Decision]:
        """The decisions that the statements of a day give rise to."""
        pairs = [pair for newer in day for pair in self._met(newer)]
        links: Counter[tuple[str, Group]] = Counter()
        for rank in (SAME_NAME, SAME_SIGNATURE, SAME_LIFE, ONLY_ONE):
            ranked = [pair for pair in pairs if pair.rank == rank]
            for pair in ranked if rank > SAME_LIFE else self._unrivalled(ranked, rank):
                if self._groups.join(pair.newer, pair.earlier):
                    links[pair.newer.id, self._groups.of(pair.earlier)] += 1
                    if links[pair.newer.id, self._groups.of(pair.earlier)] <= LINKS:
                        yield pair.decision()

    def _met(self, newer: Traits) -> Iterator[_Pair]:
        """The statement paired with each one before it that may be of the same agreement."""
        self._groups.open(newer)
        for earlier in self._near(newer):
            if conflict(earlier, newer):
                continue
            rank, reason = evidence(earlier, newer)
            if rank:
                self._note(newer, earlier, rank)
                self._note(earlier, newer, rank)
                yield _Pair(newer, earlier, rank, reason)

    def _near(self, newer: Traits) -> list[Traits]:
        """Those that share a party with it or name none, earliest first; it is filed too."""
        # Whoever names no party shares the empty one with everybody.
        filed = ("", *newer.parties) if newer.parties else tuple(self._by_party)
        found = {one.id: one for party in filed for one in self._by_party[party]}
        for party in newer.parties or ("",):
            self._by_party[party].append(newer)
        return sorted(found.values(), key=attrgetter("turn"))

    def _note(self, one: Traits, other: Traits, rank: int) -> None:
        """That a statement, if it is vague, may belong to the group of another."""
        if one.vague:
            close = len(one.matter & other.matter), one.statement.kind == other.statement.kind
            found, group = self._open[one.id, rank], self._groups.of(other)
            found[group] = max(close, found.get(group, close))

    def _unrivalled(self, pairs: Sequence[_Pair], rank: int) -> list[_Pair]:
        """Pairs of a rank where the vaguer statement fits one group only, or one best."""
        vague = {one.id: one for pair in pairs for one in (pair.newer, pair.earlier) if one.vague}
        best = {identity: self._best_group(one, rank) for identity, one in vague.items()}

        def is_best(one: Traits, other: Traits) -> bool:
            return best.get(one.id) is self._groups.of(other)

        return [
            pair
            for pair in pairs
            if is_best(pair.newer, pair.earlier) or is_best(pair.earlier, pair.newer)
        ]

    def _best_group(self, vague: Traits, rank: int) -> Group | None:
        """The group that a vague statement fits best, its own among them; None for a tie.

        Of several as close, "the treaty" is the one signed last.
        """
        now: dict[Group, Closeness] = {}
        for group, close in self._open[vague.id, rank].items():
            whole = self._groups.now(group)
            now[whole] = max(close, now.get(whole, close))
        self._open[vague.id, rank] = now
        own, dated = self._groups.of(vague), vague.told.known
        ranked = sorted(
            ((close, group.signed if dated else "", group) for group, close in now.items()
             if self._groups.fit(own, group)),
            key=lambda found: found[:2],
            reverse=True,
        )  # fmt: skip
        tied = len(ranked) > 1 and ranked[0][:2] == ranked[1][:2]
        return ranked[0][-1] if ranked and not tied else None
