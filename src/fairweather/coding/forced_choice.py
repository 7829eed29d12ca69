"""Forced choice: an answer where the coder would keep silent, and how sure it is.

Evaluation asks what the coder would say if it had to: the class of the act between two
given stretches of a sentence, or the best event of a sentence that names two actors. The
answers say nothing of whether there is an event at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fairweather.coding.events.coder import Candidate, Scorer, by_lexicon
from fairweather.coding.events.lexicon import Group, is_cooperative
from fairweather.coding.events.predicates import Predicate, predicates
from fairweather.coding.events.sides import Side
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.vocabulary import vocabulary

FUNCTION_WORDS = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "by", "from", "and", "or",
     "its", "his", "her", "their", "this", "that", "these", "those")
)  # fmt: skip

BOTH_SIDES, ONE_SIDE = 2, 1
BY_ORDER = 0.3
"""How sure a side is that only the order of names gives."""
NO_ACT = Group("no act", "CONSULT", "", (), False, False, 0.1)
"""Where no word names an act: the class that collections of events hold most of."""
LEAST_LEFT = 0.05
"""The least share of probability left to classes that nothing speaks for."""


def plover_class(event_class: str, status: str) -> str:
    """The class as PLOVER's codebook reads it: intent to cooperate AGREE, to harm THREATEN.

    A record keeps the act's own class beside its status; annotated collections do not.
    """
    if status == "planned" and event_class not in ("REQUEST", "REJECT", "ACCUSE"):
        return "AGREE" if is_cooperative(event_class) else "THREATEN"
    return event_class


# -- the class between two given stretches -------------------------------------------------


def class_probabilities(
    reading: Reading,
    spans: tuple[str, str],
    found: Sequence[Candidate],
    scorer: Scorer = by_lexicon,
) -> dict[str, float]:
    """The PLOVER classes of what stands between two spans, likeliest first; they sum to 1.

    What is left by the classes that some act speaks for is shared by all evenly.
    """
    ranked = classes_between(reading, spans, found, scorer)
    scores: dict[str, float] = {}
    for event_class, score in ranked:
        scores[event_class] = max(scores.get(event_class, 0.0), score)
    total = sum(scores.values())
    left = max(1.0 - total, LEAST_LEFT) if total else 1.0
    every = vocabulary("event_classes")
    shares = {
        name: left / len(every) + (scores.get(name, 0.0) / total * (1 - left) if total else 0.0)
        for name in every
    }
    return {name: round(shares[name], 4) for name in sorted(shares, key=lambda n: -shares[n])}


def classes_between(
    reading: Reading,
    spans: tuple[str, str],
    found: Sequence[Candidate],
    scorer: Scorer = by_lexicon,
) -> list[tuple[str, float]]:
    """Classes with their scores, best first, of the acts that best join two spans.

    Candidates come first whose sides match the spans, both before one; where none does, the
    act nearest to the root of its sentence; where there is no act at all, nothing.
    """
    scored = []
    for candidate in found:
        sides = (candidate.source, candidate.target)
        matched = sum(alike(span, phrase(side)) for span, side in zip(spans, sides, strict=True))
        event_class, sure = scorer(candidate)
        scored.append((matched, sure, plover_class(event_class, candidate.predicate.status)))
    best = max((matched for matched, _, _ in scored), default=0)
    if best >= ONE_SIDE:
        first = [(sure, name) for matched, sure, name in scored if matched == best]
        return [(name, sure) for sure, name in sorted(first, reverse=True)]
    acts = sorted(
        (_depth(act), -act.weight, plover_class(act.event_class, act.status))
        for sentence in reading.sentences
        for act in predicates(sentence)
    )
    return [(name, -weight / 2) for _, weight, name in acts[:1]]


def _depth(predicate: Predicate) -> int:
    return sum(1 for _ in predicate.token.ancestors)


def phrase(side: Side) -> str:
    """The side's noun phrase: its head, what narrows it before, and its "of" and "in"."""
    return " ".join(side.head.doc[i].text for i in _tokens(side))


def side_text(sentence: Sentence, side: Side) -> str:
    """The side's noun phrase as it stands in the document."""
    kept = _tokens(side)
    start, end = sentence.place(sentence.token(kept[0]), sentence.token(kept[-1]))
    return sentence.document.text[start:end]


def _tokens(side: Side) -> list[int]:
    head = side.head
    kept = {head.i}
    for child in head.children:
        if child.dep_ in ("compound", "amod", "nmod", "poss", "nummod", "det", "flat"):
            kept |= {token.i for token in child.subtree}
        elif child.dep_ == "prep" and child.lower_ in ("of", "in"):
            kept |= {token.i for token in child.subtree if token.dep_ not in ("relcl", "acl")}
    return sorted(kept)


def words_of(text: str) -> frozenset[str]:
    """Content words of a span, lower case."""
    return frozenset(re.findall(r"[\w]+", text.lower())) - FUNCTION_WORDS


def alike(label: str, coded: str) -> bool:
    """Whether two spans share half of the shorter one's content words."""
    left, right = words_of(label), words_of(coded)
    shorter = min(len(left), len(right))
    return shorter > 0 and len(left & right) >= shorter / 2


# -- an event for every sentence that names two actors -------------------------------------


def forced(sentence: Sentence) -> Candidate | None:
    """A candidate of a sentence in which the rules join nobody; None without two actors.

    The actor named first does the act that stands nearest to the root to the next: the
    order of names has both sides right in about three of five sentences.
    """
    first, second = next(_pairs(sentence), (None, None))
    if first is None or second is None:
        return None
    act = min(predicates(sentence), key=_depth, default=_no_act(sentence))
    return Candidate(sentence, act, _side(sentence, first), _side(sentence, second))


def _pairs(sentence: Sentence) -> Iterator[tuple[Mention, Mention]]:
    """Two mentions of different principals, in their order."""
    for place, first in enumerate(sentence.mentions):
        for second in sentence.mentions[place + 1 :]:
            if second.principal != first.principal:
                yield first, second


def _side(sentence: Sentence, mention: Mention) -> Side:
    return Side(sentence.token(mention.end - 1), mention.chain, BY_ORDER)


def _no_act(sentence: Sentence) -> Predicate:
    root = sentence.span.root
    clause = sentence.clause_of(root.i)
    status = clause.status if clause else "factual"
    return Predicate(root, NO_ACT.event_class, "", NO_ACT, status, NO_ACT.weight)
