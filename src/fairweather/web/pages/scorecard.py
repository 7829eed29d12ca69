"""The scorecard: questions, who said what of them, and how well they did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from fastapi import Query

from fairweather.brief.calibration import calibration_chart
from fairweather.desk.questions import Listed
from fairweather.errors import NothingFound
from fairweather.records.questions import Forecast, kept_row
from fairweather.scoring import Group
from fairweather.scoring.scorecard import DIMENSIONS
from fairweather.web.pages.page import Open, Page
from fairweather.web.view import View

HEADERS = ("questions", "Brier", "90 %", "difficulty", "skill on the base rate")


def scorecard(
    desk: Open,
    by: Annotated[str, Query(pattern=f"^({'|'.join(DIMENSIONS)})$")] = "author",
) -> View:
    """Questions as they stand, and scores by author, outlet, topic, horizon or method."""
    book = desk.questions()
    card = book.scorecard()
    try:
        listed: Sequence[Listed] = book.listed()
    except NothingFound:
        listed = ()
    groups = [*card.by(by), card.whole] if card.rows else []
    return View(
        template="scorecard.html.j2",
        title="Scorecard",
        data={
            "as_of": card.as_of,
            "not_past_closing": card.closing,
            "not_resolved": card.unresolved,
            "void": card.void,
            by: [group.to_json() for group in groups],
            "questions": [{**kept_row(one.question), "standing": one.standing} for one in listed],
        },
        shown={
            "card": card,
            "by": by,
            "dimensions": tuple(DIMENSIONS),
            "headers": (by, *HEADERS),
            "groups": [(group.name, cells(group)) for group in groups],
            "chart": calibration_chart(card.whole) if card.rows else None,
            "listed": [(one, [(said.by, chances(said)) for said in one.latest]) for one in listed],
        },
        columns=(by, *HEADERS),
        rows=tuple((group.name, *cells(group)) for group in groups),
    )


def cells(group: Group) -> tuple[str, ...]:
    """A group's scores in words; "too few" below the floor."""
    if group.too_few:
        return (f"{group.questions}: too few", "", "", "", "")
    brier = group.brier
    return (
        str(group.questions),
        _number(brier.value if brier else None),
        f"{brier.low:.3f} to {brier.high:.3f}" if brier else "",
        _number(group.difficulty),
        _number(group.skill_base),
    )


def chances(forecast: Forecast) -> str:
    """A forecast's probability, its ends where they differ, or that of each step."""
    if forecast.shares:
        return " / ".join(f"{share:.2f}" for share in forecast.shares)
    low, high = forecast.low or 0.0, forecast.high or 0.0
    return f"{low:.2f}" if low == high else f"{low:.2f} to {high:.2f}"


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


SCORECARD = Page(
    "/scorecard", "scorecard", "Questions, forecasts and their scores", scorecard, lasting=False
)
