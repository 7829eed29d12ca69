"""From the name of a form to its file: what each takes and what it makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from fairweather.errors import MisuseError
from fairweather.ledger.exports.follow_the_money import follow_the_money
from fairweather.ledger.exports.graphml import graphml
from fairweather.ledger.exports.table_files import write_csv, write_parquet
from fairweather.ledger.exports.tables import Label
from fairweather.ledger.exports.writing import write_lines
from fairweather.records import Row, to_line
from fairweather.vocabulary.gazetteer import load_gazetteer

FORMS = ("jsonl", "csv", "parquet", "graphml", "ftm")
FOLDERS = frozenset({"csv", "parquet"})
"""Forms that are a folder of tables."""

Lines = Callable[[Iterable[Row], Label], Iterator[str]]
LINES: dict[str, Lines] = {
    "jsonl": lambda rows, label: map(to_line, rows),
    "graphml": graphml,
    "ftm": follow_the_money,
}


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: where, and how many rows of each type went into it."""

    target: Path
    rows: Counter[str]


def export_to(form: str, rows: Iterable[Row], target: Path, *, overwrite: bool = False) -> Exported:
    """Write rows of the contract in a form; a folder for csv and parquet, else a file.

    Raises MisuseError where the target is there already and `overwrite` does not allow that,
    or cannot be written; then nothing of it is left behind.
    """
    passing = _Passing(rows)
    if form == "csv":
        write_csv(passing, target, passing.label, overwrite=overwrite)
    elif form == "parquet":
        write_parquet(passing, target, passing.label, overwrite=overwrite)
    else:
        write_lines(target, lines_of(form, passing), overwrite=overwrite)
    return Exported(target, passing.counts)


def lines_of(form: str, rows: Iterable[Row]) -> Iterator[str]:
    """Rows of the contract as the lines of a form. Raises MisuseError for one without lines."""
    if form not in LINES:
        raise MisuseError(f"{form} is a folder of tables; name it with -o FOLDER")
    passing = rows if isinstance(rows, _Passing) else _Passing(rows)
    return LINES[form](passing, passing.label)


class _Passing:
    """Rows on their way to a file: counted, and the names of actors learnt from theirs.

    The contract's order has actors before all rows that name them.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self._names: dict[str, str] = {}
        self.counts: Counter[str] = Counter()

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.counts[row["type"]] += 1
            if row["type"] == "actor" and row["names"]:
                self._names[row["id"]] = row["names"][0]["text"]
            yield row

    def label(self, actor: str) -> str:
        """An actor's name: as the vocabulary has it, else its row, else its id."""
        listed = load_gazetteer().actors.get(actor)
        return listed.name if listed else self._names.get(actor, actor)
