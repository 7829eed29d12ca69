"""Where two extractors read the same words differently: what a reviewer should look at first.

Records of one type are set beside each other when their coders differ, their quotes overlap
and they agree on something, so that two acts told in one sentence are not taken for one act
read in two ways. Each record has at most one counterpart for each other coder: the one that
agrees with it most.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from fairweather.records import Quote, Record

Reading = Mapping[str, str]
"""What a record says: field of the contract -> value as text."""


ANCHORS = frozenset({"class", "level", "strand", "speaker", "kind", "value", "unit", "parties"})
"""Fields that tell what a record is about; a shared status alone joins nothing."""


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Two records on the same words that differ in one field.

    `one` and `other` are record ids in the order of their coders' names, `one_says` and
    `other_says` the values; `quote` is what both quotes share.
    """

    type: str
    field: str
    one: str
    one_says: str
    other: str
    other_says: str
    quote: Quote


def disagreements(records: Iterable[Record]) -> tuple[Disagreement, ...]:
    """Every field in which records of different coders differ, in the order of the text."""
    found = [
        disagreement
        for group in _by_type_and_document(records)
        for one, other, shared in _counterparts(group)
        for disagreement in _differing(one, other, shared)
    ]
    return tuple(sorted(found, key=lambda d: (d.quote.document, d.quote.start, d.one, d.field)))


def _by_type_and_document(records: Iterable[Record]) -> Iterator[list[Record]]:
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in records:
        if record.type in WHAT_IT_SAYS and record.quotes:
            groups[record.type, record.document].append(record)
    yield from groups.values()


def _counterparts(group: Sequence[Record]) -> Iterator[tuple[Record, Record, Quote]]:
    """Pairs of records of two coders with the words they share, the most alike first."""
    candidates = []
    for pair in combinations(group, 2):
        one, other = sorted(pair, key=lambda record: (record.coder, record.id))
        shared = _shared(one, other)
        if one.coder == other.coder or shared is None:
            continue
        alike = _alike(one, other)
        if alike:
            candidates.append((alike, len(shared.text), one, other, shared))
    candidates.sort(key=lambda c: (-c[0], -c[1], c[2].id, c[3].id))
    taken: set[tuple[str, str]] = set()
    for _, _, one, other, shared in candidates:
        if (one.id, other.coder) not in taken and (other.id, one.coder) not in taken:
            taken |= {(one.id, other.coder), (other.id, one.coder)}
            yield one, other, shared


def _shared(one: Record, other: Record) -> Quote | None:
    """The words that the first quotes of two records share."""
    a, b = one.quotes[0], other.quotes[0]
    start, end = max(a.start, b.start), min(a.end, b.end)
    if start >= end:
        return None
    return Quote(a.document, start, end, a.text[start - a.start : end - a.start])


def _alike(one: Record, other: Record) -> int:
    """In how many fields two records agree; 0 where they speak of different things."""
    first, second = says(one), says(other)
    same = {name for name in first.keys() & second.keys() if first[name] == second[name]}
    same_sides = len(_sides(first) & _sides(second)) >= 2
    return len(same) + same_sides if same & ANCHORS or same_sides else 0


def _sides(reading: Reading) -> frozenset[str]:
    return frozenset(reading.get("parties", "").split())


def _differing(one: Record, other: Record, shared: Quote) -> Iterator[Disagreement]:
    first, second = says(one), says(other)
    for name in first:
        if name in second and first[name] != second[name]:
            yield Disagreement(one.type, name, one.id, first[name], other.id, second[name], shared)


def says(record: Record) -> Reading:
    """What a record says, field by field; empty for types that are not compared."""
    reader = WHAT_IT_SAYS.get(record.type)
    return reader(record) if reader else {}


def _event(event: Any) -> Reading:
    return {
        "class": event.event_class,
        "status": event.status,
        "parties": f"{event.source[-1]} {event.target[-1]}",
    }


def _support(support: Any) -> Reading:
    return {
        "level": support.level,
        "state": support.state,
        "parties": f"{support.giver} {support.receiver}",
    }


def _tie(tie: Any) -> Reading:
    return {
        "strand": tie.strand,
        "viewpoint": tie.viewpoint,
        "polarity": tie.polarity,
        "parties": " ".join(sorted((tie.a, tie.b))),
    }


def _claim(claim: Any) -> Reading:
    return {"stance": claim.stance, "speaker": claim.speaker}


def _agreement(agreement: Any) -> Reading:
    states = {f"state of {c.obligation}": c.state for c in agreement.clauses}
    return {"parties": " ".join(sorted(agreement.parties)), **states}


def _mechanism(mechanism: Any) -> Reading:
    members = sorted({member.actor for member in mechanism.members})
    return {"kind": mechanism.kind, "parties": " ".join(members)}


def _amount(amount: Any) -> Reading:
    return {"value": f"{amount.value:g}", "unit": amount.unit}


WHAT_IT_SAYS: Mapping[str, Callable[[Any], Reading]] = {
    "event": _event,
    "support": _support,
    "tie": _tie,
    "claim": _claim,
    "agreement": _agreement,
    "mechanism": _mechanism,
    "amount": _amount,
}
"""Record type -> what its records say."""
