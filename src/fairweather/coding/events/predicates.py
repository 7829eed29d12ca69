"""Predicates: the words of a sentence that name an act, with its class and status.

The governor decides first. A verb that refuses, promises, threatens or asks takes the act
in its infinitive or object as what is refused, promised, threatened or asked, and the act
itself is then no predicate of its own: nobody may take it for done. A verb that adds little
("launch", "hold") lends its subject to the act that its object names; one that ends the act
turns it round, so that ending aid is a sanction and ending a siege a concession.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.events.companions import (
    companions_of,
    direct_companions,
    is_partitive,
    noun_pattern,
)
from fairweather.coding.events.lexicon import (
    Group,
    Pattern,
    event_lexicon,
    is_cooperative,
    matched,
    quad_of,
)
from fairweather.coding.grammar.clauses import status_of_noun
from fairweather.coding.grammar.sentence import Clause, Sentence
from fairweather.coding.grammar.setting import STRENGTH
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

TEAMS = frozenset({"GPE", "NORP", "ORG"})
_SCORE = re.compile(r"\d{1,3}[-–:]\d{1,3}")
OPINION = 0.7
"""To agree that something is so is seldom an act between two."""
WEIGHT_OF_NOUN = 0.9
"""An act in a noun is less surely an event than one in a verb."""


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that names an act.

    `token` is the word; `carrier` the verb whose subject does it, where the word is a noun
    under a verb that lends one; `inner` the verb or noun of the act that is refused,
    promised or asked, where the target may stand too.
    """

    token: Token
    event_class: str
    cameo: str
    group: Group
    status: str
    weight: float
    carrier: Token | None = None
    inner: Token | None = None
    inner_group: Group | None = None
    turned: bool = False
    """Whether the carrier turned the noun's act into another: its doer is the carrier's."""
    used: frozenset[str] = frozenset()
    """Companions that the pattern has used up; they are no target."""

    @property
    def standing(self) -> str:
        """Where the act stands: `main`, `beside` the main verb, or `embedded` further down.

        The main verb's complement counts as main: a saying tells what is said.
        """
        verb = self.carrier if self.carrier is not None else self.token
        if verb.dep_ == "conj" or (verb.dep_ == "nsubj" and verb.head.dep_ == "ROOT"):
            return "beside"
        while verb.dep_ == "ccomp" and verb.head.i != verb.i:
            verb = verb.head
        return "main" if verb.dep_ == "ROOT" else "embedded"

    @property
    def is_noun(self) -> bool:
        """Whether a noun names the act."""
        return bool(self.token.pos_ not in ("VERB", "AUX"))


def predicates(sentence: Sentence) -> Iterator[Predicate]:
    """The predicates of a sentence, verbs before the nouns they leave over."""
    taken: set[int] = set()
    for token in sentence.span:
        if token.pos_ in ("VERB", "AUX") and token.dep_ != "amod" and token.i not in taken:
            yield from _of_verb(sentence, token, taken)
    for token in sentence.span:
        if token.pos_ == "NOUN" and token.i not in taken:
            yield from _of_noun(sentence, token, taken)


# -- verbs ---------------------------------------------------------------------------------


def _of_verb(sentence: Sentence, verb: Token, taken: set[int]) -> Iterator[Predicate]:
    lexicon = event_lexicon()
    lemma, company = verb.lemma_.lower(), companions_of(verb)
    if _content_of_noun(verb):
        return
    pattern = matched(lexicon.verbs, lemma, company, direct_companions(verb))
    if is_won_in_play(sentence, verb):
        taken.add(verb.i)
        return
    if pattern and not pattern.group.event_class:
        taken |= {verb.i, *_inside(verb, pattern)}
        return
    found = _governing(sentence, verb, company, pattern, taken)
    if found is None and (pattern is None or len(pattern.companions) < 2):
        found = _carrying(sentence, verb, company, pattern, taken)
    if found is None and pattern is not None:
        taken |= _inside(verb, pattern)
        found = _plain(sentence, verb, pattern)
    if found is not None:
        taken.add(verb.i)
        yield found


def is_won_in_play(sentence: Sentence, verb: Token) -> bool:
    """Whether a word of war tells of sport: two named sides, and a match or a score beside them.

    "Peru beat Chile in the final"; but police who beat fans after a match did beat them.
    """
    words = word_groups("sport")
    if verb.lemma_.lower() not in words["contests"]:
        return False
    beaten = [c for c in verb.children if c.dep_ in ("dobj", "nsubjpass", "dative")]
    if not any(c.ent_type_ in TEAMS or c.pos_ == "PROPN" for c in beaten):
        return False
    return any(
        (token.lower_ in words["setting"] and token.pos_ in ("NOUN", "PROPN"))
        or _SCORE.fullmatch(token.text)
        for token in sentence.span
    )


def _content_of_noun(verb: Token) -> bool:
    """Whether the verb only says what a noun refuses, promises, threatens or asks."""
    if verb.dep_ != "acl" or verb.tag_ != "VB":
        return False
    act = noun_pattern(verb.head)
    return act is not None and act.group.event_class in ("REJECT", "AGREE", "THREATEN", "REQUEST")


def _inside(verb: Token, pattern: Pattern) -> set[int]:
    """The nouns and verbs that the pattern has used up."""
    return {
        token.i
        for token in verb.subtree
        if token.lemma_.lower() in pattern.companions and token.pos_ in ("NOUN", "VERB")
    }


def _plain(sentence: Sentence, verb: Token, pattern: Pattern) -> Predicate:
    group = pattern.group
    clause = sentence.clause_of(verb.i)
    status = clause.status if clause else "factual"
    event_class, cameo = group.event_class, group.cameo
    if clause and clause.head == verb.i and _will_not(verb, clause) and is_cooperative(event_class):
        # "Will not sign" is a refusal made; "did not sign" only an act that was not done.
        event_class, cameo, status = "REJECT", "120", _status_of_saying(sentence, clause)
    sure = min(1.0, group.weight + 0.05 * len(pattern.companions))
    if group.event_class == "AGREE" and _thinks_so_too(verb):
        sure *= OPINION
    return Predicate(verb, event_class, cameo, group, status, sure, used=pattern.companions)


def _thinks_so_too(verb: Token) -> bool:
    """Whether "agree that" shares an opinion and promises nothing."""
    return any(
        child.dep_ == "ccomp" and not any(c.tag_ == "TO" for c in child.children)
        for child in verb.children
    )


def _will_not(verb: Token, clause: Clause) -> bool:
    return clause.negated and any(
        child.tag_ == "MD"
        and (child.lower_ in ("will", "wo") or (child.lower_ == "would" and verb.dep_ == "ccomp"))
        for child in verb.children
    )


def _status_of_saying(sentence: Sentence, clause: Clause) -> str:
    """The status that a clause has from those above it, its own negation left out."""
    above = next((c for c in sentence.clauses if c.head == clause.governor), None)
    if above is None or above.status == "factual":
        told = "factual" if above is None else "claimed"
    else:
        told = above.status
    return max(told, clause.affirmed, key=STRENGTH.index)


def _governing(
    sentence: Sentence,
    verb: Token,
    company: frozenset[str],
    pattern: Pattern | None,
    taken: set[int],
) -> Predicate | None:
    """What a verb that governs an infinitive makes of it, or None."""
    lexicon, lemma = event_lexicon(), verb.lemma_.lower()
    manners = lexicon.manners
    state = _state_of_mind(verb) if lemma == "be" else None
    inner = _infinitive(verb if state is None else state)
    if inner is None:
        return None
    inner_pattern = matched(lexicon.verbs, inner.lemma_.lower(), companions_of(inner))
    names_act = inner_pattern is not None and bool(inner_pattern.group.event_class)
    hostile = bool(
        inner_pattern
        and inner_pattern.group.event_class
        and not is_cooperative(inner_pattern.group.event_class)
    )
    if pattern and (len(pattern.companions) > 1 or pattern.group.event_class == "COERCE"):
        return None
    if matched(manners["threatening"], lemma, company) and (hostile or lemma == "threaten"):
        event_class, cameo, group = "THREATEN", "130", "threaten_warn"
    elif state is not None or matched(manners["promising"], lemma, company):
        event_class, cameo, group = "AGREE", "030", "agree_promise"
    elif matched(manners["refusing"], lemma, company):
        if lemma == "fail" and not names_act:
            return None
        event_class, cameo, group = "REJECT", "120", "reject_refuse"
    elif matched(manners["directing"], lemma, company):
        demand = lemma in manners["ordering"]
        name = "request_demand" if demand else "request_appeal"
        event_class, cameo, group = "REQUEST", lexicon.groups[name].cameo, name
    else:
        return None
    taken |= {inner.i, *(token.i for token in inner.subtree if token.pos_ in ("VERB", "NOUN"))}
    clause = sentence.clause_of(verb.i)
    status = clause.status if clause else "factual"
    weight = lexicon.groups[group].weight
    if names_act and group != "request_appeal":
        weight += 0.1
    return Predicate(
        verb,
        event_class,
        cameo,
        lexicon.groups[group],
        status,
        min(1.0, weight),
        inner=inner,
        inner_group=inner_pattern.group if names_act and inner_pattern else None,
    )


def _state_of_mind(verb: Token) -> Token | None:
    """The adjective by which "is ready to" promises."""
    willing = event_lexicon().manners["willing"]
    return next(
        (
            c
            for c in verb.children
            if c.dep_ in ("acomp", "attr", "oprd") and c.lemma_.lower() in willing
        ),
        None,
    )


def _infinitive(verb: Token) -> Token | None:
    """The verb that stands under another as its infinitive or gerund."""
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.pos_ in ("VERB", "AUX"):
            to = any(word.tag_ == "TO" for word in child.children)
            if to or (child.dep_ == "xcomp" and child.tag_ in ("VB", "VBG")):
                return child
        elif child.dep_ == "prep" and child.lower_ in ("to", "from", "at"):
            for inner in child.children:
                if inner.dep_ == "pcomp" and inner.pos_ == "VERB":
                    return inner
    return None


def _carrying(
    sentence: Sentence,
    verb: Token,
    company: frozenset[str],
    pattern: Pattern | None,
    taken: set[int],
) -> Predicate | None:
    """What a verb makes of an act that its object names, or None."""
    lemma = verb.lemma_.lower()
    for noun in _objects(verb):
        act = noun_pattern(noun)
        if act is None or not act.group.event_class:
            continue
        if pattern is not None and noun.lemma_.lower() in pattern.companions:
            return None  # the lexicon knows the two together
        made = _made_of(lemma, company, act.group, specific=pattern)
        if made is None:
            continue
        event_class, cameo, group = made
        taken |= {noun.i, *(c.i for c in noun.children if c.lemma_.lower() in act.companions)}
        own = event_class == act.group.event_class
        clause = sentence.clause_of(verb.i)
        status = status_of_noun(noun, sentence.clauses)[0] if own else ""
        status = status or (clause.status if clause else "factual")
        return Predicate(
            noun,
            event_class,
            cameo,
            group,
            status,
            group.weight,
            carrier=verb,
            inner=noun,
            turned=not own,
        )
    return None


def _objects(verb: Token) -> Iterator[Token]:
    """Nouns that a verb acts on: objects, passive subjects, objects of its particles."""
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass", "attr"):
            yield child
            for inner in child.children:
                if inner.dep_ == "prep" and inner.lower_ == "of":
                    if is_partitive(child):
                        yield from (c for c in inner.children if c.dep_ == "pobj")
                elif inner.dep_ == "conj":
                    yield inner
        elif child.dep_ == "prep" and child.lower_ in ("for", "in", "on", "to", "of", "out"):
            yield from (c for c in child.children if c.dep_ == "pobj")


def _made_of(
    lemma: str, company: frozenset[str], act: Group, specific: Pattern | None
) -> tuple[str, str, Group] | None:
    """Class, code and group of an act under a verb; None where the verb has no say."""
    lexicon = event_lexicon()
    manners = lexicon.manners
    if matched(manners["stopping"], lemma, company):
        if is_cooperative(act.event_class):
            return "SANCTION", "160", lexicon.groups["sanction_reduce"]
        material = quad_of(act.event_class).startswith("material")
        name = "retreat_withdraw" if material and act.event_class == "ASSAULT" else "concede_lift"
        return lexicon.groups[name].event_class, lexicon.groups[name].cameo, lexicon.groups[name]
    if matched(manners["asking"], lemma, company):
        name = "request_demand" if lemma == "demand" else "request_appeal"
        return "REQUEST", lexicon.groups[name].cameo, lexicon.groups[name]
    if matched(manners["refusing"], lemma, company):
        if act.event_class == "ACCUSE" or (lemma == "deny" and not is_cooperative(act.event_class)):
            return None  # to deny an attack or an accusation is to refuse nothing
        return "REJECT", "120", lexicon.groups["reject_refuse"]
    if matched(manners["threatening"], lemma, company):
        return "THREATEN", "130", lexicon.groups["threaten_warn"]
    if matched(manners["backing"], lemma, company) and is_cooperative(act.event_class):
        return None
    if matched(manners["promising"], lemma, company):
        return "AGREE", "030", lexicon.groups["agree_promise"]
    if matched(manners["light"], lemma, company) and not (specific and specific.companions):
        return act.event_class, act.cameo, act
    return None


# -- nouns ---------------------------------------------------------------------------------


def _of_noun(sentence: Sentence, noun: Token, taken: set[int]) -> Iterator[Predicate]:
    """An act that stands in a noun which no verb has used up."""
    if noun.dep_ in ("compound", "nmod"):
        return
    pattern = noun_pattern(noun)
    if pattern is None or not pattern.group.event_class:
        return
    taken.add(noun.i)
    group = pattern.group
    status, _ = status_of_noun(noun, sentence.clauses)
    inner = next((c for c in noun.children if c.dep_ == "acl" and _content_of_noun(c)), None)
    yield Predicate(
        noun,
        group.event_class,
        group.cameo,
        group,
        status,
        group.weight * WEIGHT_OF_NOUN,
        inner=inner,
    )
