"""Which channels a third party keeps with either of the two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fairweather.brief.evidence import Evidence, by_whom, newest_first
from fairweather.brief.lines import Line
from fairweather.brief.sections.agreements import titled
from fairweather.brief.sections.arrangements import with_article
from fairweather.brief.sections.exits import MUTUAL
from fairweather.brief.sections.third.party import ThirdParty
from fairweather.brief.wording import listing, name, phrase, sentence, when_so
from fairweather.history.pacts import in_force
from fairweather.profile import Profile
from fairweather.records import Event, Mechanism

MOST = 3
"""Arrangements, agreements and talks told of one side."""


def channels(evidence: Evidence, third: ThirdParty) -> Iterator[Line]:
    """What it shares with both, then with each side; sides without a channel together."""
    sides = {side: third.sides.get(side) for side in evidence.pair}
    everybody = {third.actor, *evidence.pair}
    shared = {one.id: one for p in sides.values() if p for one in _holding(p, everybody)}
    if shared:
        yield _joined([*shared.values()][:MOST], [third.actor, *evidence.pair], evidence)
    silent = []
    for side, profile in sides.items():
        lines = [*_with(side, third.actor, profile, [*shared], evidence)] if profile else []
        yield from lines
        silent += [] if lines or shared else [name(side)]
    if silent:
        text = (
            f"no source read tells of a channel between {name(third.actor)} and"
            f" {listing(silent, 'or')}"
        )
        yield Line(sentence(text), figures=(evidence.reading,))


def _with(
    side: str, third: str, profile: Profile, told: Sequence[str], evidence: Evidence
) -> Iterator[Line]:
    """Arrangements, agreements and talks with one side, the latest first."""
    own = [one for one in _holding(profile, {third, side}) if one.id not in told][:MOST]
    if own:
        yield _joined(own, [third, side], evidence)
    pacts = [one for one in profile.agreements if in_force(one, evidence.day)][:MOST]
    if pacts:
        named = listing(f"the {titled(one.name)}" for one in pacts)
        text = f"{name(third)} and {name(side)} are parties to {named}"
        passages = tuple(quote for one in pacts for quote in one.quotes[:1])
        yield Line(sentence(text), tuple(one.id for one in pacts), passages=passages)
    talks = newest_first((row for row in profile.events if _dealing(row)), evidence)
    if talks:
        yield _dealt(third, side, _on_different_days(talks, evidence)[:MOST], evidence)


def _holding(profile: Profile, members: set[str]) -> list[Mechanism]:
    """Arrangements that hold all of some actors, those with few members first."""
    found = [one for one in profile.mechanisms if members <= {m.actor for m in one.members}]
    return sorted(found, key=lambda one: len(one.members))


def _joined(shared: Sequence[Mechanism], who: Sequence[str], evidence: Evidence) -> Line:
    """ "India, Russia and Iran take part in BRICS (a bloc)"."""
    named = (
        f"{with_article(titled(one.name))} ({phrase('mechanism_kinds', one.kind)})"
        for one in shared
    )
    passages = tuple(quote for one in shared for quote in one.quotes[:1])
    all_of = "all " if len(who) > 2 else ""
    text = f"{listing(map(name, who))} {all_of}take part in {listing(named)}"
    said = f"{text}{by_whom(passages, evidence)}"
    return Line(sentence(said), tuple(one.id for one in shared), passages=passages)


def _dealing(row: Event) -> bool:
    """Whether two parties deal with each other as a fact or by report."""
    plain = row.status in ("factual", "reported")
    return bool(plain and row.event_class in MUTUAL and row.source and row.target)


def _dealt(third: str, side: str, talks: Sequence[Event], evidence: Evidence) -> Line:
    """ "Israel conferred with Russia on 14 April 2015 and reportedly in May 2016"."""
    grouped: dict[str, list[str]] = {}
    for row in reversed(talks):
        how = "reportedly " if row.status == "reported" else ""
        acted = f"{how}{phrase('event_past', row.event_class)} {name(side)}"
        grouped.setdefault(acted, []).append(_when(row, evidence))
    acts = [f"{acted} {listing(dict.fromkeys(dates))}" for acted, dates in grouped.items()]
    passages = tuple(quote for row in talks for quote in row.quotes[:1])
    records = tuple(row.id for row in talks)
    return Line(sentence(f"{name(third)} {listing(acts)}"), records, passages=passages)


def _when(row: Event, evidence: Evidence) -> str:
    """When it was, else when it was told: "(told on 3 May 2025)"."""
    return when_so(row.date) or f"(told {when_so(evidence.published(row))})"


def _on_different_days(rows: Sequence[Event], evidence: Evidence) -> list[Event]:
    """The first row of each kind of act on each day."""
    return [*{(row.event_class, _when(row, evidence)): row for row in reversed(rows)}.values()][
        ::-1
    ]
