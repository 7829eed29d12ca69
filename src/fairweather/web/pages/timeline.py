"""The time line of a pair: how much was told of each stretch of time, and what happened in one.

A stretch that is followed becomes the whole line, with its own marks and its own acts, so that
five hundred acts are as readable as five and no script is needed to look closer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from fairweather.brief.charts import timeline_chart
from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Chart
from fairweather.errors import MisuseError
from fairweather.ledger.stories import Story
from fairweather.records import first_day, last_day
from fairweather.vocabulary import vocabulary

MOST_STRETCHES = 24
"""Bars beside each other that can be told apart, and touched, on a narrow screen."""

YEARS = (1, 2, 5, 10, 20, 50)
"""Years of a stretch: the fewest that leave no more than so many stretches."""

MOST_ACTS = 100
OPEN_ACTS = 12
ROOM = 3
"""Times the marks that a time line on paper has."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act on its day: who did what to whom, and whether it binds or divides."""

    day: dt.date
    story: Story
    towards: bool
    outlets: int
    origins: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some time with the acts in it; `during` is its name in an address."""

    label: str
    during: str
    towards: int
    against: int

    @property
    def acts(self) -> int:
        """How many acts are told of it."""
        return self.towards + self.against

    @property
    def told(self) -> str:
        """The stretch in words."""
        acts = f"{self.acts} act{'s' if self.acts != 1 else ''}"
        return f"{self.label}: {acts}, {self.towards} of cooperation, {self.against} of conflict"


@dataclass(frozen=True, slots=True)
class Timeline:
    """The line: its stretches, the chart of the marks within, the acts of it, the latest first.

    `during` is the stretch looked at, empty for the whole time; `tallest` the most acts of any
    stretch.
    """

    during: str
    stretches: tuple[Stretch, ...]
    chart: Chart | None
    acts: tuple[Act, ...]
    whole: int

    @property
    def tallest(self) -> int:
        """The most acts of any stretch."""
        return max((one.acts for one in self.stretches), default=0)

    def to_json(self) -> dict[str, Any]:
        """The line as one plain object: its stretches, and the acts that a page would show."""
        return {
            "during": self.during,
            "whole": self.whole,
            "stretches": [asdict(one) for one in self.stretches],
            "acts": [
                {
                    "day": act.day.isoformat(),
                    "event": act.story.best.id,
                    "towards": act.towards,
                    "outlets": act.outlets,
                    "origins": act.origins,
                }
                for act in self.acts[:MOST_ACTS]
            ],
            "left_out": self.left_out,
        }

    @property
    def open(self) -> tuple[Act, ...]:
        """The acts that stand open."""
        return self.acts[:OPEN_ACTS]

    @property
    def folded(self) -> tuple[Act, ...]:
        """Those folded under them."""
        return self.acts[OPEN_ACTS:MOST_ACTS]

    @property
    def left_out(self) -> int:
        """Those only counted."""
        return max(0, len(self.acts) - MOST_ACTS)


def timeline(evidence: Evidence, during: str = "") -> Timeline:
    """The time line of a pair, or of a stretch such as "2024", "2024-05" or "2001/2005".

    Raises MisuseError, RecordError for what is no stretch of time.
    """
    acts = sorted(_acts(evidence), key=lambda act: (act.day, act.story.id), reverse=True)
    days = _days(during)
    within = [act for act in acts if days is None or days[0] <= act.day <= days[1]]
    return Timeline(
        during,
        tuple(_stretches(within, days)),
        timeline_chart(evidence, ROOM, days),
        tuple(within),
        len(acts),
    )


def _acts(evidence: Evidence) -> Iterator[Act]:
    """Every act told as a fact or reported, on its own day or that of its text."""
    profile = evidence.profile
    for story in profile.acts:
        row = story.best
        when = evidence.when(row)
        day = when.earliest or when.latest
        if day and row.status in ("factual", "reported") and row.source and row.target:
            towards = str(vocabulary("event_classes")[row.event_class].extra["quad"])
            origins = {profile.origin.get(one.document, one.document) for one in story.events}
            outlets = len(story.outlets(profile.documents))
            yield Act(day, story, towards.endswith("cooperation"), outlets, len(origins))


def _days(during: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day of a stretch; None for the whole time."""
    if not during:
        return None
    first, _, last = during.partition("/")
    days = first_day(first), last_day(last or first)
    if days[0] > days[1]:
        raise MisuseError(f"{during}: the stretch ends before it begins")
    return days


def _stretches(acts: Sequence[Act], days: tuple[dt.date, dt.date] | None) -> Iterator[Stretch]:
    """The time of some acts cut into equal stretches, empty ones too; none for a month."""
    if not acts:
        return
    first, last = days or (acts[-1].day, acts[0].day)
    years = last.year - first.year + 1
    months = 12 * (years - 1) + last.month - first.month + 1
    if months == 1:
        return
    if months <= MOST_STRETCHES:
        yield from _by_month(acts, first, months)
        return
    step = next((one for one in YEARS if -(-years // one) <= MOST_STRETCHES), YEARS[-1])
    start = first.year - (first.year % step if step > 1 else 0)
    for year in range(start, last.year + 1, step):
        end = year + step - 1
        own = [act for act in acts if year <= act.day.year <= end]
        name = str(year) if step == 1 else f"{year}–{end}"
        yield _stretch(name, str(year) if step == 1 else f"{year}/{end}", own)


def _by_month(acts: Sequence[Act], first: dt.date, months: int) -> Iterator[Stretch]:
    for number in range(months):
        year, month = divmod(first.year * 12 + first.month - 1 + number, 12)
        during = f"{year:04d}-{month + 1:02d}"
        own = [act for act in acts if f"{act.day:%Y-%m}" == during]
        yield _stretch(f"{dt.date(year, month + 1, 1):%b %Y}", during, own)


def _stretch(name: str, during: str, acts: Sequence[Act]) -> Stretch:
    towards = sum(act.towards for act in acts)
    return Stretch(name, during, towards, len(acts) - towards)
