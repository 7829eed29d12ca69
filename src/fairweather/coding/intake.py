"""`read`: from sources to records in the ledger, one document at a time.

A document and everything coded from it go in as one transaction, so that a process killed
between two documents leaves whole documents behind. One bad input never stops the rest:
it is counted, named and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fairweather.coding.extractor import Extractor, Metered, Refusal, ServiceUse, validate
from fairweather.coding.grammar.sentence import Reading
from fairweather.coding.joining import join_statements
from fairweather.coding.revisions import revision
from fairweather.coding.stories import join_stories
from fairweather.errors import MisuseError, SourceError
from fairweather.ledger import Decision, Ledger
from fairweather.ledger.parts import actors_named
from fairweather.records import Actor, Document, Record
from fairweather.records.showing import Shown
from fairweather.sources import Failure
from fairweather.sources.fetching.gathering import Web, gather
from fairweather.sources.opening import holds_articles, uri_of
from fairweather.sources.tables import TableReport, TableStore, compact, tables_in
from fairweather.sources.tables import take_in as take_table_in
from fairweather.sources.tables.store import folder_beside
from fairweather.vocabulary.gazetteer import load_gazetteer

NAMING_RULE = "rule names/1"
"""Who takes an inexact name for an actor's."""

CODED_LANGUAGE = "en"
"""What the extractors understand; a document in another language is stored, not coded."""

Progress = Callable[[str], None]
"""Told each document's title as it is done."""


@dataclass(slots=True)
class ReadReport(Shown):
    """What a `read` did: documents by outcome, and rows by type.

    `forgotten` were removed for good and are left out, with what to say of each; `revised`
    are new texts in the place of a document of that id.
    """

    new: list[Document] = field(default_factory=list)
    duplicate: list[Document] = field(default_factory=list)
    not_coded: list[tuple[Document, str]] = field(default_factory=list)
    forgotten: list[tuple[Document, str]] = field(default_factory=list)
    revised: list[tuple[str, Document]] = field(default_factory=list)
    failed: list[Failure] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)
    tables: list[TableReport] = field(default_factory=list)
    services: list[ServiceUse] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """0 all stored or already there, 2 some input failed, 3 nothing to read."""
        if self.failed:
            return 2
        return 0 if self.new or self.duplicate or self.forgotten or self.tables else 3


def read_sources(
    ledger: Ledger,
    paths: Sequence[Path | str],
    extractors: Sequence[Extractor] | None = None,
    progress: Progress = lambda title: None,
    web: Web | None = None,
    tables: Path | None = None,
) -> ReadReport:
    """Read every source into the ledger and join what belongs together.

    `web` says how web addresses among them are read: items of feeds, or their full pages.
    Event tables, known by their shape, go into the folder `tables`, beside the ledger unless
    named.
    Raises LedgerError (a full disk, a locked file) with what was read before kept; every
    other trouble is in the report.
    """
    report = ReadReport()
    coders = default_extractors() if extractors is None else extractors
    store = TableStore(tables or folder_beside(ledger.path))
    for found in gather(_without_tables(paths, store, report, progress), web):
        if isinstance(found, Failure):
            report.failed.append(found)
            continue
        take_in(ledger, found, coders, report)
        progress(found.title)
    if report.tables:
        compact(store)
    report.services = [coder.use for coder in coders if isinstance(coder, Metered)]
    if report.new:
        ledger.add((), join_statements(ledger))
        ledger.add((), join_stories(ledger, report.new))
    return report


def _without_tables(
    paths: Sequence[Path | str], store: TableStore, report: ReadReport, progress: Progress
) -> list[Path | str]:
    """The paths that hold more than event tables, once the tables at them are taken in."""
    left: list[Path | str] = []
    for path in paths:
        tables = tables_in(Path(path))
        for table in tables:
            try:
                report.tables.append(take_table_in(store, table))
            except (SourceError, MisuseError) as error:
                report.failed.append(Failure(uri_of(table), str(error)))
            progress(table.name)
        if not tables or holds_articles(Path(path)):
            left.append(path)
    return left


def default_extractors() -> tuple[Extractor, ...]:
    """The rules that come with fairweather."""
    from fairweather.coding.rules import RulesExtractor

    return (RulesExtractor(),)


def take_in(
    ledger: Ledger,
    document: Document,
    coders: Sequence[Extractor],
    report: ReadReport,
    earlier: str = "",
) -> None:
    """Store one document with its rows, or say in the report why not.

    `earlier` is the id of the document that the same item of a feed was before.
    """
    if ledger.has(document.id):
        report.duplicate.append(document)
        return
    stone = ledger.tombstones.over(document)
    if stone:
        report.forgotten.append((document, stone.told()))
        return
    records: tuple[Record, ...] = ()
    taken: tuple[Decision, ...] = ()
    if document.language != CODED_LANGUAGE:
        report.not_coded.append((document, f"not coded: language {document.language}"))
    else:
        try:
            records, refused, taken = code(document, coders)
        except Exception as error:  # one article's trouble is not the batch's
            uri = document.origin.uri if document.origin else document.url
            reason = f"coding failed, {type(error).__name__}: {error}"
            report.failed.append(Failure(f"{uri} ({document.title})", reason))
            return
        report.refused += refused
    revised = revision(ledger, document, earlier)
    ledger.add([document, *records], (*taken, *revised))
    report.new.append(document)
    report.revised += [(decision.subject, document) for decision in revised]
    for record in records:
        report.rows[record.type] = report.rows.get(record.type, 0) + 1


def code(
    document: Document, coders: Sequence[Extractor]
) -> tuple[tuple[Record, ...], tuple[Refusal, ...], tuple[Decision, ...]]:
    """The records found in a document, those refused, and whom inexact names were taken for."""
    from fairweather.coding.grammar.reader import read_document

    reading = read_document(document)
    candidates = (record for coder in coders for record in coder.extract(reading))
    kept, refused = validate(document, candidates)
    actors = (*reading.actors, *_implied(reading, kept))
    return (*actors, *kept), refused, tuple(matched_names(reading))


def _implied(reading: Reading, records: Iterable[Record]) -> Iterator[Actor]:
    """Listed actors that the rows name and no sentence does, as "both" or "the bloc" may."""
    from fairweather.coding.grammar.reader import listed_actor

    gazetteer = load_gazetteer()
    told = {one.id for one in reading.actors} | {one.id for one in records if one.type == "actor"}
    named = dict.fromkeys(actor for record in records for actor in actors_named(record))
    for actor in named:
        if actor in gazetteer.actors and actor not in told:
            yield listed_actor(gazetteer, actor)


def matched_names(reading: Reading) -> Iterator[Decision]:
    """One `match` for each actor whom the document names otherwise than the tables do."""
    found: dict[str, list[str]] = {}
    for match in reading.matches:
        found.setdefault(match.actor, []).append(f"{match.reason} ({match.score:.2f})")
    for actor, reasons in found.items():
        yield Decision(
            kind="match",
            subject=actor,
            object=reading.document.id,
            reason="; ".join(reasons),
            by=NAMING_RULE,
        )
