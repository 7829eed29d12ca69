"""Counted things: the noun phrase behind a number and the unit that it stands for.

A noun that no unit names gives `items`; "the two sides" count nothing; a number without any
noun is a count only beside a verb of killing or taking captive.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.amounts.numerals import Numeral, words
from fairweather.coding.amounts.quantity import Quantity, token_at
from fairweather.coding.grammar.sentence import Sentence
from fairweather.vocabulary import vocabulary

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

LONGEST_PHRASE = 7
"""Tokens between a number and the head of the noun phrase that it counts."""


@functools.cache
def _unit_names() -> dict[tuple[str, ...], str]:
    """Names of things that are counted, as lower-case words -> unit."""
    return {
        tuple(name.lower().split()): unit
        for unit, term in vocabulary("units").items()
        if term.extra["kind"] not in ("currency", "share")
        for name in term.extra["names"]
    }


def counted(sentence: Sentence, numeral: Numeral) -> Quantity | None:
    """The quantity of things that a number counts; None where it counts nothing."""
    last = token_at(sentence, numeral.end - 1)
    if last is None or _is_part_of_name(sentence, numeral):
        return None
    reach = sentence.span.doc[last.i + 1 : min(last.i + 2 + LONGEST_PHRASE, sentence.span.end)]
    following = [token for token in reach if not token.is_space]
    if following and following[0].text == "-" and _glued(sentence, numeral, following):
        return _hyphenated(sentence, numeral, following)
    phrase = list(_phrase(following))
    if not phrase:
        return _bare(sentence, numeral, last)
    phrase = _lengthened(phrase, following)
    unit = _unit_of(sentence, phrase, numeral)
    if unit is None:
        return None
    end = phrase[-1].idx + len(phrase[-1].text) - int(sentence.span.start_char)
    kind = vocabulary("units")[unit].extra["kind"]
    return Quantity(numeral.start, end, numeral, unit, kind, phrase[-1], (phrase[0], phrase[-1]))


def _is_part_of_name(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether a figure follows a name that is no actor's: "the Grace 1 tanker"."""
    token = token_at(sentence, numeral.first)
    if token is None or token.i <= sentence.span.start or not token.text[0].isdigit():
        return False
    before = token.doc[token.i - 1]
    named = before.pos_ == "PROPN" and before.ent_type_ not in ("DATE", "TIME")
    return named and numeral.bound == "exact" and sentence.mention_at(before.i) is None


def _lengthened(phrase: list[Token], following: list[Token]) -> list[Token]:
    """The phrase with "of ..." where a unit's name goes on: rounds of talks."""
    behind = following[len(phrase) : len(phrase) + 2]
    longer = (phrase[-1].lower_, *(token.lower_ for token in behind))
    return [*phrase, *behind] if longer in _unit_names() else phrase


def _glued(sentence: Sentence, numeral: Numeral, following: list[Token]) -> bool:
    return len(following) > 1 and sentence.text[numeral.end : numeral.end + 1] == "-"


def _hyphenated(sentence: Sentence, numeral: Numeral, following: list[Token]) -> Quantity | None:
    """ "A 60-day truce", "the five-year plan": a unit that measures the noun behind it."""
    unit = _unit_names().get((following[1].lower_,))
    if unit is None:
        return None
    thing = list(_phrase(following[2:]))
    noun = thing[-1] if thing else following[1]
    end = following[1].idx + len(following[1].text) - int(sentence.span.start_char)
    return Quantity(
        numeral.start,
        end,
        numeral,
        unit,
        vocabulary("units")[unit].extra["kind"],
        noun,
        (thing[0], thing[-1]) if thing else None,
        glued=True,
    )


def _phrase(tokens: list[Token]) -> Iterator[Token]:
    """The words of the noun phrase that follows a number, up to its head."""
    started = False
    kept: list[Token] = []
    for position, token in enumerate(tokens):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if token.pos_ in ("NOUN", "PROPN") and token.tag_ != "VBN":
            started = True
            kept.append(token)
            if following is None or not _continues(token, following):
                break
            continue
        if started and token.pos_ == "NUM" and (kept[-1].pos_ == "PROPN" or kept[-1].text == "-"):
            kept.append(token)  # "65 Boeing 777 aircraft"
            continue
        if started and token.text not in ("-", "and", "or", "'s"):
            break
        if (
            token.pos_ in ("ADJ", "PART", "ADV")
            or token.text in ("-", ",", "of", "and", "or", "more")
            or (token.pos_ == "VERB" and token.dep_ == "amod")
        ):
            kept.append(token)
            continue
        break
    if started:
        while kept and kept[0].text in ("of", ",", "-", "more", "and", "or"):
            kept.pop(0)
        if not any(token.text in (",",) for token in kept):
            yield from kept


def _continues(token: Token, following: Token) -> bool:
    """Whether the noun phrase goes on: compounds, "Israelis and foreign nationals" not."""
    if following.pos_ in ("NOUN", "PROPN") and token.dep_ in ("compound", "nmod", "amod"):
        return True
    if following.pos_ == "NUM" and token.pos_ == "PROPN":
        return True
    return following.text == "-" and token.dep_ in ("compound", "nmod", "amod", "npadvmod")


def _unit_of(sentence: Sentence, phrase: list[Token], numeral: Numeral) -> str | None:
    head = phrase[-1]
    if head.pos_ != "NOUN" and not head.tag_.startswith("NNP"):
        return None
    lowered = tuple(token.lower_ for token in phrase)
    for length in range(min(4, len(lowered)), 0, -1):
        unit = _unit_names().get(lowered[-length:])
        if unit:
            return None if unit == "states" and _is_anaphoric(sentence, numeral) else unit
    lemma = head.lemma_.lower()
    if lemma in words("troops"):
        return "troops"
    if lemma in words("people") or head.ent_type_ == "NORP" or _is_demonym(sentence, head):
        return None if numeral.value == 2 and _is_anaphoric(sentence, numeral) else "people"
    if lemma in words("bodies"):
        return "casualties"
    return _items(sentence, head, numeral)


def _is_demonym(sentence: Sentence, token: Token) -> bool:
    mention = sentence.mention_at(token.i)
    return mention is not None and mention.kind == "demonym"


def _is_anaphoric(sentence: Sentence, numeral: Numeral) -> bool:
    """ "The two countries", "both states": who, not how many."""
    before = sentence.text[: numeral.start].rstrip().lower().rsplit(None, 1)
    return numeral.value <= 3 and bool(before) and before[-1] in words("referring")


def _items(sentence: Sentence, head: Token, numeral: Numeral) -> str | None:
    """Things that no unit names: only plain plural nouns, never "the two sides"."""
    if head.tag_ != "NNS" or numeral.value < 2 or _is_anaphoric(sentence, numeral):
        return None
    return None if head.lemma_.lower() in words("not_counted") else "items"


def _bare(sentence: Sentence, numeral: Numeral, last: Token) -> Quantity | None:
    """A number without a noun: of dead or captives, by the verb that it depends on."""
    following = last.doc[last.i + 1] if last.i + 1 < sentence.span.end else None
    if following is not None and following.lower_ in words("fates"):
        end = following.idx + len(following.text) - int(sentence.span.start_char)
        return Quantity(
            numeral.start, end, numeral, "casualties", "count", following, (following, following)
        )
    verb = last.head
    while verb.pos_ in ("NUM", "ADJ", "SYM") and verb.head.i != verb.i:
        verb = verb.head
    if verb.head.i != verb.i and verb.dep_ in ("pobj", "prep") and verb.pos_ != "VERB":
        return None
    for group, unit in (("casualty_verbs", "casualties"), ("captive_verbs", "detainees")):
        if verb.pos_ == "VERB" and verb.lemma_.lower() in words(group):
            return Quantity(numeral.start, numeral.end, numeral, unit, "count", verb)
    return None
