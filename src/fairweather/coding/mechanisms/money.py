"""Money and whom it passes: networks of payers, from whom, to whom, and the sums as written.

A conduit ("exchange houses", "a front company", "hawala dealers") and a verb of paying or moving
money tell of one; so does what is paid in gold or in a money that is not the payer's usual one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.phrases import (
    actors_in_phrase,
    agent_of,
    is_passive,
    subject_of,
)
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.coding.mechanisms.arrangements import (
    BY_SUBJECT,
    REAL,
    Finding,
    acting,
    clause_quote,
    is_armed,
    pair_name,
)
from fairweather.records import Link, Quote
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


def sums_moved(
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


def payments(reading: Reading, sentence: Sentence) -> tuple[Finding, ...]:
    """Networks that the verbs of a sentence tell of, with who pays and who is paid."""
    return tuple(
        found for clause in sentence.clauses for found in _payment(reading, sentence, clause)
    )


def _payment(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Finding]:
    groups = word_groups("mechanisms")
    head = sentence.token(clause.head)
    verb = head.lemma_.lower()
    if verb not in groups["flows"] or clause.status not in REAL or clause.negated:
        return
    conduit = _conduit(head)
    if conduit is None and not (verb in groups["settling"] and _in_kind(head)):
        yield from _raised(reading, sentence, clause)
        return
    payers, paid = _payers(sentence, head, conduit), _paid(sentence, head)
    members = [(actor, "operator") for actor in payers]
    members += [(actor, "user") for actor in paid if actor not in payers]
    if len(members) < (1 if conduit is not None else 2):
        return
    quote = clause_quote(sentence, head)
    called = conduit.lemma_.lower() if conduit is not None else "payments in kind"
    yield Finding(
        "finance",
        "+".join(sorted(actor for actor, _ in members)),
        pair_name((actor for actor, _ in members), called),
        tuple(members),
        quote,
        BY_SUBJECT,
        links=_moved(sentence, payers, paid, quote),
        status=clause.status,
    )


def _raised(reading: Reading, sentence: Sentence, clause: Clause) -> Iterator[Finding]:
    """ "The movement raises money through firms abroad": who is no state, with a way to pay."""
    groups = word_groups("mechanisms")
    head = sentence.token(clause.head)
    objects = [c for c in head.children if c.dep_ in ("dobj", "nsubjpass")]
    if not any(thing.lemma_.lower() in groups["money"] for thing in objects):
        return
    doer = agent_of(head) if is_passive(head) else subject_of(sentence, clause)
    found = acting(actors_in_phrase(reading, sentence, doer)) if doer is not None else ()
    groups_behind = tuple(actor for actor in found if is_armed(actor))
    through = any(c.dep_ == "prep" and c.lower_ in ("through", "via") for c in head.children)
    if groups_behind and through:
        quote = clause_quote(sentence, head)
        yield Finding(
            "finance",
            groups_behind[0],
            pair_name(groups_behind, "funding"),
            tuple((actor, "operator") for actor in groups_behind),
            quote,
            BY_SUBJECT,
            links=_moved(sentence, groups_behind, (), quote),
            status=clause.status,
        )


def _conduit(head: Token) -> Token | None:
    """The network, house or firm through which the verb's money goes."""
    groups = word_groups("mechanisms")
    for token in head.subtree:
        words = {
            token.lemma_.lower(),
            f"{token.nbor(-1).lower_} {token.lemma_.lower()}" if token.i else "",
        }
        if token.pos_ in ("NOUN", "PROPN") and words & groups["conduits"]:
            return token
    return None


def _in_kind(head: Token) -> bool:
    """Whether a debt is settled in gold or goods: "pays Iran in gold"."""
    means = word_groups("mechanisms")["in_kind"]
    return any(
        inner.lemma_.lower() in means
        for child in head.children
        if child.dep_ == "prep" and child.lower_ in ("in", "with")
        for inner in child.children
    )


def _payers(sentence: Sentence, head: Token, conduit: Token | None) -> tuple[str, ...]:
    """Whose money it is: "for X", "from X", a subject that is an actor itself."""
    stated = [t for word in ("for", "from") for t in _governed(head, word)]
    subject = next((c for c in head.children if c.dep_ == "nsubj"), None)
    if subject is not None and not is_passive(head):
        stated.append(subject)
    if conduit is not None:
        stated += [child for child in conduit.children if child.dep_ == "poss"]
    return tuple(dict.fromkeys(a for token in stated for a in _acting_in(sentence, token)))


def _paid(sentence: Sentence, head: Token) -> tuple[str, ...]:
    """Who gets it: "to X", the object of a verb of paying."""
    stated = list(_governed(head, "to"))
    stated += [c for c in head.children if c.dep_ in ("dobj", "dative") and c.pos_ == "PROPN"]
    return tuple(dict.fromkeys(a for token in stated for a in _acting_in(sentence, token)))


def _governed(head: Token, word: str) -> Iterator[Token]:
    """What a preposition governs under a verb or under its objects."""
    for token in head.subtree:
        if token.lower_ == word and token.dep_ in ("prep", "dative") and token.i > head.i:
            yield from (child for child in token.children if child.dep_ == "pobj")


def _acting_in(sentence: Sentence, token: Token) -> tuple[str, ...]:
    """Actors inside a phrase who are not only where something stands."""
    inside = {
        inner.i
        for inner in token.subtree
        if not any(a.lower_ in ("in", "at", "near") and a.i > token.i for a in inner.ancestors)
    }
    return acting(m for m in sentence.mentions if m.end - 1 in inside)


def _moved(
    sentence: Sentence, payers: tuple[str, ...], paid: tuple[str, ...], quote: Quote
) -> tuple[Link, ...]:
    """The flow with its sum, where the sentence writes one."""
    found = _SUM.search(sentence.text)
    if found is None or not (payers or paid):
        return ()
    start = sentence.start + found.start()
    words = sentence.document.text[start : sentence.start + found.end()]
    home = payers[0] if payers else ""
    return tuple(Link(home, there, "", words, quotes=(quote,)) for there in paid[:1] or ("",))


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
