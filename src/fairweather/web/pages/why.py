"""Why: the chain behind a row or a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Query

from fairweather.desk import Desk
from fairweather.desk.correction_form import in_words
from fairweather.desk.names import spelt_by
from fairweather.desk.reviewed import Happened, happened
from fairweather.desk.why import FigureChain, RecordChain
from fairweather.records import Actor, Document, Record
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View


def why(
    desk: Open,
    id: Annotated[str, Query(max_length=600, description="The id of a record or a figure.")],
) -> View:
    """The chain behind an id, down to the words of the document."""
    chain = desk.why(id)
    figure = chain if isinstance(chain, FigureChain) else None
    chains = chain.chains if isinstance(chain, FigureChain) else (chain,)
    return View(
        template="why.html.j2",
        title="Why",
        data=chain.to_json(),
        shown={
            "figure": figure,
            "chains": chains,
            "fields": [] if figure else _fields(desk, chains[0].record),
            "history": [] if figure else _history(desk, chains[0]),
        },
        columns=("record", "document", "start", "end", "quote"),
        rows=tuple(_rows(chains)),
    )


def _fields(desk: Desk, record: Record) -> list[tuple[str, tuple[str, ...]]]:
    """What a record says, field by field, in words."""
    if isinstance(record, Document):
        said = (
            ("title", record.title),
            ("author", record.author),
            ("publisher", record.publisher),
            ("published", record.published.text()),
            ("by its words", record.published.basis),
            ("genre", record.genre),
            ("language", record.language),
        )
        return [(name, (text,)) for name, text in said if text]
    if isinstance(record, Actor):
        # Its roles stand in the notes, each with whether it was checked.
        return [("names", tuple(one.text for one in record.names)), ("kind", (record.kind,))]
    return list(in_words(record, spelt_by(desk.ledger)))


def _history(desk: Desk, chain: RecordChain) -> tuple[Happened, ...]:
    """What was decided about the record, and what each correction changed."""
    return happened(desk.ledger, chain.decisions)


def _rows(chains: tuple[RecordChain, ...]) -> Iterator[tuple[str, ...]]:
    for chain in chains:
        for quote in chain.cited:
            place = (str(quote.start), str(quote.end))
            yield (chain.record.id, quote.document.id, *place, quote.text)


WHY = Page("/why", "why", "The chain behind a row or a number", why)
