"""Pairs: who stands with whom as a matrix, every pair as a list, and some beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from fairweather.brief.wording import label
from fairweather.desk import Desk
from fairweather.desk.blocs import Bond, blocs
from fairweather.errors import MisuseError, NothingFound
from fairweather.web.pages.page import AsOf, Open, Page
from fairweather.web.pages.pair import pair_named
from fairweather.web.view import Later, View

MOST_ACTORS = 60
MOST_NUMBERED = 24
"""Actors up to which the cells of the matrix have room for their numbers."""

MOST_LISTED = 60
MOST_COMPARED = 12
"""Pairs beside each other: each is profiled and played."""

HEATS = (1, 3, 10, 30)
"""Records from which a cell is a shade darker."""

CLEAR = 0.1
"""A lean nearer to nought than this is drawn as neither for nor against."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix: how much is told of two, and which way it leans."""

    one: str
    other: str
    bond: Bond

    @property
    def heat(self) -> int:
        """The shade: 0 for nothing, up to 4."""
        return sum(self.bond.records >= step for step in HEATS)

    @property
    def lean(self) -> str:
        """Which way what is told leans: "for", "against" or "even"."""
        if abs(self.bond.lean) < CLEAR:
            return "even"
        return "for" if self.bond.lean > 0 else "against"

    @property
    def told(self) -> str:
        """The cell in words, for whoever does not see its colour."""
        pair = f"{label(self.one)} and {label(self.other)}"
        records = f"{self.bond.records} record{'s' if self.bond.records != 1 else ''}"
        if not self.bond.towards and not self.bond.against:
            return f"{pair}: {records}, none for or against the tie"
        return f"{pair}: {records}, {self.bond.towards} for and {self.bond.against} against the tie"


def pairs(
    desk: Open,
    as_of: AsOf = None,
    actors: Annotated[
        int, Query(ge=2, le=MOST_ACTORS, description="How many actors the matrix shows at most.")
    ] = MOST_ACTORS,
) -> View:
    """Every pair that is told of, as a matrix in which those who stand together are neighbours."""
    found = blocs(desk.within(as_of=as_of or None).ledger, actors)
    cells = [Cell(*pair, bond) for pair, bond in found.bonds.items()]
    cells.sort(key=lambda cell: (-cell.bond.records, cell.one, cell.other))
    by_pair = {(cell.one, cell.other): cell for cell in cells}
    return View(
        template="pairs.html.j2",
        title="Pairs",
        data={"actors": list(found.actors), "pairs": [_plain(cell) for cell in cells]},
        shown={
            "actors": found.actors,
            "rows": [(one, list(_row(one, found.actors, by_pair))) for one in found.actors],
            "numbered": len(found.actors) <= MOST_NUMBERED,
            "left_out": found.left_out,
            "cells": cells[:MOST_LISTED],
            "more": max(0, len(cells) - MOST_LISTED),
            "whole": len(cells),
            "as_of": as_of or "",
            "asked": actors,
            "most": MOST_COMPARED,
        },
        columns=("a", "b", "name_a", "name_b", "records", "for", "against", "lean"),
        rows=tuple(_told(cell) for cell in cells),
    )


def _row(
    one: str, actors: Sequence[str], by_pair: dict[tuple[str, str], Cell]
) -> Iterator[Cell | None]:
    for other in actors:
        yield by_pair.get((min(one, other), max(one, other)))


def _plain(cell: Cell) -> dict[str, Any]:
    bond = cell.bond
    return {
        "pair": [cell.one, cell.other],
        "names": [label(cell.one), label(cell.other)],
        "records": bond.records,
        "for": bond.towards,
        "against": bond.against,
        "lean": round(bond.lean, 3),
    }


def _told(cell: Cell) -> tuple[str, ...]:
    plain = _plain(cell)
    numbers = (str(plain[key]) for key in ("records", "for", "against", "lean"))
    return (*plain["pair"], *plain["names"], *numbers)


def compare(
    desk: Open,
    pairs: Annotated[
        list[str],
        Query(max_length=MOST_COMPARED, description="Pairs such as RUS-IRN, with commas between."),
    ] = [],  # noqa: B006 (a query parameter's default is copied, never shared)
    as_of: AsOf = None,
) -> View:
    """Pairs beside each other: how firm, what binds them, what would break them, how far."""
    named = list(dict.fromkeys(pair_named(one) for text in pairs for one in _parts(text)))
    if len(named) > MOST_COMPARED:
        raise MisuseError(f"{len(named)} pairs; at most {MOST_COMPARED} stand beside each other")
    known = [pair for pair in named if _told_of(desk, pair, as_of)]
    asked = {
        "asked": ", ".join(f"{a}-{b}" for a, b in named),
        "known": known,
        "unknown": [tuple(map(desk.actor, pair)) for pair in named if pair not in known],
        "as_of": as_of or "",
    }
    if not known:
        return View(
            template="compare.html.j2",
            title="Pairs compared",
            data={"pairs": [], "unknown": asked["unknown"]},
            shown=asked | {"brief": None},
        )
    brief = desk.compare(known, as_of=as_of)
    (table,) = (one.table for one in brief.sections if one.table is not None)
    return View(
        template="compare.html.j2",
        title=brief.title,
        data=Later(brief.to_json),
        shown=asked | {"brief": brief, "table": table},
        columns=table.headers,
        rows=tuple(row.cells for row in table.rows),
    )


def _told_of(desk: Desk, pair: tuple[str, str], as_of: str | None) -> bool:
    """Whether any text speaks of both. Raises UnknownActor for a name that is none."""
    try:
        desk.profile(*pair, as_of=as_of)
    except NothingFound:
        return False
    return True


def _parts(text: str) -> list[str]:
    return [part for part in (one.strip() for one in text.split(",")) if part]


PAIRS = Page("/pairs", "pairs", "Every pair in the ledger, who stands with whom", pairs)
COMPARE = Page("/compare", "compare", "Several pairs beside each other", compare)
