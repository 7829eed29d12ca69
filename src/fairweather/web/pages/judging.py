"""What a reader may change: verdicts on rows, decisions taken back; only with `--edit`."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import Form, Request
from fastapi.responses import RedirectResponse

from fairweather.desk import Desk
from fairweather.desk.review import Review, login_name
from fairweather.errors import MisuseError
from fairweather.web.guarding import FORM_FIELD, Guard
from fairweather.web.pages.page import Action, Open
from fairweather.web.settings import is_loopback

READER = "reader of the pages"
"""Who decides where nobody says so and the pages are open to others than who serves them."""

SIGNATURE = "fairweather_name"
LONGEST_NAME = 60
A_YEAR = 366 * 24 * 60 * 60

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
    guard_of(request).check_edit(request, form_key)
    review = signed(request, desk)
    if verdict == "accept":
        review.accept(id, reason)
    else:
        review.reject(id, reason or "rejected by a reader")
    return return_to(back)


def take_back(
    request: Request, desk: Open, id: Id, form_key: Key = "", back: Back = "/"
) -> RedirectResponse:
    """Undo a decision; undoing that one restores it."""
    guard_of(request).check_edit(request, form_key)
    signed(request, desk).undo(id)
    return return_to(back)


def join(
    request: Request,
    desk: Open,
    actor: Id,
    into: Id,
    form_key: Key = "",
    reason: Reason = "",
    back: Back = "/actors",
) -> RedirectResponse:
    """Decide that two names are one actor; `undo` takes it back."""
    guard_of(request).check_edit(request, form_key)
    signed(request, desk).merge(actor, into, reason)
    return return_to(back)


def sign(
    request: Request,
    name: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    form_key: Key = "",
    back: Back = "/",
) -> RedirectResponse:
    """Say who you are: the name that is stored with each verdict from this browser."""
    guard_of(request).check_edit(request, form_key)
    answer = return_to(back)
    kept = quote(" ".join(name.split()))
    answer.set_cookie(SIGNATURE, kept, max_age=A_YEAR, httponly=True, samesite="strict")
    return answer


def signature(request: Request) -> str:
    """Who decides: the name the browser gave, else whoever serves the pages to themselves."""
    given = " ".join(unquote(request.cookies.get(SIGNATURE, "")).split())[:LONGEST_NAME]
    settings = request.app.state.settings
    alone = is_loopback(settings.host) and not settings.tokens
    return given or (login_name() if alone else READER)


def signed(request: Request, desk: Desk, by: str = "") -> Review:
    """The verdicts of whoever asks, or of whom they say."""
    return desk.review(by=by or signature(request))


def guard_of(request: Request) -> Guard:
    """What checks the rights of a request."""
    guard: Guard = request.app.state.guard
    return guard


def return_to(back: str) -> RedirectResponse:
    """To a path of this server and nowhere else. Raises MisuseError."""
    if not back.startswith("/") or back.startswith(("//", "/\\")):
        raise MisuseError("a form leads back to a page of this server")
    return RedirectResponse(back, status_code=303)


JUDGE = Action("/review", "judge", judge)
JOIN = Action("/merge", "join", join)
TAKE_BACK = Action("/undo", "take_back", take_back)
SIGN = Action("/sign", "sign", sign)
