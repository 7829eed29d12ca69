"""The command line: thin edges over the desk. stdout is the answer, stderr is talk."""

from __future__ import annotations

import sys

import click

from fairweather.cli.verbs import fairweather
from fairweather.errors import FairweatherError, MisuseError

__all__ = ["fairweather", "main"]

INTERRUPTED = 130


def main() -> None:
    """Run the command line; errors end it with their message and their exit code."""
    try:
        code = fairweather(prog_name="fairweather", standalone_mode=False)
        sys.exit(code if isinstance(code, int) else 0)
    except FairweatherError as error:
        from fairweather.records.escaping import visible

        # A message may quote what a stranger wrote.
        print(f"fairweather: {visible(str(error))}", file=sys.stderr)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(MisuseError.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # The reader of a pipe has gone (`| head`): nothing is wrong.
        sys.stderr.close()
        sys.exit(0)
