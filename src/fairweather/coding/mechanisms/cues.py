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
    LONGEST,
    NAMED,
    REAL,
    Finding,
    acting,
    capital_name,
    clause_quote,
    in_phrase,
    is_place,
    is_state,
    label,
    pair_name,
    runners,
    status_at,
)
from fairweather.records import Link
from fairweather.vocabulary.gazetteer import load_gazetteer
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


@functools.cache
def _cues() -> tuple[Cue, ...]:
    return tuple(
        Cue(
            table["kind"],
            tuple(table["words"]),
            re.compile(rf"(?<!\w)(?:{'|'.join(table['cues'])})(?!\w)"),
            table["least"],
            tuple(table["roles"]),
        )
        for table in tables("mechanisms").values()
        if "kind" in table
    )


def cued(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """The mechanisms that nouns of a sentence tell of."""
    text = sentence.text.lower()
    for cue in _cues():
        if not any(word in text for word in cue.words):
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
    reader = {"basing": _basing, "proxy_network": _proxies, "bloc": _bloc}.get(cue.kind, _plain)
    members, sure = reader(reading, sentence, cue, noun)
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
        links=_amounts(sentence, noun, members) if cue.kind == "finance" else (),
    )


def _status(sentence: Sentence, cue: Cue, noun: Token) -> str:
    """How real it is; what is done "to evade sanctions" is as real as what is done."""
    purpose = noun.pos_ == "VERB" and noun.dep_ in ("advcl", "xcomp") and noun.tag_ == "VB"
    above = sentence.clause_of(noun.head.i) if purpose else None
    if cue.kind == "sanctions_evasion" and above is not None and above.status in REAL:
        return above.status if not above.negated else "denied"
    return status_at(sentence, noun)


def _name(
    sentence: Sentence, cue: Cue, noun: Token, words: str, members: tuple[tuple[str, str], ...]
) -> str:
    proper = capital_name(sentence, noun)
    if proper and cue.kind in ("basing", "consultation", "deconfliction"):
        return proper
    if noun.pos_ == "VERB" and cue.kind == "sanctions_evasion":
        words = "sanctions evasion"
    words = " ".join(word for word in words.split() if word not in _ARTICLES)
    if cue.kind in ("proxy_network", "signalling", "sanctions_evasion"):
        words = {"proxy_network": "proxies", "signalling": "signal"}.get(cue.kind, words)
        return pair_name([actor for actor, _ in members[:1]], words)
    return pair_name((actor for actor, _ in members), words)


_ARTICLES = frozenset({"a", "an", "the", "its", "their", "his"})


def _plain(
    reading: Reading, sentence: Sentence, cue: Cue, noun: Token
) -> tuple[tuple[tuple[str, str], ...], float]:
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
    return tuple((actor, role) for actor in named), sure


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


def _with_pair(
    reading: Reading, cue: Cue, named: tuple[str, ...]
) -> tuple[tuple[tuple[str, str], ...], float]:
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
) -> tuple[tuple[tuple[str, str], ...], float]:
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


def _bloc(
    reading: Reading, sentence: Sentence, cue: Cue, noun: Token
) -> tuple[tuple[tuple[str, str], ...], float]:
    """Members written beside the noun: "the Peru-Chile bloc", "an axis of A, B and C"."""
    named = acting(in_phrase(sentence, noun))
    if len(named) < cue.least:
        run = acting(runners(reading, sentence, noun))
        return tuple((actor, "member") for actor in run), BY_SUBJECT
    return tuple((actor, "member") for actor in named), NAMED


def _basing(
    reading: Reading, sentence: Sentence, cue: Cue, noun: Token
) -> tuple[tuple[tuple[str, str], ...], float]:
    """User and host: whose base, troops or presence, and in whose country."""
    hosts = [
        m.principal
        for m in sentence.mentions
        if m.start > noun.i
        and is_place(sentence, m)
        and is_state(m.principal)
        and sentence.token(m.end - 1).head.lower_ in ("in", "on", "at", "inside")
        and m.start - noun.i < 12
    ]
    owners = [m for m in in_phrase(sentence, noun) if m.start < noun.i]
    users = acting(owners) or acting(runners(reading, sentence, noun))
    users = users or _whose_forces(sentence, noun)
    users = tuple(actor for actor in users if is_state(actor) and actor not in hosts)
    if users and not hosts and _somewhere(sentence, noun) and users[0] in reading.focus:
        other = next((actor for actor in reading.focus if actor != users[0]), "")
        if is_state(other):
            return ((users[0], "user"), (other, "host")), IN_FOCUS
    if users and not hosts and _in_the_country(noun) and users[0] in reading.focus:
        other = next((actor for actor in reading.focus if actor != users[0]), "")
        if is_state(other):
            return ((users[0], "user"), (other, "host")), IN_FOCUS
    if not users or not hosts:
        return (), NAMED
    return ((users[0], "user"), (hosts[0], "host")), NAMED if owners else BY_SUBJECT


def _whose_forces(sentence: Sentence, noun: Token) -> tuple[str, ...]:
    """Whose men the sentence spoke of before: "U.S. forces ..., and some are based there"."""
    forces = word_groups("naming")["forces"]
    return acting(
        m
        for m in sentence.mentions
        if m.end <= noun.i
        and (sentence.token(m.end - 1).head.lower_ in forces or m.alias.split()[-1] in forces)
    )[:1]


def _somewhere(sentence: Sentence, noun: Token) -> bool:
    """Whether forces stand at a place that no table has: "stationed at Ganja"."""
    for verb in noun.doc[noun.i : min(noun.i + 8, sentence.span.end)]:
        if verb.lemma_.lower() not in ("station", "base", "garrison", "post", "house"):
            continue
        for child in verb.children:
            if child.dep_ == "prep" and child.lower_ in ("at", "in", "near", "outside"):
                inner = next((c for c in child.children if c.dep_ == "pobj"), None)
                if inner is not None and inner.pos_ == "PROPN":
                    there = sentence.mention_at(inner.i)
                    return there is None or not is_state(there.principal)
    return False


def _in_the_country(noun: Token) -> bool:
    following = noun.doc[noun.i : min(noun.i + 10, len(noun.doc))].text.lower()
    places = ("in the country", "on its soil", "in the kingdom", "on their soil", "based there")
    return any(words in following for words in (*places, "stationed there"))


def _proxies(
    reading: Reading, sentence: Sentence, cue: Cue, noun: Token
) -> tuple[tuple[tuple[str, str], ...], float]:
    """Patron and proxy: "A-backed B", "B, a proxy of A", "A's proxies, B and C"."""
    near = [
        m
        for m in sentence.mentions
        if abs(m.start - noun.i) <= 8
        and not is_place(sentence, m)
        and (m.end - 1 in {t.i for t in noun.head.subtree} or m.end - 1 == noun.head.i)
        and "anti" not in sentence.span.doc[max(m.start - 2, 0) : m.end].text.lower().split("-")
    ]
    patrons = [m for m in near if is_state(m.principal)]
    proxies = [m for m in near if _is_armed(m)]
    if not patrons or not proxies:
        return (), NAMED
    members = [(patrons[0].principal, "patron")]
    members += [(actor, "proxy") for actor in acting(proxies)]
    return tuple(members), NAMED


def _is_armed(mention: Mention) -> bool:
    actor = load_gazetteer().actors.get(mention.actor)
    return getattr(actor, "kind", "") == "armed_group"


def _amounts(
    sentence: Sentence, noun: Token, members: tuple[tuple[str, str], ...]
) -> tuple[Link, ...]:
    """Sums that the sentence says went through the network, as it writes them."""
    found = _SUM.search(sentence.text)
    if not found or not members:
        return ()
    verbs = word_groups("mechanisms")["flows"]
    if not any(token.lemma_ in verbs for token in sentence.span):
        return ()
    start = sentence.start + found.start()
    words = sentence.document.text[start : sentence.start + found.end()]
    return (Link("", members[0][0], "", words, quotes=(clause_quote(sentence, noun),)),)


_SUM = re.compile(
    r"(?:(?:more|less|at least|up to|about|around|nearly|almost|over|some|tens of|hundreds of)"
    r"\s(?:than\s)?)*(?:(?:[A-Z]{2,3}|[$€£¥])\s?)?\d[\d.,]*\s?(?:thousand|million|billion|"
    r"trillion)?(?:\s[A-Za-z]+)?(?:\s\([^)]*\d[^)]*\))?|(?:tens|hundreds) of (?:millions|"
    r"billions|thousands) of [A-Za-z]+(?:\s[a-z]+)?"
)


def money_flows(
    reading: Reading, sentence: Sentence, networks: tuple[Finding, ...]
) -> Iterator[Finding]:
    """Sums that the operator of a network raised or moved, told after the network was."""
    if not networks:
        return
    verbs = word_groups("mechanisms")["flows"]
    for clause in sentence.clauses:
        head = sentence.token(clause.head)
        if head.lemma_ not in verbs or clause.status not in REAL:
            continue
        objects = [t for child in head.children if child.dep_ == "dobj" for t in child.subtree]
        money = [
            t
            for t in objects
            if t.ent_type_ == "MONEY"
            or t.like_num
            or t.lower_ in ("millions", "billions", "tens", "hundreds", "thousands")
        ]
        if not money:
            continue
        start, end = sentence.place(objects[0], objects[-1])
        words = " ".join(sentence.document.text[start:end].split())[:80]
        known = networks[-1]
        quote = clause_quote(sentence, head)
        link = Link("", known.members[0][0], "", words, quotes=(quote,))
        yield Finding(
            known.kind,
            known.key,
            known.name,
            known.members,
            quote,
            known.sure,
            links=(link,),
            status=clause.status,
        )


def known_blocs(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Blocs of the gazetteer of which the sentence says who is in them or what they are."""
    gazetteer = load_gazetteer()
    telling = [t for t in sentence.span if t.lower_ in word_groups("mechanisms")["membership"]]
    if not telling:
        return
    day = reading.document.published.until or reading.document.published.since or ""
    for mention in sentence.mentions:
        actor = gazetteer.actors.get(mention.actor)
        if getattr(actor, "kind", "") != "bloc":
            continue
        head = sentence.token(mention.end - 1)
        clause = sentence.clause_of(head.i)
        if clause is None or clause.status not in REAL or not _told_of(head, mention, telling):
            continue
        members = gazetteer.members_on(mention.actor, day) if day else ()
        named = tuple(
            m.principal
            for m in sentence.mentions
            if m.principal != mention.actor and m.principal in members
        )
        everyone = tuple(dict.fromkeys((*named, *members)))
        yield Finding(
            "bloc",
            mention.actor,
            label(mention.actor),
            tuple((member, "member") for member in everyone),
            sentence.quote(sentence.start, min(sentence.end, sentence.start + LONGEST)),
            NAMED if named else BY_SUBJECT,
            status=clause.status,
        )


def _told_of(head: Token, mention: Mention, telling: list[Token]) -> bool:
    """Whether a word of membership is said of this bloc: near it, or of the same verb.

    "European Union member states" only uses the name.
    """
    for word in telling:
        if word.i == mention.end:
            continue
        near = word.head.i == head.i or head.head.i == word.i or abs(word.i - head.i) <= 5
        if near or word.head.i == head.head.i or head.i in {t.i for t in word.subtree}:
            return True
    return False
