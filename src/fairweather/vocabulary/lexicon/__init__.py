"""Lexicons: lists of words that carry one meaning for the coders of text.

A lexicon file is a list of groups, each `[group]` with `meaning` and `words`; some files
carry further fields that their reader documents. A political scientist can edit them.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fairweather.errors import VocabularyError

FOLDER = Path(__file__).parent


@cache
def tables(name: str) -> MappingProxyType[str, Any]:
    """A lexicon file as it stands, read-only. Raises VocabularyError naming the file."""
    path = FOLDER / f"{name}.toml"
    try:
        with path.open("rb") as file:
            return MappingProxyType(tomllib.load(file))
    except FileNotFoundError as error:
        raise VocabularyError(f"no lexicon {name!r}: {path.name} is not there") from error
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"{path.name}: {error}") from error


@cache
def word_groups(name: str) -> MappingProxyType[str, frozenset[str]]:
    """The groups of a lexicon as sets of lower-case words.

    Raises VocabularyError naming file and group where a group lacks meaning or words.
    """
    groups = {}
    for group, table in tables(name).items():
        words = table.get("words")
        if not table.get("meaning") or not isinstance(words, list) or not words:
            raise VocabularyError(f"{name}.toml, [{group}]: a group needs a meaning and words")
        groups[group] = frozenset(word.lower() for word in words)
    return MappingProxyType(groups)
