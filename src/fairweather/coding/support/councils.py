"""Support in councils and parliaments: vetoes, votes, staying out of another's war."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.goods import KIND_UNSAID, NOUN_OF_GIVING, Goods, goods_in
from fairweather.coding.support.roles import Act, giver_of, party_or_owner, patients
from fairweather.coding.support.state import standing_of
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

STANDS_ASIDE = {"given": "withheld", "promised": "withheld", "reported": "withheld",
                "likely": "unlikely", "obliged": "withheld"}  # fmt: skip
"""What staying out of a war, told so, makes of help in it."""


def vetoing(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Vetoed a resolution on X", "voted against sanctions on X"."""
    if verb.lemma_ == "abstain":
        papers = list(counterparts.children_after(verb, ("on", "from", "in")))
    elif verb.lemma_ != "vote":
        papers = patients(sentence, verb)
    else:
        papers = list(counterparts.children_after(verb, ("against",)))
    drafts = word_groups("support")["drafts"]
    for paper in papers:
        if paper.lemma_.lower() not in drafts:
            continue
        receivers = counterparts.each_once(
            party for token in _hit_by(paper) for party in party_or_owner(reading, sentence, token)
        )
        goods = Goods(paper, "diplomatic", NOUN_OF_GIVING)
        givers = giver_of(reading, sentence, verb)
        ours = {party.actor for party in givers}
        if givers:
            yield Act(verb, givers, tuple(p for p in receivers if p.actor not in ours), goods)


def shielding(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Used its veto to shield Mali from sanctions": the veto that a noun tells."""
    vetoes = [c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in ("veto", "vote")]
    purposes = [c for c in verb.children if c.dep_ in ("xcomp", "advcl") and c.tag_ == "VB"]
    purposes += [c for veto in vetoes for c in veto.children if c.dep_ in ("acl", "relcl")]
    for purpose in purposes if vetoes else ():
        if purpose.lemma_.lower() in word_groups("support")["shielding"]:
            receivers = counterparts.each_once(
                party
                for child in purpose.children
                if child.dep_ == "dobj"
                for party in party_or_owner(reading, sentence, child)
            )
            goods = Goods(vetoes[0], "diplomatic", NOUN_OF_GIVING)
            yield Act(verb, giver_of(reading, sentence, verb), receivers, goods)


def _hit_by(paper: Token) -> Iterator[Token]:
    """Whom a resolution would hit: "on X", "blaming X", "that would punish X"."""
    yield from counterparts.children_after(paper, ("on", "against"))
    for child in paper.children:
        if child.dep_ in ("acl", "relcl"):
            yield from (inner for inner in child.children if inner.dep_ == "dobj")
            for place in (child, *(c for c in child.children if c.dep_ == "dobj")):
                yield from counterparts.children_after(place, ("on", "against", "for"))


def standing_aside(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Voted to stay neutral in X's war", "stayed out of the war": what was asked is withheld."""
    where = _war_left(verb)
    if where is None:
        return
    state = STANDS_ASIDE.get(_state(verb), "")
    givers = giver_of(reading, sentence, verb) if state else ()
    givers = tuple(party for party in givers if party.actor) or _deciders(reading, sentence, verb)
    if not state or not givers:
        return
    rungs, askers = _asked(reading, sentence)
    owned = counterparts.each_once(
        party
        for token in where.subtree
        if token.dep_ in ("poss", "pobj")
        for party in counterparts.parties(reading, sentence, token)
    )
    ours = {party.actor for party in givers}
    # In "a war between Greece and Turkey" nobody says whose partner stays out.
    sole = owned if len(owned) == 1 else ()
    receivers = tuple(p for p in (askers or sole) if p.actor not in ours)
    for rung in rungs or ("troops",):
        sure = NOUN_OF_GIVING if rungs else KIND_UNSAID + 0.1
        yield Act(verb, givers, receivers[:1], Goods(where, rung, sure), state)


def joining_in(reading: Reading, sentence: Sentence, verb: Token) -> Iterator[Act]:
    """ "Refused to have any part in the war", "voted against joining X's war"."""
    wars = word_groups("support")["wars"]
    objects = [child for child in verb.children if child.dep_ == "dobj"]
    parts = [child for child in objects if child.lemma_.lower() in ("part", "role")]
    inner = [t for part in parts for t in counterparts.children_after(part, ("in",))]
    inner += list(counterparts.children_after(verb, ("in",))) if parts else []
    for war in (*inner, *(objects if verb.lemma_ == "join" else ())):
        if war.lemma_.lower() in wars and standing_of(verb).state in ("withheld", "ruled_out"):
            ours = giver_of(reading, sentence, verb)
            _, askers = _asked(reading, sentence)
            receivers = askers or counterparts.owners(sentence, war)
            if ours:
                yield Act(verb, ours, receivers[:1], Goods(war, "troops", NOUN_OF_GIVING))
            return


def _war_left(verb: Token) -> Token | None:
    """The word of neutrality, or the war, in "stay neutral", "keep out of the war"."""
    groups = word_groups("support")
    if verb.lemma_.lower() not in groups["acts_stay"]:
        return None
    for child in verb.children:
        if child.lower_ == "neutral" and child.dep_ in ("acomp", "oprd", "xcomp"):
            return child
        if child.lower_ in ("out", "outside", "aside", "apart"):
            inner = [t for t in child.subtree if t.lemma_.lower() in groups["wars"]]
            if inner:
                return inner[0]
    return None


def _state(verb: Token) -> str:
    """The state of the staying; a parliament's "should" decides."""
    modal = any(child.lower_ == "should" for child in verb.children)
    houses = word_groups("agreements")["parliaments"]
    if modal and any(t.lower_ in houses for t in verb.head.children if t.dep_ == "nsubj"):
        return "given"
    return standing_of(verb).state


def _deciders(reading: Reading, sentence: Sentence, verb: Token) -> tuple[Party, ...]:
    """Who decided it: the subject of the verb above ("parliament answered that")."""
    return giver_of(reading, sentence, verb.head) if verb.dep_ in ("ccomp", "xcomp") else ()


def _asked(reading: Reading, sentence: Sentence) -> tuple[tuple[str, ...], tuple[Party, ...]]:
    """The rungs asked for in the sentence or the one before, and who asked."""
    asking = word_groups("support")["acts_ask"]
    for place in (sentence, *_neighbours(reading, sentence)):
        for verb in place.span:
            if verb.lemma_.lower() not in asking or verb.pos_ != "VERB":
                continue
            found = [
                goods.rung
                for token in counterparts.children_after(verb, ("for",))
                for goods in goods_in(token)
            ]
            askers = giver_of(reading, place, verb)
            known = tuple(
                Party(p.actor, p.sure * 0.9, p.place if place is sentence else None)
                for p in askers
                if p.actor
            )
            if found and known:
                return tuple(dict.fromkeys(found)), known
    return (), ()


def _neighbours(reading: Reading, sentence: Sentence) -> Iterator[Sentence]:
    for other in reading.sentences[max(0, sentence.number - 1) : sentence.number + 2]:
        if other is not sentence and other.passage == sentence.passage:
            yield other
