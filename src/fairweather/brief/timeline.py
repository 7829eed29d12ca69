"""What stands on the timeline, and where: labels are stacked so that none overlap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from fairweather.brief.drawing import text_width
from fairweather.brief.evidence import Evidence
from fairweather.brief.sections.agreements import titled, weightiest
from fairweather.brief.wording import clean, dated, label, phrase
from fairweather.ledger.stories import Story
from fairweather.records import Agreement, Event, Support, When, shorten
from fairweather.vocabulary import vocabulary

MOST_MARKS = {"agreement": 5, "support": 5, "event": 4}
"""Marks of each kind: more would not be read."""

CROWDED = 4
"""Times the marks there is room for from which they are chosen from all of the time."""

SUPPORT_KINDS = {
    "given": "support given",
    "reported": "support reported",
    "withheld": "support withheld",
}
"""States of support that are told of the past -> kind of mark."""

MAKING = frozenset({"AGREE", "SUPPORT", "CONSULT"})
"""Classes of event as which the signing of an agreement is told."""

MOST_LEVELS = 6
LABEL_SIZE = 10
LABEL_LIMIT = 60
WIDE = 45
"""Days from which an interval is drawn as a bar beside its point."""

TOLD_STAGES = (
    "signed",
    "in_force",
    "ratified",
    "suspended",
    "denounced",
    "terminated",
    "withdrawn",
    "violated",
    "expired",
    "invoked",
    "extended",
)
"""Stages that a reader looks for, most telling first."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing on the timeline: what it is, when it was, how it is labelled."""

    kind: str
    text: str
    since: dt.date
    until: dt.date
    told: str

    @property
    def middle(self) -> dt.date:
        """Where the point stands."""
        return self.since + (self.until - self.since) / 2


@dataclass(frozen=True, slots=True)
class Placed:
    """A mark on its level, its label to the right or to the left of the point."""

    mark: Mark
    level: int
    left: bool
    domain: tuple[str, str]
    days: int

    @property
    def years(self) -> int:
        """Whole years that the timeline spans."""
        return self.days // 365

    @property
    def wide(self) -> bool:
        """Whether the interval is drawn as a bar."""
        return (self.mark.until - self.mark.since).days >= WIDE

    def row(self) -> dict[str, Any]:
        """The mark as a row of the chart's data."""
        return {
            "kind": self.mark.kind,
            "label": self.mark.text,
            "from": self.mark.since.isoformat(),
            "to": self.mark.until.isoformat(),
            "at": self.mark.middle.isoformat(),
            "edge": (self.mark.since if self.left else self.mark.until).isoformat()
            if self.wide
            else self.mark.middle.isoformat(),
            "wide": self.wide,
            "level": self.level,
            "left": self.left,
        }


Days = tuple[dt.date, dt.date]
"""A first and a last day."""


def marks_of(evidence: Evidence, room: int = 1, during: Days | None = None) -> list[Mark]:
    """The marks of a pair, oldest first: stages, support given or withheld, main events.

    With `during` only what was so within those days, so that each stretch of time shows its
    own most telling marks.
    """
    made = {
        "agreement": _stage_marks(evidence),
        "support": _support_marks(evidence),
        "event": _event_marks(evidence),
    }
    marks = [
        mark
        for kind, found in made.items()
        for mark in _first(_within(found, during), room * MOST_MARKS[kind])
    ]
    return sorted(marks, key=lambda mark: (mark.middle, mark.text))


def _within(marks: Iterator[Mark], during: Days | None) -> Iterator[Mark]:
    """The marks whose middle lies within the days."""
    for mark in marks:
        if during is None or during[0] <= mark.middle <= during[1]:
            yield mark


def _first(marks: Iterator[Mark], most: int) -> list[Mark]:
    """The first marks, each text once a year; of very many, some from every part of the time.

    Where so many are as telling as each other that the first would fill one end of the line
    alone, none of its parts takes more than its share while others have some.
    """
    kept: dict[tuple[str, int], Mark] = {}
    for mark in marks:
        kept.setdefault((mark.text, mark.middle.year), mark)
    found = list(kept.values())
    if len(found) <= CROWDED * most:
        return found[:most]
    start, end = min(mark.middle for mark in found), max(mark.middle for mark in found)
    length = max((end - start).days, 1)
    taken: list[Mark] = []
    filled = [0] * most
    for mark in found:
        part = min((mark.middle - start).days * most // length, most - 1)
        if not filled[part]:
            filled[part] += 1
            taken.append(mark)
    return [*taken, *(mark for mark in found if mark not in taken)][:most]


def _stage_marks(evidence: Evidence) -> Iterator[Mark]:
    agreements = weightiest(evidence)[:3]
    for verb in TOLD_STAGES:
        for agreement in agreements:
            for stage in agreement.stages:
                if stage.stage == verb:
                    yield from _mark("agreement", _stage_text(agreement, verb), stage.date)


def _stage_text(agreement: Agreement, verb: str) -> str:
    return f"{shorten(titled(clean(agreement.name)), 46)} {phrase('stages', verb)}"


def _support_marks(evidence: Evidence) -> Iterator[Mark]:
    rungs = vocabulary("rungs")
    rows = [row for row in evidence.profile.support if row.state in SUPPORT_KINDS]
    for row in sorted(rows, key=lambda row: -int(rungs[row.level].extra["rank"])):
        yield from _mark(SUPPORT_KINDS[row.state], _support_text(row), row.date)


def _support_text(row: Support) -> str:
    arrow = f"{label(row.giver)} → {label(row.receiver)}"
    said = "" if row.state == "given" else f", {row.state}"
    return f"{arrow}: {phrase('rungs', row.level)}{said}"


def _event_marks(evidence: Evidence) -> Iterator[Mark]:
    """Dated events told as facts or reports, each once, the strongest and surest first."""
    told: set[tuple[str, str]] = set()
    for story in sorted(_told_as_fact(evidence), key=lambda story: -_strength(story)):
        row = story.best
        said = (_event_text(row), (row.date.since or "")[:4])
        if _between(row, evidence) and not _staged(row, evidence) and said not in told:
            told.add(said)
            outlets = len(story.outlets(evidence.profile.documents))
            counted = f" ({outlets} outlets)" if outlets > 1 else ""
            yield from _mark("event", said[0] + counted, row.date)


def _told_as_fact(evidence: Evidence) -> Iterator[Story]:
    for story in evidence.profile.acts:
        row = story.best
        if row.status in ("factual", "reported") and row.source and row.target:
            yield story


def _strength(story: Story) -> float:
    row = story.best
    return row.confidence * abs(
        float(vocabulary("event_classes")[row.event_class].extra["intensity"])
    )


def _staged(row: Event, evidence: Evidence) -> bool:
    """Whether the event is the making of an agreement, which a stage of it already tells."""
    return row.event_class in MAKING and any(
        stage.date.known
        and (stage.date.since, stage.date.until) == (row.date.since, row.date.until)
        for agreement in evidence.profile.agreements
        for stage in agreement.stages
    )


def _between(row: Event, evidence: Evidence) -> bool:
    return {row.source[-1], row.target[-1]} == set(evidence.pair)


def _event_text(row: Event) -> str:
    said = phrase("statuses", row.status)
    acted = f"{label(row.source[-1])} {phrase('event_classes', row.event_class)}"
    return f"{said}{acted} {label(row.target[-1])}"


def _mark(kind: str, text: str, when: When) -> Iterator[Mark]:
    """The mark; what was so by a day stands on that day, and says so."""
    since, until = when.earliest, when.latest
    by = f" ({dated(When(None, when.until[:7]))})" if when.until and not since else ""
    since = since or until
    if since and until:
        yield Mark(
            kind, f"{shorten(text, LABEL_LIMIT)}{by}", since, until, f"{dated(when)}: {text}"
        )


def laid_out(marks: Sequence[Mark], width: float, levels: int = MOST_LEVELS) -> list[Placed]:
    """Every mark on the first level where point and label are free; levels are limited.

    A label stands to the right of its point, or to the left where the right edge is near.
    """
    if not marks:
        return []
    first = min(mark.since for mark in marks)
    last = max(mark.until for mark in marks)
    days = max((last - first).days, 30)
    pad = dt.timedelta(days=max(days // 50, 2))
    start, end = first - pad, first + dt.timedelta(days=days) + pad
    span = (end - start).days
    taken: list[list[tuple[float, float]]] = [[] for _ in range(levels)]
    domain = (start.isoformat(), end.isoformat())
    placed = []
    for mark in marks:
        low = width * (mark.since - start).days / span
        high = width * (mark.until - start).days / span
        reach = text_width(mark.text, LABEL_SIZE) + 16
        left = high + reach > width
        extent = (low - reach, high + 6) if left else (low - 6, high + reach)
        level = _free(taken, extent)
        if level is not None and extent[0] >= -width * 0.02:
            taken[level].append(extent)
            placed.append(Placed(mark, level, left, domain, days))
    return placed


def _free(taken: list[list[tuple[float, float]]], extent: tuple[float, float]) -> int | None:
    """The first level on which nothing overlaps the extent."""
    for level, others in enumerate(taken):
        if all(extent[1] < low or extent[0] > high for low, high in others):
            return level
    return None
