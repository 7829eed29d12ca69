"""From the model's words to places in the document: quotes, dates, statuses, numbers.

The model points, the program reads. A quote is kept where the document has it, once; a date
where the quote's own words give it; a number where the quote's own figures do; a status only
as far as the grammar of the clause bears it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from fairweather.coding.amounts.numerals import numerals
from fairweather.coding.amounts.quantities import quantities
from fairweather.coding.events.predicates import Predicate, predicates
from fairweather.coding.grammar.attached_dates import tokens_of
from fairweather.coding.grammar.clauses import status_of_noun
from fairweather.coding.grammar.parse import normalise
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.llm.windows import Window
from fairweather.records import UNDATED, Quote, When
from fairweather.records.quote import LONGEST_QUOTE
from fairweather.vocabulary import vocabulary

REAL = ("factual", "reported", "claimed")


class Ungrounded(Exception):
    """What the model points at is not there. `kind` is what it is counted by."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of the document with the sentences that it touches, one at least."""

    start: int
    end: int
    sentences: tuple[Sentence, ...]


@dataclass(slots=True)
class Ground:
    """One window of a reading, to be pointed into.

    `copy` is the document's text as it is matched on, of the same length.
    """

    reading: Reading
    window: Window
    copy: str
    dates_left_out: int = field(default=0)

    @classmethod
    def under(cls, reading: Reading, window: Window) -> Ground:
        """The ground of a window."""
        return cls(reading, window, normalise(reading.document.text))

    # -- quotes ----------------------------------------------------------------------------

    def find(self, quote: str, sentence: int) -> Place:
        """Where a quote stands: its only place in the window, else the one in the sentence.

        Raises Ungrounded for a quote that stands nowhere, in several places or runs too long.
        """
        pattern = _as_pattern(quote)
        if not pattern:
            raise Ungrounded("invented quote", "a row without a quote")
        found = [
            match.span()
            for start, end in self.window.stretches
            for match in pattern.finditer(self.copy, start, end)
        ]
        if not found:
            raise Ungrounded("invented quote", "the quote does not stand in the text")
        if len(found) > 1:
            found = [place for place in found if self._begins_in(place[0], sentence)]
        if len(found) != 1:
            raise Ungrounded("ambiguous quote", "the quote stands in several places")
        start, end = found[0]
        if end - start > LONGEST_QUOTE:
            raise Ungrounded("long quote", f"the quote has over {LONGEST_QUOTE} characters")
        return Place(start, end, tuple(self._touched(start, end)))

    def _begins_in(self, place: int, number: int) -> bool:
        return any(s.number == number and s.start <= place < s.end for s in self.window.sentences)

    def _touched(self, start: int, end: int) -> Iterable[Sentence]:
        return (s for s in self.window.sentences if s.start < end and start < s.end)

    def quote(self, place: Place) -> Quote:
        """The verbatim quote of a place."""
        return self.reading.document.quote(place.start, place.end)

    def copied(self, words: str, place: Place) -> str:
        """The words as the place has them; empty where it has not."""
        part = self.within(words, place)
        return self.reading.document.text[part.start : part.end] if part else ""

    def within(self, words: str, place: Place) -> Place | None:
        """Where in a place the words stand first."""
        pattern = _as_pattern(words)
        match = pattern.search(self.copy, place.start, place.end) if pattern else None
        if match is None:
            return None
        return Place(*match.span(), tuple(self._touched(*match.span())))

    def copied_near(self, words: str, place: Place) -> str:
        """The words as the sentences of a place have them; empty where they have not."""
        first, last = place.sentences[0], place.sentences[-1]
        return self.copied(words, Place(first.start, last.end, place.sentences))

    def copied_from_window(self, words: str) -> str:
        """The words as the window has them; empty where it has not."""
        for start, end in self.window.stretches:
            found = self.copied(words, Place(start, end, ()))
            if found:
                return found
        return ""

    # -- dates -----------------------------------------------------------------------------

    def when(self, told: str, place: Place) -> When:
        """The date that words of the quote give; an ISO date only where they give just that.

        Undated, and counted, where they do not.
        """
        words = " ".join(normalise(told).split()).casefold()
        if not words:
            return UNDATED
        for sentence in place.sentences:
            for date in sentence.dates:
                inside = place.start <= date.start and date.end <= place.end
                if not inside or not date.when.known:
                    continue
                text = " ".join(normalise(date.text).split()).casefold()
                if text in words:
                    return date.when
                if date.when.since == words == date.when.until:
                    return date.when
        self.dates_left_out += 1
        return UNDATED

    # -- status ----------------------------------------------------------------------------

    def status(self, told: str, act: str, place: Place, event_class: str = "") -> str:
        """The status told, or the weaker one that the grammar of the act's clause gives it.

        The clause is that of the act's word. Where the word is not found, or is no act of
        that class to the rules while another word of the quote is, all of them count.
        """
        token = self.act(act, place)
        acts = list(self._acts(event_class, place))
        if token is None:
            return weakest([told, *_statuses(acts), *self._clause_statuses(place)])
        sentence, index = token
        own = [p.status for s, p in acts if s is sentence and p.token.i == index]
        if own:
            return weakest([told, *own])
        word, clause = sentence.token(index), sentence.clause_of(index)
        if word.pos_ in ("VERB", "AUX") and clause:
            grammar = clause.status
        else:
            grammar = status_of_noun(word, sentence.clauses)[0]
        return weakest([told, grammar, *_statuses(acts)])

    def _acts(self, event_class: str, place: Place) -> Iterator[tuple[Sentence, Predicate]]:
        """The words of the quote that name an act of a class, as the rules see it."""
        for sentence in place.sentences:
            for predicate in predicates(sentence):
                inside = _is_inside(sentence, predicate.token.i, place)
                if inside and predicate.event_class == event_class:
                    yield sentence, predicate

    def _clause_statuses(self, place: Place) -> Iterator[str]:
        """The statuses of all clauses of the quote; of the main ones where it has no verb."""
        clauses = [(s, clause) for s in place.sentences for clause in s.clauses]
        inside = [c.status for s, c in clauses if _is_inside(s, c.head, place)]
        yield from inside or [c.status for _, c in clauses if c.governor is None]

    def act(self, word: str, place: Place) -> tuple[Sentence, int] | None:
        """The sentence and token of a word of the quote; None unless it stands there once."""
        pattern = _as_pattern(word)
        if not pattern or " " in word.strip():
            return None
        found = list(pattern.finditer(self.copy, place.start, place.end))
        if len(found) != 1:
            return None
        start, end = found[0].span()
        for sentence in place.sentences:
            if sentence.start <= start < sentence.end:
                tokens = tokens_of(sentence, start, end)
                return (sentence, tokens[0]) if tokens else None
        return None

    # -- numbers ---------------------------------------------------------------------------

    def number(self, value: float, unit: str, place: Place) -> tuple[float, str, str]:
        """Value, unit and bound as the quote's own figures give them.

        Raises Ungrounded where no figure of the quote has that value, or its unit is another.
        """
        for sentence in place.sentences:
            for quantity in quantities(sentence):
                first = sentence.start + quantity.numeral.first
                if place.start <= first < place.end and _equal(quantity.numeral.value, value):
                    return quantity.numeral.value, quantity.unit, quantity.numeral.bound
        text = self.copy[place.start : place.end]
        for numeral in numerals(text):
            if _equal(numeral.value, value):
                if not _names_unit(text, unit):
                    raise Ungrounded("invented unit", "the unit does not stand in the quote")
                return numeral.value, unit, numeral.bound
        raise Ungrounded("invented number", "the number does not stand in the quote")


def _statuses(acts: Iterable[tuple[Sentence, Predicate]]) -> tuple[str, ...]:
    """The statuses of some acts."""
    return tuple(predicate.status for _, predicate in acts)


def weakest(statuses: Iterable[str]) -> str:
    """The weakest of some statuses, which the vocabulary lists from the firmest on."""
    order = list(vocabulary("statuses"))
    return max(statuses, key=order.index)


def _as_pattern(words: str) -> re.Pattern[str] | None:
    """A pattern for whole words as they stand, white space apart; None without a word."""
    parts = normalise(words).split()
    if not parts:
        return None
    begins = r"(?<!\w)" if parts[0][0].isalnum() else ""
    ends = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    return re.compile(begins + r"\s+".join(re.escape(part) for part in parts) + ends)


def _is_inside(sentence: Sentence, index: int, place: Place) -> bool:
    start, end = sentence.place(sentence.token(index))
    return place.start <= start and end <= place.end


def _equal(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other), 1.0)


def _names_unit(text: str, unit: str) -> bool:
    term = vocabulary("units")[unit].extra
    folded = text.casefold()
    return any(str(name).casefold() in folded for name in (*term["names"], *term["signs"]))
