"""Third parties who help others to agree, and bargains of this for that.

Mediation is told where somebody mediates, brokers or hosts talks, not where somebody offers
to; its parties are those "between" whom it stands, else the pair in focus. A bargain is an
exchange that the text states as made ("in return for"), told of its giver and its receiver.
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
    INFERRED,
    NAMED,
    REAL,
    Finding,
    acting,
    clause_quote,
    label,
    pair_name,
)
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def mediations(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """The mediations that a sentence tells of."""
    groups = word_groups("mechanisms")
    for clause in sentence.clauses:
        head = sentence.token(clause.head)
        if clause.status not in REAL or head.pos_ not in ("VERB", "AUX"):
            continue
        mediators = _by_verb(reading, sentence, clause, head) or _by_carrying(
            reading, sentence, clause, head
        )
        if not mediators and head.lemma_ in groups["hosting"]:
            mediators = _by_noun(sentence, clause, head) or _by_hosting(
                reading, sentence, clause, head
            )
        if mediators:
            yield _mediation(reading, sentence, head, mediators)
    for token in sentence.span:
        helpers = _named_mediator(sentence, token)
        around = sentence.clause_of(token.i) if helpers else None
        if around is not None and around.status in REAL and not around.negated:
            yield _mediation(reading, sentence, token, helpers)


def _named_mediator(sentence: Sentence, token: Token) -> tuple[str, ...]:
    """ "Norwegian mediation", "mediation by Qatar", "a Qatari-brokered truce"."""
    groups = word_groups("mechanisms")
    if token.lower_ in groups["mediated"] and token.i > sentence.span.start + 1:
        before = sentence.mention_at(token.i - 2) if token.nbor(-1).text == "-" else None
        return acting((before,)) if before is not None else ()
    if token.lower_ not in groups["mediation_nouns"]:
        return ()
    owned = [c for c in token.children if c.dep_ in ("poss", "amod", "compound")]
    owned += [t for word in ("by", "of") for t in prepositional(token, word)]
    found = (sentence.mention_at(t.i) for t in owned)
    return acting(m for m in found if m is not None)


def _by_verb(reading: Reading, sentence: Sentence, clause: Clause, head: Token) -> tuple[str, ...]:
    if head.lemma_ not in word_groups("mechanisms")["mediate"]:
        return ()
    doer = agent_of(head) if is_passive(head) else subject_of(sentence, clause)
    if head.dep_ == "pcomp" and head.head.head.pos_ == "NOUN":  # "his role in mediating"
        doer = next((c for c in head.head.head.children if c.dep_ == "poss"), None)
    return acting(actors_in_phrase(reading, sentence, doer)) if doer is not None else ()


def _by_carrying(
    reading: Reading, sentence: Sentence, clause: Clause, head: Token
) -> tuple[str, ...]:
    """ "Passes messages between A and B": who carries words from one to another."""
    groups = word_groups("mechanisms")
    if head.lemma_ not in groups["carrying_words"]:
        return ()
    if not any(
        c.dep_ == "dobj" and c.lemma_.lower() in groups["words_carried"] for c in head.children
    ):
        return ()
    subject = subject_of(sentence, clause)
    found = acting(actors_in_phrase(reading, sentence, subject)) if subject is not None else ()
    apart = _between(sentence)
    return found if len(apart) > 1 and not set(found) & set(apart) else ()


def _by_noun(sentence: Sentence, clause: Clause, head: Token) -> tuple[str, ...]:
    """ "Mediators Norway and Qatar hosted", "Norwegian brokers held"."""
    subject = subject_of(sentence, clause)
    if subject is None:
        return ()
    phrase = list(subject.subtree)
    if not any(t.lower_ in word_groups("mechanisms")["mediators"] for t in phrase):
        return ()
    inside = {t.i for t in phrase if t.i < head.i}
    backers = {
        t.i
        for t in phrase
        if any(
            a.tag_ == "VBN" and a.dep_ == "acl" and a.i < t.i for a in t.ancestors if a.i in inside
        )
    }
    mentions = [m for m in sentence.mentions if m.end - 1 in inside and m.end - 1 not in backers]
    return acting(m for m in mentions if m.kind not in ("person", "surname"))


def _by_hosting(
    reading: Reading, sentence: Sentence, clause: Clause, head: Token
) -> tuple[str, ...]:
    """ "Oman hosts talks between Iran and Yemen": who is none of those between whom."""
    talks = next((c for c in head.children if c.dep_ == "dobj"), None)
    subject = subject_of(sentence, clause)
    if talks is None or subject is None or is_passive(head):
        return ()
    if talks.lemma_.lower() not in word_groups("mechanisms")["talks"]:
        return ()
    hosts = acting(actors_in_phrase(reading, sentence, subject))
    between = any(t.lower_ == "between" for t in talks.subtree)
    apart = between and len(_between(sentence)) > 1
    return hosts if apart and not set(hosts) & set(_between(sentence)) else ()


def _mediation(
    reading: Reading, sentence: Sentence, head: Token, mediators: tuple[str, ...]
) -> Finding:
    parties = tuple(a for a in _between(sentence) if a not in mediators)
    sure = NAMED
    if len(parties) < 2:
        parties, sure = tuple(a for a in reading.focus if a not in mediators), BY_SUBJECT
    members = [(actor, "mediator") for actor in mediators]
    members += [(actor, "party") for actor in parties]
    whose = " and ".join(label(actor) for actor in parties)
    name = pair_name(mediators, "mediation") + (f" between {whose}" if len(parties) > 1 else "")
    return Finding(
        "mediation",
        "+".join(sorted(parties)),
        name,
        tuple(members),
        clause_quote(sentence, head),
        sure if parties else INFERRED,
        status="factual",
    )


def _between(sentence: Sentence) -> tuple[str, ...]:
    """Actors after "between" in the sentence."""
    for token in sentence.span:
        if token.lower_ == "between":
            inside = {t.i for t in token.subtree}
            found = acting(m for m in sentence.mentions if m.end - 1 in inside)
            if len(found) >= 2:
                return found
    return ()


def bargains(reading: Reading, sentence: Sentence) -> Iterator[Finding]:
    """Exchanges that a sentence states as made."""
    text = sentence.text.lower()
    if not any(phrase in text for phrase in word_groups("mechanisms")["exchange"]):
        return
    for token in sentence.span:
        if token.lower_ not in ("return", "exchange") or token.dep_ != "pobj":
            continue
        clause = sentence.clause_of(token.i)
        if clause is None or clause.status not in REAL:
            continue
        head = sentence.token(clause.head)
        if head.tag_ not in ("VBD", "VBZ", "VBP", "VBN"):
            continue
        giver = agent_of(head) if is_passive(head) else subject_of(sentence, clause)
        givers = acting(actors_in_phrase(reading, sentence, giver)) if giver is not None else ()
        others = acting(
            m
            for m in sentence.mentions
            if m.end - 1 in {t.i for t in head.subtree} and m.principal not in givers
        )
        if len(givers) == 1 and len(others) == 1:
            yield Finding(
                "bargain",
                "+".join(sorted((*givers, *others))),
                pair_name((*givers, *others), "bargain"),
                ((givers[0], "giver"), (others[0], "receiver")),
                clause_quote(sentence, head),
                BY_SUBJECT,
                status=clause.status,
            )
