"""Two runs drawn side by side: P(at least each rung) before and after, with its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from fairweather.brief.drawing import AGAINST, BASE_RUN, INK, WAR_RUN, config
from fairweather.brief.lines import Chart
from fairweather.records import Explained
from fairweather.scenario import Layered, Moved, RunAnswer
from fairweather.vocabulary import vocabulary

WIDTH = 330
ROW = 26
"""Height of a rung: two bars and the space between rungs."""

HISTORY = "history’s rate"


@dataclass(frozen=True, slots=True)
class Step:
    """One rung in a run, beside the same in the run it is compared with, where there is one."""

    after: Layered
    before: Layered | None = None
    moved: Moved | None = None

    @property
    def label(self) -> str:
        """The rung's name."""
        return vocabulary("rungs")[self.after.name].label

    @property
    def points(self) -> str:
        """ "+12 (5 to 20)", in points of per cent; empty where nothing stands beside it."""
        if self.moved is None:
            return ""
        one = self.moved
        value, low, high = (signed_points(part) for part in (one.change, one.low, one.high))
        return value if low == high == value else f"{value} ({low} to {high})"

    @property
    def way(self) -> str:
        """Whether the range lies above nought ("up"), below it ("down"), or neither ("")."""
        if self.moved is None or signed_points(self.moved.change) == "0":
            return ""
        return "up" if self.moved.low > 0 else "down" if self.moved.high < 0 else ""


def steps(
    after: RunAnswer, before: RunAnswer | None, changes: Sequence[Moved] = ()
) -> tuple[Step, ...]:
    """The rungs from the second up, lowest first."""
    if before is None:
        return tuple(Step(layered) for layered in after.at_least)
    rungs = zip(after.at_least, before.at_least, changes, strict=True)
    return tuple(Step(*rung) for rung in rungs)


def signed_points(change: float) -> str:
    """A change of probability in whole points of per cent with its sign: +12, −3, 0."""
    points = round(100 * change)
    return f"+{points}" if points > 0 else str(points).replace("-", "−")


def difference_chart(key: str, rungs: Sequence[Step], names: tuple[str, str]) -> Chart:
    """Bars of what interests imply, the highest rung on top; `names` before and after."""
    rows = [row for step in reversed(rungs) for row in _rows(step, names)]
    told = "; ".join(f"{step.label.lower()} {_told(step)}" for step in rungs)
    return Chart(
        key=key,
        title="Chance of at least each rung, by interests",
        description=f"{told}.",
        make=partial(_drawn, rows, names),
        width=WIDTH + 110,
        height=ROW * len(rungs) + 70,
    )


def _told(step: Step) -> str:
    value = round(100 * (step.after.interests.value or 0.0))
    return f"{value} per cent, {step.points} points" if step.points else f"{value} per cent"


def _rows(step: Step, names: tuple[str, str]) -> list[dict[str, Any]]:
    rows = [_row(step, names[1], step.after.interests)]
    if step.before is not None:
        rows.insert(0, _row(step, names[0], step.before.interests))
    return rows


def _row(step: Step, run: str, figure: Explained) -> dict[str, Any]:
    return {
        "rung": step.label,
        "run": run,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "history": step.after.history.value,
    }


def _drawn(rows: Sequence[dict[str, Any]], names: tuple[str, str]) -> dict[str, Any]:
    alt = _altair()

    order = list(dict.fromkeys(row["rung"] for row in rows))
    runs = [name for name in names if any(row["run"] == name for row in rows)]
    axis = alt.Axis(format=".0%", values=[0, 0.25, 0.5, 0.75, 1])
    x: dict[str, Any] = {"scale": alt.Scale(domain=[0, 1]), "axis": axis, "title": None}
    colours = alt.Scale(domain=runs, range=[BASE_RUN, WAR_RUN][-len(runs) :])
    base = alt.Chart().encode(
        y=alt.Y("rung:N", sort=order, title=None, axis=alt.Axis(ticks=False, labelPadding=6)),
        yOffset=alt.YOffset("run:N", sort=runs),
    )
    bars = base.mark_bar(height=8).encode(
        x=alt.X("value:Q", **x), color=alt.Color("run:N", title=None, sort=runs, scale=colours)
    )
    bands = base.mark_rule(color=INK, strokeWidth=1).encode(x=alt.X("low:Q", **x), x2="high:Q")
    counted = (
        alt.Chart()
        .transform_filter("isValid(datum.history)")
        .transform_calculate(layer=f"'{HISTORY}'")
        .mark_point(filled=True, size=70, opacity=1)
        .encode(
            y=alt.Y("rung:N", sort=order, title=None),
            x=alt.X("history:Q", **x),
            shape=alt.Shape(
                "layer:N", title=None, scale=alt.Scale(domain=[HISTORY], range=["diamond"])
            ),
            color=alt.value(AGAINST),
        )
    )
    layered = (
        alt.layer(bars, bands, counted, data=alt.Data(values=list(rows)))
        .properties(width=WIDTH, height=ROW * len(order))
        .resolve_scale(shape="independent")
    )
    spec: dict[str, Any] = layered.to_dict(validate=False)
    spec["config"] = config()
    return spec


def _altair() -> Any:
    # Half a second to import, and only a drawn chart needs it; its types are not complete.
    import altair

    return altair
