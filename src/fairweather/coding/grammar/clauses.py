"""Clauses and their status: did it happen, is it said, planned, imagined or denied?

The governor decides first: an act under "refuse to" did not happen, under "plan to" it
is planned, under "could" or "if" it is imagined; nouns and gerunds inherit the status of
what governs them. A hypothetical taken for a fact is the worst error a coder of text can
make, so every doubt falls on the side of the weaker status.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Clause
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

STRENGTH = ("factual", "reported", "claimed", "planned", "hypothetical", "denied")
"""Statuses from the firmest: where two bear on a clause the later one wins."""

CLAUSE_RELATIONS = frozenset(
    {"ROOT", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "csubjpass", "parataxis"}
)
NOMINAL = frozenset({"NOUN", "PROPN", "ADJ", "ADV"})
GOVERNOR_STATUS = {
    "governor_refused": "denied",
    "governor_denied": "denied",
    "governor_hypothetical": "hypothetical",
    "governor_planned": "planned",
    "governor_claimed": "claimed",
    "governor_reported": "reported",
}


def find_clauses(span: Span) -> tuple[Clause, ...]:
    """The clauses of a sentence with their status, in the order of their verbs."""
    heads = [token for token in span if is_clause_head(token)]
    owner = _owners(span, {token.i for token in heads})
    judged: dict[int, tuple[str, str]] = {}
    clauses = []
    for head in sorted(heads, key=_depth):
        governor = _governor(head, owner)
        judged[head.i] = _status(span, head, governor, judged)
        status, why = judged[head.i]
        clauses.append(
            Clause(
                head.i,
                tuple(token.i for token in span if owner[token.i] == head.i),
                governor,
                status,
                is_negated(head),
                why,
            )
        )
    return tuple(sorted(clauses, key=lambda clause: clause.head))


def is_clause_head(token: Token) -> bool:
    """Whether a token heads a clause: the root, an embedded verb, a joined verb."""
    if token.dep_ == "ROOT":
        return True
    if token.dep_ in CLAUSE_RELATIONS:
        return token.pos_ in ("VERB", "AUX") or token.dep_ in ("ccomp", "advcl", "relcl")
    return token.dep_ == "conj" and token.pos_ in ("VERB", "AUX")


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _owners(span: Span, heads: set[int]) -> dict[int, int]:
    """For each token the head of the clause that it stands in."""
    owner = {}
    for token in span:
        place = token
        while place.i not in heads and place.head.i != place.i:
            place = place.head
        owner[token.i] = place.i
    return owner


def _governor(head: Token, owner: dict[int, int]) -> int | None:
    return owner.get(head.head.i) if head.head.i != head.i else None


def _status(
    span: Span, head: Token, governor: int | None, judged: dict[int, tuple[str, str]]
) -> tuple[str, str]:
    """The clause's status and the word that decided it, given its governor's."""
    found = [("factual", ""), *_own_cues(head), *_sentence_cues(span)]
    if governor is not None and governor in judged:
        found += _inherited(head, governor, judged[governor])
    return max(found, key=lambda cue: STRENGTH.index(cue[0]))


def _own_cues(head: Token) -> Iterator[tuple[str, str]]:
    """Cues that stand in the clause itself: modals, conditions, adverbs, negation."""
    for child in head.children:
        cue = _cue_of_word(child)
        if cue:
            yield cue
    if head.dep_ == "conj":
        # "could sign and send": the modal of the first verb holds for the second.
        yield from (cue for cue in _own_cues(head.head) if not _has_subject(head))
    if is_negated(head):
        yield "denied", "not"
    if head.tag_ == "VB" and head.dep_ == "advcl" and not _has_modal(head):
        yield "planned", "to"  # an infinitive of purpose


def _cue_of_word(child: Token) -> tuple[str, str] | None:
    """What one word beside the verb makes of its clause; None where it decides nothing."""
    groups = word_groups("status")
    word = child.lower_
    if child.dep_ in ("aux", "auxpass") and child.tag_ == "MD":
        return ("planned" if word in groups["modal_planned"] else "hypothetical"), word
    if child.dep_ in ("mark", "advmod") and word in groups["conditional_marks"]:
        spoken_of_time = word in ("until", "once") and child.dep_ == "advmod"
        return None if spoken_of_time else ("hypothetical", word)
    if child.dep_ == "advcl" and _opens_condition(child):
        return "hypothetical", "if"
    if word in groups["adverbs_hypothetical"]:
        return "hypothetical", word
    return ("reported", word) if word in groups["adverbs_reported"] else None


def _opens_condition(clause: Token) -> bool:
    conditions = word_groups("status")["conditional_marks"] - {"until", "once", "whether", "lest"}
    return any(c.dep_ == "mark" and c.lower_ in conditions for c in clause.children)


def _has_subject(head: Token) -> bool:
    return any(child.dep_ in ("nsubj", "nsubjpass", "expl") for child in head.children)


def _has_modal(head: Token) -> bool:
    return any(child.tag_ == "MD" for child in head.children)


def is_negated(head: Token) -> bool:
    """Whether the act of a clause is denied by "not", "never", "no one" or the like."""
    negations = word_groups("status")["negations"]
    for child in head.children:
        if child.dep_ == "neg" or (
            child.lower_ in negations and child.dep_ in ("advmod", "preconj")
        ):
            return True
        if child.dep_ in ("nsubj", "nsubjpass", "dobj"):
            if child.lower_ in negations:
                return True
            if any(
                g.lower_ in ("no", "neither") and g.dep_ in ("det", "preconj", "cc")
                for g in child.children
            ):
                return True
    if head.dep_ == "conj" and not _has_subject(head):
        return False
    return False


def _sentence_cues(span: Span) -> Iterator[tuple[str, str]]:
    """Cues that hold for the whole sentence: phrases, a question mark."""
    groups = word_groups("status")
    text = span.text.lower()
    if text.rstrip(" \"'").endswith("?"):
        yield "hypothetical", "?"
    for phrase in (
        "in theory",
        "in this scenario",
        "in that scenario",
        "in this case",
        "in that case",
        "under certain conditions",
        "what if",
    ):
        if text.startswith(phrase) or f", {phrase}" in text[:60]:
            yield "hypothetical", phrase
    for phrase in groups["phrases_reported"]:
        if phrase in text:
            yield "reported", phrase


def _inherited(head: Token, governor: int, above: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """What the governing word and its own clause make of this one."""
    word = _governing_word(head)
    status, why = above
    if head.dep_ in ("relcl", "acl") or head.dep_ == "advcl":
        if head.dep_ == "advcl" and status in ("hypothetical", "planned") and head.tag_ == "VBG":
            yield status, why
        if head.dep_ in ("relcl", "acl") and head.dep_ == "acl":
            yield from _governed_by(word, head)
        return
    if head.dep_ == "conj" and head.tag_ in ("VB", "VBG") and head.head.tag_ == head.tag_:
        # "offered to free them and sign": what governs the first infinitive governs both.
        if status not in ("factual", "reported") and not _has_subject(head):
            yield status, why
        return
    if head.dep_ in ("conj", "ROOT", "parataxis") or _stands_apart(head, word):
        return
    yield from _governed_by(word, head)
    # A clause inside an imagined or planned one is no firmer; inside a denial of saying
    # ("did not say that") nothing follows, so it is imagined.
    if status in ("hypothetical", "planned"):
        yield status, why
    elif status == "denied":
        yield "hypothetical", why
    elif status in ("claimed", "reported") and head.dep_ in ("ccomp", "xcomp"):
        yield status, why


def _stands_apart(head: Token, governor: Token) -> bool:
    """Whether a semicolon parts a clause from the later verb that the parse hangs it on."""
    return head.i < governor.i and any(t.text == ";" for t in head.doc[head.i : governor.i])


def _governing_word(head: Token) -> Token:
    """The verb, noun or adjective that a clause is a complement of.

    A preposition passes it on ("refrained from closing"), and so does a copula to the
    adjective or noun it predicates ("it is unlikely that ...").
    """
    word = head.head
    if word.dep_ == "prep" or (word.pos_ == "ADP" and word.dep_ in ("pcomp", "agent")):
        word = word.head
    if word.lemma_ == "be":
        return next((c for c in word.children if c.dep_ in ("acomp", "attr")), word)
    return word


def _governed_by(word: Token, head: Token) -> Iterator[tuple[str, str]]:
    """The status that a verb, noun or adjective gives to its complement."""
    groups = word_groups("status")
    lemma = _headword(word)
    infinitive = head.tag_ == "VB" or any(c.tag_ == "TO" for c in head.children)
    if lemma == "go" and word.tag_ == "VBG" and infinitive:
        yield "planned", "going to"
        return
    owed = lemma in ("have", "need") and word.tag_ in ("VBZ", "VBP", "VB")
    if infinitive and (owed or lemma == "be"):
        yield "planned", f"{lemma} to"  # "is to sign", "has to be ratified"
        return
    if lemma in groups["governor_factual"]:
        return
    for group, status in GOVERNOR_STATUS.items():
        if lemma not in groups[group]:
            continue
        if group in ("governor_claimed", "governor_reported") and infinitive:
            # "is said to", "claims to", but "tells him to" orders what is not yet done.
            yield (
                ("planned", lemma) if word.pos_ == "VERB" and _has_object(word) else (status, lemma)
            )
        elif group == "governor_refused" and not infinitive and head.tag_ != "VBG":
            continue
        else:
            yield status, lemma
        return
    if word.pos_ in NOMINAL and infinitive:
        yield "hypothetical", lemma  # "a chance to", "eager to": no fact by itself


def _headword(word: Token) -> str:
    """The dictionary form; mended where the lemmatiser cuts too much ("hopes" -> "hop")."""
    lemma, form = word.lemma_.lower(), word.lower_
    plain = form.removesuffix("s")
    known = word_groups("status")
    listed = (w for w in (lemma, form, plain) if any(w in group for group in known.values()))
    return next(listed, lemma)


def _has_object(word: Token) -> bool:
    return any(child.dep_ in ("dobj", "dative") for child in word.children)


def status_of_noun(token: Token, clauses: tuple[Clause, ...]) -> tuple[str, str]:
    """The status of an act named by a noun: that of its clause, weakened by its company.

    "A possible attack", "the threat of war" and "in exchange for a withdrawal" are
    imagined even inside a factual clause.
    """
    groups = word_groups("status")
    clause = next((c for c in clauses if token.i in c.tokens), None)
    found = [(clause.status, clause.why) if clause else ("factual", "")]
    for child in token.children:
        if child.lower_ in groups["adjectives_hypothetical"]:
            found.append(("hypothetical", child.lower_))
        if child.dep_ == "det" and child.lower_ == "no":
            found.append(("denied", "no"))
    above = token.head
    if token.dep_ in ("pobj", "pcomp") and above.dep_ == "prep":
        governor = above.head
        if governor.lemma_.lower() in groups["nouns_hypothetical"] and governor.pos_ in NOMINAL:
            found.append(("hypothetical", governor.lemma_.lower()))
        if above.lower_ == "for" and governor.pos_ in ("VERB", "NOUN"):
            found.append(("hypothetical", "for"))
        if above.lower_ in ("against", "without", "despite", "amid") and above.lower_ == "without":
            found.append(("denied", "without"))
    if token.dep_ == "dobj":
        found += _object_status(above)
    return max(found, key=lambda cue: STRENGTH.index(cue[0]))


def _object_status(verb: Token) -> Iterator[tuple[str, str]]:
    """What a verb makes of the act that is its object: "plans an attack"."""
    groups = word_groups("status")
    lemma = verb.lemma_.lower()
    for group in ("governor_refused", "governor_denied"):
        if lemma in groups[group] and lemma not in ("stop", "halt", "suspend", "cease", "end"):
            yield "denied", lemma
            return
    if lemma in groups["governor_hypothetical"] and verb.pos_ == "VERB":
        yield "hypothetical", lemma
    elif lemma in groups["governor_planned"] and verb.pos_ == "VERB":
        yield "planned", lemma
