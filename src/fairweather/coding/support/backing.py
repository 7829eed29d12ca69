"""Verbs that side with somebody: back, defend, come to the aid of, condemn the attack on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.goods import (
    KIND_UNSAID,
    NAMED_GOODS,
    RUNG_IN_VERB,
    Goods,
    manner,
    verbs_of_backing,
)
from fairweather.coding.support.roles import (
    Act,
    giver_of,
    particle_of,
    patients,
)
from fairweather.coding.support.state import standing_of
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

SILENT = {"given": "withheld", "likely": "unlikely"}
"""What silence, told so, makes of words on a partner's side."""


def backing(reading: Reading, sentence: Sentence, verb: Token, lemma: str) -> Iterator[Act]:
    """Verbs that tell the rung themselves: back, defend, arm, fund."""
    for word, rung in verbs_of_backing().items():
        first, _, preposition = word.partition(" ")
        if first != lemma:
            continue
        objects = list(counterparts.children_after(verb, (preposition,)))
        if not preposition or particle_of(verb) == preposition:
            objects = patients(sentence, verb)
        for patient in objects:
            receivers = _backed(reading, sentence, patient)
            if rung in ("advisers", "economic") and not receivers:
                receivers = counterparts.owners(sentence, patient)  # "train Chilean crews"
            trainee = rung == "advisers" and is_trainee(patient)
            sure = KIND_UNSAID if rung == "statements" else RUNG_IN_VERB
            goods = Goods(patient, *manner(verb.children, (rung, sure)))
            if receivers or trainee:
                yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)


def is_trainee(patient: Token) -> bool:
    """Whether those trained are soldiers or the like, whoever's they are; not one's own."""
    own = any(child.lower_ in ("its", "their", "his", "her") for child in patient.children)
    return patient.lemma_.lower() in word_groups("support")["trainees"] and not own


def _backed(reading: Reading, sentence: Sentence, patient: Token) -> tuple[Party, ...]:
    if patient.lemma_.lower() in word_groups("support")["causes"]:
        owned = counterparts.owners(sentence, patient)
        if owned or patient.lemma_.lower() != "government":
            return owned
    return counterparts.parties(reading, sentence, patient)


def coming_to_aid(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Came to Kenya's aid", "would come to the defence of Kenya"."""
    for aid in counterparts.children_after(verb, ("to",)):
        if aid.lemma_.lower() not in word_groups("support")["aid_nouns"]:
            continue
        receivers = [
            party
            for child in aid.children
            for party in _aided(reading, sentence, child)
            if child.dep_ in ("poss", "prep")
        ]
        goods = Goods(aid, "troops", RUNG_IN_VERB)
        givers = giver_of(reading, sentence, verb)
        ours = {party.actor for party in givers}
        helped = tuple(p for p in counterparts.each_once(receivers) if p.actor not in ours)
        yield Act(verb, givers, helped or _mutual(aid, givers), goods)


def _aided(reading: Reading, sentence: Sentence, child: Token) -> Iterator[Party]:
    if child.dep_ == "prep":
        for inner in child.children:
            yield from counterparts.parties(reading, sentence, inner)
    else:
        yield from counterparts.parties(reading, sentence, child)


def _mutual(aid: Token, givers: tuple[Party, ...]) -> tuple[Party, ...]:
    """The same two as receivers, where it is "each other's" or "the other's" aid."""
    owned = {token.lower_ for token in aid.subtree}
    return givers if len(givers) == 2 and owned & {"other", "another"} else ()


def condemning(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Condemned the raid on Kenya": words on the victim's side."""
    for patient in patients(sentence, verb):
        attacks = word_groups("support")["attacks"]
        before = {child.lemma_.lower() for child in patient.lefts}  # "the coup attempt"
        if not ({patient.lemma_.lower()} | before) & attacks:
            continue
        receivers = counterparts.each_once(
            party
            for token in counterparts.children_after(patient, ("on", "against", "in"))
            for party in counterparts.parties(reading, sentence, token)
        )
        named = [*counterparts.children_after(patient, ("on", "against", "of"))]
        if receivers or not named:
            goods = Goods(patient, "statements", RUNG_IN_VERB)
            yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)


def keeping_silent(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Its envoys stayed silent", "kept quiet": words on a partner's side that did not come."""
    silent = word_groups("support")["silent"] | word_groups("support")["silence"]
    for child in verb.children:
        if child.dep_ in ("acomp", "oprd", "dobj", "attr") and child.lower_ in silent:
            state = SILENT.get(standing_of(verb).state, "")
            if state:
                givers = giver_of(reading, sentence, verb)
                yield Act(verb, givers, (), Goods(child, "statements", NAMED_GOODS), state)


def warning(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Its spies warned Kenya of the plot": what services know, passed on."""
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    services = word_groups("support")["services"]
    if subject is None or not any(t.lemma_.lower() in services for t in subject.subtree):
        return
    for patient in patients(sentence, verb):
        receivers = counterparts.parties(reading, sentence, patient)
        givers = counterparts.owners(sentence, subject) or giver_of(reading, sentence, verb)
        if receivers:
            yield Act(verb, givers, receivers, Goods(subject, "intelligence", RUNG_IN_VERB))
