"""The content of speech: which words under a verb are what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Sentence
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

LONGEST = 300
"""Code points of a claim's content."""

LONGEST_SUBJECT = 12
"""Words before a subject's head that its quote still holds."""

QUESTIONS = frozenset(
    {"what", "who", "whom", "where", "when", "whether", "if", "how", "why", "which"}
)

CLAUSE, OBJECT, GROUND, LABEL = 0.8, 0.8, 0.85, 0.7
ACCORDING, HEARSAY, THOUGHT = 0.75, 0.5, 0.65
"""How sure an act is by what gives its content: ranks, set by hand."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb that speaks and its content, `start:end` of the document.

    `root` heads the content where it is a clause; `subject_words` are the tokens of the
    verb's subject that a quote must hold.
    """

    verb: Token
    stance: str
    start: int
    end: int
    confidence: float
    root: Token | None = None
    targets: tuple[str, ...] = ()
    subject_words: tuple[Token, ...] = ()
    thinking: bool = False


def extent(
    sentence: Sentence, token: Token, opening: Token | None = None, closing: Token | None = None
) -> tuple[int, int]:
    """Start and end of the words under a token, without "that", marks and other speakers.

    With `opening` the stretch begins there, with `closing` it ends there. A joined
    clause in which somebody else speaks ends it ("A says x, while B says y").
    """
    other = {t.i for c in _other_speakers(token) for t in c.subtree}
    stops = [t.i for t in sentence.span if t.text == ";"]
    lowest = max((i for i in stops if i < token.i), default=-1)
    highest = min((i for i in stops if i > token.i), default=sentence.span.end)
    inside = sorted(t.i for t in token.subtree if t.i not in other and lowest < t.i < highest)
    kept = [token.i]
    for i in inside[inside.index(token.i) + 1 :]:
        if i - kept[-1] > 1 and any(j in other for j in range(kept[-1] + 1, i)):
            break
        kept.append(i)
    first, last = (opening.i if opening is not None else inside[0]), kept[-1]
    last = max(last, closing.i) if closing is not None else last
    doc = sentence.span.doc
    while first < last and (
        doc[first].is_punct
        or doc[first].is_space
        or doc[first].dep_ == "mark"
        or (doc[first].lower_ == "that" and doc[first].tag_ == "IN")
    ):
        first += 1
    while last > first and (
        doc[last].is_space or doc[last].text in ",;:.\"'-–—" or doc[last].dep_ == "cc"
    ):
        last -= 1
    return shortened(sentence, *sentence.place(doc[first], doc[last]))


def _other_speakers(token: Token) -> Iterator[Token]:
    """Clauses joined on to a complement in which a new subject speaks."""
    saying = word_groups("claims")["assert"] | word_groups("claims")["deny"]
    blaming = word_groups("claims")["accuse_with_ground"]
    for child in token.children:
        if child.dep_ in ("advcl", "conj", "parataxis", "ccomp") and child.i > token.i:
            speaks = child.lemma_.lower() in saying and any(
                c.dep_ == "nsubj" for c in child.children
            )
            accuses = child.tag_ == "VBG" and child.lemma_.lower() in blaming
            if speaks or accuses:
                yield child


def shortened(sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """A stretch cut at a word where it is too long for a content."""
    if end - start <= LONGEST:
        return start, end
    text = sentence.document.text
    cut = next((i for i in range(start + LONGEST, start, -1) if text[i].isspace()), end)
    return start, cut


def _subject_words(verb: Token) -> tuple[Token, ...]:
    subjects = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    edges = [
        child.left_edge for child in subjects if child.i - child.left_edge.i <= LONGEST_SUBJECT
    ]
    return (*subjects, *edges)


def make_act(
    sentence: Sentence,
    verb: Token,
    stance: str,
    content: Token,
    confidence: float,
    targets: tuple[str, ...] = (),
    opening: Token | None = None,
    closing: Token | None = None,
) -> Act:
    """An act whose content is what stands under a token."""
    start, end = extent(sentence, content, opening, closing)
    clausal = content.pos_ in ("VERB", "AUX")
    return Act(
        verb,
        stance,
        start,
        end,
        confidence,
        content if clausal else None,
        targets,
        _subject_words(verb),
        verb.lemma_.lower() in word_groups("claims")["thinking"],
    )


def child_of(token: Token, *relations: str) -> Token | None:
    """The first child in one of the relations."""
    return next((child for child in token.children if child.dep_ in relations), None)


def complement(verb: Token, *relations: str) -> Token | None:
    """The clause that a verb governs; one beyond a semicolon is another's."""
    for child in verb.children:
        if child.dep_ not in relations:
            continue
        first, last = sorted((child.i, verb.i))
        if not any(token.text == ";" for token in verb.doc[first:last]):
            return child
    return None


def asks(content: Token) -> bool:
    """Whether a clause is a question in disguise: what it consists of."""
    return content.left_edge.lower_ in QUESTIONS


def object_after(token: Token, *prepositions: str) -> Token | None:
    """The object of one of the prepositions that hang on a token."""
    for child in token.children:
        if child.dep_ in ("prep", "dative", "agent") and child.lower_ in prepositions:
            return child_of(child, "pobj", "pcomp")
    return None


def targets_of(sentence: Sentence, token: Token) -> tuple[str, ...]:
    """The principals named in a noun phrase, or the actor that it is."""
    inside = [t.i for t in token.subtree if abs(t.i - token.i) <= 12]
    found = []
    for mention in sentence.mentions:
        if any(mention.start <= i < mention.end for i in inside):
            found.append(mention.principal)
    return tuple(dict.fromkeys(found))


def tail_of(verb: Token, content: Token) -> Token | None:
    """The end of a phrase that the parse hangs on the verb: denied a part in the raid."""
    for child in verb.children:
        beside = child.dep_ == "prep" and child.i == content.right_edge.i + 1
        if beside and child.lower_ in ("in", "of", "with", "behind", "over", "to", "by", "from"):
            thing = child_of(child, "pobj", "pcomp")
            if thing is not None and thing.ent_type_ not in ("DATE", "TIME"):
                return child.right_edge
    return None
