"""What changed since a day: new documents, strands that moved, steps of agreements, support."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fairweather.brief.evidence import Evidence, excerpt, newest_first
from fairweather.brief.lines import Line, Section
from fairweather.brief.sections.agreements import became, titled
from fairweather.brief.sections.support_words import support_said
from fairweather.brief.wording import (
    banded,
    counted,
    day,
    name,
    number,
    phrase,
    possessive,
    sentence,
    when_so,
)
from fairweather.profile import Profile
from fairweather.records import AUTHOR, Event, Explained, Record, Support
from fairweather.vocabulary import vocabulary

MOST_EVENTS = 5
MOST_CITED = 4
LONGEST_QUOTE = 110


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
        *_steps(evidence, since),
        *_support(evidence, since),
        *_strands(evidence, since),
        *_events(evidence, since),
    ]
    if len(lines) == 1 and any(not _known(one, since) for one in evidence.profile.documents):
        text = "none of them tells of a step, of support or of a view that was not told before"
        lines.append(Line(sentence(text), figures=(evidence.reading,)))
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
        text = f"nothing read that speaks of both was published after {day(since.day)}"
    else:
        was = "was" if len(new) == 1 else "were"
        text = (
            f"{number(len(new))} of the {counted(whole, 'document')} {was} published after"
            f" {day(since.day)}"
        )
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
        view_of = f"{_whose(view.viewpoint)} view on {phrase('strands', view.strand)}"
        if then is None or then.value is None:
            text = f"{view_of} is told for the first time: {banded(now)}"
        else:
            text = f"{view_of} {_moved(then, now)} from {banded(then)} to {banded(now)}"
        figures = (now,) if then is None or then.value is None else (then, now)
        yield Line(sentence(text), new[:MOST_CITED], figures)


def _whose(viewpoint: str) -> str:
    return "observers’" if viewpoint == AUTHOR else possessive(name(viewpoint))


def _moved(then: Explained, now: Explained) -> str:
    """Which way a value went; that its band alone did where the value stands."""
    before, after = then.value or 0.0, now.value or 0.0
    if abs(after - before) < 0.05:
        return "hardly moved,"
    return "moved towards the tie," if after > before else "moved away from the tie,"


def _steps(evidence: Evidence, since: Since) -> Iterator[Line]:
    """Steps of agreements dated after the day, a sentence an agreement."""
    for agreement in evidence.profile.agreements:
        taken = [one for one in agreement.stages if (one.date.since or "")[:10] > since.day]
        if taken:
            title = titled(agreement.name)
            text = f"the {title} {became(taken, agreement, title)}"
            passages = tuple(quote for stage in taken for quote in stage.quotes[:1])
            yield Line(sentence(text), (agreement.id,), passages=passages)


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
        new = _new(row, since) and (row.date.until or "9999") > since.day
        if plain and new and row.quotes and {row.source[-1], row.target[-1]} == {*evidence.pair}:
            told.append(row)
    strongest = sorted(told, key=_strength, reverse=True)[:MOST_EVENTS]
    for row in newest_first(strongest, evidence):
        yield Line(sentence(told_of(row, evidence)), (row.id,))


def _strength(row: Event) -> float:
    return abs(float(vocabulary("event_classes")[row.event_class].extra["intensity"]))


def told_of(row: Event, evidence: Evidence) -> str:
    """ "X tells of 3 May 2025: “…”": the words themselves, for a class says little."""
    when = (
        f" of {when_so(row.date).removeprefix('on ').removeprefix('in ')}" if row.date.known else ""
    )
    verb = "reports" if row.status == "reported" else "tells"
    words = excerpt(row.quotes[0], evidence, LONGEST_QUOTE)
    return f"{evidence.teller(row)} {verb}{when}: “{words}”"
