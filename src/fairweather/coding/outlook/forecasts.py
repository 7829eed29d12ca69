"""Which clauses foretell: modals, judgements, schedules and announced intents.

Questions, "may have", the writer's own procedure, habit and the future seen from the past
are no forecasts; neither is a condition, whose consequence is told instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.clauses import is_negated
from fairweather.coding.grammar.phrases import subject_of
from fairweather.coding.grammar.sentence import Clause, Sentence
from fairweather.coding.outlook.conditions import condition_of, has_condition
from fairweather.coding.outlook.horizons import horizon
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


@dataclass(frozen=True, slots=True)
class Forecast:
    """A verb that tells of the future and the kind of words that say so.

    `verb` is the act foretold, `hedge` the token that the wording is read around.
    """

    verb: Token
    hedge: Token
    kind: str


def forecast_in(sentence: Sentence, clause: Clause) -> Forecast | None:
    """The forecast that a clause makes; None where it makes none."""
    head = sentence.token(clause.head)
    if is_condition(head) or _is_habit(sentence, clause):
        return None
    return (
        _weighed(head)
        or _modal(sentence, clause, head)
        or _hedged(head)
        or _meant(sentence, clause, head)
        or _expected(head)
    )


def _weighed(head: Token) -> Forecast | None:
    """A clause under a noun of likelihood: the chance that, no doubt that."""
    noun = head.head
    if head.dep_ not in ("acl", "ccomp", "relcl") or noun.pos_ != "NOUN" or _is_perfect(head):
        return None
    that = any(c.dep_ == "mark" and c.lower_ == "that" for c in head.children)
    if noun.lemma_.lower() not in word_groups("predictions")["chances"] or not that:
        return None
    return None if head.tag_ == "VBD" else Forecast(head, noun, "judged")


def _modal(sentence: Sentence, clause: Clause, head: Token) -> Forecast | None:
    """Will, may, might, could, cannot, and would under a condition or in speech."""
    groups = word_groups("predictions")
    modal = next((c for c in head.children if c.tag_ == "MD"), None)
    if modal is None or any(c.lower_ in ("have", "'ve") and c.dep_ == "aux" for c in head.children):
        return None
    word = modal.lower_
    if _is_method(sentence, clause, head):
        return None
    if word in groups["future_modals"]:
        return Forecast(head, modal, "will")
    if word in groups["possible_modals"]:
        past = is_negated(head) and word == "could"
        return None if past else Forecast(head, modal, "possible")
    denied = any(child.dep_ == "neg" for child in head.children)
    if word in ("can", "ca") and denied and not _is_saying(head):
        return Forecast(head, modal, "cannot")
    if word == "can" and condition_of(sentence, head):
        return Forecast(head, modal, "possible")
    if word in groups["conditional"] and (_reported(head) or has_condition(sentence, head)):
        return Forecast(head, modal, "would")
    return None


def _hedged(head: Token) -> Forecast | None:
    """It is doubtful that; is likely to; is expected to; is set to; are to."""
    groups = word_groups("predictions")
    if head.lemma_ == "be" and head.tag_ in ("VBZ", "VBP", "VB"):
        judged = next(
            (
                c
                for c in head.children
                if c.dep_ in ("acomp", "attr", "oprd") and c.lower_ in groups["judged"]
            ),
            None,
        )
        if judged is not None:
            clause = next(
                (
                    c
                    for t in (judged, head)
                    for c in t.children
                    if c.dep_ in ("ccomp", "xcomp", "advcl", "csubj") and c.i > judged.i
                ),
                None,
            )
            if clause is not None and not _is_perfect(clause) and clause.tag_ not in ("VBD",):
                return Forecast(clause, judged, "judged")
            if clause is None and any(
                c.dep_ in ("csubj", "nsubj") and c.pos_ != "PRON" for c in head.children
            ):
                return Forecast(head, judged, "judged")
        planned = next(
            (
                c
                for c in head.children
                if c.dep_ == "xcomp"
                and any(g.tag_ == "TO" and g.i == head.i + 1 for g in c.children)
            ),
            None,
        )
        subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
        if (
            planned is not None
            and subject is not None
            and head.tag_ in ("VBP", "VBZ")
            and _acts(subject)
        ):
            return Forecast(planned, head, "arranged")
    if head.lemma_.lower() in groups["arranged"] and head.tag_ in ("VBN", "JJ"):
        past = any(c.lower_ in ("was", "were", "had", "been") for c in head.children)
        act = next(
            (
                c
                for c in head.children
                if c.dep_ in ("xcomp", "ccomp") and any(g.tag_ == "TO" for g in c.children)
            ),
            None,
        )
        if act is not None and not past and not _is_perfect(act):
            return Forecast(act, head, "arranged")
    if head.dep_ == "xcomp" and head.head.lower_ in groups["raised"]:
        verb = head.head.head
        if (
            verb.lemma_ == "be"
            and verb.lower_ in ("is", "are", "'s", "be", "'re")
            and not _is_perfect(head)
        ):
            return Forecast(head, head.head, "judged")
    return None


def _meant(sentence: Sentence, clause: Clause, head: Token) -> Forecast | None:
    """Promised to, plans to, aims to: an intent announced and not yet carried out."""
    if head.lemma_.lower() not in word_groups("predictions")["intent"] or clause.negated:
        return None
    if clause.status not in ("factual", "reported", "claimed") or any(
        c.lower_ == "had" for c in head.children
    ):
        return None
    act = next(
        (c for c in head.children if c.dep_ == "xcomp" and any(g.tag_ == "TO" for g in c.children)),
        None,
    )
    if act is None or (
        head.lemma_ in ("agree", "decide", "commit") and not _is_dated(sentence, act)
    ):
        return None  # an agreement reached is an event; only its date makes it a forecast
    return Forecast(act, head, "intent")


def _expected(head: Token) -> Forecast | None:
    """ "Analysts expect a compromise within weeks": a thing foretold, by whoever expects it."""
    if head.lemma_.lower() not in word_groups("predictions")["expecting"] or is_negated(head):
        return None
    if head.tag_ not in ("VBP", "VBZ", "VBN", "VBD") or _is_perfect(head):
        return None
    thing = next((c for c in head.children if c.dep_ == "dobj"), None)
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    told = head.tag_ in ("VBP", "VBZ")
    if thing is None or subject is None or not told or thing.pos_ != "NOUN":
        return None
    return Forecast(head, head, "expected")


def _is_dated(sentence: Sentence, act: Token) -> bool:
    start, end = sentence.place(act.left_edge, act.right_edge)
    return horizon(sentence, start, end).known


def _is_perfect(verb: Token) -> bool:
    return any(c.lower_ in ("have", "has", "had") and c.dep_ == "aux" for c in verb.children)


def _acts(subject: Token) -> bool:
    return subject.pos_ in ("PROPN", "PRON") or subject.tag_ == "NNS"


def _is_saying(head: Token) -> bool:
    return head.lemma_ in word_groups("predictions")["cannot_help"]


def is_condition(head: Token) -> bool:
    """Whether the clause is itself a condition or a question: what would follow is told."""
    marks = word_groups("predictions")["not_foretelling"]
    for child in head.children:
        if child.dep_ in ("mark", "advmod") and child.lower_ in marks:
            return child.i < head.i and not (
                child.lower_ in ("when", "once") and head.dep_ == "ROOT"
            )
    return head.dep_ == "pcomp"


def _is_habit(sentence: Sentence, clause: Clause) -> bool:
    words = " ".join(sentence.token(i).lower_ for i in clause.tokens)
    if not any(sentence.token(i).lower_ in ("will", "'ll", "would") for i in clause.tokens):
        return False
    return any(f" {adverb} " in f" {words} " for adverb in word_groups("predictions")["habit"])


def _is_method(sentence: Sentence, clause: Clause, head: Token) -> bool:
    """Whether the writer speaks of the writing: "we will examine", "can be seen as"."""
    groups = word_groups("predictions")
    subject = subject_of(sentence, clause)
    if subject is not None and subject.lemma_.lower() in groups["discourse"]:
        return True
    if any(c.dep_ == "acomp" and c.lower_ in groups["apparent"] for c in head.children):
        return True
    if head.lemma_.lower() not in groups["method"]:
        return False
    if subject is None:
        return True
    return sentence.mention_at(subject.i) is None


def _reported(head: Token) -> bool:
    """Whether the clause is the complement of a verb of saying or thinking."""
    saying = word_groups("status")["governor_claimed"] | word_groups("status")["governor_reported"]
    looking_ahead = word_groups("predictions")["looking_ahead"]
    if head.dep_ != "ccomp":
        return False
    above = (head.head, *(c for c in head.head.children if c.dep_ == "acomp"))
    return any(t.lemma_.lower() in saying | looking_ahead for t in above)
