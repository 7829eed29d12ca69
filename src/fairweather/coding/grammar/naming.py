"""Who is who: names in a sentence to actors, with whom each acts for on that date.

The gazetteer overrides the name finder's types, and the name finder finds who is in no
table: such a name becomes a provisional actor, never dropped and never merged on a
likeness alone. A surname stands for a person only when the document has named the person
in full, or when one office-holder of that date bears it.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Mention, Sentence
from fairweather.records import Document, slug
from fairweather.vocabulary.gazetteer import Gazetteer, Organisation, Person, load_gazetteer
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LONGEST_NAME = 9
"""Tokens in the longest name that is looked for."""

SCORE = {
    "name": 1.0,
    "person": 1.0,
    "demonym": 0.95,
    "adjective": 0.9,
    "metonym": 0.9,
    "capital": 0.85,
    "surname": 0.8,
    "provisional": 0.5,
    "inferred": 0.5,
}
"""How sure a match of each kind is: ranks, set by hand, used to order and to show."""

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

    def name(self, sentence: Sentence) -> Sentence:
        """The sentence with its mentions, in order, none overlapping another."""
        doc = sentence.span.doc
        found = list(self._from_table(sentence.span))
        taken = {i for mention in found for i in range(mention.start, mention.end)}
        found += self._provisional(sentence.span, taken)
        named = sorted(found, key=lambda mention: mention.start)
        acting = [self._acting(doc, mention, named) for mention in named]
        whole = [_with_office(doc, mention) for mention in acting]
        return replace(sentence, mentions=tuple(whole))

    @property
    def day(self) -> str | None:
        """The date at which offices are looked up."""
        return self.document.published.until or self.document.published.since

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
        alias = doc[start:end].text
        if doc[start].pos_ != "PROPN" and doc[start].ent_type_ != "PERSON":
            return None
        if alias in self.known:
            return self.known[alias], 0.95
        if _has_other_first_name(doc, start):
            return None
        in_office = [p for p in persons if self.day and self.gazetteer.roles_on(p, self.day)]
        if len(in_office) == 1:
            return in_office[0], SCORE["surname"]
        if len(persons) == 1 and doc[start].ent_type_ == "PERSON":
            return persons[0], 0.6
        return None

    def _remember(self, person: str) -> None:
        actor = self.gazetteer.actors.get(person)
        if isinstance(actor, Person):
            for name in (actor.name, *actor.names):
                self.known[name.split()[-1]] = person

    # -- names in no table -------------------------------------------------------------

    def _provisional(self, span: Span, taken: set[int]) -> Iterator[Mention]:
        for start, end, label in _candidates(span, self.known):
            if start >= end or any(i in taken for i in range(start, end)):
                continue
            name = span.doc[start:end].text.strip(" '\".,")
            mention = self._unlisted(span.doc, start, end, name, label)
            if mention:
                taken |= set(range(start, end))
                yield mention

    def _unlisted(self, doc: Doc, start: int, end: int, name: str, label: str) -> Mention | None:
        words = name.split()
        if not words or name.lower() in word_groups("naming")["not_names"]:
            return None
        if any(w.lower() in word_groups("naming")["not_names"] for w in (words[0], words[-1])):
            return None
        if label == "PERSON" and len(words) == 1:
            person = self.known.get(name) or self._misspelt(doc, start, name)
            score = SCORE["provisional"] if name not in self.known else 0.9
            return Mention(person, (), start, end, "surname", score, name) if person else None
        if not all(word[:1].isupper() or word.islower() for word in words) or not name[0].isupper():
            return None
        if label == "ORG" and len(words) == 1 and not name.isupper():
            return None
        actor = slug(name)
        if actor in self.gazetteer.actors:
            return Mention(actor, (), start, end, "name", 0.9, name)
        self.provisional[actor] = (name, "person" if label == "PERSON" else "organisation")
        if label == "PERSON":
            self.known.setdefault(words[-1], actor)
        return Mention(actor, (), start, end, "provisional", SCORE["provisional"], name)

    def _misspelt(self, doc: Doc, start: int, name: str) -> str | None:
        """A person of the document, or in office beside a title, whose surname is nearly this.

        Only a name that no table has at all is taken for a misspelling, so that two
        near names which both exist stay apart.
        """
        titled = start > 0 and doc[start - 1].lower_ in word_groups("naming")["titles"]
        candidates = set(self.known) | (set(self._surnames_in_office()) if titled else set())
        scored = [
            (_likeness(name.lower(), other.lower()), other)
            for other in candidates
            if other[:1] == name[:1] and len(other) > 5 and len(name) > 5
        ]
        best = max(scored, default=(0.0, ""))
        if best[0] < 0.85:
            return None
        return self.known.get(best[1]) or self._surnames_in_office().get(best[1])

    def _surnames_in_office(self) -> dict[str, str]:
        return _surnames_in_office(self.day or "")

    # -- whom it acts for --------------------------------------------------------------

    def _acting(self, doc: Doc, mention: Mention, named: Sequence[Mention]) -> Mention:
        """The mention with the state or body it acts for, or marked weak."""
        actor = self.gazetteer.actors.get(mention.actor)
        if isinstance(actor, Organisation):
            return replace(mention, acts_for=tuple(actor.of))
        if isinstance(actor, Person) or mention.actor in self.provisional:
            return replace(mention, acts_for=self._principals(doc, mention, named))
        if mention.kind in ("adjective", "name", "demonym", "capital", "metonym"):
            return replace(mention, weak=_modifies_a_thing(doc, mention))
        return mention

    def _principals(self, doc: Doc, mention: Mention, named: Sequence[Mention]) -> tuple[str, ...]:
        roles = self.gazetteer.roles_on(mention.actor, self.day or "")
        if roles:
            return tuple(dict.fromkeys(role.of for role in roles))[:1]
        beside = _state_beside(doc, mention, named)
        return (beside.principal,) if beside else ()


@functools.lru_cache(maxsize=64)
def _surnames_in_office(day: str) -> dict[str, str]:
    gazetteer = load_gazetteer()
    bearers: dict[str, str] = {}
    for actor_id, actor in gazetteer.actors.items():
        if isinstance(actor, Person) and gazetteer.roles_on(actor_id, day):
            bearers.setdefault(actor.name.split()[-1], actor_id)
    return bearers


def _part_of_longer_name(
    doc: Doc, start: int, end: int, entries: Sequence[tuple[str, str]]
) -> bool:
    """Whether a one-word state name is really part of a person's name ("Jordan Smith")."""
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


def _likeness(one: str, other: str) -> float:
    """How alike two spellings are, 0..1; the same letters in another order count as .9."""
    from difflib import SequenceMatcher

    ratio = SequenceMatcher(None, one, other).ratio()
    return max(ratio, 0.9) if sorted(one) == sorted(other) else ratio


def _candidates(span: Span, known: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Stretches that may name somebody: found as names, titled, or introduced before."""
    for entity in span.ents:
        if entity.label_ in ("PERSON", "ORG"):
            yield *_trim_titles(entity), entity.label_
    titles = word_groups("naming")["titles"]
    for token in span:
        if token.pos_ != "PROPN" or token.lower_ in titles:
            continue
        before = token.doc[token.i - 1] if token.i > span.start else None
        titled = before is not None and before.lower_ in titles and before.text[0].isupper()
        if titled or token.text in known:
            yield token.i, token.i + 1, "PERSON"


def _has_other_first_name(doc: Doc, start: int) -> bool:
    """Whether a first name that is not a title stands before a surname."""
    if start == 0:
        return False
    before = doc[start - 1]
    return bool(
        before.pos_ == "PROPN"
        and before.ent_type_ == "PERSON"
        and before.lower_ not in word_groups("naming")["titles"]
        and (before.text,) not in _terms()
    )


def _trim_titles(entity: Span) -> tuple[int, int]:
    """The entity without titles before it, "the", and possessive endings."""
    titles = word_groups("naming")["titles"]
    start, end = entity.start, entity.end
    while start < end and (entity.doc[start].lower_ in titles or entity.doc[start].lower_ == "the"):
        start += 1
    while end > start and (entity.doc[end - 1].text in ("'s", "'") or entity.doc[end - 1].is_punct):
        end -= 1
    return start, end


def _modifies_a_thing(doc: Doc, mention: Mention) -> bool:
    """Whether the mention only says whose or where from: "Russian missiles", "Iran policy"."""
    last = doc[mention.end - 1]
    if last.dep_ not in ("amod", "compound", "nmod", "nsubj") or last.head.i == last.i:
        return False
    if last.dep_ == "nsubj":
        return False
    noun = last.head
    while noun.dep_ == "compound" and noun.head.i > noun.i:
        noun = noun.head
    if speaks(noun):
        return False
    return not (noun.ent_type_ == "PERSON" and noun.pos_ == "PROPN")


def speaks(noun: Token) -> bool:
    """Whether a noun acts for the state named beside it: an office, a force, a people.

    Arms do so only where they do something ("Turkish drones struck"); sold or promised
    they are goods.
    """
    groups = word_groups("naming")
    words = {noun.lower_, noun.lemma_.lower()}
    if words & groups["weapons"]:
        return noun.dep_ == "nsubj" or (noun.dep_ == "pobj" and noun.head.lower_ == "by")
    return any(words & groups[group] for group in ("government", "forces", "people"))


def _with_office(doc: Doc, mention: Mention) -> Mention:
    """The mention stretched over the noun that speaks for it: "Iranian Foreign Ministry"."""
    if mention.weak or mention.kind not in ("adjective", "name", "demonym", "capital"):
        return mention
    last = doc[mention.end - 1]
    noun = last.head
    if last.dep_ not in ("amod", "compound", "nmod", "poss") or not 0 < noun.i - last.i <= 5:
        return mention
    if speaks(noun):
        between = doc[mention.end : noun.i]
        if all(token.dep_ in ("amod", "compound", "case", "punct", "nmod") for token in between):
            return replace(mention, end=noun.i + 1)
    return mention


def _state_beside(doc: Doc, mention: Mention, named: Sequence[Mention]) -> Mention | None:
    """The state or body that a person's title or apposition names: "Iran's envoy X"."""
    head = _head(doc, mention)
    near = {head.i, *(t.i for t in head.subtree if abs(t.i - mention.start) <= 6)}
    if head.dep_ == "appos":
        near |= {t.i for t in head.head.subtree if abs(t.i - mention.start) <= 10}
    for other in named:
        last = doc[other.end - 1]
        if other.actor == mention.actor or other.kind in ("person", "surname", "provisional"):
            continue
        if last.i in near and last.dep_ in ("poss", "amod", "compound", "nmod", "pobj"):
            return other
    return None


def _head(doc: Doc, mention: Mention) -> Token:
    """The token of a mention on which the others hang."""
    span = doc[mention.start : mention.end]
    return span.root


def kind_of(actor_id: str, gazetteer: Gazetteer) -> str:
    """The kind of a listed actor in the contract's words; empty when unlisted."""
    actor = gazetteer.actors.get(actor_id)
    if isinstance(actor, Person):
        return "person"
    if isinstance(actor, Organisation):
        return actor.kind
    return "state" if actor else ""
