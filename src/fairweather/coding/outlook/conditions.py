"""Conditions: the words on which a forecast hangs, verbatim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Clause, Sentence
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

LONGEST = 240
INVERTED = frozenset({"were", "should", "had"})
"""Verbs that open a condition without "if": were a clause to appear."""


def condition_of(sentence: Sentence, verb: Token, clause: Clause | None = None) -> str:
    """The words of the condition that governs a verb; empty where there is none."""
    heads = [verb, *([sentence.token(clause.head)] if clause else ())]
    for head in (*heads, *_above(verb)):
        for child in head.children:
            if (
                child.dep_ in ("advcl", "ccomp", "parataxis")
                and child.i != verb.i
                and _opens(child)
            ):
                return _words(sentence, child)
            if child.dep_ == "prep" and _is_case(child, head):
                return _words(sentence, child)
    return ""


def has_condition(sentence: Sentence, verb: Token) -> bool:
    """Whether a condition stands with the verb, or opens the sentence before it."""
    if condition_of(sentence, verb):
        return True
    text = sentence.text.lower()
    return any(
        text.startswith(phrase) for phrase in word_groups("predictions")["condition_phrases"]
    )


def _above(verb: Token) -> list[Token]:
    """The verbs that a joined or judged verb shares its condition with."""
    above: list[Token] = []
    while (
        verb.dep_ in ("conj", "xcomp", "ccomp", "acomp")
        and verb.head.i != verb.i
        and len(above) < 3
    ):
        verb = verb.head
        above.append(verb)
    return above


def _opens(clause: Token) -> bool:
    """Whether a clause is a condition: if, unless, once, when ahead, "were it to"."""
    marks = word_groups("predictions")["condition_marks"]
    for child in clause.children:
        if child.dep_ not in ("mark", "advmod", "prep") or child.i > clause.i:
            continue
        if child.lower_ in marks:
            if child.lower_ == "as":
                return "long" in {t.lower_ for t in clause.subtree}
            return not (child.lower_ == "when" and clause.tag_ == "VBD")
    first = clause.left_edge
    return clause.tag_ in ("VB", "VBD") and first.lower_ in INVERTED and first.i < clause.i


def _is_case(preposition: Token, head: Token) -> bool:
    """In the event of, in case of; "without" only where it opens the sentence."""
    if preposition.lower_ == "without":
        things = [child for child in preposition.children if child.dep_ == "pobj"]
        return preposition.i < head.i and bool(things) and things[0].pos_ != "PRON"
    nouns = word_groups("predictions")["condition_nouns"]
    return preposition.lower_ == "in" and any(
        child.lower_ in nouns and any(g.lower_ == "of" for g in child.children)
        for child in preposition.children
    )


def _words(sentence: Sentence, head: Token) -> str:
    tokens = [t.i for t in head.subtree if sentence.span.start <= t.i < sentence.span.end]
    doc = sentence.span.doc
    first, last = doc[min(tokens)], doc[max(tokens)]
    while last.i > first.i and (last.is_punct or last.is_space):
        last = doc[last.i - 1]
    start, end = sentence.place(first, last)
    text = sentence.document.text[start:end]
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(None, 1)[0]
