"""The verb question: list, resolve, score; what was known, and who was right; in and out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from fairweather.cli.asking_questions import day_of, question, scorebook
from fairweather.cli.manners import (
    as_of_option,
    emit,
    emit_json,
    json_option,
    output_option,
    talk,
    window_options,
    with_ledger,
)
from fairweather.errors import MisuseError, NothingFound

if TYPE_CHECKING:
    from fairweather.desk.questions import Scorebook

FORMATS = ("csv", "metaculus")
DIMENSIONS = ("author", "outlet", "topic", "horizon", "method")


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
            on=day_of(options["on"], first=False),
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
        card = book.scorecard(day_of(as_of or "", first=False))
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
    from fairweather.desk.files import text_of
    from fairweather.scoring import from_csv, from_metaculus

    text = text_of(file)
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


def _form(form: str | None, file: str) -> str:
    return form or ("metaculus" if file.endswith(".json") else "csv")


VERBS = (question,)
