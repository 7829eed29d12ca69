"""Questions from what is in the ledger, and what is refused of a new one."""

from __future__ import annotations

import dataclasses
import datetime as dt
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fairweather.errors import MisuseError
from fairweather.records import AUTHOR, Document, Prediction
from fairweather.records.questions import Forecast, Question, Resolution
from fairweather.scenario import RunAnswer, Scenario
from fairweather.scenario.answers import RunRecord
from fairweather.scenario.spec import PEACE_OUTCOME, WAR, WAR_OUTCOME
from fairweather.scenario.writing import plain_change
from fairweather.scoring.conditions import typed_condition
from fairweather.scoring.criteria import check_actors, parse_criteria
from fairweather.vocabulary.loader import suggest

ENGINE = "fairweather"
"""Whose forecasts those of a played scenario are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a person adds to a prediction so that it can be checked; "" keeps what it has."""

    closes: str = ""
    criterion: str = ""
    condition: str = ""
    topic: str = ""


def parse_terms(text: str, where: str) -> tuple[tuple[str, Terms], ...]:
    """The terms of a TOML file, each with the words of the prediction that they are for.

    Raises MisuseError naming the entry at fault.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MisuseError(f"{where}: not TOML: {error}") from error
    found = []
    for number, entry in enumerate(table.get("question", ()), 1):
        place = f"{where}, question {number}"
        given = {key: str(value) for key, value in entry.items()}
        words = given.pop("words", "")
        names = [field.name for field in dataclasses.fields(Terms)]
        for key in given:
            if key not in names:
                near = suggest(key, names)
                raise MisuseError(f"{place}: no key {key!r}; there are words, {', '.join(names)}"
                                  + (f'; did you mean "{near}"?' if near else ""))  # fmt: skip
        if not words:
            raise MisuseError(f"{place}: which prediction? give its words")
        found.append((words, Terms(**given)))
    if not found:
        raise MisuseError(f"{where}: no [[question]] in it")
    return tuple(found)


def ask_prediction(
    prediction: Prediction, document: Document, asked_by: str, terms: Terms | None = None
) -> tuple[Question, Forecast]:
    """The question that a prediction answers, and its answer, as of its publication.

    It opens on the last day on which its document may have been published, so that nothing
    older decides it. Raises MisuseError where it has no closing date or no probability.
    """
    given = terms or Terms()
    opens = public_on(document)
    horizon = prediction.horizon.latest
    closes = given.closes or (horizon.isoformat() if horizon else "")
    if not closes:
        raise MisuseError(f"{prediction.id} has no horizon; say by when with --closes DATE")
    if closes < opens:
        raise MisuseError(
            f"{prediction.id}: its horizon {closes} lies before {opens}, by which it was public"
        )
    if prediction.probability is None:
        raise MisuseError(f"{prediction.id} has no probability; add the question by hand")
    question = Question(
        statement=" ".join(prediction.statement.split()),
        opens=opens,
        closes=closes,
        criterion=given.criterion or prediction.criterion,
        condition=given.condition or prediction.condition,
        topic=given.topic,
        about=prediction.about,
        asked_by=asked_by,
        source=prediction.id,
        quotes=prediction.quotes,
    )
    writer = document.author or document.publisher or "unnamed"
    forecast = Forecast(
        question=question.id,
        by=writer if prediction.by == AUTHOR else prediction.by,
        made=opens,
        low=prediction.probability.low,
        high=prediction.probability.high,
        outlet=document.publisher,
        method="words",
        note=prediction.wording,
        source=prediction.id,
        quotes=prediction.quotes,
    )
    return question, forecast


def public_on(document: Document) -> str:
    """The ISO day by which a document was surely public: its recording where that is open."""
    day = document.published.latest
    return day.isoformat() if day else (document.recorded or "")[:10]


def ask_run(
    scenario: Scenario, answer: RunAnswer, record: RunRecord, closes: str, today: str
) -> tuple[Question, Forecast]:
    """How far the giver goes by a day, on the conditions of a run; a ladder of its rungs.

    Raises MisuseError for a run whose rungs have no chances.
    """
    rungs = [(layered.name, layered.blend.value) for layered in answer.ladder]
    chances = [value for _, value in rungs if value is not None]
    total = sum(chances)
    if len(chances) != len(rungs) or total <= 0:
        raise MisuseError(f"run {answer.slug!r} gives no chance of every rung")
    giver, receiver = scenario.supporter, scenario.partner
    question = Question(
        statement=f"How far {giver} supports {receiver} by {closes}: {answer.run.name}",
        opens=today,
        closes=closes,
        criterion=f"support level from {giver} to {receiver}",
        condition=_condition_of(scenario, answer),
        answers=tuple(name for name, _ in rungs),
        about=(giver, receiver),
        asked_by=ENGINE,
        source=answer.ladder[0].blend.id,
    )
    forecast = Forecast(
        question=question.id,
        by=ENGINE,
        made=today,
        shares=tuple(value / total for value in chances),
        method="scenario",
        note=f"run {answer.slug} of {record.play_id}, {record.engine}",
        source=answer.ladder[0].blend.id,
    )
    return question, forecast


def _condition_of(scenario: Scenario, answer: RunAnswer) -> str:
    """What a run fixes: war or peace as a typed sentence where it is all, else in words."""
    given = dict(answer.run.given)
    war = given.pop(WAR, None)
    fought = f"event: ASSAULT between {scenario.against} and {scenario.partner}"
    typed = {WAR_OUTCOME: fought, PEACE_OUTCOME: f"no {fought}"} if scenario.against else {}
    parts = [typed[war]] if war in typed else []
    if not given and not answer.run.changes:
        return "; ".join(parts)
    told = {WAR_OUTCOME: "war comes", PEACE_OUTCOME: "no war comes"}
    changed = [told[war]] if war in told else []
    changed += [f"{name} is {outcome}" for name, outcome in given.items()]
    changed += [f"{path} = {plain_change(value)}" for path, value in answer.run.changes]
    return f"if {', and '.join(changed)}"


# -- what is refused -------------------------------------------------------------------------


def refuse_unfit(question: Question, others: Sequence[Question], actors: Iterable[str]) -> None:
    """Raise MisuseError for a question that cannot be settled or was asked before.

    A statement that is open already is the same question: with the same terms a double, with
    others a change of its criterion, its condition or its closing date under its forecasts.
    """
    criteria = parse_criteria(question.criterion)
    check_actors((*criteria, *typed_condition(question.condition)), dict.fromkeys(actors))
    if not question.criterion:
        raise MisuseError(
            f"“{question.statement}” has no criterion: say what settles it, typed"
            " (docs/scoring.md) or in words"
        )
    for criterion in criteria:
        if criterion.by and criterion.by < question.opens:
            raise MisuseError(
                f"criterion {criterion.text()!r} ends before the question opens on {question.opens}"
            )
    for other in others:
        if other.id not in (question.id, question.replaces):
            _refuse_like(question, other)


def _refuse_like(question: Question, other: Question) -> None:
    same = _folded(question.statement) == _folded(other.statement)
    apart = question.closes < other.opens or other.closes < question.opens
    if not same or apart or _folded(question.condition) != _folded(other.condition):
        return
    if question.criterion != other.criterion:
        raise MisuseError(
            f"{other.id} asks that with another criterion ({other.criterion}); a criterion is"
            " locked once a question is open: word a question of its own"
        )
    if question.closes != other.closes:
        raise MisuseError(
            f"{other.id} asks that and closes on {other.closes}; a closing date does not move:"
            " word a question of its own"
        )
    raise MisuseError(f"{other.id} asks that already; add a forecast to it")


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def replacing(
    question: Question, old: Question, forecasts: Sequence[Forecast], today: str
) -> Question:
    """The question in the place of one that has not opened yet. Raises MisuseError."""
    if old.opens <= today or forecasts:
        why = "has forecasts" if forecasts else f"opened on {old.opens}"
        raise MisuseError(f"{old.id} {why}: it is locked. Word a question of its own")
    return replace(question, replaces=old.id)


def refuse_forecast(
    forecast: Forecast,
    question: Question,
    others: Sequence[Forecast],
    standing: Resolution | None,
) -> None:
    """Raise MisuseError for a forecast out of time, of the wrong kind, or at odds with itself."""
    if forecast.day > question.closes:
        raise MisuseError(f"{question.id} closed on {question.closes}: too late for a forecast")
    if forecast.day < question.opens:
        raise MisuseError(f"{question.id} opens on {question.opens}: not open on {forecast.day}")
    if standing is not None and forecast.day > standing.on:
        raise MisuseError(
            f"{question.id} was decided by what was public on {standing.on}:"
            f" a forecast of {forecast.day} comes too late"
        )
    if len(forecast.shares) != len(question.answers):
        wanted = f"{len(question.answers)} shares" if question.is_ladder else "one probability"
        raise MisuseError(f"{question.id} wants {wanted}")
    for other in others:
        if (other.by, other.made) == (forecast.by, forecast.made) and other.id != forecast.id:
            raise MisuseError(
                f"{forecast.by} has given {question.id} another forecast of {forecast.made};"
                " a change of mind has a time of its own"
            )


def today() -> str:
    """This day in UTC."""
    return dt.datetime.now(dt.UTC).date().isoformat()
