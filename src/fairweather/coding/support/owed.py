"""Support that an agreement is said to demand, or not to: what its clauses make of troops.

"An attack on one is an attack on both" obliges each party to fight for the other; "contains
no mutual defence clause" obliges neither, which is told of the one whose help the text speaks of.
The rows rest on the clauses that the coder of agreements found, and on their words.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator

from fairweather.coding.agreements import agreements
from fairweather.coding.grammar.counterparts import as_published
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.support.goods import RUNG_IN_VERB
from fairweather.records import Agreement, Clause, Support
from fairweather.vocabulary.lexicon import word_groups

NAMED_NO_PACT = 0.6
OWED = {"present": "obliged", "absent": "not_obliged"}
MOST_PARTIES = 3
"""In a wider circle a text on a pair does not speak of each two of them."""

STATE_CODE = 3


def owed(reading: Reading, told: Collection[Support], coder: str) -> Iterator[Support]:
    """A row for each that a defence clause binds, or leaves free, towards each other party.

    `told` are the rows read from the text itself: who helps whom, whatever became of it.
    """
    helping = {(row.giver, row.receiver) for row in told}
    seen: set[tuple[str, str, str]] = set()
    yield from _without_pact(reading, helping, seen, coder)
    for agreement in agreements(reading):
        if not 2 <= len(agreement.parties) <= MOST_PARTIES:
            continue
        for clause in agreement.clauses:
            state = OWED.get(clause.state, "")
            if clause.obligation != "defense" or not state or not clause.quotes:
                continue
            for giver, receiver in _pairs(agreement, clause):
                if state == "not_obliged" and (giver, receiver) not in helping:
                    continue
                if (giver, receiver, state) not in seen:
                    seen.add((giver, receiver, state))
                    yield _row(reading, agreement, clause, (giver, receiver, state), coder)


def _without_pact(
    reading: Reading, helping: set[tuple[str, str]], seen: set[tuple[str, str, str]], coder: str
) -> Iterator[Support]:
    """ "There is no alliance between them": said of the article's two, nobody else being named."""
    phrases = word_groups("support")["no_alliance"]
    directions = [pair for pair in itertools.permutations(reading.focus, 2) if pair in helping]
    for sentence in reading.sentences if directions else ():
        text = sentence.text.lower()
        said = next((phrase for phrase in phrases if phrase in text), "")
        if not said or text.rstrip(" \"'").endswith("?"):
            continue
        if any(m.principal not in reading.focus for m in sentence.mentions):
            continue
        start = sentence.start + text.index(said)
        for giver, receiver in directions:
            seen.add((giver, receiver, "not_obliged"))
            yield Support(
                giver=giver,
                receiver=receiver,
                level="troops",
                state="not_obliged",
                date=as_published(sentence),
                quotes=(sentence.quote(start, start + len(said)),),
                confidence=NAMED_NO_PACT,
                coder=coder,
            )


def _pairs(agreement: Agreement, clause: Clause) -> Iterator[tuple[str, str]]:
    """Who owes whom: those named as bound, else every party, towards each of the others."""
    states = [party for party in agreement.parties if len(party) == STATE_CODE and party.isupper()]
    bound = [party for party in clause.by if party in states]
    for giver, receiver in itertools.permutations(states, 2):
        if not bound or giver in bound:
            yield giver, receiver


def _row(
    reading: Reading, agreement: Agreement, clause: Clause, key: tuple[str, str, str], coder: str
) -> Support:
    giver, receiver, state = key
    return Support(
        giver=giver,
        receiver=receiver,
        level="troops",
        state=state,
        condition=clause.condition,
        date=as_published(reading.sentences[0]),
        quotes=clause.quotes[:1],
        confidence=round(min(RUNG_IN_VERB, agreement.confidence), 2),
        coder=coder,
    )
