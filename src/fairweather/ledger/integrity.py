"""`verify`: does the ledger still prove what it says?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from fairweather.errors import QuoteError
from fairweather.ledger.matches import is_actor, split_off
from fairweather.ledger.parts import quotes_in
from fairweather.ledger.store import Ledger
from fairweather.records import RECORD_TYPES, Actor, Document, Record, fingerprint
from fairweather.vocabulary.gazetteer import load_gazetteer


def faults(ledger: Ledger) -> Iterator[str]:
    """Every fault found, one sentence each; none means the ledger is sound.

    Checked: SQLite's own integrity, foreign keys and full-text index; each document's
    hash; each quote verbatim at its offsets; each id against its content; each decision
    against the statements it names. Nothing is re-anchored or repaired.
    """
    yield from ledger.faults()
    texts: dict[str, str] = {}
    for document in ledger.documents():
        texts[document.id] = document.text
        yield from _document_faults(document)
    known = set(texts)
    for kind in RECORD_TYPES.values():
        if kind is not Document:
            for record in ledger.statements(kind):
                known.add(record.id)
                yield from _statement_faults(record, texts)
    yield from ledger.questions.faults(texts)
    yield from _decision_faults(ledger, known)


def _statement_faults(record: Record, texts: Mapping[str, str]) -> Iterator[str]:
    for quote in quotes_in(record):
        if quote.document not in texts:
            yield f"{record.id}: orphan, its document {quote.document} is not there"
            continue
        try:
            quote.verify(texts[quote.document])
        except QuoteError as error:
            yield f"{record.id}: {error}"
    # Actors carry the id that people know them by.
    if not isinstance(record, Actor):
        expected = f"{record.type}:{fingerprint(record.identifying())}"
        if record.id != expected:
            yield f"{record.id}: its content hashes to {expected}"


def _decision_faults(ledger: Ledger, known: set[str]) -> Iterator[str]:
    made = ledger.decisions()
    known = known | {decision.id for decision in made}
    known |= {split_off(d.subject, d.object) for d in made if d.kind == "split"}
    for decision in made:
        for identity in filter(None, (decision.subject, decision.object)):
            listed = is_actor(identity) and identity in load_gazetteer().actors
            if identity not in known and not listed:
                yield f"{decision.id}: speaks of {identity}, which is not there"


def _document_faults(document: Document) -> Iterator[str]:
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    if document.sha256 and document.sha256 != digest:
        yield f"{document.id}: its text hashes to {digest}, not to {document.sha256}"
    for aside in document.asides:
        if not 0 <= aside.start <= aside.end <= len(document.text):
            yield f"{document.id}: an aside of kind {aside.kind} lies outside the text"
