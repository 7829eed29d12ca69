"""Forms of verbs: tense, subject, negation, as the parse shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

FINITE = frozenset({"VBD", "VBZ", "VBP"})
PRESENT = frozenset({"VBZ", "VBP"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl", "csubj"})
AUXILIARIES = frozenset({"aux", "auxpass"})


def has_subject(head: Token) -> bool:
    """Whether a verb has a subject of its own."""
    return any(child.dep_ in SUBJECTS for child in head.children)


def is_finite(head: Token) -> bool:
    """Whether a verb has a tense or a modal: no infinitive, no bare participle."""
    if head.tag_ in FINITE:
        return True
    return any(c.dep_ in AUXILIARIES and c.tag_ in {*FINITE, "MD"} for c in head.children)


def is_present(head: Token) -> bool:
    """Whether a verb stands in the present: "signs", "is signing"; not "has signed"."""
    helpers = [c for c in head.children if c.dep_ in AUXILIARIES]
    if head.tag_ in PRESENT:
        return not helpers
    if head.tag_ == "VB":  # taken for an infinitive, though it has a subject: "the leaders meet"
        return not helpers and has_subject(head)
    return any(c.tag_ in PRESENT and c.lemma_ == "be" for c in helpers) and head.tag_ == "VBG"


def is_negated(head: Token) -> bool:
    """Whether the act of a clause is denied by "not", "never", "no one" or the like."""
    return any(_denies(child) for child in head.children) or _opens_in_denial(head)


def _denies(child: Token) -> bool:
    negations = word_groups("status")["negations"]
    if child.dep_ == "neg" or (
        child.lower_ in negations and child.dep_ in ("advmod", "preconj", "cc")
    ):
        return not _is_not_only(child)
    if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
        opening = child.left_edge
        denied = opening.lower_ in ("no", "neither", "none") and opening.dep_ != "dep"
        return child.lower_ in negations or denied
    return False


def _is_not_only(word: Token) -> bool:
    follows = word.i + 1 < len(word.doc) and word.nbor(1).lower_ in ("only", "just", "merely")
    return word.lower_ == "not" and (follows or (word.i > 0 and word.nbor(-1).lower_ == "or"))


def _opens_in_denial(head: Token) -> bool:
    """ "At no point did ...", "not a single state ...", "no longer supplies"."""
    left = max(head.sent.start, head.i - 8)
    before = f" {head.doc[left : head.i].text.lower()} "
    for phrase in word_groups("status")["phrases_negative"]:
        place = before.find(f" {phrase} ")
        if place >= 0 and not any(stop in before[place:] for stop in ',;:"'):
            return True
    return False
