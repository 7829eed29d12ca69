"""Numbers as English writes them: digits and words, scales, hedges, ranges.

    numerals("nearly two and a half million, between 50 and 60")
    # values 2_500_000 (about), 50 (at_least), 60 (at_most)

Only shapes are read here; what a number counts is found in `quantities.py`. Ordinals,
fractions, clock times and numbers inside names ("S-300", "F-16") are none.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.lexicon import tables

REACH = 26
"""Characters before a number in which its hedge is looked for."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at `text[start:end]`, its hedge and currency sign included.

    `first` is where the number itself begins; `sign` the currency sign or code before it;
    `vague` tells a plural numeral ("dozens"), whose value is the least it can mean;
    `short` a one-letter scale that only money may have; `partner` whether the number is the
    lower end of a range whose upper end is the next numeral.
    """

    start: int
    first: int
    end: int
    value: float
    bound: str = "exact"
    hedge: str = ""
    sign: str = ""
    vague: bool = False
    scaled: bool = False
    short: bool = False
    partner: bool = False


def values(group: str) -> dict[str, float]:
    """The words of a lexicon group that have a value, with it."""
    return dict(tables("amounts")[group]["values"])


def words(group: str) -> frozenset[str]:
    """The words of a lexicon group."""
    return frozenset(tables("amounts")[group]["words"])


def any_of(choices: frozenset[str] | list[str]) -> str:
    """A pattern for any of the phrases, longest first, white space as it comes."""
    ordered = sorted(choices, key=len, reverse=True)
    return "|".join(r"\s+".join(re.escape(word) for word in phrase.split()) for phrase in ordered)


@functools.cache
def currency_signs() -> dict[str, str]:
    """Every sign and code that stands before or after a sum -> ISO 4217 code."""
    money = {k: t for k, t in vocabulary("units").items() if t.extra["kind"] == "currency"}
    return {
        **{code: code for code in money},
        **{s: k for k, t in money.items() for s in t.extra["signs"]},
    }


@functools.cache
def _pattern() -> re.Pattern[str]:
    signs = any_of(list(currency_signs()))
    ones = any_of(list(values("numerals")))
    scales = any_of(list(values("scales")))
    shorts = any_of(list(values("short_scales")))
    plurals = any_of(list(values("plural_numerals")))
    joint = r"(?:\s+and\s+|\s*-\s*|\s+)"
    return re.compile(
        rf"(?:(?<![\w$€£])(?P<sign>{signs})\s?)?"
        rf"(?:(?<!\w)(?<![A-Za-z][-.,/:\u2013])(?<!\d[.,/:])"
        rf"(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
        rf"(?:\s?(?P<short>{shorts})(?!\w)|(?:[\s-]+(?P<scale>(?:{scales})(?:\s+(?:{scales}))?)(?!\w)))?"
        rf"(?![\w]|[.,:/]\d)"
        rf"|(?<![\w-])(?P<plural>(?i:{plurals})(?:\s+of\s+(?:{plurals}))?)(?=\s+(?:of|more)\b)"
        rf"|(?<![\w-])(?P<words>(?i:half\s+a|an?(?=\s+(?:{scales})\b)|{ones})(?!\w)"
        rf"(?:{joint}(?:a\s+half|(?i:{ones}|{scales})(?!\w)))*)(?!\w))"
    )


@functools.cache
def _hedges() -> re.Pattern[str]:
    groups = "|".join(
        rf"(?P<{bound}>{any_of(words(f'bound_{bound}'))})"
        for bound in ("at_least", "at_most", "about")
    )
    return re.compile(rf"(?<![\w-])(?:{groups})\s*$", re.IGNORECASE)


@functools.cache
def _hedges_after() -> re.Pattern[str]:
    groups = "|".join(
        rf"(?P<{bound}>{any_of(words(f'after_{bound}'))})"
        for bound in ("about", "at_least", "at_most")
    )
    return re.compile(rf"\s?(?:{groups})(?!\w)", re.IGNORECASE)


def numerals(text: str) -> tuple[Numeral, ...]:
    """Every number in the text with its hedge, the ends of ranges marked."""
    found = [numeral for match in _pattern().finditer(text) if (numeral := _read(text, match))]
    return tuple(_ranged(text, found))


def _read(text: str, match: re.Match[str]) -> Numeral | None:
    value = _value(match)
    if value is None or value <= 0:
        return None
    sign = match["sign"] or ""
    first = match.start("digits") if match["digits"] else match.start("plural")
    first = first if first >= 0 else match.start("words")
    short = match["short"] or ""
    scaled = bool(match["scale"] or short or (match["words"] and value >= 1000))
    if sign.isalpha() and not scaled and value < 100:
        sign = ""  # "ALL 27 members": a word, not the Albanian lek
    numeral = Numeral(
        match.start() if sign else first,
        first,
        match.end(),
        value,
        sign=sign,
        vague=bool(match["plural"]),
        bound="at_least" if match["plural"] else "exact",
        scaled=scaled,
        short=short in ("m", "b", "k"),
    )
    return _hedged(text, numeral)


def _value(match: re.Match[str]) -> float | None:
    scales, shorts = values("scales"), values("short_scales")
    if match["digits"]:
        value = float(match["digits"].replace(",", ""))
        if match["short"]:
            return value * shorts[match["short"]]
        for scale in (match["scale"] or "").split():
            value *= scales[scale.lower()]
        return value
    if match["plural"]:
        first, *rest = match["plural"].lower().replace(" of ", " ").split()
        value = values("plural_numerals")[first]
        for scale in rest:
            value *= scales.get(scale.rstrip("s"), 1)
        return value
    return _in_words(match["words"].lower())


def _in_words(phrase: str) -> float | None:
    ones, scales = values("numerals"), values("scales")
    total = current = 0.0
    if phrase.startswith("half a"):
        phrase = phrase.removeprefix("half an").removeprefix("half a")
        current = 0.5
    if re.search(r"\ba\s+half\b", phrase):
        phrase = re.sub(r"[\s-]+and[\s-]+a\s+half\b", " 0.5", phrase)
    for word in re.split(r"[\s-]+", phrase.strip()):
        if word in ("a", "an"):
            current += 1
        elif word in ones or word == "0.5":
            current += ones.get(word, 0.5)
        elif word in scales and scales[word] < 1000:
            current = (current or 1) * scales[word]
        elif word in scales:
            total += (current or 1) * scales[word]
            current = 0.0
    return total + current or None


def _hedged(text: str, numeral: Numeral) -> Numeral:
    floor = max(0, numeral.start - REACH)
    before = _hedges().search(text[floor : numeral.start])
    if before and before.lastgroup:
        return replace(
            numeral,
            start=floor + before.start(),
            bound=before.lastgroup,
            hedge=before.group(before.lastgroup).lower(),
        )
    after = _hedges_after().match(text, numeral.end)
    if after and after.lastgroup:
        return replace(numeral, end=after.end(), bound=after.lastgroup, hedge=after.group().strip())
    return numeral


_RANGE = re.compile(r"\s*(?:-|–|—|to|and|or)\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+$", re.IGNORECASE)
_FROM = re.compile(r"(\w+)\s+(?:\w+\s+)?from\s+$", re.IGNORECASE)


def _ranged(text: str, found: list[Numeral]) -> Iterator[Numeral]:
    """The numerals with the two ends of each range bounded from below and above."""
    lower: Numeral | None = None
    for numeral, following in itertools.zip_longest(found, found[1:]):
        if lower is not None:
            yield replace(numeral, bound="at_most")
            lower = None
        elif following is not None and _is_range(text, numeral, following):
            lower = _sharing_scale(numeral, following)
            yield replace(lower, bound="at_least", partner=True)
        else:
            yield numeral


def _is_range(text: str, lower: Numeral, upper: Numeral) -> bool:
    gap = _RANGE.fullmatch(text[lower.end : upper.start])
    if not gap or upper.bound != "exact" or lower.vague or upper.vague:
        return False
    if _sharing_scale(lower, upper).value >= upper.value:
        return False
    before = text[max(0, lower.start - 40) : lower.start]
    word = gap.group().strip().lower()
    if word == "and":
        return bool(_BETWEEN.search(before))
    if word == "or":
        return upper.value - lower.value <= 2 and not lower.scaled and lower.value >= 1
    change = _FROM.search(before)
    return not (change and _is_change(change[1]))


def _is_change(word: str) -> bool:
    return word.lower() in words("change_verbs")


def _sharing_scale(lower: Numeral, upper: Numeral) -> Numeral:
    """ "2-3 billion": the scale of the upper end holds for the lower one."""
    if lower.scaled or not upper.scaled or lower.value >= 1000:
        return lower
    for scale in sorted(values("scales").values(), reverse=True):
        if scale >= 1000 and upper.value >= scale:
            return replace(lower, value=lower.value * scale, scaled=True)
    return lower
