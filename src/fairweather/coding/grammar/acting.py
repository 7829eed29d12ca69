"""Whom a name acts for: the noun that speaks for a state, the state beside a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Mention
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Doc, Token


def modifies_a_thing(doc: Doc, mention: Mention) -> bool:
    """Whether the mention only says whose or where from: "Russian missiles", "Iran policy"."""
    last = doc[mention.end - 1]
    if last.dep_ not in ("amod", "compound", "nmod", "nsubj") or last.head.i == last.i:
        return False
    if last.dep_ == "nsubj":
        return False
    noun = last.head
    while noun.dep_ == "compound" and noun.head.i > noun.i:
        noun = noun.head
    if speaks(noun):
        return False
    return not (noun.ent_type_ == "PERSON" and noun.pos_ == "PROPN")


def speaks(noun: Token) -> bool:
    """Whether a noun acts for the state named beside it: an office, a force, a people.

    Arms do so only where they do something ("Turkish drones struck"); sold or promised
    they are goods.
    """
    groups = word_groups("naming")
    words = {noun.lower_, noun.lemma_.lower()}
    if words & groups["weapons"]:
        return noun.dep_ == "nsubj" or (noun.dep_ == "pobj" and noun.head.lower_ == "by")
    return any(words & groups[group] for group in ("government", "forces", "people"))


def with_office(doc: Doc, mention: Mention) -> Mention:
    """The mention stretched over the noun that speaks for it: "Iranian Foreign Ministry"."""
    if mention.weak or mention.kind not in ("adjective", "name", "demonym", "capital"):
        return mention
    last = doc[mention.end - 1]
    noun = last.head
    if last.dep_ not in ("amod", "compound", "nmod", "poss") or not 0 < noun.i - last.i <= 5:
        return mention
    if speaks(noun):
        between = doc[mention.end : noun.i]
        if all(token.dep_ in ("amod", "compound", "case", "punct", "nmod") for token in between):
            return replace(mention, end=noun.i + 1)
    return mention


def state_beside(doc: Doc, mention: Mention, named: Sequence[Mention]) -> Mention | None:
    """The state or body that a person's title or apposition names: "Iran's envoy X"."""
    head = head_of(doc, mention)
    near = {head.i, *(t.i for t in head.subtree if abs(t.i - mention.start) <= 6)}
    if head.dep_ == "appos":
        near |= {t.i for t in head.head.subtree if abs(t.i - mention.start) <= 10}
    for other in named:
        last = doc[other.end - 1]
        if other.actor == mention.actor or other.kind in ("person", "surname", "provisional"):
            continue
        if last.i in near and last.dep_ in ("poss", "amod", "compound", "nmod", "pobj"):
            return other
    return None


def head_of(doc: Doc, mention: Mention) -> Token:
    """The token of a mention on which the others hang."""
    span = doc[mention.start : mention.end]
    return span.root
