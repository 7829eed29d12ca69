"""Questions and forecasts in and out: what CSV and Metaculus-like JSON share.

Both carry what scoring needs; quotes and the ids of records stay behind (`export --all` has
them). A question comes back under the id that it had, since that is made of its wording: a row
whose id does not fit its wording was changed, and is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fairweather.errors import FairweatherError, RecordError
from fairweather.records.questions import Forecast, Question, Resolution

Told = tuple[Question, Sequence[Forecast], Resolution | None]
"""A question, some forecasts of it, and how it came out where that is told."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Questions with their forecasts and the resolutions that stand."""

    questions: tuple[Question, ...]
    forecasts: tuple[Forecast, ...]
    resolutions: tuple[Resolution, ...]

    def forecasts_of(self, question: str) -> list[Forecast]:
        """The forecasts of one question, in order."""
        return [one for one in self.forecasts if one.question == question]


class Gathered:
    """Questions as they come, each once, with what belongs to them."""

    def __init__(self) -> None:
        self._questions: dict[str, Question] = {}
        self._forecasts: dict[str, Forecast] = {}
        self._resolutions: dict[str, Resolution] = {}

    def take(self, read: Callable[[], Told], place: str) -> None:
        """Take in one row; errors name its place."""
        try:
            question, forecasts, came = read()
        except FairweatherError as error:
            raise RecordError(f"{place}: {error}") from error
        except (TypeError, ValueError, AttributeError, IndexError) as error:
            raise RecordError(f"{place}: not understood: {error}") from error
        self._questions.setdefault(question.id, question)
        self._forecasts |= {one.id: one for one in forecasts}
        if came is None:
            return
        other = self._resolutions.setdefault(question.id, came)
        if (other.outcome, other.answer) != (came.outcome, came.answer):
            raise RecordError(
                f"{place}: {question.id} came out as {other.outcome} before and as"
                f" {came.outcome} here; a question has one outcome"
            )

    def bundle(self) -> Bundle:
        """All of it, in the order of first mention."""
        return Bundle(
            tuple(self._questions.values()),
            tuple(self._forecasts.values()),
            tuple(self._resolutions.values()),
        )


def refuse_changed(question: Question, identity: str) -> None:
    """Raise RecordError where a row carries an id that its wording does not have."""
    if identity and identity != question.id:
        raise RecordError(
            f"{identity} has other words, another criterion or other dates than it was asked"
            f" with (they would be {question.id}); a question does not change: leave the id out"
            " to ask a new one"
        )
