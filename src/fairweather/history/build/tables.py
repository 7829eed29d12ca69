"""All reference tables of a folder of data sets, as text in the form of `base_rates.toml`.

The rates of joining are those of `joining.py`, the class of the shipped ones; wars are told apart
by dispute here, where the shipped counts take disputes of one war together: shares agree, bands
may be a little narrower. `history A B --tables FILE` takes what is printed in place of the
shipped.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

from fairweather.errors import MisuseError
from fairweather.history.build.arms import arms_cases
from fairweather.history.build.counting import Count, counts
from fairweather.history.build.dyads import pacts
from fairweather.history.build.joining import joined_cases
from fairweather.history.datasets import read_dataset, sources


@dataclass(frozen=True, slots=True)
class Built:
    """What was counted, and how many rows of which data set were left out, by reason."""

    rates: tuple[Count, ...]
    left_out: tuple[tuple[str, str, int], ...]

    def toml(self) -> str:
        """The counts as tables of rates."""
        blocks = []
        for rate in self.rates:
            lines = [
                f"{field.name} = {getattr(rate, field.name)}"
                for field in fields(Count)
                if field.name != "name"
            ]
            blocks.append("\n".join([f"[{rate.name}]", *lines]))
        return "\n\n".join(blocks) + "\n"


def build_tables(folder: Path) -> Built:
    """Count every reference table from the data sets of a folder; every set there is checked.

    Raises SourceError naming file, column and row for the first mistake.
    """
    if not folder.is_dir():
        raise MisuseError(f"{folder}: no such folder; it should hold the data sets")
    left_out = [
        (name, reason, rows)
        for name in sources()
        for reason, rows in read_dataset(folder, name).dropped
    ]
    held = pacts(folder)
    armed, unmatched = arms_cases(folder, held)
    cases = [*joined_cases(folder), *armed]
    left_out += [("arms", reason, rows) for reason, rows in unmatched.items()]
    return Built(tuple(counts(cases)), tuple(left_out))


def write_tables(built: Built, path: Path) -> None:
    """Write the counts. Raises MisuseError when the file cannot be written."""
    try:
        path.write_text(built.toml(), encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"{path} cannot be written: {error.strerror}") from error
