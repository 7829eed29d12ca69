"""A desk, a reading and a scorecard as sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fairweather.brief.calibration import calibration_chart
from fairweather.brief.wording import counted
from fairweather.coding.intake import ReadReport
from fairweather.desk.showing.sheet import Grid, Part, Sheet, sentences
from fairweather.scoring import Group, Scorecard

if TYPE_CHECKING:
    from fairweather.desk.desk import Desk


def desk_sheet(desk: Desk) -> Sheet:
    """A desk: what its ledger holds."""
    counts = desk.ledger.counts()
    rows = tuple((kind, f"{count:,}") for kind, count in sorted(counts.items()))
    window = desk.ledger.window.text()
    seen = "" if window == "latest" else f"As of {window}"
    return Sheet(
        f"A desk over {desk.ledger.path.name}", seen, (Part(grid=Grid(("", "rows"), rows)),)
    )


def report_sheet(report: ReadReport) -> Sheet:
    """What a reading did."""
    rows = tuple((kind, f"{count:,}") for kind, count in report.rows.items())
    failed = [f"{one.uri}: {one.reason}" for one in report.failed]
    unread = [f"{document.title}: {why}" for document, why in report.not_coded]
    return Sheet(
        f"{counted(len(report.new), 'new document').capitalize()},"
        f" {len(report.duplicate)} already there, {len(report.failed)} failed",
        parts=(
            Part(grid=Grid(("", "new rows"), rows)),
            Part(told=sentences([*failed, *unread])),
        ),
    )


def scorecard_sheet(card: Scorecard) -> Sheet:
    """Who said how surely what, against what came: a row an author, then all."""
    groups = (*card.by("author"), card.whole)
    headers = ("", "questions", "Brier score", "90 %", "base rate alone", "skill")
    grid = Grid(headers, tuple((group.name, *_cells(group)) for group in groups))
    waiting = (
        f"Not counted: {card.closing} not past their closing date, {card.unresolved} not resolved,"
        f" {card.void} void. Brier: low is good; skill: 1 is perfect, 0 no better than the base"
        " rate."
    )
    chart = calibration_chart(card.whole) if card.whole.bins else None
    return Sheet(
        "Scorecard",
        f"As of {card.as_of}",
        (Part(grid=grid, told=sentences([waiting]), chart=chart),),
    )


def _cells(group: Group) -> tuple[str, ...]:
    if group.too_few or group.brier is None:
        return (f"{group.questions}: too few", "", "", "", "")
    brier = group.brier
    return (
        str(group.questions),
        f"{brier.value:.2f}",
        f"{brier.low:.2f} to {brier.high:.2f}",
        _number(group.difficulty),
        _number(group.skill_base),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"
