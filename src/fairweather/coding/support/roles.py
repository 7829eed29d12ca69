"""Who gives and who receives: the roles around a verb or a noun of giving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.naming import speaks
from fairweather.coding.grammar.phrases import agent_of, is_passive, subject_of
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.coding.support.goods import Goods, named_goods, verbs_of_backing
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

GIVEN_WITH = frozenset({"share", "deposit", "place", "park", "inject", "pour", "pump", "invest"})
GIVEN_TO = ("with", "in", "into", "at")
WIDE = 60
"""Tokens before and after a sentence in which it is told whether forces are guests."""

RECEIVING = ("to", "for", "over")


@dataclass(frozen=True, slots=True)
class Act:
    """A giving found in a sentence, its two sides still as words or parties.

    `token` is where the climb to the state begins; `state` is set where the act itself tells
    it ("stayed neutral") and nothing is left to climb for.
    """

    token: Token
    givers: tuple[Party, ...]
    receivers: tuple[Party, ...]
    goods: Goods
    state: str = ""


def giver_of(reading: Reading, sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """Who does the verb: its agent in the passive, else its subject."""
    giver = agent_of(verb) if is_undergone(verb) else doer(sentence, verb)
    if giver is None:
        return ()
    if verb.dep_ == "acl" and giver.i == verb.head.i and giver.head.lower_ == "under":
        above = giver.head.head  # "is under no obligation to defend"
        return giver_of(reading, sentence, above) if above.pos_ in ("VERB", "AUX") else ()
    if verb.dep_ == "acl" and giver.i == verb.head.i and giver.pos_ == "NOUN":
        return counterparts.owners(sentence, giver) or _unknown(giver)  # "its pledge to send"
    found = counterparts.parties(reading, sentence, giver) or _own_forces(sentence, giver)
    return found or _issuer(reading, sentence, giver) or _unknown(giver)


def _own_forces(sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    """Whose men act: "Spanish instructors train", "a battalion of the Polish army"."""
    goods = named_goods(noun) if noun.pos_ == "NOUN" else None
    if goods is None or goods.rung not in ("advisers", "troops"):
        return ()
    return counterparts.owners(sentence, noun) or counterparts.each_once(
        Party(mention.principal, counterparts.OWNER, mention.end - 1)
        for token in counterparts.children_after(noun, ("of", "from"))
        if (mention := sentence.mention_at(token.i)) is not None
    )


def ordering(
    reading: Reading, sentence: Sentence, goods: Token
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Giver and receiver that a clause on the goods names: "tanks that X bought from Y"."""
    groups = word_groups("support")
    for clause in goods.children:
        if clause.dep_ not in ("relcl", "acl"):
            continue
        subject = next((c for c in clause.children if c.dep_ == "nsubj"), None)
        found = counterparts.parties(reading, sentence, subject) if subject is not None else ()
        if clause.lemma_.lower() in groups["acts_receive"]:
            return named_after(reading, sentence, clause, ("from",)), found
        if clause.lemma_.lower() in groups["acts_promise"] | groups["acts_give"]:
            return found, named_after(reading, sentence, clause, ("to",))
    return (), ()


def _issuer(reading: Reading, sentence: Sentence, paper: Token) -> tuple[Party, ...]:
    """Whose decree or decision it is: "a decree signed by X's president bars"."""
    if paper.lemma_.lower() not in word_groups("support")["papers"]:
        return ()
    inside = [token for token in paper.subtree if token.dep_ in ("pobj", "poss")]
    behind = [
        token
        for token in inside
        if token.dep_ == "poss" or token.head.lower_ in ("by", "of", "from")
    ]
    found = counterparts.each_once(
        party for token in behind for party in counterparts.parties(reading, sentence, token)
    )
    return found or counterparts.owners(sentence, paper)


def _unknown(token: Token) -> tuple[Party, ...]:
    """A noun that names nobody known still fills the place: nobody may be inferred there.

    An office ("Congress", "the ministry") or a paper of one ("a decree") stands for a state
    that the text names elsewhere.
    """
    if speaks(token) or token.lemma_.lower() in word_groups("support")["papers"]:
        return ()
    return (counterparts.SOMEBODY_ELSE,) if token.pos_ in ("NOUN", "PROPN") else ()


def is_undergone(verb: Token) -> bool:
    """Whether a verb is passive, also "armed by X" without its auxiliary."""
    return is_passive(verb) or (
        verb.tag_ in ("VBN", "VBD") and any(child.dep_ == "agent" for child in verb.children)
    )


def doer(sentence: Sentence, verb: Token) -> Token | None:
    """The subject of a verb, inherited where it is left out.

    Of two the nearer: a dateline ("BAMAKO - Mali has sent") is one more to the parser.
    """
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if len(own) > 1 and own[-1].i < verb.i:
        return own[-1]
    found = subject_of(sentence, Clause(verb.i, (), None, "factual", False, ""))
    if found is None and verb.dep_ == "pcomp" and verb.head.head.pos_ == "ADV":
        above = verb.head.head.head  # "stopped short of supplying"
        return doer(sentence, above) if above.pos_ == "VERB" else None
    return found


def patients(sentence: Sentence, verb: Token) -> list[Token]:
    """What the verb is done to: its objects, or its subject in the passive."""
    objects = [child for child in verb.children if child.dep_ in ("dobj", "oprd")]
    if objects or not is_undergone(verb):
        return objects
    subject = doer(sentence, verb)
    return [subject] if subject is not None else []


def receivers_of(
    reading: Reading, sentence: Sentence, verb: Token, goods: Token
) -> tuple[Party, ...]:
    """To whom: the dative, "to" and "for" on the verb, or within the goods' phrase."""
    words = {*RECEIVING, *(GIVEN_TO if verb.lemma_ in GIVEN_WITH else ())}
    if verb.lemma_.lower() in word_groups("support")["acts_station"]:
        words |= {"in"}
    found = [child for child in verb.children if child.dep_ == "dative" and child.pos_ != "ADP"]
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    found += objects[:-1]  # "refused Mali a loan": two objects to the parser
    found += list(counterparts.children_after(verb, words))
    for inner in goods.subtree:
        if inner.dep_ == "prep" and inner.lower_ in words and inner.head.pos_ in ("NOUN", "NUM"):
            found += list(counterparts.children_after(inner.head, (inner.lower_,)))
    found += list(for_whose_sake(sentence, verb))
    for disposal in counterparts.children_after(verb, ("at",)):
        if disposal.lemma_ == "disposal":
            found += [*counterparts.children_after(disposal, ("of",)), disposal]
    found += [inner for helping in helping(verb, goods) for inner in _helped(helping)]
    named = counterparts.each_once(
        party for token in found for party in party_or_owner(reading, sentence, token)
    )
    if not any(is_state(party.actor) for party in named):
        named = _who_asked(reading, sentence, verb) or named
    unknown = [token for token in found if token.dep_ == "dative" or token.head.lower_ == "to"]
    return named or next((_unknown(token) for token in unknown), ())


def is_state(actor: str) -> bool:
    """Whether an actor id is a state's code."""
    return len(actor) == 3 and actor.isupper()


def _who_asked(reading: Reading, sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """Whom it is for where only a town is named: "sent men to the north at Mali's request"."""
    asking = word_groups("support")["asking_nouns"] | {"invitation", "behest", "urging"}
    return counterparts.each_once(
        party
        for token in counterparts.children_after(verb, ("at", "on", "upon"))
        if token.lemma_.lower() in asking
        for party in counterparts.owners(sentence, token)
    )


def party_or_owner(reading: Reading, sentence: Sentence, token: Token) -> tuple[Party, ...]:
    """The actor of a phrase, or the one whose thing it names ("to Kenyan hospitals")."""
    found = counterparts.parties(reading, sentence, token)
    return found or counterparts.owners(sentence, token)


def for_whose_sake(sentence: Sentence, verb: Token) -> Iterator[Token]:
    """Objects of "in support of", "on behalf of" within the verb's reach."""
    phrases = word_groups("support")["whose_sake"]
    for token in verb.subtree:
        if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.i >= 2:
            before = sentence.span.doc[token.head.i - 2 : token.head.i + 1].text.lower()
            wider = sentence.span.doc[max(token.head.i - 3, 0) : token.head.i + 1].text.lower()
            if before in phrases or wider in phrases:
                yield token


def is_welcome(sentence: Sentence) -> bool:
    """Whether a paragraph speaks of forces as guests: a treaty, a request, no fighting."""
    groups = word_groups("support")
    first, last = sentence.span.start, sentence.span.end
    doc = sentence.span.doc
    near = doc[max(0, first - WIDE) : min(len(doc), last + WIDE)]
    lemmas = {token.lemma_.lower() for token in near}
    hostile = lemmas & groups["hostile"]
    return bool(lemmas & groups["welcome"]) and not hostile


def helping(verb: Token, goods: Token) -> Iterator[Token]:
    """Verbs of purpose beside a giving: "troops to defend", "advisers to help"."""
    helping = {word.split()[0] for word in verbs_of_backing()}
    for child in (*verb.children, *goods.children):
        if child.dep_ in ("xcomp", "advcl", "relcl", "acl") and child.lemma_ in helping:
            yield child


def _helped(verb: Token) -> Iterator[Token]:
    yield from (child for child in verb.children if child.dep_ == "dobj")
    yield from counterparts.children_after(verb, ("for", "alongside", "beside", "with"))


def named_after(
    reading: Reading, sentence: Sentence, noun: Token, words: Iterable[str]
) -> tuple[Party, ...]:
    """The actors named after some of a word's prepositions."""
    return counterparts.each_once(
        party
        for token in counterparts.children_after(noun, words)
        for party in party_or_owner(reading, sentence, token)
    )


def attacked_in_condition(
    reading: Reading, sentence: Sentence, condition: Token | None
) -> tuple[Party, ...]:
    """Whom help is for that is told under "if X is attacked": X."""
    if condition is None or condition.lemma_.lower() not in word_groups("support")["fighting"]:
        return ()
    if not is_passive(condition):
        return ()
    subject = doer(sentence, condition)
    return counterparts.parties(reading, sentence, subject) if subject is not None else ()


def particle_of(verb: Token) -> str:
    """The particle of a verb ("call in", "bring home"); empty without."""
    return next(
        (
            child.lower_
            for child in verb.children
            if child.dep_ == "prt" or (child.dep_ == "advmod" and child.lower_ in ("home", "back"))
        ),
        "",
    )
