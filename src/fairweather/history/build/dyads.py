"""Pacts, wars and state codes as plain look-ups over the data sets."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import numpy as np

from fairweather.history.datasets import Dataset, read_dataset
from fairweather.history.reference import pact_class
from fairweather.vocabulary.table_codes import load_table_codes

OBLIGATIONS = {
    "atop_defense": "defense",
    "atop_offense": "offense",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}
WAR = 2
"""UCDP intensity of a thousand battle deaths or more in the year."""

Pacts = dict[tuple[int, int], dict[int, str]]
"""(state, year) -> its partners with the pact class."""


def pacts(folder: Path) -> Pacts:
    """Every state-year's partners by pact class, both directions."""
    data = read_dataset(folder, "pacts")
    held = {name: data.numbers(column) > 0 for column, name in OBLIGATIONS.items()}
    years = data.numbers("year").astype(int).tolist()
    sides = [data.numbers(column).astype(int).tolist() for column in ("ccode1", "ccode2")]
    found: Pacts = defaultdict(dict)
    for row, (a, b, year) in enumerate(zip(*sides, years, strict=True)):
        group = pact_class([name for name, values in held.items() if values[row]])
        found[a, year][b] = group
        found[b, year][a] = group
    return found


def at_war(folder: Path) -> set[tuple[int, int]]:
    """(state, year) of both sides of wars between states, and of states with a war at home."""
    data = read_dataset(folder, "conflicts")
    kinds = data.words("type_of_conflict")
    intensity = data.numbers("intensity_level")
    years = data.numbers("year")
    first, second = data.numbers("gwno_a"), data.numbers("gwno_b")
    found: set[tuple[int, int]] = set()
    for row, kind in enumerate(kinds):
        between = kind == "interstate"
        if between or intensity[row] >= WAR:
            found.add((int(first[row]), int(years[row])))
        if between and not np.isnan(second[row]):
            found.add((int(second[row]), int(years[row])))
    return found


def codes_by_actor(folder: Path, year: int) -> dict[str, int]:
    """Actor id -> Correlates of War code, of the states of a year."""
    names = load_table_codes()
    data = read_dataset(folder, "states")
    return {
        actor: int(code)
        for name, code, first, last in zip(
            data.words("statenme"),
            data.numbers("ccode"),
            data.numbers("styear"),
            data.numbers("endyear"),
            strict=True,
        )
        if first <= year <= last and (actor := names.country(name))
    }


def coded(data: Dataset, column: str, codes: dict[str, int]) -> list[int | None]:
    """A column of country names as state codes, None where it names no state."""
    names = load_table_codes()
    return [codes.get(names.country(name)) for name in data.words(column)]
