"""The scorecard: questions, who said what of them, and how well they did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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

HEADERS = ("questions", "Brier", "90 %", "base rate's Brier", "skill on the base rate")

MOST_QUESTIONS = 60

WORST = 0.5
"""The end of the strip that a Brier score is drawn on: half and half gets 0.25."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A Brier score with its interval beside that of the base rate, in per cent of the strip."""

    left: float
    width: float
    dot: float
    base: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One group as the table shows it."""

    group: Group
    cells: tuple[str, ...]
    strip: Strip | None
    verdict: str


def scorecard(
    desk: Open,
    by: Annotated[str, Query(pattern=f"^({'|'.join(DIMENSIONS)})$")] = "author",
    of: Annotated[
        str, Query(max_length=200, description="The group whose calibration it is.")
    ] = "",
) -> View:
    """Questions as they stand, and scores by author, outlet, topic, horizon or method.

    Only questions past their closing date count.
    """
    book = desk.questions()
    card = book.scorecard()
    try:
        listed: Sequence[Listed] = book.listed()
    except NothingFound:
        listed = ()
    groups = [*card.by(by), card.whole] if card.rows else []
    drawn = next((one for one in groups if one.name == of), card.whole)
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
            "groups": [standing(group) for group in groups],
            "drawn": drawn,
            "chart": calibration_chart(drawn) if card.rows else None,
            "open": [_latest(one) for one in listed if not one.resolution],
            "resolved": [_latest(one) for one in reversed(listed) if one.resolution],
            "most": MOST_QUESTIONS,
        },
        columns=(by, *HEADERS),
        rows=tuple((group.name, *cells(group)) for group in groups),
    )


def _latest(one: Listed) -> tuple[Listed, list[tuple[str, str]]]:
    """A question with what each forecaster said last."""
    return one, [(said.by, chances(said)) for said in one.latest]


def standing(group: Group) -> Standing:
    """A group with its strip, and whether it does better than the base rate."""
    return Standing(group, cells(group), _strip(group), "; ".join(_verdict(group)))


def _strip(group: Group) -> Strip | None:
    brier = None if group.too_few else group.brier
    if brier is None:
        return None

    def place(score: float) -> float:
        return round(100 * min(max(score, 0.0), WORST) / WORST, 1)

    low, high = place(brier.low), place(brier.high)
    base = None if group.difficulty is None else place(group.difficulty)
    return Strip(low, max(1.0, round(high - low, 1)), place(brier.value), base)


def _verdict(group: Group) -> Iterator[str]:
    """Whether the base rate lies outside the interval of the score."""
    brier, base = (None, None) if group.too_few else (group.brier, group.difficulty)
    if brier is None or base is None:
        return
    if brier.high < base:
        yield "better than the base rate"
    elif brier.low > base:
        yield "worse than the base rate"
    else:
        yield "not told apart from the base rate"


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
