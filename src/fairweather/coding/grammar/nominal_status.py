"""The status of an act named by a noun: that of its clause, weakened by its company.

"A possible attack", "the threat of war" and "in exchange for a withdrawal" are imagined
even inside a factual clause; "cancelled talks" never were.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.governors import NOMINAL, headword
from fairweather.coding.grammar.sentence import Clause
from fairweather.coding.grammar.setting import Cue, weakest
from fairweather.coding.grammar.status_cues import adjective_cues, words_before
from fairweather.coding.grammar.verb_forms import is_negated
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

FARTHEST = 6
"""Steps up from a noun in which its company is looked for."""
ENDED = frozenset({"stop", "halt", "suspend", "cease", "end"})
"""What these verbs put an end to did happen."""

_KINDS = ("hypothetical", "planned", "claimed", "reported", "denied")


def status_of_noun(token: Token, clauses: tuple[Clause, ...]) -> Cue:
    """The status of an act that a noun names, and the word that decided it."""
    clause = next((c for c in clauses if token.i in c.tokens), None)
    found = [(clause.status, clause.why)] if clause else []
    return weakest([*found, *_modifiers(token), *_phrases_before(token), *_company(token)])


def _modifiers(noun: Token) -> Iterator[Cue]:
    """Adjectives before the noun, and "no" and "any"."""
    for child in noun.children:
        word = child.lower_
        if child.dep_ in ("amod", "compound", "nmod", "advmod"):
            yield from adjective_cues("".join(part.lower_ for part in child.subtree))
        elif child.dep_ == "relcl" and is_negated(child) and child.lemma_ in ("be", "happen"):
            yield "denied", "never"  # "the coup that never was"
        elif child.dep_ == "det" and word in ("no", "any"):
            yield ("denied" if word == "no" else "hypothetical"), word


def _by_noun(word: str) -> Iterator[Cue]:
    """What a noun makes of the act named beside it: a threat, a plan, a report of it."""
    groups = word_groups("status")
    for kind in _KINDS:
        if word in groups[f"nouns_{kind}"]:
            yield kind, word


def told_of(noun: Token) -> Iterator[Cue]:
    """What is said of a noun whose act stands in a participle: "reports of a house torched"."""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.pos_ == "NOUN":
        yield from _by_noun(headword(noun.head.head))


def _phrases_before(noun: Token) -> Iterator[Cue]:
    """ "In return for a truce", "instead of a truce", "in case Syria attacks"."""
    groups = word_groups("status")
    nearest = noun.doc[max(noun.sent.start, noun.i - 6) : noun.i].text.lower()
    for phrase in groups["phrases_exchanged"]:
        if phrase in nearest:
            yield "hypothetical", phrase
    for phrase in groups["phrases_denied"]:
        if phrase in nearest:
            yield "denied", phrase
    before = [word.lower_ for word in words_before(noun)][::-1]
    for word in before[-3:]:
        if word in groups["prepositions_hypothetical"]:
            yield "hypothetical", word
    opening = " ".join(before)
    for phrase in (*groups["phrases_conditional"], "if", "unless", "lest", "whenever"):
        if phrase in (opening if " " in phrase else before):
            yield "hypothetical", phrase


def _company(noun: Token) -> Iterator[Cue]:
    """What stands above the noun, as far as its status reaches."""
    place = noun
    for _ in range(FARTHEST):
        above = place.head
        if above.i == place.i:
            return
        if place.dep_ in ("compound", "nmod", "amod") and above.pos_ in NOMINAL:
            yield from _by_noun(headword(above))
            return
        if place.dep_ == "conj" and above.pos_ in NOMINAL:
            yield from _modifiers_shared(above)
            if any(c.dep_ == "prep" and above.i < c.i < noun.i for c in above.children):
                # "Fears of an invasion and a blockade": of both, however it is parsed.
                yield from _by_noun(headword(above))
            place = above
            continue
        if place.dep_ in ("pobj", "pcomp") or above.pos_ == "ADP":
            governor = above.head
            yield from _under_preposition(above, governor)
            if governor.i == above.i or headword(governor) not in _passing():
                return
            place = governor
            continue
        yield from _under_verb(place, above)
        return


def _passing() -> frozenset[str]:
    return word_groups("status")["nouns_passing"]


def _modifiers_shared(first: Token) -> Iterator[Cue]:
    """What stands before the first of joined nouns holds for all: "possible raids and war"."""
    yield from (cue for cue in _modifiers(first) if cue[1] not in ("no", "any"))


def _under_preposition(preposition: Token, governor: Token) -> Iterator[Cue]:
    groups = word_groups("status")
    word, lemma = preposition.lower_, headword(governor)
    for kind in ("denied", "planned", "hypothetical"):
        if word in groups[f"prepositions_{kind}"]:
            yield kind, word
    if lemma in ("close", "near") and word == "to":
        yield "hypothetical", lemma
    if governor.pos_ in NOMINAL:
        yield from _by_noun(lemma)
        yield from _of_denied_noun(governor)
    if word == "for" and governor.pos_ in ("VERB", "NOUN", "AUX"):
        if lemma in groups["factive_for"]:
            return
        if not (lemma in groups["nouns_planned"] or lemma in groups["governor_planned"]):
            yield "hypothetical", "for"
    if governor.pos_ == "VERB" and word in groups["prepositions_governing"]:
        yield from _object_status(governor)
        spoken = lemma in groups["governor_claimed"] and lemma not in groups["accusing"]
        if spoken and word in ("of", "about", "against"):
            yield "hypothetical", lemma


def _of_denied_noun(noun: Token) -> Iterator[Cue]:
    """ "Rejected allegations of an attack", "stopped short of a boycott"."""
    groups = word_groups("status")
    above = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and above.lemma_.lower() in groups["governor_denied"]:
        yield "denied", above.lemma_.lower()
    if noun.lower_ in ("short", "instead"):
        yield "denied", noun.lower_


def _under_verb(noun: Token, verb: Token) -> Iterator[Cue]:
    if noun.dep_ in ("dobj", "nsubjpass", "oprd"):
        yield from _object_status(verb)
    elif noun.dep_ == "nsubj" and verb.lemma_ == "be":
        for child in verb.children:
            if child.dep_ in ("acomp", "attr", "oprd"):
                word = headword(child)
                yield from adjective_cues(word)
                yield from _by_governor(word)
        yield from _in_prospect(verb)
    elif noun.dep_ == "nsubj" and verb.lemma_.lower() in ("loom", "impend"):
        yield "hypothetical", verb.lemma_.lower()


def _in_prospect(verb: Token) -> Iterator[Cue]:
    """ "A veto is on the cards", "a truce is under discussion"."""
    after = verb.doc[verb.i : verb.right_edge.i + 1].text.lower()
    for phrase in word_groups("status")["phrases_prospective"]:
        if phrase in after:
            yield "hypothetical", phrase


def _object_status(verb: Token) -> Iterator[Cue]:
    """What a verb makes of the act that is its object: "plans an attack"."""
    groups = word_groups("status")
    lemma = headword(verb)
    for kind in ("claimed", "reported"):
        if lemma in groups[f"object_{kind}"]:
            yield kind, lemma
    if verb.pos_ == "VERB" and lemma not in ENDED:
        yield from _by_governor(lemma)


def _by_governor(lemma: str) -> Iterator[Cue]:
    groups = word_groups("status")
    if lemma in groups["governor_refused"] or lemma in groups["governor_denied"]:
        yield "denied", lemma
    elif lemma in groups["governor_hypothetical"]:
        yield "hypothetical", lemma
    elif lemma in groups["governor_planned"]:
        yield "planned", lemma
