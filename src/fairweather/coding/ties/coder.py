"""Ties: what a clause says binds or divides a pair, on which strand, in whose view.

The frame tells strand and polarity (`lexicon/ties.toml`), grammar tells whose view it is:
the subject of trust or need, "for X", "from X's perspective", the possessor. "Both sides"
and "distrust between" make two rows; where nobody is the one who feels or gains, the view
is the author's. Arms that were given or withheld are read from the support rows.

Confidence: 0.8 for a cue of several words, 0.7 for a verb, 0.65 for another word; times 0.85
where the pair stands in the sentence but not at the cue, times how sure the sides are, so
that a side taken from the article's dyad stays below 0.5; times 0.75 for exercises and deals
to come, 0.5 where the clause is imagined (0.75 for a way out, which is a possibility by
nature), times 0.8 where arms are only reported.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.clauses import is_negated
from fairweather.coding.grammar.counterparts import INFERRED, Party
from fairweather.coding.grammar.phrases import BOTH_PHRASES, agent_of, is_passive, subject_of
from fairweather.coding.grammar.sentence import Clause, Reading, Sentence
from fairweather.coding.support.coder import CODER, support
from fairweather.coding.support.unsaid import JUST_BEFORE, Gap, other_side
from fairweather.coding.ties.frames import Match, find_frames
from fairweather.records import AUTHOR, Support, Tie
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

SEVERAL_WORDS, ONE_VERB, ONE_WORD = 0.8, 0.7, 0.65
ELSEWHERE_IN_SENTENCE = 0.85
HEARSAY = 0.8
PLANNED = 0.75
PLANNED_STRANDS = frozenset({"military", "economic"})
"""Exercises and deals to come tell of a tie; a pledge still to be signed does not."""

FROM_AFAR = 0.6
"""What is left of a side that only the paragraph names."""

IMAGINED, IMAGINED_EXIT = 0.5, 0.75
LINKS = ("of", "in", "to", "with", "toward", "towards", "from", "on", "over", "about")
PARTNER_KINDS = frozenset({"state", "armed_group", "bloc"})
RECIPROCAL = frozenset({"other", "another", "themselves"})
ARMS = frozenset({"limited_arms", "air_defence", "major_arms"})


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands around a cue: those who hold the view, those it is about, for whom it is.

    `joint` are the members of a pair named as one ("between A and B", "both sides").
    """

    holders: tuple[Party, ...]
    others: tuple[Party, ...]
    beneficiaries: tuple[Party, ...]
    joint: tuple[Party, ...]
    seers: tuple[Party, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """One row to be: the side that sees it so (None: the author), the pair, how sure."""

    viewer: str | None
    a: str
    b: str
    sure: float
    places: tuple[int, ...] = ()


def ties(reading: Reading) -> Iterator[Tie]:
    """A row for each pair, strand and viewpoint that a clause speaks of."""
    for sentence in reading.sentences:
        if sentence.text.rstrip(" \"'").endswith("?"):
            continue
        surest: dict[tuple[str, ...], Tie] = {}
        for match in find_frames(sentence.span):
            for tie in _rows(reading, sentence, match):
                key = (tie.a, tie.b, tie.viewpoint, tie.strand, tie.polarity)
                if key not in surest or surest[key].confidence < tie.confidence:
                    surest[key] = tie
        yield from surest.values()
    yield from (_of_arms(row) for row in support(reading) if _tells_of_arms(row))


# -- whose view --------------------------------------------------------------------------


def _sides(reading: Reading, sentence: Sentence, match: Match) -> Sides:
    anchor = match.anchor
    holders: list[Party] = []
    others: list[Party] = []
    joint: list[Party] = []
    for child in anchor.children:
        if child.dep_ in ("poss", "amod", "compound"):
            holders += _at(reading, sentence, child)
    owner = tuple(holders)
    doers, patients = _subjects(sentence, match)
    for subject in doers:
        found = _parties_or_owners(reading, sentence, subject)
        found = found or _inside(reading, sentence, subject)
        (joint if len(found) > 1 else holders).extend(found)
    for place in _reach(anchor):
        between = list(counterparts.children_after(place, ("between",)))
        joint += [p for t in between for p in _parties_or_owners(reading, sentence, t)]
        patients += [*counterparts.children_after(place, LINKS), *_objects(place)]
    others += [p for t in patients for p in _parties_or_owners(reading, sentence, t)]
    for_whom = [p for t in _for(anchor) for p in _parties_or_owners(reading, sentence, t)]
    stated = counterparts.each_once(holders)
    if owner and anchor.dep_ == "attr":  # "X is Y's most reliable supplier": Y finds so
        stated = owner
        others = [party for party in holders if party not in owner] + others
    known = {party.actor for party in stated}
    return Sides(
        stated,
        tuple(p for p in counterparts.each_once(others) if p.actor not in known),
        counterparts.each_once(for_whom),
        counterparts.each_once(joint),
        _seers(reading, sentence),
    )


def _at(reading: Reading, sentence: Sentence, token: Token) -> tuple[Party, ...]:
    """The owner that a possessor, an adjective or a compound names."""
    mention = sentence.mention_at(token.i)
    if mention is not None:
        return (Party(mention.principal, counterparts.OWNER, token.i),)
    return counterparts.parties(reading, sentence, token) if token.dep_ == "poss" else ()


def _subjects(sentence: Sentence, match: Match) -> tuple[list[Token], list[Token]]:
    """Who does the cue's verb, or holds the cue as its object; and to whom it is done."""
    verb = _verb_over(match.anchor)
    if verb is None:
        return [], []
    subject = subject_of(sentence, Clause(verb.i, (), None, "factual", False, ""))
    stated = [subject] if subject is not None and subject.i != match.anchor.i else []
    passive = is_passive(verb) or any(child.dep_ == "agent" for child in verb.children)
    agent = agent_of(verb) if passive else None
    if agent is not None:
        return [agent], stated
    if is_passive(verb) and match.frame.view == "object":
        return [], stated
    return stated, []


def _verb_over(anchor: Token) -> Token | None:
    """The verb of the cue: itself, its copula, or one that only holds it ("has trust")."""
    if anchor.pos_ in ("VERB", "AUX"):
        return anchor
    head = anchor.head
    if head.pos_ == "AUX":
        return head
    if anchor.dep_ == "pobj" and head.lower_ == "as":  # "regards it as its shield"
        return next((above for above in head.ancestors if above.pos_ == "VERB"), None)
    holding = word_groups("ties")["holding_verbs"]
    if head.pos_ == "VERB" and anchor.dep_ == "dobj" and head.lemma_.lower() in holding:
        return head
    return None


def _reach(anchor: Token) -> tuple[Token, ...]:
    """The cue, and its copula or holding verb, where further sides may hang."""
    verb = _verb_over(anchor)
    inner = tuple(c for c in anchor.children if c.dep_ in ("dobj", "acomp", "attr", "prt"))
    return (anchor, *inner) if verb is None or verb.i == anchor.i else (anchor, verb, *inner)


def _objects(place: Token) -> Iterator[Token]:
    if place.pos_ == "VERB":
        yield from (child for child in place.children if child.dep_ in ("dobj", "dative"))


def _inside(reading: Reading, sentence: Sentence, noun: Token) -> tuple[Party, ...]:
    """The actors in a noun phrase whose head is none: "the economies of A and B"."""
    found = [
        party
        for token in counterparts.children_after(noun, ("of", "between", "with"))
        for party in counterparts.parties(reading, sentence, token)
    ]
    return counterparts.each_once(found)


def _parties_or_owners(reading: Reading, sentence: Sentence, token: Token) -> tuple[Party, ...]:
    found = counterparts.parties(reading, sentence, token)
    if found:
        return found
    every = [token, *(child for child in token.children if child.dep_ == "conj")]
    owned = counterparts.each_once(
        party for noun in every for party in counterparts.owners(sentence, noun)
    )
    pronoun = next((c for c in token.children if c.dep_ == "poss" and c.tag_ == "PRP$"), None)
    if owned or pronoun is None:
        return owned
    return counterparts.parties(reading, sentence, pronoun)


def _for(anchor: Token) -> Iterator[Token]:
    for place in {anchor.i: anchor, anchor.head.i: anchor.head}.values():
        yield from counterparts.children_after(place, ("for", "to"))


def _seers(reading: Reading, sentence: Sentence) -> tuple[Party, ...]:
    """Whose perspective the sentence takes: "From Beijing's perspective", "For Kenya, ..."."""
    nouns = word_groups("ties")["experience_nouns"]
    found: list[Party] = []
    opening = next((token.i for token in sentence.span if not token.is_space), -1)
    for token in sentence.span:
        if token.dep_ != "pobj":
            continue
        if token.lower_ in nouns and token.head.lower_ in ("from", "in"):
            found += counterparts.owners(sentence, token)
        elif token.head.i == opening and token.head.lower_ == "for":
            found += counterparts.parties(reading, sentence, token)
    return counterparts.each_once(found)


# -- rows ----------------------------------------------------------------------------------


def _rows(reading: Reading, sentence: Sentence, match: Match) -> Iterator[Tie]:
    polarity = _polarity(sentence, match)
    if not polarity:
        return
    sides = _sides(reading, sentence, match)
    one = ONE_VERB if match.anchor.pos_ == "VERB" else ONE_WORD
    sure = SEVERAL_WORDS if len(match.tokens) > 1 else one
    sure *= _reality(sentence, match)
    for seen in _seen(reading, sentence, match, sides):
        if not {seen.a, seen.b} <= _partners(reading):
            continue
        places = {*(token.i for token in match.tokens), *seen.places}
        start, end = counterparts.stretch(sentence, places)
        yield Tie(
            a=seen.a,
            b=seen.b,
            viewpoint=seen.viewer or AUTHOR,
            strand=match.frame.strand,
            polarity=polarity,
            gist=_gist(match, polarity),
            date=counterparts.when_stated(sentence, start, end)
            or counterparts.as_published(sentence),
            quotes=(sentence.quote(start, end),),
            confidence=round(sure * seen.sure, 2),
            coder=CODER,
        )


def _partners(reading: Reading) -> frozenset[str]:
    """Who can be tied: states, armed groups, blocs, and whoever the article is about."""
    acting = {actor.id for actor in reading.actors if actor.kind in PARTNER_KINDS}
    return frozenset(acting | set(reading.focus))


def _seen(reading: Reading, sentence: Sentence, match: Match, sides: Sides) -> Iterator[Seen]:
    """The rows that a cue makes: one a viewer, or the author's one."""
    view = match.frame.view
    if view == "both" and not sides.seers and not _speaks_of_both(sides, sentence, match.anchor):
        yield from _by_author(reading, sentence, match, sides)
        return
    if len(sides.joint) == 2 and not sides.seers and _looks_away(match):
        sides = replace(sides, holders=sides.joint, joint=())
    if len(sides.joint) == 2 and not sides.seers:
        first, second = sides.joint
        yield _view(sentence, first, second)
        yield _view(sentence, second, first)
        return
    viewers = sides.seers or {
        "holder": sides.holders,
        "object": sides.others,
        "beneficiary": sides.beneficiaries,
    }.get(view, ())
    if not viewers:
        yield from _by_author(reading, sentence, match, sides)
    for viewer in viewers:
        other = _other(reading, sentence, match, sides, viewer)
        if other is not None:
            yield _view(sentence, viewer, other)


def _looks_away(match: Match) -> bool:
    """Whether two who feel the same feel it towards something else: "both need a port"."""
    if match.frame.view != "holder" or match.anchor.pos_ != "VERB":
        return False
    objects = [child for child in match.anchor.children if child.dep_ == "dobj"]
    return bool(objects) and not any(word.lower_ in RECIPROCAL for word in objects)


def _speaks_of_both(sides: Sides, sentence: Sentence, anchor: Token) -> bool:
    """Whether a pair that is pointed at as one ("both sides") is the one who sees it so."""
    if len(sides.joint) != 2:
        return False
    text = sentence.text.lower()
    return any(f" {phrase} " in f" {text} " for phrase in BOTH_PHRASES if "both" in phrase)


def _view(sentence: Sentence, viewer: Party, other: Party) -> Seen:
    places = (
        *counterparts.named_at(sentence, viewer),
        *counterparts.named_at(sentence, other),
    )
    return Seen(viewer.actor, viewer.actor, other.actor, min(viewer.sure, other.sure), places)


def _other(
    reading: Reading, sentence: Sentence, match: Match, sides: Sides, viewer: Party
) -> Party | None:
    """The partner in the tie: at the cue, alone in the sentence, or from the dyad."""
    third = match.frame.beside_it == "third"
    at_cue = [p for p in _near(reading, sentence, match, sides) if p.actor != viewer.actor]
    in_focus = [party for party in at_cue if party.actor in reading.focus]
    if not third and at_cue:
        return at_cue[0] if match.frame.needs == "cue" else (in_focus or at_cue)[0]
    apart = {p.actor for p in at_cue} - {p.actor for p in in_focus} if third else set()
    around = [p for p in _around(sentence) if p.actor not in {viewer.actor, *apart}]
    focused = [p for p in around if p.actor in reading.focus]
    chosen = focused if viewer.actor in reading.focus else around
    if match.frame.needs == "cue":
        return None
    if len(chosen) == 1 and (not third or chosen is focused):
        return Party(chosen[0].actor, chosen[0].sure * ELSEWHERE_IN_SENTENCE, chosen[0].place)
    if match.frame.needs == "pair":
        return None
    gap = Gap(viewer.actor, wants_giver=True, kept_back=True)
    inferred = other_side(reading, sentence, gap)
    if inferred is None or inferred.party.sure >= JUST_BEFORE:
        return inferred.party if inferred is not None else None
    return replace(inferred.party, sure=min(inferred.party.sure, FROM_AFAR))


def _near(reading: Reading, sentence: Sentence, match: Match, sides: Sides) -> tuple[Party, ...]:
    """Who stands at the cue, likeliest partner first: whom its own nouns name, then the rest."""
    attached = [
        party
        for token in match.tokens
        if token.pos_ in ("NOUN", "PROPN")
        for place in counterparts.children_after(token, ("for", "with", "of", "to", "on"))
        for party in _parties_or_owners(reading, sentence, place)
    ]
    owning = [
        party
        for token in match.tokens
        if token.i != match.anchor.i
        for party in counterparts.owners(sentence, token)
    ]
    if match.frame.needs == "cue":
        return (*attached, *owning, *sides.others, *sides.holders, *sides.joint)
    if match.frame.view == "beneficiary":
        return (*sides.holders, *attached, *sides.others, *sides.joint)
    return (*attached, *owning, *sides.others, *sides.holders, *sides.joint, *sides.beneficiaries)


def _around(sentence: Sentence) -> tuple[Party, ...]:
    """Everybody whom the sentence names as acting or owning."""
    return counterparts.each_once(
        Party(m.principal, min(m.score, counterparts.OWNER if m.weak else 1.0), m.end - 1)
        for m in sentence.mentions
    )


def _by_author(reading: Reading, sentence: Sentence, match: Match, sides: Sides) -> Iterator[Seen]:
    """The author's view of a pair: named at the cue, alone in the sentence, or in focus."""
    every = (*sides.joint, *sides.holders, *sides.others, *sides.beneficiaries)
    near = counterparts.each_once(every)
    around = _around(sentence)
    if match.frame.needs == "cue":
        around = ()
    for parties, discount in ((near, 1.0), (around, ELSEWHERE_IN_SENTENCE)):
        pair = _only_pair(reading, parties)
        strict = parties is around or match.frame.strand == "exit_option"
        if pair and not (strict and _half_in_focus(reading, pair)):
            places = tuple(i for party in pair for i in counterparts.named_at(sentence, party))
            a, b = sorted(party.actor for party in pair)
            yield Seen(None, a, b, min(p.sure for p in pair) * discount, places)
            return
    named = {party.actor for party in around}
    if (
        match.frame.needs == "side"
        and len(reading.focus) == 2
        and (named & set(reading.focus) or _points_at_pair(sentence))
    ):
        a, b = sorted(reading.focus)
        yield Seen(None, a, b, INFERRED)


def _only_pair(reading: Reading, parties: tuple[Party, ...]) -> tuple[Party, ...]:
    """The two that are named; of more than two, the article's dyad if it is among them."""
    if len(parties) == 2:
        return parties
    focused = tuple(party for party in parties if party.actor in reading.focus)
    return focused if len(focused) == 2 else ()


def _half_in_focus(reading: Reading, pair: tuple[Party, ...]) -> bool:
    """Whether one of two is of the article's dyad and the other is not: likely by chance."""
    return len({party.actor for party in pair} & set(reading.focus)) == 1


def _points_at_pair(sentence: Sentence) -> bool:
    text = f" {sentence.text.lower()} "
    return any(f" {phrase} " in text for phrase in BOTH_PHRASES)


# -- polarity and reality --------------------------------------------------------------------


def _polarity(sentence: Sentence, match: Match) -> str:
    """The frame's polarity, or what it becomes when the cue is denied or played down."""
    return match.frame.denied if _denied(sentence, match) else match.frame.polarity


def _gist(match: Match, polarity: str) -> str:
    return (
        match.frame.gist if polarity == match.frame.polarity else f"little or no {match.frame.gist}"
    )


def _denied(sentence: Sentence, match: Match) -> bool:
    within = {token.i for token in match.tokens}
    down = word_groups("ties")["downtoners"]
    if any(token.lower_ in word_groups("ties")["denials"] for token in match.tokens):
        return False
    for token in match.tokens:
        for child in token.children:
            if child.i not in within and child.lower_ in down and child.dep_ != "conj":
                return True
        above = token.head.head
        if token.dep_ == "pobj" and above.i not in within and above.lemma_.lower() in down:
            return True
    governor = match.anchor.head
    if match.anchor.dep_ in ("dobj", "nsubjpass") and governor.i not in within:
        ending = word_groups("ties")["ending_verbs"] | word_groups("ties")["losing_verbs"]
        if governor.lemma_.lower() in ending:
            return not is_negated(governor)  # "never lost confidence" keeps it
    clause = sentence.clause_of(match.anchor.i)
    verb = _verb_over(match.anchor)
    if verb is None or clause is None:
        return False
    undone = clause.head == match.anchor.i and clause.status == "denied"
    return is_negated(verb) or undone


def _reality(sentence: Sentence, match: Match) -> float:
    """How much of the confidence is left where the clause only imagines."""
    clause = sentence.clause_of(match.anchor.i)
    if clause is None or clause.status in ("factual", "reported", "claimed", "denied"):
        return 1.0
    if clause.status == "planned" and match.frame.strand in PLANNED_STRANDS:
        return PLANNED
    return IMAGINED_EXIT if match.frame.strand == "exit_option" else IMAGINED


# -- arms, from support ------------------------------------------------------------------------


def _tells_of_arms(row: Support) -> bool:
    return row.level in ARMS and row.state in ("given", "reported", "withheld")


def _of_arms(row: Support) -> Tie:
    """Arms received bind the receiver to the giver; arms withheld divide them."""
    withheld = row.state == "withheld"
    return Tie(
        a=row.receiver,
        b=row.giver,
        viewpoint=row.receiver,
        strand="military",
        polarity="-" if withheld else "+",
        gist="arms withheld" if withheld else "arms supply",
        date=row.date,
        quotes=row.quotes,
        confidence=round(row.confidence * (HEARSAY if row.state == "reported" else 1.0), 2),
        coder=CODER,
    )
