"""Who stands around a cue of a tie: holders of the view, those it is about, for whom it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.phrases import agent_of, is_passive, subject_of
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.coding.ties.frames import Match
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

LINKS = ("of", "in", "to", "with", "toward", "towards", "from", "on", "over", "about")


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands around a cue: those who hold the view, those it is about, for whom it is.

    `joint` are the members of a pair named as one ("between A and B", "both sides").
    """

    holders: tuple[Party, ...]
    others: tuple[Party, ...]
    beneficiaries: tuple[Party, ...]
    joint: tuple[Party, ...]
    seers: tuple[Party, ...]


def sides_of(reading: Reading, sentence: Sentence, match: Match) -> Sides:
    """Who stands where around the cue, by the grammar of its clause."""
    anchor = match.anchor
    holders: list[Party] = []
    others: list[Party] = []
    joint: list[Party] = []
    for child in anchor.children:
        if child.dep_ in ("poss", "amod", "compound"):
            holders += _at(reading, sentence, child)
    holders += _feelers(sentence, match)
    owner = tuple(holders)
    doers, patients = _subjects(sentence, match)
    for subject in doers:
        found = parties_or_owners(reading, sentence, subject)
        found = found or _inside(reading, sentence, subject)
        (joint if len(found) > 1 else holders).extend(found)
    if anchor.dep_ == "nsubj" and not holders:  # "resentment runs deep in Riga"
        where = counterparts.children_after(anchor.head, ("in", "among"))
        holders += [p for t in where for p in parties_or_owners(reading, sentence, t)]
    for place in _reach(anchor):
        between = list(counterparts.children_after(place, ("between",)))
        joint += [p for t in between for p in parties_or_owners(reading, sentence, t)]
        patients += [*counterparts.children_after(place, LINKS), *_objects(place)]
    others += [p for t in patients for p in parties_or_owners(reading, sentence, t)]
    for_whom = [p for t in _for(anchor) for p in parties_or_owners(reading, sentence, t)]
    stated = counterparts.each_once(holders)
    if owner and anchor.dep_ == "attr":  # "X is Y's most reliable supplier": Y finds so
        stated = owner
        others = [party for party in holders if party not in owner] + others
    known = {party.actor for party in stated}
    return Sides(
        stated,
        tuple(p for p in counterparts.each_once(others) if p.actor not in known),
        counterparts.each_once(for_whom),
        counterparts.each_once(joint),
        _seers(reading, sentence),
    )


def _feelers(sentence: Sentence, match: Match) -> Iterator[Party]:
    """Whose a feeling is that stands inside the cue: "voiced Kenya's thanks"."""
    feelings = word_groups("ties")["feelings"]
    for token in match.tokens:
        if token.i != match.anchor.i and token.lemma_.lower() in feelings:
            yield from counterparts.owners(sentence, token)


def _at(reading: Reading, sentence: Sentence, token: Token) -> tuple[Party, ...]:
    """The owner that a possessor, an adjective or a compound names."""
    mention = sentence.mention_at(token.i)
    if mention is not None:
        return (Party(mention.principal, counterparts.OWNER, token.i),)
    return counterparts.parties(reading, sentence, token) if token.dep_ == "poss" else ()


def _subjects(sentence: Sentence, match: Match) -> tuple[list[Token], list[Token]]:
    """Who does the cue's verb, or holds the cue as its object; and to whom it is done."""
    verb = verb_over(match.anchor)
    if verb is None:
        return [], []
    subject = subject_of(sentence, Clause(verb.i, (), None, "factual", False, ""))
    stated = [subject] if subject is not None and subject.i != match.anchor.i else []
    passive = is_passive(verb) or any(child.dep_ == "agent" for child in verb.children)
    agent = agent_of(verb) if passive else None
    if agent is not None:
        return [agent], stated
    if is_passive(verb) and match.frame.view == "object":
        return [], stated
    return stated, []


def verb_over(anchor: Token) -> Token | None:
    """The verb of the cue: itself, its copula, or one that only holds it ("has trust")."""
    if anchor.pos_ in ("VERB", "AUX"):
        return anchor
    head = anchor.head
    if head.pos_ == "AUX":
        return head
    if anchor.dep_ == "pobj" and head.lower_ == "as":  # "regards it as its shield"
        return next((above for above in head.ancestors if above.pos_ == "VERB"), None)
    holding = word_groups("ties")["holding_verbs"]
    if head.pos_ == "VERB" and anchor.dep_ == "dobj" and head.lemma_.lower() in holding:
        return head
    return None


def _reach(anchor: Token) -> tuple[Token, ...]:
    """The cue, and its copula or holding verb, where further sides may hang."""
    verb = verb_over(anchor)
    inner = tuple(c for c in anchor.children if c.dep_ in ("dobj", "acomp", "attr", "prt"))
    return (anchor, *inner) if verb is None or verb.i == anchor.i else (anchor, verb, *inner)


def _objects(place: Token) -> Iterator[Token]:
    if place.pos_ == "VERB":
        yield from (child for child in place.children if child.dep_ in ("dobj", "dative"))


def _inside(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    """The actors in a noun phrase whose head is none: "the economies of A and B"."""
    found = [
        party
        for token in counterparts.children_after(noun, ("of", "between", "with"))
        for party in counterparts.parties(reading, sentence, token)
    ]
    return counterparts.each_once(found)


def parties_or_owners(reading: Reading, sentence: Sentence, token: Token) -> tuple[Party, ...]:
    """The actors that a noun names, else those that own what it names."""
    found = counterparts.parties(reading, sentence, token)
    if found:
        return found
    every = [token, *(child for child in token.children if child.dep_ == "conj")]
    owned = counterparts.each_once(
        party for noun in every for party in counterparts.owners(sentence, noun)
    )
    pronoun = next((c for c in token.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
    if owned or pronoun is None:
        return owned
    return counterparts.parties(reading, sentence, pronoun)


def _for(anchor: Token) -> Iterator[Token]:
    for place in {anchor.i: anchor, anchor.head.i: anchor.head}.values():
        yield from counterparts.children_after(place, ("for", "to"))


def _seers(reading: Reading, sentence: Sentence) -> tuple[Party, ...]:
    """Whose perspective the sentence takes: "From Beijing's perspective", "For Kenya, ..."."""
    nouns = word_groups("ties")["experience_nouns"]
    found: list[Party] = []
    opening = next((token.i for token in sentence.span if not token.is_space), -1)
    for token in sentence.span:
        if token.dep_ != "pobj":
            continue
        if token.lower_ in nouns and token.head.lower_ in ("from", "in"):
            found += counterparts.owners(sentence, token)
        elif token.head.i == opening and token.head.lower_ == "for":
            found += counterparts.parties(reading, sentence, token)
    return counterparts.each_once(found)
