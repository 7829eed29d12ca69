"""Evidence: what the event model knows of a sentence, in features, before it judges.

Evidence holds only words and numbers, no parse, so that a model is trained and scored on
exactly the same thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fairweather.coding.events.candidates import Candidate, by_lexicon, candidates_in
from fairweather.coding.events.features import (
    between,
    codebook_class,
    of_noun,
    of_predicate,
    of_sentence,
)
from fairweather.coding.events.predicates import Predicate
from fairweather.coding.events.proposals import Noun, all_predicates, nouns
from fairweather.coding.events.sides import Side
from fairweather.coding.grammar.sentence import Reading, Sentence

Features = frozenset[str]


@dataclass(frozen=True, slots=True)
class Act:
    """A predicate: its features, how the lexicon reads it, where it stands."""

    features: Features
    lexicon_class: str
    """As annotators have it; empty for a verb that the lexicon does not know."""
    status: str
    standing: str
    weight: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence's features, its acts, its nouns, and how each noun hangs on each act.

    `nouns` holds the features of each noun; `joins[a][n]` those of noun n beside act a, as
    source and as target; `ruled` the confidence of the rules in (act, source, target);
    `forbidden` pairs of nouns that are one actor, and nouns that are no source (n, n).
    """

    sentence: Features
    acts: tuple[Act, ...]
    nouns: tuple[Features, ...]
    joins: tuple[tuple[tuple[Features, Features], ...], ...]
    ruled: Mapping[tuple[int, int, int], float]
    forbidden: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Material:
    """What evidence was gathered from: the predicates, the nouns, the rules' candidates."""

    sentence: Sentence
    predicates: tuple[Predicate, ...]
    nouns: tuple[Noun, ...]
    ruled: Mapping[tuple[int, int, int], tuple[Candidate, ...]]
    """More than one where a noun stands for several actors: "Kenyan and Somali troops"."""
    apart: tuple[Candidate, ...]
    """Candidates of the rules with a side that is only inferred."""


def gather(reading: Reading, sentence: Sentence) -> tuple[Material, Evidence]:
    """The material of a sentence and the evidence in it."""
    found = all_predicates(sentence)
    listed = [predicate for predicate in found if predicate.event_class]
    joined = tuple(candidates_in(reading, sentence, listed))
    inside = [candidate for candidate in joined if not _is_inferred(candidate)]
    named = _with_sides(nouns(reading, sentence), inside)
    places = {noun.token.i: place for place, noun in enumerate(named)}
    numbers = {id(predicate): number for number, predicate in enumerate(found)}
    ruled: dict[tuple[int, int, int], tuple[Candidate, ...]] = {}
    for candidate in inside:
        source, target = places[candidate.source.head.i], places[candidate.target.head.i]
        triple = (numbers[id(candidate.predicate)], source, target)
        ruled[triple] = (*ruled.get(triple, ()), candidate)
    apart = tuple(candidate for candidate in joined if _is_inferred(candidate))
    material = Material(sentence, found, named, ruled, apart)
    return material, _evidence(material, listed)


def _is_inferred(candidate: Candidate) -> bool:
    """Whether a side is not in the sentence, but from the pair that the document is about."""
    act = candidate.predicate.token.i
    return act in (candidate.source.head.i, candidate.target.head.i)


def _with_sides(named: Sequence[Noun], inside: Sequence[Candidate]) -> tuple[Noun, ...]:
    """The nouns, and the words inside names that the rules took for a side."""
    found = {noun.token.i: noun for noun in named}
    for candidate in inside:
        for side in (candidate.source, candidate.target):
            found.setdefault(side.head.i, Noun(side.head, (side,), (side,)))
    return tuple(found[place] for place in sorted(found))


def _evidence(material: Material, listed: Sequence[Predicate]) -> Evidence:
    sentence, named = material.sentence, material.nouns
    return Evidence(
        of_sentence(sentence, tuple(listed)),
        tuple(_act(sentence, predicate) for predicate in material.predicates),
        tuple(of_noun(sentence, noun.token) for noun in named),
        tuple(_joins(material, number) for number in range(len(material.predicates))),
        _ruled(material),
        frozenset(_forbidden(named)),
    )


def _act(sentence: Sentence, predicate: Predicate) -> Act:
    return Act(
        of_predicate(sentence, predicate),
        codebook_class(predicate.event_class, predicate.status),
        predicate.status,
        predicate.standing,
        predicate.weight,
    )


def _ruled(material: Material) -> dict[tuple[int, int, int], float]:
    """The rules' confidence, also where a thing that is a side stands beside its own actor.

    "Signed the pact with Chile": the rules may take the pact, as Chile's, for the target.
    """
    found = {key: by_lexicon(joined[0])[1] for key, joined in material.ruled.items()}
    for (act, source, target), joined in material.ruled.items():
        side = joined[0].target
        if material.sentence.mention_at(side.head.i) is not None:
            continue
        for other, noun in enumerate(material.nouns):
            named = material.sentence.mention_at(noun.token.i)
            if named is not None and named.principal == side.principal and other != source:
                found.setdefault((act, source, other), found[act, source, target])
    return found


def _joins(material: Material, number: int) -> tuple[tuple[Features, Features], ...]:
    """For each noun its features as source and as target of an act, the rules' word included."""
    predicate = material.predicates[number]
    as_source: dict[int, float] = {}
    as_target: dict[int, float] = {}
    for (act, source, target), joined in material.ruled.items():
        if act == number:
            as_source[source] = max(as_source.get(source, 0.0), joined[0].source.score)
            as_target[target] = max(as_target.get(target, 0.0), joined[0].target.score)
    joins = []
    for place, noun in enumerate(material.nouns):
        common = between(predicate, noun.token)
        joins.append(
            (
                common | _by_rule(as_source, as_target, place),
                common | _by_rule(as_target, as_source, place),
            )
        )
    return tuple(joins)


def _by_rule(own: Mapping[int, float], other: Mapping[int, float], place: int) -> Features:
    """What the rules say of a noun in a role: how sure, or that they chose another noun."""
    if place in own:
        return frozenset({f"rule:{round(own[place] * 5) / 5}"})
    if place in other:
        return frozenset({"rule:other-side"})
    return frozenset({"rule:another" if own else "rule:silent"})


def _forbidden(named: Sequence[Noun]) -> list[tuple[int, int]]:
    """Pairs that are one actor, and (n, n) for nouns that cannot be a source."""
    sources: list[Side | None] = [noun.as_source[0] if noun.as_source else None for noun in named]
    return [
        (one, other)
        for one, source in enumerate(sources)
        for other, noun in enumerate(named)
        if (source is None and one == other)
        or (source is not None and one != other and source.same_as(noun.as_target[0]))
    ]
