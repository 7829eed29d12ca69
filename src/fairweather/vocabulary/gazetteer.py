"""Who is who: states, organisations and persons, with their names and dated roles.

    gazetteer = load_gazetteer()
    gazetteer.holders("president", "RUS", "2010")            # ("dmitry-medvedev",)
    gazetteer.members_on("brics", "2023-12-31")              # ("BRA", "RUS", ...)
    gazetteer.label("IRN")                                   # "Iran"

The tables are the TOML files in `actors/`. A prefix date ("2025", "2025-01") stands for
every day it covers: a role is held *on* a date when some day of the date may lie in it. An
empty date is no date, and nobody holds anything on it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "actors"

PARTICLES = frozenset(
    (
        *("al", "arap", "ben", "bin", "el", "ibn", "van", "von", "den", "der"),
        *("da", "de", "del", "della", "di", "do", "dos", "du", "la", "le"),
    )
)
"""Words before a last word that belong to the surname: "de Gaulle", "van Rompuy"."""

ARTICLES = ("al-", "el-", "Al-", "El-")
"""Arabic articles, which newspapers write or leave out: "al-Assad", "Assad"."""

LETTERS = str.maketrans("đĐłŁøØıßæðþʻ’", "dDlLoOisadt''")
"""Letters that Unicode does not take apart into a plain letter and a mark."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one prefix date to another, both included; "" leaves an end open."""

    since: str = ""
    until: str = ""

    def may_include(self, date: str) -> bool:
        """Whether some day that the prefix date covers may lie in the span."""
        begun = not self.since or first_day(self.since) <= last_day(date)
        return begun and (not self.until or first_day(date) <= last_day(self.until))


@dataclass(frozen=True, slots=True)
class State:
    """A state, present or former, under its ISO 3166-1 alpha-3 code."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()
    capital: str = ""
    metonyms: tuple[str, ...] = ()
    existed: Span = Span()
    successor: str = ""
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Membership:
    """One actor's time in a bloc; an actor that left and came back has two."""

    actor: str
    held: Span


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation, bloc, company or armed group.

    `of` are the states or bodies it acts for, `based_in` those it only sits in. `verified`
    is whether `members` were compared with `source`.
    """

    id: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    based_in: tuple[str, ...] = ()
    members: tuple[Membership, ...] = ()
    source: str = ""
    verified: bool = False
    wikidata: str = ""


@dataclass(frozen=True, slots=True)
class Role:
    """An office held: `since` and `until` are prefix dates, "" where open.

    `verified` is whether an open list has the same person take that office at that time.
    """

    role: str
    of: str
    since: str
    until: str
    verified: bool

    @property
    def held(self) -> Span:
        """The time in office."""
        return Span(self.since, self.until)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with dated roles; `surname` is "" where no lone surname stands for them."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    surname: str = ""
    roles: tuple[Role, ...] = ()
    wikidata: str = ""


Actor = State | Organisation | Person
Term = tuple[str, str, str]
"""Surface text, actor id, and how it names the actor: name, adjective, demonym, capital,
metonym, person or surname."""


@dataclass(frozen=True, slots=True)
class Exemption:
    """A contradiction between the tables that is one in the world too, with the reason.

    `about` is the word that several actors share, or "role of" for a disputed or vacant
    office; `actors` are likeliest first.
    """

    kind: str
    about: str
    actors: tuple[str, ...]
    reason: str
    span: Span = Span()


@dataclass(frozen=True, eq=False)
class Gazetteer:
    """Everybody whom the tables list. `horizon`: changes after this date are not in them."""

    actors: Mapping[str, Actor]
    exemptions: tuple[Exemption, ...] = ()
    horizon: str = ""
    files: Mapping[str, str] = field(default_factory=dict, repr=False)
    """Actor id -> the name of the file that lists it, for messages."""

    def label(self, actor_id: str) -> str:
        """The commonest English name; the id itself where no table has it."""
        actor = self.actors.get(actor_id)
        return actor.name if actor else actor_id

    def terms(self, on_date: str = "") -> tuple[Term, ...]:
        """Every word for every actor, as written in text: match with capitals.

        Words that several actors share come likeliest first. With a date, states that did
        not exist then are left out, so that "Moscow" in 1970 is the Soviet Union's.
        """
        if not on_date:
            return self._terms
        return tuple(term for term in self._terms if self.existed_on(term[1], on_date))

    def ambiguous(self, surface: str) -> str:
        """Why a word needs its context to be understood; "" for one that does not."""
        exemption = self._shared_words.get(surface)
        return exemption.reason if exemption else ""

    def existed_on(self, actor_id: str, date: str) -> bool:
        """Whether a state existed on a prefix date; other actors are not dated."""
        actor = self.actors.get(actor_id)
        return not isinstance(actor, State) or actor.existed.may_include(date)

    def holders(self, role: str, of: str, on_date: str) -> tuple[str, ...]:
        """The persons who may have held a role on a prefix date, in order of taking it.

        Two on the day of a handover, and in a month or year that saw one.
        """
        if not on_date:
            return ()
        held = self._holders.get((role, of), ())
        return tuple(dict.fromkeys(p for p, r in held if r.held.may_include(on_date)))

    def roles_on(self, person_id: str, date: str) -> tuple[Role, ...]:
        """The roles a person may have held on a prefix date; none for who is no person."""
        person = self.actors.get(person_id)
        if not date or not isinstance(person, Person):
            return ()
        return tuple(role for role in person.roles if role.held.may_include(date))

    def members_on(self, bloc: str, date: str) -> tuple[str, ...]:
        """The members a bloc may have had on a prefix date; () for what has no members."""
        actor = self.actors.get(bloc)
        if not date or not isinstance(actor, Organisation):
            return ()
        return tuple(m.actor for m in actor.members if m.held.may_include(date))

    @cached_property
    def _shared_words(self) -> Mapping[str, Exemption]:
        return {e.about: e for e in self.exemptions if e.kind == "word"}

    @cached_property
    def _holders(self) -> Mapping[tuple[str, str], tuple[tuple[str, Role], ...]]:
        holders: dict[tuple[str, str], list[tuple[str, Role]]] = defaultdict(list)
        for actor in self.actors.values():
            for role in actor.roles if isinstance(actor, Person) else ():
                holders[role.role, role.of].append((actor.id, role))
        return {k: tuple(sorted(v, key=lambda held: held[1].since)) for k, v in holders.items()}

    @cached_property
    def _terms(self) -> tuple[Term, ...]:
        kinds: dict[tuple[str, str], str] = {}
        for actor in self.actors.values():
            for surface, kind in _terms_of(actor):
                kinds.setdefault((surface, actor.id), kind)
        terms = ((surface, actor, kind) for (surface, actor), kind in kinds.items())
        return tuple(sorted(terms, key=self._rank))

    def _rank(self, term: Term) -> int:
        """The place of an actor among those who share its word."""
        shared = self._shared_words.get(term[0])
        actors = shared.actors if shared else ()
        return actors.index(term[1]) if term[1] in actors else len(actors)


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The shipped tables. Raises VocabularyError naming file and key for a mistake in them."""
    from fairweather.vocabulary.gazetteer_tables import read_gazetteer

    return read_gazetteer(FOLDER)


_TAKES_ARTICLE = re.compile(
    r"(?:United|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros|Seychelles|Houthis)\b"
    r"|.*\b(?:Republic|Emirates|Islands|Union|Kingdom|Federation|States|Nations|Organi[sz]ation"
    r"|Agency|League|Council|Fund|Bank|Court|Commission|Committee|Corps|Forces?|Party|Movement"
    r"|Army|Front|Group|Guards?|Parliament|Ministry|Department|Association|Community|Taliban"
    r"|Authority|Brigades?|Militias?|Rebels?)$"
)
"""Names that stand with "the" inside a sentence."""


def with_article(name: str) -> str:
    """A name as it stands inside a sentence: Russia, the United States."""
    return f"the {name}" if _TAKES_ARTICLE.match(name) else name


def contradictions(gazetteer: Gazetteer) -> list[str]:
    """What in the tables cannot all be true, as sentences; empty when all is well."""
    from fairweather.vocabulary.gazetteer_checks import all_contradictions

    return list(all_contradictions(gazetteer))


def first_day(prefix: str) -> str:
    """The first day a prefix date covers, as text that compares like a date."""
    return prefix + "-01-01"[len(prefix) - 4 :]


def last_day(prefix: str) -> str:
    """The last day a prefix date covers; months are taken to have 31 days, to compare."""
    return prefix + "-12-31"[len(prefix) - 4 :]


def usual_surname(name: str) -> str:
    """The last word of a name with its particles; "" for a name of one word."""
    words = name.removesuffix(" Jr.").removesuffix(" Sr.").split()
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold() in PARTICLES:
        start -= 1
    return " ".join(words[start:]) if len(words) > 1 else ""


def _terms_of(actor: Actor) -> Iterator[tuple[str, str]]:
    match actor:
        case State():
            yield from ((name, "name") for name in (actor.name, *actor.names))
            yield from ((word, "adjective") for word in actor.adjectives)
            yield from ((word, "demonym") for word in actor.demonyms)
            yield from ((word, "metonym") for word in actor.metonyms)
            if actor.capital:
                yield actor.capital, "capital"
        case Organisation():
            for name in (actor.name, *actor.names):
                yield from ((spelling, "name") for spelling in _spellings(name))
        case Person():
            for name in (actor.name, *actor.names):
                yield from ((spelling, "person") for spelling in _spellings(name))
            for spelling in _spellings(actor.surname) if actor.surname else ():
                yield spelling, "surname"
                if spelling.startswith(ARTICLES):
                    yield spelling[3:], "surname"


def _spellings(name: str) -> tuple[str, ...]:
    """A name as it is, and in plain letters, as much of the press writes it."""
    marked = unicodedata.normalize("NFKD", name.translate(LETTERS))
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return tuple(dict.fromkeys((name, plain)))
