"""The verb `review`: accept, correct and reject rows beside their sentences; history; undo."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from fairweather.cli.manners import (
    Verbs,
    desk,
    emit,
    emit_json,
    emit_lines,
    json_option,
    output_option,
    with_ledger,
)
from fairweather.errors import MisuseError, NothingFound

if TYPE_CHECKING:
    from fairweather.desk import Desk
    from fairweather.desk.looks import Wanted
    from fairweather.ledger import Decision

F = TypeVar("F", bound=Callable[..., Any])


def by_option(verb: F) -> F:
    """`--by NAME`: who decides."""
    return click.option(
        "--by", metavar="NAME", help="Stored with each decision; else your login name."
    )(verb)


def wanted_options(verb: F) -> F:
    """Which rows to look at."""
    for option in (
        click.option("--limit", type=click.IntRange(1), default=10, show_default=True),
        click.option("--below", type=click.FloatRange(0, 1), help="Only rows less sure than this."),
        click.option("--actor", "actors", multiple=True, help="About this actor; may be repeated."),
        click.option("--kind", help="Only this kind: events, ties, actors (names in no table) ..."),
    ):
        verb = option(verb)
    return verb


def reason_option(required: bool) -> Callable[[F], F]:
    """`--reason TEXT`, stored with the decision."""
    return click.option("--reason", default="", required=required, help="Why, in your words.")


@click.group(cls=Verbs, invoke_without_command=True)
@with_ledger
@by_option
@wanted_options
@click.pass_context
def review(
    ctx: click.Context,
    by: str | None,
    kind: str | None,
    actors: tuple[str, ...],
    below: float | None,
    limit: int,
) -> None:
    """Accept, correct or reject rows beside their sentences.

    Alone on a terminal it shows what most needs a look, one row after the other, and asks
    (a accept, r reject, c correct, s skip, q quit). Its verbs do the same one by one.
    Nothing is overwritten: each verdict is a decision with its maker and its reason, and
    `review undo` takes it back.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise MisuseError(
            "asking needs a terminal; without one use `fairweather review next`, then"
            " `review accept ID`, `review reject ID --reason ...` or"
            " `review correct ID FIELD=VALUE --reason ...`"
        )
    from fairweather.cli.review_loop import ask_on_terminal, go_through

    with desk() as open_desk:
        wanted = _wanted(open_desk, kind, actors, below, limit)
        judged = go_through(open_desk.review(by), wanted, ask_on_terminal, click.echo)
    click.echo(f"{judged} judged; `fairweather review history` lists every decision")


@review.command("next")
@with_ledger
@wanted_options
@json_option
@output_option
def next_(
    kind: str | None,
    actors: tuple[str, ...],
    below: float | None,
    limit: int,
    as_json: bool,
    output: str | None,
) -> None:
    """Show the rows that most need a look: contradicted ones, then the least sure.

    The quote stands in [[ ]] in its sentence, between its neighbours.
    """
    from fairweather.cli.review_loop import tell_look

    with desk() as open_desk:
        found = open_desk.review().next(_wanted(open_desk, kind, actors, below, limit))
    if not found:
        raise NothingFound("nothing of that needs a look")
    if as_json:
        emit_json({"looks": [look.to_json() for look in found]}, output)
    else:
        emit("\n\n".join(map(tell_look, found)), output)


def _wanted(
    open_desk: Desk, kind: str | None, actors: tuple[str, ...], below: float | None, limit: int
) -> Wanted:
    from fairweather.desk.finding import kind_named
    from fairweather.desk.looks import Wanted
    from fairweather.records import Document

    named = kind_named(kind) if kind else None
    if named == Document.type:
        raise MisuseError("documents are not reviewed, but the rows coded from them")
    ids = tuple(open_desk.actor(text) for text in actors)
    return Wanted(kind=named, actors=ids, below=below, limit=limit)


@review.command()
@click.argument("identity", metavar="ID")
@with_ledger
@by_option
@reason_option(required=False)
@json_option
def accept(identity: str, by: str | None, reason: str, as_json: bool) -> None:
    """Confirm a row or an actor: it is shown however unsure its coder was."""
    with desk() as open_desk:
        _tell_decided(open_desk.review(by).accept(identity, reason), as_json)


@review.command()
@click.argument("identity", metavar="ID")
@with_ledger
@by_option
@reason_option(required=True)
@json_option
def reject(identity: str, by: str | None, reason: str, as_json: bool) -> None:
    """Set a row aside: kept in the ledger, gone from profiles and briefs."""
    with desk() as open_desk:
        _tell_decided(open_desk.review(by).reject(identity, reason), as_json)


@review.command()
@click.argument("identity", metavar="ID")
@click.argument("changes", metavar="FIELD=VALUE...", nargs=-1, required=True)
@with_ledger
@by_option
@reason_option(required=True)
@json_option
def correct(
    identity: str, changes: tuple[str, ...], by: str | None, reason: str, as_json: bool
) -> None:
    """Put a corrected row in a row's place.

    Fields are named as in docs/records.md: class=AID, source=Russia, date=2024..2025-03,
    quote="other words of the document", clauses='[{"obligation": ..., "state": ...}]'.
    The old row stays, and `why` leads from each to the other.
    """
    from fairweather.desk.correction import parse_changes
    from fairweather.records import to_row

    with desk() as open_desk:
        made = open_desk.review(by).correct(identity, parse_changes(changes), reason)
    if as_json:
        emit_json({"corrected": [to_row(record) for record in made]}, None)
    else:
        emit("\n".join(f"{record.id} stands in its place" for record in made), None)


@review.command()
@click.argument("one", metavar="A")
@click.argument("other", metavar="B")
@with_ledger
@by_option
@reason_option(required=False)
@json_option
def merge(one: str, other: str, by: str | None, reason: str, as_json: bool) -> None:
    """Decide that actor A is B, or that agreement (mechanism, event) A is B."""
    with desk() as open_desk:
        _tell_decided((open_desk.review(by).merge(one, other, reason),), as_json)


@review.command()
@click.argument("actor")
@click.argument("document", metavar="ID")
@with_ledger
@click.option("--is", "named", metavar="ACTOR", help="Whom the name stands for there.")
@by_option
@reason_option(required=False)
@json_option
def split(
    actor: str, document: str, named: str | None, by: str | None, reason: str, as_json: bool
) -> None:
    """Take an actor match back in one document (ID of it, or of a row from it).

    Whoever was taken for ACTOR there becomes an actor of its own, or the one named. With
    the ids of two events, agreements or documents in place of ACTOR and ID: they are not one.
    """
    with desk() as open_desk:
        _tell_decided(open_desk.review(by).split(actor, document, named, reason), as_json)


@review.command()
@click.argument("identity", metavar="[ID]", required=False)
@with_ledger
@json_option
@output_option
def history(identity: str | None, as_json: bool, output: str | None) -> None:
    """List decisions: those about a row, actor or decision; else every person's."""
    from fairweather.cli.review_loop import tell_step

    with desk() as open_desk:
        steps = open_desk.review().history(identity)
    if as_json:
        emit_json({"decisions": [step.to_json() for step in steps]}, output)
    else:
        emit("\n".join(map(tell_step, steps)), output)


@review.command()
@click.argument("decision")
@with_ledger
@by_option
@reason_option(required=False)
@json_option
def undo(decision: str, by: str | None, reason: str, as_json: bool) -> None:
    """Take a decision back, a person's or a rule's. Undoing an `undo` restores."""
    with desk() as open_desk:
        _tell_decided((open_desk.review(by).undo(decision, reason),), as_json)


@review.command()
@with_ledger
@output_option
def export(output: str | None) -> None:
    """Write every verdict as labelled data, one JSON object a line.

    Each holds the sentence, the record as coded, the verdict, the record as corrected, by
    whom and when.
    """
    from fairweather.records import to_line

    with desk() as open_desk:
        emit_lines(map(to_line, open_desk.review().export()), output)


def _tell_decided(decisions: tuple[Decision, ...], as_json: bool) -> None:
    if as_json:
        emit_json({"decisions": [decision.row() for decision in decisions]}, None)
        return
    lines = [f"{one.id}  {one.kind} {one.subject} {one.object}".rstrip() for one in decisions]
    emit("\n".join(lines) or "so it stands already", None)


VERBS = (review,)
