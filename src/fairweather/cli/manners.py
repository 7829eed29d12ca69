"""What all verbs share: the ledger's path anywhere on the line, `-o`, `--json`, hints."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

import click

from fairweather.errors import MisuseError
from fairweather.vocabulary.loader import suggest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fairweather.desk import Desk

F = TypeVar("F", bound=Callable[..., Any])

DEFAULT_LEDGER = "fairweather.db"


class Verbs(click.Group):
    """A group that says what was meant when a verb is misspelt."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command named; a UsageError with a suggestion when there is none."""
        name = args[0] if args else ""
        if name and self.get_command(ctx, name) is None and not name.startswith("-"):
            near = suggest(name, self.list_commands(ctx))
            hint = f'; did you mean "{near}"?' if near else ""
            raise click.UsageError(f'no verb "{name}"{hint}', ctx)
        return super().resolve_command(ctx, args)


def with_ledger(verb: F) -> F:
    """`--db PATH` on the verb too, so that it may stand anywhere on the line."""
    return click.option(
        "--db",
        type=click.Path(dir_okay=False),
        expose_value=False,
        callback=_take_ledger,
        help="The ledger; else FAIRWEATHER_DB, else ./fairweather.db.",
    )(verb)


def _take_ledger(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value:
        ctx.find_root().ensure_object(dict)["db"] = value


def ledger_path(fallback: str = DEFAULT_LEDGER) -> str:
    """The ledger asked for: `--db`, else FAIRWEATHER_DB, else the fallback."""
    given = click.get_current_context().find_root().ensure_object(dict).get("db")
    return given or os.environ.get("FAIRWEATHER_DB") or fallback


@contextmanager
def desk(*, must_exist: bool = True) -> Iterator[Desk]:
    """The desk over the ledger asked for, as far as `--as-of` and `--recorded-by` let it see.

    Raises MisuseError when there is no ledger yet.
    """
    from fairweather.desk import Desk

    path = ledger_path()
    if must_exist and not Path(path).exists():
        raise MisuseError(
            f"no ledger at {path}; make one with `fairweather read SOURCE...`, or name one"
            " with --db"
        )
    with Desk(path) as opened:
        yield opened.within(**_window())


@contextmanager
def desk_if_any() -> Iterator[Desk]:
    """The desk over the ledger asked for; where there is none, over an empty one, and it says so.

    For verbs that answer from history alone: they make no file.
    """
    from fairweather.desk import Desk

    path = ledger_path()
    if Path(path).exists():
        with desk() as opened:
            yield opened
        return
    talk(f"no ledger at {path}: nothing was read, so history alone answers")
    with Desk(":memory:") as opened:
        yield opened.within(**_window())


def _window() -> dict[str, str]:
    """What `--as-of` and `--recorded-by` were given."""
    found: dict[str, str] = (
        click.get_current_context().find_root().ensure_object(dict).get("window", {})
    )
    return found


def output_option(verb: F) -> F:
    """`-o FILE`: where the answer goes instead of stdout."""
    return click.option("-o", "--output", type=click.Path(dir_okay=False), help="Write to FILE.")(
        verb
    )


def json_option(verb: F) -> F:
    """`--json`: one JSON object and nothing else."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON object.")(verb)


def window_options(verb: F) -> F:
    """`--as-of DATE` and `--recorded-by INSTANT`: the desk that the verb opens shows no more."""
    for name, metavar, told in (
        ("--recorded-by", "INSTANT", "Only what the ledger held by INSTANT (or the end of a day)."),
        ("--as-of", "DATE", "Only what was published by the end of DATE."),
    ):
        verb = click.option(
            name, metavar=metavar, expose_value=False, callback=_take_window, help=told
        )(verb)
    return verb


def _take_window(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    if value and option.name:
        ctx.find_root().ensure_object(dict).setdefault("window", {})[option.name] = value


def as_of_option(verb: F) -> F:
    """`--as-of DATE` where the verb itself works with that date."""
    return click.option(
        "--as-of", metavar="DATE", help="Only what was published by the end of DATE."
    )(verb)


def emit(text: str, output: str | None) -> None:
    """Write the answer to the file asked for, else to stdout."""
    if output is None:
        click.echo(text, nl=not text.endswith("\n"))
        return
    with _opened(output) as file:
        file.write(text if text.endswith("\n") else text + "\n")


def emit_lines(lines: Iterable[str], output: str | None) -> None:
    """Write an answer line by line, so that a long one never stands whole in memory."""
    if output is None:
        for line in lines:
            click.echo(line)
        return
    with _opened(output) as file:
        file.writelines(f"{line}\n" for line in lines)


@contextmanager
def _opened(output: str) -> Iterator[IO[str]]:
    try:
        with Path(output).open("w", encoding="utf-8", newline="\n") as file:
            yield file
    except OSError as error:
        raise MisuseError(f"{output} cannot be written: {error.strerror}") from error


def emit_json(value: object, output: str | None) -> None:
    """Write one JSON object; characters that a terminal would obey are spelt as escapes."""
    emit(json_text(value), output)


def json_text(value: object) -> str:
    """One JSON object as text for a terminal or a file."""
    from fairweather.records.escaping import visible_json

    return visible_json(json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False))


def talk(message: str) -> None:
    """Say something that is not the answer."""
    click.echo(message, err=True)
