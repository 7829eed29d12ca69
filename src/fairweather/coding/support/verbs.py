"""Acts of support in verbs: supply, equip, receive, promise, defend, condemn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.phrases import is_passive
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.backing import (
    backing,
    coming_to_aid,
    condemning,
    is_trainee,
    keeping_silent,
    warning,
)
from fairweather.coding.support.councils import joining_in, shielding, standing_aside, vetoing
from fairweather.coding.support.deals import forgiving, turning_down
from fairweather.coding.support.forces import fighting, keeping, leaving, placed, serving
from fairweather.coding.support.goods import (
    KIND_UNSAID,
    NAMED_GOODS,
    NOUN_OF_GIVING,
    goods_in,
)
from fairweather.coding.support.roles import (
    Act,
    doer,
    giver_of,
    is_undergone,
    is_welcome,
    named_after,
    ordering,
    particle_of,
    patients,
    receivers_of,
)
from fairweather.coding.support.state import standing_of
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token


MEANT = frozenset({"it", "them", "they", "those", "none", "half", "rest", "first"})
"""Words that stand for goods spoken of before."""


Coding = Callable[[Reading, Sentence, "Token"], Iterator[Act]]


def verb_acts(reading: Reading, sentence: Sentence, verb: Token, lemma: str) -> Iterator[Act]:
    """The acts of support that a verb tells of."""
    groups = word_groups("support")
    if lemma in groups["acts_give_with"]:
        yield from _equipping(reading, sentence, verb)
    for coding in (_handing(verb, lemma), _siding(lemma)):
        if coding is not None:
            yield from coding(reading, sentence, verb)
    if lemma in groups["acts_stay"]:
        yield from keeping_silent(reading, sentence, verb)
    if lemma in groups["acts_keep"]:
        yield from keeping(reading, sentence, verb)
    if lemma in groups["acts_fight"]:
        yield from fighting(reading, sentence, verb)
    if {lemma, f"{lemma} {particle_of(verb)}"} & groups["acts_leave"]:
        yield from leaving(reading, sentence, verb)
    yield from backing(reading, sentence, verb, lemma)


def _handing(verb: Token, lemma: str) -> Coding | None:
    """How a verb of handing over, promising, keeping back or coming is coded."""
    groups = word_groups("support")
    hands_over = is_undergone(verb) or any(child.dep_ == "dobj" for child in verb.children)
    moves_itself = lemma in groups["acts_arrive"] or lemma in groups["acts_serve"]
    with_particle = f"{lemma} {particle_of(verb)}"
    if with_particle in groups["acts_withhold"] or with_particle == "rule out":
        return _promising
    if lemma == "commit" and _commits_forces(verb):
        return _giving
    if lemma in groups["acts_give"] and (hands_over or not moves_itself):
        return _giving
    if lemma in groups["acts_promise"] or _keeps_back(verb):
        return _promising
    if lemma in groups["acts_refuse"]:
        return _refusing
    if lemma in groups["acts_arrive"]:
        return _arriving
    if lemma in groups["acts_receive"]:
        return _receiving
    return serving if lemma in groups["acts_serve"] else None


def _commits_forces(verb: Token) -> bool:
    """ "Commit troops" is to send them; "commit a billion" to promise it."""
    objects = (child for child in verb.children if child.dep_ == "dobj")
    return any(goods.rung == "troops" for noun in objects for goods in goods_in(noun))


def _siding(lemma: str) -> Coding | None:
    """How a verb of taking sides, or of keeping out, is coded."""
    groups = word_groups("support")
    if lemma in groups["acts_come"]:
        return coming_to_aid
    codings: dict[str, Coding] = {
        "acts_condemn": condemning,
        "acts_veto": vetoing,
        "acts_stay": standing_aside,
        "acts_forgive": forgiving,
        "acts_wield": shielding,
        "acts_refuse": turning_down,
        "acts_join": joining_in,
        "acts_warn": warning,
    }
    return next((coding for group, coding in codings.items() if lemma in groups[group]), None)


def _giving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    givers = giver_of(reading, sentence, verb)
    if verb.lemma_ == "share" and len(givers) > 1:
        yield from _shared_out(sentence, verb, givers)
        return
    passed = counterparts.children_after(verb, ("on",)) if verb.lemma_ == "pass" else ()
    for patient in (*patients(sentence, verb), *passed):
        given = next((child for child in verb.children if child.dep_ == "dobj"), None)
        if is_passive(verb) and given is not None:
            # "Syria will be given radars": the subject is the receiver.
            yield from _given_to(reading, sentence, verb, given, givers)
            return
        for goods in goods_in(patient):
            owned = (*givers, *(() if givers else counterparts.owners(sentence, goods.token)))
            receivers = receivers_of(reading, sentence, verb, patient)
            receivers = receivers or _named_before(sentence, goods.token, givers)
            yield Act(verb, owned, receivers, placed(sentence, verb, goods))


def _named_before(sentence: Sentence, goods: Token, givers: tuple[Party, ...]) -> tuple[Party, ...]:
    """ "Could send Mali advisers": a state's own name before goods is whom they are for."""
    ours = {party.actor for party in givers}
    beside = (sentence.mention_at(c.i) for c in goods.children if c.dep_ in ("compound", "nmod"))
    return tuple(
        Party(mention.principal, counterparts.OWNER, mention.end - 1)
        for mention in beside
        if ours and mention is not None and mention.kind == "name" and mention.principal not in ours
    )


def _shared_out(sentence: Sentence, verb: Token, givers: tuple[Party, ...]) -> Iterator[Act]:
    """ "Sweden and Finland share radar data": each gives to each."""
    for patient in patients(sentence, verb):
        for goods in goods_in(patient):
            yield Act(verb, givers, givers, goods)


def _given_to(
    reading: Reading, sentence: Sentence, verb: Token, given: Token, givers: tuple[Party, ...]
) -> Iterator[Act]:
    subject = doer(sentence, verb)
    if subject is not None:
        receivers = counterparts.parties(reading, sentence, subject)
        for goods in goods_in(given):
            yield Act(verb, givers, receivers, goods)


def _promising(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Promised Kenya a loan", "withheld jets from Qatar": the state climbs from the goods."""
    givers = giver_of(reading, sentence, verb)
    for patient in patients(sentence, verb):
        receivers = receivers_of(reading, sentence, verb, patient) or named_after(
            reading, sentence, verb, ("from",)
        )
        for goods in goods_in(patient):
            if goods.sure != KIND_UNSAID or receivers:
                particle = f"{verb.lemma_} {particle_of(verb)}"
                calls_in = particle in word_groups("support")["acts_withhold"]
                withheld = (goods.token.lower_ in MEANT and _keeps_back(verb)) or calls_in
                token = verb if withheld else goods.token
                yield Act(token, givers, receivers, goods, "withheld" if withheld else "")


def _refusing(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Refused Mali a loan": asked for, and not given."""
    if standing_of(verb).state != "given":
        return
    for patient in patients(sentence, verb):
        receivers = receivers_of(reading, sentence, verb, patient)
        for goods in goods_in(patient):
            if receivers and goods.sure != KIND_UNSAID:
                yield Act(verb, giver_of(reading, sentence, verb), receivers, goods, "withheld")


def _keeps_back(verb: Token) -> bool:
    words = {verb.lemma_.lower(), f"{verb.lemma_.lower()} {particle_of(verb)}"}
    return bool(words & word_groups("support")["acts_withhold"])


def _arriving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Missiles have reached Mali from Turkey", "Turkish drones arrived in Mali"."""
    subject = doer(sentence, verb)
    if subject is None or is_passive(verb) or _falls(sentence, subject, verb):
        return
    reached = [child for child in verb.children if child.dep_ == "dobj"]
    reached += list(counterparts.children_after(verb, ("in", "to", "at", "into")))
    places = counterparts.each_once(
        party for token in reached for party in counterparts.parties(reading, sentence, token)
    )
    for goods in goods_in(subject):
        seller, buyer = ordering(reading, sentence, goods.token)
        stated = named_after(reading, sentence, verb, ("from",)) or seller
        givers = stated or counterparts.owners(sentence, goods.token)
        receivers = places or buyer
        if stated and not receivers:  # "Mali's tanks came from Ghana"
            receivers = counterparts.owners(sentence, goods.token)
        promised = any(child.lower_ == "promised" for child in goods.token.children)
        spoken_of = goods.token.lower_ in MEANT or goods.sure < NAMED_GOODS
        if givers or receivers or promised or spoken_of:
            sure = min(goods.sure, NOUN_OF_GIVING)
            if goods.rung == "troops" and not is_welcome(sentence):
                sure = KIND_UNSAID
            yield Act(verb, givers, receivers, replace(goods, sure=sure))


def _falls(sentence: Sentence, subject: Token, verb: Token) -> bool:
    """Whether what arrives is fired: a missile that lands in a country is no gift to it."""
    groups = word_groups("support")
    munitions = any(token.lemma_.lower() in groups["munitions"] for token in subject.subtree)
    fired = any(token.lemma_.lower() in groups["fighting"] for token in sentence.span)
    return munitions and (fired or (verb.lemma_ == "land" and subject.tag_ in ("NN", "NNP")))


def _equipping(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    receivers = counterparts.each_once(
        party
        for patient in patients(sentence, verb)
        for party in counterparts.parties(reading, sentence, patient)
    )
    for token in counterparts.children_after(verb, ("with",)):
        forces = any(is_trainee(patient) for patient in patients(sentence, verb))
        for goods in goods_in(token):
            if receivers or forces:
                yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)


def _receiving(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Mali has received drones from Turkey", "bought Turkish drones"."""
    receivers = giver_of(reading, sentence, verb)
    for patient in patients(sentence, verb):
        # The parser hangs "from" on any noun on the way: look through all of the clause.
        sources = [
            inner
            for prep in verb.subtree
            if prep.dep_ == "prep" and prep.lower_ == "from"
            for inner in prep.children
        ]
        stated = counterparts.each_once(
            party for token in sources for party in counterparts.parties(reading, sentence, token)
        )
        orders = verb.lemma_.lower() in word_groups("support")["contracts"]
        for goods in goods_in(patient):
            seller, _ = ordering(reading, sentence, goods.token)
            givers = stated or seller or counterparts.owners(sentence, goods.token)
            if givers and (receivers or not stated):
                told = standing_of(verb).state if orders else ""
                state = "promised" if told in ("given", "reported") else told
                yield Act(verb, givers, receivers, goods, state)
