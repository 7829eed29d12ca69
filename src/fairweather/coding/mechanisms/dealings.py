"""Arrangements that a verb tells of: patrons and their armed groups, barter, shipments, talks.

"Rwanda arms the rebels", "the two traded oil for doctors", "ships shells to Peru by rail",
"Oman hosts talks between A and B": what happened once may be an event only, so the present,
the perfect or a stretch of time must show that it goes on, save where arms go to a group.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import (
    actors_in_phrase,
    agent_of,
    is_passive,
    prepositional,
    subject_of,
)
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    BY_SUBJECT,
    NAMED,
    REAL,
    Finding,
    acting,
    clause_quote,
    is_armed,
    is_state,
    label,
    pair_name,
)
from fairweather.records import Link
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def dealings(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """The arrangements that verbs of a sentence tell of."""
    groups = word_groups("mechanisms")
    for clause in sentence.clauses:
        head = sentence.token(clause.head)
        if head.pos_ != "VERB" or clause.negated:
            continue
        lemma = head.lemma_.lower()
        if lemma in groups["grants_access"] and clause.status in (*REAL, "planned"):
            yield from _access(reading, sentence, clause, head)
        if clause.status not in REAL:
            continue
        if lemma in groups["patronage"]:
            yield from _patronage(reading, sentence, clause, head)
        if lemma in groups["barter"]:
            yield from _barter(reading, sentence, clause, head)
        if lemma in groups["cargo"]:
            yield from _shipment(reading, sentence, clause, head)


def _doers(reading: Reading, sentence: Sentence, clause: Clause, head: Token) -> tuple[str, ...]:
    """The states that do the verb."""
    doer = agent_of(head) if is_passive(head) else subject_of(sentence, clause)
    found = actors_in_phrase(reading, sentence, doer) if doer is not None else ()
    return tuple(actor for actor in acting(found) if is_state(actor))


def _patronage(
    reading: Reading, sentence: Sentence, clause: Clause, head: Token
) -> Iterator[Finding]:
    """ "Rwanda backs the M23 rebels", "Hezbollah is funded by Iran"."""
    patrons = _doers(reading, sentence, clause, head)
    relation = "nsubjpass" if is_passive(head) else "dobj"
    things = [child for child in head.children if child.dep_ == relation]
    inside = {token.i for thing in things for token in thing.subtree if abs(token.i - thing.i) < 9}
    groups = acting(m for m in sentence.mentions if m.end - 1 in inside and is_armed(m.actor))
    if len(patrons) != 1 or not groups:
        return
    members = [(patrons[0], "patron"), *((group, "proxy") for group in groups)]
    yield Finding(
        "proxy_network",
        patrons[0],
        pair_name(patrons, "proxies"),
        tuple(members),
        clause_quote(sentence, head),
        NAMED,
        status=clause.status,
    )


def _barter(reading: Reading, sentence: Sentence, clause: Clause, head: Token) -> Iterator[Finding]:
    """ "The two traded oil for doctors", "Peru swaps fish for grain with Chile"."""
    given = next((c for c in head.children if c.dep_ == "dobj"), None)
    got = [t for place in (given, head) if place is not None for t in prepositional(place, "for")]
    got = [token for token in got if given is not None and token.i > given.i]
    if given is None or not got or given.pos_ != "NOUN" or got[0].pos_ != "NOUN":
        return
    others = acting(
        m
        for token in prepositional(head, "with")
        for m in actors_in_phrase(reading, sentence, token)
    )
    sides = tuple(dict.fromkeys((*_doers(reading, sentence, clause, head), *others)))
    if len(sides) == 2:
        yield Finding(
            "bargain",
            "+".join(sorted(sides)),
            pair_name(sides, f"bargain of {given.text} for {got[0].text}"),
            tuple((side, "party") for side in sides),
            clause_quote(sentence, head),
            BY_SUBJECT,
            status=clause.status,
        )


def _access(reading: Reading, sentence: Sentence, clause: Clause, head: Token) -> Iterator[Finding]:
    """ "Opens two bases to American forces", "hosts a Russian brigade": host and user."""
    soil = word_groups("mechanisms")["soil"]
    things = [c for c in head.children if c.dep_ in ("dobj", "dative")]
    if not any({t.lemma_.lower(), t.lower_} & soil for o in things for t in (o, *o.children)):
        return
    hosts = _doers(reading, sentence, clause, head)
    inside = {t.i for t in head.subtree if t.i > head.i}
    armed = word_groups("mechanisms")["arms_of_soil"]
    words = {word for t in head.subtree for word in (t.lemma_.lower(), t.lower_)}
    if not words & armed:
        return  # a port that is open to traders
    users = acting(m for m in sentence.mentions if m.end - 1 in inside)
    users = tuple(actor for actor in users if is_state(actor) and actor not in hosts)
    if len(hosts) == 1 and len(users) == 1:
        yield Finding(
            "basing",
            "+".join(sorted((*users, *hosts))),
            pair_name((*users, *hosts), "bases"),
            ((users[0], "user"), (hosts[0], "host")),
            clause_quote(sentence, head),
            BY_SUBJECT,
            status=clause.status,
        )


def _shipment(
    reading: Reading, sentence: Sentence, clause: Clause, head: Token
) -> Iterator[Finding]:
    """ "Exports shells to Peru by rail": a way of carrying makes it a route."""
    after = [t for t in head.subtree if t.dep_ == "pobj" and t.i > head.i]
    allowed = word_groups("mechanisms")["ways"]
    way = next((t.lower_ for t in after if t.head.lower_ == "by" and t.lower_ in allowed), "")
    senders = _doers(reading, sentence, clause, head)
    ends = acting(
        m
        for token in after
        if token.head.lower_ in ("to", "into")
        for m in actors_in_phrase(reading, sentence, token)
    )
    ends = tuple(actor for actor in ends if is_state(actor) and actor not in senders)
    if not way or len(senders) != 1 or len(ends) != 1:
        return
    quote = clause_quote(sentence, head)
    yield Finding(
        "corridor",
        "+".join(sorted((*senders, *ends))),
        f"{label(senders[0])}–{label(ends[0])} route by {way}",
        ((senders[0], "promoter"), (ends[0], "end")),
        quote,
        BY_SUBJECT,
        links=(Link(senders[0], ends[0], "open", quotes=(quote,)),),
        status="open",
    )
