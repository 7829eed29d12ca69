"""The application: every page three ways, errors in words, nothing from anywhere else."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import Depends, FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from fairweather import __version__
from fairweather.web.drawings import Drawings, serve_charts
from fairweather.web.entering import serve_entry
from fairweather.web.guarding import Guard
from fairweather.web.pages import PAGES, Page
from fairweather.web.refusing import (
    HANDLERS,
    TOLD,
    TOLD_PAGE,
    TOLD_TABLE,
    rendering_of,
    told_after,
)
from fairweather.web.remembering import Memory, first_part
from fairweather.web.rendering import Rendering
from fairweather.web.settings import Settings
from fairweather.web.view import View, as_csv
from fairweather.web.warming import warm

STATIC = Path(__file__).with_name("static")

LASTING = frozenset(first_part(page.path) for page in PAGES if page.lasting) | {"today"}
"""How the addresses of pages begin that change with the ledger alone."""


def make_app(settings: Settings) -> FastAPI:
    """The pages and the interface over one ledger. Raises LedgerError when it cannot be read."""
    app = FastAPI(
        title="fairweather",
        version=__version__,
        summary="How firm is a partnership between two states, with evidence.",
        docs_url=None,
        redoc_url=None,
        lifespan=_begun,
    )
    guard = Guard(settings)
    app.state.settings, app.state.guard = settings, guard
    app.state.rendering, app.state.drawings = Rendering(settings, guard), Drawings()
    app.state.memory = Memory(LASTING)
    app.middleware("http")(app.state.memory)
    app.middleware("http")(guard)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for page in PAGES:
        _serve(app, page)
        if page.charts:
            serve_charts(app, page)
    serve_entry(app)
    for kind, told in HANDLERS.items():
        app.exception_handler(kind)(told)
    return app


@asynccontextmanager
async def _begun(app: FastAPI) -> AsyncIterator[None]:
    warm(app)
    yield


def _serve(app: FastAPI, page: Page) -> None:
    """One page as a page, as an object and as a table, and what it lets one change."""
    given = Depends(page.make)

    def html(request: Request, view: View = given) -> Response:
        request.app.state.drawings.keep(request, view.charts)
        return HTMLResponse(rendering_of(request).page(request, view))

    def json(view: View = given) -> Response:
        return JSONResponse(dict(view.data))

    def table(view: View = given) -> Response:
        return Response(as_csv(view), media_type="text/csv; charset=utf-8")

    formats: tuple[tuple[str, Callable[..., Any], dict[str, Any]], ...] = (
        (".json", json, {"summary": f"{page.summary} (data)", "responses": TOLD}),
        (".csv", table, {"summary": f"{page.summary} (table)", "responses": TOLD_TABLE}),
        (
            "",
            html,
            {"summary": page.summary, "response_class": HTMLResponse, "responses": TOLD_PAGE},
        ),
    )
    about = inspect.getdoc(page.make) or ""
    for ending, endpoint, more in formats:
        path = f"{page.path}{ending}" if page.path != "/" or not ending else f"/today{ending}"
        name = f"{page.name}{ending.replace('.', '_')}"
        app.get(path, name=name, operation_id=name, tags=[page.name], description=about, **more)(
            endpoint
        )
    for action in page.actions:
        app.post(
            action.path,
            name=action.name,
            operation_id=action.name,
            tags=[page.name],
            response_class=Response,
            responses=told_after(action.gives),
        )(action.do)
