"""Cues that stand in a clause itself: modals, conditions, adverbs, negation, tense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.setting import STOPS, Cue, Setting
from fairweather.coding.grammar.verb_forms import (
    AUXILIARIES,
    SUBJECTS,
    has_subject,
    is_negated,
    is_present,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

_ADVERB_STATUS = {
    "adverbs_hypothetical": "hypothetical",
    "adverbs_reported": "reported",
    "adverbs_claimed": "claimed",
    "adverbs_denied": "denied",
}


def own_cues(head: Token, setting: Setting) -> Iterator[Cue]:
    """Cues in the clause: its auxiliaries and adverbs, its conditions, its negation."""
    yield from mood_cues(head)
    yield from condition_cues(head)
    yield from _within_conditions(head, setting)
    yield from _time_ahead(head, setting)
    yield from _left_undone(head, setting)
    if is_negated(head):
        yield "denied", "not"
    if head.tag_ == "VB":
        yield from _bare(head)
    if is_present(head) and _is_of_nobody(head):
        yield "hypothetical", "whoever"


def mood_cues(head: Token) -> Iterator[Cue]:
    """Modals and adverbs; what joins a verb to another shares them."""
    groups = word_groups("status")
    for child in head.children:
        if child.dep_ in AUXILIARIES and (child.tag_ == "MD" or child.lower_ in ("'ll", "ll")):
            yield modal_cue(child)
        for group, status in _ADVERB_STATUS.items():
            if child.lower_ in groups[group] and child.dep_ in ("advmod", "npadvmod", "amod"):
                yield status, child.lower_
        if child.dep_ == "amod":
            yield from adjective_cues(child.lower_)
        if child.dep_ in SUBJECTS and child.lower_.endswith("'ll"):
            yield "planned", "'ll"
        if child.lower_ == "better" and any(c.lower_ == "had" for c in head.children):
            yield "hypothetical", "had better"


def modal_cue(modal: Token) -> Cue:
    """Planned for "will" and "shall", hypothetical for the other modal verbs."""
    planned = modal.lower_ in word_groups("status")["modal_planned"]
    return ("planned" if planned else "hypothetical"), modal.lower_


def adjective_cues(word: str) -> Iterator[Cue]:
    """What an adjective makes of the act beside it: possible, planned, alleged, averted."""
    groups = word_groups("status")
    for status in ("hypothetical", "planned", "claimed", "reported", "denied"):
        if word in groups[f"adjectives_{status}"]:
            yield status, word


def condition_cues(head: Token) -> Iterator[Cue]:
    """Marks of a condition on the clause, or on one that hangs on it."""
    marks = word_groups("status")["conditional_marks"]
    for child in head.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in marks:
            # "Once he signed" tells when; "once he signs" and "only once" have yet to come.
            past = head.tag_ == "VBD" and not (child.i and child.nbor(-1).lower_ == "only")
            of_time = past or child.dep_ == "advmod"
            spoken_of_time = child.lower_ in ("until", "once") and of_time
            if not spoken_of_time:
                yield "hypothetical", child.lower_
        elif child.dep_ in ("advcl", "prep") and _opens_condition(child):
            yield "hypothetical", "if"
        elif child.dep_ == "advcl" and (saying := _as_somebody_says(child)):
            yield saying


def _opens_condition(clause: Token) -> bool:
    """Whether a clause under another is its condition: "if", "provided", "had he known"."""
    conditions = word_groups("status")["conditional_marks"] - {"until", "once", "whether", "lest"}
    if clause.lower_ in ("provided", "assuming", "supposing", "providing"):
        return any(c.dep_ in ("ccomp", "pcomp") for c in clause.children)
    marks = (c for c in clause.children if c.dep_ in ("mark", "advmod"))
    return any(c.lower_ in conditions for c in marks)


def _as_somebody_says(clause: Token) -> Cue | None:
    """ "As Uganda sees it": the clause above is the speaker's."""
    groups = word_groups("status")
    if not any(c.dep_ == "mark" and c.lower_ == "as" for c in clause.children):
        return None
    lemma = clause.lemma_.lower()
    if lemma in groups["governor_claimed"]:
        return "claimed", lemma
    return ("reported", lemma) if lemma in groups["governor_reported"] else None


def _within_conditions(head: Token, setting: Setting) -> Iterator[Cue]:
    """A phrase such as "as long as" in the clause, or before it without a comma between."""
    groups = word_groups("status")
    marks = groups["conditional_marks"] - {"until", "once", "should", "provided"}
    for token in words_before(head):
        if token.lower_ in marks or token.i in setting.conditions:
            yield "hypothetical", token.lower_
            return
    if not setting.conditions or head.tag_ == "VBD":
        return
    if head.lemma_.lower() in groups["governor_claimed"] | groups["governor_reported"]:
        return
    left, right = head.left_edge.i, head.right_edge.i
    if any(left <= place <= right for place in setting.conditions):
        yield "hypothetical", "condition"


def words_before(token: Token) -> Iterator[Token]:
    """The words before a token in its sentence, nearest first, as far as a comma."""
    start = token.sent.start
    for place in range(token.i - 1, start - 1, -1):
        word = token.doc[place]
        if word.text in STOPS:
            return
        yield word


def _time_ahead(head: Token, setting: Setting) -> Iterator[Cue]:
    """A present tense beside "next week": it is still to come."""
    phrases = [p for p in word_groups("status")["phrases_coming"] if p in setting.text]
    if not phrases or not is_present(head):
        return
    words = head.doc[head.left_edge.i : head.right_edge.i + 1].text.lower()
    said = head.lemma_.lower() in word_groups("status")["governor_claimed"]
    for phrase in phrases:
        if phrase in words and not said:
            yield "planned", phrase


def _left_undone(head: Token, setting: Setting) -> Iterator[Cue]:
    """ "Rather than sign", "under no circumstances", "as if it had": by their phrases."""
    groups = word_groups("status")
    nearest = head.doc[max(head.sent.start, head.i - 3) : head.i].text.lower()
    for phrase in groups["phrases_denied"]:
        if phrase in nearest:
            yield "denied", phrase
    for phrase in groups["phrases_undone"] if head.tag_ == "VBG" else ():
        if phrase in nearest:
            yield "denied", phrase
    for phrase in groups["phrases_exchanged"]:
        if phrase in nearest:
            yield "hypothetical", phrase
    if head.dep_ == "advcl":
        opening = head.doc[head.left_edge.i : head.i].text.lower()
        for phrase in ("as if", "as though"):
            if phrase in opening:
                yield "hypothetical", phrase


def _bare(head: Token) -> Iterator[Cue]:
    """A verb in its plain form: a headline's "to sign", an aim, or an order."""
    marked = any(child.tag_ == "TO" for child in head.children)
    helped = any(child.dep_ in AUXILIARIES and child.tag_ != "TO" for child in head.children)
    if marked and head.dep_ in ("ROOT", "advcl") and not _instrumental(head):
        yield "planned", "to"
    elif not (marked or helped or has_subject(head)):
        opens = head.dep_ == "ccomp" and head.i < head.head.i
        if opens or head.dep_ in ("ROOT", "advcl"):
            yield "hypothetical", "order"


def _instrumental(head: Token) -> bool:
    """ "Used drones to strike": done with the object of the verb above."""
    return head.head.lemma_.lower() in word_groups("status")["instrumental"]


def _is_of_nobody(head: Token) -> bool:
    """ "Whoever attacks", "any state attacks": nobody in particular does."""
    indefinite = word_groups("status")["indefinite"]
    subjects = [child for child in head.children if child.dep_ in ("nsubj", "nsubjpass")]
    return any(
        s.lower_ in indefinite
        or any(c.dep_ == "det" and c.lower_ in indefinite for c in s.children)
        for s in subjects
    )
