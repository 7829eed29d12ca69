"""What a question may see: published by a day, learnt by an instant.

This is the one place where `--as-of` and `--recorded-by` become conditions; a ledger opened
within a window (`Ledger.within`) answers every question as if nothing else were in it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from fairweather.errors import FairweatherError, MisuseError
from fairweather.records import LATEST, last_day

INSTANT = "%Y-%m-%dT%H:%M:%SZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What a question may see: published by the end of `as_of`, learnt by `recorded_by`.

    `as_of` is a full ISO day or None for everything; `recorded_by` a UTC instant
    ("2026-01-01T00:00:00Z") or None.
    """

    as_of: str | None = None
    recorded_by: str | None = None

    def narrowed(self, other: Window) -> Window:
        """What both windows show: the earlier end of each."""
        return Window(
            as_of=_earlier(self.as_of, other.as_of),
            recorded_by=_earlier(self.recorded_by, other.recorded_by),
        )

    def where(self, table: str = "") -> tuple[str, list[str]]:
        """The window as an SQL condition on documents or statements, and its values."""
        dot = f"{table}." if table else ""
        terms, values = ["1"], []
        if self.as_of:
            terms.append(f"{dot}known_by <= ?")
            values.append(self.as_of)
        if self.recorded_by:
            terms.append(f"{dot}recorded <= ?")
            values.append(self.recorded_by)
        return " AND ".join(terms), values

    def text(self) -> str:
        """The window as it stands in a figure's id: "latest", "2024-12-31",
        "latest,2026-01-01T00:00:00Z"."""
        seen = self.as_of or LATEST
        return f"{seen},{self.recorded_by}" if self.recorded_by else seen


EVERYTHING = Window()


def _earlier(one: str | None, other: str | None) -> str | None:
    ends = [end for end in (one, other) if end]
    return min(ends, default=None)


def window(as_of: str | None = None, recorded_by: str | None = None) -> Window:
    """The window of two texts as a person writes them.

    `as_of` is a prefix date and stands for its last day; `recorded_by` is an instant, or a
    prefix date that stands for its end in UTC. Raises RecordError, MisuseError.
    """
    return Window(
        as_of=last_day(as_of).isoformat() if as_of else None,
        recorded_by=instant(recorded_by) if recorded_by else None,
    )


def window_of_text(text: str) -> Window:
    """The window that `Window.text` wrote. Raises RecordError, MisuseError."""
    seen, _, recorded_by = text.partition(",")
    return window(None if seen == LATEST else seen, recorded_by or None)


def instant(text: str) -> str:
    """A UTC instant from a prefix date (its end) or an ISO instant; no zone means UTC.

    Raises MisuseError.
    """
    try:
        return f"{last_day(text).isoformat()}T23:59:59Z"
    except FairweatherError:
        pass
    try:
        moment = dt.datetime.fromisoformat(text)
    except ValueError as error:
        raise MisuseError(
            f"not an instant: {text!r}; write 2026-01-17, 2026-01-17T14:30 (UTC) or"
            " 2026-01-17T14:30:00+03:30"
        ) from error
    aware = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    return aware.astimezone(dt.UTC).strftime(INSTANT)


def now() -> str:
    """This instant in UTC, to the second."""
    return dt.datetime.now(dt.UTC).strftime(INSTANT)
