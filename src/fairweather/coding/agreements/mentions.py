"""Where a sentence speaks of an agreement: its name, kind, age, parties as far as named.

A mention is a noun phrase whose head the lexicon `agreements.toml` knows ("a treaty with
Oslo", "the 2009 pact"), an abbreviation that the document has introduced ("(SDA)"), or "it"
under a verb of signing. What is none in particular ("any deal", "agreements") is no mention.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.coding.agreements.names import (
    DASHES,
    OPENS_SUBJECT,
    acronym_after,
    kinds,
    name_bounds,
    text_of,
    weak_kinds,
)
from fairweather.coding.agreements.parties import parties_of_phrase
from fairweather.coding.grammar.attached_dates import tokens_of
from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.records import UNDATED, When
from fairweather.vocabulary.lexicon import word_groups

if TYPE_CHECKING:
    from fairweather.coding.grammar.tree import Span, Token


@dataclass(frozen=True, slots=True)
class AgreementMention:
    """One place where a document speaks of an agreement.

    `head` and `first` to `last` are token indices of its noun and of the phrase; `name` is
    set for a proper name only. `age` is new, old or empty. `parties` are those that the
    phrase itself gives. `date` is when it was made, as far as the phrase says so.
    """

    sentence: Sentence
    head: int
    first: int
    last: int
    kind: str
    name: str = ""
    acronym: str = ""
    words: tuple[str, ...] = ()
    topics: frozenset[str] = frozenset()
    parties: tuple[str, ...] = ()
    age: str = ""
    definite: bool = False
    refers_only: bool = False
    date: When = UNDATED
    term_years: float | None = None
    same_as: int | None = None
    """Head of the mention that this one stands beside: "the ASA, a landmark treaty"."""

    @property
    def token(self) -> Token:
        """The noun itself."""
        return self.sentence.token(self.head)

    @property
    def topmost(self) -> Token:
        """The word of the name that the others hang on: "General Security of Information Pact"."""
        token = self.token
        while self.name and self.first <= token.head.i <= self.last and token.head.i != token.i:
            token = token.head
        return token

    @property
    def weak(self) -> bool:
        """Whether its noun mostly means other things than an agreement, and bears no name."""
        return not self.name and self.doubtful

    @property
    def is_general(self) -> bool:
        """Whether its noun may be said of an agreement of any kind."""
        return self.kind in word_groups("agreements")["general_nouns"]

    @property
    def doubtful(self) -> bool:
        """Whether its noun mostly means other things than an agreement."""
        return self.kind in weak_kinds()


def acronyms_of(reading: Reading) -> dict[str, str]:
    """Abbreviations that the document itself gives to names of agreements -> the name."""
    found = {}
    for sentence in reading.sentences:
        if "(" not in sentence.text:
            continue
        for mention in find_mentions(sentence, {}):
            if mention.acronym:
                found[mention.acronym] = mention.name
    return found


def find_mentions(sentence: Sentence, acronyms: dict[str, str]) -> Iterator[AgreementMention]:
    """The mentions of agreements in a sentence, in order."""
    referring = word_groups("agreements")["referring_nouns"]
    beyond = -1
    for token in sentence.span:
        word = token.lower_
        if token.i <= beyond or _of_a_memorandum(token):
            continue
        mention = None
        if word in kinds() and token.tag_ in ("NN", "NNP", "NNPS"):
            mention = _mention(sentence, token)
        elif token.text in acronyms and token.i > beyond:
            mention = _by_acronym(sentence, token, acronyms[token.text])
        elif word in referring and _determiner(token) in ("the", "this", "that", "its"):
            mention = AgreementMention(
                sentence, token.i, token.i, token.i, "", definite=True, refers_only=True
            )
        if mention:
            beyond = mention.last if mention.name else token.i
            yield mention


def _mention(sentence: Sentence, token: Token) -> AgreementMention | None:
    if _modifies_another(token):
        return None
    first, last = name_bounds(sentence, token)
    named = first < token.i or last > token.i
    left = _left_words(sentence, token, first)
    before = [word.lower_ for word in left]
    if not named and set(before) & word_groups("agreements")["unspecific"] - {"future"}:
        return None
    start = min((word.i for word in left), default=first)
    if named:
        start = min(start, first)
    phrase = [t for t in token.doc[start : token.i] if not t.is_punct]
    topics = tuple(t.lower_ for t in phrase if _tells_matter(sentence, t.lower_, phrase))
    return AgreementMention(
        sentence,
        token.i,
        start,
        last,
        kinds()[token.lower_],
        name=text_of(sentence, first, last) if named else "",
        acronym=acronym_after(token.doc, last) if named else "",
        words=_as_written(token.doc[start : token.i]),
        topics=frozenset(topics) | _named_matter(sentence, token, last),
        parties=parties_of_phrase(sentence, token, start, last, named),
        age=_age(before),
        definite=_is_definite(token, left, named),
        date=_date_in_phrase(sentence, token, start, last),
        term_years=_term_before(phrase),
        same_as=_stands_beside(token),
    )


def _of_a_memorandum(token: Token) -> bool:
    """ "Understanding" in "memorandum of understanding"."""
    before = token.doc[token.i - 2] if token.i >= 2 else None
    return token.lower_ == "understanding" and before is not None and before.lower_ in kinds()


def _by_acronym(sentence: Sentence, token: Token, name: str) -> AgreementMention:
    kind = next((k for n, k in kinds().items() if n in name.lower().split()), "agreement")
    return AgreementMention(
        sentence, token.i, token.i, token.i, kind, name=name, acronym=token.text, definite=True
    )


def _modifies_another(token: Token) -> bool:
    """Whether the noun only describes the next one: "treaty ally", "the Pact Secretariat"."""
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if following is None or following.pos_ not in ("NOUN", "PROPN"):
        return False
    return token.dep_ == "compound" and token.head.i > token.i


# -- the phrase ---------------------------------------------------------------------------


def _determiner(token: Token) -> str:
    return next((c.lower_ for c in token.children if c.dep_ in ("det", "poss")), "")


def _left_words(sentence: Sentence, token: Token, first: int) -> list[Token]:
    """The words of the phrase before its noun, or before its name."""
    inside = ("det", "amod", "compound", "nummod", "poss", "case", "quantmod", "nmod", "advmod")
    start = first
    while start > sentence.span.start:
        word = token.doc[start - 1]
        linked = word.text in DASHES or word.lower_ == "'s" or word.text == "'s"
        if linked or _in_front(word, start, inside):
            start -= 1
        else:
            break
        if word.dep_ == "det":
            break
    return list(token.doc[start:first]) + [
        word for word in token.doc[first : token.i] if word.pos_ != "PUNCT"
    ]


def _in_front(word: Token, start: int, inside: tuple[str, ...]) -> bool:
    """Whether a word belongs to the phrase that begins at `start` so far."""
    if word.dep_ in inside and word.pos_ not in ("VERB", "ADP", "CCONJ"):
        return True
    if word.text == ",":
        return bool(word.i > 0 and word.nbor(-1).dep_ == "amod")
    return bool(word.tag_ in ("VBN", "JJ", "RB") and word.dep_ == "amod" and word.head.i >= start)


def _tells_matter(sentence: Sentence, word: str, phrase: list[Token]) -> bool:
    groups = word_groups("agreements")
    if word in groups["plain_words"] or word in groups["new"] or word in groups["old"]:
        return False
    if not any(c.isalpha() for c in word) or word in ("year", "'s", "s"):
        return False
    token = next(t for t in phrase if t.lower_ == word)
    return (
        token.pos_ in ("NOUN", "ADJ", "PROPN")
        and sentence.mention_at(token.i) is None
        and not (token.i + 1 < len(token.doc) and token.nbor(1).text in DASHES and token.is_title)
    )


def _as_written(phrase: Span) -> tuple[str, ...]:
    """The words of a phrase in lower case, those that hyphens join kept together."""
    written = "".join(token.text_with_ws for token in phrase)
    return tuple(written.lower().replace("–", "-").split())


def _named_matter(sentence: Sentence, token: Token, last: int) -> frozenset[str]:
    """The matter that follows the noun: "treaty on trade", "Treaty of Friendship"."""
    if last > token.i:
        words = token.doc[token.i + 1 : last + 1]
        return frozenset(
            t.lower_ for t in words if t.pos_ in ("NOUN", "PROPN", "ADJ") and len(t) > 2
        )
    found = set()
    dated = {i for date in sentence.dates for i in tokens_of(sentence, date.start, date.end)}
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in OPENS_SUBJECT:
            for inner in child.children:
                counted = inner.i in dated or any(c.like_num for c in inner.children)
                if inner.dep_ == "pobj" and inner.pos_ in ("NOUN", "PROPN") and not counted:
                    found.add(inner.lower_)
                    found |= {c.lower_ for c in inner.children if c.dep_ in ("amod", "compound")}
    return frozenset(word for word in found if word.isalpha())


def _age(before: list[str]) -> str:
    groups = word_groups("agreements")
    if set(before) & groups["old"]:
        return "old"
    return "new" if set(before) & groups["new"] else ""


def _is_definite(token: Token, left: list[Token], named: bool) -> bool:
    words = {word.lower_ for word in left}
    if words & {"a", "an"}:
        return named
    has_owner = any(word.dep_ == "poss" for word in left)
    return named or has_owner or bool(words & {"the", "this", "that", "its", "their"})


def _stands_beside(token: Token) -> int | None:
    """The noun of which this phrase is the apposition or the predicate."""
    if token.dep_ == "appos":
        return int(token.head.i)
    if token.dep_ == "attr" and token.head.lemma_ == "be":
        return next((int(c.i) for c in token.head.children if c.dep_ == "nsubj"), None)
    return None


def _term_before(phrase: list[Token]) -> float | None:
    """Years of "ten-year", "20-year", read from the words before the noun."""
    for number, unit in itertools.pairwise(phrase):
        if unit.lower_ in ("year", "years") and number.like_num:
            return number_of(number.text)
    joined = [found for t in phrase if (found := re.fullmatch(r"(\w+)-years?", t.lower_))]
    return number_of(joined[0][1]) if joined else None


def number_of(word: str) -> float | None:
    """The number that a word or numeral stands for."""
    from fairweather.sources.date_grammar import NUMBER_WORDS

    lower = word.lower().replace(",", "")
    if lower.isdecimal():
        return float(lower)
    tens, _, ones = lower.partition("-")
    parts = [NUMBER_WORDS.get(part) for part in (tens, ones) if part]
    if any(part is None for part in parts) or not parts:
        return None
    return float(sum(part or 0 for part in parts))


# -- its date ------------------------------------------------------------------------------


def _date_in_phrase(sentence: Sentence, token: Token, start: int, last: int) -> When:
    """The date that tells agreements apart: "the 2009 treaty", "the treaty (1994)", "of 1953"."""
    for date in sentence.dates:
        tokens = tokens_of(sentence, date.start, date.end)
        if not tokens or not date.when.known:
            continue
        before = token.doc[tokens[0] - 1] if tokens[0] > 0 else None
        inside = start <= tokens[0] <= last and len(tokens) == 1
        gap = before.i - last if before is not None else 0
        beside = before is not None and (
            (before.text == "(" and gap in (1, 4)) or (before.lower_ == "of" and gap in (1, 2))
        )
        if inside or beside:
            return date.when
    return UNDATED
