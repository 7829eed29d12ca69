"""The pair: how firm, on what it rests, what would break it, and where each word comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Query

from fairweather.brief import make_brief
from fairweather.brief.lines import Section
from fairweather.desk import Desk
from fairweather.desk.counting import last_published
from fairweather.errors import MisuseError
from fairweather.profile import Profile, StrandView
from fairweather.records import Claim
from fairweather.scenario import draft_scenario
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.network import network, third_parties
from fairweather.web.pages.page import AsOf, Day, Open, Page
from fairweather.web.view import Later, View

COLUMNS = ("strand", "viewpoint", "value", "low", "high", "for", "against", "trend", "figure")

MOST_LINES = 40
"""Lines of one section on a page; the interface for programs says how many more there are."""

SHOWN_LINES = 7
"""Lines of a section that stand open; the others are folded."""

MOST_QUOTES = 8
MOST_CLAIMS = 12

Like = Annotated[
    str, Query(max_length=80, description="A reference pair beside it, such as RUS-CHN.")
]
Third = Annotated[
    str, Query(alias="for", max_length=80, description="A third party to look from, such as ISR.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What stands in the address of a pair page besides the pair."""

    as_of: str
    since: str
    like: str
    third: str


def pair(
    desk: Open,
    a: str,
    b: str,
    as_of: AsOf = None,
    since: Day = None,
    like: Like = "",
    third: Third = "",
) -> View:
    """The pair as it is, or was by a date; what changed since one; a reference pair beside."""
    asked = Asked(as_of or "", since or "", like.strip(), third.strip())
    seen = desk.within(as_of=as_of or None)
    profile = seen.profile(a, b)
    brief, play = _told(seen, desk, profile, asked)
    others = third_parties(profile, seen.ledger.record)
    return View(
        template="pair.html.j2",
        title=brief.title,
        data=Later(brief.to_json),
        shown={
            "brief": brief,
            "judgement": brief.sections[0],
            "sections": tuple(map(folded, brief.sections[1:])),
            "profile": profile,
            "asked": asked,
            "days": _days(desk, profile),
            "views": tuple(_views(profile)),
            "claims": _contested(profile)[:MOST_CLAIMS],
            "most": MOST_QUOTES,
            "network": network(profile, others),
            "others": others,
            "play": play,
        },
        columns=COLUMNS,
        rows=tuple(_rows(profile)),
        charts={one.key: one.chart for one in brief.sections if one.chart},
    )


def _told(seen: Desk, desk: Desk, profile: Profile, asked: Asked) -> tuple[Any, Any]:
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


@dataclass(frozen=True, slots=True)
class Folded:
    """A section with the lines that stand open, and those folded under them."""

    section: Section
    open: tuple[Any, ...]
    folded: tuple[Any, ...]


def folded(section: Section) -> Folded:
    """The section cut where a reader may stop; a cut that hides two lines is none."""
    shown = SHOWN_LINES if len(section.lines) > SHOWN_LINES + 2 else len(section.lines)
    return Folded(section, section.lines[:shown], section.lines[shown:])


def _days(desk: Desk, profile: Profile) -> tuple[str, str]:
    """The first and the last day between which the pair may be looked at; empty for none."""
    known = sorted(one.published.until or "" for one in profile.documents.values())
    first = next((day for day in known if len(day) == len("2025-01-17")), "")
    last = last_published(desk.ledger)
    return (first, last.isoformat()) if first and last else ("", "")


def _views(profile: Profile) -> Iterator[tuple[str, str, list[StrandView]]]:
    """Each strand with what is known of it: its label, its meaning, the views of it."""
    for key, strand in vocabulary("strands").items():
        known = [view for view in profile.views if view.strand == key and view.records]
        if known:
            yield strand.label, strand.meaning, known


def _contested(profile: Profile) -> list[tuple[Claim, list[Claim]]]:
    """Claims that somebody disputes, each with those that dispute it."""
    by_id = {claim.id: claim for claim in profile.claims}
    return [
        (claim, [by_id[other] for other in claim.contested_by if other in by_id])
        for claim in profile.claims
        if any(other in by_id for other in claim.contested_by)
    ]


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
    charts=("agreements", "strands", "ladder"),
)
