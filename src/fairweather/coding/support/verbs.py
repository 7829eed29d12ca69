"""Acts of support in verbs: supply, equip, receive, promise, defend, condemn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.phrases import is_passive
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.goods import (
    KIND_UNSAID,
    NOUN_OF_GIVING,
    RUNG_IN_VERB,
    Goods,
    goods_in,
    manner,
    verbs_of_backing,
)
from fairweather.coding.support.roles import (
    Act,
    doer,
    for_whose_sake,
    giver_of,
    helping,
    named_after,
    party_or_owner,
    patients,
    receivers_of,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Token


def verb_acts(reading: Reading, sentence: Sentence, verb: Token, lemma: str) -> Iterator[Act]:
    """The acts of support that a verb tells of."""
    groups = word_groups("support")
    if lemma in groups["acts_give_with"]:
        yield from _equipping(reading, sentence, verb)
    if lemma in groups["acts_give"]:
        yield from _giving(reading, sentence, verb)
    elif lemma in groups["acts_promise"] or lemma in groups["acts_withhold"]:
        yield from _promising(reading, sentence, verb)
    elif lemma in groups["acts_arrive"]:
        yield from _arriving(reading, sentence, verb)
    elif lemma in groups["acts_receive"]:
        yield from _receiving(reading, sentence, verb)
    if lemma in groups["acts_condemn"]:
        yield from _condemning(reading, sentence, verb)
    elif lemma in groups["acts_veto"]:
        yield from _vetoing(reading, sentence, verb)
    elif lemma == "come":
        yield from _coming_to_aid(reading, sentence, verb)
    yield from _backing(reading, sentence, verb, lemma)


def _giving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    givers = giver_of(reading, sentence, verb)
    for patient in patients(sentence, verb):
        given = next((child for child in verb.children if child.dep_ == "dobj"), None)
        if is_passive(verb) and given is not None:
            # "Syria will be given radars": the subject is the receiver.
            yield from _given_to(reading, sentence, verb, given, givers)
            return
        for goods in goods_in(patient):
            owned = (*givers, *(() if givers else counterparts.owners(sentence, goods.token)))
            receivers = receivers_of(reading, sentence, verb, patient)
            yield Act(verb, owned, receivers, _placed(sentence, verb, goods))


def _given_to(
    reading: Reading, sentence: Sentence, verb: Token, given: Token, givers: tuple[Party, ...]
) -> Iterator[Act]:
    subject = doer(sentence, verb)
    if subject is not None:
        receivers = counterparts.parties(reading, sentence, subject)
        for goods in goods_in(given):
            yield Act(verb, givers, receivers, goods)


def _promising(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Promised Kenya a loan", "withheld jets from Qatar": the state climbs from the goods."""
    givers = giver_of(reading, sentence, verb)
    for patient in patients(sentence, verb):
        receivers = receivers_of(reading, sentence, verb, patient) or named_after(
            reading, sentence, verb, ("from",)
        )
        for goods in goods_in(patient):
            if goods.token.lower_ not in word_groups("support")["help"] or receivers:
                yield Act(goods.token, givers, receivers, goods)


def _arriving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Missiles have reached Mali from Turkey", "Turkish drones arrived in Mali"."""
    subject = doer(sentence, verb)
    if subject is None or is_passive(verb):
        return
    reached = [child for child in verb.children if child.dep_ == "dobj"]
    reached += list(counterparts.children_after(verb, ("in", "to", "at")))
    receivers = counterparts.each_once(
        party for token in reached for party in counterparts.parties(reading, sentence, token)
    )
    for goods in goods_in(subject):
        stated = named_after(reading, sentence, verb, ("from",))
        givers = stated or counterparts.owners(sentence, goods.token)
        if givers and receivers:
            yield Act(verb, givers, receivers, replace(goods, sure=NOUN_OF_GIVING))


def _placed(sentence: Sentence, verb: Token, goods: Goods) -> Goods:
    """Forces sent somewhere are doubtful support unless it is said for whose sake."""
    forces = goods.rung in ("troops", "advisers")
    if not forces or verb.lemma_.lower() not in word_groups("support")["acts_station"]:
        return goods
    told = [*for_whose_sake(sentence, verb), *helping(verb, goods.token)]
    return goods if told else replace(goods, sure=KIND_UNSAID)


def _equipping(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    receivers = counterparts.each_once(
        party
        for patient in patients(sentence, verb)
        for party in counterparts.parties(reading, sentence, patient)
    )
    for token in counterparts.children_after(verb, ("with",)):
        for goods in goods_in(token):
            if receivers:
                yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)


def _receiving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Mali has received drones from Turkey", "bought Turkish drones"."""
    receivers = giver_of(reading, sentence, verb)
    for patient in patients(sentence, verb):
        # The parser hangs "from" on any noun on the way: look through all of the clause.
        sources = [
            inner
            for prep in verb.subtree
            if prep.dep_ == "prep" and prep.lower_ == "from"
            for inner in prep.children
        ]
        stated = counterparts.each_once(
            party for token in sources for party in counterparts.parties(reading, sentence, token)
        )
        for goods in goods_in(patient):
            givers = stated or counterparts.owners(sentence, goods.token)
            if givers and receivers:
                yield Act(verb, givers, receivers, goods)


def _backing(reading: Reading, sentence: Sentence, verb: Token, lemma: str) -> Iterator[Act]:
    """Verbs that tell the rung themselves: back, defend, arm, fund."""
    for word, rung in verbs_of_backing().items():
        first, _, preposition = word.partition(" ")
        if first != lemma:
            continue
        objects = list(counterparts.children_after(verb, (preposition,)))
        if not preposition or _particle(verb) == preposition:
            objects = patients(sentence, verb)
        for patient in objects:
            receivers = _backed(reading, sentence, patient)
            sure = KIND_UNSAID if rung == "statements" else RUNG_IN_VERB
            goods = Goods(patient, *manner(verb.children, (rung, sure)))
            if receivers:
                yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)


def _particle(verb: Token) -> str:
    return next((child.lower_ for child in verb.children if child.dep_ == "prt"), "")


def _backed(reading: Reading, sentence: Sentence, patient: Token) -> tuple[Party, ...]:
    if patient.lemma_.lower() in word_groups("support")["causes"]:
        owned = counterparts.owners(sentence, patient)
        if owned or patient.lemma_.lower() != "government":
            return owned
    return counterparts.parties(reading, sentence, patient)


def _coming_to_aid(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
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
        yield Act(verb, givers, counterparts.each_once(receivers) or _mutual(aid, givers), goods)


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


def _condemning(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    for patient in patients(sentence, verb):
        if patient.lemma_.lower() not in word_groups("support")["attacks"]:
            continue
        receivers = counterparts.each_once(
            party
            for token in counterparts.children_after(patient, ("on", "against"))
            for party in counterparts.parties(reading, sentence, token)
        )
        if receivers:
            goods = Goods(patient, "statements", RUNG_IN_VERB)
            yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)


def _vetoing(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    for patient in patients(sentence, verb):
        hit = list(counterparts.children_after(patient, ("on", "against")))
        hit += [
            inner
            for child in patient.children
            if child.dep_ == "acl" and child.tag_ == "VBG"
            for inner in child.children
            if inner.dep_ == "dobj"
        ]
        receivers = counterparts.each_once(
            party for token in hit for party in party_or_owner(reading, sentence, token)
        )
        if receivers:
            goods = Goods(patient, "diplomatic", RUNG_IN_VERB)
            yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)
