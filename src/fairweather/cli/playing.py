"""Verbs that play scenarios and tell: scenario draft, check, play; brief."""

from __future__ import annotations

import dataclasses
import datetime as dt
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from fairweather.brief import Brief
    from fairweather.desk import Desk


@click.group(cls=Verbs)
def scenario() -> None:
    """Draft, check and play scenario files: how far would they go?"""


@scenario.command()
@click.argument("supporter")
@click.argument("partner")
@with_ledger
@click.option("--against", help="Whom the partner fights; else its chief adversary on record.")
@window_options
@click.option("--both", is_flag=True, help="Runs of the other way too: PARTNER for SUPPORTER.")
@output_option
def draft(
    supporter: str, partner: str, against: str | None, both: bool, output: str | None
) -> None:
    """Write a scenario file from the ledger: how far will SUPPORTER go for PARTNER?"""
    from fairweather.scenario import write_scenario

    with desk() as open_desk:
        made = open_desk.draft(supporter, partner, against=against, both=both)
    emit(write_scenario(made), output)


@scenario.command()
@click.argument("file", type=click.Path())
@with_ledger
@json_option
def check(file: str, as_json: bool) -> None:
    """Find what is wrong or doubtful in a scenario file. Ends 4 on an error."""
    from fairweather.desk.scenarios import load_scenario
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
@click.option("--like", metavar="A-B", help="A reference pair's draft, played beside it.")
@click.option("--chart", is_flag=True, help="The ladder as a Vega-Lite specification (JSON).")
@json_option
@output_option
def play(
    file: str, seed: int, like: str | None, chart: bool, as_json: bool, output: str | None
) -> None:
    """Play a scenario file: what usually happens beside what interests imply."""
    from fairweather.cli.telling_plays import play_json, tell_play
    from fairweather.scenario.chart import ladder_chart

    with desk(must_exist=like is not None) as open_desk, _progress("runs played") as progress:
        played = open_desk.play(file, seed=seed, progress=progress)
        beside = open_desk.play(open_desk.draft(*pair_of(like)), seed=seed) if like else None
    if chart:
        emit_json(ladder_chart(played), output)
    elif as_json:
        emit_json(play_json(played, beside), output)
    else:
        emit(tell_play(played, beside), output)


@scenario.command()
@click.argument("file", type=click.Path())
@click.argument("run")
@with_ledger
@click.option("--rung", default="diplomatic", show_default=True, help="Explain this rung or more.")
@click.option(
    "--method",
    type=click.Choice(["sobol", "morris"]),
    default="sobol",
    show_default=True,
    help="How the effects of inputs are measured.",
)
@json_option
@output_option
def explain(file: str, run: str, rung: str, method: str, as_json: bool, output: str | None) -> None:
    """Say why a RUN of a scenario file comes out as it does, and what would tip it."""
    from fairweather.cli.telling_plays import explanation_json, tell_explanation

    with desk(must_exist=False) as open_desk, _progress("parts explained") as progress:
        explanation = open_desk.explain(file, run, rung=rung, method=method, progress=progress)
    if as_json:
        emit_json(explanation_json(explanation), output)
    else:
        emit(tell_explanation(explanation), output)


@scenario.command()
@click.argument("file", type=click.Path())
@click.argument("run")
@click.argument("other")
@with_ledger
@click.option("--in", "second", type=click.Path(), help="OTHER is a run of this file instead.")
@json_option
@output_option
def diff(
    file: str, run: str, other: str, second: str | None, as_json: bool, output: str | None
) -> None:
    """Set two runs side by side: what was changed, and what it did to each rung."""
    from fairweather.cli.telling_plays import difference_json, tell_difference
    from fairweather.scenario import difference

    with desk(must_exist=False) as open_desk:
        play = open_desk.play(file)
        found = difference(play, run, open_desk.play(second) if second else play, other)
    if as_json:
        emit_json(difference_json(found), output)
    else:
        emit(tell_difference(found), output)


@scenario.command()
@click.argument("file", type=click.Path())
@click.option("--as-of", metavar="DATE", required=True, help="The day it is written on again.")
@with_ledger
@json_option
@output_option
def replay(file: str, as_of: str, as_json: bool, output: str | None) -> None:
    """Play a scenario file with only what the ledger knew by the end of DATE."""
    from fairweather.cli.telling_plays import play_json, tell_play

    with desk() as open_desk:
        replayed = open_desk.replay(file, as_of=as_of)
        played = open_desk.play(replayed.scenario)
    if as_json:
        emit_json(play_json(played) | {"notes": list(replayed.notes)}, output)
    else:
        emit("\n".join((*replayed.notes, "", tell_play(played))), output)


FORMS = ("html", "md", "pdf", "json")


@click.command()
@click.argument("a", required=False)
@click.argument("b", required=False)
@with_ledger
@click.option("--format", "form", type=click.Choice(FORMS), help="Else by -o.")
@click.option("--like", metavar="A-B", help="A reference pair beside it, such as RUS-CHN.")
@click.option("--scenario", "file", type=click.Path(), help="Play this file, not a draft.")
@click.option("--for", "third", metavar="ACTOR", help="Add what it means for somebody else.")
@click.option("--since", metavar="DATE", help="Add what changed since the end of DATE.")
@click.option("--pairs", metavar="A-B,C-D", help="Compare pairs in one table instead.")
@window_options
@output_option
def brief(
    a: str | None,
    b: str | None,
    form: str | None,
    output: str | None,
    pairs: str | None,
    **told: str | None,
) -> None:
    """Write the report on a pair: every sentence with its records.

    HTML and PDF print on two sides of A4: the report, then what it rests on. A PDF needs the
    extra [pdf] and the system's Pango; HTML printed from a browser gives the same. With --pairs
    several pairs stand beside each other in one table.
    """
    form = form or _format_of(output)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    with desk() as open_desk:
        if pairs:
            if a or any(told.values()):
                raise MisuseError("--pairs stands alone: it names every pair itself")
            listed = [pair_of(one) for one in pairs.split(",")]
            made = open_desk.compare(listed, made_on=today)
        elif a and b:
            made = _one_pair(open_desk, a, b, told, today)
        else:
            raise MisuseError("two actors are needed, or --pairs A-B,C-D")
    if form == "json":
        emit_json(made.to_json(), output)
    elif form == "pdf":
        _emit_pdf(made, output)
    else:
        emit(made.html if form == "html" else made.markdown, output)


def _one_pair(open_desk: Desk, a: str, b: str, told: Mapping[str, str | None], today: str) -> Brief:
    like = told["like"]
    return open_desk.brief(
        a,
        b,
        like=pair_of(like) if like else None,
        scenario=told["file"],
        third=told["third"],
        since=told["since"],
        made_on=today,
    )


def _emit_pdf(made: Brief, output: str | None) -> None:
    """Write the PDF to the file asked for, else to what stdout leads to. Raises MisuseError."""
    if output is None and sys.stdout.isatty():
        raise MisuseError("a PDF is no text for a terminal; give it a file: -o brief.pdf")
    printed = made.pdf
    if output is None:
        sys.stdout.buffer.write(printed)
        return
    try:
        Path(output).write_bytes(printed)
    except OSError as error:
        raise MisuseError(f"{output} cannot be written: {error.strerror}") from error


def _format_of(output: str | None) -> str:
    """The format of a file's ending; Markdown on a terminal. Raises MisuseError."""
    if output is None:
        return "md"
    ending = output.rpartition(".")[2].lower()
    known = {form: form for form in FORMS} | {
        "htm": "html",
        "markdown": "md",
    }
    if ending not in known:
        raise MisuseError(f"{output}: no format for .{ending}; give --format html, md, pdf or json")
    return known[ending]


@contextmanager
def _progress(unit: str) -> Iterator[Callable[[str], object]]:
    """A counter on stderr, on a terminal only."""
    from tqdm import tqdm

    form = "{n} {unit} [{elapsed}]{postfix}"
    with tqdm(unit=unit, bar_format=form, disable=None, file=sys.stderr, leave=False) as bar:

        def advance(name: str) -> None:
            bar.set_postfix_str(name[:40], refresh=False)
            bar.update()

        yield advance


VERBS = (scenario, brief)
