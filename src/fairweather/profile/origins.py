"""Independent origins: a story told twice is one piece of evidence.

What is decided (`relay`: a copied document, a row that credits another outlet or reports a
statement that others report too) joins origins, and so do copies that the texts themselves
show where nothing was decided; what a person has told apart stays apart. Within an origin
however many rows say the same count once. Every count of evidence goes through `origin_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from fairweather.coding.stories import COPY_RULE, propose_copies
from fairweather.ledger import EVERYTHING, Decision, Ledger, Window, standing
from fairweather.ledger.stories import any_made_by, told_apart
from fairweather.records import Document, Record


def origins(documents: Iterable[Document], made: Iterable[Decision] = ()) -> dict[str, str]:
    """Document id, and id of each row that relays another, -> id of the origin.

    An origin is named by its earliest document, or by the row that it goes back to where the
    rest of that row's document is of another origin.
    """
    known, decided = tuple(documents), tuple(made)
    ids = [document.id for document in known]
    return _traced(ids, _compared(known, decided) | _decided(decided))


def _decided(made: Iterable[Decision]) -> dict[str, str]:
    """What passes on what, as decided."""
    return {d.subject: d.object for d in standing(made) if d.kind == "relay"}


def _compared(documents: Iterable[Document], made: Iterable[Decision]) -> dict[str, str]:
    """Which document copies which, by their texts, but for those that were told apart."""
    copies = propose_copies(documents, told_apart(made))
    return {copied.document: copied.of for copied in copies}


def _traced(documents: Iterable[str], passed_on: Mapping[str, str]) -> dict[str, str]:
    ids = dict.fromkeys([*documents, *passed_on])
    return {identity: _source(identity, passed_on) for identity in ids}


def _source(identity: str, passed_on: Mapping[str, str]) -> str:
    seen = {identity}
    while identity in passed_on and passed_on[identity] not in seen:
        identity = passed_on[identity]
        seen.add(identity)
    return identity


def origins_of(
    ledger: Ledger,
    documents: Iterable[Document],
    rows: Iterable[Record],
    window: Window = EVERYTHING,
) -> dict[str, str]:
    """The origins of documents and of rows from them, as decided in a window.

    The source of a relaying row that stands in one of the rows is given by its document.
    """
    ids = tuple(document.id for document in documents)
    return origins_within(ledger, ids, {row.id: row.document for row in rows}, window)


def origins_within(
    ledger: Ledger, documents: Sequence[str], told: Mapping[str, str], window: Window = EVERYTHING
) -> dict[str, str]:
    """As `origins_of`, of ids: those of documents, and of rows with the document of each."""
    decided = ledger.decisions_about([*documents, *told], window)
    passed_on = _decided(decided)
    if not any_made_by(ledger, (COPY_RULE,)):
        texts = ledger.documents(window, ids=documents)
        passed_on = _compared(texts, decided) | passed_on
    found = _traced(documents, passed_on)
    return {
        identity: found.get(told[source], told[source]) if source in told else source
        for identity, source in found.items()
    }


def origin_of(record: Record, origin: Mapping[str, str]) -> str:
    """The origin of a row: that of the row it relays, else that of its document."""
    if record.id in origin:
        return origin[record.id]
    return origin.get(record.document, record.document)


def count_origins(records: Iterable[Record], origin: Mapping[str, str]) -> int:
    """How many independent origins stand behind some records."""
    return len({origin_of(record, origin) for record in records})
