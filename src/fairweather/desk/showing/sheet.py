"""A sheet: an answer laid out as title, sentences, tables and charts, and as HTML.

The HTML takes its colours from the page around it, dark or light; only charts lie on paper of
their own. It holds no script, asks for nothing, and everything in it is escaped.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from fairweather.brief.drawing import svg
from fairweather.brief.lines import Chart
from fairweather.brief.wording import clean
from fairweather.records import fingerprint

_LOCAL = re.compile(r'( id="|url\(#)(clip|gradient)')
"""Ids of parts within a chart, and what points at them."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence: a run-in heading before it, and what it rests on ("12, F3") after it."""

    text: str
    lead: str = ""
    marks: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows of text under headers; `ids` is the column that holds ids, if any does."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    ids: int = -1


@dataclass(frozen=True, slots=True)
class Part:
    """A heading with what stands under it; `folded` opens on a click."""

    heading: str = ""
    told: tuple[Told, ...] = ()
    grid: Grid | None = None
    chart: Chart | None = None
    folded: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole answer; `note` says in small what it rests on."""

    title: str
    note: str = ""
    parts: tuple[Part, ...] = ()

    def html(self) -> str:
        """The sheet as a fragment of HTML."""
        return _template().render(sheet=self)


def sentences(lines: Sequence[str]) -> tuple[Told, ...]:
    """Plain sentences."""
    return tuple(Told(line) for line in lines if line)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("fairweather.desk.showing", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"clean": clean, "drawn": _drawn}
    return environment.get_template("sheet.html.j2")


def _drawn(chart: Chart) -> Markup:
    """The chart as SVG; its ids are its own on a page that may hold several."""
    own = replace(chart, key=f"{chart.key}-{fingerprint([chart.title, chart.description])[:8]}")
    return Markup(svg(own))
