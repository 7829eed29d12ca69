"""What changed since a day: new documents, strands that moved, steps of agreements, support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import titled
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import (
    banded,
    counted,
    day,
    label,
    name,
    number,
    phrase,
    sentence,
    when_so,
)
from fairweather.profile import Profile
from fairweather.records import AUTHOR, Event, Record, Support
from fairweather.vocabulary import vocabulary

MOST_EVENTS = 5
MOST_CITED = 4


@dataclass(frozen=True, slots=True)
class Since:
    """A day (ISO), and the pair as what was published by its end shows it; None for nothing."""

    day: str
    before: Profile | None


def since_section(evidence: Evidence, since: Since) -> Section:
    """What was published after the day, and what it changed."""
    a, b = evidence.pair
    lines = [
        _read(evidence, since),
        *_strands(evidence, since),
        *_steps(evidence, since),
        *_support(evidence, since),
        *_events(evidence, since),
    ]
    return Section(
        key="since",
        title=f"Since {day(since.day)}",
        lines=tuple(lines),
        find=f"fairweather profile {a} {b} --as-of {since.day}",
    )


def _read(evidence: Evidence, since: Since) -> Line:
    new = [one for one in evidence.profile.documents if not _known(one, since)]
    whole = len(evidence.profile.documents)
    if not new:
        text = f"nothing that speaks of both was published since {day(since.day)}"
    else:
        text = f"{number(len(new))} of {counted(whole, 'document')} came out since then"
    return Line(sentence(text), tuple(new[-MOST_CITED:]), (evidence.reading,))


def _known(document: str, since: Since) -> bool:
    return since.before is not None and document in since.before.documents


def _strands(evidence: Evidence, since: Since) -> Iterator[Line]:
    """Strands of which more is known, with the value before and now."""
    for view in evidence.profile.views:
        then = since.before.strand(view.strand, view.viewpoint).value if since.before else None
        now = view.value
        if now.value is None or (then is not None and banded(then) == banded(now)):
            continue
        new = tuple(one for one in now.records if then is None or one not in then.records)
        eyes = "observers see" if view.viewpoint == AUTHOR else f"{name(view.viewpoint)} sees"
        before = banded(then) if then is not None else "not known"
        text = f"{phrase('strands', view.strand)} as {eyes} it: {before} then, {banded(now)} now"
        figures = (now,) if then is None or then.value is None else (then, now)
        yield Line(sentence(text), new[:MOST_CITED], figures)


def _steps(evidence: Evidence, since: Since) -> Iterator[Line]:
    """Steps of agreements dated after the day."""
    for agreement in evidence.profile.agreements:
        for stage in agreement.stages:
            if (stage.date.since or "")[: len(since.day)] > since.day:
                told = f"{phrase('stages', stage.stage)} {when_so(stage.date)}".strip()
                text = f"{titled(agreement.name)}: {told}"
                yield Line(sentence(text), (agreement.id,), passages=stage.quotes[:1])


def _support(evidence: Evidence, since: Since) -> Iterator[Line]:
    """Support told of since, a sentence a giver and state."""
    grouped: dict[tuple[str, str], list[Support]] = {}
    for row in evidence.profile.support:
        if _new(row, since):
            grouped.setdefault((row.giver, row.state), []).append(row)
    for rows in grouped.values():
        text, told = support_said(rows, evidence)
        yield Line(sentence(text), told)


def _new(row: Record, since: Since) -> bool:
    return not _known(row.document, since)


def _events(evidence: Evidence, since: Since) -> Iterator[Line]:
    """The strongest acts told of since between the two, as facts or reports."""
    told = []
    for story in evidence.profile.acts:
        row = story.best
        plain = row.status in ("factual", "reported") and row.source and row.target
        if plain and _new(row, since) and {row.source[-1], row.target[-1]} == set(evidence.pair):
            told.append(row)
    for row in sorted(told, key=_strength, reverse=True)[:MOST_EVENTS]:
        yield Line(sentence(event_said(row)), (row.id,))


def _strength(row: Event) -> float:
    return abs(float(vocabulary("event_classes")[row.event_class].extra["intensity"]))


def event_said(row: Event) -> str:
    """ "reported: Russia meets Iran on 3 May 2025"."""
    said = phrase("statuses", row.status)
    acted = phrase("event_classes", row.event_class)
    when = when_so(row.date)
    return f"{said}{label(row.source[-1])} {acted} {name(row.target[-1])} {when}".strip()
