"""Companions: the words that hang on a verb or a noun and fix which act it names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.coding.events.lexicon import Pattern, event_lexicon, matched

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

COMPANION_RELATIONS = frozenset(
    {"prt", "prep", "advmod", "dobj", "attr", "acomp", "xcomp", "oprd", "dative", "agent",
     "ccomp", "nsubjpass", "advcl", "amod", "compound"}
)  # fmt: skip


def companions_of(token: Token) -> frozenset[str]:
    """Lemmas that hang on a verb: particles, prepositions with their nouns, objects."""
    found: set[str] = set()
    for child in token.children:
        if child.dep_ not in COMPANION_RELATIONS or _tells_when(child):
            continue
        found.add(child.lemma_.lower())
        if child.dep_ in ("dobj", "nsubjpass", "attr", "oprd"):
            found |= _company_of_object(child)
        elif child.dep_ in ("prep", "prt", "agent", "advmod", "dative"):
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp", "prep"):
                    found.add(inner.lemma_.lower())
                    found |= {word.lemma_.lower() for word in inner.children}
    return frozenset(found)


def direct_companions(token: Token) -> frozenset[str]:
    """The companions that hang on the verb itself, without the objects of prepositions."""
    return frozenset(
        child.lemma_.lower()
        for child in token.children
        if child.dep_ in COMPANION_RELATIONS and not _tells_when(child)
    ) | frozenset(
        word for c in token.children if c.dep_ == "dobj" for word in _company_of_object(c)
    )


def _tells_when(preposition: Token) -> bool:
    """Whether a preposition only opens a date: "called on Tuesday" calls on nobody."""
    return preposition.dep_ == "prep" and any(
        child.dep_ == "pobj" and child.ent_type_ in ("DATE", "TIME")
        for child in preposition.children
    )


def is_partitive(noun: Token) -> bool:
    """Whether the act is named after the noun's "of": "a round of talks"."""
    return noun.lemma_.lower() in event_lexicon().manners["partitive"]


def _company_of_object(noun: Token) -> set[str]:
    """Modifiers and joined nouns of an object, and what a partitive is made of."""
    found: set[str] = set()
    for child in noun.children:
        if child.dep_ in ("compound", "amod", "conj", "nmod"):
            found.add(child.lemma_.lower())
        elif child.dep_ == "prep" and child.lower_ == "of" and is_partitive(noun):
            found |= {inner.lemma_.lower() for inner in child.children}
    return found


def noun_pattern(noun: Token) -> Pattern | None:
    """The act that a noun names, with its modifiers and prepositions; None for other nouns."""
    company = frozenset(
        child.lemma_.lower()
        for head in (noun, *(c for c in noun.children if c.dep_ == "relcl"))
        for child in head.children
        if child.dep_ == "prep" or (head is noun and child.dep_ in ("compound", "amod", "nmod"))
    )
    return matched(event_lexicon().nouns, noun.lemma_.lower(), company)
