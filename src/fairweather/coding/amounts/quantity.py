"""A quantity: a number with its unit and what it counts, found in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.amounts.numerals import Numeral
from fairweather.coding.grammar.sentence import Sentence

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit; `start` and `end` index the sentence's text.

    `noun` is the token that is counted or that heads the unit's name, `thing` the first and
    last token of the counted noun phrase; both None for a bare number. A `glued` unit
    measures the noun behind it: "a 60-day truce".
    """

    start: int
    end: int
    numeral: Numeral
    unit: str
    kind: str
    noun: Token | None = None
    thing: tuple[Token, Token] | None = None
    glued: bool = False


def token_at(sentence: Sentence, offset: int) -> Token | None:
    """The token that covers an offset of the sentence's text."""
    place = offset + int(sentence.span.start_char)
    span = sentence.span.doc.char_span(place, place + 1)
    return span[0] if span is not None and len(span) else None
