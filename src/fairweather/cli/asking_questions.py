"""The verb question: asking one, by hand, from a prediction or a scenario, and foretelling."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from fairweather.cli.manners import (
    Verbs,
    desk,
    emit,
    emit_json,
    json_option,
    output_option,
    with_ledger,
)
from fairweather.errors import MisuseError

if TYPE_CHECKING:
    from fairweather.desk import Desk
    from fairweather.desk.questions import Scorebook
    from fairweather.records.questions import Forecast, Question


@click.group(cls=Verbs)
def question() -> None:
    """Ask what will be, resolve it from the record, and score who said what.

    A question is locked once it is open: its words, criterion and dates do not change, and a
    change of mind is a new forecast. See docs/scoring.md for typed criteria.
    """


@question.command()
@click.argument("statement", required=False)
@click.option("--from", "prediction", metavar="ID", help="What this prediction foretold.")
@click.option("--predictions", is_flag=True, help="All that typed predictions foretold.")
@click.option("--terms", type=click.Path(), help="Predictions by their words (TOML).")
@click.option("--scenario", type=click.Path(), help="How far a played scenario's giver goes.")
@click.option("--run", default="", help="The scenario's run; else its first.")
@click.option("--closes", default="", metavar="DATE", help="The last day that counts.")
@click.option("--opens", default="", metavar="DATE", help="Today, unless it opens later.")
@click.option("--criterion", default="", help="What settles it: typed, or in words.")
@click.option("--condition", default="", help="Void unless this comes true: typed, or words.")
@click.option("--topic", default="", help="A word to tell scores by.")
@click.option("--answers", default="", metavar="A,B,C", help="Steps of a ladder, lowest first.")
@click.option("--about", multiple=True, metavar="ACTOR", help="Whom it is about; repeatable.")
@click.option("-p", "--probability", metavar="P", help="A first forecast: 0.3, or 0.2-0.4.")
@click.option("--instead-of", default="", metavar="ID", help="Of a question not open yet.")
@click.option("--by", help="Your name, stored with it; else the login name.")
@with_ledger
@json_option
@output_option
def add(
    statement: str | None, by: str | None, as_json: bool, output: str | None, **options: Any
) -> None:
    """Ask a question: by hand, from a prediction, or from a scenario.

    By hand it needs a STATEMENT, --closes and --criterion.
    """
    ways = ("prediction", "predictions", "terms", "scenario")
    if bool(statement) + sum(bool(options[way]) for way in ways) != 1:
        raise MisuseError(
            "give one of: a statement, --from ID, --predictions, --terms FILE, --scenario FILE"
        )
    with desk() as open_desk:
        book = open_desk.questions(by)
        if options["predictions"] or options["terms"]:
            _add_all(book, options, as_json, output)
            return
        asked = _ask(open_desk, book, statement or "", options)
        made = book.ledger.questions.forecasts(asked.id)
    if as_json:
        from fairweather.records.questions import kept_row

        told = {"question": kept_row(asked), "forecasts": [kept_row(one) for one in made]}
        emit_json(told, output)
    else:
        from fairweather.cli.scores import question_line

        emit(question_line(asked), output)


def _ask(open_desk: Desk, book: Scorebook, statement: str, options: dict[str, Any]) -> Question:
    from fairweather.scoring import Terms

    closes = day_of(options["closes"], first=False)
    if options["prediction"]:
        terms = Terms(
            closes=closes,
            criterion=options["criterion"],
            condition=options["condition"],
            topic=options["topic"],
        )
        return book.from_prediction(options["prediction"], terms)
    if not closes:
        raise MisuseError("say by when it is settled: --closes DATE")
    if options["scenario"]:
        return book.from_run(open_desk.play(options["scenario"]), options["run"], closes)
    asked = _by_hand(book, statement, closes, options)
    first = options["probability"]
    if first and asked.is_ladder:
        raise MisuseError("-p is for a question of yes or no; see `question forecast`")
    forecast = _forecast(book, asked.id, first) if first else None
    return book.add(asked, forecast, instead_of=options["instead_of"])


def _by_hand(book: Scorebook, statement: str, closes: str, options: dict[str, Any]) -> Question:
    from fairweather.desk.names import actor_id
    from fairweather.records.questions import Question
    from fairweather.scoring.criteria import parse_criteria

    typed = parse_criteria(options["criterion"])
    named = [actor_id(text, book.ledger) for text in options["about"]]
    sides = [side for criterion in typed for side in criterion.sides]
    return Question(
        statement=statement,
        opens=day_of(options["opens"], first=True) or book.on,
        closes=closes,
        criterion=options["criterion"],
        condition=options["condition"],
        answers=tuple(part.strip() for part in options["answers"].split(",") if part.strip()),
        topic=options["topic"],
        about=tuple(dict.fromkeys([*named, *sides])),
        asked_by=book.by,
    )


def _add_all(book: Scorebook, options: dict[str, Any], as_json: bool, output: str | None) -> None:
    from fairweather.cli.scores import question_line
    from fairweather.desk.files import text_of
    from fairweather.scoring.asking import parse_terms

    if options["terms"]:
        text = text_of(options["terms"])
        done = book.from_terms(parse_terms(text, options["terms"]))
    else:
        done = book.from_predictions(options["about"])
    if as_json:
        told = {
            "asked": [one.id for one in done.questions],
            "known": done.known,
            "refused": [{"prediction": one, "reason": why} for one, why in done.refused],
        }
        emit_json(told, output)
        return
    lines = [question_line(one) for one in done.questions]
    lines += [f"not asked: {one}: {why}" for one, why in done.refused]
    counts = f"{len(done.questions)} asked, {done.known} asked before, {len(done.refused)} not"
    emit("\n".join([*lines, counts]), output)


@question.command()
@click.argument("identity", metavar="ID")
@click.argument("chances", metavar="P")
@click.option("--note", default="", help="Why, in a few words.")
@click.option("--by", help="Your name; else the login name.")
@with_ledger
@json_option
def forecast(identity: str, chances: str, note: str, by: str | None, as_json: bool) -> None:
    """Give a question a forecast, or a new one: 0.3, 0.2-0.4, or shares 0.5,0.3,0.2."""
    from dataclasses import replace

    from fairweather.records.questions import kept_row

    with scorebook(by) as book:
        made = book.forecast(identity, replace(_forecast(book, identity, chances), note=note))
    if as_json:
        emit_json(kept_row(made), None)
    else:
        emit(f"{made.id}: {made.by}, {chances}, {made.made}", None)


def _forecast(book: Scorebook, identity: str, chances: str) -> Forecast:
    from fairweather.desk.questions import forecaster
    from fairweather.ledger import now
    from fairweather.records.questions import Forecast

    shares: tuple[float, ...] = ()
    low: float | None = None
    high: float | None = None
    try:
        if "," in chances:
            shares = tuple(float(part) for part in chances.split(","))
        else:
            first, _, last = chances.partition("-")
            low, high = float(first), float(last or first)
    except ValueError as error:
        raise MisuseError(f"{chances!r} is no probability: write 0.3, 0.2-0.4 or 0.5,0.3,0.2"
                          " for the shares of a ladder") from error  # fmt: skip
    return Forecast(
        question=identity,
        by=forecaster(book.by),
        made=now(),
        low=low,
        high=high,
        shares=shares,
    )


@contextmanager
def scorebook(by: str | None, *, must_exist: bool = True) -> Iterator[Scorebook]:
    """The questions of the ledger asked for, in the hands of whoever calls."""
    with desk(must_exist=must_exist) as open_desk:
        yield open_desk.questions(by)


def day_of(text: str, *, first: bool) -> str:
    """A prefix date as its first or last ISO day; "" stays "". Raises MisuseError."""
    from fairweather.errors import RecordError
    from fairweather.records import first_day, last_day

    if not text:
        return ""
    try:
        return (first_day if first else last_day)(text).isoformat()
    except RecordError as error:
        raise MisuseError(str(error)) from error
