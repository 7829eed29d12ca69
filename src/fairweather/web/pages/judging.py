"""What a reader may change: verdicts on rows, decisions taken back; only with `--edit`."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form, Request
from fastapi.responses import RedirectResponse

from fairweather.errors import MisuseError
from fairweather.web.guarding import FORM_FIELD, Guard
from fairweather.web.pages.page import Action, Open

READER = "reader of the pages"

Key = Annotated[str, Form(alias=FORM_FIELD, max_length=100)]
Id = Annotated[str, Form(max_length=200)]
Reason = Annotated[str, Form(max_length=300)]
Back = Annotated[str, Form(max_length=400)]


def judge(
    request: Request,
    desk: Open,
    id: Id,
    verdict: Annotated[str, Form(pattern="^(accept|reject)$")],
    form_key: Key = "",
    reason: Reason = "",
    back: Back = "/",
) -> RedirectResponse:
    """Accept or reject a row, and go back to where it was read."""
    _guard(request).check_edit(request, form_key)
    review = desk.review(by=READER)
    if verdict == "accept":
        review.accept(id, reason)
    else:
        review.reject(id, reason or "rejected by a reader")
    return _return_to(back)


def take_back(
    request: Request, desk: Open, id: Id, form_key: Key = "", back: Back = "/"
) -> RedirectResponse:
    """Undo a decision; undoing that one restores it."""
    _guard(request).check_edit(request, form_key)
    desk.review(by=READER).undo(id)
    return _return_to(back)


def _guard(request: Request) -> Guard:
    guard: Guard = request.app.state.guard
    return guard


def _return_to(back: str) -> RedirectResponse:
    """To a path of this server and nowhere else. Raises MisuseError."""
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        raise MisuseError("a form leads back to a page of this server")
    return RedirectResponse(back, status_code=303)


JUDGE = Action("/review", "judge", judge)
TAKE_BACK = Action("/undo", "take_back", take_back)
