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
from typing import TYPE_CHECKING

from fairweather.coding.grammar import counterparts
from fairweather.coding.grammar.clauses import is_negated
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.coding.support.coder import CODER, support
from fairweather.coding.ties.frames import Match, find_frames
from fairweather.coding.ties.sides import sides_of, verb_over
from fairweather.coding.ties.viewpoints import seen_by
from fairweather.records import AUTHOR, Support, Tie
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

SEVERAL_WORDS, ONE_VERB, ONE_WORD = 0.8, 0.7, 0.65
HEARSAY = 0.8
PLANNED = 0.75
PLANNED_STRANDS = frozenset({"military", "economic"})
"""Exercises and deals to come tell of a tie; a pledge still to be signed does not."""

IMAGINED, IMAGINED_EXIT = 0.5, 0.75
PARTNER_KINDS = frozenset({"state", "armed_group", "bloc"})
ARMS = frozenset({"limited_arms", "air_defence", "major_arms"})


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


# -- rows ----------------------------------------------------------------------------------


def _rows(reading: Reading, sentence: Sentence, match: Match) -> Iterator[Tie]:
    polarity = _polarity(sentence, match)
    if not polarity:
        return
    sides = sides_of(reading, sentence, match)
    one = ONE_VERB if match.anchor.pos_ == "VERB" else ONE_WORD
    sure = SEVERAL_WORDS if len(match.tokens) > 1 else one
    sure *= _reality(sentence, match)
    for seen in seen_by(reading, sentence, match, sides):
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
    if match.anchor.head.i not in within and _ends_it(match.anchor):
        return not is_negated(match.anchor.head)  # "never lost confidence" keeps it
    clause = sentence.clause_of(match.anchor.i)
    verb = verb_over(match.anchor)
    if verb is None or clause is None:
        return False
    undone = clause.head == match.anchor.i and clause.status == "denied"
    return is_negated(verb) or undone


def _ends_it(anchor: Token) -> bool:
    """Whether the verb over a feeling or tie takes it away: "lost trust", "trust has faded"."""
    groups, verb = word_groups("ties"), anchor.head.lemma_.lower()
    if anchor.dep_ == "nsubj":
        return verb in groups["waning_verbs"]
    taken = anchor.dep_ in ("dobj", "nsubjpass")
    return taken and verb in groups["ending_verbs"] | groups["losing_verbs"]


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
