"""The words of a story: what they are compared by, without names, dates and small words."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from fairweather.vocabulary.gazetteer import load_gazetteer
from fairweather.vocabulary.lexicon import tables, word_groups

_WORD = re.compile(r"[^\W\d_]{2,}")
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "ed", "es", "er", "ly", "s")
_SHORTEST_STEM = 4


def groups(name: str) -> tuple[tuple[str, ...], ...]:
    """The sets of words of one part of the lexicon `stories.toml`."""
    return tuple(tuple(line) for line in tables("stories")[name]["groups"])


@functools.cache
def stem(word: str) -> str:
    """A word without its English ending, and the one that stands for those of its meaning."""
    plain = _plain(word)
    return _meanings().get(plain, plain)


def _plain(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            word = word[: -len(ending)]
            break
    return word.rstrip("e") if len(word) > _SHORTEST_STEM else word


@functools.cache
def _meanings() -> dict[str, str]:
    found: dict[str, str] = {}
    for line in groups("same"):
        for word in line:
            found.setdefault(_plain(word), _plain(line[0]))
    return found


@functools.cache
def _empty_words() -> frozenset[str]:
    lexicon = word_groups("stories")
    return frozenset(_plain(word) for word in lexicon["small"] | lexicon["calendar"]) | frozenset(
        lexicon["small"] | lexicon["calendar"]
    )


@functools.cache
def name_words(actor: str) -> frozenset[str]:
    """The stems of every word in an actor's names: they do not tell its acts apart."""
    found = {actor.lower(), *re.split(r"\W+", load_gazetteer().label(actor).lower())}
    found |= _words_by_actor().get(actor, frozenset())
    return frozenset(_plain(word) for word in found if word)


@functools.cache
def _words_by_actor() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for surface, actor, _ in load_gazetteer().terms():
        found.setdefault(actor, set()).update(re.split(r"\W+", surface.lower()))
    return {actor: frozenset(words) for actor, words in found.items()}


def telling_words(text: str, actors: Iterable[str] = ()) -> frozenset[str]:
    """The stems that tell what a text is about, without the names of the actors."""
    return frozenset(spelt_words(text, actors))


def spelt_words(text: str, actors: Iterable[str] = ()) -> dict[str, str]:
    """The same stems, each with the word that it was first read from."""
    names = frozenset().union(*(name_words(actor) for actor in actors))
    empty = _empty_words()
    stems: dict[str, str] = {}
    for word in _WORD.findall(text.lower()):
        plain = _plain(word)
        if word not in empty and plain not in empty and plain not in names:
            stems.setdefault(stem(word), word)
    return stems
