"""What scoring assumes, from `scoring.toml`."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any


@functools.cache
def constants(table: str) -> dict[str, Any]:
    """One table of the constants by name."""
    text = resources.files(__package__).joinpath("scoring.toml").read_text(encoding="utf-8")
    found: dict[str, Any] = tomllib.loads(text)[table]
    return found


def number(table: str, name: str) -> float:
    """One constant as a number."""
    return float(constants(table)[name])
