"""Frames: ways of speaking about a strand, found in a sentence as runs of lemmas.

A frame stands in `lexicon/ties.toml` with its strand, its polarity and whose view it is.
A cue is a few lemmas in order with at most five words between two of them (one after an
adjective); it is looked
up by its first word, so that a sentence costs one pass over its tokens.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.errors import VocabularyError
from fairweather.vocabulary import vocabulary
from fairweather.vocabulary.lexicon import tables

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Span, Token

WIDEST_GAP = 5
GAP_AFTER_ADJECTIVE = 1
GAP_TO_PREDICATE = 14
VIEWS = frozenset({"holder", "object", "both", "beneficiary", "author"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One way of speaking about a strand; the fields are told at the top of the lexicon."""

    gist: str
    strand: str
    polarity: str
    denied: str
    view: str
    needs: str
    beside_it: str
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cue:
    """Lemmas in order, each a set of alternatives; `verbal` where a verb must head it."""

    frame: Frame
    steps: tuple[frozenset[str], ...]
    verbal: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A cue found: its tokens in order, and the one that the others hang on."""

    frame: Frame
    tokens: tuple[Token, ...]
    anchor: Token


@functools.cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """Every cue by the words that may open it.

    Raises VocabularyError naming the frame that has an unknown strand, polarity or view.
    """
    found: dict[str, list[Cue]] = defaultdict(list)
    for name, table in tables("ties").items():
        if "strand" not in table:
            continue
        frame = _frame(name, table)
        for words in table["words"]:
            cue = _cue(frame, words)
            for word in cue.steps[0]:
                found[word].append(cue)
    return {word: tuple(every) for word, every in found.items()}


def _frame(name: str, table: dict[str, str]) -> Frame:
    where = f"ties.toml, [{name}]"
    vocabulary("strands").check(table["strand"], where=where)
    vocabulary("polarities").check(table["polarity"], where=where)
    if table["denied"]:
        vocabulary("polarities").check(table["denied"], where=where)
    if table["view"] not in VIEWS or table["needs"] not in ("cue", "pair", "side"):
        raise VocabularyError(f"{where}: view or needs is none of the known words")
    return Frame(
        gist=table["gist"],
        strand=table["strand"],
        polarity=table["polarity"],
        denied=table["denied"],
        view=table["view"],
        needs=table["needs"],
        beside_it=table.get("beside_it", "partner"),
        beside=frozenset(table.get("beside", ())),
    )


def _cue(frame: Frame, words: str) -> Cue:
    verbal = any(word.endswith("_v") for word in words.split())
    steps = tuple(frozenset(word.removesuffix("_v").lower().split("|")) for word in words.split())
    return Cue(frame, steps, verbal)


def find_frames(span: Span) -> Iterator[Match]:
    """The frames of a sentence; of two of one strand that overlap only the longer."""
    matches: list[Match] = []
    index = cues()
    for token in span:
        for word in {token.lemma_.lower(), token.lower_}:
            for cue in index.get(word, ()):
                match = _match(cue, token, span)
                if match is not None:
                    matches.append(match)
    matches.sort(key=lambda match: -len(match.tokens))
    taken: dict[str, set[int]] = defaultdict(set)
    for match in matches:
        places = {token.i for token in match.tokens}
        free = not places & taken[match.frame.strand]
        # What a longer cue overlaps is taken too: "accuse of betraying a trust" is no trust.
        taken[match.frame.strand] |= places
        if free:
            yield match


def _match(cue: Cue, first: Token, span: Span) -> Match | None:
    tokens = [first]
    for step in cue.steps[1:]:
        following = _next(step, tokens[-1], span)
        if following is None:
            return None
        tokens.append(following)
    anchor = min(tokens, key=lambda token: sum(1 for _ in token.ancestors))
    if cue.verbal and not any(token.pos_ == "VERB" for token in tokens):
        return None
    if len(tokens) == 1 and first.pos_ == "ADJ" and first.dep_ == "amod":
        return None  # "a suspicious explosion" tells of nobody's suspicion
    if cue.frame.beside and not cue.frame.beside & {token.lemma_.lower() for token in span}:
        return None
    return Match(cue.frame, tuple(tokens), anchor)


def _next(step: frozenset[str], after: Token, span: Span) -> Token | None:
    gap = GAP_AFTER_ADJECTIVE if after.pos_ in ("ADJ", "DET") else WIDEST_GAP
    for token in span.doc[after.i + 1 : min(after.i + 2 + GAP_TO_PREDICATE, span.end)]:
        in_reach = token.i - after.i <= gap + 1 or _is_said_of(token, after)
        if in_reach and (token.lemma_.lower() in step or token.lower_ in step):
            return token
        if token.text in (";", ":", ","):
            return None
    return None


def _is_said_of(predicate: Token, noun: Token) -> bool:
    """Whether the one is the predicate of the other: "its commitment to ... is firm"."""
    while predicate.dep_ == "conj":
        predicate = predicate.head
    if noun.dep_ not in ("nsubj", "nsubjpass"):
        return False
    said = predicate.dep_ in ("acomp", "attr") and predicate.head.i == noun.head.i
    return said or noun.head.i == predicate.i
