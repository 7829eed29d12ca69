"""Acts of support in deals: purchases, contracts, orders, requests that were turned down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.goods import (
    NOUN_OF_GIVING,
    RUNG_IN_VERB,
    Goods,
    goods_in,
    is_signed_sum,
    named_goods,
)
from fairweather.coding.support.roles import Act, giver_of, named_after, patients, receivers_of
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def buying(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Act]:
    """ "Poland's purchase of tanks from Korea", "a contract for 180 tanks from Korea".

    A contract or an order promises what it is about; a purchase is as real as its clause.
    """
    places = [noun, noun.head] if _is_placed(noun) else [noun]
    bought = [
        goods
        for place in places
        for token in counterparts.children_after(place, ("of", "for"))
        for goods in goods_in(token)
    ]
    compound = named_goods(noun) if not bought else None
    promised = noun.lemma_.lower() in word_groups("support")["contracts"]
    for goods in bought or ([compound] if compound else []):
        givers = _sellers(reading, sentence, noun, goods.token)
        receivers = _buyers(reading, sentence, noun)
        if givers or receivers:
            named = replace(goods, sure=min(goods.sure, NOUN_OF_GIVING))
            yield Act(
                noun, givers, receivers, named, "promised" if promised and _is_placed(noun) else ""
            )


def _sellers(reading: Reading, sentence: Sentence, noun: Token, goods: Token) -> tuple[Party, ...]:
    for place in (noun, goods, noun.head):
        stated = named_after(reading, sentence, place, ("from", "with"))
        if stated:
            return stated
    return counterparts.owners(sentence, goods) if goods.i != noun.i else ()


def _buyers(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    owned = counterparts.owners(sentence, noun)
    if owned:
        return owned
    by = named_after(reading, sentence, noun, ("by",))
    if not by and noun.dep_ == "dobj" and noun.head.pos_ == "VERB":
        return giver_of(reading, sentence, noun.head)
    return by


def _is_placed(noun: Token) -> bool:
    """Whether a contract was made, and not only sought or cancelled."""
    making = word_groups("support")["making"]
    return noun.dep_ in ("dobj", "nsubjpass") and noun.head.lemma_.lower() in making


def request_refused(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Act]:
    """ "Turned down Ghana's request for troops", "the request for jets was rejected"."""
    verb = noun.head
    if noun.dep_ not in ("dobj", "nsubjpass"):
        return
    if verb.lemma_.lower() not in word_groups("support")["rejecting"]:
        return
    receivers = counterparts.owners(sentence, noun) or named_after(
        reading, sentence, noun, ("from", "by")
    )
    givers = giver_of(reading, sentence, verb)
    for token in counterparts.children_after(noun, ("for",)):
        for goods in goods_in(token):
            yield Act(verb, givers, receivers, replace(goods, sure=NOUN_OF_GIVING), "withheld")


def turning_down(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Mali asked Ghana for troops; Accra refused": what was asked for just before, of him."""
    told = ("dobj", "xcomp", "ccomp", "nsubjpass")
    if any(child.dep_ in told and child.i > verb.i for child in verb.children):
        return
    ours = giver_of(reading, sentence, verb)
    asks = word_groups("support")["acts_ask"]
    for place in (sentence, *reading.before(sentence)):
        for asking in place.span:
            if asking.lemma_.lower() not in asks or asking.pos_ != "VERB" or asking.i >= verb.i:
                continue
            asked = counterparts.each_once(
                party
                for child in asking.children
                if child.dep_ == "dobj"
                for party in counterparts.parties(reading, place, child)
            )
            if not {party.actor for party in asked} & {party.actor for party in ours}:
                continue
            for token in counterparts.children_after(asking, ("for",)):
                for goods in goods_in(token) if place.span.doc is sentence.span.doc else ():
                    named = replace(goods, sure=NOUN_OF_GIVING)
                    yield Act(verb, ours, giver_of(reading, place, asking), named, "withheld")


def forgiving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Wrote off Mali's debt", "rolled over its loans to Mali": money left with the debtor."""
    debts = word_groups("support")["debts"]
    for debt in _owed(sentence, verb):
        if debt.lemma_.lower() not in debts and not _falls_due(debt):
            continue
        givers = giver_of(reading, sentence, verb)
        owners = tuple(
            p
            for p in counterparts.owners(sentence, debt)
            if p.actor not in {g.actor for g in givers}
        )
        receivers = owners or receivers_of(reading, sentence, verb, debt)
        receivers = receivers or named_after(reading, sentence, debt, ("of", "by"))
        receivers = receivers or _debtors(reading, sentence, debt)
        if givers:
            yield Act(verb, givers, receivers, Goods(debt, "economic", RUNG_IN_VERB))


def _debtors(reading: Reading, sentence: Sentence, debt: Token) -> tuple[Party, ...]:
    """Who owes it: "the 20 million dollars that Kenya owed"."""
    return counterparts.each_once(
        party
        for clause in debt.children
        if clause.dep_ == "relcl" and clause.lemma_ == "owe"
        for party in giver_of(reading, sentence, clause)
        if party.actor
    )


def _falls_due(total: Token) -> bool:
    """ "Roll over $4 billion falling due", "dollars that X owes": a sum that is owed."""
    money = is_signed_sum(total) or total.lemma_.lower() in word_groups("support")["currencies"]
    return money and any(token.lower_ == "due" or token.lemma_ == "owe" for token in total.subtree)


def _owed(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """The debt that is forgiven or put off, or that a sum is part of: "$5 billion of its debt"."""
    for token in (*patients(sentence, verb), *_after_particle(verb)):
        yield token
        yield from counterparts.children_after(token, ("of", "in"))


def _after_particle(verb: Token) -> Iterator[Token]:
    """The object that the parser hangs on a particle: "wrote off X's debt"."""
    for child in verb.children:
        if child.dep_ == "prt":
            yield from (inner for inner in child.children if inner.dep_ == "pobj")
