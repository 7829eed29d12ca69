"""Support: who helps whom, on which rung of the ladder, and how far that is settled.

Who gives to whom comes from grammar: subject and dative, "supply X with Y", passives,
"from", possessors. Goods name the rung (`lexicon/support.toml`). Help of a kind not said
stands on the lowest rung that the words warrant: bare "support" is statements, "military
aid" is limited arms; "come to the aid" or "defend" is the language of fighting: troops (but
who "defended" another mostly did so in words).

Confidence is a product of marks set by hand: 0.85 for a verb of giving with named goods,
0.75 for a noun of giving, 0.7 for an act whose verb itself tells the rung, 0.55 where the
kind of help is not said; each state reached over a doubtful path lowers it, and so does
each side that is not named (`unsaid`). A side taken from the sentence before is marked by a
second quote, the words that name it; what rests on the article's dyad alone stays below 0.5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import Party
from fairweather.coding.grammar.naming import speaks
from fairweather.coding.grammar.once import once_a_reading
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.answers import answer_to, is_question
from fairweather.coding.support.deals import buying, request_refused
from fairweather.coding.support.effects import Standing, denied, effect_of
from fairweather.coding.support.forces import fighting_noun
from fairweather.coding.support.goods import KIND_UNSAID, NOUN_OF_GIVING, PRONOUNS, RUNG_IN_VERB
from fairweather.coding.support.nouns import (
    given_by_verb,
    handing_over,
    noun_of_help,
    nuclear_cover,
    taking_away,
)
from fairweather.coding.support.owed import owed
from fairweather.coding.support.roles import Act, attacked_in_condition
from fairweather.coding.support.state import condition_places, standing_of
from fairweather.coding.support.unsaid import JUST_BEFORE, Gap, other_side
from fairweather.coding.support.verbs import Coding, verb_acts
from fairweather.records import Quote, Support
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

CODER = "rules/1"
ONLY_PLACED = 0.45
SURE_TO_REMEMBER = 0.6
REACH = 4
"""Sentences back for which it is remembered who helped whom."""

HAPPENED = frozenset({"given", "reported"})
KEPT_BACK = frozenset({"withheld", "ruled_out", "unlikely", "not_obliged"})
MAY_BE_HOSTILE = frozenset({"given", "reported", "likely", "possible"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Giver and receiver, and the words outside the sentence that name one of them.

    `state` is what was told of them last, where they are remembered from an earlier row.
    """

    giver: Party
    receiver: Party
    elsewhere: tuple[Quote, ...] = ()
    state: str = ""

    @property
    def sure(self) -> float:
        """How sure the less sure of the two is."""
        return min(self.giver.sure, self.receiver.sure, 1.0)


Told = dict[tuple[int, str], Sides]
"""The sides last named, by paragraph and rung, and by paragraph and sentence ("in 3")."""


@once_a_reading
def support(reading: Reading) -> Iterator[Support]:
    """A row for each giver, receiver and rung that a clause speaks of, or an agreement demands."""
    rows = list(_told_rows(reading))
    yield from rows
    known = {(row.giver, row.receiver, row.level, row.state) for row in rows}
    for row in owed(reading, rows, CODER):
        if (row.giver, row.receiver, row.level, row.state) not in known:
            yield row


def _told_rows(reading: Reading) -> Iterator[Support]:
    told: Told = {}
    for sentence in reading.sentences:
        answer = answer_to(reading, sentence) if is_question(sentence) else None
        if is_question(sentence) and answer is None:
            continue
        for act in _acts(reading, sentence):
            for row in _rows(reading, sentence, act, told):
                if answer is None:
                    yield row
                elif state := answer.settles(row.state):
                    yield replace(row, state=state, quotes=(*row.quotes, answer.quote))


def _acts(reading: Reading, sentence: Sentence) -> Iterator[Act]:
    groups = word_groups("support")
    for token in sentence.span:
        lemma = token.lemma_.lower()
        if token.pos_ in ("VERB", "AUX"):
            yield from verb_acts(reading, sentence, token, lemma)
        elif token.pos_ in ("NOUN", "PROPN"):
            if token.lower_ in groups["giving_nouns"]:
                yield from handing_over(reading, sentence, token)
            elif coding := _coding_of_noun(token, lemma):
                yield from coding(reading, sentence, token)


def _coding_of_noun(noun: Token, lemma: str) -> Coding | None:
    """How a noun of giving, helping, taking away, covering, buying, asking or fighting is coded."""
    groups = word_groups("support")
    if lemma not in groups["giving_nouns"] and noun.lower_ in groups["help"]:
        return None if given_by_verb(noun) else noun_of_help
    codings: dict[str, Coding] = {
        "giving_nouns": handing_over,
        "taking_away_nouns": taking_away,
        "covering_nouns": nuclear_cover,
        "buying_nouns": buying,
        "asking_nouns": request_refused,
        "fighting_nouns": fighting_noun,
    }
    return next((coding for group, coding in codings.items() if lemma in groups[group]), None)


def _rows(reading: Reading, sentence: Sentence, act: Act, told: Told) -> Iterator[Support]:
    standing = Standing(state=act.state) if act.state else standing_of(act.token)
    if standing.state and _is_left_out(act.goods.token):
        standing = denied(act.goods.token, standing)
    if not standing.state:
        return
    if not act.givers and standing.state == "promised" and standing.speakers:
        promiser = counterparts.parties(reading, sentence, standing.speakers[-1])
        act = replace(act, givers=promiser)
    if not act.receivers:
        attacked = attacked_in_condition(reading, sentence, standing.condition)
        sure = NOUN_OF_GIVING if attacked and act.goods.rung == "troops" else act.goods.sure
        act = replace(act, receivers=attacked, goods=replace(act.goods, sure=sure))
    if act.token.pos_ in ("VERB", "AUX") and standing.state == "given":
        standing = _hearsay(sentence, act.token, standing)
    if standing.state in ("given", "reported") and _defends_in_words(act):
        act = replace(act, goods=replace(act.goods, rung="statements", sure=KIND_UNSAID))
    for sides in _pairs(reading, sentence, act, standing, _last_told(told, sentence, act)):
        row = _row(reading, sentence, act, sides, standing)
        if not sides.elsewhere and sides.sure >= SURE_TO_REMEMBER:
            named = replace(sides, elsewhere=row.quotes[:1], state=row.state)
            told[sentence.passage, act.goods.rung] = named
            told[sentence.passage, f"in {sentence.number}"] = named
        yield row


def _is_left_out(goods: Token) -> bool:
    """ "Would send money but no troops": of the things joined, the one that is not given."""
    if goods.dep_ != "conj":
        return False
    denying = [child for child in goods.lefts if child.lower_ in ("no", "not", "never")]
    before = goods.doc[max(goods.left_edge.i - 1, 0)]
    return bool(denying) or before.lower_ == "not"


def _last_told(told: Told, sentence: Sentence, act: Act) -> Sides | None:
    """The sides last named for the rung; where none are named now, for any rung just before."""
    last = told.get((sentence.passage, act.goods.rung))
    if last is not None or act.givers or act.receivers:
        return last
    near = (told.get((sentence.passage, f"in {sentence.number - back}")) for back in range(REACH))
    return next((sides for sides in near if sides is not None), None)


def _defends_in_words(act: Act) -> bool:
    """ "The premier defended Kenya" is talk; "would defend Kenya" is fighting."""
    words = word_groups("support")["defend_in_words"]
    return act.goods.rung == "troops" and act.token.lemma_.lower() in words


def _own_account(reading: Reading, sentence: Sentence, sides: Sides, standing: Standing) -> bool:
    """Whether giver or receiver itself tells of what changed hands: "..., its minister said"."""
    return any(
        party.actor in (sides.giver.actor, sides.receiver.actor)
        and effect_of(speaker.head) == "said"
        for speaker in standing.speakers
        for party in counterparts.parties(reading, sentence, speaker)
    )


def _hearsay(sentence: Sentence, act: Token, standing: Standing) -> Standing:
    """What the sentence only reports or claims was, at most, reported."""
    clause = sentence.clause_of(act.i)
    if clause and clause.status in ("reported", "claimed"):
        return standing.to("reported")
    return standing


def _pairs(
    reading: Reading, sentence: Sentence, act: Act, standing: Standing, last: Sides | None
) -> Iterator[Sides]:
    """Every giver with every receiver; where a side is left unsaid, who is meant."""
    if not act.givers or not act.receivers:
        sides = _completed(reading, sentence, act, standing, last)
        if sides is not None:
            yield sides
        return
    for giver in act.givers:
        for receiver in act.receivers:
            if giver.actor and receiver.actor and giver.actor != receiver.actor:
                yield Sides(giver, receiver)


def _completed(
    reading: Reading, sentence: Sentence, act: Act, standing: Standing, last: Sides | None
) -> Sides | None:
    """The sides of an act that names at most one: as last told of that rung, or inferred."""
    known = act.givers or act.receivers
    if len(known) > 1 or any(not party.actor for party in known):
        return None
    if last is not None and _continues(act, last):
        if standing.state == "given" and last.state not in HAPPENED and act.token.pos_ == "NOUN":
            return None  # "such deliveries" after "may supply" are still only imagined
        giver = replace(last.giver, sure=JUST_BEFORE, place=None)
        receiver = replace(last.receiver, sure=JUST_BEFORE, place=None)
        return Sides(giver, receiver, last.elsewhere)
    if not known:
        return None
    gap = Gap(known[0].actor, not act.givers, standing.state in KEPT_BACK)
    other = other_side(reading, sentence, gap)
    if other is None:
        return None
    elsewhere = (other.named_by,) if other.named_by is not None else ()
    if act.givers:
        return Sides(known[0], other.party, elsewhere)
    return Sides(other.party, known[0], elsewhere)


def _continues(act: Act, last: Sides) -> bool:
    """Whether the side that an act names, if any, is the one last told."""
    named = {party.actor for party in act.givers} <= {last.giver.actor}
    return named and {party.actor for party in act.receivers} <= {last.receiver.actor}


def _row(
    reading: Reading, sentence: Sentence, act: Act, sides: Sides, standing: Standing
) -> Support:
    giver, receiver = sides.giver, sides.receiver
    standing = _by_own_word(reading, sentence, giver, standing)
    if standing.state == "reported" and _own_account(reading, sentence, sides, standing):
        standing = standing.to("given")
    places = {act.token.i, act.goods.token.i, counterparts.left_edge(act.goods.token)}
    if act.goods.token.lower_ in PRONOUNS:
        places.add(act.goods.token.i)
        places |= {c.left_edge.i for c in act.token.children if c.dep_ in ("nsubj", "nsubjpass")}
    if act.goods.told is not None:
        places.add(act.goods.told.i)
    for party in (giver, receiver):
        places |= set(counterparts.named_at(sentence, party))
    places |= {*standing.places, *condition_places(standing)}
    start, end = counterparts.stretch(sentence, places)
    sure = act.goods.sure
    if act.goods.rung == "troops" and standing.state in KEPT_BACK:
        sure = max(sure, RUNG_IN_VERB)  # forces that do not come are no invasion
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
        quotes=(sentence.quote(start, end), *sides.elsewhere),
        confidence=round(sure * standing.sure * sides.sure, 2),
        coder=CODER,
    )


def _own_clause(sentence: Sentence, act: Act) -> tuple[int, int]:
    """The place of the clause that the act stands in: a date elsewhere is not its date."""
    clause = sentence.clause_of(act.token.i)
    tokens = clause.tokens if clause else (act.token.i,)
    return sentence.place(sentence.token(tokens[0]), sentence.token(tokens[-1]))


def _by_own_word(
    reading: Reading, sentence: Sentence, giver: Party, standing: Standing
) -> Standing:
    """ "X will" said by X itself promises; "X will not" said by X rules out."""
    own = {"likely": "promised", "unlikely": "ruled_out"}
    if standing.state not in own:
        return standing
    if standing.state == "likely" and _is_announced(sentence, standing):
        return standing.to("promised")
    for speaker in standing.speakers:
        said_by = counterparts.parties(reading, sentence, speaker)
        unnamed_office = not said_by and speaks(speaker)  # "..., the prime minister said"
        if not unnamed_office and any(speaks(child) for child in speaker.children):
            known = {actor.id for actor in reading.actors if actor.kind != "person"}
            unnamed_office = not any(party.actor in known for party in said_by)
        if unnamed_office or any(party.actor == giver.actor for party in said_by):
            return standing.to(own[standing.state])
    return standing


def _is_announced(sentence: Sentence, standing: Standing) -> bool:
    """Whether "will" tells a plan: in a government's statement, or with a date to come."""
    if sentence.token(standing.places[-1]).lower_ not in ("will", "shall"):
        return False
    published = sentence.document.published.until or ""
    dated = any((date.when.until or "") > published for date in sentence.dates if published)
    return sentence.document.genre == "statement" or (dated and sentence.document.genre == "news")


def _condition(sentence: Sentence, standing: Standing) -> str:
    places = list(condition_places(standing))
    if not places:
        return ""
    start, end = counterparts.stretch(sentence, places)
    return sentence.quote(start, end).text
