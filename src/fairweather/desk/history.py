"""What the ledger adds to history: a pair's pacts on a date, and its tone from event tables."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fairweather.errors import FairweatherError, MisuseError, NothingFound, UnknownKey
from fairweather.history.pair import PairHistory, pair_history
from fairweather.history.tone import (
    ChangePoint,
    Outlook,
    ToneSeries,
    change_points,
    next_month,
)
from fairweather.records.showing import Shown
from fairweather.vocabulary import suggest, vocabulary

if TYPE_CHECKING:
    from fairweather.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class PairTone(Shown):
    """The monthly tone of a pair in one data set: series, changes of level, next month.

    `outlook` is None where the months are too few, `silent` says so; `unlooked` tells why no
    changes were looked for.
    """

    dataset: str
    series: ToneSeries
    changes: tuple[ChangePoint, ...]
    outlook: Outlook | None
    silent: str = ""
    unlooked: str = ""


def history_of(
    desk: Desk, a: str, b: str, *, obligations: Sequence[str] = (), as_of: str | None = None
) -> PairHistory:
    """History of a pair.

    Raises UnknownKey for what is no obligation, MisuseError for one actor named twice.
    """
    ids = desk.actor(a), desk.actor(b)
    if ids[0] == ids[1]:
        raise MisuseError(f"{a} and {b} are the same actor: {ids[0]}; name two")
    for name in obligations:
        if name not in vocabulary("obligations"):
            near = suggest(name, vocabulary("obligations"))
            hint = f'; did you mean "{near}"?' if near else ""
            raise UnknownKey(f'no obligation "{name}"{hint}')
    seen = desk.within(as_of=as_of)
    agreements = () if obligations else seen.agreements(ids)
    return pair_history(
        agreements,
        *ids,
        _day(seen, ids),
        obligations=obligations,
        as_of=seen.ledger.window.text(),
    )


def _day(desk: Desk, ids: tuple[str, str]) -> dt.date:
    """The desk's as-of day, else the last on which a document that speaks of both was out."""
    if desk.ledger.window.as_of:
        return dt.date.fromisoformat(desk.ledger.window.as_of)
    try:
        return desk.profile(*ids).last_published
    except NothingFound:
        return dt.datetime.now(dt.UTC).date()


def tones_of(desk: Desk, a: str, b: str, *, as_of: str | None = None) -> tuple[PairTone, ...]:
    """The tone of a pair in each data set of event tables; () when none was read."""
    found = []
    for pair in desk.pair_in_tables(a, b, as_of=as_of):
        sums = {
            month.month: (month.intensity or 0.0) * month.rows
            for month in pair.months
            if month.rows
        }
        found.append(_tone(pair.dataset, ToneSeries.from_sums(sums)))
    return tuple(found)


def _tone(dataset: str, series: ToneSeries) -> PairTone:
    outlook, silent, unlooked = None, "", ""
    changes: tuple[ChangePoint, ...] = ()
    try:
        outlook = next_month(series)
    except NothingFound as error:
        silent = str(error)
    try:
        changes = change_points(series)
    except FairweatherError as error:
        unlooked = str(error)
    return PairTone(dataset, series, changes, outlook, silent, unlooked)
