"""Views to HTML: one base, one environment that escapes everything it is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from fairweather.brief.drawing import svg
from fairweather.brief.lines import Chart
from fairweather.brief.page import unbroken
from fairweather.brief.wording import banded, clean, day, label, name, signed
from fairweather.ledger import PERSON
from fairweather.records import Explained, When
from fairweather.vocabulary import vocabulary
from fairweather.web.guarding import FORM_FIELD, Guard
from fairweather.web.settings import EDIT, Settings
from fairweather.web.view import View

TEMPLATES = Path(__file__).with_name("templates")

MENU = (
    ("/", "Today"),
    ("/pairs", "Pairs"),
    ("/scenario", "Scenarios"),
    ("/scorecard", "Scorecard"),
    ("/actors", "Actors"),
    ("/sources", "Sources"),
    ("/method", "Method"),
)

CHART = "/chart/"
"""What stands between the path of a page and the key of a chart apart from it."""


class ChartAddress(NamedTuple):
    """Where a chart is: as a still picture, and as a specification."""

    still: str
    spec: str


class Rendering:
    """The templates of one application."""

    def __init__(self, settings: Settings, guard: Guard) -> None:
        self.settings, self.guard = settings, guard
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters |= {
            "actor": label,
            "actor_inside": name,
            "day": day,
            "unbroken": unbroken,
            "clean": clean,
            "signed": signed,
            "banded": banded,
            "path": lambda part: quote(str(part), safe=""),
            "when": when_told,
            "spaced": lambda word: str(word).replace("_", " "),
            "value": value_told,
            "term": term_told,
            "who": lambda by: clean(by.removeprefix(PERSON)),
        }
        self.environment.tests["of_the_web"] = of_the_web
        self.environment.globals |= {"menu": MENU, "drawn": drawn, "form_field": FORM_FIELD}

    def page(self, request: Request, view: View) -> str:
        """A view as a whole page, or only its middle where a part was asked for."""
        return self._fill(request, view.template, view.title, {**view.shown, "data": view.data})

    def error(self, request: Request, message: str, code: int) -> str:
        """An error as a page."""
        return self._fill(
            request, "error.html.j2", "Not so", {"message": clean(message), "code": code}
        )

    def _fill(self, request: Request, template: str, title: str, shown: dict[str, Any]) -> str:
        path = request.url.path
        query = f"?{request.url.query}" if request.url.query else ""
        return self.environment.get_template(template).render(
            **shown,
            title=title,
            here=path,
            as_data=f"{'/today' if path == '/' else path}.json{query}",
            chart_at=lambda key: chart_address(path, query, key),
            as_table=f"{'/today' if path == '/' else path}.csv{query}",
            may_edit=self.guard.right_of(request) == EDIT,
            form_key=self.guard.form_key,
            partial=request.headers.get("hx-request") == "true",
        )


def drawn(chart: Chart) -> Markup:
    """A chart as SVG: texts in it are escaped by the renderer and by `svg`."""
    return Markup(svg(chart))


def chart_address(path: str, query: str, key: str) -> ChartAddress:
    """Where the chart of a key is on the page at a path."""
    at = f"{path.rstrip('/')}{CHART}{key}"
    return ChartAddress(f"{at}.svg{query}", f"{at}.json{query}")


def of_the_web(url: str) -> bool:
    """Whether an address leads to a page, and not, as a document may say, to a script."""
    return url.lower().startswith(("http://", "https://"))


def when_told(date: When) -> str:
    """A date as read, or that there is none."""
    return date.text() if date.known else "undated"


def term_told(key: str, words: str) -> str:
    """A word of a vocabulary as it is called inside a sentence; itself where none has it."""
    found = vocabulary(words).get(key)
    return found.label.lower() if found else key.replace("_", " ")


def value_told(figure: Explained) -> str:
    """A figure's value with its band, to two digits; "not known" without one."""
    if figure.value is None:
        return "not known"
    told = f"{figure.value:.2g}"
    if figure.low is None or figure.high is None or figure.low == figure.high:
        return told
    return f"{told} ({figure.low:.2g} to {figure.high:.2g})"
