"""What a governing word makes of its complement: a verb, noun or adjective above a clause.

An act under "refuse to" did not happen, under "plan to" it is planned, under "hope that" it
is imagined, under "say that" it is the speaker's word. An infinitive whose governor no list
has is an aim, not a deed; a clause after a verb that no list has is somebody's word.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.setting import Cue
from fairweather.coding.grammar.verb_forms import has_subject, is_finite
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
GOVERNOR_STATUS = {
    "governor_refused": "denied",
    "governor_denied": "denied",
    "governor_hypothetical": "hypothetical",
    "governor_planned": "planned",
    "governor_claimed": "claimed",
    "governor_reported": "reported",
}
SAYING = ("governor_claimed", "governor_reported")


def governing_word(head: Token) -> Token:
    """The verb, noun or adjective that a clause is a complement of.

    A preposition passes it on ("refrained from closing"), and so does a copula to the
    adjective or noun it predicates ("it is unlikely that ..."), else to its subject.
    """
    word = head.head
    if word.dep_ == "prep" or (word.pos_ == "ADP" and word.dep_ in ("pcomp", "agent")):
        word = word.head
    if word.lemma_ == "be":
        predicated = next((c for c in word.children if c.dep_ in ("acomp", "attr")), None)
        subject = next((c for c in word.children if c.dep_ == "nsubj"), None)
        told = subject is not None and subject.pos_ == "NOUN" and head.dep_ == "ccomp"
        return predicated or (subject if told and subject is not None else word)
    return word


def headword(word: Token) -> str:
    """The dictionary form; mended where the lemmatiser cuts too much ("hopes" -> "hop")."""
    lemma, form = word.lemma_.lower(), word.lower_
    if form == "talks" and word.pos_ == "NOUN":
        return form  # talks are held; talk is only talk
    known = _listed()
    return next((w for w in (lemma, form, form.removesuffix("s")) if w in known), lemma)


@functools.cache
def _listed() -> frozenset[str]:
    return frozenset().union(*word_groups("status").values())


def governed_by(word: Token, head: Token) -> Iterator[Cue]:
    """The status that a verb, noun or adjective gives to its complement."""
    lemma = headword(word)
    if _is_infinitive(head):
        yield from _infinitive_under(word, lemma, head)
    elif head.dep_ in ("pcomp", "pobj") and (cue := _by_preposition(head.head, lemma)):
        yield cue
    else:
        yield from _clause_under(word, lemma, head)
    if word.pos_ in ("NOUN", "PRON"):
        yield from _of_governing_noun(word)


def _is_infinitive(head: Token) -> bool:
    return head.tag_ == "VB" or any(c.tag_ == "TO" for c in head.children)


def _infinitive_under(word: Token, lemma: str, head: Token) -> Iterator[Cue]:
    groups = word_groups("status")
    if lemma == "go" and word.tag_ == "VBG" and word.head.dep_ != "pcomp":
        yield "planned", "going to"
    elif lemma == "have" and any(c.lower_ == "yet" for c in (*word.children, *head.children)):
        yield "denied", "yet"
    elif (lemma == "have" and word.tag_ in ("VBZ", "VBP", "VB")) or lemma == "be":
        yield "planned", f"{lemma} to"  # "is to sign", "has to be ratified"
    elif lemma == "let" and any(c.lower_ in ("us", "'s") for c in (*word.children, *head.children)):
        yield "hypothetical", "let us"
    elif lemma in groups["governor_factual"] and word.pos_ in ("VERB", "AUX"):
        return
    elif (group := _group_of(lemma)) is None:
        yield _unlisted_infinitive(word, lemma)
    elif group in SAYING:
        # "is said to", "claims to", but "tells him to" orders what is not yet done.
        ordered = word.pos_ == "VERB" and (_has_object(word) or lemma == "tell")
        yield ("planned", lemma) if ordered else (GOVERNOR_STATUS[group], lemma)
    else:
        yield GOVERNOR_STATUS[group], lemma


def _unlisted_infinitive(word: Token, lemma: str) -> Cue:
    """An aim of the act above, a headline's future; "a chance to" is no fact by itself."""
    imagined = word.pos_ in NOMINAL and word.pos_ != "PROPN"
    return ("hypothetical" if imagined else "planned"), lemma


def _clause_under(word: Token, lemma: str, head: Token) -> Iterator[Cue]:
    """A gerund or a clause with "that" under a word."""
    groups = word_groups("status")
    if lemma in groups["governor_factual"] or lemma in groups["governor_factive"]:
        return
    group = _group_of(lemma, passed_over=() if head.tag_ == "VBG" else ("governor_refused",))
    if group in ("governor_hypothetical", "governor_planned") and _tells_of_the_past(head):
        # "The inquiry suggests that Laos shelled": said of the past, it is an assertion.
        group = next((g for g in SAYING if lemma in groups[g]), group)
    if group is not None:
        yield GOVERNOR_STATUS[group], lemma
    elif head.tag_ == "VBG" and lemma in groups["favouring"]:
        yield "hypothetical", lemma
    elif head.dep_ in ("ccomp", "acl", "relcl") and head.i > word.i and is_finite(head):
        yield from _unlisted_clause(word, lemma, head)


def _unlisted_clause(word: Token, lemma: str, head: Token) -> Iterator[Cue]:
    """What is told under a word that no list has: somebody's word, or only a thought."""
    if word.pos_ in ("VERB", "NOUN") or _tells_of_the_past(head):
        yield "claimed", lemma
    elif word.pos_ == "ADJ":
        yield "hypothetical", lemma


def _tells_of_the_past(head: Token) -> bool:
    return head.tag_ == "VBD" or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ in ("VBD", "VBZ", "VBP") and c.lemma_ == "have"
        for c in head.children
    )


def _by_preposition(preposition: Token, lemma: str) -> Cue | None:
    """What a preposition makes of the gerund after it, given the word before."""
    groups = word_groups("status")
    word = preposition.lower_
    if word in groups["prepositions_denied"]:
        return "denied", word
    if word == "against":
        return ("denied" if lemma in ("decide", "vote", "opt", "choose") else "hypothetical"), word
    if word in ("about", "on", "over") and preposition.head.pos_ == "NOUN":
        return "hypothetical", word  # "talks about handing over the isles"
    said = any(lemma in groups[group] for group in SAYING)
    if said and word in groups["purposeful"] and lemma not in groups["accusing"]:
        spoken = not any(lemma in groups[g] for g in ("nouns_claimed", "nouns_reported"))
        return ("hypothetical", lemma) if spoken else None
    return None


def _of_governing_noun(noun: Token) -> Iterator[Cue]:
    """A noun that is itself denied hands that on: "no evidence that", "rejected claims that"."""
    groups = word_groups("status")
    if any(c.dep_ == "det" and c.lower_ == "no" for c in noun.children):
        yield "hypothetical", "no"
    if noun.lower_ == "nothing":
        yield "denied", "nothing"
    above = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and above.lemma_.lower() in groups["governor_denied"]:
        yield "denied", above.lemma_.lower()


def governs(word: Token) -> bool:
    """Whether a word says, asks, plans, denies or refuses what its complement tells."""
    return word.lemma_ in ("be", "have") or _group_of(headword(word)) is not None


def aims_at_object(verb: Token) -> Iterator[Cue]:
    """What a verb of wish or plan makes of an act that is its object: "mulls a purchase"."""
    group = _group_of(headword(verb))
    objects = any(child.dep_ in ("dobj", "nsubjpass") for child in verb.children)
    if objects and group in ("governor_hypothetical", "governor_planned"):
        yield GOVERNOR_STATUS[group], headword(verb)


def _group_of(lemma: str, passed_over: tuple[str, ...] = ()) -> str | None:
    """The first group of governors that has the word."""
    groups = word_groups("status")
    return next((g for g in GOVERNOR_STATUS if g not in passed_over and lemma in groups[g]), None)


def _has_object(word: Token) -> bool:
    return any(child.dep_ in ("dobj", "dative") for child in word.children) or any(
        child.dep_ in ("ccomp", "xcomp") and has_subject(child) for child in word.children
    )
