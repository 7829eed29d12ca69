"""The setting in which a date expression is told: its text, the anchor, what came before."""

from __future__ import annotations

from dataclasses import dataclass

from fairweather.records import When
from fairweather.sources.date_candidates import Candidate
from fairweather.sources.date_tense import tense


@dataclass(frozen=True, slots=True)
class Telling:
    """The setting of an expression: its text, the anchor, the date mentioned before it.

    `lowest` is where looking back must stop; `stated_year` is a year that the same sentence
    has already given.
    """

    text: str
    lowest: int
    anchor: When | None
    previous: When | None
    stated_year: int | None = None

    def tense(self, one: Candidate) -> str:
        """Whether the expression is told of as `coming` or `past`, else ""."""
        if self.anchor is None:
            return ""
        return tense(self.text, one.start, one.end, self.lowest)

    def coming(self, one: Candidate) -> bool:
        """Whether the expression is told of as lying ahead; without a cue it is not."""
        return self.tense(one) == "coming"


def relative_year(one: Candidate) -> int | None:
    """-1 for "last year", 0 for "this year", 1 for "next year", None where none is named."""
    groups = one.match.groupdict()
    for name in ("md_r", "dm_r", "mo_y", "pa_r", "qu_r", "se_ry"):
        if groups.get(name):
            return {"last": -1, "next": 1}.get(groups[name].lower(), 0)
    return None
