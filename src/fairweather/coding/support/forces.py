"""Own forces at a partner's: guests in uniform, sent, stationed, serving, kept or gone home.

Fighting counts only where it is foretold or denied ("no soldier would fight"): what forces did
in a war that is told of as going on, they may have done to either side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.phrases import is_passive
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.goods import (
    KIND_UNSAID,
    NOUN_OF_GIVING,
    Goods,
    goods_in,
)
from fairweather.coding.support.roles import (
    Act,
    doer,
    for_whose_sake,
    giver_of,
    helping,
    is_welcome,
    party_or_owner,
)
from fairweather.coding.support.state import standing_of
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

HOSTING = ("in", "at", "on", "near")
OWN_FORCES = frozenset({"advisers", "troops"})
FORETOLD = frozenset({"likely", "unlikely", "possible", "ruled_out", "promised"})


def serving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Vietnamese advisers serve with the Laotian army", "its troops remain in Japan"."""
    subject = doer(sentence, verb)
    if subject is None or is_passive(verb):
        return
    words = ("with", "in", "at", "through", "alongside", "into", "to")
    places = list(counterparts.children_after(verb, words))
    places += [inner for place in places for inner in counterparts.children_after(place, words)]
    hosts = counterparts.each_once(
        party for token in places for party in party_or_owner(reading, sentence, token)
    )
    for goods in goods_in(subject):
        givers = giver_of(reading, sentence, verb)
        welcome = goods.rung == "advisers" or is_welcome(sentence)
        if (
            goods.rung in ("advisers", "troops")
            and any(p.actor for p in givers)
            and (welcome or hosts)
        ):
            sure = NOUN_OF_GIVING if welcome else KIND_UNSAID
            yield Act(verb, givers, hosts, replace(goods, sure=sure))


def placed(sentence: Sentence, verb: Token, goods: Goods) -> Goods:
    """Forces sent somewhere are doubtful support unless it is said for whose sake."""
    if goods.rung != "troops" or verb.lemma_ not in word_groups("support")["acts_station"]:
        return goods
    told = [*for_whose_sake(sentence, verb), *helping(verb, goods.token)]
    if told or is_welcome(sentence):
        return goods if told else replace(goods, sure=NOUN_OF_GIVING)
    return replace(goods, sure=KIND_UNSAID)


def keeping(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Keeps 900 trainers at Erbil", "has a battalion in Kenya"."""
    for noun in (child for child in verb.children if child.dep_ == "dobj"):
        places = list(counterparts.children_after(verb, HOSTING))
        places += list(counterparts.children_after(noun, HOSTING))
        if not places:
            continue
        hosts = counterparts.each_once(
            party for token in places for party in party_or_owner(reading, sentence, token)
        )
        givers = giver_of(reading, sentence, verb)
        ours = {party.actor for party in givers}
        for goods in goods_in(noun):
            welcome = goods.rung == "advisers" or is_welcome(sentence)
            if goods.rung in OWN_FORCES and any(ours) and welcome:
                hosted = tuple(party for party in hosts if party.actor not in ours)
                yield Act(verb, givers, hosted, replace(goods, sure=NOUN_OF_GIVING))


def leaving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "The Spanish contingent left Mali", "its trainers went home": help that has ended."""
    subject = doer(sentence, verb)
    if subject is None or is_passive(verb) or standing_of(verb).state not in ("given", "reported"):
        return
    named = [child for child in verb.children if child.dep_ == "dobj"]
    named += list(counterparts.children_after(verb, ("from",)))
    hosts = counterparts.each_once(
        party for token in named for party in party_or_owner(reading, sentence, token)
    )
    for goods in goods_in(subject):
        givers = counterparts.owners(sentence, goods.token)
        if goods.rung in OWN_FORCES and givers:
            yield Act(verb, givers, hosts, replace(goods, sure=NOUN_OF_GIVING), "withheld")


def fighting(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "No Spanish soldier would fire a shot", "its troops will not fight for an island"."""
    subject = doer(sentence, verb)
    standing = standing_of(verb)
    if subject is None or is_passive(verb) or standing.state not in FORETOLD:
        return
    meant = list(counterparts.children_after(verb, ("for", "alongside", "beside")))
    named = {party.actor for token in meant for party in party_or_owner(reading, sentence, token)}
    if named:
        return  # "fight for Mali" is a verb of fighting for the object
    for goods in goods_in(subject):
        if goods.rung == "troops":
            givers = counterparts.owners(sentence, goods.token)
            yield Act(verb, givers, (), replace(goods, sure=NOUN_OF_GIVING))


def fighting_noun(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Act]:
    """ "Military intervention by Spain", "a Spanish military reply", told as likely or not."""
    if not any(child.lower_ in ("military", "armed") for child in noun.lefts):
        return
    givers = counterparts.owners(sentence, noun) or counterparts.each_once(
        party
        for token in counterparts.children_after(noun, ("by", "from"))
        for party in party_or_owner(reading, sentence, token)
    )
    standing = standing_of(noun)
    if givers and standing.state in FORETOLD:
        yield Act(noun, givers, (), Goods(noun, "troops", NOUN_OF_GIVING))
