"""`verify`: does the ledger still prove what it says?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from fairweather.errors import QuoteError, RecordError, VocabularyError
from fairweather.ledger.decisions import Decision
from fairweather.ledger.matches import is_actor, split_off
from fairweather.ledger.parts import actors_in, quotes_in
from fairweather.ledger.store import Ledger
from fairweather.records import Actor, Document, Record, fingerprint, from_row
from fairweather.vocabulary.gazetteer import load_gazetteer


def faults(ledger: Ledger) -> Iterator[str]:
    """Every fault found, one sentence each; none means the ledger is sound.

    Checked: SQLite's own integrity, foreign keys and full-text index; each document's
    hash; each quote verbatim at its offsets; each id against its content; the lists of whom
    rows are about; each decision against what it names; that nothing forgotten is still
    there. Nothing is re-anchored or repaired.
    """
    yield from ledger.faults()
    for document in ledger.documents():
        yield from _document_faults(document)
    yield from _statements_faults(ledger)
    yield from ledger.questions.faults({d.id: d.text for d in ledger.documents()})
    for decision in ledger.decisions():
        yield from _decision_faults(ledger, decision)
    for stone in ledger.tombstones.all():
        if ledger.has(stone.id):
            yield f"{stone.id}: was forgotten, and is there"


def _document_faults(document: Document) -> Iterator[str]:
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    if document.sha256 and document.sha256 != digest:
        yield f"{document.id}: its text hashes to {digest}, not to {document.sha256}"
    for aside in document.asides:
        if not 0 <= aside.start <= aside.end <= len(document.text):
            yield f"{document.id}: an aside of kind {aside.kind} lies outside the text"


def _statements_faults(ledger: Ledger) -> Iterator[str]:
    """Faults of all statements, one text at a time, so that a large ledger fits in memory."""
    texts = _Texts(ledger)
    mentions = pairs = 0
    for seq, identity, row in ledger.file.stream(
        "SELECT seq, id, row FROM statement ORDER BY document, seq"
    ):
        try:
            body = json.loads(row)
            record = from_row(body, identity)
        except (RecordError, VocabularyError, ValueError) as error:
            yield f"{identity}: cannot be read: {error}"
            continue
        if record.id != identity:
            yield f"{identity}: its row says that it is {record.id}"
        yield from _statement_faults(record, texts)
        actors = set(actors_in(body))
        mentions, pairs = mentions + len(actors), pairs + len(actors) * (len(actors) - 1) // 2
        if not all(_is_listed(ledger, actor, seq) for actor in actors):
            yield f"{identity}: not listed under every actor that it is about"
    for table, count in (("mention", mentions), ("pair", pairs)):
        stored = ledger.file.run(f"SELECT count(*) FROM {table}")[0][0]
        if stored != count:
            yield f"{table}: {stored} entries for rows that give {count}"


def _is_listed(ledger: Ledger, actor: str, seq: int) -> bool:
    sql = "SELECT 1 FROM mention WHERE actor = ? AND statement = ?"
    return bool(ledger.file.run(sql, (actor, seq)))


class _Texts:
    """The text of a document by its id; the last one asked for is kept."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._last: tuple[str, str | None] = ("", None)

    def __getitem__(self, document: str) -> str | None:
        if document != self._last[0]:
            found = self._ledger.file.run("SELECT text FROM document WHERE id = ?", (document,))
            self._last = (document, found[0][0] if found else None)
        return self._last[1]


def _statement_faults(record: Record, texts: _Texts) -> Iterator[str]:
    for quote in quotes_in(record):
        text = texts[quote.document]
        if text is None:
            yield f"{record.id}: orphan, its document {quote.document} is not there"
            continue
        try:
            quote.verify(text)
        except QuoteError as error:
            yield f"{record.id}: {error}"
    # Actors carry the id that people know them by.
    if not isinstance(record, Actor):
        expected = f"{record.type}:{fingerprint(record.identifying())}"
        if record.id != expected:
            yield f"{record.id}: its content hashes to {expected}"


def _decision_faults(ledger: Ledger, decision: Decision) -> Iterator[str]:
    for identity in filter(None, (decision.subject, decision.object)):
        if not _is_there(ledger, identity):
            yield f"{decision.id}: speaks of {identity}, which is not there"


def _is_there(ledger: Ledger, identity: str) -> bool:
    if identity.startswith("decision:"):
        return bool(ledger.file.run("SELECT 1 FROM decision WHERE id = ?", (identity,)))
    if not is_actor(identity) or ledger.has(identity):
        return ledger.has(identity)
    if identity in load_gazetteer().actors:
        return True
    splits = (d for d in ledger.decisions_on_actors() if d.kind == "split")
    return identity in {split_off(d.subject, d.object) for d in splits}
