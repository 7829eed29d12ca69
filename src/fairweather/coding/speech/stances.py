"""What a speaker does with words that only "say": promise, demand, threaten, accuse."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

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
        hostile = root.lemma_.lower() in groups["hostile"] or _imposes(root, groups["harm"])
        if hostile and (own or (subject is not None and subject.lower_ == "you")):
            return "threaten"
        if own and root.lemma_ != "be":
            return "promise"
    if own and any(c.dep_ == "acomp" and c.lower_ in groups["performative"] for c in root.children):
        return "assert" if negated else "promise"
    if _is_own_commitment(subject, names_speaker, own_words):
        return "assert" if negated else "promise"
    if _denies_own(root, subject, own, modals):
        return "deny"
    if not own and (modals & DUTY or _has_to(root)):
        return "demand"
    return "assert"


def _imposes(root: Token, harm: frozenset[str]) -> bool:
    """ "We will impose sanctions", "will take countermeasures"."""
    things = (c for c in root.children if c.dep_ == "dobj")
    acts = root.lemma_ in ("impose", "take", "introduce", "adopt", "use", "launch")
    return acts and any(thing.lemma_.lower() in harm for thing in things)


def _is_own_commitment(
    subject: Token | None, names_speaker: Callable[[Token], bool], own_words: bool
) -> bool:
    """ "Our commitment to Oman is ironclad"."""
    if subject is None or subject.lemma_.lower() not in word_groups("claims")["own_words"]:
        return False
    first = ("our", "my") if own_words else ("our", "my", "its", "his", "her", "their")
    owners = [c for c in subject.children if c.dep_ == "poss"]
    return any(owner.lower_ in first or names_speaker(owner) for owner in owners)


def _denies_own(root: Token, subject: Token | None, own: bool, modals: set[str]) -> bool:
    """ "It had not sent arms", "no arms were sent", "there was no deal": said to be untrue."""
    if modals & (FUTURE | DUTY | {"can", "could", "may", "might", "ca"}):
        return False
    denied = any(c.dep_ == "neg" and c.lower_ != "longer" for c in root.children)
    longer = any(c.lower_ == "longer" for c in root.children)
    if own and denied and not longer:
        return any(
            c.dep_ in ("aux", "auxpass") and c.lemma_ in ("have", "be") for c in root.children
        )
    told = subject
    if subject is None:
        told = next((c for c in root.children if c.dep_ == "attr"), None)  # "there is no"
    return told is not None and not modals & FUTURE and _is_none(told)


def _is_none(noun: Token) -> bool:
    return any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children)


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
