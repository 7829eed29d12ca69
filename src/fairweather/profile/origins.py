"""Independent origins: a story told twice is one piece of evidence.

Documents that share most of their word sequences (a wire story in two papers, a page read
at two addresses) are one origin; within an origin however many rows say the same count
once. The measure is the overlap of five-word shingles against the shorter text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from fairweather.records import Document, Record

SHINGLE = 5
"""Words in a shingle: long enough that stock phrases seldom meet."""

SAME_STORY = 0.5
"""Share of the shorter text's shingles that makes two documents one origin."""

_WORD = re.compile(r"\w+")


def origins(documents: Iterable[Document]) -> dict[str, str]:
    """Document id -> id of the origin (its first document in the order given)."""
    holders: dict[int, list[str]] = defaultdict(list)
    sizes: dict[str, int] = {}
    origin: dict[str, str] = {}
    for document in documents:
        shingles = _shingles(document.text)
        shared: dict[str, int] = defaultdict(int)
        for shingle in shingles:
            for holder in holders[shingle]:
                shared[holder] += 1
            holders[shingle].append(document.id)
        sizes[document.id] = max(len(shingles), 1)
        twin = next(
            (
                other
                for other, count in shared.items()
                if count / min(sizes[other], sizes[document.id]) >= SAME_STORY
            ),
            document.id,
        )
        origin[document.id] = origin.get(twin, twin)
    return origin


def _shingles(text: str) -> set[int]:
    words = _WORD.findall(text.lower())
    return {hash(tuple(words[i : i + SHINGLE])) for i in range(max(len(words) - SHINGLE + 1, 0))}


def count_origins(records: Iterable[Record], origin: Mapping[str, str]) -> int:
    """How many independent origins stand behind some records."""
    return len({origin.get(record.document, record.document) for record in records})
