"""Whose an agreement is: the parties that its phrase names, and who can be one."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.descriptions import means_both
from fairweather.coding.grammar.naming import kind_of
from fairweather.coding.grammar.phrases import actors_in_phrase, principals
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.vocabulary.gazetteer import Person, load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def parties_of_phrase(
    sentence: Sentence, token: Token, start: int, last: int, named: bool
) -> tuple[str, ...]:
    """The actors that an agreement's phrase makes its parties, in order."""
    before = [m for m in sentence.mentions if start <= m.start and m.end - 1 < token.i]
    before = [m for m in before if not _arranges(sentence, m)]
    if named and len(before) == 1 and before[0].kind in ("capital", "metonym"):
        before = []  # a treaty is named after the place where it was signed
    if named:  # "the United Nations Convention on ..." binds states, not its keeper
        before = [m for m in before if not _is_office(m.principal)]
    after = [m for m in sentence.mentions if last > token.i and token.i < m.start <= last]
    joined = _after(sentence, token, last)
    return parties_among((*before, *after, *joined))


def _is_office(actor: str) -> bool:
    return kind_of(actor, load_gazetteer()) == "organisation"


def _arranges(sentence: Sentence, mention: Mention) -> bool:
    """Whether the actor only brokered it: "a Norwegian-brokered accord"."""
    doc = sentence.span.doc
    brokers = word_groups("agreements")["arranged_by_others"]
    after = doc[mention.end : min(mention.end + 2, len(doc))]
    if any(word.lower_ in brokers for word in after):
        return True
    return any(part in brokers for part in doc[mention.end - 1].lower_.split("-")[1:])


def _after(sentence: Sentence, token: Token, last: int) -> Iterator[Mention]:
    """Actors after "between" and "with", as far as the phrase goes."""
    words = word_groups("agreements")["with_parties"]
    heads = {clause.head for clause in sentence.clauses}
    following = token.doc[last + 1 : sentence.span.end]
    opened = None
    for word in following:
        signing = word.lemma_ in word_groups("agreements")["signed"]
        if word.i in heads and word.dep_ != "acl" and not signing:
            break
        if word.lower_ in words and word.pos_ in ("ADP", "SCONJ"):
            opened = word
            break
        if word.text in (";", ":", ".") or word.i - last > 14:
            return
    if opened is None or not _attached(opened, token):
        return
    yield from _listed(sentence, opened)


def _attached(preposition: Token, noun: Token) -> bool:
    """Whether "with X" may belong to the noun or to the verb whose object it is."""
    place = preposition.head
    for _ in range(3):
        if place.i in (noun.i, noun.head.i) or preposition.lower_ == "between":
            return True
        place = place.head
    return False


def _listed(sentence: Sentence, preposition: Token) -> Iterator[Mention]:
    """Actors that stand one after the other, joined by commas and "and"."""
    previous = preposition.i
    for mention in sentence.mentions:
        if mention.start <= preposition.i:
            continue
        between = sentence.span.doc[max(previous + 1, preposition.i + 1) : mention.start]
        if any(t.pos_ in ("VERB", "AUX", "ADP") and t.lower_ != "of" for t in between):
            return
        if len(between) > 6:
            return
        yield _for_the_government(sentence, mention)
        previous = mention.end - 1


def _for_the_government(sentence: Sentence, mention: Mention) -> Mention:
    """ "Between X's government and ...": the state that the person led, whenever that was."""
    last = sentence.token(mention.end - 1)
    person = load_gazetteer().actors.get(mention.actor)
    if mention.acts_for or not isinstance(person, Person) or last.dep_ != "poss":
        return mention
    if not any(
        token.lower_ in word_groups("naming")["government"]
        for token in last.doc[mention.end : mention.end + 4]
    ):
        return mention
    led = tuple(dict.fromkeys(role.of for role in person.roles))
    return replace(mention, acts_for=led) if len(led) == 1 else mention


@functools.cache
def may_be_party(actor: str) -> bool:
    """Whether an actor is of a kind that can be party to an agreement or an arrangement."""
    return kind_of(actor, load_gazetteer()) in ("state", "armed_group", "bloc", "organisation")


def parties_among(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """Those for whom the mentions speak and who can be party to an agreement."""
    return tuple(actor for actor in principals(mentions) if may_be_party(actor))


def parties_in(reading: Reading, sentence: Sentence, token: Token | None) -> tuple[str, ...]:
    """Those whom a noun phrase speaks for and who can be party to an agreement."""
    if token is None:
        return ()
    found = parties_among(actors_in_phrase(reading, sentence, token))
    return found or (reading.focus if means_both(reading, token) else ())
