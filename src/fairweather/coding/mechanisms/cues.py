"""Mechanisms that a noun gives away: hotlines, blocs, triangles, networks, bases, proxies.

The lexicon `mechanisms.toml` says how each kind is worded and how many members must be
named; whose it is comes from its phrase ("a hotline between A and B", "A's shadow fleet"),
else from who creates, keeps or uses it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.agreements.parties import may_be_party
from fairweather.coding.grammar.phrases import actors_in_phrase, subject_of
from fairweather.coding.grammar.sentence import Mention, Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    BY_SUBJECT,
    IN_FOCUS,
    INFERRED,
    NAMED,
    REAL,
    Finding,
    Members,
    acting,
    capital_name,
    clause_quote,
    in_phrase,
    is_place,
    pair_name,
    runners,
    status_at,
)
from fairweather.coding.mechanisms.basing import user_and_host
from fairweather.coding.mechanisms.money import sums_moved
from fairweather.coding.mechanisms.patrons import patron_and_proxies
from fairweather.vocabulary.lexicon import tables, word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """How a kind of mechanism is worded; `words` are tried first."""

    kind: str
    words: tuple[str, ...]
    pattern: re.Pattern[str]
    least: int
    roles: tuple[str, ...]
    context: re.Pattern[str]
    """What must stand in the sentence besides; matches everything where nothing must."""


@functools.cache
def _cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(
            table["kind"],
            tuple(table["words"]),
            re.compile(rf"(?<!\w)(?:{'|'.join(table['cues'])})(?!\w)"),
            table["least"],
            tuple(table["roles"]),
            re.compile(rf"(?<!\w)(?:{'|'.join(table.get('context', ()))})"),
        )
        for table in tables("mechanisms").values()
        if "kind" in table
    )


def cued(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """The mechanisms that nouns of a sentence tell of."""
    text = sentence.text.lower()
    for cue in _cues():
        if not any(word in text for word in cue.words) or not cue.context.search(text):
            continue
        for found in cue.pattern.finditer(text):
            finding = _found(reading, sentence, cue, found)
            if finding:
                yield finding


def _found(reading: Reading, sentence: Sentence, cue: Cue, found: re.Match[str]) -> Finding | None:
    base = sentence.span.start_char
    stretch = sentence.span.doc.char_span(base + found.start(), base + found.end())
    if stretch is None or not len(stretch):
        return None
    noun = stretch.root
    status = _status(sentence, cue, noun)
    if status not in REAL:
        return None
    members, sure = _taking_part(reading, sentence, cue, noun)
    if len({actor for actor, _ in members}) < cue.least:
        return None
    name = _name(sentence, cue, noun, found.group().strip(), members)
    key = "+".join(sorted(actor for actor, _ in members))
    if cue.kind == "proxy_network":
        key = members[0][0]  # one network a patron
    return Finding(
        cue.kind,
        key,
        name,
        members,
        clause_quote(sentence, noun),
        sure,
        status=status,
        links=sums_moved(sentence, noun, members) if cue.kind == "finance" else (),
    )


def _taking_part(reading: Reading, sentence: Sentence, cue: Cue, noun: Token) -> Members:
    """Who is part of it and in what role, and how surely."""
    if cue.kind == "basing":
        return user_and_host(reading, sentence, noun)
    if cue.kind == "proxy_network":
        return patron_and_proxies(sentence, noun)
    if cue.kind == "bloc":
        return _bloc(reading, sentence, cue, noun)
    return _plain(reading, sentence, cue, noun)


def _status(sentence: Sentence, cue: Cue, noun: Token) -> str:
    """How real it is; what is done "to evade sanctions" is as real as what is done."""
    purpose = noun.pos_ == "VERB" and noun.dep_ in ("advcl", "xcomp") and noun.tag_ == "VB"
    above = sentence.clause_of(noun.head.i) if purpose else None
    if cue.kind == "sanctions_evasion" and above is not None and above.status in REAL:
        return above.status if not above.negated else "denied"
    if cue.kind == "deconfliction" and _is_ability(sentence, noun):
        return "factual"
    return status_at(sentence, noun)


def _is_ability(sentence: Sentence, noun: Token) -> bool:
    """Whether "can" tells of a channel that is there: "can call each other on a direct line"."""
    clause = sentence.clause_of(noun.i)
    if clause is None or clause.negated or noun.dep_ != "pobj":
        return False
    return any(c.dep_ == "aux" and c.lower_ == "can" for c in sentence.token(clause.head).children)


def _name(
    sentence: Sentence, cue: Cue, noun: Token, words: str, members: tuple[tuple[str, str], ...]
) -> str:
    proper = capital_name(sentence, noun)
    if proper and cue.kind in ("basing", "consultation", "deconfliction"):
        return proper
    if noun.pos_ == "VERB" and cue.kind == "sanctions_evasion":
        words = "sanctions evasion"
    if cue.kind == "deconfliction" and noun.lemma_ not in word_groups("mechanisms")["channels"]:
        words = "deconfliction"
    words = " ".join(word for word in words.split() if word not in _ARTICLES)
    if cue.kind in ("proxy_network", "signalling", "sanctions_evasion"):
        words = {"proxy_network": "proxies", "signalling": "signal"}.get(cue.kind, words)
        return pair_name([actor for actor, _ in members[:1]], words)
    return pair_name((actor for actor, _ in members), words)


_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his"})


def _plain(reading: Reading, sentence: Sentence, cue: Cue, noun: Token) -> Members:
    """Members in the phrase; those who run it; for signals sender and audience."""
    phrase = tuple(m for m in in_phrase(sentence, noun) if not m.start <= noun.i < m.end)
    named, run = acting(phrase), runners(reading, sentence, noun)
    if cue.kind == "sanctions_evasion" and (noun.pos_ == "VERB" or not (named or run)):
        # Whose sanctions they are is named inside the phrase: he is the last to evade them.
        return tuple((a, cue.roles[0]) for a in _evaders(reading, sentence, noun)), BY_SUBJECT
    if cue.kind == "signalling":
        return _signal(sentence, noun, named, acting(run))
    owners = acting(run)
    if cue.kind in ("finance", "consultation"):
        named = tuple(dict.fromkeys((*named, *_ends_of_verb(sentence, noun))))
    inferred = any(m.kind == "inferred" for m in run) and not named
    if cue.least > 1 and len({*owners, *named}) < cue.least and _of_the_pair(sentence, noun):
        return _with_pair(reading, cue, named)
    if len(named) < max(cue.least, 1):
        named = tuple(dict.fromkeys((*owners, *named)))
    sure = NAMED if not owners or len(acting(phrase)) >= 2 else BY_SUBJECT
    if inferred:
        sure = IN_FOCUS if set(named) == set(reading.focus) else INFERRED
    role = cue.roles[0]
    if cue.least > 1:
        named = tuple(actor for actor in named if may_be_party(actor))
    if cue.kind == "deconfliction" and len(named) < cue.least:
        named, sure = _both_named(sentence), IN_FOCUS
    return tuple((actor, role) for actor in named), sure


def _both_named(sentence: Sentence) -> tuple[str, ...]:
    """The two whom a sentence speaks of, where they are just two: "if Y's jets come near X's"."""
    told = acting(m for m in sentence.mentions if not is_place(sentence, m))
    parties = tuple(actor for actor in told if may_be_party(actor))
    return parties if len(parties) == 2 else ()


def _of_the_pair(sentence: Sentence, noun: Token) -> bool:
    """Whether the clause speaks of two who are not named: "the ministers met", "they set up"."""
    clause = sentence.clause_of(noun.i)
    subject = subject_of(sentence, clause) if clause else None
    if subject is None or not (
        subject.tag_ in ("NNS", "NNPS") or subject.lower_ in ("they", "both")
    ):
        return False
    if any(sentence.mention_at(child.i) for child in subject.children):
        return False  # "Mali's leaders" are those of one
    return subject.lemma_.lower().rstrip("s") in word_groups("mechanisms")["pair_nouns"]


def _with_pair(reading: Reading, cue: Cue, named: tuple[str, ...]) -> Members:
    """The article's dyad and whom the phrase names beside it: "their dialogue with Japan"."""
    every = dict.fromkeys((*reading.focus, *named))
    return tuple((actor, cue.roles[0]) for actor in every if may_be_party(actor)), IN_FOCUS


def _subjects(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Mention, ...]:
    """Those of whom the clause speaks in which the noun stands."""
    clause = sentence.clause_of(noun.i)
    subject = subject_of(sentence, clause) if clause else None
    return actors_in_phrase(reading, sentence, subject) if subject is not None else ()


def _evaders(reading: Reading, sentence: Sentence, noun: Token) -> tuple[str, ...]:
    """Who does it, or whose ships and firms do: the subject of the verb, or of its governor."""
    found = acting(_subjects(reading, sentence, noun))
    verb = noun
    while verb.head.i != verb.i and not (verb.pos_ == "VERB" and _subject_of(verb) is not None):
        verb = verb.head
    subject = _subject_of(verb)
    if found or subject is None:
        return found
    inside = {t.i for t in subject.subtree}
    return acting(m for m in sentence.mentions if m.end - 1 in inside)


def _subject_of(verb: Token) -> Token | None:
    return next((c for c in verb.children if c.dep_ == "nsubj"), None)


def _ends_of_verb(sentence: Sentence, noun: Token) -> tuple[str, ...]:
    """Whose banks open a channel with whose: the subject's state and that after "with"."""
    verb = noun.head
    if verb.pos_ != "VERB" or verb.lemma_ not in word_groups("mechanisms")["running"]:
        return ()
    ends = [c for c in verb.children if c.dep_ == "nsubj"]
    ends += [c for place in (verb, noun) for c in place.children if c.lower_ == "with"]
    inside = {token.i for end in ends for token in end.subtree}
    found = acting(m for m in sentence.mentions if m.end - 1 in inside)
    return found if len(found) > 1 else ()


def _signal(
    sentence: Sentence, noun: Token, named: tuple[str, ...], senders: tuple[str, ...]
) -> Members:
    """Who sends a signal to whom."""
    audience = [
        m.principal
        for m in sentence.mentions
        if m.start > noun.i
        and sentence.token(m.end - 1).dep_ == "pobj"
        and sentence.token(m.end - 1).head.lower_ == "to"
        and sentence.token(m.end - 1).head.head.i in (noun.i, noun.head.i)
    ]
    sent = [actor for actor in senders if actor not in audience][:1]
    members = [*((a, "sender") for a in sent), *((a, "audience") for a in audience)]
    return tuple(members) if sent and audience else (), BY_SUBJECT


def _bloc(reading: Reading, sentence: Sentence, cue: Cue, noun: Token) -> Members:
    """Members written beside the noun: "the Peru-Chile bloc", "an axis of A, B and C"."""
    named = acting(in_phrase(sentence, noun))
    if len(named) < cue.least:
        run = acting(runners(reading, sentence, noun))
        return tuple((actor, "member") for actor in run), BY_SUBJECT
    return tuple((actor, "member") for actor in named), NAMED
