"""Verbs that say, and what they say: a clause, an attitude, what a thing is called.

"Say that", "is said to", "express regret", "call the sale a provocation", "speak of
betrayal", "claim responsibility"; what is called a wrong blames somebody.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import is_passive
from fairweather.coding.grammar.sentence import Sentence
from fairweather.coding.speech.content import (
    CLAUSE,
    HEARSAY,
    LABEL,
    OBJECT,
    THOUGHT,
    Act,
    asks,
    child_of,
    complement,
    make_act,
    object_after,
    targets_of,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def asserted(sentence: Sentence, verb: Token) -> Act | None:
    """The act of a verb of saying; None where it says nothing that can be quoted."""
    groups = word_groups("claims")
    lemma = verb.lemma_.lower()
    return (
        _clause(sentence, verb)
        or (_expressed(sentence, verb) if lemma in groups["express"] else None)
        or (labelled(sentence, verb) if lemma in groups["label"] else None)
        or _responsibility(sentence, verb)
        or (_spoken_of(sentence, verb) if lemma == "speak" else None)
    )


def _clause(sentence: Sentence, verb: Token) -> Act | None:
    """Say, state, claim and the like with a clause, or "is said to"."""
    groups = word_groups("claims")
    lemma = verb.lemma_.lower()
    if lemma in groups["quotation_only"]:
        return None
    if is_passive(verb):
        told = child_of(verb, "xcomp", "ccomp")
        subject = child_of(verb, "nsubjpass")
        if told is None or lemma not in groups["hearsay"]:
            return None
        opening = subject if subject is not None and told.dep_ == "xcomp" else None
        first = (
            sentence.token(subject.left_edge.i)
            if opening is not None and subject is not None
            else None
        )
        return make_act(sentence, verb, "assert", told, HEARSAY, opening=first)
    content = complement(verb, "ccomp")
    if content is None:
        return _interposed(sentence, verb)
    gerund = content.tag_ == "VBG" and child_of(content, "aux") is None
    if _is_reporter(content) or gerund or (asks(content) and content.i > verb.i):
        return None
    if content.pos_ not in ("VERB", "AUX") and child_of(content, "nsubj") is None:
        return None
    return make_act(
        sentence, verb, "assert", content, THOUGHT if lemma in groups["thinking"] else CLAUSE
    )


def _is_reporter(content: Token) -> bool:
    """Whether the content is again somebody's saying, whose words then count instead."""
    speaks = word_groups("claims")
    saying = (speaks["assert"] - speaks["thinking"]) | speaks["deny"] | speaks["accuse_with_ground"]
    if content.lemma_.lower() not in saying or child_of(content, "nsubj") is None:
        return False
    if any(child.dep_ in ("aux", "neg") and child.tag_ == "MD" for child in content.children):
        return False
    return any(child.dep_ in ("ccomp", "dobj", "prep") for child in content.children)


def _interposed(sentence: Sentence, verb: Token) -> Act | None:
    """ "The talks, he said, have failed": the clause around the verb is what was said."""
    if verb.dep_ != "parataxis" or child_of(verb, "nsubj") is None:
        return None
    content = verb.head
    if content.pos_ not in ("VERB", "AUX") or abs(content.i - verb.i) > 40:
        return None
    return make_act(sentence, verb, "assert", content, CLAUSE - 0.1)


def _expressed(sentence: Sentence, verb: Token) -> Act | None:
    """Express, voice, convey with the noun of an attitude."""
    attitude = child_of(verb, "dobj")
    if attitude is None or is_passive(verb):
        return None
    groups = word_groups("claims")
    for stance in ("promise", "accuse", "praise", "assert", "deny"):
        if attitude.lemma_.lower() in groups[f"attitude_{stance}"]:
            return make_act(sentence, verb, stance, attitude, LABEL)
    return None


def labelled(sentence: Sentence, verb: Token) -> Act | None:
    """Label, call, describe: what is called, and what it is called."""
    named = child_of(verb, "oprd") or object_after(verb, "as")
    things = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubj") and c.i > verb.i]
    if named is None and len(things) > 1:
        named = things[-1]
    if named is None:
        named = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        if (
            named is None
            or named.pos_ not in ("NOUN", "ADJ", "PROPN")
            or child_of(named, "nsubj") is None
        ):
            return None
        return make_act(sentence, verb, _judged_as(named), named, LABEL)
    if not things or is_passive(verb):
        return None
    opening = sentence.token(things[0].left_edge.i)
    if opening.i >= named.i:
        return None
    targets = targets_of(sentence, things[0])
    return make_act(sentence, verb, _judged_as(named), named, LABEL, targets, opening=opening)


def _judged_as(named: Token) -> str:
    """Whether what something is called blames somebody: "called the sale a provocation"."""
    wrongs = word_groups("claims")["wrongs"]
    return "accuse" if _names_a(named, wrongs) else "assert"


def _names_a(named: Token, words: frozenset[str]) -> bool:
    """Whether a phrase is, or is qualified by, one of the words."""
    told = (named, *(child for child in named.children if child.dep_ in ("amod", "conj")))
    return any(token.lemma_.lower() in words or token.lower_ in words for token in told)


def _spoken_of(sentence: Sentence, verb: Token) -> Act | None:
    """ "Speaks of betrayal", "spoke of a stab in the back"."""
    thing = object_after(verb, "of")
    if thing is None or is_passive(verb) or not _names_a(thing, word_groups("claims")["wrongs"]):
        return None
    return make_act(sentence, verb, "accuse", thing, LABEL)


def _responsibility(sentence: Sentence, verb: Token) -> Act | None:
    thing = child_of(verb, "dobj")
    if (
        verb.lemma_ != "claim"
        or thing is None
        or thing.lemma_ != "responsibility"
        or is_passive(verb)
    ):
        return None
    return make_act(sentence, verb, "assert", thing, OBJECT)
