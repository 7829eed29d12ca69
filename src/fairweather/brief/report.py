"""The report on a pair: sections chosen and fitted, figures and sources numbered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from fairweather.brief.charts import ladder_chart, strands_chart, timeline_chart
from fairweather.brief.evidence import Evidence, LookUp, nowhere
from fairweather.brief.layout import ONE_SIDE, WITH_MORE_ASKED, fitted, sides
from fairweather.brief.lines import Chart, Line, Row, Section
from fairweather.brief.sections.agreements import agreements_section
from fairweather.brief.sections.arrangements import arrangements_section
from fairweather.brief.sections.changes import changes_section
from fairweather.brief.sections.elsewhere import elsewhere_section
from fairweather.brief.sections.exits import exits_section
from fairweather.brief.sections.forecasts import forecasts_section
from fairweather.brief.sections.judgement import judgement_section
from fairweather.brief.sections.ladder import ladder_section, record_section
from fairweather.brief.sections.method import method_lines
from fairweather.brief.sections.reference import reference_section
from fairweather.brief.sections.since import Since, since_section
from fairweather.brief.sections.strands import strands_section
from fairweather.brief.sections.third import ThirdParty, third_section
from fairweather.brief.sections.unknown import unknown_section
from fairweather.brief.sources import Sources, number_sources
from fairweather.brief.wording import (
    are_actors,
    counted,
    day,
    label,
    prose_dates,
    sentence,
    when_so,
    with_names,
)
from fairweather.profile import Profile
from fairweather.records import LATEST, Explained, When
from fairweather.records.showing import Shown
from fairweather.scenario import Play
from fairweather.scoring import Group


@dataclass(frozen=True)
class Brief(Shown):
    """A finished report. `made_on` is an ISO date or empty; everything else is evidence.

    `opening` says what was read, `method` how the figures were made; `last` is the day of
    the last publication (ISO), where one is known; `sides` of A4 hold all but the notes.
    """

    a: str
    b: str
    as_of: str
    made_on: str
    opening: Line
    sections: tuple[Section, ...]
    figures: tuple[Explained, ...]
    sources: Sources = field(repr=False)
    heading: str = ""
    method: tuple[Line, ...] = ()
    last: str = ""
    sides: float = ONE_SIDE

    @property
    def title(self) -> str:
        """Both sides by name, where no other heading was given."""
        return self.heading or f"{label(self.a)} and {label(self.b)}"

    @property
    def dateline(self) -> str:
        """What the report speaks of, and when it was made."""
        return _dateline(self.as_of, self.last, self.made_on)

    @property
    def closing(self) -> tuple[Line, ...]:
        """What stands at the foot: what was read, and how the figures were made."""
        return (self.opening, *self.method)

    def statements(self) -> Iterator[Line | Row]:
        """Every sentence and table row, in reading order."""
        for section in self.sections:
            yield from section.statements()
        yield from self.closing

    def readable(self, text: str) -> str:
        """A figure's or an ingredient's words with names for ids and dates written out."""
        return prose_dates(with_names(text, self.actors))

    @cached_property
    def actors(self) -> tuple[str, ...]:
        """Every listed actor that an argument or an input's name speaks of."""
        words: set[str] = {self.a, self.b}
        for figure in self.figures:
            words.update(figure.arguments)
            for part in figure.ingredients:
                words.update(re.split(r"[^\w]", part.name))
        return are_actors(sorted(words))

    @cached_property
    def markdown(self) -> str:
        """The report as Markdown that is safe to print on a terminal."""
        from fairweather.brief.page import render_markdown

        return render_markdown(self)

    @cached_property
    def html(self) -> str:
        """The report as one self-contained page: no script, no outside request."""
        from fairweather.brief.page import render_html

        return render_html(self)

    @cached_property
    def pdf(self) -> bytes:
        """The page on two sides of A4. Raises MisuseError where WeasyPrint or Pango is missing."""
        from fairweather.brief.printing import render_pdf

        return render_pdf(self)

    def to_json(self) -> dict[str, Any]:
        """The report as one plain object, the same sentences and numbers."""
        from fairweather.brief.page import plain

        return plain(self)


def make_brief(
    profile: Profile,
    play: Play | None,
    *,
    like: Profile | None = None,
    made_on: str = "",
    look_up: LookUp = nowhere,
    whole: bool = False,
    most: int | None = None,
    since: Since | None = None,
    third: ThirdParty | None = None,
    scored: Group | None = None,
) -> Brief:
    """The report on a pair, with a played scenario and a reference pair where given.

    It is fitted to one side of paper unless `whole` leaves every line in, or the first
    `most` of each section. `since` adds what changed after a day, `third` what the
    partnership means for somebody else.

    `look_up` (a ledger's `record`) finds rows and documents that figures and offers name but
    the profile does not hold; without it such a source shows its id alone. `scored` are the
    forecasts scored so far, told beside what was foretold where they are enough.
    """
    evidence = Evidence(profile, look_up, scored)
    beside = Evidence(like, look_up) if like is not None else None
    charts = _charts(evidence, play, PAGE_ROOM if whole else 1)
    opening, method = _opening(evidence), tuple(method_lines(evidence, play))
    everything = tuple(_sections(Asked(evidence, play, beside, since, third), charts))
    if whole:
        sections = tuple(one.shortened(most or len(one.lines)) for one in everything)
    else:
        asked_more = since is not None or third is not None or like is not None
        room = WITH_MORE_ASKED if asked_more else ONE_SIDE
        sections = fitted(everything, (opening, *method), room)
    parts = [*(part for section in sections for part in section.statements()), opening, *method]
    figures = tuple({one.id: one for part in parts for one in part.figures}.values())
    return Brief(
        a=profile.a,
        b=profile.b,
        as_of=profile.as_of,
        made_on=made_on,
        opening=opening,
        sections=sections,
        figures=figures,
        sources=number_sources(parts, figures, _both(evidence, beside)),
        method=method,
        last=last_known(evidence),
        sides=sides(sections, (opening, *method)),
    )


Charts = Mapping[str, Chart | None]


PAGE_ROOM = 3
"""Times the marks of a timeline on paper that one on a page without end has."""


def _charts(evidence: Evidence, play: Play | None, room: int) -> Charts:
    """The chart of each section that has one; drawn when a page shows it."""
    return {
        "agreements": timeline_chart(evidence, room),
        "strands": strands_chart(evidence.profile),
        "ladder": ladder_chart(play) if play is not None else None,
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is made from and asked to tell besides."""

    evidence: Evidence
    play: Play | None
    like: Evidence | None
    since: Since | None
    third: ThirdParty | None


def _sections(asked: Asked, charts: Charts) -> Iterator[Section]:
    """The sections that have something to say, with all that they have."""
    evidence, play, like = asked.evidence, asked.play, asked.like
    made = [
        judgement_section(evidence, play),
        since_section(evidence, asked.since) if asked.since else None,
        third_section(evidence, asked.third, play) if asked.third else None,
        agreements_section(evidence),
        strands_section(evidence),
        exits_section(evidence, play),
        record_section(evidence),
        ladder_section(evidence, play) if play is not None else None,
        changes_section(evidence),
        forecasts_section(evidence),
        arrangements_section(evidence),
        elsewhere_section(evidence),
        reference_section(evidence, like) if like is not None else None,
        unknown_section(evidence),
    ]
    for section in made:
        if section is not None:
            charted = replace(section, chart=charts.get(section.key))
            if not charted.empty:
                yield charted


def _dateline(as_of: str, last: str, made_on: str) -> str:
    if as_of != LATEST:
        speaks = f"what was published by {day(as_of)}"
    else:
        speaks = f"what was read, published up to {day(last)}" if last else "everything read"
    made = f"; made on {day(made_on)}" if made_on else ""
    return sentence(f"a brief on {speaks}{made}")


def last_known(evidence: Evidence) -> str:
    """The day of the last publication, as far as one is known."""
    published = [one.published for one in evidence.profile.documents.values()]
    return max((one.until for one in published if one.until), default="")


def _opening(evidence: Evidence) -> Line:
    """What was read: documents, independent origins, the time they span."""
    documents = evidence.profile.documents.values()
    origins = {evidence.profile.origin.get(one.id, one.id) for one in documents}
    known = [one.published for one in documents if one.published.known]
    text = (
        f"it rests on {counted(len(documents), 'document')} that {_speak(len(documents))} of both,"
        f" from {counted(len(origins), 'independent origin')}{_span(known)}"
    )
    return Line(sentence(text), figures=(evidence.reading,))


def _speak(count: int) -> str:
    return "speaks" if count == 1 else "speak"


def _span(published: list[When]) -> str:
    """When the documents were published: ", published from 11 April 2015 to 9 January 2026"."""
    first = min((one.since for one in published if one.since), default="")
    last = max((one.until for one in published if one.until), default="")
    if not first or not last:
        return ""
    return f", published {when_so(When(first, last))}"


def _both(evidence: Evidence, like: Evidence | None) -> Evidence:
    """The pair's evidence, which also finds the rows of the reference pair."""
    if like is None:
        return evidence
    beyond = like.record

    def look_up(identity: str) -> Any:
        found = beyond(identity)
        return found if found is not None else evidence.look_up(identity)

    return Evidence(evidence.profile, look_up)
