"""What a page is made of, and what its function is given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, Query, Request
from pydantic import AfterValidator

from fairweather.desk import Desk
from fairweather.web.settings import Settings
from fairweather.web.view import View


@dataclass(frozen=True, slots=True)
class Action:
    """Something a page lets one do: a form is posted to its path; `gives` is a media type."""

    path: str
    name: str
    do: Callable[..., Any]
    gives: str = "text/html"


@dataclass(frozen=True, slots=True)
class Page:
    """A page at its path; `make` is given the desk and what stands in the address.

    It is `lasting` when it follows from the ledger and its address alone, whatever the hour.
    `charts` are the keys of those that are drawn apart from it, at `PATH/chart/KEY`.
    """

    path: str
    name: str
    summary: str
    make: Callable[..., View]
    actions: tuple[Action, ...] = ()
    lasting: bool = True
    charts: tuple[str, ...] = ()


def desk_of(request: Request) -> Iterator[Desk]:
    """The desk of one request, closed when it is answered."""
    settings: Settings = request.app.state.settings
    with Desk(settings.ledger) as desk:
        yield desk


Open = Annotated[Desk, Depends(desk_of)]

DATE = r"^(\d{4}(-\d{2}(-\d{2})?)?)?$"
"""A prefix date; an empty one, as an empty field of a form gives, is none."""


def of_calendar(text: str | None) -> str | None:
    """The prefix date, where the calendar has it. Raises ValueError."""
    if text:
        dt.date.fromisoformat(f"{text}-01-01"[: len("2025-01-01")])
    return text or None


AsOf = Annotated[
    str | None,
    Query(
        alias="as-of", description="Only what was published by the end of this date.", pattern=DATE
    ),
    AfterValidator(of_calendar),
]

Day = Annotated[
    str | None,
    Query(description="A date (2025, 2025-01 or 2025-01-17): what is newer?", pattern=DATE),
    AfterValidator(of_calendar),
]
