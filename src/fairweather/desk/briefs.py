"""Briefs at the desk: a report on one pair, a table of several."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from fairweather.brief import Brief, make_brief
from fairweather.brief.comparison import Compared, compare
from fairweather.brief.sections.since import Since
from fairweather.desk.scorecards import scorecard
from fairweather.errors import NothingFound
from fairweather.ledger import Ledger
from fairweather.profile import Profile
from fairweather.records import LATEST, last_day
from fairweather.scenario import draft_scenario
from fairweather.scoring import Group

if TYPE_CHECKING:
    from fairweather.desk.desk import Desk


def brief_on(
    desk: Desk,
    a: str,
    b: str,
    *,
    like: tuple[str, str] | None,
    scenario: Path | str | None,
    third: str | None,
    since: str | None,
    as_of: str | None,
    made_on: str,
) -> Brief:
    """The report on a pair with what is asked beside it (`Desk.brief`)."""
    profile = desk.profile(a, b, as_of=as_of)
    foe = desk.actor(third) if third else None
    drafted = draft_scenario(profile, against=foe, today=profile.last_published)
    play = desk.play(scenario if scenario else drafted)
    reference = desk.profile(*like, as_of=as_of) if like else None
    seen = desk.within(as_of=as_of)
    return make_brief(
        profile,
        play,
        like=reference,
        since=seen.since(profile.a, profile.b, since) if since else None,
        third=seen.third_party(foe, (profile.a, profile.b)) if foe else None,
        made_on=made_on,
        look_up=desk.ledger.record,
        scored=_scored(desk.ledger, profile),
    )


def comparison_of(
    desk: Desk, pairs: Sequence[tuple[str, str]], *, as_of: str | None, made_on: str
) -> Brief:
    """Several pairs beside each other, each with the play of its drafted scenario."""
    profiles = [desk.profile(a, b, as_of=as_of) for a, b in pairs]
    compared = [
        Compared(one, desk.play(draft_scenario(one, today=one.last_published))) for one in profiles
    ]
    return compare(compared, made_on=made_on, look_up=desk.ledger.record)


def stood_on(desk: Desk, a: str, b: str, day: str) -> Since:
    """The pair at the end of a past day; with no profile where nothing was known of it."""
    try:
        before = desk.profile(a, b, as_of=day)
    except NothingFound:
        before = None
    return Since(last_day(day).isoformat(), before)


def _scored(ledger: Ledger, profile: Profile) -> Group | None:
    """Everybody's forecasts as scored by the profile's day; None while nothing was asked."""
    if not ledger.questions.all():
        return None
    day = profile.last_published.isoformat() if profile.as_of == LATEST else profile.as_of
    return scorecard(ledger, day).whole
