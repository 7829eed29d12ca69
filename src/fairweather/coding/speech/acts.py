"""Verbs that speak and what they govern: the complement, the object, the ground.

To accuse has an accused and a ground, to deny an object or a clause, to call a "for" or an
"on"; each kind of verb finds its content in its own way, and a verb without the content
that its sense needs gives nothing ("the court dismissed the minister").
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import is_passive
from fairweather.coding.grammar.sentence import Sentence
from fairweather.coding.speech.asserting import asserted, labelled
from fairweather.coding.speech.content import (
    CLAUSE,
    GROUND,
    OBJECT,
    Act,
    asks,
    child_of,
    complement,
    make_act,
    object_after,
    tail_of,
    targets_of,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def act_of(sentence: Sentence, verb: Token, stance: str) -> Act | None:
    """The act of a verb that may speak; None where it lacks what its sense needs."""
    return _KINDS[stance](sentence, verb)


def _denied(sentence: Sentence, verb: Token) -> Act | None:
    groups = word_groups("claims")
    content = complement(verb, "ccomp", "xcomp")
    if content is not None and content.i < verb.i and child_of(verb, "dobj") is not None:
        content = None  # "They accuse Mali; Mali denies it"
    if content is None:
        content = child_of(verb, "nsubjpass") if is_passive(verb) else child_of(verb, "dobj")
        if content is None or (is_passive(verb) and child_of(verb, "agent") is None):
            return None
        if content.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
            content = verb.head  # "a charge that Tehran rejected"
        if (
            content.lemma_.lower() in groups["refused_entry"]
            or child_of(verb, "dative") is not None
        ):
            return None
        mild = verb.lemma_.lower() not in ("deny", "refute", "rebut", "disavow")
        if verb.lemma_ == "dispute" and content.lower_ in ("it", "this", "that"):
            mild = False
        if mild and content.lemma_.lower() not in groups["rejectable"]:
            return None
    mention = sentence.mention_at(content.i)
    if mention is not None and content.pos_ == "PROPN":
        return None  # a person dismissed, a state denied something
    return make_act(sentence, verb, "deny", content, OBJECT, closing=tail_of(verb, content))


def _accused(sentence: Sentence, verb: Token) -> Act | None:
    groups = word_groups("claims")
    blamed = child_of(verb, "nsubjpass") if is_passive(verb) else child_of(verb, "dobj")
    if blamed is None:
        blamed = verb.head if verb.dep_ == "acl" and is_passive(verb) else None
    if blamed is None:
        return None
    if verb.lemma_ == "blame" and not is_passive(verb):
        culprit = object_after(verb, "on", "upon") or object_after(blamed, "on", "upon")
        if culprit is not None:
            wrong = verb.head if blamed.tag_ in ("WDT", "WP") else blamed
            return make_act(sentence, verb, "accuse", wrong, OBJECT, targets_of(sentence, culprit))
    targets = targets_of(sentence, blamed)
    if verb.lemma_.lower() not in groups["accuse_with_ground"]:
        if is_passive(verb) and child_of(verb, "agent") is None:
            return None
        return make_act(sentence, verb, "accuse", blamed, OBJECT, targets)
    ground = _ground(verb, blamed)
    if ground is None or (verb.lemma_ == "charge" and not targets):
        return None
    return make_act(sentence, verb, "accuse", ground, GROUND, targets)


def _ground(verb: Token, blamed: Token) -> Token | None:
    """What somebody is blamed for, after the accused: of, with, for, over, or in."""
    words = ("in",) if verb.lemma_ == "implicate" else ("of", "with", "for", "over")
    for deep in (False, True):
        beside = [
            g for c in verb.children if c.dep_ == "agent" for t in c.children for g in t.children
        ]
        for token in verb.subtree if deep else (*verb.children, *blamed.children, *beside):
            if token.dep_ != "prep" or token.lower_ not in words or token.i < verb.i:
                continue
            ground = child_of(token, "pcomp") if deep else child_of(token, "pobj", "pcomp")
            named = ground is not None and ground.pos_ == "PROPN" and token.head.i != verb.i
            if ground is not None and not named and ground.ent_type_ not in ("DATE", "TIME"):
                return ground
    return None


def _promised(sentence: Sentence, verb: Token) -> Act | None:
    content = complement(verb, "xcomp", "ccomp")
    thing = child_of(verb, "dobj")
    if content is None and verb.lemma_ == "commit":
        content = object_after(verb, "to")
        if content is not None and thing is not None and not is_passive(verb):
            opening = sentence.token(thing.left_edge.i)
            return make_act(sentence, verb, "promise", content, OBJECT, opening=opening)
    if content is None and verb.lemma_ in ("promise", "pledge", "vow"):
        content = thing
    if content is None or (is_passive(verb) and verb.lemma_ != "commit"):
        return None
    return make_act(sentence, verb, "promise", content, OBJECT)


def _demanded(sentence: Sentence, verb: Token) -> Act | None:
    lemma = verb.lemma_.lower()
    if is_passive(verb):
        return None
    asked = complement(verb, "xcomp", "ccomp")
    if asked is not None and asks(asked):
        return None
    person = child_of(verb, "dobj", "dative")
    if lemma == "insist":
        content = object_after(verb, "on", "upon")
        if content is not None:
            return make_act(sentence, verb, "demand", content, OBJECT)
        return make_act(sentence, verb, "assert", asked, CLAUSE) if asked is not None else None
    if lemma in ("call", "appeal"):
        return _called_for(sentence, verb) or (
            labelled(sentence, verb) if lemma == "call" else None
        )
    if asked is not None and (asked.tag_ == "VB" or lemma in ("demand", "request", "urge")):
        targets = targets_of(sentence, person) if person is not None else ()
        return make_act(sentence, verb, "demand", asked, OBJECT, targets)
    if lemma in ("demand", "request", "urge") and person is not None:
        return make_act(sentence, verb, "demand", person, OBJECT)
    wanted = object_after(verb, "for") if lemma in ("ask", "press") else None
    return make_act(sentence, verb, "demand", wanted, OBJECT - 0.1) if wanted is not None else None


def _called_for(sentence: Sentence, verb: Token) -> Act | None:
    wanted = object_after(verb, "for")
    if wanted is not None:
        return make_act(sentence, verb, "demand", wanted, OBJECT)
    person = object_after(verb, "on", "upon", "to")
    if child_of(verb, "dobj") is not None or (person is not None and person.ent_type_ == "DATE"):
        return None  # telephoned somebody, on some day
    asked = child_of(verb, "xcomp", "advcl", "ccomp")
    if person is None or asked is None:
        asked = child_of(person, "acl", "relcl", "xcomp") if person is not None else None
    if person is None or asked is None:
        return None
    return make_act(sentence, verb, "demand", asked, OBJECT, targets_of(sentence, person))


def _threatened(sentence: Sentence, verb: Token) -> Act | None:
    if is_passive(verb):
        return None
    asked = complement(verb, "xcomp", "ccomp")
    stance = "threaten" if verb.lemma_ == "threaten" else "assert"
    person = child_of(verb, "dobj", "dative")
    if asked is not None and person is not None and _brings_harm(asked):
        targets = targets_of(sentence, person)
        return make_act(sentence, verb, "threaten", asked, OBJECT, targets)
    if asked is not None:
        return make_act(sentence, verb, stance, asked, OBJECT)
    ground = (
        object_after(verb, "with")
        if stance == "threaten"
        else object_after(verb, "of", "against", "about")
    )
    if ground is None:
        return None
    targets = targets_of(sentence, person) if person is not None else ()
    return make_act(sentence, verb, stance, ground, OBJECT - 0.05, targets)


def _brings_harm(warned: Token) -> bool:
    """Whether somebody is warned of what the warner may do: "could trigger sanctions"."""
    groups = word_groups("claims")
    if not any(child.tag_ == "MD" for child in warned.children):
        return False
    things = [t for t in warned.subtree if t.dep_ in ("dobj", "pobj", "nsubj")]
    named = any(t.lemma_.lower() in groups["harm"] for t in things)
    return named and warned.lemma_.lower() in groups["bringing"] | groups["hostile"]


def _praised(sentence: Sentence, verb: Token) -> Act | None:
    thing = child_of(verb, "dobj")
    if thing is None or is_passive(verb):
        return None
    if verb.lemma_ == "pay":
        honoured = object_after(verb, "to") or object_after(thing, "to")
        if thing.lemma_ not in ("tribute", "homage") or honoured is None:
            return None
        return make_act(sentence, verb, "praise", honoured, OBJECT, targets_of(sentence, honoured))
    reason = object_after(verb, "for", "on", "upon") or object_after(thing, "for", "on")
    mention = sentence.mention_at(thing.i)
    if verb.lemma_ in ("welcome", "celebrate") and mention is not None and thing.pos_ == "PROPN":
        return None  # a guest received
    if verb.lemma_ == "celebrate":
        return None
    if reason is not None and (mention is not None or verb.lemma_ in ("thank", "congratulate")):
        return make_act(sentence, verb, "praise", reason, OBJECT, targets_of(sentence, thing))
    return make_act(sentence, verb, "praise", thing, OBJECT, targets_of(sentence, thing))


_KINDS: dict[str, Callable[[Sentence, Token], Act | None]] = {
    "assert": asserted,
    "deny": _denied,
    "accuse": _accused,
    "promise": _promised,
    "demand": _demanded,
    "threaten": _threatened,
    "praise": _praised,
}
