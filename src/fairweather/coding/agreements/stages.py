"""What a sentence says befell an agreement: signed, promised, in force, withdrawn from.

The verb or noun that governs the mention names the stage, and the status of its clause
tempers it: who promises to sign has promised, who delays signing has delayed, what will be
signed is announced, what might be signed is nothing. `confidence` of a step is a rank set
by hand: 1 stated as fact, 0.8 reported or claimed, 0.6 implied (they met to sign it).
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.agreements.mentions import AgreementMention
from fairweather.coding.agreements.parties import parties_among, parties_in
from fairweather.coding.agreements.uses import Use, uses
from fairweather.coding.grammar.attached_dates import SUBJECTS, date_of
from fairweather.coding.grammar.clauses import status_of_noun
from fairweather.coding.grammar.phrases import agent_of, is_passive, subject_of
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.records import UNDATED, Quote, When
from fairweather.vocabulary.lexicon import tables, word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

LONGEST = 350
"""Code points of a step's quote."""

SAID = 0.8
IMPLIED = 0.6
SIGNING = frozenset({"signed", "initialled", "ratified"})


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of an agreement as one clause tells it.

    `replacing` marks the later of two agreements; `binds` a step whose takers are parties.
    """

    stage: str
    by: tuple[str, ...]
    date: When
    quote: Quote
    confidence: float
    replacing: bool = False
    binds: bool = False


@functools.cache
def _stages() -> dict[tuple[str, str], str]:
    """(role, verb with its company) -> stage."""
    return {
        (table["role"], word): table["stage"]
        for table in tables("agreements").values()
        if "stage" in table
        for word in table["words"]
    }


def steps(reading: Reading, mention: AgreementMention) -> Iterator[Step]:
    """What the sentence of a mention says befell the agreement."""
    seen: set[tuple[int, str]] = set()
    # A relative clause may hang on any word of a long name.
    for use in (*uses(mention.topmost), *uses(mention.token)):
        if (use.word.i, use.role) in seen:
            continue
        seen.add((use.word.i, use.role))
        step = _step(reading, mention, use)
        if step:
            yield step


# -- what stage that is ---------------------------------------------------------------------


def _step(reading: Reading, mention: AgreementMention, use: Use) -> Step | None:
    sentence, word = mention.sentence, use.word
    stage = _stage_of(use)
    if stage is None:
        return None
    clause = sentence.clause_of(word.i)
    status, why = _status(sentence, word, clause, use)
    if _is_habit(stage, use):
        # "It lapses after five years", "it replaces the old one": told of what is to come.
        status = "planned" if stage == "replaced" else "hypothetical"
    tempered = _tempered(stage, status, why, word)
    if tempered is None:
        return None
    stage, confidence = tempered
    by = _takers(reading, sentence, use, clause)
    implied = confidence == IMPLIED and word.dep_ == "advcl"
    told = word.head if implied or _is_held(word, use) else word
    groups = word_groups("agreements")
    # "The treaty of 1990 was signed": only its making bears the date in its phrase.
    elsewhere = UNDATED if told.lemma_ in groups["signed"] else mention.date
    date = date_of(sentence, told, elsewhere, ahead=stage == "announced")
    governed = stage in ("promised", "announced", "delayed") or implied
    place = _place(sentence, mention, word, clause, _governor(word) if governed else None)
    replacing = stage == "replaced" and use.role in ("subject", "agent")
    together = word.lemma_ in groups["signed"] or word.lemma_ in groups["reached"]
    binds = stage in groups["taken_by_parties"] or together
    return Step(stage, by, date, sentence.quote(*place), confidence, replacing, binds)


def _is_held(word: Token, use: Use) -> bool:
    """Whether a noun is the subject of the verb that dates it: "talks on it began in May"."""
    return use.role == "noun" and word.dep_ in SUBJECTS and word.head.pos_ == "VERB"


def _stage_of(use: Use) -> str | None:
    word = use.word
    if use.role == "noun":
        return _stage_of_noun(use)
    if use.role == "state":
        return "in_force" if _in_force(word) else None
    done_to = _stages().get(("object", word.lemma_.lower()))
    if use.role == "agent":
        return done_to if done_to == "replaced" else None
    if use.role == "epithet":  # "a renewed accord" is no renewal
        return done_to if done_to in SIGNING or done_to == "suspended" else None
    return _stage_of_verb(use, done_to)


def _stage_of_verb(use: Use, done_to: str | None) -> str | None:
    word, stages = use.word, _stages()
    keys = list(_keys(word, use.preposition))
    for key in keys:
        stage = stages.get((use.role, key))
        if stage == "denounced" and any(child.lower_ == "as" for child in word.children):
            return None  # "denounced it as a sell-out" ends nothing
        if stage is not None:
            return stage
    if use.role == "subject":
        # "The accord, concluded in 1998, ...": a participle that the parser takes for a verb.
        participle = word.tag_ in ("VBD", "VBN") and not any(
            child.dep_ == "dobj" for child in word.children
        )
        is_acted_on = done_to in SIGNING and participle
        return done_to if done_to == "replaced" or is_acted_on else None
    if any(("parliament", key) in stages for key in keys) and _by_parliament(word):
        return "ratified"
    return None


def _keys(verb: Token, preposition: str) -> Iterator[str]:
    """The verb with its particle, preposition or object, the longest first."""
    lemma = verb.lemma_.lower()
    if preposition:
        yield f"{lemma} {preposition}"
    for child in verb.children:
        if child.dep_ == "prt":
            yield f"{lemma} {child.lower_}"
        elif child.dep_ in ("prep", "acomp") and child.lower_ in ("into", "in", "on", "out"):
            for inner in child.children:
                yield f"{lemma} {child.lower_} {inner.lemma_.lower()}"
        elif child.dep_ in ("dobj", "acomp"):
            yield f"{lemma} {child.lemma_.lower()}"
    if not preposition:
        yield lemma


def _stage_of_noun(use: Use) -> str | None:
    lemma = use.word.lemma_.lower()
    stage = _stages().get(("noun", lemma)) or _stages().get(("noun", use.word.lower_))
    if stage == "in_force" and use.word.lower_ == "entry":
        return stage if _in_force(use.word) else None
    if stage == "negotiation" and use.preposition not in ("on", "over", "about", "for", "of"):
        return None
    return stage


def _in_force(word: Token) -> bool:
    return any(
        inner.lower_ in ("force", "effect")
        for child in word.children
        if child.lower_ in ("in", "into")
        for inner in child.children
    )


def _by_parliament(verb: Token) -> bool:
    houses = word_groups("agreements")["parliaments"]
    taker = (
        agent_of(verb)
        if is_passive(verb)
        else next((c for c in verb.children if c.dep_ == "nsubj"), None)
    )
    if taker is None:
        return False
    return any(t.lower_ in houses or t.lemma_.lower() in houses for t in taker.subtree)


# -- how real it is -----------------------------------------------------------------------


def _status(sentence: Sentence, word: Token, clause: Clause | None, use: Use) -> tuple[str, str]:
    if use.role == "noun":
        return status_of_noun(word, sentence.clauses)
    if clause is None or use.role == "epithet":
        return "factual", ""
    return clause.status, clause.why


def _tempered(stage: str, status: str, why: str, word: Token) -> tuple[str, float] | None:
    """The stage that the clause's status leaves, and how sure; None where it leaves none."""
    groups = word_groups("agreements")
    if any(t.lower_ in groups["unfinished"] for t in word.children):
        return None
    if status == "factual":
        return _settled(stage, word)
    if status in ("reported", "claimed"):
        settled = _settled(stage, word)
        return (settled[0], SAID) if settled else None
    if status == "denied":
        if (
            stage in SIGNING
            and why in groups["delaying"]
            and word.dep_ in ("xcomp", "pcomp", "ccomp", "dobj")
        ):
            return "delayed", 1.0
        return None
    if status == "planned":
        return _planned(stage, word, _governor(word))
    return None


def _is_habit(stage: str, use: Use) -> bool:
    """Whether the agreement itself does it in the simple present, which tells no event."""
    if use.word.tag_ not in ("VBZ", "VBP") or use.word.pos_ != "VERB":
        return False
    lasting = word_groups("agreements")["lasting"]
    return stage == "replaced" or (use.role == "subject" and use.word.lemma_ not in lasting)


def _settled(stage: str, word: Token) -> tuple[str, float] | None:
    """A stage whose clause is factual; talks must be held, and a signing under way is not."""
    if stage == "announced" and word.lemma_ in ("announce", "unveil"):
        return stage, SAID
    if stage == "negotiation" and word.lemma_ == "discuss":
        return stage, IMPLIED
    if word.tag_ == "VBG" and stage in SIGNING and word.dep_ in ("xcomp", "pcomp", "advcl"):
        delaying = word_groups("agreements")["delaying"]
        return ("delayed", 1.0) if word.head.lemma_ in delaying else (stage, SAID)
    return stage, 1.0


def _planned(stage: str, word: Token, governor: Token | None) -> tuple[str, float] | None:
    groups = word_groups("agreements")
    promising = governor is not None and governor.lemma_.lower() in groups["promising"]
    if stage == "replaced":
        return stage, SAID
    if governor is not None and _met_to(word, governor):
        return stage, IMPLIED
    if stage in SIGNING and promising:
        return "promised", 1.0
    if governor is not None and governor.lemma_.lower() in groups["offering"]:
        return ("proposed", SAID) if stage == "signed" else None
    if stage == "signed":
        return "announced", SAID
    return None


def _met_to(word: Token, governor: Token) -> bool:
    """Whether they came together in order to sign, in the past."""
    meeting = word_groups("agreements")["meeting"]
    past = governor.tag_ == "VBD"
    return past and governor.lemma_ in meeting and word.dep_ in ("advcl", "xcomp")


def _governor(word: Token) -> Token | None:
    """The verb or noun whose infinitive or gerund this is."""
    if word.dep_ in ("xcomp", "advcl", "acl", "ccomp"):
        return word.head
    if word.dep_ == "pcomp":
        return word.head.head
    if word.dep_ == "conj" and word.head.pos_ == "VERB":
        return _governor(word.head)
    return None


# -- by whom, when, in which words ----------------------------------------------------------


def _takers(
    reading: Reading, sentence: Sentence, use: Use, clause: Clause | None
) -> tuple[str, ...]:
    """Who took the step; empty where the text does not say."""
    word = use.word
    if use.role in ("subject", "state", "agent"):
        return ()
    if use.role == "noun":
        owner = next((c for c in word.children if c.dep_ == "poss"), None)
        return parties_in(reading, sentence, owner or agent_of(word))
    own = next((c for c in word.children if c.dep_ == "nsubj"), None)
    if own is None and (is_passive(word) or use.role == "epithet"):
        return parties_in(reading, sentence, agent_of(word))
    if word.dep_ == "pcomp":
        controlled = next((c for c in word.head.head.children if c.dep_ == "dobj"), None)
        parties = parties_in(reading, sentence, controlled)
        if parties:
            return parties  # "congratulated Oslo on signing"
    subject = (
        own if own is not None else (subject_of(sentence, clause) if clause is not None else None)
    )
    if subject is not None and subject.lower_ == "they":
        return _two_before(sentence, subject)
    return parties_in(reading, sentence, subject)


def _two_before(sentence: Sentence, pronoun: Token) -> tuple[str, ...]:
    """Whom "they" means where exactly two parties were named before it in the sentence."""
    before = [m for m in sentence.mentions if m.end <= pronoun.i]
    firm = parties_among(tuple(m for m in before if not m.weak))
    every = parties_among(tuple(before))
    return firm if len(firm) == 2 else every if len(every) == 2 else ()


def _place(
    sentence: Sentence,
    mention: AgreementMention,
    word: Token,
    clause: Clause | None,
    governor: Token | None,
) -> tuple[int, int]:
    """The stretch to quote: the clause with the mention; else from the one to the other."""
    tokens = {mention.first, mention.last, mention.head, word.i}
    if governor is not None:
        subjects = [c for c in governor.children if c.dep_ in SUBJECTS]
        tokens |= {governor.i, *(c.left_edge.i for c in subjects)}
    if clause is not None:
        near = [i for i in clause.tokens if abs(i - word.i) < 30]
        tokens |= {min(near, default=word.i), max(near, default=word.i)}
    start, end = sentence.place(sentence.token(min(tokens)), sentence.token(max(tokens)))
    if end - start > LONGEST:
        low, high = min(mention.first, word.i), max(mention.last, word.i)
        start, end = sentence.place(sentence.token(low), sentence.token(high))
    text = sentence.document.text
    while start < end and not (text[start].isalnum() or text[start] in "\"'“‘("):
        start += 1
    return start, min(end, start + LONGEST + 200)
