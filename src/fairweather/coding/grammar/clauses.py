"""Clauses and their status: did it happen, is it said, planned, imagined or denied?

The governor decides first: an act under "refuse to" did not happen, under "plan to" it
is planned, under "could" or "if" it is imagined; nouns and gerunds inherit the status of
what governs them. A hypothetical taken for a fact is the worst error a coder of text can
make, so every doubt falls on the side of the weaker status.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.governors import (
    aims_at_object,
    governed_by,
    governing_word,
    headword,
)
from fairweather.coding.grammar.nominal_status import status_of_noun, told_of
from fairweather.coding.grammar.sentence import Clause
from fairweather.coding.grammar.setting import Cue, Setting, setting_of, weakest
from fairweather.coding.grammar.status_cues import (
    condition_cues,
    modal_cue,
    mood_cues,
    own_cues,
)
from fairweather.coding.grammar.verb_forms import has_subject, is_finite, is_negated, is_present
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Span, Token

__all__ = [
    "find_clauses",
    "is_clause_head",
    "is_negated",
    "status_of_act",
    "status_of_noun",
    "weakest_below",
]

CLAUSE_RELATIONS = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"}
)
GERUND_RELATIONS = frozenset({"pobj", "dobj", "nsubj", "nsubjpass", "attr", "oprd", "dep"})
COMPLEMENTS = frozenset({"ccomp", "xcomp", "pcomp", "acl", "advcl", "conj", "dobj"})
ATTRIBUTED = ("claimed", "reported")
UNSETTLED = ("planned", "hypothetical")


@dataclass(frozen=True, slots=True)
class _Judged:
    """A clause judged: its cue, and the part of it that comes from what governs it."""

    cue: Cue
    above: tuple[Cue, ...]
    affirmed: str


def find_clauses(span: Span) -> tuple[Clause, ...]:
    """The clauses of a sentence with their status, in the order of their verbs."""
    heads = [token for token in span if is_clause_head(token)]
    owner = _owners(span, {token.i for token in heads})
    setting = setting_of(span)
    tokens: dict[int, list[int]] = defaultdict(list)
    for place, above in owner.items():
        tokens[above].append(place)
    judged: dict[int, _Judged] = {}
    clauses = []
    for head in sorted(heads, key=_depth):
        judged[head.i] = _judge(head, owner, judged, setting)
        status, why = judged[head.i].cue
        clauses.append(
            Clause(
                head.i,
                tuple(tokens[head.i]),
                governor_of(head, owner),
                status,
                is_negated(head),
                why,
                judged[head.i].affirmed,
            )
        )
    return tuple(sorted(clauses, key=lambda clause: clause.head))


def is_clause_head(token: Token) -> bool:
    """Whether a token heads a clause: the root, an embedded verb, a joined verb, a gerund."""
    if token.dep_ == "ROOT":
        return True
    if token.dep_ in CLAUSE_RELATIONS:
        return token.pos_ in ("VERB", "AUX") or token.dep_ in ("ccomp", "advcl", "relcl")
    if token.dep_ in GERUND_RELATIONS:
        return token.pos_ == "VERB"
    return token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")


def status_of_act(token: Token, clauses: tuple[Clause, ...]) -> Cue:
    """The status of the act that a verb or noun names, and the word that decided it."""
    if token.pos_ not in ("VERB", "AUX"):
        return status_of_noun(token, clauses)
    clause = next((c for c in clauses if token.i in c.tokens), None)
    return (clause.status, clause.why) if clause else ("factual", "")


def weakest_below(token: Token, clauses: tuple[Clause, ...]) -> str:
    """The weakest status of the clause that a verb heads and of those that it governs.

    Where the act meant may stand in what a verb says, asks or promises, this is its status.
    """
    below = {token.i}
    found: list[Cue] = list(aims_at_object(token))
    for clause in sorted(clauses, key=lambda one: _depth(token.doc[one.head])):
        head = token.doc[clause.head]
        if clause.head == token.i or (clause.governor in below and head.dep_ in COMPLEMENTS):
            below.add(clause.head)
            found.append((clause.status, clause.why))
    return weakest(found)[0]


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _owners(span: Span, heads: set[int]) -> dict[int, int]:
    """For each token the head of the clause that it stands in."""
    owner: dict[int, int] = {}
    for token in span:
        passed, place = [token.i], token
        while place.i not in heads and place.i not in owner and place.head.i != place.i:
            place = place.head
            passed.append(place.i)
        found = owner.get(place.i, place.i)
        owner |= dict.fromkeys(passed, found)
    return {token.i: owner[token.i] for token in span}


def _judge(
    head: Token, owner: dict[int, int], judged: dict[int, _Judged], setting: Setting
) -> _Judged:
    """The clause's status and the word that decided it, given its governor's."""
    governor = governor_of(head, owner)
    own = [*own_cues(head, setting), *setting.cues_at(head), *_stray_modals(head, owner)]
    above = [] if governor is None else list(_from_above(head, governor, judged))
    affirmed = [cue for cue in (*own, *above) if cue[1] not in ("not", "will", "wo", "would")]
    return _Judged(weakest([*own, *above]), tuple(above), weakest(affirmed)[0])


def governor_of(head: Token, owner: dict[int, int]) -> int | None:
    """The head of the clause that a clause depends on."""
    return owner.get(head.head.i) if head.head.i != head.i else None


def _stray_modals(head: Token, owner: dict[int, int]) -> Iterator[Cue]:
    """Modals of the clause that the parse hangs elsewhere: "will on Tuesday, 19 June, lead"."""
    for token in head.doc[max(head.sent.start, head.i - 12) : head.i]:
        if token.tag_ == "MD" and owner[token.i] == head.i and token.head.i not in owner.values():
            yield modal_cue(token)


def _from_above(head: Token, governor: int, judged: dict[int, _Judged]) -> Iterator[Cue]:
    """What the governing word and its own clause make of this one."""
    status, why = judged[governor].cue
    if head.dep_ == "conj":
        yield from _from_joined(head, governor, judged)
    elif _modifies_noun(head) and not _is_content(head):
        yield from _from_noun(head, status, why)
    elif head.dep_ == "advcl" and not _is_complement(head):
        yield from _from_main_clause(head, status, why)
    elif not _stands_apart(head):
        yield from _from_governor(head, status, why)


def _modifies_noun(head: Token) -> bool:
    participle = head.dep_ == "acl" and head.tag_ in ("VBN", "VBG", "VBD")
    return head.dep_ == "relcl" or participle


def _from_governor(head: Token, status: str, why: str) -> Iterator[Cue]:
    """A clause inside an imagined or planned one is no firmer; nor is one inside a saying.

    Inside a denial of saying ("did not say that") nothing follows, so it is imagined.
    """
    yield from governed_by(governing_word(head), head)
    if status in UNSETTLED:
        yield status, why
    elif status == "denied":
        if not _is_taken_for_granted(head):
            yield "hypothetical", why
    elif status in ATTRIBUTED:
        yield status, why


def _is_taken_for_granted(head: Token) -> bool:
    """Whether a clause is true though the verb above is denied: "has not forgotten that"."""
    verb = governing_word(head)
    factive = headword(verb) in word_groups("status")["governor_factive"]
    return factive and verb.pos_ == "VERB" and head.dep_ == "ccomp" and is_finite(head)


def _from_main_clause(head: Token, status: str, why: str) -> Iterator[Cue]:
    """A clause of time, cause or manner: its own, unless it shares the time of what is to come."""
    if status in ATTRIBUTED:
        yield status, why
    if is_present(head) and head.doc[head.left_edge.i].lower_ == "before":
        yield "planned", "before"
    if status not in UNSETTLED:
        return
    participle = head.tag_ == "VBG" and not any(c.dep_ == "aux" for c in head.children)
    if participle or head.tag_ == "VB" or (is_present(head) and _opens_time(head)):
        yield status, why


def _opens_time(head: Token) -> bool:
    marks = word_groups("status")["time_marks"]
    return any(token.lower_ in marks for token in head.doc[head.left_edge.i : head.i])


def _is_complement(head: Token) -> bool:
    """A gerund that the parse hangs loosely on its governor: "ruled out sending"."""
    if head.tag_ != "VBG" or head.i < head.head.i or has_subject(head):
        return False
    between = head.doc[head.head.i + 1 : head.i]
    return len(between) <= 1 and all(token.dep_ in ("prt", "advmod") for token in between)


def _from_noun(head: Token, status: str, why: str) -> Iterator[Cue]:
    """A relative clause or participle: its own, unless it tells of nobody in particular."""
    noun = head.head
    if _is_relative_infinitive(head):
        yield from governed_by(noun, head)
    if head.dep_ == "acl":
        yield from told_of(noun)
    if status in ATTRIBUTED:
        yield status, why
    words = word_groups("status")["indefinite"]
    timeless = is_present(head) or head.tag_ in ("VBN", "VBG")
    if is_present(head) and (_of_nobody(noun, words) or _is_generic_subject(noun)):
        yield "hypothetical", noun.lower_
    if status in UNSETTLED and timeless and _is_indefinite(noun):
        yield "hypothetical", why
    opening = head.doc[head.left_edge.i : head.i]
    if is_present(head) and any(token.lower_ == "under" for token in opening):
        yield "planned", "under"  # "a deal under which Egypt sells gas"


def _of_nobody(noun: Token, words: frozenset[str]) -> bool:
    return (
        noun.lower_ in words
        or noun.lower_ == "those"
        or any(c.dep_ == "det" and c.lower_ in words for c in noun.children)
    )


def _is_generic_subject(noun: Token) -> bool:
    """ "A country that invades ...": at the head of a sentence it is any such country."""
    opens = noun.left_edge.i - noun.sent.start <= 1
    return opens and any(c.dep_ == "det" and c.lower_ in ("a", "an") for c in noun.children)


def _is_indefinite(noun: Token) -> bool:
    """Whether no "the", possessor or name says which one is meant."""
    if noun.pos_ == "PROPN":
        return False
    return not any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "these", "that"))
        for c in noun.children
    )


def _is_relative_infinitive(head: Token) -> bool:
    return any(child.tag_ == "TO" for child in head.children)


def _is_content(head: Token) -> bool:
    """Whether a clause tells what a noun says or fears, and not which one: "fears that"."""
    if _is_relative_infinitive(head):
        return head.dep_ == "acl"
    opening = next((c for c in head.children if c.lower_ == "that" and c.i > head.head.i), None)
    if opening is None or not has_subject(head):
        return False
    if opening.dep_ == "mark":
        return True
    groups = word_groups("status")
    noun = headword(head.head)
    telling = ("nouns_hypothetical", "governor_hypothetical", "governor_claimed",
               "governor_reported", "governor_denied")  # fmt: skip
    return opening.dep_ not in ("nsubj", "nsubjpass") and any(noun in groups[g] for g in telling)


def _from_joined(head: Token, governor: int, judged: dict[int, _Judged]) -> Iterator[Cue]:
    """What governs the first of two joined verbs governs the second.

    A finite verb joined to an infinitive is joined to what governs the infinitive: "plans to
    free the crew and has returned the ship".
    """
    first = head.head
    if first.i not in judged:
        status, why = judged[governor].cue
        if status != "factual" and not is_finite(head):
            yield status, why
        if not is_finite(head):
            yield from governed_by(head.doc[governor], head)
        return
    if is_finite(head) and not is_finite(first) and head.tag_ != "VB":
        if judged[first.i].cue[0] in ATTRIBUTED:
            yield judged[first.i].cue
        return
    yield from judged[first.i].above
    yield from _shared(head, first)
    if any(c.dep_ == "cc" and c.lower_ == "nor" and c.i < head.i for c in first.children):
        yield "denied", "nor"


def _shared(head: Token, first: Token) -> Iterator[Cue]:
    """Cues that stand beside the first of two joined verbs and hold for both."""
    if any(child.dep_ in ("mark", "advmod") for child in first.children):
        yield from (cue for cue in condition_cues(first) if head.i > first.i)
    contrasted = any(c.dep_ == "cc" and c.lower_ in ("but", "yet") for c in first.children)
    tensed_apart = head.tag_ == "VBD" and (first.tag_ == "VB" or contrasted)
    if tensed_apart or (has_subject(head) and head.tag_ != "VB"):
        return
    if not any(c.tag_ == "MD" for c in head.children):
        yield from mood_cues(first)
    if is_negated(first) and not contrasted and not has_subject(head):
        yield "denied", "not"


def _stands_apart(head: Token) -> bool:
    """Whether a semicolon parts a clause from the later verb that the parse hangs it on."""
    governor = governing_word(head)
    return head.i < governor.i and any(t.text == ";" for t in head.doc[head.i : governor.i])
