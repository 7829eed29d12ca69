"""Support: who helps whom, on which rung of the ladder, and how far that is settled.

Who gives to whom comes from grammar: subject and dative, "supply X with Y", passives,
"from", possessors. Goods name the rung (`lexicon/support.toml`). Help of a kind not said
stands on the lowest rung that the words warrant: bare "support" is statements, "military
aid" is limited arms; "come to the aid" or "defend" is the language of fighting: troops (but
who "defended" another mostly did so in words).

Confidence is a product of marks set by hand: 0.85 for a verb of giving with named goods,
0.75 for a noun of giving, 0.7 for an act whose verb itself tells the rung, 0.55 where the
kind of help is not said; each state reached over a doubtful path lowers it, and so does
each side that is not named (`counterparts`). What rests on an inferred side stays below 0.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.goods import KIND_UNSAID
from fairweather.coding.support.nouns import given_by_verb, handing_over, noun_of_help
from fairweather.coding.support.roles import Act
from fairweather.coding.support.state import Standing, condition_places, standing_of
from fairweather.coding.support.verbs import verb_acts
from fairweather.records import Support
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Token

CODER = "rules/1"
ONLY_PLACED = 0.45
MAY_BE_HOSTILE = frozenset({"given", "reported", "likely", "possible"})


def support(reading: Reading) -> Iterator[Support]:
    """A row for each giver, receiver and rung that a clause speaks of."""
    for sentence in reading.sentences:
        if sentence.text.rstrip(" \"'").endswith("?"):
            continue
        for act in _acts(reading, sentence):
            yield from _rows(reading, sentence, act)


def _acts(reading: Reading, sentence: Sentence) -> Iterator[Act]:
    groups = word_groups("support")
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if token.pos_ in ("VERB", "AUX"):
            yield from verb_acts(reading, sentence, token, lemma)
        elif token.pos_ in ("NOUN", "PROPN"):
            if lemma in groups["giving_nouns"] or token.lower_ in groups["giving_nouns"]:
                yield from handing_over(reading, sentence, token)
            elif token.lower_ in groups["help"] and not given_by_verb(token):
                yield from noun_of_help(reading, sentence, token)


def _rows(reading: Reading, sentence: Sentence, act: Act) -> Iterator[Support]:
    standing = standing_of(act.token)
    if not standing.state:
        return
    if not act.givers and standing.state == "promised" and standing.speakers:
        promiser = counterparts.parties(reading, sentence, standing.speakers[-1])
        act = replace(act, givers=promiser)
    if act.token.pos_ in ("VERB", "AUX") and standing.state == "given":
        standing = _hearsay(sentence, act.token, standing)
    if standing.state in ("given", "reported") and _defends_in_words(act):
        act = replace(act, goods=replace(act.goods, rung="statements", sure=KIND_UNSAID))
    for giver, receiver in _pairs(reading, act):
        yield _row(reading, sentence, act, giver, receiver, standing)


def _defends_in_words(act: Act) -> bool:
    """ "The premier defended Kenya" is talk; "would defend Kenya" is fighting."""
    words = word_groups("support")["defend_in_words"]
    return act.goods.rung == "troops" and act.token.lemma_.lower() in words


def _hearsay(sentence: Sentence, act: Token, standing: Standing) -> Standing:
    """What the sentence only reports or claims was, at most, reported."""
    clause = sentence.clause_of(act.i)
    if clause and clause.status in ("reported", "claimed"):
        return standing.to("reported")
    return standing


def _pairs(reading: Reading, act: Act) -> Iterator[tuple[Party, Party]]:
    """Every giver with every receiver; a side left unsaid comes from the article's dyad."""
    givers, receivers = act.givers, act.receivers
    if not givers and not receivers:
        return
    if not receivers and len(givers) == 1:
        receivers = counterparts.other_of_focus(reading, givers[0].actor)
    if not givers and len(receivers) == 1:
        givers = counterparts.other_of_focus(reading, receivers[0].actor)
    for giver in givers:
        for receiver in receivers:
            if giver.actor and receiver.actor and giver.actor != receiver.actor:
                yield giver, receiver


def _row(
    reading: Reading,
    sentence: Sentence,
    act: Act,
    giver: Party,
    receiver: Party,
    standing: Standing,
) -> Support:
    standing = _by_own_word(reading, sentence, giver, standing)
    places = {act.token.i, act.goods.token.i, counterparts.left_edge(act.goods.token)}
    if act.goods.told is not None:
        places.add(act.goods.told.i)
    for party in (giver, receiver):
        places |= set(counterparts.named_at(sentence, party))
    places |= {*standing.places, *condition_places(standing)}
    start, end = counterparts.stretch(sentence, places)
    sure = act.goods.sure
    if sure == KIND_UNSAID and act.goods.rung == "troops" and standing.state in MAY_BE_HOSTILE:
        sure = ONLY_PLACED
    settled = standing.state in ("given", "reported", "withheld")
    date = counterparts.when_stated(sentence, *_own_clause(sentence, act)) if settled else None
    return Support(
        giver=giver.actor,
        receiver=receiver.actor,
        level=act.goods.rung,
        state=standing.state,
        condition=_condition(sentence, standing),
        date=date or counterparts.as_published(sentence, by_then=settled),
        quotes=(sentence.quote(start, end),),
        confidence=round(sure * standing.sure * _sides(giver, receiver), 2),
        coder=CODER,
    )


def _own_clause(sentence: Sentence, act: Act) -> tuple[int, int]:
    """The place of the clause that the act stands in: a date elsewhere is not its date."""
    clause = sentence.clause_of(act.token.i)
    tokens = clause.tokens if clause else (act.token.i,)
    return sentence.place(sentence.token(tokens[0]), sentence.token(tokens[-1]))


def _sides(giver: Party, receiver: Party) -> float:
    """How sure both sides are; an inferred one keeps the row under the line."""
    return min(giver.sure, receiver.sure, 1.0)


def _by_own_word(
    reading: Reading, sentence: Sentence, giver: Party, standing: Standing
) -> Standing:
    """ "X will" said by X itself promises; "X will not" said by X rules out."""
    own = {"likely": "promised", "unlikely": "ruled_out"}
    if standing.state not in own:
        return standing
    for speaker in standing.speakers:
        said_by = counterparts.parties(reading, sentence, speaker)
        if any(party.actor == giver.actor for party in said_by):
            return standing.to(own[standing.state])
    return standing


def _condition(sentence: Sentence, standing: Standing) -> str:
    places = list(condition_places(standing))
    if not places:
        return ""
    start, end = counterparts.stretch(sentence, places)
    return sentence.quote(start, end).text
