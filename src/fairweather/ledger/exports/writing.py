"""Files written whole: under another name first, and never over what is there unless told."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fairweather.errors import MisuseError


@contextmanager
def whole(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """The path under which to write a file that takes its name once it is finished.

    Raises MisuseError where the name is taken (and `overwrite` does not allow that) or cannot be
    written; then nothing is left behind.
    """
    if target.exists() and not overwrite:
        raise MisuseError(f"{target} is there already; name another, or say --overwrite")
    made = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        yield made
        with made.open("rb") as file:
            os.fsync(file.fileno())
        made.replace(target)
    except OSError as error:
        raise MisuseError(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        made.unlink(missing_ok=True)


def write_lines(target: Path, lines: Iterable[str], *, overwrite: bool) -> int:
    """Write a text file line by line; how many lines there were."""
    count = 0
    with (
        whole(target, overwrite=overwrite) as made,
        made.open("w", encoding="utf-8", newline="\n") as file,
    ):
        for line in lines:
            file.write(f"{line}\n")
            count += 1
    return count
