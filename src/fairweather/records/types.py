"""The ten kinds of record: one row is one fact somebody wrote down.

Fields carry the names of the interchange contract (`docs/records.md`), but for four
words that Python keeps for itself or that read badly in code: `since`/`until` are
`from`/`to`, `event_class` is `class`, `home`/`dest` of a link are `from`/`to`.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import ClassVar

from fairweather.errors import RecordError
from fairweather.records.dates import UNDATED, When
from fairweather.records.identity import fingerprint
from fairweather.records.quote import Quote
from fairweather.records.showing import Shown
from fairweather.vocabulary import vocabulary

AUTHOR = "author"
"""The document's author, where a speaker, `by` or viewpoint is asked for."""

UNNAMED = "unnamed"
"""A speaker whom the text does not name."""

Actors = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Record(Shown):
    """What every record has: an id made of its content, quotes, confidence, its coder.

    `recorded` is the UTC instant at which a ledger took it in, None before that.
    Raises RecordError for a confidence outside 0..1 or a word outside the vocabulary.
    """

    type: ClassVar[str]
    words: ClassVar[dict[str, str]] = {}
    """Fields whose value must stand in a vocabulary: field -> vocabulary."""
    later: ClassVar[frozenset[str]] = frozenset()
    """Fields that tie the record to others or come later; no part of its identity."""

    id: str = ""
    quotes: tuple[Quote, ...] = ()
    confidence: float = 1.0
    coder: str = ""
    recorded: str | None = None

    def __post_init__(self) -> None:
        if not 0.0 <= self.confidence <= 1.0:
            raise RecordError(f"{self.type}: confidence {self.confidence} is not within 0..1")
        for name, words in self.words.items():
            vocabulary(words).check(getattr(self, name), where=f"{self.type}.{name}")
        if not self.id:
            object.__setattr__(self, "id", f"{self.type}:{fingerprint(self.identifying())}")

    def identifying(self) -> dict[str, object]:
        """What identifies the record: its fields without id, judgement and links."""
        left_out = {"id", "confidence", "coder", "recorded", *self.later}
        return {
            item.name: _plain(getattr(self, item.name))
            for item in dataclasses.fields(self)
            if item.name not in left_out
        }

    @property
    def document(self) -> str:
        """The id of the document that the first quote stands in."""
        return self.quotes[0].document if self.quotes else ""


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: _plain(getattr(value, item.name)) for item in dataclasses.fields(value)}
    return value


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a document stands in a plain-text file: `file[start:end] == text`."""

    uri: str
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Aside:
    """A stretch that may date a document but from which nothing is coded."""

    kind: str
    start: int
    end: int

    def __post_init__(self) -> None:
        vocabulary("aside_kinds").check(self.kind, where="aside.kind")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Record):
    """One article, page, statement or feed item, with its text unchanged."""

    type: ClassVar[str] = "document"
    words: ClassVar[dict[str, str]] = {"genre": "genres"}

    text: str
    title: str = ""
    author: str = ""
    published: When = UNDATED
    publisher: str = ""
    url: str = ""
    language: str = "en"
    genre: str = "unknown"
    origin: Origin | None = None
    asides: tuple[Aside, ...] = ()
    sha256: str = ""

    def identifying(self) -> dict[str, object]:
        """A document is its text and its public address, wherever the copy lay."""
        return {"text": self.text, "url": self.url}

    def quote(self, start: int, end: int) -> Quote:
        """The verbatim quote of `text[start:end]`."""
        return Quote(self.id, start, end, self.text[start:end])

    def is_aside(self, start: int, end: int) -> bool:
        """Whether any part of the stretch lies in an aside."""
        return any(start < aside.end and aside.start < end for aside in self.asides)


@dataclass(frozen=True, slots=True)
class Name:
    """A name with the language it is written in."""

    text: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Role:
    """An office held: `role` of the actor `of`, from one prefix date to another."""

    role: str
    of: str
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor(Record):
    """A state, organisation, armed group, person, bloc, company or people."""

    type: ClassVar[str] = "actor"
    words: ClassVar[dict[str, str]] = {"kind": "actor_kinds"}

    names: tuple[Name, ...]
    kind: str
    roles: tuple[Role, ...] = ()
    wikidata: str = ""

    @property
    def name(self) -> str:
        """The commonest name."""
        return self.names[0].text if self.names else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """Somebody did something to somebody: source, PLOVER class, target."""

    type: ClassVar[str] = "event"
    words: ClassVar[dict[str, str]] = {"event_class": "event_classes", "status": "statuses"}

    source: Actors
    target: Actors
    event_class: str
    status: str
    cameo: str = ""
    date: When = UNDATED
    place: str = ""
    intensity: float | None = None


@dataclass(frozen=True, slots=True)
class Stage:
    """One step in the life of an agreement or a mechanism."""

    stage: str
    by: Actors = ()
    date: When = UNDATED
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """What an agreement binds its parties to, or is said not to (`state` absent).

    An empty `by` means all parties.
    """

    obligation: str
    state: str
    by: Actors = ()
    against: Actors = ()
    condition: str = ""
    quotes: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        vocabulary("obligations").check(self.obligation, where="clause.obligation")
        vocabulary("clause_states").check(self.state, where="clause.state")


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Record):
    """A treaty, pact, memorandum or deal, as one document tells it or as a merged view."""

    type: ClassVar[str] = "agreement"
    later: ClassVar[frozenset[str]] = frozenset({"merged"})

    name: str
    parties: Actors
    kind: str = "treaty"
    stages: tuple[Stage, ...] = ()
    clauses: tuple[Clause, ...] = ()
    term_years: float | None = None
    supersedes: str = ""
    merged: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for stage in self.stages:
            vocabulary("stages").check(stage.stage, where="agreement.stages")
        # Not super(): a dataclass with slots is a new class, and the zero-argument form
        # still points at the old one.
        Record.__post_init__(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim(Record):
    """What a speaker asserts, denies, promises, demands or threatens."""

    type: ClassVar[str] = "claim"
    words: ClassVar[dict[str, str]] = {"stance": "stances"}
    later: ClassVar[frozenset[str]] = frozenset({"contested_by", "disputes"})

    speaker: str
    stance: str
    content: str
    about: Actors = ()
    contested_by: tuple[str, ...] = ()
    disputes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chance:
    """An interval of probability, both ends within 0..1."""

    low: float
    high: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.low <= self.high <= 1.0:
            raise RecordError(f"not a probability interval: {self.low} to {self.high}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction(Record):
    """A statement about what will be, with the words that hedge it.

    `probability` and `outcome` are those of the statement as worded, negations included.
    """

    type: ClassVar[str] = "prediction"
    words: ClassVar[dict[str, str]] = {"outcome": "outcomes"}
    later: ClassVar[frozenset[str]] = frozenset({"outcome", "resolved_by", "resolved_on"})

    by: str
    statement: str
    wording: str = ""
    probability: Chance | None = None
    about: Actors = ()
    condition: str = ""
    horizon: When = UNDATED
    criterion: str = ""
    outcome: str = "open"
    resolved_by: tuple[Quote, ...] = ()
    resolved_on: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount(Record):
    """A sum or a count with its unit, its bound and what it measures."""

    type: ClassVar[str] = "amount"
    words: ClassVar[dict[str, str]] = {"bound": "bounds", "unit": "units"}

    value: float
    unit: str
    bound: str = "exact"
    measures: str = ""
    about: Actors = ()
    equivalent_of: str = ""
    date: When = UNDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Tie(Record):
    """One side's view of one strand of what ties two actors: for, against or neutral."""

    type: ClassVar[str] = "tie"
    words: ClassVar[dict[str, str]] = {"strand": "strands", "polarity": "polarities"}

    a: str
    b: str
    viewpoint: str
    strand: str
    polarity: str
    gist: str = ""
    date: When = UNDATED


@dataclass(frozen=True, slots=True)
class Member:
    """An actor's part in a mechanism, from one prefix date to another."""

    actor: str
    role: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """One edge of a mechanism: goods, money or men from `home` to `dest`."""

    home: str
    dest: str
    status: str = ""
    amount: str = ""
    date: When = UNDATED
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mechanism(Record):
    """A standing arrangement: a hotline, bloc, corridor, finance network, mediation, case."""

    type: ClassVar[str] = "mechanism"
    words: ClassVar[dict[str, str]] = {"kind": "mechanism_kinds"}
    later: ClassVar[frozenset[str]] = frozenset({"merged"})

    name: str
    kind: str
    members: tuple[Member, ...] = ()
    links: tuple[Link, ...] = ()
    stages: tuple[Stage, ...] = ()
    rival_of: str = ""
    status: str = ""
    merged: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Support(Record):
    """Support on one rung of the ladder, given, promised, expected or withheld."""

    type: ClassVar[str] = "support"
    words: ClassVar[dict[str, str]] = {"level": "rungs", "state": "support_states"}

    giver: str
    receiver: str
    level: str
    state: str
    condition: str = ""
    date: When = UNDATED


RECORD_TYPES: dict[str, type[Record]] = {
    kind.type: kind
    for kind in (
        Document,
        Actor,
        Event,
        Agreement,
        Claim,
        Prediction,
        Amount,
        Tie,
        Mechanism,
        Support,
    )
}
"""Every kind of record by its name in the contract, in the order of an export."""
