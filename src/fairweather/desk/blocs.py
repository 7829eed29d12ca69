"""Who stands with whom: for every pair of actors how much is told, and which way it leans.

Counted where the rows lie, at most a few passes over the ledger however many pairs there are.
What is told between two leans towards the tie by agreements, support given or promised, ties
that bind and acts of cooperation, against it by support kept back, ties that divide and acts of
conflict; each document counts once for every word of that kind.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from fairweather.desk.revision import kept_until_learnt
from fairweather.ledger import Ledger, shown_from
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import Organisation, State, load_gazetteer

Pair = tuple[str, str]

KINDS = frozenset({"organisation", "armed_group", "bloc"})
"""Kinds of organisation that have partners."""

GIVEN = frozenset({"given", "reported", "promised", "obliged", "likely"})
KEPT_BACK = frozenset({"withheld", "ruled_out", "unlikely"})
"""States of support that speak for a tie, and against it."""


@dataclass(slots=True)
class Bond:
    """What is told between two: records that name both, documents for and against the tie."""

    records: int = 0
    towards: int = 0
    against: int = 0

    @property
    def lean(self) -> float:
        """(for - against) / (for + against + 2), as a strand is judged: -1 to 1."""
        return (self.towards - self.against) / (self.towards + self.against + 2)


@dataclass(frozen=True, slots=True)
class Blocs:
    """The actors in an order in which those who stand together are neighbours, and all bonds."""

    actors: tuple[str, ...]
    bonds: Mapping[Pair, Bond] = field(default_factory=dict)
    left_out: int = 0

    def bond(self, one: str, other: str) -> Bond | None:
        """What is told between two, in either order."""
        return self.bonds.get((min(one, other), max(one, other)))


def blocs(ledger: Ledger, most: int) -> Blocs:
    """The actors of whom most is told with partners, at most so many."""
    told = _records(ledger)
    weight: Counter[str] = Counter()
    for pair, count in told.items():
        weight.update(dict.fromkeys(pair, count))
    chosen = [actor for actor, _ in weight.most_common(most)]
    among = set(chosen)
    bonds = {pair: Bond(count) for pair, count in told.items() if set(pair) <= among}
    for pair, towards, documents in _leanings(ledger):
        if pair in bonds and towards:
            bonds[pair].towards += documents
        elif pair in bonds:
            bonds[pair].against += documents
    return Blocs(tuple(neighbours(chosen, bonds)), bonds, len(weight) - len(chosen))


def most_told_of(ledger: Ledger, most: int) -> list[Pair]:
    """The pairs that most shown records name, at most so many."""
    return [pair for pair, _ in Counter(_records(ledger)).most_common(most)]


@kept_until_learnt
def _records(ledger: Ledger) -> dict[Pair, int]:
    """How many shown records name each pair of listed states and organisations.

    Persons and armies act for one of them; names in no table would fill the page with strangers.
    """
    where, values = ledger.window.where()
    shown, floors = _shown()
    rows = ledger.file.run(
        "SELECT pair.one, pair.other, count(*) FROM pair JOIN statement ON"
        f" statement.seq = pair.statement WHERE {where} AND {shown} GROUP BY 1, 2",
        (*values, *floors),
    )
    return {(one, other): count for one, other, count in rows if _partners(one, other)}


def _partners(one: str, other: str) -> bool:
    return _stands_alone(one) and _stands_alone(other)


@cache
def _stands_alone(actor: str) -> bool:
    """Whether it is a state, or an organisation that acts for none."""
    known = load_gazetteer().actors.get(actor)
    if isinstance(known, Organisation):
        return known.kind in KINDS and not known.of
    return isinstance(known, State)


def _shown() -> tuple[str, tuple[object, ...]]:
    """The condition that a row is shown at all, by the floor of its type."""
    floors = shown_from()
    cases = " ".join("WHEN ? THEN ?" for _ in floors)
    values = tuple(part for floor in floors.items() for part in floor)
    return f"confidence >= CASE statement.type {cases} ELSE 0 END", values


SOURCES = {
    "agreement": "json_each(row -> '$.parties') AS one, json_each(row -> '$.parties') AS other",
    "tie": "json_each(json_array(row ->> '$.a')) AS one,"
    " json_each(json_array(row ->> '$.b')) AS other",
    "support": "json_each(json_array(row ->> '$.giver')) AS one,"
    " json_each(json_array(row ->> '$.receiver')) AS other",
    "event": "json_each(row -> '$.source') AS one, json_each(row -> '$.target') AS other",
}
"""Where the two ends of a bond stand in the rows of each type."""

WORDS = {
    "agreement": "''",
    "tie": "row ->> '$.polarity'",
    "support": "row ->> '$.state'",
    "event": "CASE WHEN row ->> '$.status' IN ('factual', 'reported') THEN row ->> '$.class' END",
}
"""The word that tells which way a row of each type leans; an act not told as fact has none."""


def _leanings(ledger: Ledger) -> Iterator[tuple[Pair, bool, int]]:
    """Pair, whether for the tie, and how many documents say so, a word at a time."""
    where, values = ledger.window.where()
    shown, floors = _shown()
    for kind, ends in SOURCES.items():
        rows = ledger.file.run(
            f"SELECT one.value, other.value, {WORDS[kind]} AS word, count(DISTINCT document)"
            f" FROM statement, {ends} WHERE statement.type = ? AND {where} AND {shown}"
            " AND word IS NOT NULL AND one.value <> other.value GROUP BY 1, 2, 3",
            (kind, *values, *floors),
        )
        for one, other, word, documents in rows:
            towards = _towards(kind, word)
            # An agreement names every pair of its parties both ways round.
            if towards is not None and (kind != "agreement" or one < other):
                yield (min(one, other), max(one, other)), towards, documents


def _towards(kind: str, word: str) -> bool | None:
    """Whether a row of a type with that word speaks for the tie; None for neither."""
    if kind == "event":
        return str(vocabulary("event_classes")[word].extra["quad"]).endswith("cooperation")
    speaks = {"agreement": {"": True}, "tie": {"+": True, "-": False}, "support": STATES}
    return speaks[kind].get(word)


MENTIONED = 0.05
"""How near two stand who are only told of together, as the members of one bloc are."""

STATES = dict.fromkeys(GIVEN, True) | dict.fromkeys(KEPT_BACK, False)


def neighbours(actors: Sequence[str], bonds: Mapping[Pair, Bond]) -> list[str]:
    """The actors so that those who stand together lie side by side.

    By the Fiedler vector of the bonds that lean towards a tie, part by part (Atkins, Boman and
    Hendrickson 1998): the order in which neighbours differ least. The larger parts come first.
    """
    at = {actor: number for number, actor in enumerate(actors)}
    weight = np.zeros((len(actors), len(actors)))
    for (one, other), bond in bonds.items():
        if bond.lean >= 0:
            near = max(bond.lean, MENTIONED)
            weight[at[one], at[other]] = weight[at[other], at[one]] = near
    parts = sorted(_parts(weight), key=lambda part: (-len(part), part[0]))
    return [actors[number] for part in parts for number in _ordered(weight, part)]


def _parts(weight: NDArray[np.float64]) -> list[list[int]]:
    """The connected parts, each in the order of the actors."""
    left, parts = list(range(len(weight))), []
    while left:
        part, edge = {left[0]}, [left[0]]
        while edge:
            near = set(np.flatnonzero(weight[edge.pop()] > 0).tolist()) - part
            part |= near
            edge += sorted(near)
        parts.append(sorted(part))
        left = [one for one in left if one not in part]
    return parts


def _ordered(weight: NDArray[np.float64], part: Sequence[int]) -> list[int]:
    """A part by its Fiedler vector; the busiest end comes first."""
    if len(part) < 3:
        return list(part)
    own = weight[np.ix_(part, part)]
    _, vectors = np.linalg.eigh(np.diag(own.sum(axis=0)) - own)
    order = [part[number] for number in np.argsort(vectors[:, 1], kind="stable").tolist()]
    half = len(order) // 2
    busy = weight.sum(axis=0)
    return order if busy[order[:half]].sum() >= busy[order[-half:]].sum() else order[::-1]
