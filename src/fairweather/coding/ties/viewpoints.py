"""Whose view of a tie it is: each side's, both sides', or the author's.

Where nobody in the clause is the one who feels or gains, the view is the author's. A side that
the clause leaves out is looked for in the sentence, then in the article's dyad, and counts for
less the farther off it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.counterparts import INFERRED, Party
from fairweather.coding.grammar.naming import speaks
from fairweather.coding.grammar.phrases import BOTH_PHRASES
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.grammar.tree import Token
from fairweather.coding.support.unsaid import JUST_BEFORE, Gap, other_side
from fairweather.coding.ties.frames import Match
from fairweather.coding.ties.sides import Sides, parties_or_owners

ELSEWHERE_IN_SENTENCE = 0.85
FROM_AFAR = 0.6
"""What is left of a side that only the paragraph names."""

RECIPROCAL = frozenset({"other", "another", "themselves"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One row to be: the side that sees it so (None: the author), the pair, how sure."""

    viewer: str | None
    a: str
    b: str
    sure: float
    places: tuple[int, ...] = ()


def seen_by(reading: Reading, sentence: Sentence, match: Match, sides: Sides) -> Iterator[Seen]:
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
    if view == "holder" and not any(_may_hold(reading, party) for party in viewers):
        viewers = _office_of_other(reading, sentence, match, sides)
    if not viewers:
        yield from _by_author(reading, sentence, match, sides)
    for viewer in viewers:
        other = _other(reading, sentence, match, sides, viewer)
        if other is not None:
            yield _view(sentence, viewer, other)


def _may_hold(reading: Reading, party: Party) -> bool:
    """Whether an actor can hold a view of a partner: no person of whom no state is told."""
    kinds = {actor.id: actor.kind for actor in reading.actors}
    return party.actor in reading.focus or kinds.get(party.actor, "") != "person"


def _office_of_other(
    reading: Reading, sentence: Sentence, match: Match, sides: Sides
) -> tuple[Party, ...]:
    """ "The premier thanked Kenya": of the article's two the one who is not thanked."""
    subject = next((c for c in match.anchor.children if c.dep_ == "nsubj"), None)
    spoken_of = {m.principal for m in sentence.mentions} & set(reading.focus)
    if subject is None or len(spoken_of) != 1 or len(reading.focus) != 2:
        return sides.holders
    titles = (subject, *(c for c in subject.children if c.dep_ == "compound"))
    if not any(speaks(title) for title in titles):
        return sides.holders
    return tuple(
        Party(actor, JUST_BEFORE, subject.i) for actor in reading.focus if actor not in spoken_of
    )


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
    near = _near(reading, sentence, match, sides)
    at_cue = [p for p in near if p.actor != viewer.actor and _may_hold(reading, p)]
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
        for party in parties_or_owners(reading, sentence, place)
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
