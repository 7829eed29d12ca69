"""Blocs by their names: those of the gazetteer, and those that a text sees founded."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import actors_in_phrase, subject_of
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    BY_SUBJECT,
    LONGEST,
    NAMED,
    REAL,
    Finding,
    acting,
    capital_name,
    clause_quote,
    is_state,
    label,
)
from fairweather.vocabulary.gazetteer import load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def known_blocs(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Blocs of the gazetteer of which the sentence says who is in them or what they are."""
    gazetteer = load_gazetteer()
    telling = [t for t in sentence.span if t.lower_ in word_groups("mechanisms")["membership"]]
    if not telling:
        return
    day = reading.document.published.until or reading.document.published.since or ""
    for mention in sentence.mentions:
        actor = gazetteer.actors.get(mention.actor)
        if getattr(actor, "kind", "") != "bloc":
            continue
        head = sentence.token(mention.end - 1)
        clause = sentence.clause_of(head.i)
        if clause is None or clause.status not in REAL or not _told_of(head, mention, telling):
            continue
        members = gazetteer.members_on(mention.actor, day) if day else ()
        named = tuple(
            m.principal
            for m in sentence.mentions
            if m.principal != mention.actor and m.principal in members
        )
        everyone = tuple(dict.fromkeys((*named, *members)))
        yield Finding(
            "bloc",
            mention.actor,
            label(mention.actor),
            tuple((member, "member") for member in everyone),
            sentence.quote(sentence.start, min(sentence.end, sentence.start + LONGEST)),
            NAMED if named else BY_SUBJECT,
            status=clause.status,
        )


def _told_of(head: Token, mention: Mention, telling: list[Token]) -> bool:
    """Whether a word of membership is said of this bloc: near it, or of the same verb.

    "European Union member states" only uses the name.
    """
    for word in telling:
        if word.i == mention.end:
            continue
        near = word.head.i == head.i or head.head.i == word.i or abs(word.i - head.i) <= 5
        if near or word.head.i == head.head.i or head.i in {t.i for t in word.subtree}:
            return True
    return False


def founded_blocs(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """ "A, B and C formed the Lake Confederation": states that found what has a bloc's name."""
    groups = word_groups("mechanisms")
    for clause in sentence.clauses:
        head = sentence.token(clause.head)
        if head.lemma_ not in groups["founding"] or clause.status not in REAL or clause.negated:
            continue
        subject = subject_of(sentence, clause)
        named = acting(actors_in_phrase(reading, sentence, subject)) if subject is not None else ()
        founders = tuple(actor for actor in named if is_state(actor))
        for thing in head.children:
            name = capital_name(sentence, thing) if thing.dep_ == "dobj" else ""
            if len(founders) > 1 and name and thing.lemma_.lower() in groups["bloc_nouns"]:
                yield Finding(
                    "bloc",
                    name.lower(),
                    name,
                    tuple((actor, "member") for actor in founders),
                    clause_quote(sentence, head),
                    NAMED,
                    status=clause.status,
                )
