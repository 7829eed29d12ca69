"""How surely two accounts tell of one act, and which traits say so.

A sum of weights in about the scale of log odds (`weights.toml`): class, date, place, persons,
numbers and words each speak for or against. Some differences rule it out: another pair, a
plan and a deed, blows in the other direction, two stated days further apart than one.
"""

from __future__ import annotations

import datetime as dt
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from fairweather.coding.stories.accounts import Account
from fairweather.coding.stories.words import groups
from fairweather.vocabulary.lexicon import tables

_DAY = dt.timedelta(days=1)


@functools.cache
def weights() -> dict[str, Any]:
    """The weights of `weights.toml`."""
    text = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@dataclass(frozen=True, slots=True)
class Likeness:
    """The score of two accounts and its grounds ("same day", 1.2), the strongest first."""

    score: float
    grounds: tuple[tuple[str, float], ...]

    @property
    def reason(self) -> str:
        """What speaks for one act, in words."""
        return ", ".join(ground for ground, weight in self.grounds if weight > 0)


def likeness(one: Account, other: Account) -> Likeness | None:
    """How surely two accounts tell of one act; None where they cannot."""
    if one.pair != other.pair or one.told_as != other.told_as or _opposed(one, other):
        return None
    dates = _date(one, other)
    if dates is None:
        return None
    found = [
        _class(one, other),
        dates,
        *_place(one, other),
        *_persons(one, other),
        *_numbers(one, other),
        _words(one, other),
    ]
    grounds = tuple(sorted(found, key=lambda ground: (-ground[1], ground[0])))
    return Likeness(sum(weight for _, weight in grounds), grounds)


def _opposed(one: Account, other: Account) -> bool:
    """Whether the two acts run in opposite directions and are not of a mutual kind."""
    mutual = tables("stories")["mutual"]["words"]
    return one.forward != other.forward and not {one.event_class, other.event_class} <= {*mutual}


Ground = tuple[str, float]


def _class(one: Account, other: Account) -> Ground:
    weight = weights()["class"]
    if one.event_class == other.event_class:
        return f"both {one.event_class}", weight["same"]
    told = {one.event_class, other.event_class}
    if any(told <= {*line} for line in groups("compatible")):
        return f"{one.event_class} as {other.event_class}", weight["compatible"]
    return f"{one.event_class}, not {other.event_class}", weight["apart"]


def _date(one: Account, other: Account) -> Ground | None:
    """What their dates say; None where they cannot be of one day."""
    weight = weights()["date"]
    if one.dated and other.dated:
        apart = abs(one.since - other.since)
        if apart > _DAY:
            return None
        day = f"on {one.since}"
        return (day, weight["same_day"]) if not apart else ("a day apart", weight["next_day"])
    if not _meet(one, other):
        return _told_later(one, other)
    if _is_stretch(one) or _is_stretch(other):
        return "within the time told", weight["stretch"]
    if one.dated or other.dated:
        return "may be of one day", weight["may_be_same"]
    near = abs(one.told - other.told) <= _DAY
    return "told at one time", weight["both_of_the_day"] if near else weight["stretch"]


def _told_later(one: Account, other: Account) -> Ground | None:
    """Of two accounts one of which is undated, the undated one may look back some days."""
    weight = weights()["date"]
    undated = [account for account in (one, other) if not account.dated]
    if len(undated) != 1 or _is_stretch(undated[0]):
        return None
    dated = other if undated[0] is one else one
    late = (undated[0].told - dated.until).days
    return ("told later", weight["later_told"]) if 0 < late <= weight["told_within"] else None


def _meet(one: Account, other: Account) -> bool:
    return one.since <= other.until and other.since <= one.until


def _is_stretch(account: Account) -> bool:
    return (account.until - account.since).days > 2 * int(weights()["date"]["news_lasts"])


def _place(one: Account, other: Account) -> Iterator[Ground]:
    weight = weights()["place"]
    if one.place and other.place:
        if one.place & other.place:
            yield "the same place", weight["same"]
        else:
            yield "another place", weight["apart"]
    elif (one.place and one.place <= other.words) or (other.place and other.place <= one.words):
        yield "the place named", weight["named"]


def _persons(one: Account, other: Account) -> Iterator[Ground]:
    weight = weights()["person"]
    if one.persons & other.persons:
        yield "the same person", weight["same"]
    elif one.persons and other.persons:
        yield "other persons", weight["apart"]


def _numbers(one: Account, other: Account) -> Iterator[Ground]:
    weight = weights()["number"]
    shared = one.numbers & other.numbers
    large = [number for number in shared if number >= 10]
    if shared:
        told = ", ".join(f"{number:,.10g}" for number in sorted(shared))
        worth = weight["same"] * min(len(large), 2) + weight["small"] * (len(shared) - len(large))
        yield f"the number {told}", min(worth, 2 * weight["same"])
    elif one.numbers and other.numbers:
        yield "other numbers", weight["apart"]


def _words(one: Account, other: Account) -> Ground:
    weight = weights()["words"]
    smaller = min(len(one.words), len(other.words))
    shared = one.words & other.words
    # A smoothed share: one word of two is less than four of eight.
    share = len(shared) / (smaller + 1) if smaller else 0.0
    spelt = sorted(one.spelt.get(word, word) for word in shared)[:6]
    told = f"the words {', '.join(spelt)}" if shared else "no word in common"
    return told, weight["most"] * (share - weight["usual"])
