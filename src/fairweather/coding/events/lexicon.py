"""The lexicon of acts: verbs, fixed phrases and nouns to PLOVER class and CAMEO code.

A pattern is a lemma with the companions it needs; where several match, the one with more
companions is meant, so that "suspend aid" is no mere "suspend".
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from fairweather.errors import VocabularyError
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.lexicon import tables

TARGETS = ("object", "dative", "with", "against", "on", "upon", "to", "toward", "towards", "at",
           "into", "for", "from", "of", "between", "over", "about")  # fmt: skip
"""Where a target is looked for after the places that its group names."""

MANNERS = ("light", "stopping", "asking", "refusing", "promising", "threatening", "directing",
           "backing", "willing", "ordering", "partitive")  # fmt: skip
"""Groups of verbs that say how an act named by their object or infinitive is carried."""


@dataclass(frozen=True, slots=True)
class Group:
    """Words of one act. An empty `event_class` marks an idiom that names none."""

    name: str
    event_class: str
    cameo: str
    target: tuple[str, ...]
    mutual: bool
    reverse: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """A lemma and the lemmas that must hang on it for the group to be meant."""

    lemma: str
    companions: frozenset[str]
    group: Group


Index = Mapping[str, tuple[Pattern, ...]]


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """Patterns by lemma, those with most companions first; groups by name."""

    verbs: Index
    nouns: Index
    manners: Mapping[str, Index]
    groups: Mapping[str, Group]


@functools.cache
def event_lexicon() -> EventLexicon:
    """The lexicon as shipped. Raises VocabularyError for a group that is incomplete."""
    groups: dict[str, Group] = {}
    verbs: list[Pattern] = []
    nouns: list[Pattern] = []
    manners: dict[str, Index] = {}
    for name, table in tables("events").items():
        group = groups[name] = _group(name, table)
        patterns = [_pattern(words, group, 0) for words in table["words"]]
        nouns += [_pattern(words, group, -1) for words in table.get("nouns", ())]
        if name in MANNERS:
            manners[name] = _index(patterns)
        else:
            verbs += patterns
    return EventLexicon(_index(verbs), _index(nouns), manners, groups)


def _group(name: str, table: Mapping[str, Any]) -> Group:
    missing = [field for field in ("meaning", "words", "class", "cameo") if field not in table]
    if missing:
        raise VocabularyError(f"events.toml, [{name}]: lacks {', '.join(missing)}")
    if table["class"]:
        vocabulary("event_classes").check(table["class"], where=f"events.toml, [{name}]")
    target = tuple(table.get("target", ()))
    return Group(
        name,
        table["class"],
        table["cameo"],
        target + tuple(place for place in TARGETS if place not in target),
        bool(table.get("mutual", False)),
        bool(table.get("reverse", False)),
        float(table.get("weight", 0.8)),
    )


def _pattern(words: str, group: Group, head: int) -> Pattern:
    """A pattern of the file: a verb stands first, a noun last."""
    lemmas = words.lower().split()
    lemma = lemmas.pop(head)
    return Pattern(lemma, frozenset(lemmas), group)


def _index(patterns: list[Pattern]) -> Index:
    index: dict[str, list[Pattern]] = defaultdict(list)
    for pattern in patterns:
        index[pattern.lemma].append(pattern)
    return {lemma: tuple(sorted(found, key=_rank)) for lemma, found in index.items()}


def _rank(pattern: Pattern) -> tuple[int, bool, bool]:
    """More companions first; then the idiom, which warns of a false friend; nouns before
    prepositions, which say less.
    """
    loose = not pattern.companions.isdisjoint(TARGETS)
    return -len(pattern.companions), bool(pattern.group.event_class), loose


def matched(
    index: Index, lemma: str, companions: frozenset[str], direct: frozenset[str] | None = None
) -> Pattern | None:
    """The pattern of the lemma with most companions, all of them there; else None.

    An idiom that names no act must find its companions among the `direct` ones, where given:
    "held talks at his office" does not hold office.
    """
    for pattern in index.get(lemma, ()):
        idiom = direct is not None and not pattern.group.event_class
        if pattern.companions <= (direct if idiom and direct is not None else companions):
            return pattern
    return None


def quad_of(event_class: str) -> str:
    """The quarter of the square: verbal or material, cooperation or conflict."""
    return str(vocabulary("event_classes")[event_class].extra["quad"])


def is_cooperative(event_class: str) -> bool:
    """Whether a class is cooperation, in word or deed."""
    return quad_of(event_class).endswith("cooperation")


def intensity_of(event_class: str) -> float:
    """From -10, most hostile, to 10, most cooperative."""
    return float(vocabulary("event_classes")[event_class].extra["intensity"])
