"""Reads a vocabulary file and refuses every mistake in it.

A file holds a `[vocabulary]` table (title, noun, about, and the fields its terms carry beyond
the common ones) and then one table a term. The fields are declared in the file itself, so
that a new vocabulary needs no new code; `fields.py` knows the kinds of field.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from fairweather.errors import VocabularyError

if TYPE_CHECKING:
    from fairweather.vocabulary.fields import Field
    from fairweather.vocabulary.source_text import SourceText

FOLDER = Path(__file__).parent
COMMON_FIELDS = ("label", "meaning", "example", "source")
HEADER = "vocabulary"


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary: what it is called, what it means, an example, its source.

    `extra` holds the further fields that the vocabulary declares, read-only.
    """

    key: str
    label: str
    meaning: str
    example: str
    source: str
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Vocabulary(Mapping[str, Term]):
    """A closed list of words, in the order of its file."""

    name: str
    title: str
    noun: str
    about: str
    terms: Mapping[str, Term] = field(repr=False, hash=False)
    fields: Mapping[str, Field] = field(repr=False, hash=False)

    def __getitem__(self, key: str) -> Term:
        return self.terms[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.terms)

    def __len__(self) -> int:
        return len(self.terms)

    def check(self, key: str, where: str) -> str:
        """The key itself. Raises VocabularyError naming `where` when no term has it."""
        if key in self.terms:
            return key
        raise VocabularyError(f'unknown {self.noun} "{key}" in {where}{_hint(key, self.terms)}')


def vocabulary_names() -> tuple[str, ...]:
    """The names of all vocabularies that are shipped, in alphabetical order."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def vocabulary(name: str) -> Vocabulary:
    """The shipped vocabulary of that name. Raises VocabularyError when there is none."""
    if name not in vocabulary_names():
        raise VocabularyError(f'no vocabulary "{name}"{_hint(name, vocabulary_names())}')
    return load_vocabulary(FOLDER / f"{name}.toml")


def suggest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that `word` was most likely meant to be, or None."""
    import difflib

    by_folded = {choice.casefold(): choice for choice in choices}
    near = difflib.get_close_matches(word.casefold(), by_folded, n=1, cutoff=0.6)
    return by_folded[near[0]] if near else None


def load_vocabulary(path: Path) -> Vocabulary:
    """Reads one vocabulary file, a shipped one or a user's own.

    Raises VocabularyError naming file, key and line for a file that cannot be read, broken
    TOML, a key or field given twice, a missing, unknown or mistyped field, a number out of
    range, a word used by two terms, and a reference to a term that does not exist.
    """
    from fairweather.vocabulary.fields import check_together, read_field, read_fields
    from fairweather.vocabulary.source_text import read_source_text

    text, tables = read_source_text(path)
    header = _header(tables.pop(HEADER, None), text)
    declared = read_fields(header.pop("fields", {}), tuple(tables), text)
    terms = {}
    for key, table in tables.items():
        _refuse_wrong_names(table, (*COMMON_FIELDS, *declared), key, text)
        common = {name: _sentence(table[name], key, name, text) for name in COMMON_FIELDS}
        extra = {name: read_field(declared[name], table[name], key, text) for name in declared}
        terms[key] = Term(key, **common, extra=MappingProxyType(extra))
    if not terms:
        raise text.mistake("has no terms", HEADER)
    check_together(declared, {key: term.extra for key, term in terms.items()}, text)
    return Vocabulary(
        name=path.stem,
        title=header["title"],
        noun=header["noun"],
        about=header["about"],
        terms=MappingProxyType(terms),
        fields=MappingProxyType(declared),
    )


def _header(table: Any, text: SourceText) -> dict[str, Any]:
    """The `[vocabulary]` table: title, noun, about, and fields where there are any."""
    if not isinstance(table, dict):
        raise text.mistake("is missing: a vocabulary opens with it", HEADER)
    _refuse_wrong_names(table, ("title", "noun", "about"), HEADER, text, allowed=("fields",))
    for name in ("title", "noun", "about"):
        _sentence(table[name], HEADER, name, text)
    return dict(table)


def _refuse_wrong_names(
    table: Any,
    needed: tuple[str, ...],
    key: str,
    text: SourceText,
    allowed: tuple[str, ...] = (),
) -> None:
    if not isinstance(table, dict):
        raise text.mistake("is no table: a term is written [key]", key)
    for name in table:
        if name not in needed and name not in allowed:
            hint = _hint(name, (*needed, *allowed))
            raise text.mistake(f'has an unknown field "{name}"{hint}', key, name)
    for name in needed:
        if name not in table:
            raise text.mistake(f'lacks the field "{name}"', key)


def _sentence(value: Any, key: str, name: str, text: SourceText) -> str:
    if not isinstance(value, str) or not value.strip():
        raise text.mistake(f'"{name}" must be text, not {value!r}', key, name)
    return value


def _hint(word: str, choices: Iterable[str]) -> str:
    near = suggest(word, choices)
    return f'; did you mean "{near}"?' if near else ""
