"""Answers: "Would Ghana send troops? No." What a question asks of, its answer settles.

Interviews and explainers ask before they tell. A question alone says nothing; with a short
answer after it ("No.", "Hardly.", "Yes, twice.") it says as much as a statement. The row
quotes both.
"""

from __future__ import annotations

from dataclasses import dataclass

from fairweather.coding.grammar.sentence import Reading, Sentence
from fairweather.records import Quote
from fairweather.vocabulary.lexicon import word_groups

WHEN_YES = {"likely": "likely", "possible": "likely", "given": "given", "promised": "promised",
            "obliged": "obliged"}  # fmt: skip
WHEN_NO = {"likely": "unlikely", "possible": "unlikely", "given": "withheld",
           "promised": "ruled_out", "obliged": "not_obliged"}  # fmt: skip
"""What a yes and a no make of the state that the question holds."""

LONGEST_OPENING = 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to a question, in which words."""

    agrees: bool
    quote: Quote

    def settles(self, state: str) -> str:
        """The state after the answer; empty where the question held none to settle."""
        return (WHEN_YES if self.agrees else WHEN_NO).get(state, "")


def is_question(sentence: Sentence) -> bool:
    """Whether a sentence asks."""
    return sentence.text.rstrip(" \"'").endswith("?")


def answer_to(reading: Reading, question: Sentence) -> Answer | None:
    """The plain yes or no that follows a question which can be answered so, or None."""
    if not _asks_whether(question):
        return None
    for sentence in reading.sentences[question.number + 1 : question.number + 2]:
        words = [token for token in sentence.span if not token.is_punct and not token.is_space]
        groups = word_groups("support")
        opening = " ".join(word.lower_ for word in words[:LONGEST_OPENING])
        for group, agrees in (("answers_no", False), ("answers_yes", True)):
            if any(opening == word or opening.startswith(f"{word} ") for word in groups[group]):
                return Answer(agrees, sentence.quote())
    return None


def _asks_whether(question: Sentence) -> bool:
    """Whether the question opens with its verb: "would", "did", "is"."""
    words = [t for t in question.span if not t.is_punct and not t.is_space]
    groups = word_groups("support")
    opening = [word.lower_ for word in words[:2]]
    if opening[:1] in (["and"], ["but"], ["so"]):
        opening = opening[1:]
    return bool(opening) and opening[0] in groups["asks_whether"]
