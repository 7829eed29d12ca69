"""Independent origins: a story told twice is one piece of evidence.

What is decided (`relay`: a copied document, a row that credits another outlet or reports a
statement that others report too) joins origins, and so do copies that the texts themselves
show where nothing was decided; what a person has told apart stays apart. Within an origin
however many rows say the same count once. Every count of evidence goes through `origin_of`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from fairweather.coding.stories import COPY_RULE, propose_copies
from fairweather.ledger import EVERYTHING, Decision, Ledger, Window, standing
from fairweather.ledger.stories import any_made_by, told_apart
from fairweather.records import Document, Record


def origins(
    documents: Iterable[Document], made: Iterable[Decision] = (), *, compared: bool = False
) -> dict[str, str]:
    """Document id, and id of each row that relays another, -> id of the origin.

    An origin is named by its earliest document, or by the row that it goes back to where the
    rest of that row's document is of another origin. `compared`: the texts were compared when
    they were read, and the decisions tell all that came of it.
    """
    known = tuple(documents)
    decided = tuple(made)
    passed_on = {d.subject: d.object for d in standing(decided) if d.kind == "relay"}
    for copied in () if compared else propose_copies(known, told_apart(decided)):
        passed_on.setdefault(copied.document, copied.of)
    ids = dict.fromkeys([*(document.id for document in known), *passed_on])
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
    known, told = tuple(documents), {row.id: row for row in rows}
    about = [*(document.id for document in known), *told]
    compared = any_made_by(ledger, (COPY_RULE,))
    found = origins(known, ledger.decisions_about(about, window), compared=compared)
    return {
        identity: origin_of(told[source], found, own=False) if source in told else source
        for identity, source in found.items()
    }


def origin_of(record: Record, origin: Mapping[str, str], *, own: bool = True) -> str:
    """The origin of a row: that of the row it relays, else that of its document."""
    if own and record.id in origin:
        return origin[record.id]
    return origin.get(record.document, record.document)


def count_origins(records: Iterable[Record], origin: Mapping[str, str]) -> int:
    """How many independent origins stand behind some records."""
    return len({origin_of(record, origin) for record in records})
