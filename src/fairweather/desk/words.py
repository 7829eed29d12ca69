"""Verbs of two words: `desk.forecast.next(...)`, `desk.mechanism.play(...)`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fairweather.desk.rows import Several

if TYPE_CHECKING:
    from fairweather.desk.desk import Desk
    from fairweather.desk.history import PairTone
    from fairweather.desk.next_moves import SourceForecast
    from fairweather.scenario.mechanisms import MechanismAnswer


@dataclass(frozen=True, slots=True)
class Forecasts:
    """The words that follow `fairweather forecast`."""

    desk: Desk

    def next(
        self, a: str, b: str, *, days: int = 30, as_of: str | None = None
    ) -> Several[SourceForecast]:
        """What a and b may do to each other within `days`, one answer a source.

        Raises NothingFound when no source has a dated move between them.
        """
        return self.desk.next_moves(a, b, days=days, as_of=as_of)

    def tone(self, a: str, b: str, *, as_of: str | None = None) -> Several[PairTone]:
        """The tone of a pair by month in each event table, its changes, and the next month."""
        return self.desk.tones(a, b, as_of=as_of)


@dataclass(frozen=True, slots=True)
class Mechanisms:
    """The words that follow `fairweather mechanism`."""

    desk: Desk

    def draft(self, mechanism_id: str) -> str:
        """A file for a mechanism on record. Raises UnknownKey, ScenarioError."""
        from fairweather.desk.mechanisms import drafted_mechanism

        ledger = self.desk.ledger
        today = dt.datetime.now(dt.UTC).date().isoformat()
        return drafted_mechanism(ledger, mechanism_id, ledger.window.as_of or today)

    def play(self, path: Path | str, *, seed: int = 0) -> MechanismAnswer:
        """What the model in a file answers. Raises SourceError, ScenarioError."""
        from fairweather.desk.mechanisms import play_mechanism

        return play_mechanism(self.desk.ledger, path, seed=seed)
