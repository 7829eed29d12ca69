"""Slow first steps taken before the first reader comes: imports, compiled loops, busy pairs.

A pair that most is told of takes longest to tell, and is asked for first: its page is made
while the server waits, and remembered like any other.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress
from threading import Thread

from fastapi import FastAPI, Request

from fairweather.desk import Desk
from fairweather.errors import FairweatherError, NothingFound

log = logging.getLogger(__name__)

MOST_PAIRS = 5
"""Pairs whose pages are made beforehand: those that most records name."""

LONGEST = 60.0
"""Seconds after which no further page is begun: whoever is reading by then has the machine."""


def warm(app: FastAPI) -> Thread:
    """Begin to load and make in the background what the first readers will ask for."""
    thread = Thread(target=_load, args=(app,), daemon=True, name="warming")
    thread.start()
    return thread


def _load(app: FastAPI) -> None:
    """Make the pages of the busiest pairs, the first with its charts."""
    from fairweather.desk.blocs import most_told_of

    begun = time.monotonic()
    try:
        with Desk(app.state.settings.ledger) as desk:
            for number, (a, b) in enumerate(most_told_of(desk.ledger, MOST_PAIRS)):
                if time.monotonic() - begun < LONGEST:
                    with suppress(NothingFound):  # told of in hidden rows alone: no page
                        _make(app, desk, a, b, drawn=not number)
    except FairweatherError as error:
        # The page itself tells a reader what is wrong with the ledger.
        log.warning("not warmed: %s", error)


def _make(app: FastAPI, desk: Desk, a: str, b: str, *, drawn: bool) -> None:
    """The page of a pair, kept as the answer to whoever needs no token."""
    from fairweather.brief.drawing import svg
    from fairweather.web.pages.pair import pair

    request = _asked(app, f"/pair/{a}/{b}")
    view = pair(desk, a, b)
    if app.state.guard.right_of(request):
        app.state.drawings.keep(request, view.charts)
        page = app.state.rendering.page(request, view)
        app.state.memory.keep(request, page.encode(), "text/html; charset=utf-8")
    if drawn:
        for chart in view.charts.values():
            svg(chart)


def _asked(app: FastAPI, path: str) -> Request:
    """A request for a page as a reader on this machine would send it."""
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "query_string": b"",
            "headers": [],
            "server": (app.state.settings.host, app.state.settings.port),
            "app": app,
        }
    )
