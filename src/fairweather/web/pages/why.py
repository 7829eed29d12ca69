"""Why: the chain behind a row or a number."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from fastapi import Query

from fairweather.desk.why import FigureChain, RecordChain
from fairweather.records import to_row
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View

OWN_PLACE = frozenset(
    {"type", "id", "quotes", "text", "asides", "sha256", "confidence", "coder", "recorded"}
)
"""Fields that the page shows in a place of their own, or not at all."""


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
            "chains": tuple((one, _fields(one)) for one in chains),
        },
        columns=("record", "document", "start", "end", "quote"),
        rows=tuple(_rows(chains)),
    )


def _fields(chain: RecordChain) -> list[tuple[str, object]]:
    return [
        (name, value)
        for name, value in to_row(chain.record).items()
        if name not in OWN_PLACE and value not in ("", None, [], ())
    ]


def _rows(chains: tuple[RecordChain, ...]) -> Iterator[tuple[str, ...]]:
    for chain in chains:
        for quote in chain.cited:
            place = (str(quote.start), str(quote.end))
            yield (chain.record.id, quote.document.id, *place, quote.text)


WHY = Page("/why", "why", "The chain behind a row or a number", why)
