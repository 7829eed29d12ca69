"""The pair: how firm, on what it rests, what would break it, and where each word comes from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Query

from fairweather.brief import make_brief
from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Chart, Line, Section
from fairweather.brief.report import Brief
from fairweather.brief.sections.agreements import most_binding
from fairweather.brief.sections.ladder import shown_runs
from fairweather.brief.verdict import verdict
from fairweather.brief.wording import label
from fairweather.desk import Desk
from fairweather.desk.blocs import most_told_of
from fairweather.desk.counting import last_published
from fairweather.errors import MisuseError
from fairweather.profile import Profile, StrandView
from fairweather.records import AUTHOR
from fairweather.scenario import Play, draft_scenario
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.clauses import clause_table
from fairweather.web.pages.network import network, third_parties
from fairweather.web.pages.opposed import opposed
from fairweather.web.pages.page import AsOf, Day, Open, Page
from fairweather.web.pages.scenario_answers import percent
from fairweather.web.pages.timeline import Timeline, timeline
from fairweather.web.view import Later, View

COLUMNS = ("strand", "viewpoint", "value", "low", "high", "for", "against", "trend", "figure")

MOST_LINES = 40
"""Lines of one section on a page; the interface for programs says how many more there are."""

SHOWN_LINES = 7
"""Lines of a section that stand open; the others are folded."""

MOST_QUOTES = 8
MOST_SUGGESTED = 20
"""Pairs offered to stand beside this one."""

AGO = (("a month", 30), ("half a year", 182), ("a year", 365))
"""How far back one may ask at a touch what has changed."""

CLEAR = 0.05
"""A strand's value nearer to nought than this speaks neither for the tie nor against it."""

STRETCH = r"^(\d{4}(-\d{2})?(/\d{4}(-\d{2})?)?)?$"

Like = Annotated[
    str, Query(max_length=80, description="A reference pair beside it, such as RUS-CHN.")
]
Third = Annotated[
    str, Query(alias="for", max_length=80, description="A third party to look from, such as ISR.")
]
During = Annotated[
    str,
    Query(
        pattern=STRETCH,
        description="A stretch of the time line: 2024, 2024-05 or 2001/2005.",
    ),
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address of a pair page besides the pair."""

    as_of: str
    since: str
    like: str
    third: str
    during: str

    def again(self, **changes: str) -> str:
        """The address of the same page with something else asked; empty for nothing asked."""
        named = asdict(self) | changes
        told = {NAMES.get(key, key): value for key, value in named.items() if value}
        return f"?{urlencode(told)}" if told else "?"


NAMES = {"as_of": "as-of", "third": "for"}
"""How the fields are called in an address."""


def pair(
    desk: Open,
    a: str,
    b: str,
    as_of: AsOf = None,
    since: Day = None,
    like: Like = "",
    third: Third = "",
    during: During = "",
) -> View:
    """The pair as it is, or was by a date; what changed since one; a reference pair beside."""
    asked = Asked(as_of or "", since or "", like.strip(), third.strip(), during)
    seen = desk.within(as_of=as_of or None)
    profile = seen.profile(a, b)
    brief, play = _told(seen, desk, profile, asked)
    evidence = Evidence(profile, seen.ledger.record)
    line = timeline(evidence, during)
    others = third_parties(profile, seen.ledger.record)
    return View(
        template="pair.html.j2",
        title=brief.title,
        data=Later(lambda: {**brief.to_json(), "timeline": line.to_json()}),
        shown={
            "brief": brief,
            "judgement": paragraphs(brief.sections[0]),
            "verdict": verdict(evidence),
            "chips": list(_glances(profile)),
            "sections": tuple(map(folded, brief.sections[1:])),
            "profile": profile,
            "asked": asked,
            "days": _days(desk, profile),
            "ago": list(_ago(_days(desk, profile)[1])),
            "suggested": _suggested(seen, profile),
            "timeline": line,
            "clauses": clause_table(most_binding(evidence)),
            "views": tuple(_views(profile)),
            "opposed": opposed(evidence),
            "most": MOST_QUOTES,
            "network": network(profile, others),
            "others": others,
            "rungs": _rungs(play),
            "percent": percent,
        },
        columns=COLUMNS,
        rows=tuple(_rows(profile)),
        charts=_charts(brief, line),
    )


def _told(seen: Desk, desk: Desk, profile: Profile, asked: Asked) -> tuple[Brief, Play]:
    """The report and the scenario played for it."""
    both = (profile.a, profile.b)
    foe = seen.actor(asked.third) if asked.third else None
    play = desk.play(draft_scenario(profile, against=foe, today=profile.last_published))
    brief = make_brief(
        profile,
        play,
        like=seen.profile(*pair_named(asked.like)) if asked.like else None,
        since=seen.since(*both, asked.since) if asked.since else None,
        third=seen.third_party(foe, both) if foe else None,
        look_up=seen.ledger.record,
        whole=True,
        most=MOST_LINES,
    )
    return brief, play


def pair_named(text: str) -> tuple[str, str]:
    """Two actors with a dash between, as "RUS-CHN". Raises MisuseError."""
    one, _, other = (part.strip() for part in text.partition("-"))
    if not one or not other:
        raise MisuseError(f"{text!r} is no pair; a dash joins two actors, as in RUS-CHN")
    return one, other


# -- the answer ----------------------------------------------------------------------------


def paragraphs(section: Section) -> list[tuple[str, list[Line]]]:
    """Run-in headings, each with the lines that follow each other under it."""
    return [(lead, list(lines)) for lead, lines in groupby(section.lines, lambda line: line.lead)]


@dataclass(frozen=True, slots=True)
class Chip:
    """A strand as one side sees it, at a glance."""

    label: str
    key: str
    view: StrandView

    @property
    def way(self) -> str:
        """Which way it leans: for, against, even, or unknown."""
        value = self.view.value.value
        if value is None:
            return "unknown"
        if abs(value) < CLEAR:
            return "even"
        return "for" if value > 0 else "against"


def _glances(profile: Profile) -> Iterator[tuple[str, list[Chip]]]:
    """The strands of either side, and those that observers tell of where they do."""
    for side in (profile.a, profile.b, AUTHOR):
        chips = list(_chips(profile, side))
        if side != AUTHOR or any(chip.way != "unknown" for chip in chips):
            yield side, chips


def _chips(profile: Profile, side: str) -> Iterator[Chip]:
    for key, strand in vocabulary("strands").items():
        yield Chip(strand.label, key, profile.strand(key, side))


# -- sections ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Folded:
    """A section with the lines that stand open, and those folded under them."""

    section: Section
    open: tuple[Line, ...]
    folded: tuple[Line, ...]


def folded(section: Section) -> Folded:
    """The section cut where a reader may stop; a cut that hides two lines is none."""
    shown = SHOWN_LINES if len(section.lines) > SHOWN_LINES + 2 else len(section.lines)
    return Folded(section, section.lines[:shown], section.lines[shown:])


def _charts(brief: Brief, line: Timeline) -> dict[str, Chart]:
    """The charts that the page shows: the time line is that of the stretch looked at."""
    own = {one.key: one.chart for one in brief.sections if one.chart and one.key != "agreements"}
    return own | ({"timeline": line.chart} if line.chart else {})


def _rungs(play: Play) -> list[tuple[str, str, list[tuple[str, Any]]]]:
    """Each rung in the run that the judgement tells of: its label, and its three layers."""
    answer = shown_runs(play)[-1]
    rungs = vocabulary("rungs")
    return [
        (
            layered.name,
            rungs[layered.name].label,
            list(zip(("history", "interests", "blend"), layered, strict=True)),
        )
        for layered in reversed(answer.at_least)
    ]


def _views(profile: Profile) -> Iterator[tuple[str, str, str, list[StrandView]]]:
    """Each strand with what is known of it: its key, its label, its meaning, the views of it."""
    for key, strand in vocabulary("strands").items():
        known = [view for view in profile.views if view.strand == key and view.records]
        if known:
            yield key, strand.label, strand.meaning, known


# -- looking otherwise ---------------------------------------------------------------------


def _days(desk: Desk, profile: Profile) -> tuple[str, str]:
    """The first and the last day between which the pair may be looked at; empty for none."""
    known = sorted(one.published.until or "" for one in profile.documents.values())
    first = next((day for day in known if len(day) == len("2025-01-17")), "")
    last = last_published(desk.ledger)
    return (first, last.isoformat()) if first and last else ("", "")


def _ago(last: str) -> Iterator[tuple[str, str]]:
    """How far back, and the day that is before the last text."""
    for told, days in AGO:
        if last:
            yield told, (dt.date.fromisoformat(last) - dt.timedelta(days=days)).isoformat()


def _suggested(desk: Desk, profile: Profile) -> list[tuple[str, str]]:
    """Pairs that may stand beside this one, those most told of first."""
    own = {profile.a, profile.b}
    found = most_told_of(desk.ledger, MOST_SUGGESTED)
    return [(f"{a}-{b}", f"{label(a)} and {label(b)}") for a, b in found if {a, b} != own]


def _rows(profile: Profile) -> Iterator[tuple[str, ...]]:
    for view in profile.views:
        value = view.value
        yield (
            view.strand,
            view.viewpoint,
            *(
                "" if part is None else f"{part:.3f}"
                for part in (value.value, value.low, value.high)
            ),
            str(len(view.supporting)),
            str(len(view.opposing)),
            view.trend or "",
            value.id,
        )


PAIR = Page(
    "/pair/{a}/{b}",
    "pair",
    "A pair, strand by strand from each side",
    pair,
    charts=("timeline", "strands", "ladder"),
)
