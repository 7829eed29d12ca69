"""The likeliest next moves of a pair, from coded text and from each event table apart.

Rows of different sources tell of the same world, often of the same articles: they are never added
up. Each source gives an answer of its own, or says why it gives none.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fairweather.errors import NothingFound, UnknownKey
from fairweather.history.next_moves.dealings import dealings
from fairweather.history.next_moves.likeliest import Likeliest, Move, likeliest
from fairweather.ledger import Ledger, current, current_documents
from fairweather.records import LATEST, Event, Explained, Ingredient, slug
from fairweather.records.showing import Shown
from fairweather.sources.tables import RowQuery, TableRow, TableStore, list_rows, totals
from fairweather.vocabulary import vocabulary

CODED_TEXT = "coded text"
DEEDS = ("factual", "reported")
"""Statuses of events that count: what was planned, claimed or denied is no move."""

METHOD = "next"
ARGUMENTS = ("doer", "other", "class", "days", "source")

CITED = 3
"""Rows named for each move, the latest first."""


@dataclass(frozen=True, slots=True)
class DatedMove:
    """One move of a side on a day, with the row it stands in."""

    actor: int
    event_class: str
    day: dt.date
    row: str


@dataclass(frozen=True, slots=True)
class SourceForecast(Shown):
    """What one source says: the record's first and last day, the answer, rows left out by reason.

    `classes[kind]` names a move's class; `rows[actor, kind]` are the latest rows with it.
    """

    source: str
    first: dt.date
    last: dt.date
    answer: Likeliest
    classes: tuple[str, ...]
    rows: dict[tuple[int, int], tuple[str, ...]]
    left_out: dict[str, int]
    pair: tuple[str, str]
    seen: str = LATEST

    def figure(self, move: Move) -> Explained:
        """The chance of a move as a number that knows what it was made from."""
        doer, other = self.pair[move.actor], self.pair[1 - move.actor]
        rows = self.rows.get((move.actor, move.kind), ())
        coded = self.source == CODED_TEXT
        done = Ingredient(
            f"the latest of {move.cases} days with such a move",
            records=rows if coded else (),
            source="" if coded else "; ".join(rows),
        )
        usual = Ingredient("the usual chance", round(move.usual, 6), source=self._record)
        clues = [Ingredient(f"clue {at}", source=told) for at, told in enumerate(move.reasons, 1)]
        return Explained(
            method=METHOD,
            version="1",
            arguments=(
                doer,
                other,
                self.classes[move.kind],
                str(self.answer.span),
                slug(self.source),
            ),
            meaning=f"P({doer} does at least one {self.classes[move.kind]} to {other} within"
            f" {self.answer.span} days), by {self.source}",
            value=move.chance,
            unit="probability",
            as_of=self.seen,
            formula="1 - exp(-usual rate * what the clues make of it * days), docs/next-moves.md",
            ingredients=(done, usual, *clues),
        )

    @property
    def _record(self) -> str:
        """What was counted over."""
        return f"{self.source}, {self.first} to {self.last}"


def move_figure(ledger: Ledger, tables: Path, arguments: Sequence[str]) -> Explained:
    """The figure of a move by its arguments: doer, other, class, days, source.

    Raises UnknownKey when no source gives such a move a chance any more.
    """
    told = "/".join(arguments)
    if len(arguments) != len(ARGUMENTS) or not arguments[3].isdigit():
        raise UnknownKey(f"{told}: a next move is named by {', '.join(ARGUMENTS)}")
    doer, other, event_class, days, source = arguments
    for one in next_moves(ledger, tables, doer, other, int(days)):
        for move in one.answer.moves:
            if (slug(one.source), move.actor, one.classes[move.kind]) == (source, 0, event_class):
                return one.figure(move)
    raise UnknownKey(f"{told}: no such move has a chance on the record as it is")


def next_moves(
    ledger: Ledger, tables: Path, a: str, b: str, span: int
) -> tuple[SourceForecast, ...]:
    """What a and b may do to each other within `span` days, one answer a source.

    Raises NothingFound when no source has a dated move between the two, MisuseError for a span
    out of range.
    """
    found = [*_coded(ledger, a, b, span), *_tabled(ledger, tables, a, b, span)]
    if not found:
        raise NothingFound(
            f"no dated move between {a} and {b} in {ledger.path} or its event tables"
        )
    return tuple(found)


def _coded(ledger: Ledger, a: str, b: str, span: int) -> Iterator[SourceForecast]:
    left_out: Counter[str] = Counter()
    seen = ledger.window.text()
    moves = list(_deeds(current(ledger, Event, actors=(a, b)), a, b, left_out))
    published = [one.published.latest for one in current_documents(ledger)]
    days = [day for day in published if day]
    if not moves or not days:
        return
    yield _answered(CODED_TEXT, moves, (min(days), max(days)), (a, b), span, left_out, seen)


def _deeds(events: Sequence[Event], a: str, b: str, left_out: Counter[str]) -> Iterator[DatedMove]:
    for event in events:
        if a in event.source and b in event.target:
            actor = 0
        elif b in event.source and a in event.target:
            actor = 1
        else:
            continue
        if event.status not in DEEDS:
            left_out["not told as done"] += 1
        elif event.date.precision != "day" or event.date.latest is None:
            left_out["no day given"] += 1
        else:
            yield DatedMove(actor, event.event_class, event.date.latest, event.id)


def _tabled(ledger: Ledger, folder: Path, a: str, b: str, span: int) -> Iterator[SourceForecast]:
    window, seen = ledger.window, ledger.window.text()
    store = TableStore(folder, window.recorded_by)
    if not store.exists:
        return
    rows, _ = list_rows(store, RowQuery(actors=(a, b), as_of=window.as_of), limit=1_000_000)
    months: dict[str, list[str]] = {}
    for row in totals(store, ("month",)).to_pylist():
        months.setdefault(row["dataset"], []).append(row["month"])
    for dataset in sorted({row.dataset for row in rows}):
        left_out: Counter[str] = Counter()
        moves = list(_rows_between((r for r in rows if r.dataset == dataset), a, b, left_out))
        if moves:
            ends = _record(moves, months[dataset], window.as_of)
            yield _answered(dataset, moves, ends, (a, b), span, left_out, seen)


def _rows_between(
    rows: Iterator[TableRow], a: str, b: str, left_out: Counter[str]
) -> Iterator[DatedMove]:
    for row in rows:
        if (row.source, row.target) not in ((a, b), (b, a)):
            continue
        if not row.event_class:
            left_out["plain statement"] += 1
        else:
            yield DatedMove(int(row.source == b), row.event_class, row.date, row.cited)


def _record(
    moves: Sequence[DatedMove], months: Sequence[str], as_of: str | None
) -> tuple[dt.date, dt.date]:
    """First and last day that a table covers: it is known by months, the pair's rows by days."""
    days = [move.day for move in moves]
    first = dt.date.fromisoformat(f"{min(months)}-01")
    following = dt.date.fromisoformat(f"{max(months)}-28") + dt.timedelta(days=4)
    last = following.replace(day=1) - dt.timedelta(days=1)
    if max(months) == f"{max(days):%Y-%m}":
        # The month may be cut short: the pair's own last row is the last day surely covered.
        last = max(days)
    if as_of:
        last = min(last, dt.date.fromisoformat(as_of))
    return min(first, *days), last


def _answered(
    source: str,
    moves: Sequence[DatedMove],
    record: tuple[dt.date, dt.date],
    pair: tuple[str, str],
    span: int,
    left_out: Counter[str],
    seen: str,
) -> SourceForecast:
    first, last = record
    kept = [move for move in moves if first <= move.day <= last]
    left_out["outside the days on record"] += len(moves) - len(kept)
    classes = tuple(vocabulary("event_classes"))
    of = dealings(
        np.array([move.actor for move in kept], dtype=np.int64),
        np.array([classes.index(move.event_class) for move in kept], dtype=np.int64),
        np.array([move.day.toordinal() for move in kept], dtype=np.int64),
        first=first.toordinal(),
        today=last.toordinal(),
        kinds=len(classes),
    )
    rows: dict[tuple[int, int], tuple[str, ...]] = {}
    for move in sorted(kept, key=lambda each: each.day, reverse=True):
        key = (move.actor, classes.index(move.event_class))
        rows[key] = (*rows.get(key, ()), move.row)[:CITED]
    answer = likeliest(of, span, pair)
    return SourceForecast(source, first, last, answer, classes, rows, dict(+left_out), pair, seen)
