"""Routes told by what goes over them: "its trade with Iran runs over one road".

A verb of going or carrying, something that is carried, and a way or a land that it goes
through: from these follow who sends, through whom it passes and where it ends, though no noun
names the route.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import actors_in_phrase, is_passive, prepositional
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    BY_SUBJECT,
    REAL,
    Finding,
    acting,
    clause_quote,
    label,
)
from fairweather.records import Link
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

THROUGH = ("through", "via", "across")
OVER = ("over", "along", "by", "on")


@dataclass(frozen=True, slots=True)
class _Journey:
    """Whose goods go, through whom, to whom, and over what way."""

    starts: tuple[str, ...]
    through: tuple[str, ...]
    ends: tuple[str, ...]
    way: str

    @property
    def actors(self) -> tuple[str, ...]:
        """All who take part, each once."""
        return tuple(dict.fromkeys((*self.starts, *self.through, *self.ends)))


def passages(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """The routes that the verbs of a sentence tell of."""
    going = word_groups("mechanisms")["going"]
    for verb in sentence.span:
        if verb.lemma_.lower() not in going or not _is_verb(verb):
            continue
        clause = sentence.clause_of(verb.i)
        if clause is not None and (clause.negated or clause.status not in REAL):
            continue
        freight = _freight(verb)
        journey = _journey(reading, sentence, verb, freight) if freight is not None else None
        if journey is not None and len(journey.actors) > 1 and (journey.way or journey.through):
            yield _route(sentence, verb, journey)


def _is_verb(token: Token) -> bool:
    """A verb, or what the parser took for a noun: "Ukraine's grain leaves by the river"."""
    return token.pos_ == "VERB" or (token.pos_ == "NOUN" and token.dep_ == "ROOT")


def _freight(verb: Token) -> Token | None:
    """What goes: the subject of a verb of going, the object of a verb of carrying.

    Who depends on a way does so with all his trade.
    """
    goods = word_groups("mechanisms")["freight"]
    relations: tuple[str, ...] = ("nsubjpass",) if is_passive(verb) else ("dobj", "nsubj")
    if verb.pos_ == "NOUN":
        relations = ("compound",)
    if verb.lemma_ in ("depend", "rely") and any(t.lemma_.lower() in goods for t in verb.subtree):
        return next((child for child in verb.children if child.dep_ == "nsubj"), None)
    for relation in relations:
        for child in verb.children:
            words = {token.lemma_.lower() for token in child.subtree if token.i - child.i < 4}
            if child.dep_ == relation and words & goods:
                return child
    return None


def _journey(reading: Reading, sentence: Sentence, verb: Token, freight: Token) -> _Journey:
    meant_for = [a for t in prepositional(freight, "for") for a in _in(sentence, t)]
    starts = [actor for actor in _in(sentence, freight) if actor not in meant_for]
    if freight.dep_ == "dobj":
        sender = next((c for c in verb.children if c.dep_ == "nsubj"), None)
        starts = [*(_senders(reading, sentence, sender) if sender is not None else ()), *starts]
    if freight.dep_ == "compound":
        starts += [a for c in verb.children if c.dep_ == "poss" for a in _in(sentence, c)]
    through: list[str] = []
    ends: list[str] = list(meant_for)
    way = ""
    for preposition, governed in _prepositions(verb, freight):
        word, found = preposition.lower_, _in(sentence, governed)
        route = governed.lemma_.lower() in word_groups("mechanisms")["paths"]
        if word in (*THROUGH, *OVER) and route:
            way = way or governed.lemma_.lower()
        if word in THROUGH or (word in OVER and route):
            through += found
        elif word in ("to", "into", "for"):
            ends += found
        elif word == "from":
            starts += found
    known = {*starts, *ends}
    return _Journey(
        tuple(dict.fromkeys(starts)),
        tuple(a for a in dict.fromkeys(through) if a not in known),
        tuple(a for a in dict.fromkeys(ends) if a not in starts),
        way,
    )


def _senders(reading: Reading, sentence: Sentence, sender: Token) -> tuple[str, ...]:
    """Who sends; whence it comes, where lorries do: "trucks from Mali carry cement"."""
    if sender.lemma_.lower() in word_groups("mechanisms")["freight"]:
        return _in(sentence, sender)
    return acting(actors_in_phrase(reading, sentence, sender))


def _in(sentence: Sentence, token: Token) -> tuple[str, ...]:
    """Actors inside a phrase, as owners, ends or places."""
    inside = {inner.i for inner in token.subtree}
    return acting(
        m
        for m in (*sentence.mentions, *sentence.places)
        if m.end - 1 in inside and _may_end(m.kind)
    )


def _may_end(kind: str) -> bool:
    return kind not in ("person", "surname", "provisional")


def _prepositions(verb: Token, freight: Token) -> Iterator[tuple[Token, Token]]:
    """The prepositions of a verb, of those inside one another too, with what each governs."""
    waiting = [child for child in verb.children if child.dep_ in ("prep", "prt", "advmod")]
    while waiting:
        preposition = waiting.pop(0)
        for inner in preposition.children:
            if inner.dep_ == "pobj" and preposition.i > freight.i:
                yield preposition, inner
                further = (*THROUGH, "from", "to", "into")
                waiting += [c for c in inner.children if c.dep_ == "prep" and c.lower_ in further]
            elif inner.dep_ == "prep":
                waiting.append(inner)


def _route(sentence: Sentence, verb: Token, journey: _Journey) -> Finding:
    members = [(actor, "promoter") for actor in journey.starts]
    members += [(actor, "transit") for actor in journey.through]
    members += [(actor, "end") for actor in journey.ends]
    quote = clause_quote(sentence, verb)
    far = journey.ends or journey.through
    # "Until 2024 arms went by road": it is told as something that has ended.
    state = "closed" if any(child.lower_ == "until" for child in verb.children) else "open"
    links = tuple(
        Link(home, there, state, quotes=(quote,))
        for home in journey.starts[:1]
        for there in far
        if home != there
    )
    ends = "–".join(label(actor) for actor in journey.actors[:3])
    return Finding(
        "corridor",
        "+".join(sorted(journey.actors)),
        f"{ends} {journey.way or 'route'}",
        tuple(members),
        quote,
        BY_SUBJECT,
        links=links,
        status=state,
    )
