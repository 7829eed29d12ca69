"""Slow first steps taken before the first reader comes: imports, compiled loops, one page."""

from __future__ import annotations

import logging
from threading import Thread

from fairweather.desk import Desk
from fairweather.errors import FairweatherError
from fairweather.web.settings import Settings

log = logging.getLogger(__name__)


def warm(settings: Settings) -> Thread:
    """Begin to load in the background what the first page of a pair needs."""
    thread = Thread(target=_load, args=(settings,), daemon=True, name="warming")
    thread.start()
    return thread


def _load(settings: Settings) -> None:
    """Draw the pair that most is told of, so that every library has worked once."""
    from fairweather.brief.drawing import svg
    from fairweather.desk.counting import tied
    from fairweather.web.pages.pair import pair

    try:
        with Desk(settings.ledger) as desk:
            for a, b in [both for both, _ in tied(desk.ledger).most_common(1)]:
                for section in pair(desk, a, b).shown["brief"].sections:
                    if section.chart:
                        svg(section.chart)
    except FairweatherError as error:
        # The page itself tells a reader what is wrong with the ledger.
        log.warning("not warmed: %s", error)
