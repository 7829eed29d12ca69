"""The life of agreements drawn: a line for each, with its dated stages as points."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from fairweather.brief.drawing import FAINT, FOR, INK, config, text_width
from fairweather.brief.lines import Chart
from fairweather.brief.wording import clean, label
from fairweather.records import Agreement, Stage, shorten
from fairweather.vocabulary import vocabulary

WIDTH = 620
LEVEL_HEIGHT, LANE_FOOT = 15, 30
"""Pixels that a row of labels takes above a line, and what stands below it."""

Placing = Callable[[str], Any]
"""From a field of the data to its place along or down the chart."""

LABEL_SIZE = 10
LONGEST_NAME = 70
FEWEST_STAGES = 2

BEGUN = ("signed", "in_force")
"""Stages from which an agreement stands in place of the one before it."""

ENDED = ("terminated", "expired", "withdrawn", "denounced", "replaced")
"""Stages after which there is nothing more to draw."""


@dataclass(frozen=True, slots=True)
class Point:
    """A stage on the line of its agreement: when, how it is labelled, how high that stands."""

    lane: int
    at: dt.date
    text: str
    level: int = 0
    left: bool = False


def life_chart(agreements: Sequence[Agreement]) -> Chart | None:
    """A line for each agreement that has dated stages; None for fewer than two stages.

    They are given in the order in which one replaced the other: a line ends where the
    agreement did, or where the next came in its place.
    """
    told = [one for one in agreements if any(stage.date.known for stage in one.stages)]
    points = [point for lane, one in enumerate(told) for point in _points(lane, one)]
    if len(points) < FEWEST_STAGES:
        return None
    placed = list(_placed(points))
    description = "; ".join(
        f"{clean(one.name)}: {', '.join(f'{_name(s)} {s.date.text()}' for s in _dated(one))}"
        for one in told
    )
    return Chart(
        key="life",
        title=f"Stages of {clean(agreements[0].name)} over time",
        description=f"{description}.",
        make=partial(_drawn, tuple(placed), tuple(_lanes(told))),
        width=WIDTH + 10,
        height=_floor(placed, len(told) - 1) + LANE_FOOT,
    )


def _lanes(agreements: Sequence[Agreement]) -> Iterator[tuple[str, dt.date | None]]:
    """The name of each line, and where it ends; None for one that goes on."""
    for at, one in enumerate(agreements):
        ended = [_day(stage) for stage in _dated(one) if stage.stage in ENDED]
        begun = [_day(stage) for stage in _dated(one) if stage.stage not in ENDED]
        follower = agreements[at + 1] if at + 1 < len(agreements) else None
        taken = (
            [_day(stage) for stage in _dated(follower) if stage.stage in BEGUN] if follower else []
        )
        ends = [day for day in (*ended, *taken[-1:]) if day]
        last = max([day for day in begun if day], default=None)
        end = min(ends, default=None)
        yield clean(one.name), max(end, last) if end and last else end


def _dated(agreement: Agreement) -> list[Stage]:
    return sorted(
        (one for one in agreement.stages if one.date.known),
        key=lambda one: _day(one) or dt.date.min,
    )


def _day(stage: Stage) -> dt.date | None:
    return stage.date.earliest or stage.date.latest


def _points(lane: int, agreement: Agreement) -> Iterator[Point]:
    for stage in _dated(agreement):
        day = _day(stage)
        if day:
            by = f" by {', '.join(map(label, stage.by))}" if len(stage.by) == 1 else ""
            yield Point(lane, day, f"{_name(stage)}{by} {stage.date.text()}")


def _name(stage: Stage) -> str:
    return vocabulary("stages")[stage.stage].label.lower()


def _placed(points: Sequence[Point]) -> Iterator[Point]:
    """Every point with the lowest level above its line on which its label overlaps no other."""
    first, last = _span(points)
    days = (last - first).days
    taken: dict[tuple[int, int], float] = {}
    for point in sorted(points, key=lambda one: (one.lane, one.at, one.text)):
        at = WIDTH * (point.at - first).days / days
        wide = text_width(point.text, LABEL_SIZE) + 10
        left = at + wide > WIDTH
        low = at - wide if left else at
        level = 0
        while taken.get((point.lane, level), -1.0) > low:
            level += 1
        taken[point.lane, level] = low + wide
        yield Point(point.lane, point.at, point.text, level, left)


def _span(points: Sequence[Point]) -> tuple[dt.date, dt.date]:
    """From somewhat before the first point to somewhat after the last."""
    days = sorted(point.at for point in points)
    pad = dt.timedelta(days=max(15, (days[-1] - days[0]).days // 40))
    return days[0] - pad, days[-1] + pad


def _floor(points: Sequence[Point], lane: int) -> int:
    """How many pixels down the line of a lane lies."""
    heights = [
        LEVEL_HEIGHT * (1 + max((one.level for one in points if one.lane == at), default=0))
        for at in range(lane + 1)
    ]
    return sum(heights) + LANE_FOOT * lane + LEVEL_HEIGHT


def _drawn(
    points: tuple[Point, ...], named: tuple[tuple[str, dt.date | None], ...]
) -> dict[str, Any]:
    alt = _altair()
    domain = [day.isoformat() for day in _span(points)]
    height = _floor(points, len(named) - 1) + LANE_FOOT
    scale = alt.Scale(nice=False, domain=domain)
    layers = _layers(
        alt.Chart(alt.Data(values=list(_lane_rows(points, named)))),
        alt.Chart(alt.Data(values=list(_point_rows(points)))),
        at=lambda field: alt.X(field, title=None, scale=scale, axis=_axis(points)),
        down=lambda field: alt.Y(
            field, axis=None, scale=alt.Scale(domain=[0, height], reverse=True)
        ),
    )
    layered = alt.layer(*layers).properties(width=WIDTH, height=height)
    spec: dict[str, Any] = layered.to_dict(validate=False)
    spec["config"] = config()
    return spec


def _axis(points: Sequence[Point]) -> Any:
    first, last = _span(points)
    years = (last - first).days > 3 * 365
    return _altair().Axis(tickCount=8, format="%Y" if years else "%b %Y", grid=False)


def _lane_rows(
    points: Sequence[Point], named: Sequence[tuple[str, dt.date | None]]
) -> Iterator[dict[str, Any]]:
    """Every line from its first stage to its end, with its name under it."""
    first, last = _span(points)
    for lane, (name, end) in enumerate(named):
        yield {
            "name": shorten(name, LONGEST_NAME),
            "line": _floor(points, lane),
            "start": first.isoformat(),
            "from": min(one.at for one in points if one.lane == lane).isoformat(),
            "to": (end or last).isoformat(),
        }


def _point_rows(points: Sequence[Point]) -> Iterator[dict[str, Any]]:
    """Every stage with where its line lies and how far above that its label stands."""
    for point in points:
        line = _floor(points, point.lane)
        yield {
            "at": point.at.isoformat(),
            "label": point.text,
            "line": line,
            "above": line - LEVEL_HEIGHT * (point.level + 1),
            "left": point.left,
        }


def _layers(lanes: Any, stages: Any, at: Placing, down: Placing) -> Iterator[Any]:
    """Lines, stems, points, labels and names, from the lowest layer to the highest."""
    yield lanes.mark_rule(color=FAINT, strokeWidth=2).encode(
        x=at("from:T"), x2="to:T", y=down("line:Q")
    )
    yield stages.mark_rule(color=FAINT, strokeWidth=0.7).encode(
        x=at("at:T"), y=down("line:Q"), y2="above:Q"
    )
    yield stages.mark_point(filled=True, size=60, opacity=1, color=FOR).encode(
        x=at("at:T"), y=down("line:Q")
    )
    for side, align, shift in (("!datum.left", "left", 3), ("datum.left", "right", -3)):
        label = {"align": align, "dx": shift, "dy": -2, "fontSize": LABEL_SIZE, "color": INK}
        yield (
            stages.transform_filter(side)
            .mark_text(**label)
            .encode(x=at("at:T"), y=down("above:Q"), text="label:N")
        )
    called = {"align": "left", "dy": 13, "fontSize": LABEL_SIZE, "fontWeight": "bold"}
    yield lanes.mark_text(color=INK, **called).encode(
        x=at("start:T"), y=down("line:Q"), text="name:N"
    )


def _altair() -> Any:
    # Half a second to import, and only a drawn chart needs it; its types are not complete.
    import altair

    return altair
