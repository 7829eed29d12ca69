"""Charts: valid specifications, well-formed drawings, labels that never overlap."""

from __future__ import annotations

import datetime as dt
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.brief import Brief, Chart, svg
from fairweather.brief.drawing import text_width
from fairweather.brief.timeline import LABEL_SIZE, Mark, Placed, laid_out

SVG = "{http://www.w3.org/2000/svg}"
KEYS = ["timeline", "strands", "ladder"]


def chart(brief: Brief, key: str) -> Chart:
    return next(s.chart for s in brief.sections if s.chart and s.chart.key == key)


@pytest.mark.parametrize("key", KEYS)
def test_a_drawing_is_well_formed_and_names_itself(brief: Brief, key: str) -> None:
    drawn = ElementTree.fromstring(svg(chart(brief, key)))
    assert drawn.get("role") == "img"
    title, desc = drawn.find(f"{SVG}title"), drawn.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (chart(brief, key).title, chart(brief, key).description)
    assert drawn.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert not [one for one in drawn.iter() if one.get("style")]


@pytest.mark.parametrize("key", KEYS)
def test_a_specification_is_valid_vega_lite(brief: Brief, key: str) -> None:
    import altair

    altair.Chart.from_dict(chart(brief, key).spec)


def test_the_description_tells_what_the_marks_show(brief: Brief) -> None:
    assert "17 September 2025" in chart(brief, "timeline").description
    assert (
        "As Saudi Arabia sees it, trust: −0.3 (−0.9 to 0.4)" in chart(brief, "strands").description
    )
    assert "per cent" in chart(brief, "ladder").description


def test_history_is_marked_only_where_it_has_cases(brief: Brief) -> None:
    rows = chart(brief, "ladder").spec["data"]["values"]
    marked = [row["rung"] for row in rows if row.get("history") is not None]
    assert marked == ["Advisers", "Limited arms"]


def span(placed: Placed, width: float) -> tuple[float, float]:
    """Where a label lies, in pixels."""
    start, end = (dt.date.fromisoformat(day) for day in placed.domain)
    edge = placed.mark.since if placed.left else placed.mark.until
    at = width * (edge - start).days / (end - start).days
    reach = text_width(placed.mark.text, LABEL_SIZE) + 7
    return (at - reach, at) if placed.left else (at, at + reach)


DAYS = st.dates(dt.date(1945, 1, 1), dt.date(2026, 12, 31))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(DAYS, st.text("abcdeW", min_size=3, max_size=50)), max_size=15))
def test_no_two_labels_of_a_timeline_overlap(things: list[tuple[dt.date, str]]) -> None:
    marks = sorted(
        (Mark("event", text, day, day, text) for day, text in things), key=lambda m: m.middle
    )
    placed = laid_out(marks, 660)
    for at, one in enumerate(placed):
        for other in placed[at + 1 :]:
            if one.level == other.level:
                (a, b), (c, d) = span(one, 660), span(other, 660)
                assert b <= c or d <= a
