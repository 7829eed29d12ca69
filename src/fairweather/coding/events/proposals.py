"""Proposals: pairs of nouns that the rules do not join, for the event model to judge.

Every noun that stands for somebody may be either side of every predicate; main verbs that no
lexicon knows are predicates too, of no class. The model picks; the rules' own candidates are
always among what is judged.
"""

from __future__ import annotations

import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.events.companions import companions_of, direct_companions
from fairweather.coding.events.lexicon import TARGETS, Group, event_lexicon, matched
from fairweather.coding.events.predicates import Predicate, is_won_in_play, predicates
from fairweather.coding.events.sides import Side, lemma_in, sides
from fairweather.coding.grammar.sentence import Reading, Sentence

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

UNLISTED = Group("unlisted", "", "", TARGETS, False, False, 0.3)
"""Of a main verb that the lexicon does not have: the model says which act it is, if any."""
MAIN_LINE = ("ROOT", "ccomp", "conj")
NOUNS = frozenset({"NOUN", "PROPN", "PRON", "ADJ", "NUM"})
INSIDE_A_NAME = ("compound", "flat")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that stands for somebody, as a source, as a target or as both."""

    token: Token
    as_source: tuple[Side, ...]
    as_target: tuple[Side, ...]


def all_predicates(sentence: Sentence) -> tuple[Predicate, ...]:
    """The lexicon's predicates, then the main verbs that it does not know."""
    listed = tuple(predicates(sentence))
    return (*listed, *_unlisted(sentence, listed))


def _unlisted(sentence: Sentence, listed: tuple[Predicate, ...]) -> list[Predicate]:
    taken = {
        word.i
        for predicate in listed
        for word in (predicate.token, predicate.carrier, predicate.inner)
        if word is not None
    }
    found = []
    for token in sentence.span:
        if token.i in taken or token.pos_ != "VERB" or token.dep_ not in MAIN_LINE:
            continue
        if is_won_in_play(sentence, token):
            continue
        pattern = matched(
            event_lexicon().verbs,
            token.lemma_.lower(),
            companions_of(token),
            direct_companions(token),
        )
        if pattern is not None and not pattern.group.event_class:
            continue  # an idiom that looks like an act and is none
        clause = sentence.clause_of(token.i)
        status = clause.status if clause else "factual"
        found.append(Predicate(token, "", "", UNLISTED, status, UNLISTED.weight))
    return found


def nouns(reading: Reading, sentence: Sentence) -> tuple[Noun, ...]:
    """The nouns of a sentence that stand for somebody, in their order."""
    somebody = _somebody(sentence)
    found = []
    for token in sentence.span:
        if token.pos_ not in NOUNS or token.dep_ in INSIDE_A_NAME:
            continue
        next_one = bisect.bisect_left(somebody, token.left_edge.i)
        if next_one == len(somebody) or somebody[next_one] > token.right_edge.i:
            continue
        # A target may also be a thing that belongs to somebody; who can act is both.
        as_source = sides(reading, sentence, token, target=False)
        as_target = as_source or sides(reading, sentence, token, target=True)
        if as_target:
            found.append(Noun(token, as_source, as_target))
    return tuple(found)


def _somebody(sentence: Sentence) -> list[int]:
    """The words by which a phrase can stand for somebody; without one it is not looked into."""
    places = {place for mention in sentence.mentions for place in range(mention.start, mention.end)}
    return [
        token.i
        for token in sentence.span
        if token.i in places
        or token.pos_ in ("PROPN", "PRON")
        or lemma_in(token, "authorities", "forces", "society", "things")
    ]
