"""Who did it to whom: the two sides of a predicate, from grammar, else from order.

A side is a phrase with the actors it stands for. Named actors come first, then common nouns
that can act ("the protesters", "a Kenyan court"), then things that belong to an actor ("the
Kenyan proposal"), as targets only. `score` says how surely the phrase is that side: 1 for a
name in its grammatical place, less with every step away from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairweather.coding.event_predicates import Predicate
from fairweather.coding.phrases import (
    actors_in_phrase,
    agent_of,
    is_passive,
    subject_of,
)
from fairweather.coding.sentence import Mention, Reading, Sentence
from fairweather.records import slug
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Token

NAMED = 1.0
COMMON_NOUN = 0.8
OWNED_THING = 0.8
UNLISTED_NAME = 0.8
REFERRED = 0.75
LATER_MENTION = 0.6
PLACE = 0.5
FOCUS = 0.45
"""How sure each way of finding a side is; ranks set by hand, checked by `bench/coding.py`."""

OWNERS = ("poss", "amod", "compound", "nmod")
WITHIN = ("of", "in", "into", "over", "by", "from", "for", "on", "against", "with", "to", "between", "among", "at")
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

    def same_as(self, other: Side) -> bool:
        """Whether both sides are one: nobody does anything to himself."""
        if self.head.i == other.head.i or self.chain[0] == other.chain[0]:
            return True
        return self.principal == other.principal and not _is_society(other.head)


def sides(reading: Reading, sentence: Sentence, token: Token, target: bool) -> tuple[Side, ...]:
    """The sides that a noun phrase stands for, one for each actor; empty where none."""
    if token.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "CARDINAL") and not _can_act(token):
        return ()
    whole = _gathered(token)
    if whole is not None and not _is_name(sentence, token):
        within = sides(reading, sentence, whole, target)
        if within:
            return tuple(replace(side, head=token) for side in within)
    if _is_society(token) and not _is_name(sentence, token):
        owners = tuple(_owners(sentence, token))
        return (Side(token, _common_chain(token, owners), COMMON_NOUN),)
    mentions = actors_in_phrase(reading, sentence, token)
    if mentions:
        return tuple(_of_mention(sentence, token, mention) for mention in mentions)
    owners = tuple(_owners(sentence, token))
    if _can_act(token):
        if owners:
            return tuple(Side(token, m.chain, 0.9 * m.score) for m in owners[:1])
        return (Side(token, (common_name(token),), COMMON_NOUN),)
    if token.pos_ == "PROPN" and (token.ent_type_ in NAMED_ENTITIES or not token.ent_type_):
        return (Side(token, (common_name(token),), UNLISTED_NAME),)
    if not target:
        return ()
    owners = owners or tuple(_deeper(sentence, token))
    return tuple(Side(token, m.chain, OWNED_THING) for m in owners[:1])


def _gathered(token: Token) -> Token | None:
    """Who stands after the "of" of a counting noun: "dozens of journalists"."""
    if not _lemma_in(token, "partitives"):
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


def _is_name(sentence: Sentence, token: Token) -> bool:
    mention = sentence.mention_at(token.i)
    return bool(mention and mention.kind in ("person", "surname", "provisional", "name", "metonym")
                and mention.end - 1 == token.i and mention.alias.split()[-1] == token.text)


def _lemma_in(token: Token, *groups: str) -> bool:
    words = word_groups("event_actors")
    return token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") and any(
        token.lemma_.lower() in words[group] or token.lower_ in words[group] for group in groups
    )


def _can_act(token: Token) -> bool:
    return _lemma_in(token, "authorities", "forces", "society")


def _is_society(token: Token) -> bool:
    return _lemma_in(token, "society")


def _owners(sentence: Sentence, token: Token) -> Iterator[Mention]:
    """Actors whose noun it is: possessors, adjectives, "of", "in", "from" phrases."""
    for child in token.children:
        if child.dep_ in OWNERS:
            if mention := sentence.mention_at(child.i):
                yield replace(mention, weak=False)
            else:
                yield from _owners_of_modifier(sentence, child)
    for child in token.children:
        if child.dep_ in ("prep", "agent") and child.lower_ in ("of", "in", "by", "from"):
            for inner in child.children:
                mention = sentence.mention_at(inner.i)
                if mention and inner.dep_ in ("pobj", "conj"):
                    yield replace(mention, weak=False)
        elif child.dep_ == "appos" and (mention := sentence.mention_at(child.i)):
            yield replace(mention, weak=False)


def _owners_of_modifier(sentence: Sentence, modifier: Token) -> Iterator[Mention]:
    """"the U.N. envoy's proposal": whoever owns the owner."""
    for child in modifier.children:
        if child.dep_ in OWNERS and (mention := sentence.mention_at(child.i)):
            yield replace(mention, weak=False)


def _deeper(sentence: Sentence, token: Token) -> Iterator[Mention]:
    """Actors two steps inside a thing's phrase: "the methods of the U.N. report"."""
    for child in token.children:
        if child.dep_ not in ("prep", "agent") or child.lower_ not in WITHIN:
            continue
        for inner in child.children:
            if inner.dep_ == "pobj":
                if mention := sentence.mention_at(inner.i):
                    yield replace(mention, weak=False)
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


# -- sources -------------------------------------------------------------------------------


def sources(reading: Reading, sentence: Sentence, predicate: Predicate) -> tuple[Side, ...]:
    """Who does it, surest place first; empty where the sentence does not tell."""
    for token, sure in _source_places(sentence, predicate):
        found = sides(reading, sentence, token, target=False)
        if found:
            return tuple(replace(side, score=side.score * sure) for side in found)
    return ()


def _source_places(sentence: Sentence, predicate: Predicate) -> Iterator[tuple[Token, float]]:
    verb = predicate.carrier if predicate.is_noun else predicate.token
    if predicate.is_noun:
        yield from _doers_of_noun(predicate.token)
    if verb is None:
        return
    if is_passive(verb):
        agent = agent_of(verb)
        if agent is not None:
            yield agent, 1.0
        return
    clause = sentence.clause_of(verb.i)
    if clause is None:
        return
    # The nearest subject: what stands before another one is a dateline or a heading.
    own = next((c for c in reversed(list(verb.children)) if c.dep_ == "nsubj"), None)
    subject = subject_of(sentence, clause) if own is None or _relative(own) else own
    if subject is not None:
        yield subject, 1.0 if own is not None else 0.9
        for child in subject.children:
            if child.dep_ == "prep" and child.lower_ in ("of", "for", "from"):
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield inner, 0.85


def _relative(subject: Token) -> bool:
    return subject.lower_ in ("who", "which", "that")


def _doers_of_noun(noun: Token) -> Iterator[tuple[Token, float]]:
    """"Kenya's attack", "the Kenyan attack", "an attack by Kenya"."""
    for child in noun.children:
        if child.dep_ in OWNERS:
            yield child, 0.9 if child.dep_ == "poss" else 0.75
        elif child.dep_ in ("prep", "agent") and child.lower_ in ("by", "between"):
            yield from ((c, 0.9) for c in child.children if c.dep_ == "pobj")
        elif child.dep_ in ("relcl", "acl"):
            # "a call he had with", "talks held by": the verb's doer does the noun's act.
            doer = agent_of(child) if child.tag_ == "VBN" else None
            own = next((c for c in child.children if c.dep_ == "nsubj"), None)
            found = doer if doer is not None else own
            if found is not None and found.lower_ not in ("that", "which", "who"):
                yield found, 0.8


# -- targets -------------------------------------------------------------------------------


def targets(
    reading: Reading, sentence: Sentence, predicate: Predicate, doers: tuple[Side, ...]
) -> tuple[Side, ...]:
    """To whom it is done, surest place first; the sources themselves never."""
    heads = {side.head.i for side in doers}
    for token, sure in _target_places(predicate):
        if token.i in heads:
            continue
        found = [
            replace(side, score=side.score * sure)
            for side in sides(reading, sentence, token, target=True)
            if not any(side.same_as(doer) for doer in doers)
        ]
        if found:
            return tuple(found)
    return tuple(_by_order(sentence, predicate, doers))


def _target_places(predicate: Predicate) -> Iterator[tuple[Token, float]]:
    """The places of a target in the order that the predicate's group names them."""
    heads = [predicate.token, *([predicate.carrier] if predicate.carrier is not None else [])]
    objects = [o for head in heads for o in _objects_of(head) if o.i != predicate.token.i]
    nouns = [predicate.token] if predicate.is_noun else []
    for place in predicate.group.target:
        if place == "object":
            yield from (
                (token, 1.0) for token in objects if token.lemma_.lower() not in predicate.used
            )
        elif place == "complement":
            yield from ((token, 0.75) for token in _complement(predicate))
        elif place == "dative":
            yield from ((t, 1.0) for head in heads for t in head.children if t.dep_ == "dative"
                        and t.pos_ != "ADP")
        else:
            for head in (*heads, *objects, *_inner(predicate)):
                yield from ((token, 0.95) for token in _after(head, place))
    for noun in (*nouns, *_inner(predicate)):
        yield from ((child, 0.75) for child in noun.children if child.dep_ in OWNERS)
    for token in _complement(predicate):
        yield token, 0.7


def _inner(predicate: Predicate) -> tuple[Token, ...]:
    return (predicate.inner,) if predicate.inner is not None else ()


def _objects_of(head: Token) -> Iterator[Token]:
    """What a verb acts on: its object, its passive subject, the noun it is relative to."""
    if is_passive(head):
        subject = next((c for c in head.children if c.dep_ == "nsubjpass"), None)
        if subject is not None:
            relative = subject.lower_ in ("who", "which", "that") and head.dep_ == "relcl"
            yield head.head if relative else subject
        elif head.dep_ == "acl":
            yield head.head
        return
    for child in head.children:
        if child.dep_ == "dobj":
            relative = child.lower_ in ("who", "whom", "which", "that") and head.dep_ == "relcl"
            yield head.head if relative else child
        elif child.dep_ == "ccomp":
            # "urged Kenya to withdraw" is often parsed with Kenya as the inner subject.
            if any(c.tag_ == "TO" for c in child.children):
                yield from (c for c in child.children if c.dep_ == "nsubj")
        elif child.dep_ == "oprd":
            yield child


def _after(head: Token, word: str) -> Iterator[Token]:
    """Objects of a preposition that hangs on a word, directly or after another one."""
    for child in head.children:
        if child.dep_ in ("prep", "dative", "prt", "agent") and child.pos_ != "NOUN":
            for inner in child.children:
                if child.lower_ == word and inner.dep_ in ("pobj", "conj"):
                    yield inner
                elif inner.dep_ == "prep":
                    yield from _after(child, word)


def _complement(predicate: Predicate) -> Iterator[Token]:
    """Objects, subjects and prepositional objects inside the act that is governed."""
    verb = predicate.inner if predicate.inner is not None else None
    if verb is None:
        verb = next((c for c in predicate.token.children if c.dep_ in ("ccomp", "xcomp", "advcl")
                     and c.pos_ in ("VERB", "AUX")), None)
    if verb is None:
        return
    if predicate.inner_group is not None:
        for place in predicate.inner_group.target:
            yield from _objects_of(verb) if place == "object" else _after(verb, place)
    for child in verb.children:
        if child.dep_ in ("nsubj", "dobj", "nsubjpass", "dative"):
            yield child
    for child in verb.subtree:
        if child.dep_ == "pobj":
            yield child


def _by_order(
    sentence: Sentence, predicate: Predicate, doers: tuple[Side, ...]
) -> Iterator[Side]:
    """Where grammar is silent: the next actor named after the act, else none."""
    if not doers:
        return
    later = [m for m in sentence.mentions if m.start > predicate.token.i and not m.weak]
    for mention in sorted(later, key=lambda m: _is_a_place(sentence.token(m.end - 1))):
        last = sentence.token(mention.end - 1)
        sure = PLACE if _is_a_place(last) else LATER_MENTION
        side = Side(last, mention.chain, sure * mention.score)
        if not any(side.same_as(doer) for doer in doers):
            yield side
            return


def _is_a_place(token: Token) -> bool:
    """Whether a name only tells where: "in Kenya"."""
    return bool(token.dep_ == "pobj" and token.head.lower_ in ("in", "at", "near", "from"))
