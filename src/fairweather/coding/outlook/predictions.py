"""Predictions: what the author or somebody cited says will, may or will not be.

A forecast is a clause with a word of the future or of likelihood: a modal, an adjective
that judges ("it is doubtful that"), a schedule ("is set to"), an announced intent
("promised to"), or "would" under a condition. Questions, "may have", the writer's method,
habit, orders and the future seen from the past are none.

The statement is the words of the clause; `probability` is that of the statement as worded
(see `estimates.py`). A forecast that offers nothing to check is `not_scorable`.

Confidence, set by hand: judged and scheduled acts .8, "will" and things expected .75, intents
.7, "would" under a condition .65, "cannot" .65, bare possibility .55; a subject that is no actor
costs .1, a verb that nobody can check .1, a clause that hangs on a noun .15, a judgement of the
present .25; a stated condition, which shows that a forecast is meant, adds .1, and so does a
speaker to bare possibility.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.agreements.obligations import duties
from fairweather.coding.grammar.clauses import is_negated
from fairweather.coding.grammar.phrases import subject_of
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.coding.grammar.stretches import CODER, cut, principals_within
from fairweather.coding.outlook.conditions import condition_of
from fairweather.coding.outlook.criteria import criterion
from fairweather.coding.outlook.estimates import assumed, estimate, odds_in_figures
from fairweather.coding.outlook.forecasts import Forecast, forecast_in, is_condition
from fairweather.coding.outlook.horizons import horizon
from fairweather.coding.speech.speakers import NOBODY
from fairweather.coding.speech.utterances import Utterance, utterances
from fairweather.records import AUTHOR, Chance, Prediction
from fairweather.records.types import UNNAMED
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

CONFIDENCE = {
    "judged": 0.8,
    "arranged": 0.8,
    "will": 0.75,
    "intent": 0.7,
    "would": 0.65,
    "cannot": 0.65,
    "possible": 0.55,
    "expected": 0.75,
}
NO_ACTOR = 0.1
VAGUE = 0.1
HANGING = 0.15
LONGEST = 300
PRESENT = 0.25
CONDITION = 0.1
CITED = 0.1
OPENING = 24
"""Characters at the head of a sentence in which a downtoner colours all of it."""

WITHIN = 90
"""Characters behind a verb in which its likelihood is put in figures."""

FARTHEST = 25
"""Tokens between a shared subject and the verb that still stand in one statement."""


def predictions(reading: Reading) -> Iterator[Prediction]:
    """The predictions of a reading, in the order of the text."""
    said: dict[int, list[Utterance]] = {}
    for utterance in utterances(reading):
        said.setdefault(utterance.sentence.number, []).append(utterance)
    for sentence in reading.sentences:
        if sentence.text.rstrip(" \"'”").endswith("?"):
            continue
        told: set[int] = set()
        for clause in sentence.clauses:
            forecast = forecast_in(sentence, clause)
            if forecast is None or forecast.verb.i in told:
                continue
            if _is_term(reading, sentence, clause, forecast):
                continue
            told.add(forecast.verb.i)
            prediction = _prediction(
                reading, sentence, clause, forecast, said.get(sentence.number, [])
            )
            if prediction:
                yield prediction


def _is_term(reading: Reading, sentence: Sentence, clause: Clause, forecast: Forecast) -> bool:
    """Whether it is what a treaty says: "the parties are to consult" foretells nothing."""
    subject = subject_of(sentence, clause)
    whole = word_groups("obligations")["collective"]
    if subject is None or subject.lemma_.lower() not in whole or forecast.kind == "judged":
        return False
    place = sentence.place(forecast.verb)[0]
    stated = (duty.clause.quotes[0] for duty in duties(reading, sentence) if duty.bound)
    return any(quote.start <= place < quote.end for quote in stated)


# -- the record ------------------------------------------------------------------------------


def _prediction(
    reading: Reading,
    sentence: Sentence,
    clause: Clause,
    forecast: Forecast,
    said: list[Utterance],
) -> Prediction | None:
    first, last = _bounds(sentence, clause, forecast)
    if first.lower_ in ("how", "whether", "what", "why", "where") and forecast.kind != "judged":
        return None
    start, end = sentence.place(first, last)
    negated = is_negated(forecast.verb)
    wording, chance = _odds(sentence, forecast, negated)
    whole = forecast.kind == "judged" and forecast.verb.i == clause.head
    until = horizon(sentence, start, sentence.end if whole else end)
    condition = condition_of(sentence, forecast.verb, clause)
    checked = criterion(reading, sentence, forecast.verb, negated, until)
    by, cost = _author(sentence, forecast, said)
    confidence = CONFIDENCE[forecast.kind] - cost - _doubts(sentence, clause, forecast)
    confidence += CONDITION if condition else 0.0
    if forecast.kind == "possible" and by != AUTHOR:
        confidence += CITED  # one who says that it may be means a forecast
    if confidence <= 0.2:
        return None
    statement = sentence.document.text[start:end]
    return Prediction(
        by=by,
        statement=statement
        if len(statement) <= LONGEST
        else statement[:LONGEST].rsplit(None, 1)[0],
        wording=wording,
        probability=chance,
        about=principals_within(sentence, range(first.i, last.i + 1)),
        condition=condition,
        horizon=until,
        criterion=checked,
        outcome="open"
        if checked or (until.known and not _is_vague(forecast.verb))
        else "not_scorable",
        quotes=(cut(sentence, start, end, start, min(end, start + LONGEST)),),
        confidence=round(max(0.0, confidence), 2),
        coder=CODER,
    )


def _bounds(sentence: Sentence, clause: Clause, forecast: Forecast) -> tuple[Token, Token]:
    """First and last token of the statement: the subject, the hedge, the act and its objects.

    Conditions and joined clauses with a subject of their own stay outside.
    """
    top = sentence.token(clause.head)
    verb = forecast.verb
    if forecast.kind == "judged" and verb.dep_ in ("ccomp", "csubj", "advcl", "acl"):
        top = verb
    left_out: set[int] = set()
    for token in top.subtree:
        joined = token.dep_ == "conj" and any(
            c.dep_ in ("nsubj", "nsubjpass") or c.tag_ == "MD" for c in token.children
        )
        aside = (
            token.dep_ == "advcl" and token.i != verb.i and (is_condition(token) or token.i < top.i)
        )
        if (
            (joined or aside or token.dep_ == "parataxis")
            and token.i != top.i
            and verb not in token.subtree
        ):
            left_out |= {t.i for t in token.subtree}
    inside = sorted(
        t.i
        for t in top.subtree
        if t.i not in left_out and sentence.span.start <= t.i < sentence.span.end
    )
    start = _after_marks(sentence, _first(sentence, clause, top, min(inside)), top.i)
    run = [i for i in inside if i >= start]
    end = max(run, default=top.i)
    for before, after in itertools.pairwise(run):
        broken = after - before > 1 or sentence.token(after).text in (":", ";")
        if broken and before >= max(top.i, verb.i):
            end = before
            break
    doc = sentence.span.doc
    while end > start and (
        doc[end].is_punct or doc[end].is_space or doc[end].dep_ in ("cc", "mark")
    ):
        end -= 1
    return doc[start], doc[end]


def _first(sentence: Sentence, clause: Clause, top: Token, lowest: int) -> int:
    """Where the statement begins: at its subject, near enough to stand in one stretch."""
    subject = next(
        (c for c in top.children if c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj")), None
    )
    if subject is None and top.dep_ in ("acl", "conj"):
        subject = top.head if top.dep_ == "acl" else subject_of(sentence, clause)
    if subject is None or subject.i > top.i:
        return lowest
    near = top.i - subject.left_edge.i <= FARTHEST or top.dep_ not in ("acl", "conj")
    return int(subject.left_edge.i) if near else lowest


def _after_marks(sentence: Sentence, start: int, head: int) -> int:
    doc = sentence.span.doc
    while start < head and (
        doc[start].is_punct or doc[start].is_space or doc[start].dep_ in ("cc", "mark")
    ):
        start += 1
    return start


def _odds(sentence: Sentence, forecast: Forecast, negated: bool) -> tuple[str, Chance | None]:
    """The wording and the interval of the statement as worded."""
    if forecast.kind == "expected":
        usual = estimate("expected to", False)
        return forecast.hedge.lower_, usual[1] if usual else None
    weighed = _weighed_above(sentence, forecast.verb)
    if weighed:
        return weighed
    if forecast.hedge.pos_ == "NOUN":
        beyond = forecast.verb.idx - int(sentence.span.start_char)
        ahead = sentence.text[beyond : beyond + WITHIN]
        weighed = odds_in_figures(ahead) or estimate(ahead, negated)
        if weighed:
            return weighed
    if forecast.hedge.lower_ == "can" and forecast.kind == "possible":
        possible = estimate("could", False)
        return "can", possible[1] if possible else None
    text = _around(sentence, forecast)
    read = estimate(text, negated)
    if forecast.kind == "intent":
        return f"{forecast.hedge.lower_} to", assumed("intent")
    if read and not (
        forecast.kind in ("would", "arranged") and read[0] in ("will", "may", "could", "might")
    ):
        return read
    if forecast.kind == "arranged":
        return f"{forecast.hedge.lower_} to", assumed("arranged")
    if forecast.kind == "would":
        return "would not" if negated else "would", assumed("conditional")
    return forecast.hedge.lower_, read[1] if read else None


def _weighed_above(sentence: Sentence, verb: Token) -> tuple[str, Chance] | None:
    """What the words that govern a clause make of it: "a 30 percent chance that", "doubt that"."""
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "that"), None)
    if verb.dep_ not in ("acl", "ccomp") or mark is None or mark.i >= verb.i:
        return None
    end = mark.idx + len(mark.text) - int(sentence.span.start_char)
    ahead = sentence.text[max(0, end - WITHIN) : end]
    read = odds_in_figures(ahead) or estimate(ahead, False)
    bare = (
        word_groups("predictions")["future_modals"] | word_groups("predictions")["possible_modals"]
    )
    return None if read is None or read[0] in bare else read


def _around(sentence: Sentence, forecast: Forecast) -> str:
    """The words around the hedge that can colour it: its auxiliaries, adverbs, negation."""
    centre = {forecast.hedge.i, forecast.verb.i}
    for token in (forecast.hedge, forecast.verb, forecast.hedge.head):
        for child in token.children:
            if (
                child.dep_ in ("aux", "auxpass", "neg", "advmod", "det", "amod", "acomp")
                and child.i >= sentence.span.start
            ):
                centre |= {child.i, *(g.i for g in child.children if g.dep_ in ("advmod", "neg"))}
    if forecast.kind == "judged" and forecast.hedge.head.lemma_ == "be":
        centre.add(forecast.hedge.head.i)
    near = sorted(i for i in centre if i in range(sentence.span.start, sentence.span.end))
    words = [
        sentence.token(i).lower_
        for i in near
        if sentence.token(i).pos_ not in ("NOUN", "PROPN") or i == forecast.hedge.i
    ]
    opening = sentence.text[:OPENING].lower()
    words = [d for d in sorted(word_groups("predictions")["downtoners"]) if d in opening] + words
    joined = " ".join("will" if word == "wo" else word for word in words).replace(" n't", " not")
    return joined.replace("ca not", "cannot").replace("can not", "cannot")


def _author(sentence: Sentence, forecast: Forecast, said: list[Utterance]) -> tuple[str, float]:
    """Who foretells: the innermost speaker whose words hold the verb, else the author."""
    if forecast.kind == "expected":
        return _expecting(sentence, forecast.verb)
    place = sentence.place(forecast.verb)[0]
    holding = [u for u in said if u.start <= place < u.end]
    if not holding:
        held = _holder_of_view(forecast.verb)
        if held is not None:
            return _expecting(sentence, held)
        return (UNNAMED, NOBODY.cost) if _is_cited(forecast.verb) else (AUTHOR, 0.0)
    inner = min(holding, key=lambda u: u.end - u.start)
    return inner.speaker.actor, inner.speaker.cost


def _holder_of_view(verb: Token) -> Token | None:
    """The verb whose subject holds the view: "diplomats doubt that", "he is confident that"."""
    while verb.dep_ in ("xcomp", "conj") and verb.head.i != verb.i:
        verb = verb.head
    views, above = word_groups("predictions")["holding_views"], verb.head
    if verb.dep_ != "ccomp":
        return None
    if above.dep_ == "acomp" and above.lemma_.lower() in views:
        return above.head
    adjective = any(c.dep_ == "acomp" and c.lemma_.lower() in views for c in above.children)
    return above if adjective or above.lemma_.lower() in views else None


def _expecting(sentence: Sentence, verb: Token) -> tuple[str, float]:
    """Who expects a thing: the subject of the verb, or nobody with a name."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None or subject.lower_ in ("i", "we"):
        return AUTHOR, 0.0
    mention = sentence.mention_at(subject.i)
    return (mention.actor, 0.0) if mention else (UNNAMED, NOBODY.cost)


def _is_cited(verb: Token) -> bool:
    """Whether somebody whom nobody could name says so: "teachers have asserted that"."""
    saying = word_groups("claims")["assert"]
    while verb.dep_ in ("ccomp", "xcomp", "conj", "acomp") and verb.head.i != verb.i:
        said = verb.dep_ == "ccomp" and verb.head.lemma_.lower() in saying
        verb = verb.head
        if said and any(c.dep_ == "nsubj" and c.lower_ not in ("i", "we") for c in verb.children):
            return True
    return False


def _doubts(sentence: Sentence, clause: Clause, forecast: Forecast) -> float:
    """What speaks against showing the forecast: no actor, nothing to check, a side remark."""
    doubt = 0.0
    subject = subject_of(sentence, clause)
    if subject is None or not any(
        m
        for m in sentence.mentions
        if m.start <= subject.right_edge.i and subject.left_edge.i < m.end
    ):
        doubt += NO_ACTOR
    if _is_vague(forecast.verb) and forecast.kind != "judged":
        doubt += VAGUE
    if sentence.token(clause.head).dep_ in ("relcl", "acl"):
        doubt += HANGING
    if (
        forecast.kind == "judged"
        and forecast.verb.tag_ in ("VBZ", "VBP")
        and forecast.verb.lemma_ != "be"
    ):
        doubt += 0 if any(c.tag_ == "MD" for c in forecast.verb.children) else PRESENT
    return doubt


def _is_vague(verb: Token) -> bool:
    return verb.lemma_.lower() in word_groups("predictions")["vague"]
