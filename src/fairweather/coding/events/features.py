"""Features: what the event model looks at, as short words of grammar and lemmas.

Names never enter: tokens of actors, of named entities and proper nouns are masked, so that
the model cannot learn who does what to whom, only how it is said. A feature holds at most
two lemmas. Nothing tells of a sentence's length, punctuation, capitals or place in a text,
by which one collection of sentences could be told from another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.events.companions import companions_of, noun_pattern
from fairweather.coding.events.lexicon import event_lexicon, is_cooperative
from fairweather.coding.events.predicates import Predicate
from fairweather.coding.events.sides import NAMED_ENTITIES, NO_ACTORS, lemma_in
from fairweather.coding.grammar.phrases import is_passive
from fairweather.coding.grammar.sentence import Sentence

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

WORDS = frozenset({"NOUN", "VERB", "ADJ", "ADV", "ADP", "PART", "AUX"})
LONGEST_PATH = 4
"""Steps of grammar between a predicate and a noun beyond which the path is only "far"."""
ACTOR_GROUPS = ("authorities", "forces", "society", "things", "partitives")


def lemma_of(sentence: Sentence, token: Token) -> str:
    """The token's lemma in lower case; empty for names, numbers and signs."""
    if token.pos_ not in WORDS or not token.is_alpha:
        return ""
    if token.ent_type_ in NAMED_ENTITIES or token.ent_type_ in NO_ACTORS:
        return ""
    mention = sentence.mention_at(token.i)
    return "" if mention and not mention.weak else str(token.lemma_.lower())


def codebook_class(event_class: str, status: str) -> str:
    """The class as annotators have it: intent for what is to come, YIELD for both kinds.

    Cooperation that is planned is AGREE, harm that is planned THREATEN; CONCEDE and RETREAT
    are one. Source: the annotation of PLOVER in Hu et al. (2024).
    """
    if status == "planned" and event_class not in ("REQUEST", "REJECT", "ACCUSE", ""):
        return "AGREE" if is_cooperative(event_class) else "THREATEN"
    return "YIELD" if event_class in ("CONCEDE", "RETREAT") else event_class


# -- the sentence --------------------------------------------------------------------------


def of_sentence(sentence: Sentence, found: tuple[Predicate, ...]) -> frozenset[str]:
    """The acts that the lexicon finds in a sentence, and its root."""
    features = {"lexicon:none"} if not found else set()
    for predicate in found:
        features.add(f"lexicon:{codebook_class(predicate.event_class, predicate.status)}")
        features.add(f"status:{predicate.status}")
        features.add(f"standing:{predicate.standing}:{predicate.event_class}")
    root = sentence.span.root
    features |= {f"root:{lemma_of(sentence, root)}", f"root-tag:{root.tag_}"}
    return frozenset(features)


# -- the predicate -------------------------------------------------------------------------


def of_predicate(sentence: Sentence, predicate: Predicate) -> frozenset[str]:
    """What the predicate is, what hangs on it, and what stands above it."""
    token, carrier = predicate.token, predicate.carrier
    read = codebook_class(predicate.event_class, predicate.status)
    features = {
        f"class:{read}",
        f"class-raw:{predicate.event_class}",
        f"group:{predicate.group.name}",
        f"group-status:{predicate.group.name}:{predicate.status}",
        f"status:{predicate.status}",
        f"code:{predicate.cameo}",
        f"part:{'noun' if predicate.is_noun else 'verb'}",
        f"standing:{predicate.standing}",
    }
    if predicate.inner_group is not None:
        features.add(f"inner-class:{predicate.inner_group.event_class}")
        features.add(f"class-inner:{read}:{predicate.inner_group.event_class}")
    if predicate.turned:
        features.add(f"turned:{read}")
    for role, word in (("act", token), ("carrier", carrier), ("inner", predicate.inner)):
        if word is not None:
            features |= set(_of_word(sentence, role, word))
    if token.head.i != token.i:
        above = lemma_of(sentence, token.head)
        features.add(f"above:{token.dep_}:{above}")
    return frozenset(features)


def _of_word(sentence: Sentence, role: str, word: Token) -> Iterator[str]:
    """A word of the predicate with each of its companions, and the companions alone."""
    lemma = lemma_of(sentence, word) or "_"
    yield f"{role}:{lemma}"
    yield f"{role}-tag:{word.tag_}"
    if word.pos_ == "VERB" and is_passive(word):
        yield f"{role}-passive:{lemma}"
    for child in word.children:
        below = lemma_of(sentence, child)
        if child.dep_ in ("aux", "neg", "auxpass"):
            yield f"{role}-{child.dep_}:{child.lemma_.lower()}"
        elif child.dep_ in ("prep", "agent", "prt", "dative") and child.pos_ in ("ADP", "PART"):
            yield f"{role}-to:{lemma}|{child.lower_}"
            for inner in child.children:
                if far := lemma_of(sentence, inner):
                    yield f"{role}-at:{child.lower_}|{far}"
                    yield f"{role}-far:{far}"
        elif below and child.dep_ != "punct":
            yield f"{role}-{child.dep_}:{below}"
            yield f"{role}-with:{lemma}|{below}"
            if child.dep_ in ("dobj", "nsubjpass", "attr", "xcomp", "ccomp", "acomp"):
                yield from _of_object(sentence, role, child)


def _of_object(sentence: Sentence, role: str, noun: Token) -> Iterator[str]:
    """What narrows the object, and the class that the lexicon gives it as an act."""
    for child in noun.children:
        below = lemma_of(sentence, child)
        if below and child.dep_ in ("compound", "amod", "dobj", "xcomp"):
            yield f"{role}-object:{below}"
        elif child.dep_ == "prep":
            for inner in child.children:
                if far := lemma_of(sentence, inner):
                    yield f"{role}-object:{far}"
    act = noun_pattern(noun)
    if act is not None and act.group.event_class:
        yield f"{role}-object-class:{act.group.event_class}"
    if noun.pos_ == "VERB":
        for pattern in event_lexicon().verbs.get(noun.lemma_.lower(), ()):
            if pattern.companions <= companions_of(noun):
                yield f"{role}-object-class:{pattern.group.event_class}"
                break


# -- a noun beside the predicate -----------------------------------------------------------


def of_noun(sentence: Sentence, noun: Token) -> frozenset[str]:
    """What a noun is as an actor, whatever the predicate."""
    kinds = {f"kind:{group}" for group in ACTOR_GROUPS if lemma_in(noun, group)}
    mention = sentence.mention_at(noun.i)
    if mention is not None:
        kinds.add(f"mention:{mention.kind}:{'weak' if mention.weak else 'acts'}")
    if lemma := lemma_of(sentence, noun):
        kinds.add(f"noun:{lemma}")
    owned = any(
        child.dep_ in ("poss", "amod", "compound", "nmod") and sentence.mention_at(child.i)
        for child in noun.children
    )
    return frozenset(
        {
            *kinds,
            f"pos:{noun.pos_}",
            f"entity:{noun.ent_type_}",
            f"relation:{noun.dep_}",
            f"under:{noun.head.lower_ if noun.head.pos_ == 'ADP' else noun.head.pos_}",
            f"owned:{owned}",
        }
    )


def between(predicate: Predicate, noun: Token) -> frozenset[str]:
    """How a noun hangs on the predicate, and on which side of it it stands."""
    path = path_between(predicate.token, noun)
    order = "before" if noun.i < predicate.token.i else "after"
    features = {
        f"path:{path}",
        f"group-path:{predicate.group.name}:{path}",
        f"class-path:{predicate.event_class}:{path}",
        f"order:{order}",
        f"class-order:{predicate.event_class}:{order}",
    }
    if predicate.carrier is not None:
        way = path_between(predicate.carrier, noun)
        features |= {f"carrier-path:{way}", f"carrier-class:{predicate.event_class}:{way}"}
    if predicate.inner is not None:
        features.add(f"inner-path:{path_between(predicate.inner, noun)}")
    return frozenset(features)


def path_between(start: Token, end: Token) -> str:
    """The relations from one word up to the common head and down to another, prepositions named.

    "/nsubj" is a subject below, "^conj/nsubj" the subject of the verb that the first is
    joined to, "/prep.with/pobj" an object of "with".
    """
    above = [start, *start.ancestors]
    places = {token.i: step for step, token in enumerate(above)}
    down: list[str] = []
    token = end
    while token.i not in places:
        down.append(f"/{_relation(token)}")
        if token.head.i == token.i or len(down) > LONGEST_PATH:
            return "far"
        token = token.head
    up = above[: places[token.i]]
    if len(up) + len(down) > LONGEST_PATH:
        return "far"
    return "".join([*(f"^{_relation(t)}" for t in up), *reversed(down)]) or "self"


def _relation(token: Token) -> str:
    return f"{token.dep_}.{token.lower_}" if token.pos_ == "ADP" else str(token.dep_)
