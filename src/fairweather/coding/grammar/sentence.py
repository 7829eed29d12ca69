"""What the coders read: sentences with the actors, dates and clauses found in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.records import Actor, Document, Quote

if TYPE_CHECKING:
    from fairweather.coding.grammar.bearers import Match
    from fairweather.coding.grammar.tree import Span, Token
    from fairweather.sources import DateMention


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor named in a sentence, and the state or body it acts for on that date.

    `start` and `end` are token indices in the parsed passage. `kind` says how the actor
    was named: name, adjective, demonym, capital, metonym, person, surname, provisional
    (a name that no table has) or inferred (a pronoun, or "both sides"). `score` is how
    sure the match is. An adjective that modifies a thing ("Russian missiles" as goods) is
    `weak`: it tells whose thing it is, and does not act.
    """

    actor: str
    acts_for: tuple[str, ...]
    start: int
    end: int
    kind: str
    score: float
    alias: str
    weak: bool = False

    @property
    def chain(self) -> tuple[str, ...]:
        """The actor named, then the state or body it acts for."""
        return (self.actor, *self.acts_for)

    @property
    def principal(self) -> str:
        """Whom the mention stands for in the end: the state, or the actor itself."""
        return self.acts_for[-1] if self.acts_for else self.actor


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with what hangs on it, short of other clauses.

    `head` is the token index of its verb; `governor` the head of the clause it depends
    on, or None. `status` is the word of the vocabulary; `negated` whether the act itself
    is denied; `why` the word that decided. `affirmed` is the status without the clause's own
    "not" and "will": that of a refusal made by saying "will not".
    """

    head: int
    tokens: tuple[int, ...]
    governor: int | None
    status: str
    negated: bool
    why: str
    affirmed: str = "factual"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: its parse, where it stands in the document, and what was found in it.

    `span` indexes tokens of one parsed passage; `shift` turns that passage's character
    offsets into the document's. `number` counts sentences through the document, `passage`
    the paragraphs. `places` are capitals that are only where something happens; they act in
    nothing, and no coder sees them among the `mentions`.
    """

    document: Document
    span: Span
    shift: int
    number: int
    passage: int
    mentions: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    clauses: tuple[Clause, ...] = ()

    @property
    def start(self) -> int:
        """First code point in the document."""
        return self.shift + int(self.span.start_char)

    @property
    def end(self) -> int:
        """Code point after the last in the document."""
        return self.shift + int(self.span.end_char)

    @property
    def text(self) -> str:
        """The sentence as it is matched on (the normalised copy)."""
        return str(self.span.text)

    def token(self, index: int) -> Token:
        """The token of an index in the parsed passage."""
        return self.span.doc.tokens[index]

    def place(self, first: Token, last: Token | None = None) -> tuple[int, int]:
        """Start and end in the document of a token, or of a run of tokens."""
        final = last if last is not None else first
        return self.shift + int(first.idx), self.shift + int(final.idx) + len(final.text)

    def quote(self, start: int | None = None, end: int | None = None) -> Quote:
        """The verbatim quote between two places of the document, trimmed of white space."""
        text = self.document.text
        first = self.start if start is None else start
        last = self.end if end is None else end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        return self.document.quote(first, last)

    def mention_at(self, index: int) -> Mention | None:
        """The mention that covers a token, if any."""
        for mention in self.mentions:
            if mention.start <= index < mention.end:
                return mention
        return None

    def clause_of(self, index: int) -> Clause | None:
        """The clause that a token belongs to."""
        for clause in self.clauses:
            if index in clause.tokens:
                return clause
        return None


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as the coders see it: its sentences, its actors, the dyad in focus.

    `focus` is the pair of actors that the article is about, most central first; empty
    where no two stand out. `matches` are names that are not exactly an actor's and were
    taken for his all the same.
    """

    document: Document
    sentences: tuple[Sentence, ...]
    actors: tuple[Actor, ...] = ()
    focus: tuple[str, ...] = ()
    matches: tuple[Match, ...] = ()

    def before(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences before one in the same passage, nearest first."""
        for other in reversed(self.sentences[: sentence.number]):
            if other.passage != sentence.passage:
                return
            yield other
