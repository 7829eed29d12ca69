"""All reference tables of a folder of data sets, as text in the form of `base_rates.toml`.

The rates of joining are counted here from the disputes and pacts themselves: a state that was at
war from the first day, its partners by pact in the year it began, those at war from the first day
left out. The shipped rates also leave out partners whose pact or part in a coalition is younger
than the war, which needs the day of every entry: they have fewer cases (597 with a defence pact
against 728 here) and, without a defence pledge, a lower share (7 of 203 against 21 of 385 since
1945). `bench/base_rates.py` recounts the shipped ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

from fairweather.errors import MisuseError
from fairweather.history.build.arms import NO_PACT, UNPLEDGED, arms_cases
from fairweather.history.build.counting import Case, Count, counts
from fairweather.history.build.dyads import Pacts, pacts
from fairweather.history.datasets import read_dataset, sources

WAR_LEVEL = 5
MILITARISED = 2
LATELY = 1945


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
    cases = [*joined_cases(folder, held), *armed]
    left_out += [("arms", reason, rows) for reason, rows in unmatched.items()]
    return Built(tuple(counts(cases)), tuple(left_out))


def write_tables(built: Built, path: Path) -> None:
    """Write the counts. Raises MisuseError when the file cannot be written."""
    try:
        path.write_text(built.toml(), encoding="utf-8")
    except OSError as error:
        raise MisuseError(f"{path} cannot be written: {error.strerror}") from error


def joined_cases(folder: Path, held: Pacts) -> Iterator[Case]:
    """A case is a state in a war from its first day and a partner that was not."""
    disputes = read_dataset(folder, "disputes")
    wars = {
        int(number): int(year)
        for number, year, level in zip(
            *(disputes.numbers(name) for name in ("dispnum", "styear", "hostlev")), strict=True
        )
        if level == WAR_LEVEL
    }
    sides = _sides(folder, set(wars))
    for war, year in wars.items():
        for state, (side, original, _) in sides.get(war, {}).items():
            if not original:
                continue
            for partner, pact in held.get((state, year), {}).items():
                theirs = sides[war].get(partner)
                if theirs and theirs[1]:
                    continue
                happened = bool(theirs and theirs[0] == side and theirs[2] >= MILITARISED)
                for group in _groups(pact, year):
                    yield Case(f"joined.{group}", happened, str(war), year)


def _sides(folder: Path, wars: set[int]) -> dict[int, dict[int, tuple[int, bool, int]]]:
    """War -> state -> (side, there from the first day, highest hostility)."""
    rows = read_dataset(folder, "participants")
    names = ("dispnum", "ccode", "sidea", "orig", "hostlev")
    found: dict[int, dict[int, tuple[int, bool, int]]] = {}
    for war, state, side, original, level in zip(*map(rows.numbers, names), strict=True):
        if int(war) in wars:
            states = found.setdefault(int(war), {})
            before = states.get(int(state), (int(side), False, 0))
            states[int(state)] = (
                int(side),
                before[1] or original == 1,
                max(before[2], int(level)),
            )
    return found


def _groups(pact: str, year: int) -> Iterator[str]:
    classes = [pact] if pact in ("defense", NO_PACT) else [pact, UNPLEDGED]
    for name in classes:
        yield name
        if year >= LATELY:
            yield f"{name}_since_{LATELY}"
