"""Where a browser gives its token: it is kept in a cookie that no script can read."""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from fairweather.web.guarding import COOKIE, ENTER
from fairweather.web.pages.judging import return_to
from fairweather.web.refusing import TOLD_PAGE, rendering_of, told_after
from fairweather.web.view import View

LONGEST = 400
"""Characters of a token, and of the address to go back to."""

Back = Annotated[str, Query(max_length=LONGEST, description="The page to go on to.")]


def enter(request: Request, back: Back = "/") -> HTMLResponse:
    """The form for a token."""
    return _page(request, back)


def take_token(
    request: Request,
    token: Annotated[str, Form(max_length=LONGEST)] = "",
    back: Annotated[str, Form(max_length=LONGEST)] = "/",
) -> Response:
    """Keep a token that gives a right, and go on to the page that was asked for."""
    answer = return_to(back)
    if not request.app.state.settings.right_of(token):
        return _page(request, back, "That token gives no right here.", 401)
    answer.set_cookie(
        COOKIE,
        token,
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
    return answer


def _page(request: Request, back: str, mistake: str = "", code: int = 200) -> HTMLResponse:
    shown = {"back": back, "mistake": mistake, "longest": LONGEST}
    view = View(template="enter.html.j2", title="A token is needed here", data={}, shown=shown)
    return HTMLResponse(rendering_of(request).page(request, view), status_code=code)


def serve_entry(app: FastAPI) -> None:
    """The form, and what becomes of it."""
    app.get(ENTER, name="enter", operation_id="enter", tags=["enter"], responses=TOLD_PAGE)(enter)
    app.post(
        ENTER,
        name="take_token",
        operation_id="take_token",
        tags=["enter"],
        response_class=Response,
        responses=told_after("text/html"),
    )(take_token)
