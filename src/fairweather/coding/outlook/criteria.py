"""Criteria: a sentence that says what would make a forecast true, from typed parts.

    event: AID from RUS to IRN by 2026-12-31
    agreement stage signed between IRN and RUS by 2024-10-24

A criterion is made only where the act has a class and both sides are named; a forecast that
something will not happen has the criterion "no event: ...". Anything less honest stays empty.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import (
    actors_in_phrase,
    agent_of,
    is_passive,
    objects_of,
    prepositional,
    principals,
    subject_of,
)
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.records import When
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


@functools.cache
def _by_verb(prefix: str) -> dict[str, str]:
    """Verbs of the groups `prefix_X` -> X."""
    return {
        verb: group.removeprefix(prefix)
        for group, verbs in word_groups("predictions").items()
        if group.startswith(prefix)
        for verb in verbs
    }


def criterion(reading: Reading, sentence: Sentence, verb: Token, negated: bool, until: When) -> str:
    """The checkable sentence of a forecast act; empty where none can be made honestly."""
    clause = next((c for c in sentence.clauses if c.head == verb.i), None)
    subject = _subject(sentence, verb, clause)
    source = principals(actors_in_phrase(reading, sentence, subject)) if subject is not None else ()
    deadline = f" by {until.until}" if until.until else ""
    told = _agreement(reading, sentence, verb, source) or _event(reading, sentence, verb, source)
    return f"{'no ' if negated and told else ''}{told}{deadline}" if told else ""


def _subject(sentence: Sentence, verb: Token, clause: Clause | None) -> Token | None:
    if is_passive(verb):
        return agent_of(verb)
    return subject_of(sentence, clause) if clause else None


def _agreement(reading: Reading, sentence: Sentence, verb: Token, source: tuple[str, ...]) -> str:
    stage = _by_verb("stage_").get(verb.lemma_.lower())
    thing = next(
        (t for t in _things(verb) if t.lemma_.lower() in word_groups("predictions")["agreements"]),
        None,
    )
    if (
        stage is None
        or thing is None
        or (stage == "in_force" and not any(t.lower_ == "force" for t in verb.subtree))
    ):
        return ""
    near = (*prepositional(verb, "with"), *prepositional(thing, "with", "between"))
    others = [p for token in near for p in principals(actors_in_phrase(reading, sentence, token))]
    owners = [
        m.principal for m in sentence.mentions if any(m.start <= t.i < m.end for t in thing.subtree)
    ]
    parties = tuple(dict.fromkeys((*source, *others, *owners)))
    definite = any(c.lower_ in ("the", "this", "their") for c in thing.children)
    if len(parties) < 2 and definite and set(parties) <= set(reading.focus):
        parties = reading.focus  # "the treaty": the one that the article is about
    if len(parties) < 2:
        return ""
    between = " and ".join(sorted(parties[:2]))
    return f"agreement stage {stage} between {between}"


def _things(verb: Token) -> Iterator[Token]:
    """What the act is done to: its objects, or the subject of a passive or of "enter"."""
    yield from objects_of(verb)
    yield from (c for c in verb.children if c.dep_ in ("nsubjpass", "nsubj"))
    yield from prepositional(verb, "from")


def _event(reading: Reading, sentence: Sentence, verb: Token, source: tuple[str, ...]) -> str:
    event_class = _by_verb("event_").get(verb.lemma_.lower())
    if event_class is None or not source:
        return ""
    joint = event_class == "COOPERATE"  # to trade something for something is no trade
    for token in prepositional(verb, "with") if joint else _targets(verb):
        target = tuple(
            t for t in principals(actors_in_phrase(reading, sentence, token)) if t not in source
        )
        if target:
            return f"event: {event_class} from {source[0]} to {target[0]}"
    if event_class == "CONSULT" and len(source) > 1:
        return f"event: CONSULT from {source[0]} to {source[1]}"
    return ""


def _targets(verb: Token) -> Iterator[Token]:
    """Where the act is aimed: indirect and direct objects, then "to", "with", "against"."""
    yield from (
        c for c in verb.children if c.dep_ == "dative" and c.pos_ in ("NOUN", "PROPN", "PRON")
    )
    yield from (c for c in verb.children if c.dep_ in ("dobj", "nsubjpass"))
    words = tuple(word_groups("predictions")["recipients"])
    yield from prepositional(verb, *words)
    for thing in objects_of(verb):
        yield from prepositional(thing, *words)
