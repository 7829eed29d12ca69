"""The calibration of scored forecasts drawn: what was said against what came true."""

from __future__ import annotations

from functools import partial
from typing import Any

from fairweather.brief.drawing import FAINT, FOR, config
from fairweather.brief.lines import Chart
from fairweather.scoring import Group

SIDE = 260
LARGEST = 500
"""Area of the largest dot; dots are as large as their bins hold questions."""


def calibration_chart(group: Group) -> Chart | None:
    """Dots on the diagonal are well calibrated; None for too few questions."""
    if not group.bins:
        return None
    told = "; ".join(
        f"said {one.said:.2f}, came true {one.came:.2f} of {one.count}" for one in group.bins
    )
    return Chart(
        key="calibration",
        title=f"Calibration, {group.questions} questions: what was said and what came true",
        description=f"{told}.",
        make=partial(_calibration, group),
        width=SIDE + 60,
        height=SIDE + 50,
    )


def _calibration(group: Group) -> dict[str, Any]:
    alt = _altair()
    rows = [
        {"said": one.said, "came": one.came, "low": one.low, "high": one.high, "n": one.count}
        for one in group.bins
    ]
    unit = alt.Scale(domain=[0, 1])
    x = alt.X("said:Q", scale=unit, title="probability said", axis=alt.Axis(format=".0%"))
    y = alt.Y("came:Q", scale=unit, title="share that came true", axis=alt.Axis(format=".0%"))
    ends = alt.Data(values=[{"said": 0, "came": 0}, {"said": 1, "came": 1}])
    diagonal = alt.Chart(ends).mark_line(color=FAINT, strokeDash=[4, 4]).encode(x=x, y=y)
    base = alt.Chart(alt.Data(values=rows))
    bands = (
        base.transform_filter("isValid(datum.low)")
        .mark_rule(color=FOR, opacity=0.5, strokeWidth=2)
        .encode(x=x, y=alt.Y("low:Q", scale=unit), y2="high:Q")
    )
    size = alt.Size(
        "n:Q", title="questions", scale=alt.Scale(domainMin=0, rangeMax=LARGEST, rangeMin=20)
    )
    dots = base.mark_point(filled=True, opacity=1, color=FOR).encode(x=x, y=y, size=size)
    layered = alt.layer(diagonal, bands, dots).properties(width=SIDE, height=SIDE)
    spec: dict[str, Any] = layered.to_dict(validate=False)
    spec["config"] = config()
    return spec


def _altair() -> Any:
    # Half a second to import, and only a drawn chart needs it; its types are not complete.
    import altair

    return altair
