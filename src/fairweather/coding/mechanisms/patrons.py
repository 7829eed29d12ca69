"""Patrons and their armed groups, by what stands around the word: "A-backed B"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Sentence
from fairweather.coding.mechanisms.arrangements import (
    NAMED,
    Members,
    acting,
    is_armed,
    is_place,
    is_state,
)

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def patron_and_proxies(sentence: Sentence, noun: Token) -> Members:
    """Patron and proxy: "A-backed B", "B, a proxy of A", "A's proxies, B and C"."""
    near = [
        m
        for m in sentence.mentions
        if abs(m.start - noun.i) <= 8
        and not is_place(sentence, m)
        and (m.end - 1 in {t.i for t in noun.head.subtree} or m.end - 1 == noun.head.i)
        and "anti" not in sentence.span.doc[max(m.start - 2, 0) : m.end].text.lower().split("-")
    ]
    patrons = [m for m in near if is_state(m.principal)]
    proxies = [m for m in near if is_armed(m.actor)]
    if not patrons or not proxies:
        return (), NAMED
    members = [(patrons[0].principal, "patron")]
    members += [(actor, "proxy") for actor in acting(proxies)]
    return tuple(members), NAMED
