"""Money and measures: units told by a sign, a code or a name of their own.

A currency's name that several countries share ("dinars", "won") counts only where one of the
countries is named, in the sentence or shortly before.
"""

from __future__ import annotations

import functools
import re

from fairweather.coding.amounts.numerals import Numeral, any_of, currency_signs
from fairweather.coding.amounts.quantity import Quantity, token_at
from fairweather.coding.grammar.sentence import Sentence
from fairweather.vocabulary import vocabulary


@functools.cache
def _money_names() -> tuple[re.Pattern[str], dict[str, str], dict[str, tuple[str, ...]]]:
    """A pattern for currency names after a number, names of one currency, shared names."""
    own: dict[str, str] = {}
    shared: dict[str, tuple[str, ...]] = {}
    for unit, term in vocabulary("units").items():
        if term.extra["kind"] != "currency":
            continue
        own |= {name.lower(): unit for name in (*term.extra["names"], unit)}
        for name in term.extra["shared_names"]:
            shared[name.lower()] = (*shared.get(name.lower(), ()), unit)
    names = any_of([*own, *shared])
    return re.compile(rf"[\s-]*(?:of\s+)?(?P<name>{names})(?!\w)", re.IGNORECASE), own, shared


@functools.cache
def _signs_after() -> tuple[re.Pattern[str], dict[str, str]]:
    """A pattern for unit signs after a number ("%", "km", "bpd"), and their units."""
    signs = {
        sign: unit
        for unit, term in vocabulary("units").items()
        if term.extra["kind"] != "currency"
        for sign in term.extra["signs"]
    }
    names = {
        name: unit
        for unit, term in vocabulary("units").items()
        if term.extra["kind"] in ("share", "rate", "volume", "weight", "area", "power")
        for name in term.extra["names"]
        if not name.startswith("-")
    }
    table = {key.lower(): unit for key, unit in {**names, **signs}.items()}
    pattern = rf"[\s-]?(?:of\s+)?(?P<sign>{any_of(list(table))})(?![\w/])"
    return re.compile(pattern, re.IGNORECASE), table


def money(sentence: Sentence, numeral: Numeral, countries: tuple[str, ...]) -> Quantity | None:
    """The sum of money that a number gives, by sign, code or the name behind it."""
    text = sentence.text
    if numeral.sign:
        end = numeral.end
        return Quantity(
            numeral.start,
            end,
            numeral,
            currency_signs()[numeral.sign],
            "currency",
            token_at(sentence, end - 1),
        )
    pattern, own, shared = _money_names()
    match = pattern.match(text, numeral.end)
    if not match:
        return None
    name = " ".join(match["name"].lower().split())
    unit = own.get(name) or _shared(countries, name, shared.get(name, ()))
    noun = token_at(sentence, match.end() - 1)
    if unit is None or noun is None:
        return None
    if unit.lower() == name and not match["name"].isupper():
        return None  # "try", "all", "top": words, not codes
    return Quantity(numeral.start, match.end(), numeral, unit, "currency", noun)


def _shared(countries: tuple[str, ...], name: str, units: tuple[str, ...]) -> str | None:
    """The currency of a shared name whose country stands nearest.

    A currency's label opens with its country's adjective, which begins like the country.
    """
    for alias in countries:
        for unit in units:
            country = vocabulary("units")[unit].label.lower().removesuffix(name.rstrip("s")).strip()
            if len(country) >= 4 and alias.lower()[-4:] == country[-4:]:
                return unit
            if len(country) >= 4 and alias.lower()[:4] == country[:4]:
                return unit
    return None


def measured(sentence: Sentence, numeral: Numeral) -> Quantity | None:
    """The quantity whose unit stands right behind the number: 20%, 5 km, 3 bpd."""
    pattern, table = _signs_after()
    match = pattern.match(sentence.text, numeral.end)
    if not match:
        return None
    unit = table[" ".join(match["sign"].lower().split())]
    noun = token_at(sentence, match.end() - 1)
    kind = vocabulary("units")[unit].extra["kind"]
    return Quantity(numeral.start, match.end(), numeral, unit, kind, noun)
