"""What every reader of mechanisms needs: a finding, whose it is, whether it is real.

A finding is one place where the text says that an arrangement exists; `mechanisms.py`
gathers the findings of a document. `sure` is a rank set by hand: 0.8 with the members named
in the phrase, 0.65 taken from the clause's subject, 0.55 where "both sides" are the pair
that the article is about, 0.4 where members are only inferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.clauses import status_of_noun
from fairweather.coding.grammar.phrases import (
    actors_in_phrase,
    clause_place,
    pair_in_focus,
    principals,
    subject_of,
)
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.records import Link, Quote, Stage
from fairweather.vocabulary.gazetteer import load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

NAMED, BY_SUBJECT, IN_FOCUS, INFERRED = 0.8, 0.65, 0.55, 0.4
REAL = ("factual", "reported", "claimed")
LONGEST = 380
"""Code points of a quote."""


Members = tuple[tuple[tuple[str, str], ...], float]
"""Who is part of an arrangement, each with a role, and how sure that is."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where a mechanism is told. `key` tells mechanisms of one kind apart."""

    kind: str
    key: str
    name: str
    members: tuple[tuple[str, str], ...]
    quote: Quote
    sure: float
    links: tuple[Link, ...] = ()
    stages: tuple[Stage, ...] = ()
    rival_of: str = ""
    status: str = ""


def label(actor: str) -> str:
    """An actor's usual name, or its id where no table has it."""
    return str(getattr(load_gazetteer().actors.get(actor), "name", "")) or actor


def is_state(actor: str) -> bool:
    """Whether an actor id is a state's code."""
    return len(actor) == 3 and actor.isupper()


def is_armed(actor: str) -> bool:
    """Whether an actor id is an armed group's."""
    return getattr(load_gazetteer().actors.get(actor), "kind", "") == "armed_group"


def pair_name(actors: Iterable[str], noun: str) -> str:
    """A name for a nameless arrangement: its members and what it is."""
    members = "–".join(label(actor) for actor in list(dict.fromkeys(actors))[:4])
    return f"{members} {noun}".strip()


def status_at(sentence: Sentence, token: Token) -> str:
    """How real an arrangement is that a noun or verb names."""
    status, why = status_of_noun(token, sentence.clauses)
    if status == "hypothetical" and why == "for" and token.dep_ == "pobj":
        clause = sentence.clause_of(token.i)  # "used as a corridor for" imagines nothing
        status = clause.status if clause else "factual"
    if status == "planned" and any(c.dep_ == "prt" for c in token.head.children):
        clause = sentence.clause_of(token.i)  # "set up a hotline" is no "set to"
        status = clause.status if clause else status
    return status


def is_place(sentence: Sentence, mention: Mention) -> bool:
    """Whether the mention stands for a place: "in Syria", "to Lebanon"."""
    last = sentence.token(mention.end - 1)
    head = last
    while head.dep_ in ("conj", "appos", "compound") and head.head.i != head.i:
        head = head.head
    return head.dep_ == "pobj" and head.head.lower_ in word_groups("mechanisms")["places"]


def in_phrase(sentence: Sentence, noun: Token) -> tuple[Mention, ...]:
    """Actors named inside a noun's phrase who are no places."""
    inside = {token.i for token in noun.subtree if not _other_clause(sentence, token, noun)}
    return tuple(m for m in sentence.mentions if m.end - 1 in inside and not is_place(sentence, m))


def _other_clause(sentence: Sentence, token: Token, noun: Token) -> bool:
    """Whether a token belongs to a finite relative clause that hangs on the noun."""
    clause = sentence.clause_of(token.i)
    if clause is None or clause.head == noun.i:
        return False
    head = sentence.token(clause.head)
    return head.dep_ == "relcl" and head.i > noun.i


def runners(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Mention, ...]:
    """Who creates, keeps or uses an arrangement that is the object of their verb."""
    verb = noun.head
    for _ in range(3):
        if verb.pos_ == "VERB" or verb.head.i == verb.i:
            break
        verb = verb.head
    if verb.pos_ not in ("VERB", "AUX") or verb.lemma_ not in word_groups("mechanisms")["running"]:
        return ()
    clause = sentence.clause_of(verb.i)
    subject = subject_of(sentence, clause) if clause else None
    if subject is None or subject.i == noun.i:
        return ()
    found = actors_in_phrase(reading, sentence, subject)
    if not found and any(child.lower_ in ("two", "both") for child in subject.children):
        return pair_in_focus(reading, sentence, subject)  # "the two presidents"
    return found


def acting(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Whom mentions stand for in the end, each once."""
    return principals(tuple(mentions))


def clause_quote(sentence: Sentence, token: Token) -> Quote:
    """The clause that a token stands in; the token's phrase where that is long."""
    clause = sentence.clause_of(token.i)
    start, end = clause_place(sentence, clause) if clause else (sentence.start, sentence.end)
    if end - start > LONGEST:
        words = list(token.subtree)
        start, end = sentence.place(words[0], words[-1])
    if end - start > LONGEST:
        end = start + LONGEST
        end = start + sentence.document.text[start:end].rfind(" ")
    text = sentence.document.text
    while start < end and not (text[start].isalnum() or text[start] in "\"'“‘("):
        start += 1
    return sentence.quote(start, end)


def capital_name(sentence: Sentence, noun: Token) -> str:
    """The proper name that ends in a noun: "International North-South Transport Corridor"."""
    first, place = noun.i, noun.i - 1
    begins = next((t.i for t in sentence.span if t.is_alpha), noun.i)
    while place >= sentence.span.start:
        word = noun.doc[place]
        opens = word.i <= begins and word.pos_ != "PROPN"
        if word.text[:1].isupper() and word.pos_ in ("PROPN", "ADJ", "NOUN") and not opens:
            first = place
        elif word.text not in ("-", "–", "/", "of"):
            break
        place -= 1
    beside = (sentence.mention_at(i) for i in range(first, noun.i) if not noun.doc[i].is_punct)
    if all(mention is not None and mention.end <= noun.i for mention in beside):
        return ""  # "American troops" is no name
    start, end = sentence.place(sentence.token(first), noun)
    return " ".join(sentence.document.text[start:end].split())
