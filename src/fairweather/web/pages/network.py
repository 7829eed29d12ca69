"""Who else matters to a pair: third parties, and how each is bound to either side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from fairweather.brief.evidence import LookUp
from fairweather.brief.wording import label
from fairweather.profile import Profile
from fairweather.records import AUTHOR, Event
from fairweather.vocabulary import vocabulary

MOST_DRAWN = 16
"""Third parties in the picture: those with most records."""

MOST_RECORDS = 50
"""Records of one adversary that are looked up."""

CONFLICT, SUPPORT, ARRANGEMENT = "conflict", "support", "arrangement"
"""What the colour of a line says."""


class Bond(NamedTuple):
    """One way in which a third party is bound to one side, and how many records tell of it."""

    other: str
    side: str
    family: str
    told: str
    records: int


class ThirdParties(NamedTuple):
    """A third party with its bonds to the first side and to the second."""

    actor: str
    first: tuple[Bond, ...]
    second: tuple[Bond, ...]

    @property
    def weight(self) -> int:
        """Records that bind it."""
        return sum(bond.records for bond in (*self.first, *self.second))


def third_parties(profile: Profile, look_up: LookUp) -> tuple[ThirdParties, ...]:
    """Third parties, those with most records first; `look_up` finds a record by its id."""
    bonds = Counter(_bonds(profile, look_up))
    counted = [Bond(*key, count) for key, count in bonds.items()]
    others = dict.fromkeys(bond.other for bond in counted)
    made = (
        ThirdParties(
            other,
            *(
                tuple(bond for bond in counted if (bond.other, bond.side) == (other, side))
                for side in (profile.a, profile.b)
            ),
        )
        for other in others
    )
    return tuple(sorted(made, key=lambda one: (-one.weight, one.actor)))


def _bonds(profile: Profile, look_up: LookUp) -> Iterator[tuple[str, str, str, str]]:
    """Third party, side, family and words of every record that binds one to a side."""
    pair = (profile.a, profile.b)
    for other, side, family, told in (
        *_support(profile),
        *_conflicts(profile, look_up),
        *_arrangements(profile),
    ):
        if other not in (*pair, AUTHOR) and side in pair:
            yield other, side, family, told


def _support(profile: Profile) -> Iterator[tuple[str, str, str, str]]:
    states = vocabulary("support_states")
    for row in profile.elsewhere:
        told = f"support {states[row.state].label.lower()}"
        yield row.receiver, row.giver, SUPPORT, told


def _conflicts(profile: Profile, look_up: LookUp) -> Iterator[tuple[str, str, str, str]]:
    """Each record of a conflict with the side that it names."""
    pair = {profile.a, profile.b}
    for foe, records in profile.adversaries:
        for row in map(look_up, records[:MOST_RECORDS]):
            if isinstance(row, Event):
                for side in pair & {*row.source, *row.target}:
                    yield foe, side, CONFLICT, "in conflict"


def _arrangements(profile: Profile) -> Iterator[tuple[str, str, str, str]]:
    kinds = vocabulary("mechanism_kinds")
    for mechanism in profile.mechanisms:
        members = {member.actor for member in mechanism.members}
        for side in members & {profile.a, profile.b}:
            for member in sorted(members):
                yield member, side, ARRANGEMENT, kinds[mechanism.kind].label.lower()


def network(profile: Profile, others: Sequence[ThirdParties]) -> dict[str, Any]:
    """The picture: both sides, the third parties that matter most, a line a family and side."""
    drawn = others[:MOST_DRAWN]
    lines: Counter[tuple[str, str, str]] = Counter()
    for one in drawn:
        for bond in (*one.first, *one.second):
            lines[bond.other, bond.side, bond.family] += bond.records
    return {
        "sides": [{"id": side, "name": label(side)} for side in (profile.a, profile.b)],
        "others": [{"id": one.actor, "name": label(one.actor)} for one in drawn],
        "lines": [
            {"from": other, "to": side, "family": family, "count": count}
            for (other, side, family), count in lines.items()
        ],
    }
