"""The three charts of a report as Vega-Lite specifications: timeline, strands, ladder.

Pure functions from profile and play to a Chart, which makes its specification when it is
first drawn; Altair loads then.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from fairweather.brief.drawing import (
    AGAINST,
    BASE_RUN,
    EITHER,
    EVENT,
    FAINT,
    FOR,
    GRID,
    INK,
    WAR_RUN,
    config,
)
from fairweather.brief.evidence import Evidence
from fairweather.brief.lines import Chart
from fairweather.brief.sections.ladder import run_label, shown_runs
from fairweather.brief.timeline import MOST_LEVELS, Days, Placed, laid_out, marks_of
from fairweather.brief.wording import banded, label, name
from fairweather.profile import Profile, StrandView
from fairweather.records import AUTHOR
from fairweather.scenario import Play, RunAnswer
from fairweather.vocabulary import vocabulary

TIMELINE_WIDTH = 660
FEWEST_MARKS = 2
"""A single date needs no axis of time."""

ROW_HEIGHT = 13
STRANDS_WIDTH = 170
LADDER_WIDTH = 290
LADDER_ROW = 14

KINDS = {
    "agreement": ("square", FAINT),
    "support given": ("triangle-up", FOR),
    "support reported": ("triangle-right", FOR),
    "support withheld": ("triangle-down", AGAINST),
    "event": ("circle", EVENT),
}
"""Shape and colour of the marks on the timeline: told apart by either alone."""

LEANINGS = {"for": ("circle", FOR), "against": ("diamond", AGAINST), "neither": ("square", EITHER)}
CLEAR = 0.05
"""Values nearer to nought than this are drawn as neither for nor against."""


def timeline_chart(evidence: Evidence, room: int = 1, during: Days | None = None) -> Chart | None:
    """Agreements, support and the main events on one axis of time; None for a date or none.

    With more `room` it has so many times the marks and levels that a sheet of paper has; with
    `during` only what was so within those days.
    """
    marks = marks_of(evidence, room, during)
    placed = laid_out(marks, TIMELINE_WIDTH, room * MOST_LEVELS)
    if len(placed) < FEWEST_MARKS:
        return None
    a, b = (label(side) for side in evidence.pair)
    return Chart(
        key="timeline",
        title=f"{a} and {b}: agreements, support and main events over time",
        description="; ".join(place.mark.told for place in placed) + ".",
        make=partial(_timeline, tuple(placed)),
        width=TIMELINE_WIDTH + 10,
        height=ROW_HEIGHT * (1 + max(place.level for place in placed)) + 43,
    )


def _timeline(placed: tuple[Placed, ...]) -> dict[str, Any]:
    alt = _altair()

    levels = max(place.level for place in placed) + 1
    kinds = [kind for kind in KINDS if any(place.mark.kind == kind for place in placed)]
    shapes, colours = ([KINDS[kind][at] for kind in kinds] for at in (0, 1))
    time = alt.Scale(nice=False, domain=placed[0].domain)
    axis = alt.Axis(tickCount=8, format=_tick_format(placed[0]))
    colour = alt.Color("kind:N", title=None, scale=alt.Scale(domain=kinds, range=colours))
    shape = alt.Shape("kind:N", title=None, scale=alt.Scale(domain=kinds, range=shapes))
    at = alt.X("at:T", title=None, scale=time, axis=axis)
    base = alt.Chart().encode(
        y=alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[-0.5, levels - 0.1], reverse=True))
    )
    spans = base.transform_filter("datum.wide").mark_rule(strokeWidth=5, opacity=0.35)
    points = base.mark_point(filled=True, size=48, opacity=1)
    # The first of each pair is a white halo, which keeps grid lines out of the letters.
    labels = [
        base.transform_filter(side)
        .mark_text(align=align, dx=shift, fontSize=10, color=INK, **halo)
        .encode(x=alt.X("edge:T", title=None, scale=time, axis=axis), text="label:N")
        for side, align, shift in (("!datum.left", "left", 7), ("datum.left", "right", -7))
        for halo in ({"stroke": "white", "strokeWidth": 4}, {})
    ]
    layered = alt.layer(
        spans.encode(
            x=alt.X("from:T", title=None, scale=time, axis=axis),
            x2="to:T",
            color=colour,
        ),
        points.encode(x=at, shape=shape, color=colour).add_params(_zoomed()),
        *labels,
        data=alt.Data(values=[place.row() for place in placed]),
    ).properties(width=TIMELINE_WIDTH, height=ROW_HEIGHT * levels)
    return _with_look(layered)


def _zoomed() -> Any:
    """Where script draws the chart: drag to move, Ctrl and the wheel to zoom."""
    zoom = "wheel![event.ctrlKey]"
    return _altair().selection_interval(name="zoom", bind="scales", encodings=["x"], zoom=zoom)


def _tick_format(place: Placed) -> str:
    """Years, months or days, so that no two ticks read the same."""
    if place.years > 3:
        return "%Y"
    return "%b %Y" if place.days > 240 else "%-d %b %Y"


def strands_chart(profile: Profile) -> Chart | None:
    """The strands from each side, a dot with its band; None without any evidence."""
    known = [view for view in profile.views if view.value.value is not None]
    if not known:
        return None
    heard = any(view.viewpoint == AUTHOR for view in known)
    viewers = [profile.a, profile.b, *([AUTHOR] if heard else [])]
    shown = [s for s in vocabulary("strands") if any(view.strand == s for view in known)]
    order = [vocabulary("strands")[strand].label for strand in shown]
    # A chart may be kept for long: it holds what it shows, and neither profile nor ledger.
    rows = [
        _strand_row(view)
        for view in profile.views
        if view.viewpoint in viewers and view.strand in shown
    ]
    return Chart(
        key="strands",
        title=f"What ties {label(profile.a)} and {label(profile.b)}, strand by strand",
        description="; ".join(
            f"{_heading(view.viewpoint)}, {view.label.lower()}: {banded(view.value)}"
            for view in known
        )
        + ".",
        make=partial(_strands, rows, order, [_heading(viewer) for viewer in viewers]),
        width=3 * STRANDS_WIDTH + 120,
        height=17 * len(order) + 49,
    )


def _strands(rows: list[dict[str, Any]], order: list[str], sides: list[str]) -> dict[str, Any]:
    alt = _altair()

    scale = alt.Scale(domain=[-1, 1])
    axis = alt.Axis(values=[-1, 0, 1], labelExpr=_NAMED_ENDS, labelBound=True, gridColor=GRID)
    x: dict[str, Any] = {"scale": scale, "axis": axis, "title": None}
    shapes, colours = ([look[at] for look in LEANINGS.values()] for at in (0, 1))
    domain = list(LEANINGS)
    colour = alt.Color("leaning:N", legend=None, scale=alt.Scale(domain=domain, range=colours))
    shape = alt.Shape("leaning:N", legend=None, scale=alt.Scale(domain=domain, range=shapes))
    base = alt.Chart().encode(
        y=alt.Y("strand:N", sort=order, title=None, axis=alt.Axis(ticks=False, labelPadding=6))
    )
    told = base.transform_filter("!datum.silent")
    bands = told.mark_rule(strokeWidth=3, opacity=0.45).encode(
        x=alt.X("low:Q", **x), x2="high:Q", color=colour
    )
    dots = told.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("value:Q", **x), color=colour, shape=shape
    )
    unheard = (
        base.transform_filter("datum.silent")
        .mark_text(fontSize=9, color=FAINT)
        .encode(x=alt.X("nought:Q", **x), text=alt.value("not known"))
    )
    faceted = (
        alt.layer(bands, dots, unheard, data=alt.Data(values=rows))
        .properties(width=STRANDS_WIDTH, height=17 * len(order))
        .facet(
            column=alt.Column("side:N", sort=sides, title=None),
            spacing=18,
        )
    )
    return _with_look(faceted)


_NAMED_ENDS = "datum.value < 0 ? '−1 against' : datum.value > 0 ? '1 for' : '0'"


def _heading(side: str) -> str:
    return "As observers see it" if side == AUTHOR else f"As {name(side)} sees it"


def _strand_row(view: StrandView) -> dict[str, Any]:
    figure = view.value
    if figure.value is None or abs(figure.value) < CLEAR:
        leaning = "neither"
    else:
        leaning = "for" if figure.value > 0 else "against"
    return {
        "strand": view.label,
        "side": _heading(view.viewpoint),
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "leaning": leaning,
        "silent": figure.value is None,
        "nought": 0,
    }


def ladder_chart(play: Play) -> Chart:
    """P(at least each rung) in up to two runs, bars with bands, history as a diamond."""
    runs = shown_runs(play)
    rows = [row for answer in runs for row in _ladder_rows(play, answer)]
    return Chart(
        key="ladder",
        title="Chance of at least each rung of support, by run",
        description="; ".join(_rung_told(row) for row in rows) + ".",
        make=partial(_ladder, rows, [_run_name(play, answer) for answer in runs]),
        width=LADDER_WIDTH + 90,
        height=LADDER_ROW * len(runs[0].at_least) + 65,
    )


def _ladder_rows(play: Play, answer: RunAnswer) -> list[dict[str, Any]]:
    return [
        {
            "rung": vocabulary("rungs")[layered.name].label,
            "run": _run_name(play, answer),
            "value": layered.blend.value,
            "low": layered.blend.low,
            "high": layered.blend.high,
            "history": layered.history.value,
        }
        for layered in reversed(answer.at_least)
    ]


def _rung_told(row: dict[str, Any]) -> str:
    low, high = (round(100 * (row[end] or 0.0)) for end in ("low", "high"))
    return f"{row['run']}, at least {row['rung'].lower()}: {low} to {high} per cent"


def _ladder(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    alt = _altair()

    order = list(dict.fromkeys(row["rung"] for row in rows))
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
    x: dict[str, Any] = {
        "scale": alt.Scale(domain=[0, 1]),
        "axis": axis,
        "title": "chance of at least this rung",
    }
    colours = [BASE_RUN, WAR_RUN] if len(names) > 1 else [WAR_RUN]
    base = alt.Chart().encode(
        y=alt.Y("rung:N", sort=order, title=None, axis=alt.Axis(ticks=False, labelPadding=6)),
        yOffset=alt.YOffset("run:N", sort=names),
    )
    bars = base.mark_bar(height=5).encode(
        x=alt.X("value:Q", **x),
        color=alt.Color(
            "run:N", title=None, sort=names, scale=alt.Scale(domain=names, range=colours)
        ),
    )
    bands = base.mark_rule(color=INK, strokeWidth=1).encode(x=alt.X("low:Q", **x), x2="high:Q")
    counted = (
        base.transform_filter("isValid(datum.history)")
        .transform_calculate(layer="'history’s rate'")
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            x=alt.X("history:Q", **x),
            shape=alt.Shape(
                "layer:N", title=None, scale=alt.Scale(domain=["history’s rate"], range=["diamond"])
            ),
            color=alt.value(AGAINST),
        )
    )
    layered = (
        alt.layer(bars, bands, counted, data=alt.Data(values=rows))
        .properties(width=LADDER_WIDTH, height=LADDER_ROW * len(order))
        .resolve_scale(shape="independent")
    )
    return _with_look(layered)


def _altair() -> Any:
    # Half a second to import, and only a drawn chart needs it; its types are not complete.
    import altair

    return altair


def _run_name(play: Play, answer: RunAnswer) -> str:
    text = run_label(play, answer)
    return text[:1].upper() + text[1:]


def _with_look(chart: Any) -> dict[str, Any]:
    # Altair's checks against the schema cost more than the drawing; tests make them.
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["config"] = config()
    return spec
