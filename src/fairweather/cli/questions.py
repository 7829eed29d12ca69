"""The verb question: ask, list, resolve, score; what was known, and who was right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairweather.cli.manners import (
    Verbs,
    as_of_option,
    desk,
    emit,
    emit_json,
    json_option,
    output_option,
    talk,
    window_options,
    with_ledger,
)
from fairweather.errors import MisuseError, NothingFound, SourceError, UnreadableError

if TYPE_CHECKING:
    from fairweather.desk.questions import Scorebook
    from fairweather.records.questions import Forecast, Question

FORMATS = ("csv", "metaculus")
DIMENSIONS = ("author", "outlet", "topic", "horizon", "method")


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
    with scorebook(by) as book:
        if options["predictions"] or options["terms"]:
            _add_all(book, options, as_json, output)
            return
        asked = _ask(book, statement or "", options)
        made = book.ledger.questions.forecasts(asked.id)
    if as_json:
        from fairweather.records.questions import kept_row

        told = {"question": kept_row(asked), "forecasts": [kept_row(one) for one in made]}
        emit_json(told, output)
    else:
        from fairweather.cli.scores import question_line

        emit(question_line(asked), output)


def _ask(book: Scorebook, statement: str, options: dict[str, Any]) -> Question:
    from fairweather.scoring import Terms

    closes = _day(options["closes"], first=False)
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
        return book.from_run(_played(book, options["scenario"]), options["run"], closes)
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
        opens=_day(options["opens"], first=True) or book.on,
        closes=closes,
        criterion=options["criterion"],
        condition=options["condition"],
        answers=tuple(part.strip() for part in options["answers"].split(",") if part.strip()),
        topic=options["topic"],
        about=tuple(dict.fromkeys([*named, *sides])),
        asked_by=book.by,
    )


def _played(book: Scorebook, path: str) -> Any:
    from fairweather.desk.desk import load_scenario
    from fairweather.scenario import play_scenario, write_scenario

    scenario = load_scenario(path)
    play = play_scenario(scenario)
    book.ledger.keep_scenario(play.record.scenario_id, write_scenario(scenario))
    return play


def _add_all(book: Scorebook, options: dict[str, Any], as_json: bool, output: str | None) -> None:
    from fairweather.cli.scores import question_line
    from fairweather.scoring.asking import parse_terms

    if options["terms"]:
        text = _text_of(options["terms"])
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


@question.command("list")
@click.option("--standing", type=click.Choice(["open", "due", "resolved", "void"]))
@click.option("--actor", "actors", multiple=True, help="About this actor; may be repeated.")
@with_ledger
@json_option
@output_option
def list_(standing: str | None, actors: tuple[str, ...], as_json: bool, output: str | None) -> None:
    """List questions: open, due to be resolved, resolved, void; who says what last."""
    from fairweather.cli.scores import list_table, listed_json

    with scorebook(None) as book:
        found = book.listed(standing or "", actors)
    if as_json:
        emit_json({"questions": [listed_json(one) for one in found]}, output)
    else:
        emit(list_table(found), output)


@question.command()
@click.argument("identity", metavar="[ID]", required=False)
@click.option("--outcome", type=click.Choice(["occurred", "did_not_occur", "partly", "void"]))
@click.option("--answer", default="", help="The step of a ladder that was reached.")
@click.option("--because", default="", help="The reason, in words.")
@click.option("--citing", multiple=True, metavar="RECORD", help="A record it rests on.")
@click.option("--on", default="", metavar="DATE", help="Since when that is public.")
@click.option("--again", is_flag=True, help="In place of the resolution that stands.")
@click.option("--confirm", is_flag=True, help="As the record proposes.")
@click.option("--certain", is_flag=True, help="All that typed records alone settle.")
@click.option("--by", help="Your name; else the login name.")
@window_options
@with_ledger
@json_option
@output_option
def resolve(
    identity: str | None,
    by: str | None,
    as_json: bool,
    output: str | None,
    **options: Any,
) -> None:
    """Propose outcomes from the record, with the deciding quotes; a person confirms.

    Without --confirm, --outcome or --certain nothing is stored.
    """
    from fairweather.cli.scores import proposal_json, proposals_text, resolution_text
    from fairweather.records.questions import kept_row

    with scorebook(by) as book:
        made = _resolve(book, identity, options)
        if made is None:
            found = book.proposals([identity] if identity else [])
            if not found:
                raise NothingFound("no question is waiting to be resolved")
            told = proposals_text(found, book.ledger)
            plain: Any = {"proposals": [proposal_json(one) for one in found]}
        else:
            told = "\n".join(resolution_text(one) for one in made) or "nothing is certain yet"
            plain = {"resolutions": [kept_row(one) for one in made]}
    if as_json:
        emit_json(plain, output)
    else:
        emit(told, output)


def _resolve(book: Scorebook, identity: str | None, options: dict[str, Any]) -> list[Any] | None:
    """The resolutions made; None where the call only asks what the record proposes."""
    from fairweather.ledger import EVERYTHING

    deciding = [name for name in ("outcome", "confirm", "certain") if options[name]]
    if not deciding:
        return None
    if len(deciding) > 1:
        raise MisuseError("give one of --outcome, --confirm and --certain")
    if options["certain"]:
        if identity:
            raise MisuseError("--certain is for all questions; --confirm takes one")
        return list(book.resolve_certain())
    if not identity:
        raise MisuseError("say which question: fairweather question resolve ID ...")
    if book.ledger.window != EVERYTHING:
        raise MisuseError("--as-of shows what was known then; a resolution is made now")
    if options["confirm"]:
        return [book.confirm(identity, options["because"], again=options["again"])]
    if not options["because"]:
        raise MisuseError("a resolution by judgement needs a reason: --because")
    return [
        book.resolve(
            identity,
            options["outcome"],
            options["because"],
            answer=options["answer"],
            on=_day(options["on"], first=False),
            records=options["citing"],
            again=options["again"],
        )
    ]


@question.command()
@click.option("--by", "dimension", type=click.Choice(DIMENSIONS), default="author")
@click.option(
    "--chart", type=click.Path(dir_okay=False), metavar="FILE", help="Calibration as SVG."
)
@as_of_option
@with_ledger
@json_option
@output_option
def score(
    dimension: str, chart: str | None, as_of: str | None, as_json: bool, output: str | None
) -> None:
    """Score who said what against what came: Brier, log, ranked, calibration, skill.

    Only questions past their closing date count; a mean of few questions is not told.
    """
    from fairweather.cli.scores import scorecard_json, scorecard_text

    with scorebook(None) as book:
        if not book.ledger.questions.all():
            raise NothingFound("no question was asked yet; `fairweather question add`")
        card = book.scorecard(_day(as_of or "", first=False))
    if chart:
        _draw(card, chart)
    if as_json:
        emit_json(scorecard_json(card, dimension), output)
    else:
        emit(scorecard_text(card, dimension), output)


def _draw(card: Any, path: str) -> None:
    from fairweather.brief.calibration import calibration_chart
    from fairweather.brief.drawing import svg

    made = calibration_chart(card.whole)
    if made is None:
        raise NothingFound("too few questions are scored to draw their calibration")
    try:
        Path(path).write_text(svg(made), encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"{path} cannot be written: {error.strerror}") from error
    talk(f"calibration drawn in {path}")


@question.command()
@click.argument("identity", metavar="ID")
@window_options
@with_ledger
@json_option
@output_option
def show(identity: str, as_json: bool, output: str | None) -> None:
    """Show one question: what was known, what moved, what decided it, who was right."""
    from fairweather.cli.scores import post_mortem_text

    with scorebook(None) as book:
        found = book.show(identity)
        told = post_mortem_text(found, book.ledger)
    if as_json:
        emit_json(found.to_json(), output)
    else:
        emit(told, output)


@question.command("import")
@click.argument("file", type=click.Path())
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else by the file's ending.")
@click.option("--by", help="Your name, for what names nobody; else the login name.")
@with_ledger
@json_option
def import_(file: str, form: str | None, by: str | None, as_json: bool) -> None:
    """Take in questions, forecasts and outcomes from CSV or Metaculus-like JSON."""
    from fairweather.scoring import from_csv, from_metaculus

    text = _text_of(file)
    read = from_metaculus if _form(form, file) == "metaculus" else from_csv
    with scorebook(by, must_exist=False) as book:
        bundle = read(text, file, book.by)
        done = book.take_in(bundle)
    told = {
        "asked": len(done.questions),
        "known": done.known,
        "forecasts": len(bundle.forecasts),
        "resolutions": len(bundle.resolutions),
    }
    if as_json:
        emit_json(told, None)
    else:
        emit(", ".join(f"{count} {name}" for name, count in told.items()), None)


@question.command()
@click.option("--format", "form", type=click.Choice(FORMATS), help="Else by -o; else csv.")
@with_ledger
@output_option
def export(form: str | None, output: str | None) -> None:
    """Write questions, forecasts and outcomes as CSV or Metaculus-like JSON."""
    from fairweather.scoring import to_csv, to_metaculus

    write = to_metaculus if _form(form, output or "") == "metaculus" else to_csv
    with scorebook(None) as book:
        bundle = book.bundle()
    if not bundle.questions:
        raise NothingFound("no question was asked yet; `fairweather question add`")
    emit(write(bundle), output)


def _text_of(file: str) -> str:
    try:
        return Path(file).read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{file}: not UTF-8 text at byte {error.start}") from error


def _form(form: str | None, file: str) -> str:
    return form or ("metaculus" if file.endswith(".json") else "csv")


@contextmanager
def scorebook(by: str | None, *, must_exist: bool = True) -> Iterator[Scorebook]:
    """The questions of the ledger asked for, in the hands of whoever calls."""
    with desk(must_exist=must_exist) as open_desk:
        yield open_desk.questions(by)


def _day(text: str, *, first: bool) -> str:
    """A prefix date as its first or last ISO day; "" stays "". Raises MisuseError."""
    from fairweather.errors import RecordError
    from fairweather.records import first_day, last_day

    if not text:
        return ""
    try:
        return (first_day if first else last_day)(text).isoformat()
    except RecordError as error:
        raise MisuseError(str(error)) from error


VERBS = (question,)
