"""The side left unsaid: "the delivery was frozen", "it offered neither troops nor aircraft".

The other side is the only other actor of the sentence (at 0.7), else the only other actor
of the sentences just before where that actor is of the article's dyad (at 0.7; the row then
quotes the words that name it too), else the other one of the article's dyad: at 0.75 where
the paragraph has named it and nobody else in the sentence could be meant, else at `INFERRED`,
which keeps a row below the line at which records are shown. Nobody is inferred from who only
speaks in the sentence or is what arms are turned against; and where the text tells of fighting, an
act of giving is not taken for a gift to the enemy.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.records import Quote
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

IN_SENTENCE = JUST_BEFORE = 0.7
OF_PARAGRAPH = 0.75
LOOKS_BACK = 2
PARTNER_KINDS = frozenset({"state", "armed_group", "bloc"})
ALIEN_PREPOSITIONS = frozenset({"against", "from", "like", "unlike", "than", "except", "near"})


@dataclass(frozen=True, slots=True)
class Inferred:
    """A side that the clause leaves out: who it is, and the words elsewhere that name it."""

    party: Party
    named_by: Quote | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """What is known of an act that names one side: which, and whether anything is handed over."""

    known: str
    wants_giver: bool
    kept_back: bool


def other_side(reading: Reading, sentence: Sentence, gap: Gap) -> Inferred | None:
    """Who else is meant where one side is named."""
    known, kept_back = gap.known, gap.kept_back
    if not kept_back and _tells_of_fighting(sentence) and not _enemy_is_third(reading, sentence):
        return _of_dyad(reading, known)
    partners = _partners(reading)
    here = [m for m in sentence.mentions if m.principal in partners and m.principal != known]
    fitting = [m for m in here if not _stands_apart(sentence, m, gap)]
    fitting = [m for m in fitting if not _only_owns(m) or m.principal in reading.focus]
    actors = {m.principal for m in fitting}
    in_dyad = known in reading.focus and actors <= set(reading.focus)
    if len(actors) == 1 and (in_dyad or {m.principal for m in here} == actors):
        sure = IN_SENTENCE * (0.9 if all(m.weak for m in fitting) else 1.0)
        return Inferred(Party(fitting[0].principal, sure, fitting[0].end - 1))
    if actors:
        return _of_dyad(reading, known)
    before = _just_before(reading, sentence, known, kept_back)
    if before is not None and {m.principal for m in here} <= {before.party.actor}:
        return before
    return _of_paragraph(reading, sentence, gap) or _of_dyad(reading, known)


def _just_before(
    reading: Reading, sentence: Sentence, known: str, kept_back: bool
) -> Inferred | None:
    """The only other actor of the sentences before, where it is of the article's dyad."""
    partners = _partners(reading)
    for distance, earlier in enumerate(reading.before(sentence)):
        if distance >= LOOKS_BACK or (not kept_back and _tells_of_fighting(earlier)):
            return None
        others = [m for m in earlier.mentions if m.principal in partners and m.principal != known]
        if not others:
            continue
        mention = others[0]
        if len({m.principal for m in others}) > 1 or mention.principal not in reading.focus:
            return None
        words = earlier.quote(
            *earlier.place(earlier.token(mention.start), earlier.token(mention.end - 1))
        )
        return Inferred(Party(mention.principal, JUST_BEFORE), words)
    return None


def _of_paragraph(reading: Reading, sentence: Sentence, gap: Gap) -> Inferred | None:
    """The other one of the article's dyad, with the nearest words of the paragraph that name it."""
    others = {actor for actor in reading.focus if actor != gap.known}
    if gap.known not in reading.focus or len(others) != 1:
        return None
    for earlier in reading.before(sentence):
        if not gap.kept_back and _tells_of_fighting(earlier):
            return None
        for mention in reversed(earlier.mentions):
            if mention.principal in others:
                first, last = earlier.token(mention.start), earlier.token(mention.end - 1)
                words = earlier.quote(*earlier.place(first, last))
                return Inferred(Party(mention.principal, OF_PARAGRAPH), words)
    return None


def _of_dyad(reading: Reading, known: str) -> Inferred | None:
    party = next(iter(counterparts.other_of_focus(reading, known)), None)
    return Inferred(party) if party is not None else None


def _partners(reading: Reading) -> frozenset[str]:
    return frozenset(actor.id for actor in reading.actors if actor.kind in PARTNER_KINDS)


def _stands_apart(sentence: Sentence, mention: Mention, gap: Gap) -> bool:
    """Whether an actor only speaks or acts here, or is the one that somebody stands up to."""
    head = sentence.token(mention.end - 1)
    for token in _upward(head):
        if token.dep_ == "pobj" and token.head.lower_ in ALIEN_PREPOSITIONS:
            return True
        if token.dep_ == "pobj" and token.head.lower_ in ("by", "with"):
            groups = word_groups("support")
            if token.head.head.lemma_.lower() in groups["fighting"] | groups["wars"]:
                return True
        if token.dep_ in ("nsubj", "nsubjpass"):
            verb = token.head.lemma_.lower()
            if not gap.wants_giver:
                return verb not in word_groups("support")["needing"]
            return verb in _telling()
        if token.dep_ == "dobj" and token.head.lemma_.lower() in word_groups("support")["fighting"]:
            return True
        if token.pos_ in ("VERB", "AUX"):
            return False
    return False


def _only_owns(mention: Mention) -> bool:
    """Whether an adjective only tells whose a thing is: "Kenyan rebels" are not Kenya."""
    return mention.weak and mention.kind == "adjective"


def _upward(token: Token) -> Iterator[Token]:
    yield token
    yield from token.ancestors


def _telling() -> frozenset[str]:
    groups = word_groups("support")
    return groups["under_said"] | groups["under_reported"]


def _tells_of_fighting(sentence: Sentence) -> bool:
    """Whether a sentence tells of fighting; a treaty's "armed attack" is none."""
    words = word_groups("support")["fighting"]
    return any(
        token.lemma_.lower() in words
        for token in sentence.span
        if token.i == 0 or token.nbor(-1).lower_ != "armed"
    )


def _enemy_is_third(reading: Reading, sentence: Sentence) -> bool:
    """Whether the one who attacks here is none of the article's two: "if Russia struck again"."""
    words = word_groups("support")["fighting"] | word_groups("support")["wars"]
    for mention in sentence.mentions:
        head = sentence.token(mention.end - 1)
        attacks = head.dep_ == "nsubj" and head.head.lemma_.lower() in words
        preposition = head.head if head.dep_ == "pobj" else None
        behind = (
            preposition is not None
            and preposition.lower_ in ("by", "from", "with", "against")
            and preposition.head.lemma_.lower() in words
        )
        if mention.principal not in reading.focus and (attacks or behind):
            return True
    return False
