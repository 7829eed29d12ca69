"""Own forces at a partner's: guests in uniform, sent, stationed or serving."""

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
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


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
