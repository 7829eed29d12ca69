"""Verbs that look back and a month ahead: history, forecast tone."""

from __future__ import annotations

from pathlib import Path

import click

from fairweather.cli.manners import (
    Verbs,
    as_of_option,
    desk,
    emit,
    emit_json,
    json_option,
    output_option,
    with_ledger,
)
from fairweather.errors import MisuseError, NothingFound


@click.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@with_ledger
@click.option(
    "--obligation",
    "obligations",
    multiple=True,
    help="As if a pact held this obligation, in place of what was read; may be repeated.",
)
@click.option("--all", "every", is_flag=True, help="Every rate, by pact and era.")
@click.option("--sources", "cite", is_flag=True, help="The data sets, their terms and last years.")
@click.option("--build", metavar="DIR", help="Count the rates anew from data sets in DIR.")
@click.option("--tables", metavar="DIR", help="Event tables from DIR; else beside the ledger.")
@as_of_option
@json_option
@output_option
def history(
    a: str | None,
    b: str | None,
    obligations: tuple[str, ...],
    every: bool,
    cite: bool,
    build: str | None,
    tables: str | None,
    as_of: str | None,
    as_json: bool,
    output: str | None,
) -> None:
    """What allies like A and B did: base rates rung by rung, models, the nearest wars, the tone."""
    if cite:
        emit(_sources(), output)
        return
    if build:
        emit(_build(Path(build)), output)
        return
    if not a or not b:
        raise MisuseError("name two actors: fairweather history RUS IRN")
    from fairweather.cli.telling_history import history_json, tell_history

    with desk(must_exist=not obligations) as opened:
        opened.tables = Path(tables) if tables else opened.tables
        told = opened.history(a, b, obligations=obligations, as_of=as_of)
        tones = opened.tones(a, b, as_of=as_of)
    if as_json:
        emit_json(history_json(told, tones), output)
    else:
        emit(tell_history(told, tones, every=every), output)


def _sources() -> str:
    from fairweather.history.datasets import sources

    return "\n\n".join(
        f"{one.title} (to {one.last})\n  file     {one.file}.parquet or .csv"
        f"\n  cite     {one.citation}\n  terms    {one.terms}"
        for one in sources().values()
    )


def _build(folder: Path) -> str:
    """The counts as TOML; what was left out as comments at the end."""
    from fairweather.history.build import build_tables

    built = build_tables(folder)
    left_out = [f"# left out of {name}: {rows} rows, {why}" for name, why, rows in built.left_out]
    return "\n".join([built.toml(), *left_out])


@click.group(cls=Verbs)
def forecast() -> None:
    """Look ahead: the likeliest moves of a pair, and its tone next month."""


@forecast.command()
@click.argument("a")
@click.argument("b")
@with_ledger
@click.option("--tables", metavar="DIR", help="Event tables from DIR; else beside the ledger.")
@as_of_option
@json_option
@output_option
def tone(
    a: str, b: str, tables: str | None, as_of: str | None, as_json: bool, output: str | None
) -> None:
    """The tone of A and B by month, where it changed, and the next month with its interval."""
    from fairweather.cli.telling_history import tell_tones, tone_json

    with desk() as opened:
        opened.tables = Path(tables) if tables else opened.tables
        found = opened.tones(a, b, as_of=as_of)
    if not found:
        raise NothingFound(f"no event table has rows of {a} and {b}; `read` takes tables in")
    if as_json:
        emit_json({"tone": [tone_json(one) for one in found]}, output)
    else:
        emit("\n".join(tell_tones(found)), output)


VERBS = (history, forecast)
