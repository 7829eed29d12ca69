"""Amounts: sums, counts, shares and terms, with what they measure and whom they concern.

`amounts(reading)` gives one row a quantity. A range is two rows (a floor and a ceiling);
the same sum said again in another unit is a second row that names the first, so that
nobody adds them up. `measures` holds short words of the text: the counted noun with the
verb of its fate ("soldiers killed"), or what a sum is for ("loan").

Confidence, set by hand: money .9, measures with a unit .85, counts of people or arms .85,
terms in years .75, things that no unit names .55, plural numerals ("dozens") .6; a lone
"one" or "two" is worth .15 less.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.amounts.numerals import any_of, values, words
from fairweather.coding.amounts.quantities import quantities
from fairweather.coding.amounts.quantity import Quantity, token_at
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.grammar.stretches import (
    CODER,
    clause_words,
    principals_within,
    stretch_around,
)
from fairweather.records import UNDATED, Amount, When
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

CONFIDENCE = {"currency": 0.9, "count": 0.85, "time": 0.75}
OTHER_MEASURE = 0.85
THINGS = 0.55
VAGUE = 0.6
SPEAKERS = 0.4
LOOK_BACK = 40
"""Names looked through for the country of a currency."""

FEW = 0.15
"""Taken off a count of one or two, which is often no count at all."""


def amounts(reading: Reading) -> Iterator[Amount]:
    """The amounts of a reading, in the order of the text."""
    countries: tuple[str, ...] = ()
    for sentence in reading.sentences:
        found = quantities(sentence, countries)
        countries = (*(mention.alias for mention in sentence.mentions), *countries)[:LOOK_BACK]
        earlier: tuple[Quantity, Amount] | None = None
        for quantity in found:
            original = (
                earlier[1].id if earlier and _says_again(sentence, earlier[0], quantity) else ""
            )
            amount = _amount(
                sentence, quantity, original, earlier[1] if original and earlier else None
            )
            yield amount
            if not original:
                earlier = quantity, amount


def _amount(sentence: Sentence, quantity: Quantity, original: str, same: Amount | None) -> Amount:
    start = sentence.start + quantity.start
    anchor = quantity.noun or _token_of(sentence, quantity)
    around = clause_words(sentence, anchor.i)
    return Amount(
        value=_round(quantity.numeral.value),
        unit=quantity.unit,
        bound=_bound(quantity),
        measures=same.measures if same else _without_digits(_measures(sentence, quantity)),
        about=principals_within(sentence, around),
        equivalent_of=original,
        date=_date(sentence, around, start),
        quotes=(stretch_around(sentence, anchor.i, start, sentence.start + quantity.end),),
        confidence=_confidence(quantity),
        coder=CODER,
    )


def _token_of(sentence: Sentence, quantity: Quantity) -> Token:
    """The token at the number's end."""
    return token_at(sentence, quantity.end - 1) or sentence.span[0]


def _without_digits(measured: str) -> str:
    return "" if any(letter.isdigit() for letter in measured) else measured


def _round(value: float) -> float:
    return float(round(value, 6))


def _bound(quantity: Quantity) -> str:
    """The bound of the words; "over sixty days" is a stretch of time, not a floor."""
    if quantity.kind == "time" and quantity.numeral.hedge == "over":
        return "exact"
    return quantity.numeral.bound


def _confidence(quantity: Quantity) -> float:
    if quantity.numeral.vague:
        return VAGUE
    known = THINGS if quantity.unit == "items" else CONFIDENCE.get(quantity.kind, OTHER_MEASURE)
    if _is_speaker(quantity):
        return SPEAKERS
    few = quantity.numeral.value <= 2 and quantity.kind in ("count", "time")
    return round(known - (FEW if few else 0), 2)


def _is_speaker(quantity: Quantity) -> bool:
    """ "Two officials said": who spoke, not how many there are."""
    noun = quantity.noun
    return (
        quantity.unit == "people"
        and noun is not None
        and noun.dep_ == "nsubj"
        and noun.head.lemma_.lower() in word_groups("status")["governor_claimed"]
    )


# -- the same sum in another unit --------------------------------------------------------

_OPENING = re.compile(
    rf"\s*(?:[(\[]\s*(?:{any_of(words('equivalence'))})?|(?:,\s*|–\s*|—\s*)(?:{any_of(words('equivalence'))}))\s*",
    re.IGNORECASE,
)


def _says_again(sentence: Sentence, earlier: Quantity, quantity: Quantity) -> bool:
    """Whether the later quantity stands beside the earlier one as its equivalent."""
    if quantity.kind != earlier.kind or quantity.unit == earlier.unit or quantity.kind == "count":
        return False
    return bool(_OPENING.fullmatch(sentence.text[earlier.end : quantity.start]))


# -- what it measures ----------------------------------------------------------------------


def _measures(sentence: Sentence, quantity: Quantity) -> str:
    """Short words of the text: the thing counted and its fate, or what a sum is for."""
    if quantity.glued:
        return _words(*quantity.thing) if quantity.thing else ""
    if quantity.kind != "count":
        return _of_what(sentence, quantity)
    if quantity.thing is None:
        return quantity.noun.text if quantity.noun is not None else ""
    fate = _fate(quantity.thing[1])
    return " ".join(part for part in (_words(*quantity.thing), fate) if part)


def _words(first: Token, last: Token) -> str:
    return " ".join(first.doc[first.i : last.i + 1].text.split())


def _fate(noun: Token) -> str:
    """The verb that befalls or is done by what is counted: killed, delivered."""
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ == "VBN":
            return str(child.text)
    verb = noun.head
    if noun.dep_ in ("dobj", "nsubjpass") and verb.pos_ == "VERB":
        return str(verb.text)
    dies = verb.lemma_.lower() in words("casualty_verbs")
    return str(verb.text) if dies and noun.dep_ == "nsubj" else ""


def _of_what(sentence: Sentence, quantity: Quantity) -> str:
    """What a sum is for: "in investment", the noun before "of", a subject, the verb."""
    noun = quantity.noun
    if noun is None:
        return ""
    after = _noun_after(sentence, quantity)
    if after:
        return after
    place = _top(noun)
    if (
        place.dep_ in ("compound", "nmod", "amod", "nummod", "quantmod")
        and place.head.pos_ == "NOUN"
    ):
        return str(place.head.text)
    above = place.head.head if place.head.lower_ == "worth" else place.head
    if place.dep_ == "pobj" and above.dep_ in ("prep", "dative"):
        if above.head.pos_ in ("NOUN", "PROPN") and above.head.i != place.i:
            return _noun_phrase(above.head)
        above = above.head
    while above.pos_ in ("ADP", "ADV", "SCONJ") and above.head.i != above.i:
        above = above.head
    if above.pos_ in ("VERB", "AUX"):
        return _by_verb(above, place)
    return _noun_phrase(above) if above.pos_ == "NOUN" else ""


def _top(noun: Token) -> Token:
    """The highest token of the number's own phrase."""
    place = noun
    while place.head.i != place.i and (
        place.pos_ in ("NUM", "SYM")
        or place.head.pos_ in ("NUM", "SYM")
        or place.head.lower_ in _NUMBER_WORDS
        or place.lower_ in _NUMBER_WORDS
        or place.head.head.lower_ in values("plural_numerals")
    ):
        place = place.head
    return place


_NUMBER_WORDS = frozenset({"more", "less", "than", "fewer", *values("plural_numerals")})


def _by_verb(verb: Token, place: Token) -> str:
    thing = next(
        (c for c in verb.children if c.dep_ in ("dobj", "nsubjpass") and c.i != place.i), None
    )
    if verb.lemma_.lower() in words("level_verbs") and thing is None:
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        if subject is not None and subject.i != place.i and subject.pos_ in ("NOUN", "PROPN"):
            return _noun_phrase(subject)
    if thing is not None and thing.pos_ in ("NOUN", "PROPN"):
        return f"{thing.text} {verb.text}" if thing.i < verb.i else f"{verb.text} {thing.text}"
    return str(verb.text)


_FOLLOWS = frozenset({"in", "of", "worth"})


def _noun_after(sentence: Sentence, quantity: Quantity) -> str:
    """The noun phrase behind "in", "of" or "worth of": 600 billion in investment."""
    last = _token_of(sentence, quantity)
    reach = last.doc[last.i + 1 : min(last.i + 8, sentence.span.end)]
    following = [token for token in reach if not token.is_space]
    opened = False
    while following and following[0].lower_ in _FOLLOWS:
        opened = True
        following.pop(0)
    kept: list[Token] = []
    for token in following:
        nominal = token.pos_ in ("NOUN", "PROPN")
        if not (
            nominal or token.pos_ in ("ADJ", "DET") or token.text == "-" or token.dep_ == "poss"
        ):
            break
        if token.ent_type_ in ("DATE", "TIME") or (
            nominal and sentence.mention_at(token.i) and not kept and not opened
        ):
            break
        kept.append(token)
    while kept and kept[-1].pos_ not in ("NOUN", "PROPN"):
        kept.pop()
    if not kept or (not opened and quantity.kind not in ("currency", "share")):
        return ""
    if not opened and kept[0].pos_ == "DET":
        return ""
    if opened and last.doc[last.i + 1].lower_ == "in" and kept[-1].ent_type_ in ("GPE", "LOC"):
        return ""
    return _words(kept[0], kept[-1])


def _noun_phrase(noun: Token) -> str:
    """The noun with the adjectives and compounds directly before it."""
    first = noun
    for token in reversed(list(noun.lefts)):
        if token.dep_ in ("compound", "amod", "nmod") and token.i == first.i - 1:
            first = token
        else:
            break
    return _words(first, noun)


# -- when ------------------------------------------------------------------------------------


def _date(sentence: Sentence, around: tuple[int, ...], start: int) -> When:
    """The date nearest in the same clause, else the sentence's only one, else none."""
    known = [date for date in sentence.dates if date.when.known]
    places = {sentence.place(sentence.token(i))[0] for i in around}
    inside = [date for date in known if any(date.start <= p < date.end for p in places)]
    if inside:
        return min(inside, key=lambda date: abs(date.start - start)).when
    return known[0].when if len(known) == 1 else UNDATED
