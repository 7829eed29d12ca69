"""The word lists of this floor: `vocabulary/lexicon/reading*.toml`, made into patterns.

A table has `meaning` and either `words` (phrases, a space being any white space) or
`patterns` (regular expressions as they stand); what it is for stands in the file.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from typing import Any

from fairweather.errors import VocabularyError
from fairweather.vocabulary.lexicon import tables


@functools.cache
def words(lexicon: str, table: str) -> tuple[str, ...]:
    """The `words` of one table. Raises VocabularyError when there is no such list."""
    return _strings(lexicon, table, "words")


@functools.cache
def word_set(lexicon: str, table: str) -> frozenset[str]:
    """The same, for asking whether a word is among them."""
    return frozenset(words(lexicon, table))


def any_of(phrases: Iterable[str]) -> str:
    """A pattern for any of the phrases, the longest first; a space is any white space."""
    longest_first = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)


@functools.cache
def spotting(lexicon: str, table: str, flags: int = re.IGNORECASE) -> re.Pattern[str]:
    """Finds any whole phrase of one table."""
    return re.compile(rf"(?<!\w)(?:{any_of(words(lexicon, table))})(?!\w)", flags)


@functools.cache
def marks(lexicon: str, table: str) -> re.Pattern[str]:
    """Any of a table's `patterns`, `^` and `$` at every line; `cased = true` heeds capitals.

    Raises VocabularyError for a missing list or a broken expression.
    """
    patterns = _strings(lexicon, table, "patterns")
    flags = re.MULTILINE if tables(lexicon)[table].get("cased") else re.MULTILINE | re.IGNORECASE
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise VocabularyError(
                f"{lexicon}.toml, [{table}]: {pattern!r} is no regular expression: {error}"
            ) from error
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


def named(found: re.Match[str] | None, group: str) -> str:
    """What the group of that name (or name2, name3) caught, else ""."""
    if found is None:
        return ""
    caught = (text for name, text in found.groupdict().items() if name.rstrip("23") == group)
    return next((text.strip() for text in caught if text), "")


def _strings(lexicon: str, table: str, field: str) -> tuple[str, ...]:
    found: Any = tables(lexicon).get(table, {}).get(field)
    if not isinstance(found, list) or not all(isinstance(item, str) for item in found):
        raise VocabularyError(f"{lexicon}.toml, [{table}]: lacks its list of {field}")
    return tuple(found)
