"""Who bears a surname: the one whom the text has named, who holds office, or held it lately.

A full name is never matched by likeness: "Ahn Duk-geun" is not the other Ahn in office. A
lone surname that nobody in any table bears may be a misspelling, seen through with a low
score and kept visible as a match.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar import namesakes
from fairweather.vocabulary.gazetteer import Gazetteer, Person, first_day, load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Doc, Token

NAMED_BEFORE = 0.95
IN_OFFICE = 0.8
LATELY = 0.65
ONLY_BEARER = 0.6
NEARLY_SPELT = 0.5
"""How sure each way is of telling who bears a surname: ranks, set by hand."""

YEARS_SINCE_OFFICE = 10
"""For so long a bare surname still means the one who held office."""

SHORTEST_GUESS = 6
"""Letters of the shortest surname whose misspelling is guessed at."""

LIKE_ENOUGH = 0.85


@dataclass(frozen=True, slots=True)
class Match:
    """A name that is not exactly an actor's: what was written, whom it was taken for, how sure."""

    actor: str
    alias: str
    score: float
    reason: str


def stands_alone(doc: Doc, start: int, end: int, terms: Mapping[tuple[str, ...], object]) -> bool:
    """Whether no other part of a person's name stands beside a surname, nor of a place's."""
    if _first_name_before(doc, start, terms) or _given_name_after(doc, end):
        return False
    return not (_is_a_thing(doc, start, end) or _is_a_day(doc[start]))


def _is_a_thing(doc: Doc, start: int, end: int) -> bool:
    """ "The Hague", "the English Channel", "Hill Street": an article, or the rest of a name."""
    following = doc[end] if end < len(doc) else None
    longer = namesakes.longer_names()
    if following is not None and following.text in longer:
        return True
    if following is not None and following.text == "-" and not doc[end - 1].whitespace_:
        return end + 1 < len(doc) and doc[end + 1].text.istitle()  # "Wi-Fi"
    named = start > 0 and doc[start - 1].lower_ in ("the", "a", "an")
    plural = following is not None and following.lower_ in (
        "administration",
        "government",
        "regime",
    )
    return named and not plural and doc[start].dep_ not in ("compound", "nmod", "poss")


def _is_a_day(token: Token) -> bool:
    """Whether a surname is a day's or a month's name and no title stands before it."""
    days = word_groups("naming")["not_names"]
    return not is_titled(token) and (token.lower_ in days or token.ent_type_ in ("DATE", "TIME"))


def _first_name_before(doc: Doc, start: int, terms: Mapping[tuple[str, ...], object]) -> bool:
    if start == 0:
        return False
    before = doc[start - 1]
    return bool(
        before.pos_ == "PROPN"
        and before.ent_type_ == "PERSON"
        and before.lower_ not in word_groups("naming")["titles"]
        and (before.text,) not in terms
    )


def _given_name_after(doc: Doc, end: int) -> bool:
    """ "Ahn Duk-geun", "Li Shangfu": the family name comes first in much of Asia."""
    if end >= len(doc):
        return False
    after = doc[end]
    if after.pos_ != "PROPN" or not after.text[:1].isupper() or after.ent_type_ == "DATE":
        return False
    if _opens_longer_name(doc, end):
        return True
    hyphened = end + 2 < len(doc) and doc[end + 1].text == "-" and doc[end + 2].text.islower()
    return hyphened or (after.ent_type_ == "PERSON" and after.ent_iob_ == "I")


def _opens_longer_name(doc: Doc, end: int) -> bool:
    """ "Abdi Warsame Guled": a name of which the surname is only the first word."""
    first = doc[end - 1]
    last = first.head
    if first.dep_ != "compound" or last.i < end or last.ent_type_ in ("GPE", "NORP", "DATE"):
        return False
    rest = doc[end : last.i + 1]
    offices = word_groups("naming")["government"] | word_groups("naming")["titles"]
    return all(t.pos_ == "PROPN" and t.text.istitle() and t.lower_ not in offices for t in rest)


def is_common(alias: str) -> bool:
    """Whether a surname is too common to stand for an office-holder by itself."""
    return alias.lower() in word_groups("namesakes")["common_surnames"]


def is_titled(token: Token) -> bool:
    """Whether a title stands directly before a name: "President Ali"."""
    return token.i > 0 and token.nbor(-1).lower_ in word_groups("naming")["titles"]


def bearer_of(
    persons: Sequence[str], day: str, gazetteer: Gazetteer, is_person: bool
) -> tuple[str, float] | None:
    """Whom a surname borne by several stands for on a day, and how sure that is.

    The one in office; else the one who lately was; else the only one, where the name finder
    takes the word for a person. None where two come into question.
    """
    in_office = [one for one in persons if day and gazetteer.roles_on(one, day)]
    if len(in_office) == 1:
        return in_office[0], IN_OFFICE
    if in_office:
        return None
    lately = [one for one in persons if day and _held_office_lately(one, day, gazetteer)]
    if len(lately) == 1:
        return lately[0], LATELY
    if len(persons) == 1 and is_person:
        return persons[0], ONLY_BEARER
    return None


def _held_office_lately(person: str, day: str, gazetteer: Gazetteer) -> bool:
    actor = gazetteer.actors.get(person)
    since = f"{int(day[:4]) - YEARS_SINCE_OFFICE:04}{day[4:]}"
    return isinstance(actor, Person) and any(
        role.since and first_day(role.since) <= day and since <= (role.until or "9999")
        for role in actor.roles
    )


def nearly_spelt(name: str, known: Mapping[str, str], office: Mapping[str, str]) -> Match | None:
    """The bearer of a surname of which a lone name is nearly the spelling, or None.

    Only a name that no table has at all may be asked for, so that two near names which both
    exist stay apart.
    """
    candidates = {**office, **known}
    scored = [
        (_likeness(name.lower(), other.lower()), other)
        for other in candidates
        if other[:1] == name[:1] and min(len(other), len(name)) >= SHORTEST_GUESS
    ]
    best = max(scored, default=(0.0, ""))
    if best[0] < LIKE_ENOUGH:
        return None
    reason = f"{name!r} read as {best[1]!r}, a near spelling"
    return Match(candidates[best[1]], name, NEARLY_SPELT, reason)


def _likeness(one: str, other: str) -> float:
    """How alike two spellings are, 0..1; the same letters in another order count as .9."""
    from difflib import SequenceMatcher

    ratio = SequenceMatcher(None, one, other).ratio()
    return max(ratio, 0.9) if sorted(one) == sorted(other) else ratio


@functools.lru_cache(maxsize=64)
def surnames_in_office(day: str) -> Mapping[str, str]:
    """Last words of the names of all who hold office on a day -> the person."""
    gazetteer = load_gazetteer()
    bearers: dict[str, str] = {}
    for actor_id, actor in gazetteer.actors.items():
        if isinstance(actor, Person) and gazetteer.roles_on(actor_id, day):
            bearers.setdefault(actor.name.split()[-1], actor_id)
    return bearers
