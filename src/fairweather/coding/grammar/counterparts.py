"""Who is meant where a clause names one side, or none: the stated, the owner, the inferred.

Every party carries how sure it is: a named actor by its match, an owner that only modifies
a thing ("Russian missiles") 0.75, both members of a pair that is pointed at ("both sides")
0.75, the only subject of the sentence before that a pronoun stands for 0.75 where it is of the
article's dyad and 0.65 else, and an actor
taken from the dyad in focus 0.45, so that what rests on it stays below the line at which
records are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.descriptions import described, means_both
from fairweather.coding.grammar.naming import speaks
from fairweather.coding.grammar.phrases import PRONOUNS, actors_in_phrase
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.records import When, between

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

OWNER = 0.75
POINTED_AT = 0.75
INFERRED = 0.45
EARLIER_SUBJECT = 0.65
EARLIER_SUBJECT_IN_FOCUS = 0.75


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a part of a clause: its id, how sure, and the token that names it."""

    actor: str
    sure: float
    place: int | None = None


SOMEBODY_ELSE = Party("", 0.0)
"""A side that the clause does name, though no actor is known by that name."""


def parties(reading: Reading, sentence: Sentence, token: Token) -> tuple[Party, ...]:
    """The actors that a noun phrase stands for, each once; empty where nobody is meant."""
    found = actors_in_phrase(reading, sentence, token)
    for child in token.children:
        if not found and child.dep_ == "appos":  # "the defence minister, Hossein Dehghan"
            found = actors_in_phrase(reading, sentence, child)
    if not found and token.lower_ in PRONOUNS:
        return _earlier_subject(reading, sentence)
    if not found:
        return _through_title(sentence, token) or _by_description(reading, sentence, token)
    if len(found) == 1 and _is_officer_of_none(reading, sentence, found[0]):
        return _earlier_subject(reading, sentence) or each_once(_party(m, token) for m in found)
    return each_once(_party(mention, token) for mention in found)


def _is_officer_of_none(reading: Reading, sentence: Sentence, mention: Mention) -> bool:
    """ "President Odhiambo", of whose state the text says nothing beside the name."""
    if mention.kind != "provisional" or mention.acts_for or mention.principal in reading.focus:
        return False
    before = sentence.token(mention.start - 1) if mention.start > sentence.span.start else None
    return before is not None and speaks(before) and before.pos_ == "PROPN"


def _through_title(sentence: Sentence, name: Token) -> tuple[Party, ...]:
    """ "Kenyan Defence Minister Odhiambo", whom no finder of names took for a person."""
    if name.pos_ != "PROPN":
        return ()
    titled = any(child.dep_ == "compound" and speaks(child) for child in name.children)
    offices = [name, *(c for c in name.children if c.dep_ == "compound")] if titled else []
    states = [
        mention
        for office in offices
        for child in office.children
        if child.dep_ in ("amod", "compound", "nmod", "poss")
        and (mention := sentence.mention_at(child.i)) is not None
    ]
    return each_once(Party(m.principal, m.score, m.end - 1) for m in states)


def _by_description(reading: Reading, sentence: Sentence, token: Token) -> tuple[Party, ...]:
    """ "Its neighbour", "the kingdom", "the pair": of the article's two."""
    if means_both(reading, token):
        return tuple(Party(actor, POINTED_AT, token.i) for actor in reading.focus)
    meant = described(reading, sentence, token)
    return (Party(meant[0], meant[1], token.i),) if meant is not None else ()


def owners(sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    """Whose a thing is: possessor, adjective or compound before a noun."""
    found = []
    for child in noun.children:
        if child.dep_ in ("poss", "amod", "compound", "nmod"):
            mention = sentence.mention_at(child.i)
            if mention:
                sure = mention.score if child.dep_ == "poss" else OWNER
                found.append(Party(mention.principal, sure, child.i))
    return each_once(found)


def _party(mention: Mention, token: Token) -> Party:
    if mention.kind != "inferred":
        return Party(mention.principal, mention.score, mention.end - 1)
    stands_for_one = token.lower_ in PRONOUNS
    return Party(mention.principal, 0.7 if stands_for_one else POINTED_AT, token.i)


def _earlier_subject(reading: Reading, sentence: Sentence) -> tuple[Party, ...]:
    """The one subject of the sentence before, where exactly one actor is its subject."""
    for earlier in reading.before(sentence):
        subjects = {
            mention.principal
            for mention in earlier.mentions
            if not mention.weak and earlier.token(mention.end - 1).dep_ in ("nsubj", "nsubjpass")
        }
        if len(subjects) != 1:
            return ()
        actor = subjects.pop()
        in_focus = actor in reading.focus
        return (Party(actor, EARLIER_SUBJECT_IN_FOCUS if in_focus else EARLIER_SUBJECT),)
    return ()


def other_of_focus(reading: Reading, known: str) -> tuple[Party, ...]:
    """The partner of an actor in the article's dyad; empty where it is not of the dyad."""
    if known not in reading.focus:
        return ()
    return tuple(Party(actor, INFERRED) for actor in reading.focus if actor != known)


def each_once(found: Iterable[Party]) -> tuple[Party, ...]:
    """Each actor once, at its surest, in the order of first mention."""
    surest: dict[str, Party] = {}
    for party in found:
        if party.actor not in surest or surest[party.actor].sure < party.sure:
            surest[party.actor] = party
    return tuple(surest.values())


def named_at(sentence: Sentence, party: Party) -> tuple[int, ...]:
    """First and last token of the words that name a party; none where it is inferred."""
    if party.place is None:
        return ()
    mention = sentence.mention_at(party.place)
    if mention is None:
        return left_edge(sentence.token(party.place)), party.place
    return mention.start, mention.end - 1


def left_edge(token: Token) -> int:
    """Index of the first word of a noun phrase, its own clauses left out."""
    return min([token.i, *(left_edge(child) for child in token.lefts if child.dep_ != "cc")])


def when_stated(sentence: Sentence, start: int, end: int) -> When | None:
    """The one date written in a stretch of the document, or None."""
    inside = [d.when for d in sentence.dates if start <= d.start and d.end <= end]
    known = [when for when in inside if when.since or when.until]
    return known[0] if len(known) == 1 else None


def as_published(sentence: Sentence, *, by_then: bool = False) -> When:
    """The day of publication, or (`by_then`) the time up to it; basis `publication`."""
    published = sentence.document.published
    since = None if by_then else published.since
    return between(since, published.until, "publication")


def stretch(sentence: Sentence, places: Iterable[int], most: int = 400) -> tuple[int, int]:
    """Start and end in the document of the run of tokens between the outermost places.

    A run longer than `most` code points is cut at its end to whole tokens.
    """
    ordered = sorted(places)
    first = sentence.token(ordered[0])
    start = sentence.place(first)[0]
    ends = (sentence.place(sentence.token(i))[1] for i in range(ordered[0], ordered[-1] + 1))
    fitting = [end for end in ends if end - start <= most]
    return start, fitting[-1] if fitting else sentence.place(first)[1]


def children_after(token: Token, words: Iterable[str]) -> Iterator[Token]:
    """Objects of the prepositions of a token that are among the words."""
    wanted = frozenset(words)
    for child in token.children:
        if child.dep_ in ("prep", "dative") and child.lower_ in wanted:
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield inner
