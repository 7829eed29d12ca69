"""Strands: what ties the two, from each side, with what speaks for and against."""

from __future__ import annotations

from collections.abc import Iterator

from fairweather.brief.evidence import (
    Evidence,
    ends_clause,
    excerpt,
    is_argued,
    newest_first,
    starts_clause,
)
from fairweather.brief.lines import Row, Section, Table
from fairweather.brief.wording import label, signed
from fairweather.profile import StrandView
from fairweather.records import AUTHOR, Tie
from fairweather.vocabulary import vocabulary

TELLING = 90
"""Characters of a telling quote in the table; the list of sources has more of it."""


def strands_section(evidence: Evidence) -> Section:
    """A row a strand on which there is any evidence: both sides, observers, telling words."""
    a, b = evidence.pair
    table = Table(
        caption=(
            "From −1 (all evidence against the tie) to 1 (all for it); in brackets independent"
            " origins for : against."
        ),
        headers=("Strand", label(a), label(b), "Observers", "In the sources’ words"),
        rows=tuple(_rows(evidence)),
    )
    return Section(
        key="strands",
        title="Strands, as each side sees them",
        table=table,
        find=f"fairweather find ties --actor {a} --actor {b}",
    )


def known_views(evidence: Evidence, viewpoint: str) -> list[StrandView]:
    """A side's strands on which something speaks for or against."""
    views = evidence.profile.views
    return [v for v in views if v.viewpoint == viewpoint and v.value.value is not None]


def _rows(evidence: Evidence) -> Iterator[Row]:
    for strand in vocabulary("strands"):
        views = [v for v in evidence.profile.views if v.strand == strand and v.records]
        if not views:
            continue
        by_side = {view.viewpoint: view for view in views}
        sides = [_cell(by_side.get(side)) for side in (*evidence.pair, AUTHOR)]
        telling = telling_tie(max(views, key=_weight), evidence)
        yield Row(
            (vocabulary("strands")[strand].label, *sides, _in_their_words(telling, evidence)),
            (telling.id,) if telling else (),
            tuple(view.value for view in views),
            telling.quotes[:1] if telling else (),
        )


def _cell(view: StrandView | None) -> str:
    """ "0.4 (4 : 1), rising", or what stands for nothing known."""
    if view is None:
        return "not known"
    for_, against = (int(part.value or 0) for part in view.value.ingredients[:2])
    if view.value.value is None:
        return "neutral"
    trend = f", {view.trend}" if view.trend in ("rising", "falling") else ""
    return f"{signed(view.value.value)} ({for_} : {against}){trend}"


def telling_tie(view: StrandView, evidence: Evidence) -> Tie | None:
    """The row to quote: of the side that outweighs, what reads whole, then surest and latest."""
    value = view.value.value
    rows = view.opposing if value is not None and value < 0 else view.supporting
    rows = rows or view.supporting or view.opposing or view.neutral

    def reads(tie: Tie) -> tuple[bool, bool, float, int]:
        quote = tie.quotes[0]
        whole = starts_clause(quote, evidence), ends_clause(quote, evidence)
        length = len(quote.text)
        return all(whole), any(whole), round(tie.confidence, 1), length * (length <= TELLING)

    latest = newest_first((row for row in rows if row.quotes), evidence)
    return max(latest, key=reads, default=None)


def _weight(view: StrandView) -> tuple[bool, float]:
    """Which view to quote: that of a side before observers, the more decided first."""
    return view.viewpoint != AUTHOR, abs(view.value.value or 0.0)


def _in_their_words(tie: Tie | None, evidence: Evidence) -> str:
    """The quote; that it is somebody's judgement is said with it."""
    if tie is None:
        return ""
    document = evidence.document(tie.document)
    genre = f" ({document.genre})" if document and is_argued(tie, evidence) else ""
    return f"“{excerpt(tie.quotes[0], evidence, TELLING)}”{genre}"
