"""Words of the texts that are spelt like one that none of them holds."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from fairweather.ledger.reading import Reading

LIKENESS = 0.75
"""How alike two spellings must be (`difflib`) for the one to be offered for the other."""

LONGER = 2
"""Letters by which a word may be longer or shorter."""

MOST_TERMS = 20_000
"""Words that are looked at: those that most documents hold."""

_OPEN = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.spelling USING fts5vocab('main', 'words', 'row')"
_TERMS = (
    "SELECT term FROM temp.spelling WHERE length(term) BETWEEN ? AND ? AND term <> ?"
    " ORDER BY doc DESC, term LIMIT ?"
)


def spelt_alike(ledger: Reading, word: str, most: int = 3) -> tuple[str, ...]:
    """The words most like one, the likest first, each of them in some text of the window."""
    ledger.file.run(_OPEN)
    size, folded = len(word), word.casefold()
    asked = (max(2, size - LONGER), size + LONGER, folded, MOST_TERMS)
    terms = [row[0] for row in ledger.file.run(_TERMS, asked)]
    near = get_close_matches(folded, terms, n=3 * most, cutoff=LIKENESS)
    return tuple(_held(ledger, near))[:most]


def _held(ledger: Reading, words: list[str]) -> Iterator[str]:
    for word in words:
        if ledger.search(word, limit=1, marked=False):
            yield word
