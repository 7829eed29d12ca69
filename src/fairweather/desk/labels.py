"""Verdicts of people as labelled data: the sentence, what was coded, what it should say."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.desk.passage import passage_of
from fairweather.ledger import PERSON, Decision, Ledger, Verdicts, verdicts
from fairweather.records import Record, Row, to_row

VERDICTS = ("accept", "reject", "correct", "supersede")


def labels(ledger: Ledger) -> Iterator[Row]:
    """One row for each coded statement that a person has judged, in the order of judging.

    A row holds `sentence` with its `document`, `start`, `end` and `published`, the record
    as `coded`, the `verdict` (accept, reject, correct), the record as `corrected` (the last
    correction of it) or null, `reason`, `by` and `recorded`. A verdict taken back gives no
    row.
    """
    decided = verdicts(ledger.decisions())
    for decision in decided.made:
        if decision.kind in VERDICTS and decision.by_person and ledger.has(decision.subject):
            coded = ledger.record(decision.subject)
            if coded.quotes and not coded.coder.startswith(PERSON):
                yield _label(ledger, decided, decision, coded)


def _label(ledger: Ledger, decided: Verdicts, decision: Decision, coded: Record) -> Row:
    passage = passage_of(ledger.document(coded.document), coded.quotes[0])
    heir = decided.heir(coded.id)
    verdict = "correct" if decision.kind == "supersede" else decision.kind
    if verdict == "correct" and decided.gone.get(heir, "").startswith("reject"):
        verdict, heir = "reject", coded.id
    return {
        "type": "label",
        "verdict": verdict,
        "sentence": passage.sentence,
        "document": passage.document.id,
        "start": passage.start,
        "end": passage.end,
        "published": passage.document.published.text(),
        "coded": to_row(coded),
        "corrected": to_row(ledger.record(heir)) if heir != coded.id else None,
        "reason": decision.reason,
        "by": decision.by.removeprefix(PERSON),
        "recorded": decision.recorded,
    }
