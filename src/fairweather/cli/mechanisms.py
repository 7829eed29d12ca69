"""The verb for models of mechanisms: mechanism draft, play."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from fairweather.cli.manners import (
    Verbs,
    desk,
    emit,
    emit_json,
    json_option,
    output_option,
    window_options,
    with_ledger,
)

if TYPE_CHECKING:
    from fairweather.scenario.mechanisms import MechanismAnswer


@click.group(cls=Verbs)
def mechanism() -> None:
    """Draft and play models of mechanisms: channels, corridors, blocs, bargains, money, cases."""


@mechanism.command()
@click.argument("mechanism_id", metavar="ID")
@with_ledger
@window_options
@output_option
def draft(mechanism_id: str, output: str | None) -> None:
    """Write a file for a mechanism on record; `find mechanisms` lists their ids."""
    from fairweather.desk.mechanisms import drafted_mechanism

    with desk() as open_desk:
        day = open_desk.ledger.window.as_of or dt.datetime.now(dt.UTC).date().isoformat()
        emit(drafted_mechanism(open_desk.ledger, mechanism_id, day), output)


@mechanism.command()
@click.argument("file", type=click.Path())
@with_ledger
@click.option("--seed", type=int, default=0, show_default=True, help="Of the parameter draws.")
@json_option
@output_option
def play(file: str, seed: int, as_json: bool, output: str | None) -> None:
    """Play the model in a file; every figure answers `why`."""
    from fairweather.desk.mechanisms import play_mechanism
    from fairweather.scenario.mechanisms import answer_json

    with desk(must_exist=False) as open_desk:
        answer = play_mechanism(open_desk.ledger, file, seed=seed)
    if as_json:
        emit_json(answer_json(answer), output)
    else:
        emit(tell_mechanism(answer), output)


def tell_mechanism(answer: MechanismAnswer) -> str:
    """A played mechanism: sentences, tables, figures with their ids, what is not known."""
    from fairweather.cli.tables import plain_table, safe

    heading = answer.heading
    parts = [f"{safe(heading.name)} ({heading.kind}), as of {heading.as_of}", ""]
    parts += [f"  {safe(sentence.text)}" for sentence in answer.sentences]
    for table in answer.tables:
        parts += ["", table.title, plain_table(table.columns, table.rows)]
    rows = [
        (figure.meaning, _band(figure.low, figure.high), figure.id) for figure in answer.figures
    ]
    parts += ["", "Figures", plain_table(("what", "10-90 %", "figure"), rows)]
    parts += ["", *(f"Note: {safe(caution)}" for caution in answer.cautions)]
    return "\n".join(parts)


def _band(low: float | None, high: float | None) -> str:
    ends = [f"{value:.2g}" for value in (low, high) if value is not None]
    return " to ".join(dict.fromkeys(ends))


VERBS = (mechanism,)
