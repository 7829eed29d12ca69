"""Who says what: quotations and reported speech, found once for every coder that needs it.

`utterances(reading)` walks the sentences in order. Direct speech takes the nearest verb of
saying outside the quotation marks, or carries the speaker through a run of quotations;
reported speech takes the complement, the object or the ground of a verb that speaks. Only
what was really said counts: a verb under "if", "would" or "not" gives nothing. Where one
reports what another says, the inner speaker's words count.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import agent_of, is_passive, subject_of
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.coding.speech.acts import act_of
from fairweather.coding.speech.attributed import according_to, said_in_noun
from fairweather.coding.speech.content import CLAUSE, Act, make_act
from fairweather.coding.speech.interviews import answers, interviewee
from fairweather.coding.speech.quotations import (
    Quotation,
    Quoted,
    is_quoted,
    quotations,
    quoted_in,
)
from fairweather.coding.speech.speakers import (
    NOBODY,
    WRITER,
    Speaker,
    Speakers,
    belongs,
    mention_within,
)
from fairweather.coding.speech.stances import stance_of
from fairweather.records.types import AUTHOR, UNNAMED
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

SAID = ("factual", "reported", "claimed")
"""Statuses of a verb of saying under which somebody did say it."""

DIRECT = 0.9
INNER = 0.1
"""Taken off for what is done beside the main verb of a quotation."""

OWN = 0.25
"""Taken off for the author's own first person, which may be rhetoric."""

CARRIED_RUN = 0.1
"""Taken off where the speaker is carried from the quotation before."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a speaker says: the content is `start:end` of the document.

    `first:last` is the stretch that carries it, with the verb and its subject; `targets`
    are those whom the verb is aimed at, before any actor named in the content.
    """

    sentence: Sentence
    speaker: Speaker
    stance: str
    start: int
    end: int
    first: int
    last: int
    confidence: float
    targets: tuple[str, ...] = ()


@functools.cache
def stances_of_verbs() -> dict[str, str]:
    """Every verb that reports speech -> the stance that it takes by itself."""
    groups = word_groups("claims")
    order = (
        "assert",
        "label",
        "express",
        "praise",
        "demand",
        "promise",
        "threaten",
        "accuse",
        "deny",
    )
    return {
        verb: {"label": "assert", "express": "assert"}.get(group, group)
        for group in order
        for verb in groups[group]
    }


def utterances(reading: Reading) -> Iterator[Utterance]:
    """What is said in a reading, sentence by sentence."""
    pairs = quotations(reading)
    speakers = Speakers(reading)
    run: tuple[Speaker, int] | None = None
    for sentence in reading.sentences:
        speakers.issued(sentence)
        for quoted in quoted_in(sentence, pairs):
            if quoted.partial:
                continue
            found = _direct(reading, speakers, quoted, pairs, run)
            if found:
                yield found
                yield from _within(quoted, found)
                run = found.speaker, sentence.number
        yield from _judged(sentence)
        yield from _reported(speakers, sentence, pairs)
    yield from _answered(reading)


def _answered(reading: Reading) -> Iterator[Utterance]:
    """What the person asked in an interview says after each question."""
    person = interviewee(reading)
    if person is None:
        return
    speaker = Speaker(person.actor, person.principal, OWN)
    for sentence in answers(reading):
        whole = sentence.quote()
        stance = stance_of(sentence.span.root, _is_own(sentence, speaker), own_words=True)
        confidence = round(DIRECT - speaker.cost, 2)
        yield Utterance(
            sentence, speaker, stance, whole.start, whole.end, whole.start, whole.end, confidence
        )


# -- direct speech -----------------------------------------------------------------------


def _direct(
    reading: Reading,
    speakers: Speakers,
    quoted: Quoted,
    pairs: tuple[Quotation, ...],
    run: tuple[Speaker, int] | None,
) -> Utterance | None:
    """The quotation with its speaker; None where nobody can be found."""
    verb, place = _verb_of(reading, quoted, pairs)
    if verb is not None and place is not None:
        subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
        speaker = speakers.named(place, subject) if subject is not None else None
        if speaker is None or speaker.actor == AUTHOR:
            return None
        speakers.remember(speaker, place)
        return _quotation(quoted, speaker, stances_of_verbs()[verb.lemma_.lower()], verb, place)
    before = _before_colon(speakers, quoted)
    if before:
        speakers.remember(before, quoted.sentence)
        return _quotation(quoted, before, "assert", None, None)
    if run and quoted.sentence.number - run[1] <= 1 and _stands_alone(quoted):
        carried = Speaker(run[0].actor, run[0].principal, max(run[0].cost, CARRIED_RUN))
        return _quotation(quoted, carried, "assert", None, None)
    return None


def _verb_of(
    reading: Reading, quoted: Quoted, pairs: tuple[Quotation, ...]
) -> tuple[Token | None, Sentence | None]:
    """The verb of saying nearest to the quotation, in any sentence that it runs through."""
    pair = next(p for p in pairs if p.start <= quoted.start < p.end or p.start == quoted.start)
    best: tuple[int, Token, Sentence] | None = None
    for sentence in reading.sentences[quoted.sentence.number :]:
        if sentence.start >= pair.end:
            break
        for token in sentence.span:
            place = sentence.place(token)[0]
            if not _reports(token) or is_quoted(place, pairs):
                continue
            distance = min(abs(place - pair.start), abs(place - pair.end))
            if best is None or distance < best[0]:
                best = distance, token, sentence
    return (best[1], best[2]) if best else (None, None)


def _reports(token: Token) -> bool:
    return (
        token.pos_ in ("VERB", "AUX")
        and token.lemma_.lower() in stances_of_verbs()
        and any(child.dep_ == "nsubj" for child in token.children)
    )


def _before_colon(speakers: Speakers, quoted: Quoted) -> Speaker | None:
    """The speaker of `Name: "..."`."""
    sentence = quoted.sentence
    before = sentence.document.text[sentence.start : max(sentence.start, quoted.start - 1)].rstrip()
    if not before.endswith(":"):
        return None
    named = [t for t in sentence.span if sentence.place(t)[1] <= sentence.start + len(before) - 1]
    subject = next(
        (t for t in named if t.dep_ in ("nsubj", "ROOT") and sentence.mention_at(t.i)), None
    )
    return speakers.named(sentence, subject) if subject is not None else None


def _stands_alone(quoted: Quoted) -> bool:
    """Whether nothing but the quotation stands in its sentence."""
    sentence, text = quoted.sentence, quoted.sentence.document.text
    outside = text[sentence.start : quoted.start] + text[quoted.end : sentence.end]
    return not any(letter.isalpha() for letter in outside)


def _quotation(
    quoted: Quoted, speaker: Speaker, stance: str, verb: Token | None, place: Sentence | None
) -> Utterance:
    sentence = quoted.sentence
    first, last = quoted.start, quoted.end
    if verb is not None and place is sentence:
        said = [verb, *(c for c in verb.children if c.dep_ == "nsubj")]
        first = min(first, *(sentence.place(token)[0] for token in said))
        last = max(last, *(sentence.place(token)[1] for token in said))
    if stance == "assert" or (stance == "threaten" and verb is not None and verb.lemma_ == "warn"):
        stance = stance_of(_root(quoted), _is_own(sentence, speaker), own_words=True)
    confidence = round(DIRECT - speaker.cost, 2)
    return Utterance(sentence, speaker, stance, quoted.start, quoted.end, first, last, confidence)


def _root(quoted: Quoted) -> Token:
    root: Token = quoted.sentence.span.doc[quoted.first.i : quoted.last.i + 1].root
    return root


def _is_own(sentence: Sentence, speaker: Speaker) -> Callable[[Token], bool]:
    """Whether a subject names the speaker itself: "Peru rejects", says Peru."""

    def own(subject: Token) -> bool:
        mention = sentence.mention_at(subject.i)
        return mention is not None and mention.principal == speaker.principal

    return own


def _within(quoted: Quoted, whole: Utterance) -> Iterator[Utterance]:
    """Denials, accusations and demands that hang on the main verb of a quotation."""
    sentence, root = quoted.sentence, _root(quoted)
    for child in root.children:
        stance = stances_of_verbs().get(child.lemma_.lower(), "assert")
        if stance == "assert" or child.dep_ not in ("advcl", "conj") or child.i > quoted.last.i:
            continue
        if any(c.dep_ == "nsubj" or c.tag_ == "MD" for c in child.children):
            continue
        act = act_of(sentence, child, stance)
        if act and act.end <= quoted.end:
            verb = sentence.place(child)
            yield Utterance(
                sentence,
                whole.speaker,
                act.stance,
                act.start,
                act.end,
                min(act.start, verb[0]),
                max(act.end, verb[1]),
                round(whole.confidence - INNER, 2),
                act.targets,
            )


# -- the author's own thesis -------------------------------------------------------------


def _judged(sentence: Sentence) -> Iterator[Utterance]:
    """ "In my view, the pact is dead": the author's, said as such."""
    text = sentence.text.lower()
    if not any(phrase in text for phrase in word_groups("claims")["judging_phrases"]):
        return
    act = make_act(sentence, sentence.span.root, "assert", sentence.span.root, CLAUSE)
    yield _utterance(sentence, WRITER, replace(act, root=None, subject_words=()))


# -- reported speech ---------------------------------------------------------------------


def _reported(
    speakers: Speakers, sentence: Sentence, pairs: tuple[Quotation, ...]
) -> Iterator[Utterance]:
    for token in sentence.span:
        if token.lower_ == "according" and not is_quoted(sentence.place(token)[0], pairs):
            yield from _by(speakers, sentence, according_to(sentence, token), None)
        if token.pos_ == "NOUN" and token.lemma_.lower() in word_groups("claims")["saying_nouns"]:
            yield from _by_owner(speakers, sentence, token, pairs)
            continue
        if token.lemma_.lower() not in stances_of_verbs() or token.pos_ in ("ADP", "SCONJ", "DET"):
            continue
        clause = next((c for c in sentence.clauses if c.head == token.i), None)
        if clause is None or clause.negated or clause.status not in SAID:
            continue
        if is_quoted(sentence.place(token)[0], pairs):
            continue
        act = act_of(sentence, token, stances_of_verbs()[token.lemma_.lower()])
        if act is None or _is_whole_quotation(act, pairs):
            continue
        yield from _by(speakers, sentence, act, clause)


def _by_owner(
    speakers: Speakers, sentence: Sentence, noun: Token, pairs: tuple[Quotation, ...]
) -> Iterator[Utterance]:
    """ "Chad's claim that ...": what its owner said, whatever became of it."""
    act = said_in_noun(sentence, noun)
    if act is None or is_quoted(sentence.place(noun)[0], pairs):
        return
    speaker = speakers.named(sentence, act.verb)
    if speaker is not None and speaker.actor != AUTHOR:
        yield _utterance(sentence, speaker, act)


def _is_whole_quotation(act: Act, pairs: tuple[Quotation, ...]) -> bool:
    """Whether the content lies between quotation marks and is coded as direct speech."""
    return is_quoted(act.start, pairs) and is_quoted(act.end - 2, pairs)


def _by(
    speakers: Speakers, sentence: Sentence, act: Act | None, clause: Clause | None
) -> Iterator[Utterance]:
    if act is None:
        return
    for speaker in _who(speakers, sentence, act, clause):
        if speaker.actor == AUTHOR and not _is_thesis(act):
            continue
        speakers.remember(speaker, sentence)
        yield _utterance(sentence, speaker, act)


def _utterance(sentence: Sentence, speaker: Speaker, act: Act) -> Utterance:
    first, last = act.start, act.end
    for token in (act.verb, *act.subject_words):
        first, last = min(first, sentence.place(token)[0]), max(last, sentence.place(token)[1])
    own = speaker.actor == AUTHOR
    stance = act.stance
    if stance == "assert" and act.root is not None and not act.thinking:
        stance = stance_of(act.root, _is_own(sentence, speaker), own_words=own)
    confidence = round(act.confidence - (OWN if own else speaker.cost), 2)
    return Utterance(
        sentence, speaker, stance, act.start, act.end, first, last, confidence, act.targets
    )


def _who(
    speakers: Speakers, sentence: Sentence, act: Act, clause: Clause | None
) -> tuple[Speaker, ...]:
    """Everybody who does the act."""
    if clause is None:
        found = speakers.named(sentence, act.verb)
        within = mention_within(sentence, act.verb)
        if within and (found is None or (found.actor == UNNAMED and belongs(act.verb))):
            return (Speaker(within.actor, within.principal),)
        return (found or NOBODY,)
    if is_passive(act.verb) and act.verb.lemma_ != "commit":
        agent = agent_of(act.verb)
        return (agent is not None and speakers.together(sentence, agent)) or (NOBODY,)
    subject = subject_of(sentence, clause)
    return speakers.together(sentence, subject) if subject is not None else ()


def _is_thesis(act: Act) -> bool:
    """Whether a first person speaks as author or as a party, not as a narrator."""
    groups = word_groups("claims")
    verb = act.verb.lemma_.lower()
    return act.stance != "assert" or verb in groups["author_thesis"] | groups["author_says"]
