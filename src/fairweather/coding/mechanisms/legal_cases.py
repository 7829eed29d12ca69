"""Cases before courts and prosecutors: who is accused by whom, how far it has come.

One case a document: the sentences about charges, warrants, trials and verdicts are put
together, with the state whose court it is, and the crime names it. What is requested of a
court has not happened; an accusation counts only from an authority, or beside another stage.
"""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.attached_dates import date_of
from fairweather.coding.grammar.phrases import (
    actors_in_phrase,
    agent_of,
    is_passive,
    prepositional,
    principals,
    subject_of,
)
from fairweather.coding.grammar.sentence import Clause, Mention, Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    NAMED,
    REAL,
    Finding,
    clause_quote,
    is_state,
    label,
)
from fairweather.records import Stage
from fairweather.vocabulary.gazetteer import Organisation, load_gazetteer
from fairweather.vocabulary.lexicon import tables, word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


NEEDS_ACCUSED = frozenset({"accused", "investigated", "charged", "convicted", "acquitted"})
"""Stages that are none without somebody against whom, or for whom, they are taken."""


@dataclass(frozen=True, slots=True)
class _Charge:
    """One stage told in one clause."""

    stage: Stage
    accused: tuple[str, ...]
    court: tuple[str, ...]
    by_authority: bool


@functools.cache
def _stages() -> dict[str, str]:
    """Verb, with its object where that matters -> stage of a case."""
    return {
        written: table["stage"]
        for table in tables("legal").values()
        if "stage" in table
        for word in table["words"]
        for written in ([f"{word} {thing}" for thing in table.get("objects", ())] or [word])
    }


def legal_cases(reading: Reading) -> Iterator[Finding]:
    """The case that a document tells of, if any."""
    charges = []
    for sentence in reading.sentences:
        words = {token.lemma_.lower() for token in sentence.span}
        if words & word_groups("legal")["case_words"]:
            charges += list(_charges(reading, sentence))
    proper = [
        charge for charge in charges if charge.stage.stage != "accused" or charge.by_authority
    ]
    if not any(_is_a_case(charge) for charge in proper):
        return
    courts = Counter(actor for charge in proper for actor in charge.court)
    accused = Counter(actor for charge in proper for actor in charge.accused)
    if not courts or not accused:
        return
    court = courts.most_common(1)[0][0]
    members = [(court, "court")]
    members += [(actor, "accused") for actor in accused if actor != court]
    quotes = [charge.stage.quotes[0] for charge in proper]
    yield Finding(
        "legal_process",
        court,
        _name(reading, court, members[1:]),
        tuple(members),
        quotes[0],
        NAMED,
        stages=tuple(
            replace(c.stage, by=c.stage.by or ((court,) if c.by_authority else ())) for c in proper
        ),
        status="factual",
    )


def _is_a_case(charge: _Charge) -> bool:
    """Whether a stage alone makes a case: a charge does, an inquiry only of an authority."""
    if charge.stage.stage == "investigated":
        return charge.by_authority and bool(charge.court)
    return charge.stage.stage != "accused"


def _charges(reading: Reading, sentence: Sentence) -> Iterator[_Charge]:
    for clause in sentence.clauses:
        charge = _charge(reading, sentence, clause)
        if charge:
            yield charge


def _charge(reading: Reading, sentence: Sentence, clause: Clause) -> _Charge | None:
    head = sentence.token(clause.head)
    if head.pos_ != "VERB" or clause.status not in REAL:
        return None
    stage = _stage(head)
    if stage is None:
        return None
    doer = _doer(sentence, clause, head)
    court = _whose_court(reading, sentence, doer)
    accused = [m for m in _accused(reading, sentence, head, stage) if m.principal not in court]
    accused = accused or list(_meant(reading, sentence, head))
    if not accused and stage in NEEDS_ACCUSED:
        return None
    step = Stage(stage, court, date_of(sentence, head), (clause_quote(sentence, head),))
    return _Charge(step, principals(tuple(accused)), court, _is_authority(doer))


def _stage(head: Token) -> str | None:
    stages, lemma = _stages(), head.lemma_.lower()
    for child in head.children:
        if child.dep_ in ("dobj", "nsubjpass") or (child.dep_ == "prep" and child.lower_ == "to"):
            words = [child, *child.children] if child.dep_ == "prep" else [child]
            for word in words:
                if f"{lemma} {word.lemma_.lower()}" in stages:
                    return stages[f"{lemma} {word.lemma_.lower()}"]
            if child.lemma_.lower() in word_groups("legal")["not_legal"]:
                return None
    if head.dep_ == "acl" and f"{lemma} {head.head.lemma_.lower()}" in stages:
        return stages[f"{lemma} {head.head.lemma_.lower()}"]  # "warrants issued by"
    return stages.get(lemma)


def _doer(sentence: Sentence, clause: Clause, head: Token) -> Token | None:
    if is_passive(head):
        return agent_of(head)
    return subject_of(sentence, clause)


def _is_authority(doer: Token | None) -> bool:
    if doer is None:
        return False
    return any(token.lower_ in word_groups("legal")["authorities"] for token in doer.subtree)


def _whose_court(reading: Reading, sentence: Sentence, doer: Token | None) -> tuple[str, ...]:
    """The state whose prosecutor or court acts; the court itself where it is no state's."""
    if doer is None:
        return ()
    found = principals(actors_in_phrase(reading, sentence, doer))
    inside = {token.i for token in doer.subtree}
    placed = [m.principal for m in sentence.mentions if m.end - 1 in inside]
    every = list(dict.fromkeys((*found, *placed)))
    states = [actor for actor in every if is_state(actor)]
    if states or not _is_authority(doer):
        return tuple(states[:1])
    return tuple(actor for actor in every if _is_body(actor))[:1]


def _is_body(actor: str) -> bool:
    return isinstance(load_gazetteer().actors.get(actor), Organisation)


def _accused(reading: Reading, sentence: Sentence, head: Token, stage: str) -> Iterator[Mention]:
    """Whom the step is taken against: the verb's object, or those its noun names."""
    objects = [c for c in head.children if c.dep_ in ("dobj", "nsubjpass", "dative")]
    if stage in ("accused", "charged", "convicted"):
        yield from _also_named(sentence, head, objects)
    words = ("against", "for") if stage == "warrant" else ("against",)
    against = [t for place in (head, *objects) for t in prepositional(place, *words)]
    for word in (*objects, *against):
        yield from actors_in_phrase(reading, sentence, word)
        inside = {token.i for token in word.subtree}
        for mention in sentence.mentions:
            last = sentence.token(mention.end - 1)
            describes = last.dep_ in ("amod", "compound", "nmod")
            if describes and not is_state(mention.principal):
                continue  # "an Interpol notice", "the party leader"
            if mention.end - 1 in inside and last.dep_ in (
                "amod",
                "compound",
                "pobj",
                "poss",
                "conj",
                "nmod",
                "appos",
            ):
                if last.dep_ == "pobj" and last.head.lower_ in ("in", "at", "by"):
                    continue
                yield mention


def _meant(reading: Reading, sentence: Sentence, head: Token) -> Iterator[Mention]:
    """Whom "charged him" means: the only person that the sentence before names."""
    pronouns = ("him", "her", "he", "she")
    if not any(c.lower_ in pronouns and c.dep_ in ("dobj", "nsubjpass") for c in head.children):
        return
    for earlier in reading.before(sentence):
        persons = {m.actor: m for m in earlier.mentions if _is_person(reading, m)}
        if len(persons) == 1:
            yield from persons.values()
        return


def _is_person(reading: Reading, mention: Mention) -> bool:
    return any(actor.id == mention.actor and actor.kind == "person" for actor in reading.actors)


def _also_named(sentence: Sentence, head: Token, objects: list[Token]) -> Iterator[Mention]:
    """Further accused after the first: "charged A for ordering it and B for doing it"."""
    clause = sentence.clause_of(head.i)
    if not objects or clause is None:
        return
    for mention in sentence.mentions:
        last = sentence.token(mention.end - 1)
        further = last.i > objects[0].i and last.dep_ in ("conj", "dobj", "npadvmod", "dep")
        if further and last.doc[mention.start - 1].lower_ == "and":
            yield mention


def _name(reading: Reading, court: str, accused: list[tuple[str, str]]) -> str:
    """The crime that the document names most: "the harbour bombing case"."""
    crimes = word_groups("legal")["crimes"]
    names: Counter[str] = Counter()
    for sentence in reading.sentences:
        for token in sentence.span:
            if token.lemma_.lower() not in crimes:
                continue
            words = [
                c
                for c in token.children
                if c.dep_ in ("compound", "amod", "nmod")
                and c.text[:1].isupper()
                and c.i < token.i
                and sentence.mention_at(c.i) is None
            ]
            if words:
                names[f"{' '.join(c.text for c in words)} {token.lemma_.lower()}"] += 1
    best = names.most_common(1)
    if best:
        return f"{best[0][0]} case"
    whose = f" of {label(accused[0][0])}" if accused else ""
    return f"case{whose} before the courts of {label(court)}"
