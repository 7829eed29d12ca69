"""Who is who: names in a sentence to actors, with whom each acts for on that date.

The gazetteer overrides the name finder's types, and the name finder finds who is in no
table: such a name becomes a provisional actor, never dropped and never merged on a
likeness alone. A surname stands for a person only when the document has named the person
in full, or when one office-holder of that date, or of the years before, bears it. Cities
where people meet, papers and agencies, and namesakes of states are no actors.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import bearers, namesakes, unlisted
from fairweather.coding.grammar.acting import (
    head_of,
    modifies_a_thing,
    speaks,
    state_beside,
    with_office,
)
from fairweather.coding.grammar.bearers import Match
from fairweather.coding.grammar.sentence import Mention, Sentence
from fairweather.records import Document, slug
from fairweather.vocabulary.gazetteer import Gazetteer, Organisation, Person, load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Doc, Span, Token

__all__ = ["Namer", "kind_of", "speaks"]

LONGEST_NAME = 9
"""Tokens in the longest name that is looked for."""

SCORE = {
    "name": 1.0,
    "person": 1.0,
    "demonym": 0.95,
    "adjective": 0.9,
    "metonym": 0.9,
    "capital": 0.85,
    "surname": bearers.IN_OFFICE,
    "provisional": 0.5,
    "inferred": 0.5,
}
"""How sure a match of each kind is: ranks, set by hand, used to order and to show."""

LONE_NAME = 0.4
"""How sure a lone name is that nobody is known by."""

Terms = dict[tuple[str, ...], list[tuple[str, str]]]


@functools.cache
def _terms() -> Terms:
    """Every name of the gazetteer as tokens -> (actor, kind of term)."""
    from fairweather.coding.grammar.parse import load_model, normalise

    tokenizer = load_model().tokenizer
    terms: Terms = defaultdict(list)
    for surface, actor, kind in load_gazetteer().terms():
        terms[tuple(token.text for token in tokenizer(normalise(surface)))].append((actor, kind))
    return dict(terms)


@functools.cache
def _first_words() -> dict[str, int]:
    """The longest term, in tokens, that begins with a word."""
    longest: dict[str, int] = defaultdict(int)
    for term in _terms():
        longest[term[0]] = max(longest[term[0]], len(term))
    return dict(longest)


@dataclass(slots=True)
class Namer:
    """Finds actors through one document, remembering who has been named in it."""

    document: Document
    gazetteer: Gazetteer = field(default_factory=load_gazetteer)
    known: dict[str, str] = field(default_factory=dict)
    """Surname -> person, as the document has introduced them."""
    provisional: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Actor id -> (name, kind) of those whom no table has."""
    states: set[str] = field(default_factory=set)
    """States that the document has named so far."""
    matches: dict[str, Match] = field(default_factory=dict)
    """Names as written -> whom they were taken for, where they are not exactly his."""

    def name(self, sentence: Sentence) -> Sentence:
        """The sentence with its mentions, in order, none overlapping another."""
        doc, span = sentence.span.doc, sentence.span
        told = doc[namesakes.dateline_end(span) : span.end]
        found = [m for m in self._from_table(told) if not self._is_namesake(span, m)]
        self.states |= {m.actor for m in found if m.kind not in ("person", "surname")}
        taken = {i for mention in found for i in range(mention.start, mention.end)}
        found += self._provisional(told, taken)
        named = sorted(found, key=lambda mention: mention.start)
        acting = [self._acting(doc, mention, named) for mention in named]
        whole = [with_office(doc, m) for m in acting if not _only_tells(doc, m)]
        places = tuple(m for m in whole if _is_place(doc, m))
        return replace(sentence, mentions=tuple(m for m in whole if m not in places), places=places)

    @property
    def day(self) -> str | None:
        """The date at which offices are looked up."""
        return self.document.published.until or self.document.published.since

    def _is_namesake(self, span: Span, mention: Mention) -> bool:
        """Whether a state's word means its namesake: Georgia beside Atlanta."""
        text = self.document.text
        return namesakes.is_elsewhere(mention.actor, mention.alias, span.text, text)

    # -- names in the table ------------------------------------------------------------

    def _from_table(self, span: Span) -> Iterator[Mention]:
        doc, index = span.doc, span.start
        while index < span.end:
            mention = self._longest(doc, index, span.end)
            if mention is None:
                index += 1
                continue
            yield mention
            index = mention.end

    def _longest(self, doc: Doc, start: int, limit: int) -> Mention | None:
        reach = min(_first_words().get(doc[start].text, 0), LONGEST_NAME, limit - start)
        for length in range(reach, 0, -1):
            words = tuple(token.text for token in doc[start : start + length])
            entries = _terms().get(words)
            if not entries:
                continue
            mention = self._choose(doc, start, start + length, entries)
            if mention:
                return mention
        return None

    def _choose(
        self, doc: Doc, start: int, end: int, entries: Sequence[tuple[str, str]]
    ) -> Mention | None:
        alias = doc[start:end].text
        surnames = [actor for actor, kind in entries if kind == "surname"]
        others = [(actor, kind) for actor, kind in entries if kind != "surname"]
        if others and not (surnames and alias in self.known):
            if _part_of_longer_name(doc, start, end, others):
                return None
            actor, kind = self._likeliest(others)
            if kind == "person":
                self._remember(actor)
            return Mention(actor, (), start, end, kind, SCORE[kind], alias)
        bearer = self._bearer(doc, start, end, surnames) if surnames else None
        return Mention(bearer[0], (), start, end, "surname", bearer[1], alias) if bearer else None

    def _likeliest(self, entries: Sequence[tuple[str, str]]) -> tuple[str, str]:
        """Among actors of one name: one that was there on the date, else the first listed."""
        there = [entry for entry in entries if self._was_there(entry[0])]
        return (there or list(entries))[0]

    def _was_there(self, actor: str) -> bool:
        """Whether a person was in office, or a state existed, on the document's date."""
        if not self.day:
            return True
        if isinstance(self.gazetteer.actors.get(actor), Person):
            return bool(self.gazetteer.roles_on(actor, self.day))
        return self.gazetteer.existed_on(actor, self.day)

    def _bearer(
        self, doc: Doc, start: int, end: int, persons: Sequence[str]
    ) -> tuple[str, float] | None:
        """The person whom a lone surname stands for, and how sure that is."""
        alias, token = doc[start:end].text, doc[start]
        if token.pos_ != "PROPN" and token.ent_type_ != "PERSON":
            return None
        if not bearers.stands_alone(doc, start, end, _terms()) or _ends_a_place(doc, start):
            return None
        if alias in self.known:
            return self.known[alias], bearers.NAMED_BEFORE
        found = bearers.bearer_of(
            persons, self.day or "", self.gazetteer, token.ent_type_ == "PERSON"
        )
        if found and bearers.is_common(alias) and not self._is_expected(token, found[0]):
            return None
        if found and found[1] < bearers.IN_OFFICE:
            reason = f"{alias!r} read as one who holds no office on that day"
            self.matches[alias] = Match(found[0], alias, found[1], reason)
        return found

    def _is_expected(self, token: Token, person: str) -> bool:
        """Whether a title, or his state named before, makes a common surname the person's."""
        actor = self.gazetteer.actors.get(person)
        of = {role.of for role in actor.roles} if isinstance(actor, Person) else set()
        return bearers.is_titled(token) and bool(of & self.states or not self.states)

    def _remember(self, person: str) -> None:
        actor = self.gazetteer.actors.get(person)
        if isinstance(actor, Person):
            for name in (actor.name, *actor.names):
                self.known[name.split()[-1]] = person

    # -- names in no table -------------------------------------------------------------

    def _provisional(self, span: Span, taken: set[int]) -> Iterator[Mention]:
        for start, end, label in unlisted.candidates(span, self.known.keys() | self.matches.keys()):
            if start >= end or any(i in taken for i in range(start, end)):
                continue
            name = span.doc[start:end].text.strip(" '\".,")
            mention = self._unlisted(span.doc, start, end, name, label)
            if mention:
                taken |= set(range(start, end))
                yield mention

    def _unlisted(self, doc: Doc, start: int, end: int, name: str, label: str) -> Mention | None:
        words = name.split()
        if not words or unlisted.has_words_of_no_name(words) or namesakes.is_no_body(name):
            return None
        if unlisted.names_a_paper(name, self.document.text):
            return None
        if label == "PERSON" and len(words) == 1:
            return self._lone_name(doc, start, end, name)
        if label == "ORG" and _is_no_organisation(doc, start, end, name):
            return None
        if not unlisted.is_written_as_a_name(name, label):
            return None
        actor = slug(name)
        if actor in self.gazetteer.actors:
            return Mention(actor, (), start, end, "name", 0.9, name)
        self.provisional[actor] = (name, "person" if label == "PERSON" else "organisation")
        if label == "PERSON":
            self.known.setdefault(words[-1], actor)
        return Mention(actor, (), start, end, "provisional", SCORE["provisional"], name)

    def _lone_name(self, doc: Doc, start: int, end: int, name: str) -> Mention | None:
        """One word for a person: whom the text has named so, or whose name it nearly spells."""
        if name in self.matches:
            match = self.matches[name]
            return Mention(match.actor, (), start, end, "surname", match.score, name)
        if name in self.known:
            return Mention(self.known[name], (), start, end, "surname", 0.9, name)
        if not bearers.stands_alone(doc, start, end, _terms()):
            return None
        office = bearers.surnames_in_office(self.day or "")
        guess = bearers.nearly_spelt(name, self.known, office)
        if guess is None or not self._is_likely(doc[start], guess.actor):
            return self._unknown_person(doc, start, end, name)
        self.matches[name] = guess
        return Mention(guess.actor, (), start, end, "surname", guess.score, name)

    def _is_likely(self, token: Token, person: str) -> bool:
        """Whether a near spelling may be the person's: introduced, titled, or of a state named."""
        if person in self.known.values() or bearers.is_titled(token):
            return True
        roles = self.gazetteer.roles_on(person, self.day or "")
        return bool({role.of for role in roles} & self.states)

    def _unknown_person(self, doc: Doc, start: int, end: int, name: str) -> Mention | None:
        """A lone name that no table has, where a title or an act shows it to be a person's."""
        titled = bearers.is_titled(doc[start])
        if not titled and unlisted.opens_a_sentence_only(doc, start, name, self.document.text):
            return None
        if not unlisted.is_a_persons(doc[end - 1], name):
            return None
        self.provisional[slug(name)] = (name, "person")
        return Mention(slug(name), (), start, end, "provisional", LONE_NAME, name)

    # -- whom it acts for --------------------------------------------------------------

    def _acting(self, doc: Doc, mention: Mention, named: Sequence[Mention]) -> Mention:
        """The mention with the state or body it acts for, or marked weak."""
        actor = self.gazetteer.actors.get(mention.actor)
        if isinstance(actor, Organisation):
            return replace(mention, acts_for=tuple(actor.of))
        if mention.actor in self.provisional and _own_state(mention):
            mention = replace(mention, score=max(mention.score, SCORE["adjective"]))
        if isinstance(actor, Person) or mention.actor in self.provisional:
            return replace(mention, acts_for=self._principals(doc, mention, named))
        if mention.kind in ("adjective", "name", "demonym", "capital", "metonym"):
            return replace(mention, weak=modifies_a_thing(doc, mention))
        return mention

    def _principals(self, doc: Doc, mention: Mention, named: Sequence[Mention]) -> tuple[str, ...]:
        roles = self.gazetteer.roles_on(mention.actor, self.day or "")
        if roles:
            return tuple(dict.fromkeys(role.of for role in roles))[:1]
        beside = state_beside(doc, mention, named)
        return (beside.principal,) if beside else _own_state(mention)


def _part_of_longer_name(
    doc: Doc, start: int, end: int, entries: Sequence[tuple[str, str]]
) -> bool:
    """Whether a word of a state is part of another name: a paper's, a club's, a person's."""
    if entries[0][1] == "person":
        return False
    if namesakes.is_part_of_longer_name(doc, start, end):
        return True
    if end - start > 1 or entries[0][1] not in ("name", "capital"):
        return False
    token = doc[start]
    following = doc[end] if end < len(doc) else None
    return bool(
        token.ent_type_ == "PERSON"
        and following is not None
        and following.ent_type_ == "PERSON"
        and following.ent_iob_ == "I"
        and (following.text,) not in _terms()
    )


def _own_state(mention: Mention) -> tuple[str, ...]:
    """The state in the name of its forces: "Hellenic Air Force"."""
    words = mention.alias.split()
    groups = word_groups("naming")
    if len(words) < 2 or words[-1].lower() not in groups["forces"] | groups["government"]:
        return ()
    for length in range(min(3, len(words) - 1), 0, -1):
        for actor, kind in _terms().get(tuple(words[:length]), ()):
            if kind in ("adjective", "name"):
                return (actor,)
    return ()


def _ends_a_place(doc: Doc, start: int) -> bool:
    """Whether a surname only ends the name of a place: "Cabo Delgado"."""
    token = doc[start]
    inside = token.ent_iob_ == "I" and token.ent_type_ in ("GPE", "LOC", "FAC")
    return inside and doc[start - 1].pos_ == "PROPN" and (doc[start - 1].text,) not in _terms()


def _is_no_organisation(doc: Doc, start: int, end: int, name: str) -> bool:
    """Whether what looks like a body's name is a paper's, a title, a heading, a subject."""
    return (
        namesakes.is_press(name)
        or unlisted.opens_as_heading(doc, start, end)
        or unlisted.is_subject_of_a_paper(doc, start)
        or unlisted.in_title_of_a_work(doc, start)
    )


def _only_tells(doc: Doc, mention: Mention) -> bool:
    """Whether a mention is an agency or a paper that tells nothing itself: "told Reuters"."""
    if mention.actor not in word_groups("namesakes")["press"]:
        return False
    return not namesakes.tells(head_of(doc, mention))


def _is_place(doc: Doc, mention: Mention) -> bool:
    """Whether a capital is only where something happens."""
    if mention.kind != "capital":
        return False
    head = head_of(doc, mention)
    if head.dep_ == "pobj" and head.head.head.lemma_.lower() in word_groups("naming")["felt_in"]:
        return False  # "trust in Paris"
    governed = head.dep_ in ("pobj", "conj")
    return governed and namesakes.is_only_a_place(head, speaks(namesakes.place_governor(head)))


def kind_of(actor_id: str, gazetteer: Gazetteer) -> str:
    """The kind of a listed actor in the contract's words; empty when unlisted."""
    actor = gazetteer.actors.get(actor_id)
    if isinstance(actor, Person):
        return "person"
    if isinstance(actor, Organisation):
        return actor.kind
    return "state" if actor else ""
