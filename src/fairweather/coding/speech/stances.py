"""What a speaker does with words that only "say": promise, demand, threaten, accuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRST = frozenset({"i", "we"})
THIRD = frozenset({"it", "he", "she", "they"})
FUTURE = frozenset({"will", "shall", "'ll", "would"})
DUTY = frozenset({"must", "should"})
PERFORMING = ("deny", "accuse", "demand", "promise", "praise")


def stance_of(root: Token, names_speaker: Callable[[Token], bool], own_words: bool) -> str:
    """The stance of a clause that somebody says, by its own verb.

    In the speaker's own words "we" is the speaker; in reported speech so is the pronoun
    that takes up the speaker: "said that it would sign". `names_speaker` tells whether a
    subject is the speaker's own name.
    """
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    own = subject is not None and (
        subject.lower_ in (FIRST if own_words else FIRST | THIRD) or names_speaker(subject)
    )
    modals = {child.lower_ for child in root.children if child.dep_ in ("aux", "auxpass")}
    negated = any(child.dep_ == "neg" for child in root.children)
    groups = word_groups("claims")
    performed = _performed(root) if own and not modals & FUTURE else ""
    if performed:
        return performed
    if modals & FUTURE and not negated:
        hostile = root.lemma_.lower() in groups["hostile"]
        if hostile and (own or (subject is not None and subject.lower_ == "you")):
            return "threaten"
        if own and root.lemma_ != "be":
            return "promise"
    if own and any(c.dep_ == "acomp" and c.lower_ in groups["performative"] for c in root.children):
        return "assert" if negated else "promise"
    if not own and (modals & DUTY or _has_to(root)):
        return "demand"
    return "assert"


def _performed(root: Token) -> str:
    """The stance of a verb that does what it says: "we reject", "we continue to demand"."""
    verb = root
    if verb.lemma_ == "continue":
        verb = next((c for c in verb.children if c.dep_ == "xcomp"), verb)
    groups = word_groups("claims")
    if any(child.dep_ == "neg" for child in root.children):
        return ""
    for stance in PERFORMING:
        if verb.lemma_.lower() in groups[stance]:
            needs_for = verb.lemma_ == "call" and not any(
                c.lower_ in ("for", "on") for c in verb.children
            )
            return "" if needs_for or verb.lemma_ == "ask" else stance
    return ""


def _has_to(root: Token) -> bool:
    return root.lemma_ == "have" and any(
        c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children) for c in root.children
    )
