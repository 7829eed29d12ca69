"""Who was a major power when, by the list of the Correlates of War (`major_powers.toml`)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TABLE = Path(__file__).with_suffix(".toml")

Spell = tuple[int, int | None]
"""First and last year; None for still so."""


def is_major_power(state: str, year: int) -> bool:
    """Whether a state, by its code, was a major power in some part of a year."""
    return any(
        since <= year and (until is None or year <= until)
        for since, until in _spells().get(state, ())
    )


@cache
def _spells() -> Mapping[str, tuple[Spell, ...]]:
    plain = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return {
        state: tuple((spell["since"], spell.get("until")) for spell in spells)
        for state, spells in plain.items()
    }
