"""What to search for instead where nothing holds all the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from fairweather.ledger import Ledger
from fairweather.ledger.spelling import spelt_alike

_WORD = re.compile(r"\w+")
MOST_WORDS = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Of each word in how many documents it stands, and a spelling that more would answer.

    `instead` is the query with every word that stands nowhere replaced by the likest that
    does; empty where no word is like it, or where each stands somewhere.
    """

    words: tuple[tuple[str, int], ...]
    instead: str

    def to_json(self) -> dict[str, Any]:
        """The suggestion as one plain object."""
        return {"documents_with": dict(self.words), "did_you_mean": self.instead}


def suggestion(ledger: Ledger, text: str) -> Suggestion:
    """What can be said of a search that found nothing."""
    words = list(dict.fromkeys(_WORD.findall(text)))[:MOST_WORDS]
    counts = {word: len(ledger.search(word, marked=False)) for word in words}
    nearest = {
        word: near[0]
        for word, count in counts.items()
        if not count and (near := spelt_alike(ledger, word, most=1))
    }
    instead = _WORD.sub(lambda found: nearest.get(found[0], found[0]), text) if nearest else ""
    return Suggestion(tuple(counts.items()), instead)
