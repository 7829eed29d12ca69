"""Words that look like an actor and name none, by what stands beside them.

A city opens a dateline ("KABUL, 3 May -"), a paper or a club is called after a state, a
state of another country bears a state's name, and a capital is most often only where people
meet. None of these acts.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.lexicon import tables, word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Doc, Span, Token

_DATELINE = re.compile(
    r"\s*(?:[A-Z][A-Z.'/ -]{2,40}|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+){0,2}(?=,? ?[^-–—:]{0,40}\())"
    r"(?:,[^-–—:()]{0,50})?\s*(?:\([^()]{2,40}\))?\s*(?:[-–—]{1,2}|:)\s"
)
"""A place in capitals, or one with its agency in brackets, and the dash that ends it."""


def dateline_end(span: Span) -> int:
    """The first token after the dateline of a passage; the span's start where none opens it."""
    if span.start != 0:
        return int(span.start)
    found = _DATELINE.match(span.doc.text)
    if found is None:
        return int(span.start)
    return next((token.i for token in span if token.idx >= found.end()), int(span.end))


def is_part_of_longer_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a state's or city's word belongs to a paper, a firm, a club or a person."""
    groups = _cased()
    following = doc[end] if end < len(doc) else None
    before = doc[start - 1] if start > 0 else None
    if following is not None and following.text in groups["longer_names"]:
        return True
    if _is_water(doc, start, groups) or _is_longer_place(doc, start, end, groups):
        return True
    if before is not None and before.text in groups["earlier_names"] and before.pos_ == "PROPN":
        return True
    return (
        following is not None
        and end - start == 1
        and doc[start].text in groups["first_names"]
        and _is_surname_after(doc[start], following)
    )


def _is_water(doc: Doc, start: int, groups: dict[str, frozenset[str]]) -> bool:
    """ "The Gulf of Oman", "the Sea of Japan"."""
    place = start - 1 if start > 0 and doc[start - 1].lower_ != "the" else start - 2
    return place > 0 and doc[place].lower_ == "of" and doc[place - 1].text in groups["waters"]


def _is_longer_place(doc: Doc, start: int, end: int, groups: dict[str, frozenset[str]]) -> bool:
    """ "New Mexico", "Washington state"."""
    near = (doc[max(start - 1, 0) : end].text, doc[start : end + 1].text)
    return any(name in groups["longer_places"] for name in near)


def _is_surname_after(first: Token, following: Token) -> bool:
    """ "Chad Smith", not "Chad President Deby"."""
    titles = word_groups("naming")["titles"] | word_groups("naming")["government"]
    return bool(
        following.pos_ == "PROPN"
        and following.text.istitle()
        and following.lower_ not in titles
        and first.head.i == following.i
        and following.ent_type_ in ("PERSON", "")
    )


@functools.cache
def _cased() -> dict[str, frozenset[str]]:
    """The groups whose capitals count."""
    names = ("longer_names", "earlier_names", "first_names", "waters", "longer_places")
    return {name: frozenset(tables("namesakes")[name]["words"]) for name in names}


def longer_names() -> frozenset[str]:
    """Capitalised words that make a name before them part of a longer one."""
    return _cased()["longer_names"]


# -- places --------------------------------------------------------------------------------


def is_only_a_place(token: Token, speaks_for: bool) -> bool:
    """Whether a capital is where something happens: "in Vienna", "at a meeting in Doha".

    `speaks_for`: whether the noun above it is an office or force, as in "officials in Seoul".
    """
    groups = word_groups("namesakes")
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ != "pobj":
        return False
    preposition = token.head
    if preposition.lower_ in groups["places_after"]:
        return not speaks_for
    governor = preposition.head
    return preposition.lower_ == "from" and governor.lemma_.lower() in groups["telling_from"]


def place_governor(token: Token) -> Token:
    """The word that a capital's preposition hangs on."""
    while token.dep_ == "conj":
        token = token.head
    return token.head.head


def is_elsewhere(actor: str, alias: str, sentence: str, document: str) -> bool:
    """Whether a state's name means its namesake: "Georgia" beside "Atlanta"."""
    table = tables("namesake_places").get(actor)
    if table is None or alias not in table["names"]:
        return False
    for text in (sentence, document):
        here, elsewhere = (_any(actor, side).search(text) for side in ("here", "elsewhere"))
        if here:
            return False
        if elsewhere:
            return True
    return False


@functools.cache
def _any(actor: str, side: str) -> re.Pattern[str]:
    words = "|".join(re.escape(word) for word in tables("namesake_places")[actor][side])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)")


# -- bodies that are none ------------------------------------------------------------------


def is_press(name: str) -> bool:
    """Whether a name in no table is a paper's, an agency's or a station's."""
    return name.lower().split()[-1].strip(".,'") in word_groups("namesakes")["press_words"]


def is_no_body(name: str) -> bool:
    """Whether letters in capitals stand for a currency, a thing or a paper: "EUR", "HEU"."""
    return name.lower() in word_groups("namesakes")["not_bodies"] or name in _currency_codes()


@functools.cache
def _currency_codes() -> frozenset[str]:
    return frozenset(unit for unit in vocabulary("units") if re.fullmatch("[A-Z]{3}", unit))


def tells(token: Token) -> bool:
    """Whether a word is the subject of a verb of saying or reporting."""
    status = word_groups("status")
    verb = token.head.lemma_.lower()
    said = verb in status["governor_claimed"] or verb in status["governor_reported"]
    return token.dep_ == "nsubj" and said
