"""The shipped example corpora, and what the demo does with them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fairweather.errors import SourceError

if TYPE_CHECKING:
    from fairweather.desk.desk import Desk

DEMO_LEDGER = "fairweather-demo.db"


@dataclass(frozen=True, slots=True)
class Example:
    """A pair told in the project's own words: its actors and the files about it."""

    name: str
    title: str
    pair: tuple[str, str]
    files: tuple[Path, ...]
    order: int


def examples() -> tuple[Example, ...]:
    """Every shipped example in its order; `demo` shows the first."""
    folder = examples_folder()
    found = [_example(path) for path in sorted(folder.glob("*/pair.toml"))]
    return tuple(sorted(found, key=lambda example: example.order))


def demo_desk(path: Path | str = DEMO_LEDGER) -> Desk:
    """A desk over the shipped examples, every pair of them; what was read before stays."""
    from fairweather.desk.desk import Desk

    desk = Desk(path)
    desk.read([file for example in examples() for file in example.files])
    return desk


def examples_folder() -> Path:
    """Where the examples lie: in the package when installed, beside `src` in a checkout.

    Raises SourceError when neither is there.
    """
    package = Path(__file__).parents[1]
    for folder in (package / "examples", package.parents[1] / "examples"):
        if folder.is_dir():
            return folder
    raise SourceError("the example corpora are not installed; install fairweather again")


def _example(path: Path) -> Example:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    files = tuple(path.parent / name for name in table["files"])
    return Example(path.parent.name, table["title"], tuple(table["pair"]), files, table["order"])
