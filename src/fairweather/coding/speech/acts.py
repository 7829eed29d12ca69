"""Verbs that speak and what they govern: the complement, the object, the ground.

To accuse has an accused and a ground, to deny an object or a clause, to call a "for" or an
"on"; each kind of verb finds its content in its own way, and a verb without the content
that its sense needs gives nothing ("the court dismissed the minister").
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import is_passive
from fairweather.coding.grammar.sentence import Sentence
from fairweather.coding.speech.content import (
    Act,
    asks,
    child_of,
    complement,
    make_act,
    object_after,
    shortened,
    tail_of,
    targets_of,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

CLAUSE = 0.8
OBJECT = 0.8
GROUND = 0.85
ACCORDING = 0.75
HEARSAY = 0.5
LABEL = 0.7
THOUGHT = 0.65


def act_of(sentence: Sentence, verb: Token, stance: str) -> Act | None:
    """The act of a verb that may speak; None where it lacks what its sense needs."""
    groups = word_groups("claims")
    lemma = verb.lemma_.lower()
    if stance == "assert":
        return (
            _clause(sentence, verb)
            or (_expressed(sentence, verb) if lemma in groups["express"] else None)
            or (_labelled(sentence, verb) if lemma in groups["label"] else None)
            or _responsibility(sentence, verb)
            or (_spoken_of(sentence, verb) if lemma == "speak" else None)
        )
    return _KINDS[stance](sentence, verb)


# -- verbs of saying -------------------------------------------------------------------------


def _clause(sentence: Sentence, verb: Token) -> Act | None:
    """Say, state, claim and the like with a clause, or "is said to"."""
    groups = word_groups("claims")
    lemma = verb.lemma_.lower()
    if lemma in groups["quotation_only"]:
        return None
    if is_passive(verb):
        told = child_of(verb, "xcomp", "ccomp")
        subject = child_of(verb, "nsubjpass")
        if told is None or lemma not in groups["hearsay"]:
            return None
        opening = subject if subject is not None and told.dep_ == "xcomp" else None
        first = (
            sentence.token(subject.left_edge.i)
            if opening is not None and subject is not None
            else None
        )
        return make_act(sentence, verb, "assert", told, HEARSAY, opening=first)
    content = complement(verb, "ccomp")
    if content is None:
        return _interposed(sentence, verb)
    gerund = content.tag_ == "VBG" and child_of(content, "aux") is None
    if _is_reporter(content) or gerund or (asks(content) and content.i > verb.i):
        return None
    if content.pos_ not in ("VERB", "AUX") and child_of(content, "nsubj") is None:
        return None
    return make_act(
        sentence, verb, "assert", content, THOUGHT if lemma in groups["thinking"] else CLAUSE
    )


def _is_reporter(content: Token) -> bool:
    """Whether the content is again somebody's saying, whose words then count instead."""
    speaks = word_groups("claims")
    saying = (speaks["assert"] - speaks["thinking"]) | speaks["deny"] | speaks["accuse_with_ground"]
    if content.lemma_.lower() not in saying or child_of(content, "nsubj") is None:
        return False
    if any(child.dep_ in ("aux", "neg") and child.tag_ == "MD" for child in content.children):
        return False
    return any(child.dep_ in ("ccomp", "dobj", "prep") for child in content.children)


def _interposed(sentence: Sentence, verb: Token) -> Act | None:
    """ "The talks, he said, have failed": the clause around the verb is what was said."""
    if verb.dep_ != "parataxis" or child_of(verb, "nsubj") is None:
        return None
    content = verb.head
    if content.pos_ not in ("VERB", "AUX") or abs(content.i - verb.i) > 40:
        return None
    return make_act(sentence, verb, "assert", content, CLAUSE - 0.1)


def _expressed(sentence: Sentence, verb: Token) -> Act | None:
    """Express, voice, convey with the noun of an attitude."""
    attitude = child_of(verb, "dobj")
    if attitude is None or is_passive(verb):
        return None
    groups = word_groups("claims")
    for stance in ("promise", "accuse", "praise", "assert", "deny"):
        if attitude.lemma_.lower() in groups[f"attitude_{stance}"]:
            return make_act(sentence, verb, stance, attitude, LABEL)
    return None


def _labelled(sentence: Sentence, verb: Token) -> Act | None:
    """Label, call, describe: what is called, and what it is called."""
    named = child_of(verb, "oprd") or object_after(verb, "as")
    things = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubj") and c.i > verb.i]
    if named is None and len(things) > 1:
        named = things[-1]
    if named is None:
        named = next((c for c in verb.children if c.dep_ == "ccomp" and c.i > verb.i), None)
        if (
            named is None
            or named.pos_ not in ("NOUN", "ADJ", "PROPN")
            or child_of(named, "nsubj") is None
        ):
            return None
        return make_act(sentence, verb, _judged_as(named), named, LABEL)
    if not things or is_passive(verb):
        return None
    opening = sentence.token(things[0].left_edge.i)
    if opening.i >= named.i:
        return None
    targets = targets_of(sentence, things[0])
    return make_act(sentence, verb, _judged_as(named), named, LABEL, targets, opening=opening)


def _judged_as(named: Token) -> str:
    """Whether what something is called blames somebody: "called the sale a provocation"."""
    wrongs = word_groups("claims")["wrongs"]
    return "accuse" if _names_a(named, wrongs) else "assert"


def _names_a(named: Token, words: frozenset[str]) -> bool:
    """Whether a phrase is, or is qualified by, one of the words."""
    told = (named, *(child for child in named.children if child.dep_ in ("amod", "conj")))
    return any(token.lemma_.lower() in words or token.lower_ in words for token in told)


def _spoken_of(sentence: Sentence, verb: Token) -> Act | None:
    """ "Speaks of betrayal", "spoke of a stab in the back"."""
    thing = object_after(verb, "of")
    if thing is None or is_passive(verb) or not _names_a(thing, word_groups("claims")["wrongs"]):
        return None
    return make_act(sentence, verb, "accuse", thing, LABEL)


def _responsibility(sentence: Sentence, verb: Token) -> Act | None:
    thing = child_of(verb, "dobj")
    if (
        verb.lemma_ != "claim"
        or thing is None
        or thing.lemma_ != "responsibility"
        or is_passive(verb)
    ):
        return None
    return make_act(sentence, verb, "assert", thing, OBJECT)


# -- verbs with a stance of their own --------------------------------------------------------


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
            _labelled(sentence, verb) if lemma == "call" else None
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
    "deny": _denied,
    "accuse": _accused,
    "promise": _promised,
    "demand": _demanded,
    "threaten": _threatened,
    "praise": _praised,
}


# -- nouns of saying -------------------------------------------------------------------------


def said_in_noun(sentence: Sentence, noun: Token) -> Act | None:
    """ "Togo's denial that it had sent arms": the owner says what the noun is about."""
    owner, content = child_of(noun, "poss"), complement(noun, "acl", "ccomp")
    if owner is None or content is None or content.i < noun.i:
        return None
    if content.tag_ in ("VBN", "VBG") and child_of(content, "aux") is None:
        return None  # "Mali's claim filed in June"
    stances = {"denial": "deny", "accusation": "accuse", "allegation": "accuse", "charge": "accuse",
               "promise": "promise", "pledge": "promise", "vow": "promise", "demand": "demand",
               "threat": "threaten"}  # fmt: skip
    act = make_act(sentence, noun, stances.get(noun.lemma_, "assert"), content, LABEL)
    return replace(act, verb=owner)


# -- according to ----------------------------------------------------------------------------


def according_to(sentence: Sentence, token: Token) -> Act | None:
    """The clause beside "according to X"; the act's verb is X itself."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    source = child_of(to, "pobj") if to is not None else None
    if to is None or source is None:
        return None
    doc = sentence.span.doc
    phrase = {t.i for t in token.subtree}
    first, last = sentence.span.start, sentence.span.end - 1
    if min(phrase) <= first + 2:
        first = max(phrase) + 1
    else:
        last = min(phrase) - 1
    while first < last and (doc[first].is_punct or doc[first].is_space):
        first += 1
    while last > first and (doc[last].is_punct or doc[last].is_space):
        last -= 1
    if last - first < 2:
        return None
    start, end = shortened(sentence, *sentence.place(doc[first], doc[last]))
    return Act(source, "assert", start, end, ACCORDING, None)
