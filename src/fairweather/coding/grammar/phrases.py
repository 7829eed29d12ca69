"""From grammar to actors: who stands in a phrase, who does a verb, to whom.

Every function takes token and sentence and looks only at the parse; what a pronoun or
"both sides" stands for is taken from the sentence and from the dyad in focus, and marked
inferred.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from fairweather.coding.grammar.naming import speaks
from fairweather.coding.grammar.sentence import Clause, Mention, Reading, Sentence

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Token

PRONOUNS = frozenset({"it", "its", "they", "their", "them", "he", "his", "him", "she", "her"})
_MEMBERS_OF_A_PAIR = {
    "both": "sides countries parties nations states governments capitals leaders neighbours "
    "neighbors allies partners armies navies militaries presidents ministers",
    "the two": "countries sides nations states neighbours neighbors governments allies partners "
    "leaders capitals parties armies navies militaries presidents ministers powers republics "
    "kingdoms regimes",
    "two": "countries sides nations allies partners neighbours neighbors",
    "either": "side country party state nation government ally partner",
    "neither": "side country party state nation government ally partner capital",
    "each": "side country party state other",
    "the": "two parties sides allies",
    "one": "another",
}
BOTH_PHRASES = (
    "both",
    *(f"{first} {noun}" for first, nouns in _MEMBERS_OF_A_PAIR.items() for noun in nouns.split()),
)
_BOTH_SPOKEN = tuple(f" {phrase}" for phrase in BOTH_PHRASES)
_BOTH_ENDINGS = frozenset(phrase.split()[-1] for phrase in BOTH_PHRASES)
INFERRED_SCORE = 0.5


def subject_of(sentence: Sentence, clause: Clause) -> Token | None:
    """The grammatical subject of a clause, inherited from its governor where left out."""
    head = sentence.token(clause.head)
    for _ in range(6):
        found = _own_subject(head) or _controller(head)
        if found is not None:
            return found
        if head.dep_ not in ("conj", "xcomp", "advcl", "pcomp", "ccomp", "acomp"):
            return None
        head = head.head
        while head.dep_ in ("prep", "pobj") and head.head.i != head.i:
            head = head.head
    return None


def _own_subject(head: Token) -> Token | None:
    for child in head.children:
        if child.dep_ in ("nsubj", "nsubjpass", "csubj"):
            return _antecedent(child)
    return None


def _controller(head: Token) -> Token | None:
    """Who does a verb without a subject of its own: the noun it modifies, an object above."""
    if head.dep_ == "acl" and any(child.tag_ == "TO" for child in head.children):
        return _holder(head.head)
    if head.dep_ in ("relcl", "acl"):
        return head.head
    if head.dep_ == "xcomp" and head.tag_ != "VBG":
        return next((c for c in head.head.children if c.dep_ in ("dobj", "dative")), None)
    return _done_by_object(head)


def _done_by_object(gerund: Token) -> Token | None:
    """Whom a gerund is about: "accuses X of selling", "X is kept from selling" mean X."""
    preposition = gerund.head
    if gerund.dep_ != "pcomp" or preposition.lower_ not in ("of", "from", "for", "into"):
        return None
    verb = preposition.head
    if verb.pos_ != "VERB":
        return None
    meant = ("dobj", "nsubjpass") if is_passive(verb) else ("dobj",)
    return next((child for child in verb.children if child.dep_ in meant), None)


def _holder(noun: Token) -> Token | None:
    """Who has a plan, a duty or a wish: its possessor, or the subject it is object of."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    if noun.dep_ in ("dobj", "attr"):
        return next((c for c in noun.head.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return noun


def _antecedent(subject: Token) -> Token:
    """The noun that a relative pronoun stands for."""
    if subject.lower_ in ("who", "which", "that") and subject.head.dep_ == "relcl":
        return subject.head.head
    return subject


def is_passive(head: Token) -> bool:
    """Whether a verb's grammatical subject is the one acted upon."""
    if any(child.dep_ in ("nsubjpass", "auxpass") for child in head.children):
        return True
    # A reduced relative: "hostages held by", "drones supplied by".
    return head.dep_ == "acl" and head.tag_ == "VBN"


def agent_of(head: Token) -> Token | None:
    """Who does a passive verb: the object of "by"."""
    for child in head.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            return next((c for c in child.children if c.dep_ in ("pobj", "pcomp")), None)
    return None


def objects_of(head: Token) -> Iterator[Token]:
    """Direct and indirect objects of a verb."""
    yield from (c for c in head.children if c.dep_ in ("dobj", "dative", "oprd", "attr"))


def prepositional(head: Token, *words: str) -> Iterator[Token]:
    """Objects of the head's prepositions, of those named if any are."""
    for child in head.children:
        if child.dep_ in ("prep", "dative", "agent") and (not words or child.lower_ in words):
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    yield inner
                elif inner.dep_ == "prep":
                    yield from prepositional(child, *words)


def actors_in_phrase(reading: Reading, sentence: Sentence, token: Token) -> tuple[Mention, ...]:
    """The actors that a noun phrase stands for: named, owned, joined or referred to.

    Order: the head's own mention and those joined to it by "and"; else whoever speaks
    through it ("Iran's foreign ministry", "officials in Seoul"); else a pronoun's or
    "both sides"' reference. Empty where nobody is meant.
    """
    found: list[Mention] = []
    for head in (token, *_joined(token)):
        mention = sentence.mention_at(head.i)
        if mention and not (mention.weak and mention.end - 1 != head.i):
            found.append(mention)
            continue
        found += _speaking_through(sentence, head)
    if found:
        return _unique(found)
    return _referred(reading, sentence, token)


def _joined(token: Token) -> Iterator[Token]:
    for child in token.children:
        if child.dep_ == "conj":
            yield child
            yield from _joined(child)


def _speaking_through(sentence: Sentence, head: Token) -> Iterator[Mention]:
    """The state or body in whose name an office, a force or a person acts."""
    if not speaks(head):
        return
    for child in head.children:
        if child.dep_ in ("poss", "amod", "compound", "nmod"):
            mention = sentence.mention_at(child.i)
            if mention:
                yield unweakened(mention)
        elif child.dep_ == "prep" and child.lower_ in ("of", "in", "from"):
            for inner in child.children:
                mention = sentence.mention_at(inner.i)
                if mention and inner.dep_ == "pobj":
                    yield unweakened(mention)


def unweakened(mention: Mention) -> Mention:
    """The mention as one that acts, though it stands only beside a noun."""
    return replace(mention, weak=False) if mention.weak else mention


def _referred(reading: Reading, sentence: Sentence, token: Token) -> tuple[Mention, ...]:
    if token.lower_ in _BOTH_ENDINGS and f" {_phrase_text(token)}".endswith(_BOTH_SPOKEN):
        return pair_in_focus(reading, sentence, token)
    if token.lower_ in PRONOUNS:
        earlier = [m for m in sentence.mentions if m.end <= token.i and not m.weak]
        subject = next(
            (m for m in earlier if sentence.token(m.end - 1).dep_ in ("nsubj", "nsubjpass")), None
        )
        if subject and len({m.actor for m in earlier if _is_subject(sentence, m)}) == 1:
            return (_inferred(subject, token),)
    return ()


def _is_subject(sentence: Sentence, mention: Mention) -> bool:
    return sentence.token(mention.end - 1).dep_ in ("nsubj", "nsubjpass")


def _phrase_text(token: Token) -> str:
    start = min(
        (c.i for c in token.children if c.dep_ in ("det", "nummod", "amod", "predet", "quantmod")),
        default=token.i,
    )
    return str(token.doc[min(start, token.i) : token.i + 1].text.lower())


def _inferred(mention: Mention, token: Token) -> Mention:
    return replace(
        mention,
        start=token.i,
        end=token.i + 1,
        kind="inferred",
        score=INFERRED_SCORE,
        alias=token.text,
        weak=False,
    )


def pair_in_focus(reading: Reading, sentence: Sentence, token: Token) -> tuple[Mention, ...]:
    """Both members of the pair last spoken of together, else of the article's dyad.

    Where the article has a dyad, another pair counts only in the same sentence or the last.
    """
    dyad = frozenset(reading.focus)
    for distance, other in enumerate((sentence, *reading.before(sentence))):
        earlier = _principals(other, token.i if other is sentence else None)
        if len(earlier) == 2 and (distance < 2 or not dyad or dyad == set(earlier)):
            return tuple(_stand_in(actor, token) for actor in earlier)
    return tuple(_stand_in(actor, token) for actor in reading.focus)


def _principals(sentence: Sentence, before: int | None) -> tuple[str, ...]:
    mentions = [m for m in sentence.mentions if before is None or m.end <= before]
    return tuple(dict.fromkeys(m.principal for m in mentions if not m.weak))


def _stand_in(actor: str, token: Token) -> Mention:
    return Mention(actor, (), token.i, token.i + 1, "inferred", INFERRED_SCORE, token.text)


def _unique(mentions: list[Mention]) -> tuple[Mention, ...]:
    return tuple({mention.chain: mention for mention in reversed(mentions)}.values())[::-1]


def principals(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """Whom the mentions stand for in the end, each once."""
    return tuple(dict.fromkeys(mention.principal for mention in mentions))


def chain_of(mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    """The mentions as an actor list of the contract: each named, then whom it acts for."""
    return tuple(dict.fromkeys(actor for mention in mentions for actor in mention.chain))


def clause_place(sentence: Sentence, clause: Clause) -> tuple[int, int]:
    """Start and end in the document of the stretch that a clause covers."""
    first, last = sentence.token(clause.tokens[0]), sentence.token(clause.tokens[-1])
    return sentence.place(first, last)
