"""Charts apart from their pages: a page is not kept waiting by what is drawn on it.

A chart has an address under its page's: `.svg` is the still picture, `.json` the specification
that script draws from. Those of the pages made last are kept, so that none is made again for
its charts.
"""

from __future__ import annotations

import inspect
from collections import OrderedDict
from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Annotated, Any

from fastapi import Depends, FastAPI, Path, Request
from fastapi.responses import JSONResponse, Response

from fairweather.brief.drawing import svg
from fairweather.brief.lines import Chart
from fairweather.errors import NothingFound
from fairweather.web.pages import Page
from fairweather.web.refusing import TOLD, TOLD_STILL
from fairweather.web.remembering import learnt
from fairweather.web.rendering import CHART
from fairweather.web.view import View

MOST_PAGES = 64
"""Whose charts are kept: some thousand bytes each."""

Charts = Mapping[str, Chart]
Key = Annotated[str, Path(max_length=40, description="Which chart: the section it stands in.")]


class Drawings:
    """The charts of the pages made last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Charts] = OrderedDict()

    def keep(self, request: Request, charts: Charts) -> None:
        """Note the charts of the page that is asked for."""
        if charts:
            self._kept[_page_of(request)] = charts
            while len(self._kept) > MOST_PAGES:
                self._kept.popitem(last=False)

    def of(self, request: Request) -> Charts | None:
        """The charts of the page whose chart is asked for, if it was made of late."""
        return self._kept.get(_page_of(request))


def _page_of(request: Request) -> object:
    path = request.url.path.partition(CHART)[0]
    return learnt(request), path.rstrip("/"), request.url.query


def serve_charts(app: FastAPI, page: Page) -> None:
    """The charts of a page, still and as specifications."""
    page_later = Depends(_postponed(page.make))

    def still(request: Request, key: Key, make: Callable[[], View] = page_later) -> Response:
        return Response(svg(_chart(request, key, make)), media_type="image/svg+xml")

    def specification(
        request: Request, key: Key, make: Callable[[], View] = page_later
    ) -> Response:
        return JSONResponse(_chart(request, key, make).spec)

    def _chart(request: Request, key: str, make: Callable[[], View]) -> Chart:
        if key not in page.charts:
            raise NothingFound(f"no chart {key!r} here; there are {', '.join(page.charts)}")
        drawings: Drawings = request.app.state.drawings
        charts = drawings.of(request)
        if charts is None:
            charts = make().charts
            drawings.keep(request, charts)
        if key not in charts:
            raise NothingFound(f"too little is known to draw the chart {key!r}")
        return charts[key]

    for ending, endpoint, told in ((".svg", still, TOLD_STILL), (".json", specification, TOLD)):
        name = f"{page.name}_chart{ending.replace('.', '_')}"
        app.get(
            f"{page.path}{CHART}{{key}}{ending}",
            name=name,
            operation_id=name,
            tags=[page.name],
            summary=f"{page.summary} (one chart)",
            responses=told,
        )(endpoint)


def _postponed(make: Callable[..., View]) -> Callable[..., Callable[[], View]]:
    """A dependency that is given what a page needs, and makes it when it is called."""

    @wraps(make)
    def later(*given: Any, **named: Any) -> Callable[[], View]:
        return partial(make, *given, **named)

    later.__signature__ = inspect.signature(make, eval_str=True)  # type: ignore[attr-defined]
    return later
