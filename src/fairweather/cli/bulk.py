"""The verb `code`: events of many short texts, for bulk work and evaluation."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING

import click

from fairweather.cli.manners import emit_lines, output_option, talk, with_ledger

if TYPE_CHECKING:
    from fairweather.coding.bulk import BadLine

SOME_FAILED = 2


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True))
@with_ledger
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    help="Least probability of an event, else the shown one (0.5); 0: the best of each sentence.",
)
@output_option
@click.pass_context
def code(ctx: click.Context, file: str, threshold: float | None, output: str | None) -> None:
    """Code the events of FILE, one JSON object a line ("-": stdin); no ledger is used.

    A line in holds id and text, and may hold date (of publication) and source and target
    (two stretches of the text). A line out holds id and events: source, target, class,
    source_text, target_text, status, date, probability; with source and target given also
    classes, the probability of each class for that pair. The class of a planned act is
    intent, as PLOVER has it: AGREE or THREATEN.

    A bad line is named on stderr and answered with id and error, the rest is coded; ends 2
    when any failed.
    """
    from fairweather.coding.bulk import code_lines

    failed: list[BadLine] = []

    def name(bad: BadLine) -> None:
        failed.append(bad)
        talk(f"{'stdin' if file == '-' else file}, line {bad.number}: {bad.reason}")

    with _opened(file) as lines:
        coded = code_lines(lines, threshold=threshold, on_bad=name)
        emit_lines(_counted(coded), output)
    if failed:
        talk(f"{len(failed)} line{'s' if len(failed) > 1 else ''} failed")
        ctx.exit(SOME_FAILED)


def _opened(file: str) -> IO[str]:
    """The lines of a file or of stdin; bytes that are no UTF-8 fail their line alone."""
    from fairweather.errors import SourceError

    try:
        return click.open_file(file, encoding="utf-8", errors="surrogateescape")
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror}") from error


def _counted(lines: Iterable[str]) -> Iterator[str]:
    """The lines, counted on stderr on a terminal only."""
    from tqdm import tqdm

    yield from tqdm(lines, unit=" lines", disable=None, file=sys.stderr, leave=False)


VERBS = (code,)
