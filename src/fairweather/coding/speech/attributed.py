"""What is said without a verb that says it: "Togo's denial that", "according to Togo"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Sentence
from fairweather.coding.speech.content import (
    ACCORDING,
    LABEL,
    Act,
    child_of,
    complement,
    make_act,
    shortened,
)

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def said_in_noun(sentence: Sentence, noun: Token) -> Act | None:
    """ "Togo's denial that it had sent arms": the owner says what the noun is about."""
    owner, content = child_of(noun, "poss"), complement(noun, "acl", "ccomp")
    if owner is None or content is None or content.i < noun.i:
        return None
    if content.tag_ in ("VBN", "VBG") and child_of(content, "aux") is None:
        return None  # "Mali's claim filed in June"
    stances = {"denial": "deny", "accusation": "accuse", "allegation": "accuse", "charge": "accuse",
               "promise": "promise", "pledge": "promise", "vow": "promise", "demand": "demand",
               "threat": "threaten"}  # fmt: skip
    act = make_act(sentence, noun, stances.get(noun.lemma_, "assert"), content, LABEL)
    return replace(act, verb=owner)


def according_to(sentence: Sentence, token: Token) -> Act | None:
    """The clause beside "according to X"; the act's verb is X itself."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    source = child_of(to, "pobj") if to is not None else None
    if to is None or source is None:
        return None
    doc = sentence.span.doc
    phrase = {t.i for t in token.subtree}
    first, last = sentence.span.start, sentence.span.end - 1
    if min(phrase) <= first + 2:
        first = max(phrase) + 1
    else:
        last = min(phrase) - 1
    while first < last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if last - first < 2:
        return None
    start, end = shortened(sentence, *sentence.place(doc[first], doc[last]))
    return Act(source, "assert", start, end, ACCORDING, None)
