"""When and where an event was: the date and the place that hang on its predicate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.coding.events.predicates import Predicate
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.records import UNDATED, When

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token
    from fairweather.sources import DateMention

LEAD = 3
"""Sentences of a news item that tell what is new."""

BULLETS = ("*", "•", "-", "–", "‣")
"""Signs that open an item of a list of the day's news, each an item of its own."""
PLACES = ("in", "at", "near", "outside")


def date_of(reading: Reading, sentence: Sentence, predicate: Predicate) -> When:
    """The date in the predicate's clause, else the news item's own for its lead, else unknown."""
    dated = [date for date in sentence.dates if date.when.known]
    near = [date for date in dated if _hangs_on(sentence, date, predicate)]
    if near:
        at = sentence.place(predicate.token)[0]
        return min(near, key=lambda date: abs(date.start - at)).when
    if dated or not _is_news_of_the_day(reading, sentence, predicate):
        return UNDATED
    published = reading.document.published
    return When(published.since, published.until, published.precision, "publication")


def _hangs_on(sentence: Sentence, date: DateMention, predicate: Predicate) -> bool:
    """Whether a date modifies the act's verb, its noun, or a verb that governs it."""
    doc = sentence.span.doc
    words = doc.char_span(date.start - sentence.shift, date.end - sentence.shift)
    if words is None:
        return False
    governors = _governors(predicate)
    token = words.root
    while token.head.i != token.i:
        token = token.head
        if token.i in governors:
            return True
        if token.pos_ in ("NOUN", "PROPN", "VERB") and not words.start <= token.i < words.end:
            return False
    return token.i in governors


def _governors(predicate: Predicate) -> set[int]:
    """The predicate, its carrier, and the verbs of saying above it."""
    found = {predicate.token.i}
    token = predicate.carrier if predicate.carrier is not None else predicate.token
    found.add(token.i)
    while token.dep_ in ("xcomp", "conj", "ccomp") and token.head.i != token.i:
        token = token.head
        found.add(token.i)
    if predicate.inner is not None:
        found.add(predicate.inner.i)
    return found


def _is_news_of_the_day(reading: Reading, sentence: Sentence, predicate: Predicate) -> bool:
    verb = predicate.carrier if predicate.carrier is not None else predicate.token
    return bool(
        reading.document.genre == "news"
        and (sentence.number < LEAD or _opens_an_item(sentence))
        and predicate.status in ("factual", "reported", "claimed")
        and verb.tag_ in ("VBD", "VBZ", "VBP")
        and not any(child.dep_ == "aux" for child in verb.children)
    )


def _opens_an_item(sentence: Sentence) -> bool:
    """Whether the sentence is the first of an item in a list."""
    text = sentence.document.text[: sentence.end]
    words = text[sentence.start :].lstrip()
    before = text[: len(text) - len(words)].rpartition("\n")[2]
    return not before.strip() and words.startswith(tuple(f"{sign} " for sign in BULLETS))


def place_of(sentence: Sentence, predicate: Predicate, target: Token) -> str:
    """The place that "in", "at" or "near" gives the act, unless it is the target itself."""
    heads = [predicate.token, *([predicate.carrier] if predicate.carrier is not None else [])]
    if predicate.event_class in ("CONSULT", "SUPPORT"):
        # "met the president in Geneva": the parse often hangs the place on the object.
        heads += [c for head in tuple(heads) for c in head.children if c.dep_ == "dobj"]
    for head in heads:
        for child in head.children:
            if child.dep_ != "prep" or child.lower_ not in PLACES:
                continue
            for inner in child.children:
                if inner.ent_type_ in ("GPE", "LOC", "FAC") and inner.i != target.i:
                    return _entity_text(sentence, inner)
    return ""


def _entity_text(sentence: Sentence, token: Token) -> str:
    entity = next((e for e in sentence.span.ents if e.start <= token.i < e.end), None)
    text = str(entity.text) if entity is not None else str(token.text)
    return text[4:] if text.lower().startswith("the ") else text
