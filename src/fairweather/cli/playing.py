"""Verbs that play scenarios and tell: scenario draft, check, play; brief."""

from __future__ import annotations

import dataclasses
import datetime as dt

import click

from fairweather.cli.asking import pair_of
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
from fairweather.errors import CheckFailed, MisuseError


@click.group(cls=Verbs)
def scenario() -> None:
    """Draft, check and play scenario files: how far would they go?"""


@scenario.command()
@click.argument("supporter")
@click.argument("partner")
@with_ledger
@click.option("--against", help="Whom the partner fights; else its chief adversary on record.")
@window_options
@output_option
def draft(supporter: str, partner: str, against: str | None, output: str | None) -> None:
    """Write a scenario file from the ledger: how far will SUPPORTER go for PARTNER?"""
    from fairweather.scenario import write_scenario

    with desk() as open_desk:
        made = open_desk.draft(supporter, partner, against=against)
    emit(write_scenario(made), output)


@scenario.command()
@click.argument("file", type=click.Path())
@with_ledger
@json_option
def check(file: str, as_json: bool) -> None:
    """Find what is wrong or doubtful in a scenario file. Ends 4 on an error."""
    from fairweather.desk.desk import load_scenario
    from fairweather.scenario import check_scenario

    findings = check_scenario(load_scenario(file))
    if as_json:
        emit_json({"findings": [dataclasses.asdict(finding) for finding in findings]}, None)
    else:
        lines = [finding.text() for finding in findings]
        emit("\n".join(lines) or "nothing to say", None)
    errors = sum(finding.severity == "error" for finding in findings)
    if errors:
        raise CheckFailed(f"{file}: {errors} error{'s' if errors != 1 else ''}")


@scenario.command()
@click.argument("file", type=click.Path())
@with_ledger
@click.option("--seed", type=int, default=0, show_default=True, help="Of the parameter draws.")
@json_option
@output_option
def play(file: str, seed: int, as_json: bool, output: str | None) -> None:
    """Play a scenario file: what usually happens beside what interests imply."""
    from fairweather.cli.telling import play_json, tell_play

    with desk(must_exist=False) as open_desk:
        played = open_desk.play(file, seed=seed)
    if as_json:
        emit_json(play_json(played), output)
    else:
        emit(tell_play(played), output)


@click.command()
@click.argument("a")
@click.argument("b")
@with_ledger
@click.option("--format", "form", type=click.Choice(["html", "md", "json"]), help="Else by -o.")
@click.option("--like", metavar="A-B", help="A reference pair beside it, such as RUS-CHN.")
@click.option("--scenario", "file", type=click.Path(), help="Play this file, not a draft.")
@window_options
@output_option
def brief(
    a: str,
    b: str,
    form: str | None,
    like: str | None,
    file: str | None,
    output: str | None,
) -> None:
    """Write the report on a pair: every sentence with its records."""
    form = form or _format_of(output)
    with desk() as open_desk:
        reference = pair_of(like) if like else None
        today = dt.datetime.now(dt.UTC).date().isoformat()
        made = open_desk.brief(a, b, like=reference, scenario=file, made_on=today)
    if form == "json":
        emit_json(made.to_json(), output)
    else:
        emit(made.html if form == "html" else made.markdown, output)


def _format_of(output: str | None) -> str:
    """The format of a file's ending; Markdown on a terminal. Raises MisuseError."""
    if output is None:
        return "md"
    ending = output.rpartition(".")[2].lower()
    known = {"html": "html", "htm": "html", "md": "md", "markdown": "md", "json": "json"}
    if ending not in known:
        raise MisuseError(f"{output}: no format for .{ending}; give --format html, md or json")
    return known[ending]


VERBS = (scenario, brief)
