"""Which statements speak of one mechanism: proposals with their reasons.

Two statements are judged by what they say and by nothing else: no other statement, read before
or after, bears on whether they are joined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations

from fairweather.coding.agreements.groups import Apart
from fairweather.coding.agreements.merging import MERGE_RULE
from fairweather.coding.agreements.sameness import words_of
from fairweather.ledger import Decision
from fairweather.records import Mechanism

NAMED_KINDS = frozenset({"bloc", "corridor", "legal_process"})
"""Kinds known by their name; the others by who takes part."""


def propose_mechanism_merges(
    mechanisms: Iterable[Mechanism],
    days: Mapping[str, str] | None = None,
    apart: Apart = frozenset(),
) -> tuple[Decision, ...]:
    """Merge decisions between statements, each to one known no later, sorted by id.

    `days` maps ids of statements to the ISO day from which each is known.
    """
    known = days or {}
    listed = {one.id: one for one in mechanisms}
    ordered = sorted(listed.values(), key=lambda one: (known.get(one.id, ""), one.id))
    found = {
        (earlier.id, newer.id): Decision(
            kind="merge", subject=newer.id, object=earlier.id, reason=reason, by=MERGE_RULE
        )
        for earlier, newer in _alike(ordered)
        if frozenset((earlier.id, newer.id)) not in apart
        and (reason := _same_mechanism(earlier, newer))
    }
    return tuple(sorted(found.values(), key=lambda decision: decision.id))


def _alike(ordered: Iterable[Mechanism]) -> Iterator[tuple[Mechanism, Mechanism]]:
    """Pairs of one kind with the words of their names, or their members, in common."""
    blocks: dict[tuple[str, str, frozenset[str]], list[Mechanism]] = defaultdict(list)
    for one in ordered:
        blocks[one.kind, "name", words_of(one.name)].append(one)
        blocks[one.kind, "members", _members(one)].append(one)
    for block in blocks.values():
        yield from combinations(block, 2)


def _members(one: Mechanism) -> frozenset[str]:
    return frozenset(member.actor for member in one.members)


def _same_mechanism(one: Mechanism, other: Mechanism) -> str:
    """Why two statements of one kind speak of one mechanism; empty where they do not."""
    members, others = _members(one), _members(other)
    shared = members <= others or others <= members
    if one.kind in NAMED_KINDS:
        shared = shared or len(members & others) >= min(2, len(members), len(others))
    if words_of(one.name) == words_of(other.name) and shared:
        return f"the same kind and name, {one.name}"
    if one.kind in NAMED_KINDS:
        return ""
    if len(members) >= 2 and members == others:
        return "the same kind and the same members"
    return ""
