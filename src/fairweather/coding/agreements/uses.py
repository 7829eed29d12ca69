"""The verbs and nouns of which an agreement is subject, object or complement.

"It was signed", "the pact which lapsed", "talks on a treaty", "the accord that they left":
grammar only; what the words mean for the agreement is told in `agreement_stages.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.attached_dates import SUBJECTS
from fairweather.coding.grammar.phrases import is_passive

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


@dataclass(frozen=True, slots=True)
class Use:
    """A word that governs a mention, what the agreement is to it, and by which preposition."""

    word: Token
    role: str
    preposition: str = ""


def uses(noun: Token, depth: int = 0) -> Iterator[Use]:
    """The verbs and nouns of which an agreement is subject, object or complement."""
    governor, relation = noun.head, noun.dep_
    if relation in ("conj", "appos") and governor.pos_ in ("NOUN", "PROPN") and depth < 3:
        yield from uses(governor, depth + 1)
    elif relation in ("dobj", "nsubjpass", "oprd"):
        yield from _with_joined(governor, "object")
    elif relation == "nsubj":
        yield from _with_joined(governor, "subject")
    elif relation == "agent" or (relation == "pobj" and governor.dep_ == "agent"):
        yield Use(governor.head if relation == "pobj" else governor, "agent")
    elif relation == "pobj":
        yield from _through_preposition(governor)
    if depth == 0:
        yield from _hanging_on(noun)


def _through_preposition(preposition: Token) -> Iterator[Use]:
    above, words = preposition.head, preposition.lower_
    if above.dep_ in ("prep", "prt", "advmod") and above.pos_ in ("ADP", "ADV"):
        words, above = f"{above.lower_} {words}", above.head  # "out of"
    role = "object" if above.pos_ in ("VERB", "AUX") else "noun"
    yield Use(above, role, words)


def _with_joined(verb: Token, role: str) -> Iterator[Use]:
    """The verb, those joined to it that share the agreement, and what it governs."""
    yield Use(verb, role)
    shared = verb.dep_ == "conj" and not any(c.dep_ in SUBJECTS for c in verb.children)
    if role == "object" and shared and verb.head.pos_ == "VERB" and not _has_own(verb.head):
        yield Use(verb.head, role)
    for child in verb.children:
        own = any(c.dep_ in SUBJECTS for c in child.children)
        shares = role == "subject" or is_passive(verb)
        if shares and not own and child.dep_ == "conj" and child.pos_ in ("VERB", "AUX"):
            passive = child.tag_ == "VBN" and not _active(child)
            yield from _with_joined(child, "object" if passive else "subject")
        if shares and child.dep_ == "xcomp":
            yield from _with_joined(child, "object" if is_passive(child) else "subject")


def _has_own(verb: Token) -> bool:
    """Whether a verb has an object of its own."""
    return any(child.dep_ in ("dobj", "nsubjpass") for child in verb.children)


def _subject_of_its_own(verb: Token) -> bool:
    return any(child.dep_ in SUBJECTS for child in verb.children)


def _active(verb: Token) -> bool:
    return any(c.dep_ == "dobj" for c in verb.children)


def _hanging_on(noun: Token) -> Iterator[Use]:
    """Relative clauses and participles: "which lapsed", "that he left", "signed in 1999"."""
    for child in (*noun.children, *_misplaced(noun)):
        if child.dep_ == "relcl":
            yield from _relative(child)
        elif child.dep_ == "acl" and child.tag_ in ("VBN", "VBD"):
            yield from _with_joined(child, "object")
        elif child.dep_ == "amod" and child.tag_ == "VBN":
            yield Use(child, "epithet")
        elif child.dep_ in ("prep", "amod") and child.lower_ in ("in", "into"):
            yield Use(noun, "state")


def _misplaced(noun: Token) -> Iterator[Token]:
    """Clauses that the parser hangs on a party: "the pact with X, which entered into force"."""
    for child in noun.children:
        inner = [child] if child.dep_ == "prep" else []
        for _ in range(3):
            inner = [c for token in inner for c in token.children]
            for token in inner:
                if token.dep_ == "relcl" and _befalls(token):
                    yield token


def _befalls(verb: Token) -> bool:
    """Whether only an agreement does it: enter into force, be signed or ratified."""
    opening = [c for c in verb.children if c.lower_ in ("which", "that") and c.tag_ == "WDT"]
    if verb.lemma_ in ("sign", "ratify", "conclude", "initial"):
        wanted = SUBJECTS if is_passive(verb) else ("dobj",)
        return any(c.dep_ in wanted for c in opening)
    force = any(t.lower_ in ("force", "effect") for t in verb.subtree)
    enters = force and verb.lemma_ in ("enter", "come", "be")
    return enters and any(c.dep_ in SUBJECTS for c in opening)


def _relative(verb: Token) -> Iterator[Use]:
    for child in verb.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("which", "that"):
            yield from _with_joined(verb, "object" if is_passive(verb) else "subject")
            return
    stranded = [c for c in verb.children if c.dep_ == "prep" and not list(c.children)]
    opened = [
        c
        for c in verb.children
        if c.dep_ == "prep" and any(inner.lower_ in ("which", "that") for inner in c.children)
    ]
    words = (stranded or opened)[0].lower_ if stranded or opened else ""
    has_object = any(child.dep_ == "dobj" and child.tag_ != "WDT" for child in verb.children)
    if words or not has_object:  # "a treaty to end the war" ends no treaty
        yield Use(verb, "object", words)
        for child in verb.children if not words else ():
            if child.dep_ == "conj" and not _has_own(child) and not _subject_of_its_own(child):
                yield Use(child, "object")  # "which they concluded and ratified"
    for child in verb.children:
        if child.dep_ == "xcomp" and not any(c.dep_ == "dobj" for c in child.children):
            yield Use(child, "object")
