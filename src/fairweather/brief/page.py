"""A report as HTML, as Markdown and as plain JSON: three dresses of the same sentences."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from fairweather.brief.appendix import FigureShown, figures_shown
from fairweather.brief.drawing import svg
from fairweather.brief.layout import GIST, room_for_quotes
from fairweather.brief.lines import Chart, Line, Row, Section
from fairweather.brief.wording import clean

if TYPE_CHECKING:
    from fairweather.brief.report import Brief

TEMPLATES = Path(__file__).with_name("templates")

_SPECIAL = re.compile(r"([\\`*\[\]<>|~])")
_OPENS_BLOCK = re.compile(r"^([#+=-]|\d+[.)])(?=\s|$|[#=-])")

_RANGE = re.compile(r"\d+–\d+(?:[ \u00a0]%)?|\([−\d.]+ to [−\d.]+\)")


def render_html(brief: Brief) -> str:
    """The report as one self-contained page."""
    css = (TEMPLATES / "brief.css").read_text(encoding="utf-8")
    figures = figures_shown(brief)
    seal = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return (
        _environments()[0]
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            figures=figures,
            gist=GIST,
            room=room_for_quotes(figures, brief.sources.groups, brief.sides),
            css=Markup(css),
            css_seal=seal,
            drawn=_drawn,
        )
    )


def render_markdown(brief: Brief) -> str:
    """The report as Markdown, everything from documents escaped."""
    text = (
        _environments()[1]
        .get_template("brief.md.j2")
        .render(brief=brief, figures=figures_shown(brief))
    )
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


class Ours(str):
    """Markdown of our own making, which needs no escape."""

    __slots__ = ()


def escape_markdown(value: Any) -> str:
    """Text that Markdown shows as it is, whatever a document put into it."""
    if isinstance(value, Ours):
        return value
    return _OPENS_BLOCK.sub(r"\\\1", _SPECIAL.sub(r"\\\1", clean(str(value))))


def unbroken(text: str) -> Markup:
    """The text escaped, its ranges kept on one line: "50–90 %", "(−0.9 to 0.4)"."""
    return Markup(_RANGE.sub(r'<span class="unbroken">\g<0></span>', str(escape(text))))


def cut_at(quote: str, room: int) -> tuple[str, str]:
    """The words of a quote that paper has room for, and those that the screen shows besides."""
    if len(quote) <= room:
        return quote, ""
    shown = quote[:room].rsplit(None, 1)[0]
    return shown, quote[len(shown) :]


def code(value: str) -> Ours:
    """An id or a command as Markdown code; a backtick in it would end it early."""
    return Ours(f"`{clean(value).replace('`', '')}`")


@cache
def _environments() -> tuple[Environment, Environment]:
    """The HTML environment escapes by itself; the Markdown one escapes every expression."""
    loader = FileSystemLoader(TEMPLATES)
    common: dict[str, Any] = {
        "loader": loader,
        "undefined": StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    html = Environment(autoescape=True, **common)
    # Autoescape is for HTML; `finalize` below escapes every expression for Markdown.
    markdown = Environment(autoescape=False, finalize=escape_markdown, **common)
    html.filters |= {"runs_of": runs_of, "unbroken": unbroken, "cut_at": cut_at}
    markdown.filters |= {"code": code, "ranges": ranges}
    markdown.globals["marks"] = _marks
    return html, markdown


def _marks(brief: Brief, part: Line | Row) -> Ours:
    """The numbers in brackets that end a line: "[3, 17, F2]"."""
    named = [ranges(brief.sources.cited(part)), ranges(brief.sources.drawn(part), "F")]
    return Ours(f"[{', '.join(part for part in named if part)}]")


def runs_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Rising numbers as runs of first and last; two neighbours stay two: 1, 2, 4-6."""
    runs: list[tuple[int, int]] = []
    for number in numbers:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return [
        part
        for first, last in runs
        for part in ([(first, first), (last, last)] if last == first + 1 else [(first, last)])
    ]


def ranges(numbers: Sequence[int], prefix: str = "") -> str:
    """Rising numbers in print: "1, 2, 4–6"."""
    return ", ".join(
        f"{prefix}{first}" if first == last else f"{prefix}{first}–{prefix}{last}"
        for first, last in runs_of(numbers)
    )


def _drawn(chart: Chart) -> Markup:
    # Made by our own charts: texts in it are escaped by the renderer and by `svg`.
    return Markup(svg(chart))


def plain(brief: Brief) -> dict[str, Any]:
    """The report as one JSON-ready object."""
    return {
        "title": brief.title,
        "pair": [brief.a, brief.b],
        "as_of": brief.as_of,
        "made_on": brief.made_on,
        "opening": _plain_line(brief, brief.opening),
        "sections": [_plain_section(brief, section) for section in brief.sections],
        "method": [_plain_line(brief, line) for line in brief.method],
        "figures": [_plain_figure(one) for one in figures_shown(brief)],
        "sources": [
            {
                "number": source.number,
                "record": source.record,
                "records": list(source.records),
                "quote": source.quote,
                "document": group.document,
                "title": group.title,
                "author": group.author,
                "publisher": group.publisher,
                "published": group.published,
                "opinion": group.opinion,
                "url": group.url,
            }
            for group in brief.sources.groups
            for source in group.sources
        ],
    }


def _plain_section(brief: Brief, section: Section) -> dict[str, Any]:
    table = section.table
    return {
        "key": section.key,
        "title": section.title,
        "lines": [_plain_line(brief, line) for line in section.lines],
        "table": table
        and {
            "caption": table.caption,
            "headers": list(table.headers),
            "rows": [{"cells": list(row.cells), **_grounds(brief, row)} for row in table.rows],
        },
        "chart": section.chart and {"title": section.chart.title, "spec": section.chart.spec},
        "left_out": section.left_out,
        "find": section.find,
    }


def _plain_line(brief: Brief, line: Line) -> dict[str, Any]:
    return {"lead": line.lead, "text": line.text, **_grounds(brief, line)}


def _grounds(brief: Brief, part: Line | Row) -> dict[str, Any]:
    return {
        "records": list(part.records),
        "figures": [figure.id for figure in part.figures],
        "sources": list(brief.sources.cited(part)),
    }


def _plain_figure(one: FigureShown) -> dict[str, Any]:
    return {
        "number": one.number,
        "id": one.id,
        "meaning": one.meaning,
        "value": one.value,
        "unit": one.unit,
        "formula": one.formula,
        "further_inputs_as_for": one.same,
        "inputs": [
            {
                "inputs": list(shared.named),
                "standing": shared.standing,
                "sources": list(shared.numbers),
            }
            for shared in one.inputs
        ],
    }
