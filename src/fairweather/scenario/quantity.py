"""A number in a scenario: a point or a spread, with what it rests on.

In a file it is written `0.3`, `{value = 0.3, source = "..."}` or
`{dist = "triangular", low = 0.1, mode = 0.2, high = 0.4, source = "..."}`.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from statistics import NormalDist
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from fairweather.history import beta_quantiles
from fairweather.records import Ingredient

Floats = NDArray[np.float64]

SHAPES = MappingProxyType(
    {
        "fixed": ("value",),
        "uniform": ("low", "high"),
        "triangular": ("low", "mode", "high"),
        "beta": ("a", "b"),
        "normal": ("mean", "sd"),
    }
)
"""The distributions a number may have, each with its parameters in order."""

ASSUMED = "assumed"
"""A source that opens with this word is no source but an admission."""

_RECORD_ID = re.compile(
    r"(?:event|agreement|claim|prediction|amount|tie|mechanism|support|document|actor):\S+"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number with its distribution (`shape`, `parameters` as in SHAPES) and its source."""

    shape: str
    parameters: tuple[float, ...]
    source: str = ""

    @property
    def mean(self) -> float:
        """The expected value."""
        first, *rest = self.parameters
        if self.shape == "beta":
            return first / (first + rest[0])
        if self.shape in ("fixed", "normal"):
            return first
        return sum(self.parameters) / len(self.parameters)

    @property
    def support(self) -> tuple[float, float]:
        """The lowest and the highest value it can take; four deviations for a normal."""
        if self.shape == "beta":
            return 0.0, 1.0
        if self.shape == "normal":
            mean, deviation = self.parameters
            return mean - 4 * deviation, mean + 4 * deviation
        return self.parameters[0], self.parameters[-1]

    @property
    def assumed(self) -> bool:
        """Whether the source says that it is assumed."""
        return self.source.casefold().startswith(ASSUMED)

    @property
    def records(self) -> tuple[str, ...]:
        """The record ids that the source names."""
        return () if self.assumed else record_ids(self.source)

    def flaw(self) -> str:
        """What makes it no distribution, in words; empty when it is one."""
        if self.shape == "beta" and min(self.parameters) < 0.5:
            return "a and b of a beta must be 0.5 or more"
        if self.shape == "normal" and self.parameters[1] < 0:
            return "sd is negative"
        ordered = self.shape in ("uniform", "triangular")
        if ordered and list(self.parameters) != sorted(self.parameters):
            return f"{' <= '.join(SHAPES[self.shape])} does not hold"
        return ""

    def ingredient(self, name: str) -> Ingredient:
        """The number as an input of a figure, value its mean."""
        value = round(self.mean, 6)
        if self.records:
            return Ingredient(name, value, records=self.records)
        if self.assumed:
            reason = self.source[len(ASSUMED) :].lstrip(" :,-") or "no reason given"
            return Ingredient(name, value, assumed=reason)
        if self.source:
            return Ingredient(name, value, source=self.source)
        return Ingredient(name, value, assumed="no source given")


def record_ids(source: str) -> tuple[str, ...]:
    """Every record id in a source, also where it is only mentioned beside an assumption."""
    return tuple(part.rstrip(",;)") for part in _RECORD_ID.findall(source))


def fixed(value: float, source: str = "") -> Quantity:
    """A number without spread."""
    return Quantity("fixed", (float(value),), source)


def uniform(low: float, high: float, source: str = "") -> Quantity:
    """A number that may lie anywhere between two ends."""
    return Quantity("uniform", (float(low), float(high)), source)


def stream(seed: int, name: str) -> np.random.Generator:
    """The random stream of one named input.

    Keyed by seed and name alone: adding an input never changes the draws of another, and
    the runs of a scenario share theirs.
    """
    digest = hashlib.sha256(name.encode()).digest()
    words = [int.from_bytes(digest[at : at + 4], "little") for at in range(0, 16, 4)]
    return np.random.default_rng(np.random.SeedSequence([seed, *words]))


def sample(
    quantity: Quantity, name: str, *, seed: int, draws: int, low: float, high: float
) -> Floats:
    """`draws` values of a named input, kept within low..high.

    By inversion, so that a changed distribution keeps the input's place among its draws.
    """
    chance = stream(seed, name)
    if quantity.shape == "normal":
        mean, deviation = quantity.parameters
        return np.clip(mean + deviation * chance.standard_normal(draws), low, high)
    return at_place(quantity, chance.random(draws), low=low, high=high)


def at_place(quantity: Quantity, place: Floats, *, low: float, high: float) -> Floats:
    """The quantiles of a number at places within (0, 1), kept within low..high."""
    if quantity.shape == "normal":
        standard = NormalDist()
        turned = np.array([standard.inv_cdf(one) for one in place.tolist()])
        return np.clip(quantity.parameters[0] + quantity.parameters[1] * turned, low, high)
    return np.clip(_inverse(quantity, place), low, high)


def _inverse(quantity: Quantity, place: Floats) -> Floats:
    if quantity.shape == "beta":
        a, b = quantity.parameters
        return beta_quantiles(a, b, place)
    if quantity.shape == "triangular":
        return _triangular(quantity.parameters, place)
    lowest, highest = quantity.parameters[0], quantity.parameters[-1]
    spread: Floats = lowest + (highest - lowest) * place
    return spread


def _triangular(parameters: tuple[float, ...], place: Floats) -> Floats:
    low, mode, high = parameters
    if high == low:
        return np.full_like(place, low)
    rising = np.sqrt(place * (high - low) * (mode - low))
    falling = np.sqrt((1 - place) * (high - low) * (high - mode))
    inverse: Floats = np.where(place < (mode - low) / (high - low), low + rising, high - falling)
    return inverse
