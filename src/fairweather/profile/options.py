"""Who stands against the pair, who might offer either a better deal, what choices loom.

All three are read from records, hypotheticals included: an offer that a text imagines is
no fact, but it is what a scenario is made of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from fairweather.profile.origins import count_origins
from fairweather.records import AUTHOR, Event, Prediction, Record, Tie, When
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.gazetteer import Person, load_gazetteer
from fairweather.vocabulary.lexicon import word_groups


class Offer(NamedTuple):
    """What a third party might give one side to drop the other, with the rows that say so.

    `maker` is the person who would make it, where texts name one: whoever is not in office
    yet makes it only if elected.
    """

    giver: str
    to: str
    against: str
    records: tuple[str, ...]
    maker: str = ""


class Choice(NamedTuple):
    """A turning point that texts condition on, such as an election and who may win it."""

    name: str
    outcomes: tuple[str, ...]
    at: When
    records: tuple[str, ...]


def adversaries(
    rows: Iterable[Record], pair: tuple[str, str], origin: Mapping[str, str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Third parties in conflict with either side, by independent origins, most first.

    Who deals with the two as often as he quarrels with them is nobody's adversary here.
    """
    against: dict[str, list[Record]] = defaultdict(list)
    with_them: dict[str, int] = defaultdict(int)
    for row in rows:
        if not isinstance(row, Event) or not (third := _third(row, pair)):
            continue
        if "conflict" in _quad(row):
            against[third].append(row)
        else:
            with_them[third] += 1
    found = {actor: told for actor, told in against.items() if len(told) > with_them[actor]}
    ranked = sorted(found.items(), key=lambda item: (-count_origins(item[1], origin), item[0]))
    return tuple((actor, tuple(row.id for row in told)) for actor, told in ranked)


def _third(row: Event, pair: tuple[str, str]) -> str:
    """The one party to an act that is none of the pair; empty where there is no one such."""
    sides = (_principal(row.source), _principal(row.target))
    third = [side for side in sides if side not in pair]
    return third[0] if len(third) == 1 and _is_party(third[0]) else ""


def offers(rows: Iterable[Record], pair: tuple[str, str]) -> tuple[Offer, ...]:
    """Deals with third parties that texts imagine for one side, at the other's cost."""
    found: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        for giver, to, maker in _openings(row, pair):
            against = pair[1] if to == pair[0] else pair[0]
            found[giver, to, against, maker].append(row.id)
    return tuple(
        Offer(giver, to, against, tuple(dict.fromkeys(records)), maker)
        for (giver, to, against, maker), records in sorted(
            found.items(), key=lambda item: (-len(item[1]), item[0])
        )
    )


def _openings(row: Record, pair: tuple[str, str]) -> Iterable[tuple[str, str, str]]:
    """Who might offer something to which side, and which person of theirs would."""
    if isinstance(row, Event) and row.status in ("hypothetical", "planned"):
        chains = {_party(chain): chain for chain in (row.source, row.target)}
        own = [side for side in chains if side in pair]
        third = [side for side in chains if side and side not in pair]
        friendly = _quad(row).endswith("cooperation")
        if friendly and len(own) == len(third) == 1:
            yield third[0], own[0], _person(chains[third[0]])
    if isinstance(row, Tie) and row.strand == "exit_option" and row.polarity == "+":
        for side, other in ((row.a, row.b), (row.b, row.a)):
            if side in pair and other not in pair and row.viewpoint in (side, AUTHOR):
                yield other, side, ""


def choices(predictions: Sequence[Prediction]) -> tuple[Choice, ...]:
    """Elections that predictions are conditioned on, with the persons who may win."""
    words = word_groups("choices")["election"]
    names = {
        name: identity
        for identity, actor in load_gazetteer().actors.items()
        if isinstance(actor, Person)
        for name in (actor.name,)
    }
    outcomes: dict[str, list[str]] = defaultdict(list)
    for row in predictions:
        condition = row.condition.lower()
        if not any(word in condition.split() or word in condition for word in words):
            continue
        for name, identity in names.items():
            if name in row.condition:
                outcomes[identity].append(row.id)
    if len(outcomes) < 2:
        return ()
    records = tuple(dict.fromkeys(identity for ids in outcomes.values() for identity in ids))
    return (Choice("election", tuple(sorted(outcomes)), When(), records),)


def _quad(event: Event) -> str:
    return str(vocabulary("event_classes")[event.event_class].extra["quad"])


def _principal(chain: Sequence[str]) -> str:
    return chain[-1] if chain else ""


def _party(chain: Sequence[str]) -> str:
    """The state, bloc or group behind an actor list; of a person out of office, his state."""
    actor = _principal(chain)
    listed = load_gazetteer().actors.get(actor)
    if isinstance(listed, Person):
        return listed.roles[-1].of if listed.roles else ""
    return actor if listed is not None else ""


def _person(chain: Sequence[str]) -> str:
    named = chain[0] if chain else ""
    return named if isinstance(load_gazetteer().actors.get(named), Person) else ""


def _is_party(actor: str) -> bool:
    """A state, bloc or armed group; a person or a firm is no adversary of its own here."""
    listed = load_gazetteer().actors.get(actor)
    return listed is not None and not isinstance(listed, Person)
