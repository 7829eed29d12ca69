"""Forces of one on the soil of another: whose base, troops or presence, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    BY_SUBJECT,
    IN_FOCUS,
    NAMED,
    Members,
    acting,
    in_phrase,
    is_place,
    is_state,
    runners,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def user_and_host(reading: Reading, sentence: Sentence, noun: Token) -> Members:
    """User and host: whose base, troops or presence, and in whose country."""
    hosts = [
        m.principal
        for m in sentence.mentions
        if m.start > noun.i
        and is_place(sentence, m)
        and is_state(m.principal)
        and sentence.token(m.end - 1).head.lower_ in ("in", "on", "at", "inside")
        and m.start - noun.i < 12
    ]
    owners = [m for m in in_phrase(sentence, noun) if m.start < noun.i]
    users = acting(owners) or acting(runners(reading, sentence, noun))
    users = users or _whose_forces(sentence, noun)
    users = tuple(actor for actor in users if is_state(actor) and actor not in hosts)
    if users and not hosts and _somewhere(sentence, noun) and users[0] in reading.focus:
        other = next((actor for actor in reading.focus if actor != users[0]), "")
        if is_state(other):
            return ((users[0], "user"), (other, "host")), IN_FOCUS
    if users and not hosts and _in_the_country(noun) and users[0] in reading.focus:
        other = next((actor for actor in reading.focus if actor != users[0]), "")
        if is_state(other):
            return ((users[0], "user"), (other, "host")), IN_FOCUS
    if not users or not hosts:
        return (), NAMED
    return ((users[0], "user"), (hosts[0], "host")), NAMED if owners else BY_SUBJECT


def _whose_forces(sentence: Sentence, noun: Token) -> tuple[str, ...]:
    """Whose men the sentence spoke of before: "U.S. forces ..., and some are based there"."""
    forces = word_groups("naming")["forces"]
    return acting(
        m
        for m in sentence.mentions
        if m.end <= noun.i
        and (sentence.token(m.end - 1).head.lower_ in forces or m.alias.split()[-1] in forces)
    )[:1]


def _somewhere(sentence: Sentence, noun: Token) -> bool:
    """Whether forces stand at a place that no table has: "stationed at Ganja"."""
    for verb in noun.doc[noun.i : min(noun.i + 8, sentence.span.end)]:
        if verb.lemma_.lower() not in ("station", "base", "garrison", "post", "house"):
            continue
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("at", "in", "near", "outside"):
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                if inner is not None and inner.pos_ == "PROPN":
                    there = sentence.mention_at(inner.i)
                    return there is None or not is_state(there.principal)
    return False


def _in_the_country(noun: Token) -> bool:
    following = noun.doc[noun.i : min(noun.i + 10, len(noun.doc))].text.lower()
    places = ("in the country", "on its soil", "in the kingdom", "on their soil", "based there")
    return any(words in following for words in (*places, "stationed there"))
