"""Verbs that look back and a month ahead: history, forecast tone."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import click

from fairweather.cli.manners import (
    Verbs,
    desk,
    desk_if_any,
    emit,
    emit_json,
    json_option,
    output_option,
    window_options,
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
@click.option(
    "--tables",
    metavar="PATH",
    multiple=True,
    help="A folder of event tables, else beside the ledger; or a file of rates from --build.",
)
@window_options
@json_option
@output_option
def history(
    a: str | None,
    b: str | None,
    obligations: tuple[str, ...],
    every: bool,
    cite: bool,
    build: str | None,
    tables: tuple[str, ...],
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

    folders, rates = _tables(tables)
    with desk_if_any() as opened, _recounted(rates) as replaced:
        opened.tables = folders or opened.tables
        told = opened.history(a, b, obligations=obligations)
        tones = opened.tones(a, b)
        if as_json:
            emit_json(history_json(told, tones) | {"recounted": list(replaced)}, output)
            return
        emit(tell_history(told, tones, every=every) + _replaced(rates, replaced), output)


def _replaced(rates: Path | None, names: Sequence[str]) -> str:
    if not names:
        return ""
    return (
        f"\nRates of {rates} in place of the shipped: {len(names)};"
        " a figure asked for by its id is told by the shipped ones"
    )


def _tables(paths: Sequence[str]) -> tuple[Path | None, Path | None]:
    """The folder of event tables and the file of rates, where given."""
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    files = [Path(path) for path in paths if not Path(path).is_dir()]
    if len(folders) > 1 or len(files) > 1:
        raise MisuseError("--tables takes one folder of event tables and one file of rates")
    for file in files:
        if not file.is_file():
            raise MisuseError(f"--tables {file}: there is no such folder or file")
    return (folders[0] if folders else None), (files[0] if files else None)


def _recounted(rates: Path | None) -> AbstractContextManager[tuple[str, ...]]:
    from fairweather.history.rates import recounted

    return recounted(rates) if rates else nullcontext(())


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
@window_options
@json_option
@output_option
def tone(a: str, b: str, tables: str | None, as_json: bool, output: str | None) -> None:
    """The tone of A and B by month, where it changed, and the next month with its interval."""
    from fairweather.cli.telling_history import tell_tones, tone_json

    with desk() as opened:
        opened.tables = Path(tables) if tables else opened.tables
        found = opened.tones(a, b)
    if not found:
        raise NothingFound(f"no event table has rows of {a} and {b}; `read` takes tables in")
    if as_json:
        emit_json({"tone": [tone_json(one) for one in found]}, output)
    else:
        emit("\n".join(tell_tones(found)), output)


VERBS = (history, forecast)
