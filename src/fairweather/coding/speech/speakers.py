"""Who speaks: the actor behind a subject, carried over where the text goes on quoting.

A named actor speaks for itself; "officials" and "experts" speak unnamed; "the group", "it"
and "the statement" stand for whoever spoke last, within three sentences, and cost
confidence. Nobody is invented: a subject that cannot speak gives no speaker.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from fairweather.coding.grammar.descriptions import described, means_both
from fairweather.coding.grammar.naming import kind_of
from fairweather.coding.grammar.phrases import PRONOUNS, actors_in_phrase
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.records.types import AUTHOR, UNNAMED
from fairweather.vocabulary.gazetteer import load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

MEMORY = 3
"""Sentences over which a speaker is carried."""

CARRIED = 0.15
UNNAMED_COST = 0.1
FIRST_PERSON = frozenset({"i", "we"})
DEFINITE = frozenset({"the", "its", "his", "her", "their", "this", "that"})
COMMON_WORDS = frozenset({"former", "same", "new", "top", "senior", "retired"})
CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp"})


@functools.cache
def speaking_nouns() -> frozenset[str]:
    """Nouns through which a state, body or group speaks."""
    naming, claims = word_groups("naming"), word_groups("claims")
    return naming["government"] | naming["forces"] | claims["voices"]


@dataclass(frozen=True, slots=True)
class Speaker:
    """An actor id, `author` or `unnamed`; whom it acts for; what its naming costs."""

    actor: str
    principal: str
    cost: float = 0.0


NOBODY = Speaker(UNNAMED, UNNAMED, UNNAMED_COST)
WRITER = Speaker(AUTHOR, AUTHOR)


def _of_a_body(sentence: Sentence, subject: Token) -> Speaker | None:
    """Experts of a body that has them: "United Nations experts", "IAEA inspectors"."""
    for child in subject.children:
        mention = sentence.mention_at(child.i) if child.dep_ in ("compound", "nmod") else None
        if mention is not None and kind_of(mention.actor, load_gazetteer()) == "organisation":
            return _speaking(mention)
    return None


@dataclass(slots=True)
class Speakers:
    """Finds speakers through one reading, remembering who spoke last and of which text."""

    reading: Reading
    last: Speaker | None = None
    spoke: int = -99
    texts: dict[str, Speaker] = field(default_factory=dict)
    offices: set[str] = field(default_factory=set)
    """Words of the sentences in which the last speaker spoke, where his office may stand."""

    def remember(self, speaker: Speaker, sentence: Sentence) -> None:
        """Keep a speaker for "it continued" and "the statement read"."""
        words = {token.lower_ for token in sentence.span}
        known = self.last is not None and speaker.actor == self.last.actor
        self.offices = self.offices | words if known else words
        if speaker.actor not in (UNNAMED, AUTHOR):
            self.last, self.spoke = speaker, sentence.number
        elif speaker.actor == UNNAMED:
            self.last, self.spoke = NOBODY, sentence.number

    def named(self, sentence: Sentence, subject: Token) -> Speaker | None:
        """Who speaks through a subject; None where nobody can."""
        lemma = subject.lemma_.lower()
        if subject.lower_ in FIRST_PERSON:
            return WRITER
        if subject.lower_ == "who" and subject.head.dep_ == "relcl":
            return self.named(sentence, subject.head.head)
        beside = _abbreviated(sentence, subject) or _person_beside(sentence, subject)
        if beside:
            return _speaking(beside)
        if lemma in word_groups("claims")["unnamed"] and is_located(subject, lemma):
            return _of_a_body(sentence, subject) or NOBODY
        mentions = actors_in_phrase(self.reading, sentence, subject)
        if mentions and mentions[0].kind != "inferred":
            return _speaking(mentions[0])
        claims = word_groups("claims")
        if lemma in claims["documents"]:
            return self._text(sentence, subject)
        if subject.lower_ in PRONOUNS:
            if mentions:
                return _speaking(mentions[0], CARRIED)
            return self._carried(sentence) or self._person_before(sentence, subject)
        return self._common(sentence, subject)

    def _common(self, sentence: Sentence, subject: Token) -> Speaker | None:
        """Who speaks through a common noun: "the kingdom", "the ministry", "officials"."""
        claims, lemma = word_groups("claims"), subject.lemma_.lower()
        meant = described(self.reading, sentence, subject)
        if meant is not None:
            return Speaker(meant[0], meant[0], CARRIED)
        if lemma in speaking_nouns() or subject.lower_ in speaking_nouns():
            return self._through(sentence, subject)
        if lemma in claims["unnamed"]:
            within = mention_within(sentence, subject) if belongs(subject) else None
            return _speaking(within) if within else self._definite(sentence, subject) or NOBODY
        return None

    def together(self, sentence: Sentence, subject: Token) -> tuple[Speaker, ...]:
        """Everybody who speaks through a subject: "Oslo and Helsinki said", "both sides"."""
        if means_both(self.reading, subject) or self._they_both(sentence, subject):
            return tuple(Speaker(actor, actor, CARRIED) for actor in self.reading.focus)
        one = self.named(sentence, subject)
        mentions = actors_in_phrase(self.reading, sentence, subject)
        if len(mentions) < 2 or (one is not None and one.actor == AUTHOR):
            return (one,) if one else ()
        if one is not None and one.actor not in {m.actor for m in mentions}:
            return (one,)
        inferred = mentions[0].kind == "inferred"
        return tuple(_speaking(m, CARRIED if inferred else 0.0) for m in mentions)

    def _through(self, sentence: Sentence, subject: Token) -> Speaker | None:
        within = mention_within(sentence, subject)
        apart = subject.lemma_.lower() in word_groups("claims")["apart"]
        if within and belongs(subject) and not (apart and within.weak):
            return _speaking(within)
        if within and (apart or not belongs(subject)):
            return NOBODY  # "Chadian rebels" speak for nobody in office
        if subject.pos_ == "PROPN" and subject.text[:1].isupper():
            return None  # a name that no table has, and no reason to think it the last speaker
        found = self._definite(sentence, subject)
        if found in (None, NOBODY) and subject.tag_ in ("NN", "NNP"):
            found = _in_office(sentence, subject)
        return found or NOBODY

    def _text(self, sentence: Sentence, subject: Token) -> Speaker:
        """Whoever made a text: named with it, remembered with it, or unnamed."""
        within = mention_within(sentence, subject, agents=True)
        if within:
            speaker = _speaking(within)
            self.texts[subject.lemma_.lower()] = speaker
            return speaker
        kept = self.texts.get(subject.lemma_.lower())
        if kept:
            return Speaker(kept.actor, kept.principal, CARRIED)
        return self._definite(sentence, subject) or NOBODY

    def _definite(self, sentence: Sentence, subject: Token) -> Speaker | None:
        """Who spoke last, where "the minister" may be meant; not for "the oil minister"."""
        if any(child.lower_ in DEFINITE for child in subject.children):
            last = self._carried(sentence)
            person = last is not None and last.actor != last.principal
            other = subject.tag_ == "NNS" or self._has_other_office(subject)
            return NOBODY if person and other else last
        return None

    def _has_other_office(self, subject: Token) -> bool:
        """Whether an office is told by words that do not stand where the last person is named."""
        told = {c.lower_ for c in subject.children if c.dep_ in ("amod", "compound", "nmod")}
        return bool(told - self.offices - COMMON_WORDS)

    def _carried(self, sentence: Sentence) -> Speaker | None:
        if self.last is None or sentence.number - self.spoke > MEMORY:
            return None
        return Speaker(self.last.actor, self.last.principal, CARRIED)

    def _person_before(self, sentence: Sentence, pronoun: Token) -> Speaker | None:
        """The one person whom the nearest sentence before that names any speaks of: "she"."""
        if pronoun.lower_ not in ("he", "she"):
            return None
        people = {actor.id for actor in self.reading.actors if actor.kind == "person"}
        for distance, earlier in enumerate(self.reading.before(sentence)):
            found = {m.actor: m for m in earlier.mentions if m.actor in people}
            if distance >= MEMORY or len(found) > 1:
                return None
            if found:
                return _speaking(next(iter(found.values())), CARRIED)
        return None

    def _they_both(self, sentence: Sentence, pronoun: Token) -> bool:
        """Whether "they" are the article's two, the subject of the sentence before."""
        if pronoun.lower_ != "they":
            return False
        before = next(iter(self.reading.before(sentence)), None)
        subjects = [t for t in before.span if t.dep_ == "nsubj"] if before is not None else []
        opening = subjects[0] if subjects else None
        return opening is not None and means_both(self.reading, opening)

    def issued(self, sentence: Sentence) -> None:
        """Note whose statement a sentence speaks of: "the ministry issued a statement"."""
        documents = word_groups("claims")["documents"]
        issuing = word_groups("claims")["issuing"]
        for token in sentence.span:
            if token.pos_ != "NOUN" or token.lemma_.lower() not in documents:
                continue
            if token.dep_ == "dobj" and token.head.lemma_.lower() in issuing:
                subject = next((c for c in token.head.children if c.dep_ == "nsubj"), None)
            elif token.dep_ == "pobj" and token.head.lower_ == "in":
                subject = next((c for c in token.head.head.children if c.dep_ == "nsubj"), None)
            else:
                continue
            speaker = self.named(sentence, subject) if subject is not None else None
            if speaker and speaker.actor not in (UNNAMED, AUTHOR):
                self.texts[token.lemma_.lower()] = speaker
                self.remember(speaker, sentence)


def _in_office(sentence: Sentence, subject: Token) -> Speaker | None:
    """Whose minister speaks: of the state whose plan is told, or in whose capital.

    "Chad will send troops, the president said", "in Lima the minister said".
    """
    if subject.lemma_.lower() not in word_groups("naming")["government"]:
        return None
    planner = _planner(sentence, subject.head)
    hosts = {place.principal for place in sentence.places}
    if planner:
        return Speaker(planner, planner, CARRIED)
    if len(hosts) == 1:
        host = next(iter(hosts))
        return Speaker(host, host, CARRIED)
    return None


def _planner(sentence: Sentence, verb: Token) -> str:
    """The state that is the subject of what is said, where a plan or promise of it is told."""
    content = next((c for c in verb.children if c.dep_ == "ccomp"), None)
    content = verb.head if content is None and verb.dep_ == "parataxis" else content
    doer = next((c for c in content.children if c.dep_ == "nsubj"), None) if content else None
    if content is None or doer is None:
        return ""
    owned = doer.lemma_.lower() in word_groups("claims")["own_words"]
    if not owned and not any(c.lower_ in ("will", "would") for c in content.children):
        return ""
    named = [sentence.mention_at(t.i) for t in (doer, *doer.children)]
    states = {m.principal for m in named if m is not None and len(m.principal) == 3}
    return next(iter(states)) if len(states) == 1 else ""


def _speaking(mention: Mention, cost: float = 0.0) -> Speaker:
    return Speaker(mention.actor, mention.principal, cost)


def _abbreviated(sentence: Sentence, subject: Token) -> Mention | None:
    """The short name in brackets behind a long one: "the Delegation of ... (DAIA)"."""
    if subject.pos_ != "PROPN" or sentence.mention_at(subject.i):
        return None
    for token in subject.subtree:
        if token.dep_ == "appos" and token.text.isupper() and token.i - subject.i <= 12:
            return sentence.mention_at(token.i)
    return None


def _person_beside(sentence: Sentence, subject: Token) -> Mention | None:
    """The person whose office the subject names: "the foreign minister, Ana Silva"."""
    if subject.pos_ not in ("NOUN", "PROPN"):
        return None
    for child in subject.children:
        if child.dep_ == "appos":
            mention = sentence.mention_at(child.i)
            if mention and (mention.kind in ("person", "surname") or child.ent_type_ == "PERSON"):
                return mention
    return None


def belongs(subject: Token) -> bool:
    """Whether unnamed people are said to be somebody's: "Greek officials".

    Not "critics of Greece", nor "a diplomat in Athens".
    """
    groups, lemma = word_groups("claims"), subject.lemma_.lower()
    if lemma not in groups["unnamed"]:
        return True
    return not is_located(subject, lemma) and lemma in groups["belonging"]


def is_located(subject: Token, lemma: str) -> bool:
    """Whether a place is only where somebody is: "a diplomat in Rabat", not "officials in"."""
    if lemma in word_groups("claims")["local"]:
        return False
    return any(c.dep_ == "prep" and c.lower_ in ("in", "at") for c in subject.children)


def mention_within(sentence: Sentence, subject: Token, agents: bool = False) -> Mention | None:
    """The actor named inside a noun phrase, outside the clauses that hang on it.

    With `agents`, also whoever made the thing: "investigations conducted by the police".
    """
    waiting = [subject]
    while waiting:
        token = waiting.pop(0)
        mention = sentence.mention_at(token.i)
        if mention and (token.i != subject.i or not mention.weak):
            return mention
        for child in token.children:
            made = agents and child.dep_ == "acl" and any(c.dep_ == "agent" for c in child.children)
            if child.dep_ in CLAUSES and not made:
                continue
            if child.dep_ == "prep" and child.lower_ not in ("of", "for", "from", "in", "at", "by"):
                continue
            waiting.append(child)
    return None
