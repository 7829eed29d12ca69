"""Acts of support in nouns: deliveries, "military aid to", "its support for"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.effects import effect_of
from fairweather.coding.support.goods import NOUN_OF_GIVING, goods_in, manner, meant_by, named_goods
from fairweather.coding.support.roles import RECEIVING, Act, giver_of, named_after
from fairweather.coding.support.state import standing_of
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def given_by_verb(noun: Token) -> bool:
    """Whether a verb of giving already carries this noun as what it gives."""
    groups = word_groups("support")
    head = noun.head if noun.dep_ != "pobj" else noun.head.head
    return (
        head.pos_ == "VERB"
        and noun.dep_ != "nsubj"
        and (
            head.lemma_.lower() in groups["acts_give"]
            or (noun.dep_ == "dobj" and head.lemma_.lower() in groups["acts_receive"])
        )
    )


def noun_of_help(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Act]:
    """ "Britain's military aid to Kenya", "support from Ankara for Baku"."""
    goods = next(goods_in(noun), None)
    if goods is None:
        return
    if noun.head.pos_ == "AUX" and noun.dep_ == "nsubj":
        rung, sure = manner(noun.head.children, (goods.rung, goods.sure))
        said = [child for child in noun.head.children if child.dep_ in ("acomp", "attr")]
        goods = replace(goods, rung=rung, sure=sure, told=said[0] if said else None)
    words = (*RECEIVING, "with") if noun.lower_ == "solidarity" else RECEIVING
    receivers = named_after(reading, sentence, noun, words)
    if noun.lower_ == "solidarity" and noun.dep_ == "dobj" and not receivers:
        receivers = named_after(reading, sentence, noun.head, ("with",))
    givers = _givers_of_noun(reading, sentence, noun)
    if any(child.lower_ == "mutual" for child in noun.children) and noun.dep_ == "pobj":
        givers = receivers = _whole_pair(reading, sentence)
    if givers and receivers:
        sure = min(goods.sure, NOUN_OF_GIVING)
        yield Act(noun, givers, receivers, replace(goods, sure=sure))


def _whole_pair(reading: Reading, sentence: Sentence) -> tuple[Party, ...]:
    """The two between whom help is mutual: alone in the sentence, else the article's dyad."""
    named = tuple(dict.fromkeys(mention.principal for mention in sentence.mentions))
    pair = named if len(named) == 2 else reading.focus
    return tuple(Party(actor, counterparts.POINTED_AT) for actor in pair)


def handing_over(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Act]:
    """ "Deliveries of radars from Seoul to Manila", "Turkish drone exports to Mali"."""
    if given_by_verb(noun) or noun.dep_ == "compound":
        return
    named = [*counterparts.children_after(noun, ("of",))]
    limit = _limited_to(noun)
    found = [g for token in (limit or named) for g in goods_in(token)]
    compound = named_goods(noun) if not found else None
    givers = _givers_of_noun(reading, sentence, noun, *named)
    receivers = named_after(reading, sentence, noun, RECEIVING)
    spoken_of = meant_by(noun) if not found and compound is None else None
    for goods in found or [one for one in (compound, spoken_of) if one is not None]:
        if givers or receivers or found or goods is spoken_of:
            yield Act(noun, givers, receivers, replace(goods, sure=min(goods.sure, NOUN_OF_GIVING)))


def taking_away(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Act]:
    """ "The withdrawal of Russian advisers from Mali", "its suspension of arms sales"."""
    if noun.dep_ == "compound" or standing_of(noun).state not in ("given", "reported"):
        return
    for token in counterparts.children_after(noun, ("of", "on", "in")):
        for goods in goods_in(token):
            givers = counterparts.owners(sentence, noun) or named_after(
                reading, sentence, noun, ("by",)
            )
            givers = givers or counterparts.owners(sentence, goods.token)
            places = (named_after(reading, sentence, p, ("from", *RECEIVING, "in"))
                      for p in (noun, token, goods.token))  # fmt: skip
            receivers = next((found for found in places if found), ())
            if givers or receivers:
                yield Act(noun, givers, receivers, replace(goods, sure=NOUN_OF_GIVING), "withheld")


def nuclear_cover(reading: Reading, sentence: Sentence, noun: Token) -> Iterator[Act]:
    """ "Its extended deterrence commitments to Japan", "the umbrella over Japan": a promise."""
    goods = named_goods(noun)
    if goods is None or goods.rung != "nuclear_umbrella" or noun.dep_ == "compound":
        return
    standing = standing_of(noun)
    givers = _givers_of_noun(reading, sentence, noun) or counterparts.each_once(
        party
        for word in (*noun.lefts, *standing.speakers)  # "US extended": an adverb to the parser
        for inner in (word.subtree if word.i < noun.i else ())
        for party in counterparts.parties(reading, sentence, inner)
    )
    receivers = named_after(reading, sentence, noun, RECEIVING)
    if givers and receivers and standing.state in ("given", "promised", "reported"):
        yield Act(noun, givers, receivers, replace(goods, sure=NOUN_OF_GIVING), "promised")


def _banned_by(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    """Who keeps a delivery back, or no longer does: "X has lifted its ban on the sale"."""
    if noun.dep_ != "pobj" or noun.head.dep_ != "prep":
        return ()
    above, groups = noun.head.head, word_groups("support")
    if above.lemma_.lower() in groups["bans"]:
        owned = counterparts.owners(sentence, above)
        if owned or above.dep_ != "dobj":
            return owned
        above = above.head
    if above.pos_ == "VERB" and above.lemma_.lower() in groups["under_lifted"]:
        return giver_of(reading, sentence, above)
    return ()


def _limited_to(noun: Token) -> list[Token]:
    """What a delivery is said to be limited to, which then is what is given."""
    if noun.dep_ == "nsubjpass" and noun.head.lemma_ in ("limit", "restrict", "confine"):
        return list(counterparts.children_after(noun.head, ("to",)))
    return []


def _givers_of_noun(
    reading: Reading, sentence: Sentence, noun: Token, *goods: Token
) -> tuple[Party, ...]:
    """Possessor, "from X", "by X", or the subject of the verb that the noun is object of."""
    owned = counterparts.owners(sentence, noun)
    if owned:
        return owned
    for place in (noun, *goods):
        stated = named_after(reading, sentence, place, ("from", "by"))
        stated = stated or (counterparts.owners(sentence, place) if place is not noun else ())
        if stated:
            return stated
    if any(child.dep_ == "poss" for child in noun.children):
        owner = next(child for child in noun.children if child.dep_ == "poss")
        return counterparts.parties(reading, sentence, owner)
    banned = _banned_by(reading, sentence, noun)
    if banned:
        return banned
    dragged = noun.head.lower_ in ("over", "on", "about", "with") and noun.dep_ == "pobj"
    if dragged and noun.head.head.pos_ == "VERB" and effect_of(noun.head.head) == "withheld":
        return giver_of(reading, sentence, noun.head.head)  # "dragged its feet over the sale"
    receiving = word_groups("support")["acts_receive"]
    held = noun.dep_ == "dobj" and noun.head.pos_ == "VERB"
    if held and noun.head.lemma_.lower() not in receiving:
        return giver_of(reading, sentence, noun.head)
    return ()
