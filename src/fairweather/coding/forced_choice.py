"""Forced choice: an answer where the coder would keep silent, and how sure it is.

Evaluation asks what the coder would say if it had to: the class of the act between two
given stretches of a sentence, or the best event of a sentence that names two actors. The
answers say nothing of whether there is an event at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from fairweather.coding.events.candidates import Candidate, by_lexicon
from fairweather.coding.events.evidence import gather
from fairweather.coding.events.features import codebook_class
from fairweather.coding.events.judging import Judged
from fairweather.coding.events.lexicon import Group
from fairweather.coding.events.model import act_features, event_model, softmax
from fairweather.coding.events.predicates import Predicate, predicates
from fairweather.coding.events.sides import Side
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.vocabulary import vocabulary

FUNCTION_WORDS = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "for", "with", "by", "from", "and", "or",
     "its", "his", "her", "their", "this", "that", "these", "those")
)  # fmt: skip

YIELD = "YIELD"
YIELDING = {YIELD: ("CONCEDE", "RETREAT")}
"""Classes that annotators do not tell apart."""
TIE = 0.0001
BY_ORDER = 0.3
"""How sure a side is that only the order of names gives."""
NO_ACT = Group("no act", "CONSULT", "", (), False, False, 0.1)
"""Where no word names an act: the class that collections of events hold most of."""


def plover_class(judgement: Judged) -> str:
    """The class as PLOVER's codebook reads it: intent to cooperate AGREE, to harm THREATEN.

    A record keeps the act's own class beside its status; annotated collections do not.
    """
    read = judgement.codebook_class
    return judgement.event_class if read == YIELD else read


# -- the class between two given stretches -------------------------------------------------


def class_given(reading: Reading, spans: tuple[str, str], found: Sequence[Judged]) -> str:
    """The codebook's class of what stands between two spans; empty where nothing is said.

    A forced choice: events whose sides match come first, then the surest; where there is no
    event at all, the predicate nearest to the root of its sentence.
    """
    best = _joining(spans, found)
    if best is not None:
        return best.codebook_class
    acts = [
        (_depth(act), -act.weight, codebook_class(act.event_class, act.status))
        for sentence in reading.sentences
        for act in predicates(sentence)
    ]
    return min(acts)[2] if acts else ""


def class_probabilities(
    reading: Reading, spans: tuple[str, str], found: Sequence[Judged]
) -> dict[str, float]:
    """Each PLOVER class of what stands between two spans, likeliest first; they sum to 1.

    The shares are the event model's for the act that best joins the spans; where no act
    does, the class that is forced has no more than a little over an even share.
    """
    best = _joining(spans, found)
    shares = dict.fromkeys(vocabulary("event_classes"), 0.0)
    if best is not None:
        for name, share in _shares_of_act(reading, best).items():
            shares[name] += share
    else:
        told = class_given(reading, spans, found)
        for name in shares:
            shares[name] = (1 + (name in (told, *YIELDING.get(told, ())))) / len(shares)
    total = sum(shares.values())
    ranked = sorted(shares, key=lambda name: -shares[name])
    return {name: round(shares[name] / total, 4) for name in ranked}


def _joining(spans: tuple[str, str], found: Sequence[Judged]) -> Judged | None:
    """The event that best joins two spans: by sides that match, then the surest.

    None where no side matches and the rules alone judged.
    """

    def worth(judgement: Judged) -> tuple[int, float, str]:
        return _matched(spans, judgement), judgement.confidence, judgement.codebook_class

    best = max(found, key=worth, default=None)
    learned = any(not judgement.ruled for judgement in found)
    return best if best is not None and (learned or _matched(spans, best)) else None


def _matched(spans: tuple[str, str], judgement: Judged) -> int:
    sides = (judgement.candidate.source, judgement.candidate.target)
    return sum(alike(span, phrase(side)) for span, side in zip(spans, sides, strict=True))


def _shares_of_act(reading: Reading, judgement: Judged) -> dict[str, float]:
    """The model's share of each class for the act of an event, the event's own class first."""
    model = event_model()
    material, evidence = gather(reading, judgement.candidate.sentence)
    places = [act.token.i for act in material.predicates]
    number = places.index(judgement.candidate.predicate.token.i)
    shares = softmax(model.act.score(act_features(evidence, number)))
    found = dict(zip(model.classes, map(float, shares), strict=True))
    # An event with an inferred side keeps the rules' class, whatever the model thinks of it.
    found[judgement.codebook_class] = max(found.values()) + TIE
    own = plover_class(judgement)
    for together, apart in YIELDING.items():
        share = found.pop(together, 0.0)
        for name in (own,) if own in apart else apart:
            found[name] = share / (1 if own in apart else len(apart))
    return found


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


def forced(sentence: Sentence) -> Judged | None:
    """An event of a sentence in which nothing joins anybody; None without two actors.

    The actor named first does the act that stands nearest to the root to the next: the
    order of names has both sides right in about three of five sentences.
    """
    first, second = next(_pairs(sentence), (None, None))
    if first is None or second is None:
        return None
    act = min(predicates(sentence), key=_depth, default=_no_act(sentence))
    candidate = Candidate(sentence, act, _side(sentence, first), _side(sentence, second))
    event_class, confidence = by_lexicon(candidate)
    read = codebook_class(event_class, act.status)
    return Judged(candidate, event_class, read, confidence, ruled=False)


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
