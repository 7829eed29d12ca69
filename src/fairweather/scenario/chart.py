"""The ladder of a play as a Vega-Lite specification: P(at least each rung) by run, with bands."""

from __future__ import annotations

from typing import Any

from fairweather.scenario.answers import Play
from fairweather.vocabulary import vocabulary


def ladder_chart(play: Play) -> dict[str, Any]:
    """Bars of what interests imply, bands over parameter draws, history as a diamond.

    Every mark carries the id of its figure.
    """
    import altair as alt

    labels = [vocabulary("rungs")[layered.name].label for layered in play.runs[0].at_least]
    rung = alt.Y("rung:N", sort=labels, title="at least")
    data = alt.InlineData(values=_rows(play))
    bar = (
        alt.Chart()
        .mark_bar(opacity=0.6)
        .encode(y=rung, x=alt.X("interests:Q", title="probability", scale=alt.Scale(domain=[0, 1])))
    )
    band = alt.Chart().mark_rule().encode(y=rung, x="low:Q", x2="high:Q")
    diamond = (
        alt.Chart().mark_point(shape="diamond", filled=True, size=60).encode(y=rung, x="history:Q")
    )
    layers = alt.layer(bar, band, diamond, data=data)
    chart = layers.facet(row=alt.Row("run:N", title=None, sort=[one.run.name for one in play.runs]))
    specification: dict[str, Any] = chart.properties(title=play.scenario.question).to_dict()
    return specification


def _rows(play: Play) -> list[dict[str, Any]]:
    return [
        {
            "run": answer.run.name,
            "rung": vocabulary("rungs")[layered.name].label,
            "interests": layered.interests.value,
            "low": layered.interests.low,
            "high": layered.interests.high,
            "blend": layered.blend.value,
            "history": layered.history.value,
            "figure": layered.interests.id,
        }
        for answer in play.runs
        for layered in answer.at_least
    ]
