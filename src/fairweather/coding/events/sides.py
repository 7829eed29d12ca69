"""Sides: whom a phrase on one side of an act stands for, and how surely.

Named actors come first, then common nouns that can act ("the protesters", "a Kenyan court"),
then things that belong to an actor ("the Kenyan proposal"), as targets only. `score` says how
surely the phrase is that side: 1 for a name in its grammatical place, less with every step
away from it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import actors_in_phrase, unweakened
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.records import slug
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

NAMED = 1.0
COMMON_NOUN = 0.8
OWNED_THING = 0.8
UNLISTED_NAME = 0.8
REFERRED = 0.75
LATER_MENTION = 0.6
THING = 0.7
PLACE = 0.5
FOCUS = 0.45
"""How sure each way of finding a side is; ranks set by hand, checked by `bench/coding.py`."""

OWNERS = ("poss", "amod", "compound", "nmod")
WITHIN = ("of", "in", "into", "over", "by", "from", "for", "on", "against", "with", "to",
          "between", "among", "at")  # fmt: skip
NO_ACTORS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "CARDINAL", "QUANTITY"})
NAMED_ENTITIES = frozenset({"PERSON", "ORG", "NORP", "GPE", "FAC", "LOC"})


@dataclass(frozen=True, slots=True)
class Side:
    """A phrase on one side of an act: its head, the actor chain it stands for, how sure."""

    head: Token
    chain: tuple[str, ...]
    score: float

    @property
    def principal(self) -> str:
        """Whom it stands for in the end."""
        return self.chain[-1]

    @property
    def speaks_for_a_state(self) -> bool:
        """Whether a state, its organs or officers act, not its people."""
        state = len(self.principal) == 3 and self.principal.isupper()
        return state and not is_society(self.head)

    def same_as(self, other: Side) -> bool:
        """Whether both sides are one: nobody does anything to himself."""
        if self.head.i == other.head.i or self.chain[0] == other.chain[0]:
            return True
        society = is_society(self.head) or is_society(other.head)
        return self.principal == other.principal and not society


def sides(reading: Reading, sentence: Sentence, token: Token, target: bool) -> tuple[Side, ...]:
    """The sides that a noun phrase stands for, one for each actor; empty where none."""
    heads = (token, *_joined(token))
    return _each_once([side for head in heads for side in _of_one(reading, sentence, head, target)])


def _each_once(found: list[Side]) -> tuple[Side, ...]:
    """One side for each principal, the one that says most: a person before his state."""
    best: dict[str, Side] = {}
    for side in found:
        known = best.get(side.principal)
        if known is None or len(side.chain) > len(known.chain):
            best[side.principal] = side
    return tuple(best.values())


def _joined(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from _joined(child)


def _of_one(reading: Reading, sentence: Sentence, token: Token, target: bool) -> tuple[Side, ...]:
    """The sides of one head, those joined to it left out."""
    named = _is_name(sentence, token)
    whole = None if named else _gathered(token)
    if whole is not None and (within := sides(reading, sentence, whole, target)):
        return tuple(replace(side, head=token) for side in within)
    if token.ent_type_ in NO_ACTORS and not can_act(token):
        return ()
    owners = tuple(_owners(sentence, token))
    if is_society(token) and not named:
        return (Side(token, _common_chain(token, owners), COMMON_NOUN),)
    if len(owners) > 1 and can_act(token) and _modifiers_joined(token):
        return tuple(Side(token, m.chain, NAMED) for m in owners)
    mentions = _mentions_of(reading, sentence, token)
    if mentions:
        found = (_of_mention(sentence, token, mention) for mention in mentions)
        return tuple(_by_name(sentence, token, side) for side in found)
    return _of_unlisted(sentence, token, owners, target)


def _mentions_of(reading: Reading, sentence: Sentence, token: Token) -> list[Mention]:
    """The actors that the table has for a phrase, those joined to its head left out."""
    later = {head.i for head in _joined(token)}
    return [
        mention
        for mention in actors_in_phrase(reading, sentence, token)
        if not any(mention.start <= i < mention.end for i in later)
    ]


def _of_unlisted(
    sentence: Sentence, token: Token, owners: tuple[Mention, ...], target: bool
) -> tuple[Side, ...]:
    """Common nouns, names in no table and, as targets, things that belong to an actor."""
    if can_act(token):
        if owners:
            return tuple(Side(token, m.chain, 0.9 * m.score) for m in owners)
        return (Side(token, (common_name(token),), COMMON_NOUN),)
    if _is_proper(token):
        return (Side(token, (common_name(token),), UNLISTED_NAME),)
    if not target:
        return ()
    owners = owners or tuple(_deeper(sentence, token))
    if owners:
        return tuple(Side(token, m.chain, OWNED_THING) for m in owners[:1])
    return _by_common_noun(token)


def _by_common_noun(token: Token) -> tuple[Side, ...]:
    """Nobody named: the thing itself ("a base"), or those it comes from ("demands by farmers")."""
    for child in token.children:
        if child.dep_ in ("poss", "compound") and child.pos_ == "NOUN" and can_act(child):
            return (Side(token, (common_name(child),), OWNED_THING * COMMON_NOUN),)
        if child.dep_ in ("prep", "agent") and child.lower_ in WITHIN:
            for inner in child.children:
                if inner.dep_ == "pobj" and can_act(inner):
                    return (Side(token, (common_name(inner),), OWNED_THING * COMMON_NOUN),)
    if lemma_in(token, "things"):
        return (Side(token, (common_name(token),), THING),)
    return ()


def _modifiers_joined(token: Token) -> bool:
    """Whether two adjectives or names share a noun: "Kenyan and Somali troops"."""
    return any(
        child.dep_ in OWNERS and any(c.dep_ == "conj" for c in child.children)
        for child in token.children
    )


def _is_proper(token: Token) -> bool:
    """Whether a word is a name that no table has."""
    acronym = token.text.isupper() and len(token.text) > 1 and token.is_alpha
    proper = token.pos_ == "PROPN" and token.text[0].isupper()
    return bool((proper or acronym) and (token.ent_type_ in (*NAMED_ENTITIES, "")))


def _gathered(token: Token) -> Token | None:
    """Who stands after the "of" of a counting noun: "dozens of journalists"."""
    if not lemma_in(token, "partitives"):
        return None
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _of_mention(sentence: Sentence, token: Token, mention: Mention) -> Side:
    head = token if mention.start <= token.i < mention.end else sentence.token(mention.end - 1)
    if mention.kind == "inferred":
        return Side(head, mention.chain, REFERRED)
    sure = NAMED if mention.kind != "provisional" else 0.9
    return Side(head, mention.chain, sure)


def _by_name(sentence: Sentence, token: Token, side: Side) -> Side:
    """The person, where his name follows his office: "Kenya's minister, Aden Duale"."""
    for child in token.children if len(side.chain) == 1 else ():
        person = sentence.mention_at(child.i) if child.dep_ == "appos" else None
        if person is not None and len(person.chain) > 1 and person.principal == side.principal:
            return replace(side, chain=person.chain)
    return side


def _is_name(sentence: Sentence, token: Token) -> bool:
    mention = sentence.mention_at(token.i)
    return bool(
        mention
        and mention.kind in ("person", "surname", "provisional", "name", "metonym")
        and mention.end - 1 == token.i
        and mention.alias.split()[-1] == token.text
    )


def lemma_in(token: Token, *groups: str) -> bool:
    """Whether a noun stands in one of the lexicon's groups of common nouns that act."""
    if token.pos_ not in ("NOUN", "PROPN", "ADJ", "NUM"):
        return False
    words = _words_of(groups)
    return token.lemma_.lower() in words or token.lower_ in words


@functools.cache
def _words_of(groups: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(word_groups("event_actors")[group] for group in groups))


def can_act(token: Token) -> bool:
    """Whether a common noun may do an act: an authority, an armed force, people."""
    return lemma_in(token, "authorities", "forces", "society")


def is_society(token: Token) -> bool:
    """Whether a common noun stands for people who speak for no state."""
    return lemma_in(token, "society")


def _owners(sentence: Sentence, token: Token) -> Iterator[Mention]:
    """Actors whose noun it is: possessors, adjectives, "of", "in", "from" phrases."""
    for place in _places_of_owners(token):
        if mention := sentence.mention_at(place.i):
            yield unweakened(mention)


def _places_of_owners(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ in OWNERS:
            yield child
            # "the U.N. envoy's proposal", "the Kenyan and Somali proposal"
            yield from (c for c in child.children if c.dep_ in (*OWNERS, "conj"))
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("of", "in", "by", "from"):
            yield from (c for c in child.children if c.dep_ in ("pobj", "conj"))
        elif child.dep_ == "appos":
            yield child


def _deeper(sentence: Sentence, token: Token) -> Iterator[Mention]:
    """Actors two steps inside a thing's phrase: "the methods of the U.N. report"."""
    for child in token.children:
        if child.dep_ not in ("prep", "agent") or child.lower_ not in WITHIN:
            continue
        for inner in child.children:
            if inner.dep_ == "pobj":
                if mention := sentence.mention_at(inner.i):
                    yield unweakened(mention)
                else:
                    yield from _owners(sentence, inner)


def _common_chain(token: Token, owners: tuple[Mention, ...]) -> tuple[str, ...]:
    """A common noun's chain: "kenyan-farmers" of Kenya."""
    behind = owners[0].principal if owners else ""
    name = common_name(token)
    return (name, behind) if behind and behind != name else (name,)


def common_name(token: Token) -> str:
    """The slug of a noun with the words that narrow it: "white-farmers"."""
    words = [c for c in token.children if c.dep_ in ("amod", "compound", "nmod") and c.i < token.i]
    kept = [word for word in words if word.is_alpha][-2:]
    return slug(" ".join([*(word.text for word in kept), token.text])) or "unnamed"
