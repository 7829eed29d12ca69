"""From the words of likelihood to an interval of probability.

The longest phrase of the estimative vocabulary that stands in the forecast counts; words
that the vocabulary lacks (intents, schedules, conditional "would") have odds of their own in
`predictions.toml`. A downtoner beside another word lowers both ends to the lower of the two.

The interval is that of the statement as worded. A plain negation belongs to the statement:
"will not sign" is a near-certain statement that somebody does not sign, so its interval is
one minus that of "will sign". A hedge is no part of it: "is unlikely to sign" is an unlikely
signing.
"""

from __future__ import annotations

import functools
import re

from fairweather.coding.amounts.numerals import any_of, values
from fairweather.records import Chance
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.lexicon import tables, word_groups

NEGATION = re.compile(r"\b(?:not|cannot|never|unable|no position)\b|n't\b")
"""Phrases that hold the statement's own negation when its verb is denied."""

ODDS = re.compile(
    r"\b(?P<first>one|two|three|\d)(?:\s+chances?)?\s+(?:in|out\s+of)\s+(?P<second>[a-z]+|\d+)\b"
    r"|\b(?P<percent>\d{1,3})\s?(?:%|per\s?cent|percent)",
    re.IGNORECASE,
)
ROUNDING = 0.05
"""Half the width of the interval around odds given in figures."""


@functools.cache
def _phrases() -> tuple[re.Pattern[str], dict[str, str]]:
    entries = {
        p: key for key, term in vocabulary("estimative").items() for p in term.extra["phrases"]
    }
    pattern = rf"(?<![\w'])(?:{any_of(list(entries))})(?![\w'])"
    return re.compile(pattern, re.IGNORECASE), entries


def estimate(text: str, negated: bool) -> tuple[str, Chance] | None:
    """The wording and its interval in a stretch of text; None where no phrase stands.

    `negated` tells whether the forecast verb itself is denied.
    """
    pattern, entries = _phrases()
    found = [" ".join(match.group().lower().split()) for match in pattern.finditer(text)]
    if not found:
        return None
    best = _weightiest(found, entries)
    term = vocabulary("estimative")[entries[best]].extra
    low, high = float(term["low"]), float(term["high"])
    if negated and NEGATION.search(best):
        low, high = round(1 - high, 2), round(1 - low, 2)
    wording = best
    for other in found:
        if other != best and other in word_groups("predictions")["downtoners"]:
            toned = vocabulary("estimative")[entries[other]].extra
            low, high = min(low, toned["low"]), min(high, toned["high"])
            wording = _together(text, best, other)
    return wording, Chance(low, high)


def odds_in_figures(text: str) -> tuple[str, Chance] | None:
    """ "One in three", "a 40 percent chance": the figure and a narrow interval around it."""
    found = ODDS.search(text)
    if not found:
        return None
    if found["percent"]:
        share = int(found["percent"]) / 100
    else:
        first, second = _figure(found["first"]), _figure(found["second"])
        share = first / second if second else 0.0
    if not 0 < share <= 1:
        return None
    low, high = max(0.0, share - ROUNDING), min(1.0, share + ROUNDING)
    return " ".join(found.group().lower().split()), Chance(round(low, 2), round(high, 2))


def _figure(word: str) -> float:
    return float(word) if word.isdigit() else values("numerals").get(word.lower(), 0.0)


def _weightiest(found: list[str], entries: dict[str, str]) -> str:
    """Among phrases of one stretch: a hedge before a bare modal, the longest of those."""
    bare = (
        word_groups("predictions")["future_modals"] | word_groups("predictions")["possible_modals"]
    )
    toned = word_groups("predictions")["downtoners"]
    return max(found, key=lambda phrase: (phrase not in toned, phrase not in bare, len(phrase)))


def _together(text: str, one: str, other: str) -> str:
    """The two phrases in the order of the text."""
    folded = text.lower()
    return " ".join(sorted((one, other), key=lambda phrase: folded.find(phrase)))


def assumed(group: str) -> Chance:
    """The odds of a group of `predictions.toml`."""
    table = tables("predictions")[group]
    return Chance(float(table["low"]), float(table["high"]))
