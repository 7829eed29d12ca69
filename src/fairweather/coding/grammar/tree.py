"""A parsed passage as plain objects: its tokens, who hangs on whom, its names.

The parser's own tokens are views that look up every word and walk the sentence for every
child anew; coders ask the same of the same token hundreds of times. A tree is read from the
parser once, in one walk, and answers from its slots. Names are the parser's (spaCy's), so
that grammar reads as it does anywhere: `dep_`, `head`, `children`, `left_edge`. Children,
subtrees and slices keep the order of the text; tokens are one object each, compared by
identity.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc as Parse

COLUMNS = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "ENT_TYPE", "HEAD", "ENT_IOB", "IDX",
           "SPACY", "IS_ALPHA", "IS_PUNCT", "IS_SPACE", "IS_TITLE", "LIKE_NUM")  # fmt: skip
"""What is read of every token, in the order in which it is told to it."""
HEAD = COLUMNS.index("HEAD")
COMMON_WORDS = 100_000
"""Words that are kept at hand."""
BACK = 2**63
IOB = ("", "I", "O", "B")
"""Whether a token is inside, outside or at the beginning of a name, by the parser's number."""


class Token:
    """A word of a passage, with its place in the text and in the grammar."""

    __slots__ = (
        "children", "dep_", "doc", "ent_iob_", "ent_type_", "head", "i", "idx", "is_alpha",
        "is_punct", "is_space", "is_title", "left_edge", "lemma_", "like_num", "lower_", "pos_",
        "right_edge", "sent", "tag_", "text", "whitespace_",
    )  # fmt: skip

    doc: Doc
    i: int
    idx: int
    text: str
    lower_: str
    lemma_: str
    pos_: str
    tag_: str
    dep_: str
    ent_type_: str
    ent_iob_: str
    whitespace_: str
    head: Token
    children: tuple[Token, ...]
    left_edge: Token
    right_edge: Token
    sent: Span
    is_alpha: bool
    is_punct: bool
    is_space: bool
    is_title: bool
    like_num: bool

    def __init__(self, doc: Doc, i: int, row: list[int], word: Callable[[int], str]) -> None:
        orth, lower, lemma, pos, tag, dep, entity, _, iob, idx, space, *flags = row
        alpha, punct, white, title, like_num = flags
        self.doc, self.i, self.idx = doc, i, idx
        self.text, self.lower_, self.lemma_ = word(orth), word(lower), word(lemma)
        self.pos_, self.tag_, self.dep_ = word(pos), word(tag), word(dep)
        self.ent_type_ = word(entity)
        self.ent_iob_ = IOB[iob]
        self.whitespace_ = " " if space else ""
        self.is_alpha, self.is_punct, self.is_space = alpha == 1, punct == 1, white == 1
        self.is_title, self.like_num = title == 1, like_num == 1
        self.head = self.left_edge = self.right_edge = self
        self.children = ()

    def __repr__(self) -> str:
        return self.text

    def __len__(self) -> int:
        return len(self.text)

    @property
    def lefts(self) -> Iterator[Token]:
        """The children before it."""
        return (child for child in self.children if child.i < self.i)

    @property
    def rights(self) -> Iterator[Token]:
        """The children after it."""
        return (child for child in self.children if child.i > self.i)

    @property
    def is_sent_start(self) -> bool:
        """Whether a sentence begins with it."""
        return self.i == self.sent.start

    @property
    def ancestors(self) -> Iterator[Token]:
        """The words above it, nearest first."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def subtree(self) -> Iterator[Token]:
        """The token with all that hangs on it."""
        found: list[Token] = []
        self._gather(found)
        return iter(found)

    def _gather(self, found: list[Token]) -> None:
        before = sum(1 for child in self.children if child.i < self.i)
        for child in self.children[:before]:
            child._gather(found)
        found.append(self)
        for child in self.children[before:]:
            child._gather(found)

    @property
    def text_with_ws(self) -> str:
        """Its text with the space after it."""
        return self.text + self.whitespace_

    def nbor(self, distance: int = 1) -> Token:
        """The token so many places after it, or before. Raises IndexError outside the passage."""
        place = self.i + distance
        if not 0 <= place < len(self.doc.tokens):
            raise IndexError(f"no token {distance} places from {self.text!r}")
        return self.doc.tokens[place]


@dataclass(frozen=True, slots=True)
class Span:
    """Tokens `start` up to `end` of a passage; `label_` says what a named entity is."""

    doc: Doc
    start: int
    end: int
    label_: str = ""

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self))
            return Span(self.doc, self.start + first, self.start + max(first, last))
        length = len(self)
        if not -length <= place < length:
            raise IndexError(f"no token {place} in a span of {length}")
        return self.doc.tokens[self.start + place if place >= 0 else self.end + place]

    @property
    def start_char(self) -> int:
        """Where it begins in the passage."""
        return self.doc.place(self.start)

    @property
    def end_char(self) -> int:
        """Where it ends in the passage."""
        if self.start == self.end:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its text as it stands in the passage."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def ents(self) -> Iterator[Span]:
        """The named entities that lie inside it."""
        return (e for e in self.doc.ents if self.start <= e.start and e.end <= self.end)

    @property
    def root(self) -> Token:
        """The highest token, the first of such; a sign or a space only where there is no other."""
        for token in self:
            if token.head is token:
                return token
        tops = [token for token in self if not self.start <= token.head.i < self.end]
        return min(tops, key=_depth_of_word, default=self.doc.tokens[self.start])


@dataclass(slots=True)
class Doc:
    """A passage: its text, its tokens, its sentences as the parser cuts them, its names."""

    text: str
    tokens: list[Token] = field(default_factory=list)
    sents: tuple[Span, ...] = ()
    ents: tuple[Span, ...] = ()

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @overload
    def __getitem__(self, place: int) -> Token: ...
    @overload
    def __getitem__(self, place: slice) -> Span: ...
    def __getitem__(self, place: int | slice) -> Token | Span:
        if isinstance(place, slice):
            first, last, _ = place.indices(len(self.tokens))
            return Span(self, first, max(first, last))
        return self.tokens[place]

    def place(self, token: int) -> int:
        """Where a token begins; the end of the text for the place after the last."""
        return self.tokens[token].idx if token < len(self.tokens) else len(self.text)

    def char_span(self, start: int, end: int) -> Span | None:
        """The tokens that the characters `start` up to `end` touch; None where there are none."""
        inside = [t.i for t in self.tokens if t.idx < end and start < t.idx + len(t.text)]
        return Span(self, inside[0], inside[-1] + 1) if inside else None


def _depth_of_word(token: Token) -> int:
    """Steps up to the root; of signs and spaces with nothing on them more than any word's."""
    if (token.is_space or token.is_punct) and not token.children:
        return len(token.doc) - 1
    return sum(1 for _ in token.ancestors)


def tree_of(parse: Parse) -> Doc:
    """The parser's passage as plain objects."""
    doc = Doc(parse.text)
    word = _words(parse.vocab.strings)
    table = parse.to_array(_columns()).tolist()
    doc.tokens = [Token(doc, i, row, word) for i, row in enumerate(table)]
    _hang(doc.tokens, [row[HEAD] for row in table])
    whole = [parse[:]] if len(parse) else []  # words alone, such as a title's
    cut = parse.sents if parse.has_annotation("SENT_START") else whole
    doc.sents = tuple(Span(doc, sent.start, sent.end) for sent in cut)
    for sent in doc.sents:
        for token in sent:
            token.sent = sent
    doc.ents = tuple(Span(doc, e.start, e.end, e.label_) for e in parse.ents)
    return doc


@functools.lru_cache(maxsize=2)
def _words(strings: StringStore) -> Callable[[int], str]:
    """The word of a number, from the parser's store; those met last are at hand."""

    @functools.lru_cache(maxsize=COMMON_WORDS)
    def word(key: int) -> str:
        return str(strings[key])

    return word


@functools.cache
def _columns() -> list[int | str]:
    from spacy import attrs

    return [attrs.IDS[name] for name in COLUMNS]


def _hang(tokens: list[Token], steps: list[int]) -> None:
    """Hangs every token on its head, so many places off, and stretches the edges above it."""
    children: list[list[Token]] = [[] for _ in tokens]
    for token, step in zip(tokens, steps, strict=True):
        if step:  # a negative step comes as what is left of 2 to the 64th
            place = token.i + (step if step < BACK else step - 2 * BACK)
            token.head = tokens[place]
            children[place].append(token)
    for token in tokens:
        token.children = tuple(children[token.i])
        above = token.head
        while above.left_edge.i > token.i or above.right_edge.i < token.i:
            if token.i < above.i:
                above.left_edge = token
            else:
                above.right_edge = token
            above = above.head
