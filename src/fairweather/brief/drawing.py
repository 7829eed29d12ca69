"""From a Vega-Lite specification to an SVG that stands alone, prints well and reads aloud."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import Any

from fairweather.brief.lines import Chart

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
INK = "#1a1a1a"
FAINT = "#595959"
GRID = "#e6e6e6"

FOR, AGAINST, EITHER, EVENT = "#2166ac", "#b2182b", "#595959", "#a36a00"
"""Blue and red of ColorBrewer's RdBu: apart for the colour-blind and, by shade, in print."""

BASE_RUN, WAR_RUN = "#92c5de", "#2166ac"
"""Light and dark of one hue: the two runs differ in print without colour."""

NARROW_LETTERS = frozenset("fijlrtI.,:;'’()[]|- ")
_OPENING = re.compile(r"<svg\b[^>]*>")


def text_width(text: str, size: float) -> float:
    """About how many pixels a text takes in a plain sans serif of a size, never too few."""
    ems = sum(0.32 if c in NARROW_LETTERS else 0.72 if c.isupper() else 0.56 for c in text)
    return size * ems


def config() -> dict[str, Any]:
    """The look that all charts share."""
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "titleColor": INK,
            "labelFontSize": 10,
            "titleFontSize": 10,
            "titleFontWeight": "normal",
            "gridColor": GRID,
            "domainColor": FAINT,
            "tickColor": FAINT,
        },
        "legend": {
            "labelFontSize": 10,
            "titleFontSize": 10,
            "labelColor": INK,
            "orient": "top",
            "symbolSize": 60,
            "symbolOpacity": 1,
            "offset": 4,
        },
        "header": {"labelFontSize": 11, "labelFontWeight": "bold", "labelColor": INK},
    }


def svg(chart: Chart) -> str:
    """The chart as one SVG element with title and description, scaling to its column.

    The first call of a process loads the converter (about half a second); the same
    specification is drawn once.
    """
    import json

    return _titled(_drawn(json.dumps(chart.spec, sort_keys=True)), chart)


@lru_cache(maxsize=64)
def _drawn(spec: str) -> str:
    # Slow to start, and most verbs never draw.
    import vl_convert

    drawn: str = vl_convert.vegalite_to_svg(spec)
    return drawn


def _titled(drawn: str, chart: Chart) -> str:
    """The SVG with title and desc that assistive technology reads in place of the marks."""
    found = _OPENING.search(drawn)
    opening = found.group(0) if found else ""
    width, height = (re.search(rf'\b{side}="([\d.]+)"', opening) for side in ("width", "height"))
    named = opening[:-1] + (
        f' role="img" aria-labelledby="{chart.key}-title {chart.key}-desc"'
        ' preserveAspectRatio="xMinYMin meet">'
    )
    if width and height:
        named = named.replace(f" {width.group(0)} {height.group(0)}", "")
        named = named.replace(
            "<svg", f'<svg width="{float(width[1]):g}" height="{float(height[1]):g}"'
        )
    told = (
        f'<title id="{chart.key}-title">{escape(chart.title)}</title>'
        f'<desc id="{chart.key}-desc">{escape(chart.description)}</desc>'
    )
    # The marks' own labels would be read out one by one.
    quiet = drawn.replace(opening, named + told, 1)
    return re.sub(
        r' (?:aria-[a-z]+|role)="(?:graphics-[a-z]+|[^"]*container|[^"]*mark)"', "", quiet
    )
