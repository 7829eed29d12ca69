"""Questions that leave one ledger and enter another, with forecasts and resolutions."""

from __future__ import annotations

from collections.abc import Sequence

from fairweather.desk.scorecards import by_question
from fairweather.ledger.questions import Questions, standing_resolutions
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scoring import Bundle
from fairweather.scoring.asking import refuse_forecast, refuse_unfit
from fairweather.scoring.resolution import refuse_contradiction


def bundle_of(book: Questions) -> Bundle:
    """All questions with their forecasts and the resolutions that stand."""
    questions = book.all()
    ids = {question.id for question in questions}
    standing = standing_resolutions(book.resolutions())
    return Bundle(
        questions,
        tuple(one for one in book.forecasts() if one.question in ids),
        tuple(one for one in standing.values() if one.question in ids),
    )


def take_in_bundle(book: Questions, bundle: Bundle, actors: Sequence[str]) -> tuple[Question, ...]:
    """Store what is new of a bundle, all of it or nothing; the questions that are new.

    Raises MisuseError for a double, a changed criterion, a forecast out of time, a
    resolution that contradicts the one that stands.
    """
    fresh, by_id = _fresh(book, bundle, actors)
    standing = standing_resolutions(book.resolutions())
    _refuse_forecasts(book, bundle, by_id, standing)
    resolutions = _new_resolutions(bundle, by_id, standing)
    book.add([*fresh, *bundle.forecasts, *resolutions])
    return fresh


def _fresh(
    book: Questions, bundle: Bundle, actors: Sequence[str]
) -> tuple[tuple[Question, ...], dict[str, Question]]:
    """The questions that are new, each fit beside all others; and every question by its id."""
    by_id = {question.id: question for question in book.all()}
    fresh = tuple(one for one in bundle.questions if one.id not in by_id)
    for question in fresh:
        refuse_unfit(question, list(by_id.values()), actors)
        by_id[question.id] = question
    return fresh, by_id


def _refuse_forecasts(
    book: Questions,
    bundle: Bundle,
    by_id: dict[str, Question],
    standing: dict[str, Resolution],
) -> None:
    """Raises MisuseError for a forecast out of time."""
    came = {one.question: one for one in bundle.resolutions}
    made: dict[str, Forecast] = {one.id: one for one in (*book.forecasts(), *bundle.forecasts)}
    others = by_question(made.values())
    for forecast in bundle.forecasts:
        decided = standing.get(forecast.question) or came.get(forecast.question)
        refuse_forecast(forecast, by_id[forecast.question], others[forecast.question], decided)


def _new_resolutions(
    bundle: Bundle, by_id: dict[str, Question], standing: dict[str, Resolution]
) -> list[Resolution]:
    """The last resolution of each question, unless one that says the same stands."""
    came = {one.question: one for one in bundle.resolutions}
    found = [one for one in came.values() if not _stands_so(one, standing)]
    for resolution in found:
        refuse_contradiction(
            by_id[resolution.question], resolution, standing.get(resolution.question)
        )
    return found


def _stands_so(made: Resolution, standing: dict[str, Resolution]) -> bool:
    other = standing.get(made.question)
    return other is not None and (other.outcome, other.answer) == (made.outcome, made.answer)
