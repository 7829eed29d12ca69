"""Which open questions the news bears on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from fairweather.records.questions import Question
from fairweather.scoring import Known, Proposal, propose
from fairweather.scoring.postmortem import Bearing, bearings


@dataclass(frozen=True, slots=True)
class Moved:
    """A question that new documents bear on: what they say, and what follows from it."""

    question: Question
    bearing: tuple[Bearing, ...]
    proposal: Proposal

    def to_json(self) -> dict[str, Any]:
        """The question as one plain object."""
        return {
            "question": self.question.id,
            "statement": self.question.statement,
            "moved_by": [one.to_json() for one in self.bearing],
            "proposed": self.proposal.outcome,
            "finding": self.proposal.met.finding,
        }


def moved(questions: Iterable[Question], documents: set[str], now: Known) -> Iterator[Moved]:
    """Those of the questions that rows of some documents bear on, with what they say."""
    for question in questions:
        bearing = [
            one
            for one in bearings(question, now)
            if any(quote.document in documents for quote in one.record.quotes)
        ]
        if bearing:
            yield Moved(question, tuple(bearing), propose(question, now))
