"""Who did it to whom: the places where the two sides of a predicate stand.

Grammar first: subjects, agents, objects, the prepositions that the lexicon names, the owner
of a noun of action. Where it is silent the next actor named stands in, less surely; places
are tried from the surest down, and the first that holds an actor decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.events.predicates import Predicate
from fairweather.coding.events.sides import (
    LATER_MENTION,
    NAMED_ENTITIES,
    OWNERS,
    PLACE,
    Side,
    can_act,
    is_society,
    lemma_in,
    sides,
)
from fairweather.coding.grammar.phrases import agent_of, is_passive, subject_of
from fairweather.coding.grammar.sentence import Reading, Sentence

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

BY_A_STATE = frozenset({"COERCE", "SANCTION", "RETREAT", "CONCEDE"})
"""Classes whose doer, where unsaid, is the authority of the place named."""
OWN_PRONOUNS = frozenset({"they", "it", "he", "she", "we"})


def sources(reading: Reading, sentence: Sentence, predicate: Predicate) -> tuple[Side, ...]:
    """Who does it, surest place first; empty where the sentence does not tell."""
    for token, sure in _source_places(sentence, predicate):
        found = sides(reading, sentence, token, target=False)
        if found:
            return tuple(replace(side, score=side.score * sure) for side in found)
    return ()


def _source_places(sentence: Sentence, predicate: Predicate) -> Iterator[tuple[Token, float]]:
    verb = predicate.carrier if predicate.is_noun else predicate.token
    noun = predicate.token if predicate.is_noun and not predicate.turned else None
    if noun is not None:
        yield from _doers_of_noun(noun, surely=verb is not None)
    if verb is not None:
        yield from _doers_of_verb(sentence, predicate, verb)
    if noun is not None and verb is not None:
        yield from _doers_of_noun(noun)


def _doers_of_verb(
    sentence: Sentence, predicate: Predicate, verb: Token
) -> Iterator[tuple[Token, float]]:
    if is_passive(verb):
        agent = agent_of(verb)
        if agent is not None:
            yield agent, 1.0
        elif predicate.group.event_class in BY_A_STATE:
            yield from _where_done(verb)
        return
    clause = sentence.clause_of(verb.i)
    if clause is None:
        return
    # The nearest subject: what stands before another one is a dateline or a heading.
    own = next((c for c in reversed(list(verb.children)) if c.dep_ == "nsubj"), None)
    subject = subject_of(sentence, clause) if own is None or _relative(own) else own
    if subject is not None:
        yield from _speaker_meant(sentence, subject, verb)
        yield subject, 1.0 if own is not None else 0.9
        yield from _behind(subject)
    elif (before := _name_before(sentence, verb)) is not None:
        yield before, 0.85


def _name_before(sentence: Sentence, verb: Token) -> Token | None:
    """A name right before a verb without a subject, which the parse took for an adverb."""
    for child in verb.children:
        if child.dep_ in ("npadvmod", "dep", "nmod") and child.i < verb.i:
            mention = sentence.mention_at(child.i)
            if mention and not mention.weak:
                return child
    return None


def _behind(subject: Token) -> Iterator[tuple[Token, float]]:
    """Who stands behind a thing that acts: "missiles fired by", "an attack by", "a court in"."""
    for child in subject.children:
        if child.dep_ == "prep" and child.lower_ in ("of", "for", "from"):
            yield from ((inner, 0.85) for inner in child.children if inner.dep_ == "pobj")
        elif child.dep_ == "acl" and (agent := agent_of(child)) is not None:
            yield agent, 0.9
    yield from ((token, 0.85 * sure) for token, sure in _doers_of_noun(subject))


def _where_done(verb: Token) -> Iterator[tuple[Token, float]]:
    """The country whose authorities are meant: "was expelled from Kenya", "freed in Kenya"."""
    for word, sure in (("from", 0.75), ("in", 0.6)):
        yield from (
            (place, sure) for place in _after(verb, word) if place.ent_type_ in ("GPE", "NORP")
        )


def _speaker_meant(
    sentence: Sentence, subject: Token, verb: Token
) -> Iterator[tuple[Token, float]]:
    """Whom a pronoun in a speaker's own words means: "the rebels said they would"."""
    speaking = verb.head
    if subject.lower_ not in OWN_PRONOUNS or verb.dep_ != "ccomp" or speaking.i == verb.i:
        return
    speaker = next((c for c in speaking.children if c.dep_ == "nsubj"), None)
    if speaker is not None and speaker.i < subject.i:
        yield speaker, 0.9


def _relative(subject: Token) -> bool:
    return subject.lower_ in ("who", "which", "that")


def _doers_of_noun(noun: Token, surely: bool = False) -> Iterator[tuple[Token, float]]:
    """ "Kenya's attack", "the Kenyan attack", "an attack by Kenya".

    `surely` leaves out pronouns and adjectives, which tell less than a verb's subject.
    """
    for child in noun.children:
        if child.dep_ == "poss" and not (surely and child.pos_ == "PRON"):
            yield child, 0.9
        elif child.dep_ in OWNERS and child.pos_ in ("PROPN", "NOUN", "ADJ") and not surely:
            if child.pos_ == "PROPN" or child.ent_type_ in NAMED_ENTITIES:
                yield child, 0.75
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
        if token.i in heads or _is_cargo(predicate, token):
            continue
        found = [
            replace(side, score=side.score * sure)
            for side in sides(reading, sentence, token, target=True)
            if not any(side.same_as(doer) for doer in doers)
        ]
        if found:
            return tuple(found)
    return tuple(_by_order(sentence, predicate, doers))


def _is_cargo(predicate: Predicate, token: Token) -> bool:
    """Whether arms or men are only what is sent or promised: "promised fighters"."""
    owned = any(child.dep_ in OWNERS and child.ent_type_ for child in token.children)
    return (
        lemma_in(token, "forces")
        and token.pos_ == "NOUN"
        and not owned
        and token.dep_ != "pobj"
        and predicate.event_class in ("AID", "AGREE", "MOBILIZE", "CONSULT", "COOPERATE")
    )


def _target_places(predicate: Predicate) -> Iterator[tuple[Token, float]]:
    """The places of a target in the order that the predicate's group names them."""
    heads = [predicate.token, *([predicate.carrier] if predicate.carrier is not None else [])]
    objects = [o for head in heads for o in _objects_of(head) if o.i != predicate.token.i]
    nouns = [predicate.token] if predicate.is_noun else []
    fronted: list[Token] = []
    for place in predicate.group.target:
        if place == "object":
            yield from (
                (token, 1.0)
                for token in objects
                if token.lemma_.lower() not in predicate.used or _suffers(predicate, token)
            )
        elif place == "complement":
            yield from ((token, 0.75) for token in _complement(predicate))
        elif place == "dative":
            yield from (
                (t, 1.0)
                for head in heads
                for t in head.children
                if t.dep_ == "dative" and t.pos_ != "ADP"
            )
        else:
            if predicate.turned and place in ("with", "to", "on", "against", "of"):
                yield from ((token, 0.95) for token in _after(predicate.token, place))
            for head in (*heads, *objects, *_inner(predicate)):
                found = list(_after(head, place))
                yield from ((token, 0.95) for token in found if token.i > head.i)
                fronted += [token for token in found if token.i < head.i]
    # "To the dismay of Chad, Togo sent troops to Benin": what comes first is seldom a target.
    yield from ((token, 0.7) for token in fronted)
    for noun in (*nouns, *_inner(predicate)):
        yield from ((child, 0.75) for child in noun.children if child.dep_ in OWNERS)
    for token in _complement(predicate):
        yield token, 0.7


def _suffers(predicate: Predicate, token: Token) -> bool:
    """Whether a noun of the phrase itself is who it is done to: "hold civilians"."""
    owned = any(c.dep_ in OWNERS and c.ent_type_ in ("GPE", "NORP") for c in token.children)
    return (is_society(token) or (owned and can_act(token))) and (
        predicate.event_class in (*BY_A_STATE, "ASSAULT")
    )


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
    named = [child for child in head.children if child.dep_ == "dobj"]
    for child in head.children:
        if child.dep_ == "dobj":
            if child is not named[0] and named[0].pos_ == "PRON":
                continue  # "label it a terrorist group": the second only says what it is called
            relative = child.lower_ in ("who", "whom", "which", "that") and head.dep_ == "relcl"
            yield head.head if relative else child
        elif child.dep_ == "ccomp":
            # "urged Kenya to withdraw" is often parsed with Kenya as the inner subject.
            if any(c.tag_ == "TO" for c in child.children):
                yield from (c for c in child.children if c.dep_ == "nsubj")
        elif child.dep_ == "oprd" and not named:
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
        verb = next(
            (
                c
                for c in predicate.token.children
                if c.dep_ in ("ccomp", "xcomp", "advcl") and c.pos_ in ("VERB", "AUX")
            ),
            None,
        )
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


def _by_order(sentence: Sentence, predicate: Predicate, doers: tuple[Side, ...]) -> Iterator[Side]:
    """Where grammar is silent: the next actor named after the act, else none."""
    if not doers:
        return
    later = [
        m
        for m in sentence.mentions
        if m.start > predicate.token.i
        and not m.weak
        and sentence.token(m.end - 1).dep_ not in ("nsubj", "nsubjpass")
    ]
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
