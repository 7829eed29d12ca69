"""The shipped table of base rates: counts, what they are clustered by, and who counted.

`base_rates.toml` holds counts recomputed from the published data sets by
`bench/base_rates.py` and, beside them, rates that stand in the literature without counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fairweather.errors import UnknownKey, VocabularyError
from fairweather.history.intervals import CENTRAL, beta_quantiles
from fairweather.vocabulary import suggest

TABLE = Path(__file__).with_name("base_rates.toml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often something happened among comparable cases.

    `cases` rows fall into `clusters` (wars, alliances), which are what is independent;
    `design_effect` (1 or more) is by how much that inflates the variance of the share.
    A rate from the literature without counts has `published` and no cases.
    """

    name: str
    what: str
    source: str
    unit: str
    first: int
    last: int
    cases: int = 0
    occurred: int = 0
    clusters: int = 0
    design_effect: float = 1.0
    published: float | None = None

    @property
    def shape(self) -> tuple[float, float]:
        """Both parameters of the Beta belief about the share.

        Jeffreys' prior (1/2, 1/2) updated with the counts divided by the design effect: n
        clustered cases tell as much as n / design effect independent ones (Kish 1965).
        """
        occurred = self.occurred / self.design_effect
        return occurred + 0.5, (self.cases - self.occurred) / self.design_effect + 0.5

    @property
    def mean(self) -> float:
        """The smoothed share, never 0 or 1; the published one where there are no counts."""
        if self.published is not None:
            return self.published
        happened, not_happened = self.shape
        return happened / (happened + not_happened)

    @property
    def band(self) -> tuple[float, float] | None:
        """The 10-90 % band of the share, or None without counts."""
        if not self.cases:
            return None
        return _central(*self.shape)

    @property
    def counted(self) -> str:
        """The counts in words: "7 of 203", or the published share in per cent."""
        if self.published is not None:
            return f"{100 * self.published:g} %"
        return f"{self.occurred} of {self.cases}"


@cache
def _central(happened: float, not_happened: float) -> tuple[float, float]:
    # A play asks for the band of the same few rates some hundred times.
    low, high = beta_quantiles(happened, not_happened, CENTRAL)
    return float(low), float(high)


def base_rates() -> MappingProxyType[str, Rate]:
    """Every rate by name, such as "joined.defense_since_1945": the shipped, or `recounted`."""
    return _RECOUNTED.get() or _shipped()


@cache
def _shipped() -> MappingProxyType[str, Rate]:
    return load_rates(TABLE)


_RECOUNTED: ContextVar[MappingProxyType[str, Rate] | None] = ContextVar("recounted", default=None)


@contextmanager
def recounted(path: Path) -> Iterator[tuple[str, ...]]:
    """Within it, rates of a file that `history --build` printed stand in place of the shipped.

    Yields the names that were replaced; what the file lacks stays as shipped. Raises
    VocabularyError naming file and key for a wrong table, or one that replaces nothing.
    """
    shipped = _shipped()
    source = f"counted from data sets of your own, {path.name}"
    tables = _tables(path)
    taken = {
        name: _rate(name, _words(shipped[name]) | entry | {"source": source}, path)
        for group, entries in tables.items()
        for key, entry in (entries if isinstance(entries, dict) else {}).items()
        if (name := f"{group}.{key}") in shipped and isinstance(entry, dict)
    }
    if not taken:
        raise VocabularyError(
            f"{path.name}: no rate in it; it should hold what `fairweather history --build` prints"
        )
    before = _RECOUNTED.set(MappingProxyType(dict(shipped) | taken))
    try:
        yield tuple(taken)
    finally:
        _RECOUNTED.reset(before)


def _words(rate: Rate) -> dict[str, Any]:
    return {"what": rate.what, "unit": rate.unit}


def base_rate(name: str) -> Rate:
    """The shipped rate of that name. Raises UnknownKey when there is none."""
    rates = base_rates()
    if name in rates:
        return rates[name]
    near = suggest(name, rates)
    raise UnknownKey(f'no base rate "{name}"' + (f'; did you mean "{near}"?' if near else ""))


def load_rates(path: Path) -> MappingProxyType[str, Rate]:
    """Reads a table of rates; raises VocabularyError naming file and key for a wrong one."""
    rates = {}
    for group, entries in _tables(path).items():
        common = {key: value for key, value in entries.items() if not isinstance(value, dict)}
        for key, entry in entries.items():
            if isinstance(entry, dict):
                name = f"{group}.{key}"
                rates[name] = _rate(name, common | entry, path)
    return MappingProxyType(rates)


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise VocabularyError(f"{path.name}: {error}") from error


def _rate(name: str, entry: dict[str, Any], path: Path) -> Rate:
    try:
        rate = Rate(name=name, **entry)
    except TypeError as error:
        raise VocabularyError(f"{path.name}, [{name}]: {error}") from error
    counted = 0 <= rate.occurred <= rate.cases and rate.design_effect >= 1 and rate.cases > 0
    if not counted and rate.published is None:
        raise VocabularyError(f"{path.name}, [{name}]: neither counts nor a published rate")
    return rate
