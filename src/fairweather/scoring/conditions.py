"""Conditions in plain words, read as typed ones where two patterns of them allow it.

"If X wins the election" is met when X takes an office that elections fill; "if war breaks out
between A and B" when one attacks the other. Anything else is for a person to judge.
"""

from __future__ import annotations

import functools
import re

from fairweather.scoring.constants import constants
from fairweather.scoring.criteria import Criterion, parse_criteria
from fairweather.scoring.offices import states_of
from fairweather.vocabulary.gazetteer import Person, load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

SIDES = 2
_WORDS = re.compile(r"[\w'’-]+")
_DENIED = re.compile(r"\b(?:no|not|never|without|unless)\b|n['’]t\b", re.IGNORECASE)


def typed_condition(text: str) -> tuple[Criterion, ...]:
    """The condition as typed sentences; () where only a person can judge it."""
    criteria = parse_criteria(text)
    if criteria:
        return criteria
    words = {word.lower() for word in _WORDS.findall(text)}
    negated = bool(_DENIED.search(text))
    persons, others = named_in(text)
    elections = word_groups("choices")["election"]
    if words & set(elections) and len(persons) == 1:
        states = states_of(persons[0])
        if len(states) == 1:
            return (Criterion(kind="office", what=persons, a=states[0], negated=negated),)
    if words & set(constants("conditions")["war"]) and len(others) == SIDES:
        a, b = others
        return (Criterion(kind="event", what=("ASSAULT",), a=a, b=b, negated=negated),)
    return ()


def named_in(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The persons, and the states and bodies, that a text names in full, in its order."""
    found: dict[int, str] = {}
    for match in _names().finditer(text):
        found.setdefault(match.start(), _actor_of()[match.group()])
    gazetteer = load_gazetteer().actors
    persons = [one for one in found.values() if isinstance(gazetteer[one], Person)]
    others = [one for one in found.values() if one not in persons]
    return tuple(dict.fromkeys(persons)), tuple(dict.fromkeys(others))


@functools.cache
def _actor_of() -> dict[str, str]:
    """Full name -> the likeliest actor of that name; surnames alone name nobody here."""
    names: dict[str, str] = {}
    for surface, actor, kind in load_gazetteer().terms():
        if kind in ("name", "person"):
            names.setdefault(surface, actor)
    return names


@functools.cache
def _names() -> re.Pattern[str]:
    longest_first = sorted(_actor_of(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")
