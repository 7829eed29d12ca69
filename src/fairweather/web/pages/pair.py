"""The pair: how firm, on what it rests, what would break it, and where each word comes from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fairweather.brief import make_brief
from fairweather.brief.wording import label
from fairweather.profile import Profile
from fairweather.records import AUTHOR
from fairweather.scenario import draft_scenario
from fairweather.vocabulary import vocabulary
from fairweather.web.pages.page import AsOf, Open, Page
from fairweather.web.view import View

COLUMNS = ("strand", "viewpoint", "value", "low", "high", "for", "against", "trend", "figure")


def pair(desk: Open, a: str, b: str, as_of: AsOf = None, like: str = "") -> View:
    """The pair page of two actors; `like` names a reference pair, such as RUS-CHN."""
    seen = desk.within(as_of=as_of or None)
    profile = seen.profile(a, b)
    beside = seen.profile(*_pair_of(like)) if like else None
    play = desk.play(draft_scenario(profile, today=profile.last_published))
    brief = make_brief(profile, play, like=beside, look_up=seen.ledger.record, whole=True)
    return View(
        template="pair.html.j2",
        title=brief.title,
        data=brief.to_json(),
        shown={
            "brief": brief,
            "profile": profile,
            "as_of": as_of or "",
            "like": like,
            "views": tuple(_views(profile)),
            "claims": _contested(profile),
            "network": network(profile),
            "play": play,
        },
        columns=COLUMNS,
        rows=tuple(_rows(profile)),
    )


def _pair_of(text: str) -> tuple[str, str]:
    """Two codes with a dash between, as "RUS-CHN"; desk.profile refuses what is none."""
    one, _, other = text.partition("-")
    return one.strip(), other.strip()


def _views(profile: Profile) -> Iterator[tuple[str, str, list[Any]]]:
    """Each strand with what is known of it: its label, its meaning, the views of it."""
    for key, strand in vocabulary("strands").items():
        known = [view for view in profile.views if view.strand == key and view.records]
        if known:
            yield strand.label, strand.meaning, known


def _contested(profile: Profile) -> list[tuple[Any, list[Any]]]:
    """Claims that somebody disputes, each with those that dispute it."""
    by_id = {claim.id: claim for claim in profile.claims}
    return [
        (claim, [by_id[other] for other in claim.contested_by if other in by_id])
        for claim in profile.claims
        if any(other in by_id for other in claim.contested_by)
    ]


def network(profile: Profile) -> dict[str, Any]:
    """Who else matters to the two: third parties and how each is bound to either side.

    Edges are counted records: support given or withheld, adversaries, offers, mechanisms.
    """
    edges: dict[tuple[str, str, str], int] = {}

    def bind(one: str, other: str, kind: str) -> None:
        if one != other and AUTHOR not in (one, other):
            edges[one, other, kind] = edges.get((one, other, kind), 0) + 1

    for support in (*profile.support, *profile.elsewhere):
        bind(support.giver, support.receiver, f"support {support.state.replace('_', ' ')}")
    for foe, _ in profile.adversaries:
        for side in (profile.a, profile.b):
            bind(foe, side, "adversary")
    for mechanism in profile.mechanisms:
        for member in mechanism.members:
            for side in (profile.a, profile.b):
                bind(member.actor, side, mechanism.kind.replace("_", " "))
    actors = sorted({profile.a, profile.b, *(end for edge in edges for end in edge[:2])})
    return {
        "nodes": [
            {"id": one, "name": label(one), "side": one in (profile.a, profile.b)} for one in actors
        ],
        "edges": [
            {"from": one, "to": other, "kind": kind, "count": count}
            for (one, other, kind), count in sorted(edges.items())
        ],
    }


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


PAIR = Page("/pair/{a}/{b}", "pair", "A pair, strand by strand from each side", pair)
