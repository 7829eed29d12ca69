"""What the numbers of a sentence count: money, people, weapons, barrels, percent, years.

Dates, ages, ordinals and numbers that are names ("Article 5", "One Day") are left out; the
two ends of a range share the unit that is said once.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

from fairweather.coding.amounts.counted import counted
from fairweather.coding.amounts.money import measured, money
from fairweather.coding.amounts.numerals import Numeral, numerals, words
from fairweather.coding.amounts.quantity import Quantity
from fairweather.coding.grammar.sentence import Sentence


def quantities(sentence: Sentence, countries: Iterable[str] = ()) -> tuple[Quantity, ...]:
    """The quantities in a sentence, in order; the ends of a range share their unit.

    `countries` are names of countries spoken of before, latest first: they settle whose
    dinar or won is meant where the sentence names none.
    """
    found: list[Quantity] = []
    waiting: Numeral | None = None
    known = (*(mention.alias for mention in sentence.mentions), *countries)
    every = numerals(sentence.text)
    for numeral, following in itertools.zip_longest(every, every[1:]):
        if _in_date(sentence, numeral) or _is_name(sentence.text, numeral):
            waiting = None
            continue
        quantity = None if numeral.partner else _quantity(sentence, numeral, known)
        quantity = quantity or _elliptic(found, numeral)
        if quantity is None:
            waiting = numeral if following and _shares_unit(sentence, numeral, following) else None
            continue
        if waiting:
            found.append(_lower_end(waiting, quantity))
            waiting = None
        if not _is_repeated_weight(found, quantity, sentence.text):
            found.append(quantity)
    return tuple(found)


_SHARING = re.compile(r"\s*(?:to|or)\s*", re.IGNORECASE)


def _shares_unit(sentence: Sentence, numeral: Numeral, following: Numeral) -> bool:
    """Whether the next number's unit holds for this one: "from 25 to 15 percent"."""
    return numeral.partner or bool(_SHARING.fullmatch(sentence.text, numeral.end, following.start))


def _elliptic(found: list[Quantity], numeral: Numeral) -> Quantity | None:
    """ "Of 350 billion dollars, 150 billion is for ships": the currency is not said again."""
    money = [quantity.unit for quantity in found if quantity.kind == "currency"]
    if not money or not numeral.scaled or numeral.value < 1e6 or numeral.partner:
        return None
    return Quantity(numeral.start, numeral.end, numeral, money[-1], "currency")


def _lower_end(lower: Numeral, upper: Quantity) -> Quantity:
    return Quantity(lower.start, lower.end, lower, upper.unit, upper.kind, upper.noun, upper.thing)


def _is_repeated_weight(found: list[Quantity], quantity: Quantity, text: str) -> bool:
    """ "300 kg (660 pounds)": pounds of weight, which no unit names."""
    if not found or quantity.unit != "GBP" or quantity.numeral.sign:
        return False
    return found[-1].kind == "weight" and "(" in text[found[-1].end : quantity.start]


def _in_date(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether the number is part of a date; "the next 20 years" is a term as well."""
    start, end = sentence.start + numeral.first, sentence.start + numeral.end
    for date in sentence.dates:
        if date.start < end and start < date.end:
            ahead = sentence.text[max(0, numeral.start - 12) : numeral.start].lower().split()
            return not (ahead and ahead[-1] in ("next", "coming", "following"))
    return False


_OLD = re.compile(r"[\s-]*years?(?:-old|\s+(?:old|of\s+age))|\s*(?:[ap]\.?m\b)", re.IGNORECASE)
_AGO = re.compile(
    r"[\s-]+(?:year|month|week|day|hour|decade)s?,?\s+"
    r"(?:ago|later|earlier|before|after|prior|since|hence|on\b|into|to\s+the\s+day|away)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(r"([\w.]+)\s*$")
_PART_OF = re.compile(r"\s+of\b|\s+in\s+(?:\d|two|three|four|five|six|ten)")


def _is_name(text: str, numeral: Numeral) -> bool:
    """Whether the number names a thing ("Article 5"), an age, or a moment ("days later")."""
    before = _BEFORE.search(text, max(0, numeral.start - 20), numeral.start)
    if before and not numeral.sign and before[1].lower() in words("numbered"):
        return True
    if text[numeral.first].isupper() and numeral.first > 2 and text[numeral.end :][1:2].isupper():
        return True  # "One Day", a title
    if re.search(r"\d-$", text[: numeral.first]) and numeral.bound == "exact":
        return True  # the type of an aircraft, a score
    if _OLD.match(text, numeral.end) or _AGO.match(text, numeral.end):
        return True
    return not (numeral.vague or numeral.sign) and bool(_PART_OF.match(text, numeral.end))


def _quantity(sentence: Sentence, numeral: Numeral, countries: tuple[str, ...]) -> Quantity | None:
    return (
        money(sentence, numeral, countries)
        or (None if numeral.short else measured(sentence, numeral))
        or (None if numeral.short else counted(sentence, numeral))
    )
