"""What a request is answered that is not as it must be: in words, never a trace."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from fairweather.errors import FairweatherError, LedgerError, NothingFound, UnknownKey
from fairweather.web.guarding import HEADERS
from fairweather.web.rendering import Rendering

CODES: tuple[tuple[type[FairweatherError], int], ...] = (
    (NothingFound, 404),
    (UnknownKey, 404),
    (LedgerError, 500),
)
"""Whatever else is wrong was asked wrongly: 400."""


class Problem(BaseModel):
    """What was wrong, in words."""

    error: str = Field(description="What was wrong, and what to do.")


REFUSALS = {
    400: "Misuse: what was asked does not make sense.",
    404: "Nothing of that name, or nothing found.",
    421: "The server does not go by that name.",
    422: "A part of the address or the form is not as it must be.",
    429: "Too many requests within a minute.",
}


def _answers(kind: str, *, bare: bool = False, **more: Any) -> dict[int | str, dict[str, Any]]:
    """The documented answers of an endpoint whose good answer is of one media type.

    What is wrong is told to a program as an object, to a reader as a page.
    """
    told: dict[str, Any] = {"content": {"text/html": {}}}
    if kind in ("application/json", "text/csv"):
        told = {"model": Problem}
    good: dict[int | str, dict[str, Any]] = {
        200: {"description": "The page.", "content": {kind: more or {}}}
    }
    return ({} if bare else good) | {
        code: {"description": why, **told} for code, why in REFUSALS.items()
    }


TOLD = _answers("application/json", schema={"type": "object"})
TOLD_TABLE = _answers("text/csv")
TOLD_STILL = _answers("image/svg+xml")
TOLD_PAGE = _answers("text/html")


def told_after(kind: str) -> dict[int | str, dict[str, Any]]:
    """The documented answers to a form or a request to change something."""
    if kind == "application/json":
        why = "Nothing can be changed here."
        return {
            **TOLD,
            401: _refusal("A token is needed."),
            403: {"description": why, "model": Problem},
        }
    return {
        **_answers("text/html", bare=True),
        200: {"description": "What came of it.", "content": {kind: {}}},
        303: {"description": "Done; back to the page."},
        401: _refusal("A token is needed."),
        403: _refusal("Nothing can be changed here."),
    }


def _refusal(why: str) -> dict[str, Any]:
    """By whoever guards the pages, or by a page."""
    return {"description": why, "content": {"text/plain": {}, "text/html": {}}}


def rendering_of(request: Request) -> Rendering:
    """The templates of the application that was asked."""
    found: Rendering = request.app.state.rendering
    return found


def _told(request: Request, error: Exception) -> Response:
    """An error in the words that the terminal would use, never a trace."""
    code = next((code for kind, code in CODES if isinstance(error, kind)), 400)
    return _refused(request, str(error), code)


def _unlike(request: Request, error: Exception) -> Response:
    """What in an address or a form is not as it must be, part by part."""
    found = error.errors() if isinstance(error, RequestValidationError) else []
    parts = [f"{one['loc'][-1]}: {one['msg'][:1].lower()}{one['msg'][1:]}" for one in found]
    return _refused(request, "; ".join(parts) or "not understood", 422)


def _not_here(request: Request, error: Exception) -> Response:
    """No such page, or not allowed."""
    code = error.status_code if isinstance(error, HTTPException) else 500
    said = error.detail if isinstance(error, HTTPException) else ""
    told = f"there is no page {request.url.path}" if code == 404 else str(said)
    return _refused(request, told, code)


def _broken(request: Request, error: Exception) -> Response:
    """A mistake of ours: what happened stands in the server's log, not on the page."""
    return _refused(request, "the program failed; what happened stands in the server's log", 500)


def _refused(request: Request, message: str, code: int) -> Response:
    headers = {name: value for name, value in HEADERS.items() if code == 500}
    if request.url.path.endswith((".json", ".csv")):
        return JSONResponse({"error": message}, status_code=code, headers=headers)
    page = rendering_of(request).error(request, message, code)
    return HTMLResponse(page, status_code=code, headers=headers)


HANDLERS: dict[type[Exception], Callable[[Request, Exception], Response]] = {
    FairweatherError: _told,
    RequestValidationError: _unlike,
    HTTPException: _not_here,
    Exception: _broken,
}
