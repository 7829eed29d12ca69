"""Who looks on: a third party with its own pairs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fairweather.profile import Profile


@dataclass(frozen=True, slots=True)
class ThirdParty:
    """A third party with its own pairs, as far as anything is told of them.

    `sides` are its pairs with either of the two, `allies` those with whoever stands by it.
    """

    actor: str
    sides: Mapping[str, Profile] = field(default_factory=dict)
    allies: Mapping[str, Profile] = field(default_factory=dict)
