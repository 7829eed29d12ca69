"""Goods: what is given, and the rung of the ladder that it stands for.

"Types of missiles" and "missile systems" are missiles, "missile attacks" are no goods.
Where the kind of help is not said, an adverb or adjective may tell it ("politically").
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.vocabulary.lexicon import tables, word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

NAMED_GOODS, NOUN_OF_GIVING, RUNG_IN_VERB, KIND_UNSAID = 0.85, 0.75, 0.7, 0.55
"""How sure the rung is; told in the docstring of `support`."""

SPOKEN_OF = 0.9
"""What is left where goods are only pointed at."""

FURTHEST_BACK = 45
PRONOUNS = frozenset({"it", "them", "they", "those"})


@dataclass(frozen=True, slots=True)
class Goods:
    """What is given: its token, the rung it stands for, how sure the rung is.

    `told` is the word outside the goods' own phrase that tells the rung, if one does.
    """

    token: Token
    rung: str
    sure: float
    told: Token | None = None


@functools.cache
def rungs(prefix: str) -> dict[str, str]:
    """Word -> rung, over the groups of the lexicon whose name begins so."""
    found = {}
    for name, table in tables("support").items():
        if name.startswith(prefix) and "rung" in table:
            found.update({word.lower(): str(table["rung"]) for word in table["words"]})
    return found


@functools.cache
def _goods_pattern() -> re.Pattern[str]:
    words = [*rungs("goods_"), *word_groups("support")["not_goods"]]
    longest_first = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])({longest_first})(?:s|es)?(?![\w-])")


def goods_in(noun: Token) -> Iterator[Goods]:
    """The goods that a noun phrase names: "drones and ballistic missiles" are two."""
    meant = meant_by(noun)
    if meant is not None:
        yield meant
        return
    for head in (noun, *_joined(noun)):
        named = named_goods(head)
        if named is None and head.lemma_.lower() in word_groups("support")["fuels"]:
            named = _on_credit(head)
        if named is None and is_signed_sum(head):
            named = Goods(head, "economic", NAMED_GOODS)
        if named and (_is_sum(head) or is_signed_sum(head)) and any(True for _ in _held_in(head)):
            yield from _held_in(head)
        elif named:
            yield named
        elif head.lower_ in word_groups("support")["help"]:
            yield Goods(head, *manner(head.children, ("statements", KIND_UNSAID)))
        elif _only_holds(head):
            for inner in counterparts.children_after(head, ("of", "with")):
                yield from goods_in(inner)


def _only_holds(head: Token) -> bool:
    """Whether a word only counts or holds what stands behind it: "the last of ten jets"."""
    groups = word_groups("support")
    counts = head.lemma_.lower() in groups["carriers"] or head.lower_ in groups["portions"]
    return counts or head.pos_ == "NUM" or head.lower_.endswith(("tenths", "thirds", "quarters"))


def _on_credit(fuel: Token) -> Goods | None:
    """Oil and the like, which is help on easy terms and trade on others."""
    following = fuel.doc[fuel.i + 1 : min(fuel.i + 9, fuel.sent.end)]
    near = {token.lemma_.lower() for token in following}
    if near & word_groups("support")["easy_terms"]:
        return Goods(fuel, "economic", NAMED_GOODS)
    return None


def _is_sum(head: Token) -> bool:
    return head.lemma_.lower() in word_groups("support")["currencies"]


def is_signed_sum(head: Token) -> bool:
    """Whether a number is money by the sign before it: "$500 million"."""
    return head.pos_ in ("NUM", "SYM") and any(
        child.tag_ == "$" or child.text in "$€£¥" for child in (head, *head.lefts)
    )


def _held_in(head: Token) -> Iterator[Goods]:
    """What a sum is worth of: "300 million dollars of military aid" is military aid."""
    for inner in counterparts.children_after(head, ("of", "in")):
        found = named_goods(inner)
        if found is not None:
            yield found
        elif inner.lemma_ == "worth":
            yield from _held_in(inner)


def meant_by(word: Token) -> Goods | None:
    """The goods spoken of before that "them", "half of it" or "the first batch" stand for."""
    groups = word_groups("support")
    portion = word.lower_ in groups["portions"]
    same = _same_unit(word)
    if same is not None:
        return same
    if portion and word.pos_ == "NOUN" and named_goods(word) is not None:
        return None  # "spare parts"
    if portion or word.lemma_.lower() in groups["carriers"]:
        inside = list(counterparts.children_after(word, ("of",)))
        if any(inner.lower_ not in PRONOUNS for inner in inside):
            return None
        if not inside and not (portion or _is_bare(word)):
            return None
        word = inside[0] if inside else word
    elif word.lower_ not in PRONOUNS or (word.lower_ == "it" and word.dep_ == "nsubj"):
        return None
    for earlier in reversed(word.doc[max(0, word.i - FURTHEST_BACK) : word.i]):
        if earlier.pos_ not in ("NOUN", "PROPN") or _is_sum(earlier):
            continue  # a price is not what was bought
        named = named_goods(earlier)
        if named is not None and (word.lower_ != "it" or earlier.tag_ in ("NN", "NNP")):
            return Goods(word, named.rung, named.sure * SPOKEN_OF)
    return None


def _same_unit(word: Token) -> Goods | None:
    """ "The first battalion" after "two S-400 battalions": one of them, and no infantry."""
    if word.lemma_.lower() not in word_groups("support")["carriers"]:
        return None
    if not any(child.lower_ in word_groups("support")["portions"] for child in word.lefts):
        return None
    for earlier in reversed(word.doc[max(0, word.i - FURTHEST_BACK) : word.i]):
        if earlier.lemma_ == word.lemma_:
            named = named_goods(earlier)
            return Goods(word, named.rung, named.sure * SPOKEN_OF) if named else None
    return None


def _is_bare(word: Token) -> bool:
    """Whether a batch or delivery stands alone: pointed at, with no goods or owner before it."""
    before = [child.dep_ for child in word.lefts]
    plain = set(before) <= {"det", "amod", "nummod"} and named_goods(word) is None
    return plain and (bool(before) or word.dep_ in ("nsubj", "nsubjpass"))


def _joined(noun: Token) -> Iterator[Token]:
    for child in noun.children:
        if child.dep_ == "conj":
            yield child
            yield from _joined(child)


def named_goods(head: Token) -> Goods | None:
    """The goods that a noun names with the words before it; None where it names none."""
    first = max(counterparts.left_edge(head), head.i - 6)
    phrase = head.doc[first : head.i + 1]
    text = re.sub(r"\s*-\s*", "-", phrase.text.lower())
    carriers = word_groups("support")["carriers"]
    for found in _goods_pattern().finditer(text):  # "air defence battalion" is no infantry
        rest = text[found.end() :].split()
        if all(_singular(word) in carriers for word in rest):
            rung = rungs("goods_").get(found[1])
            return Goods(head, rung, NAMED_GOODS) if rung else None
    return None


def _singular(word: str) -> str:
    return word[:-3] + "y" if word.endswith("ies") else word.removesuffix("s")


def manner(words: Iterable[Token], otherwise: tuple[str, float]) -> tuple[str, float]:
    """The rung that "politically" or "military" gives to help of no stated kind."""
    manners, words = rungs("manner_"), tuple(words)
    councils = word_groups("support")["councils"]
    if any(w.dep_ == "prep" and any(c.lower_ in councils for c in w.children) for w in words):
        return "diplomatic", RUNG_IN_VERB
    for word in words:
        if word.dep_ in ("amod", "advmod", "compound", "acomp") and word.lower_ in manners:
            return manners[word.lower_], RUNG_IN_VERB
    return otherwise


@functools.cache
def verbs_of_backing() -> dict[str, str]:
    """Verbs that tell the rung themselves, with it: "defend" is troops."""
    every = rungs("acts_")
    return {word: rung for word, rung in every.items() if word not in _single_cases()}


@functools.cache
def _single_cases() -> frozenset[str]:
    groups = word_groups("support")
    return groups["acts_condemn"] | groups["acts_veto"]
