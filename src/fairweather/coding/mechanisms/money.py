"""Money through a network: the sums that went in or out, as the text writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.mechanisms.arrangements import REAL, Finding, clause_quote
from fairweather.records import Link
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def sums_moved(
    sentence: Sentence, noun: Token, members: tuple[tuple[str, str], ...]
) -> tuple[Link, ...]:
    """Sums that the sentence says went through the network, as it writes them."""
    found = _SUM.search(sentence.text)
    if not found or not members:
        return ()
    verbs = word_groups("mechanisms")["flows"]
    if not any(token.lemma_ in verbs for token in sentence.span):
        return ()
    start = sentence.start + found.start()
    words = sentence.document.text[start : sentence.start + found.end()]
    return (Link("", members[0][0], "", words, quotes=(clause_quote(sentence, noun),)),)


_SUM = re.compile(
    r"(?:(?:more|less|at least|up to|about|around|nearly|almost|over|some|tens of|hundreds of)"
    r"\s(?:than\s)?)*(?:(?:[A-Z]{2,3}|[$€£¥])\s?)?\d[\d.,]*\s?(?:thousand|million|billion|"
    r"trillion)?(?:\s[A-Za-z]+)?(?:\s\([^)]*\d[^)]*\))?|(?:tens|hundreds) of (?:millions|"
    r"billions|thousands) of [A-Za-z]+(?:\s[a-z]+)?"
)


def money_flows(
    reading: Reading, sentence: Sentence, networks: tuple[Finding, ...]
) -> Iterator[Finding]:
    """Sums that the operator of a network raised or moved, told after the network was."""
    if not networks:
        return
    verbs = word_groups("mechanisms")["flows"]
    for clause in sentence.clauses:
        head = sentence.token(clause.head)
        if head.lemma_ not in verbs or clause.status not in REAL:
            continue
        objects = [t for child in head.children if child.dep_ == "dobj" for t in child.subtree]
        money = [
            t
            for t in objects
            if t.ent_type_ == "MONEY"
            or t.like_num
            or t.lower_ in ("millions", "billions", "tens", "hundreds", "thousands")
        ]
        if not money:
            continue
        start, end = sentence.place(objects[0], objects[-1])
        words = " ".join(sentence.document.text[start:end].split())[:80]
        known = networks[-1]
        quote = clause_quote(sentence, head)
        link = Link("", known.members[0][0], "", words, quotes=(quote,))
        yield Finding(
            known.kind,
            known.key,
            known.name,
            known.members,
            quote,
            known.sure,
            links=(link,),
            status=clause.status,
        )
