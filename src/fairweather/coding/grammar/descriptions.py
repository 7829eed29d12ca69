"""Who is meant by a description: "the kingdom", "its neighbour", "the smaller country".

Only the two states that an article is about are ever meant, and only where exactly one of
them fits: the one whose official name says "Kingdom", the partner of the one that "its"
stands for, the one that was not just named. The words are in `lexicon/descriptions.toml`.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.vocabulary.gazetteer import State, load_gazetteer
from fairweather.vocabulary.lexicon import tables, word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

BY_KIND, BY_RELATION, BY_COMPARISON = 0.8, 0.75, 0.7
"""How sure each way is: ranks, set by hand."""

LONGEST_KIND = 3
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
POSSESSORS = frozenset({"its", "their", "his", "her"})


def described(reading: Reading, sentence: Sentence, noun: Token) -> tuple[str, float] | None:
    """The one of the article's two whom a noun phrase describes, and how sure."""
    if len(reading.focus) != 2 or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    if sentence.mention_at(noun.i) is not None:
        return None
    by_kind = _of_kind(reading, noun)
    if by_kind:
        return by_kind, BY_KIND
    if noun.tag_ not in ("NN", "NNP"):
        return None
    own = _own_country(reading, sentence, noun)
    if own:
        return own, BY_RELATION
    related = _related(reading, sentence, noun)
    if related:
        return related, BY_RELATION
    compared = _compared(reading, sentence, noun)
    return (compared, BY_COMPARISON) if compared else None


def means_both(reading: Reading, noun: Token) -> bool:
    """Whether "the pair", "the neighbours" means the article's two."""
    groups = word_groups("descriptions")
    if len(reading.focus) != 2 or noun.lower_ not in groups["pairs"]:
        return False
    before = {child.lower_ for child in noun.lefts if child.dep_ != "punct"}
    after = any(child.dep_ in ("prep", "relcl", "appos", "acl") for child in noun.rights)
    return not after and "the" in before and before <= groups["before_pairs"]


# -- kinds -----------------------------------------------------------------------------------


def _of_kind(reading: Reading, noun: Token) -> str:
    """The state that alone is of the kind named: "the Islamic Republic"."""
    words = [noun.lemma_.lower()]
    for child in reversed(list(noun.lefts)):
        if child.dep_ in ("amod", "compound", "poss") and len(words) < LONGEST_KIND:
            words.insert(0, child.lower_ + ("'s" if child.dep_ == "poss" else ""))
        elif child.dep_ == "det":
            break
    if not any(child.lower_ in ("the", "this") for child in noun.lefts):
        return ""
    for length in range(len(words)):
        kind = " ".join(words[length:])
        fitting = [actor for actor in reading.focus if kind in _kinds_of(actor)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else ""
    return ""


@functools.cache
def _kinds_of(actor: str) -> frozenset[str]:
    """What a state may be called for what it is."""
    known = load_gazetteer().actors.get(actor)
    if not isinstance(known, State):
        return frozenset()
    official = " ".join((known.name, *known.names)).lower()
    styled = {word for word in word_groups("descriptions")["styles"] if word in official}
    for group, table in tables("descriptions").items():
        if group.startswith("kind_") and actor in table["states"]:
            styled |= set(table["words"])
    return frozenset(styled)


# -- relations and comparisons -----------------------------------------------------------------


def _related(reading: Reading, sentence: Sentence, noun: Token) -> str:
    """The partner of whoever is the possessor: "Ghana attacked its neighbour"."""
    groups = word_groups("descriptions")
    if noun.lemma_.lower() not in groups["relations"]:
        return ""
    before = list(noun.lefts)
    if any(child.lower_ in groups["unlike"] for child in before):
        return ""
    if any(child.dep_ == "appos" for child in noun.children):
        return ""
    owner = next((child for child in before if child.dep_ == "poss"), None)
    if owner is None:
        return ""
    if owner.lower_ in POSSESSORS:
        return _other(reading, _last_named(reading, sentence, noun))
    named = sentence.mention_at(owner.i)
    return _other(reading, named.principal if named is not None else "")


def _own_country(reading: Reading, sentence: Sentence, noun: Token) -> str:
    """ "His country", said of who was just named as its envoy or minister."""
    if noun.lemma_.lower() not in ("country", "government", "nation", "homeland"):
        return ""
    if not any(child.dep_ == "poss" and child.lower_ in POSSESSORS for child in noun.lefts):
        return ""
    named = _last_named(reading, sentence, noun)
    return named if named in reading.focus else ""


def _compared(reading: Reading, sentence: Sentence, noun: Token) -> str:
    """ "The smaller country" after one of the two was named: the other."""
    groups = word_groups("descriptions")
    if noun.lemma_.lower() not in groups["countries"]:
        return ""
    before = {child.lower_ for child in noun.lefts}
    if "the" not in before or not before & groups["comparing"]:
        return ""
    return _other(reading, _last_named(reading, sentence, noun))


def _other(reading: Reading, known: str) -> str:
    if known not in reading.focus:
        return ""
    return next(actor for actor in reading.focus if actor != known)


def _last_named(reading: Reading, sentence: Sentence, noun: Token) -> str:
    """The actor that a possessor before a noun stands for: the subject last named.

    Empty where the sentence names somebody outside the article's two before the noun.
    """
    earlier = [m for m in sentence.mentions if m.end <= noun.i]
    if any(_acts(m) and m.principal not in reading.focus for m in earlier):
        return ""
    named = _subjects(sentence, earlier) or list(dict.fromkeys(m.principal for m in earlier))
    if named:
        return named[-1] if len(set(named)) == 1 else ""
    before = next(iter(reading.before(sentence)), None)
    if before is None:
        return ""
    subjects = set(_subjects(before, before.mentions))
    return subjects.pop() if len(subjects) == 1 else ""


def _acts(mention: Mention) -> bool:
    return not mention.weak and len(mention.principal) == 3


def _subjects(sentence: Sentence, mentions: list[Mention] | tuple[Mention, ...]) -> list[str]:
    return [m.principal for m in mentions if sentence.token(m.end - 1).dep_ in SUBJECTS]
