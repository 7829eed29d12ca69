"""What stands between a request and the pages: names, rights, rates, and what a page may do.

A page may load only what this server serves: no other host, no inline script, no frame. A
request must call the server by a name it goes by (a page elsewhere that rebinds its name to
this machine does not), bear a token where one is asked for, and an edit must come from a
page of this server.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from threading import Lock
from urllib.parse import quote, urlsplit

from fastapi import HTTPException, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from fairweather.web.settings import EDIT, READ, Settings, is_loopback

NETWORK_STYLE = "sha256-pgvDUBa4IjFA2yuSJ2cqcyxmNYJMborsd0ORcRv9vw8="
"""Of the one rule that Cytoscape writes into a page: its box is positioned."""

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self';"
        f" style-src 'self' '{NETWORK_STYLE}'; img-src 'self' data:;"
        " connect-src 'self'; font-src 'self'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}

COOKIE = "fairweather_token"
FORM_FIELD = "form_key"
LARGEST_BODY = 2_000_000
"""Bytes of a request's body: a scenario file is some thousands."""

FILES = "/static/"
"""What every page loads with it: the same for everybody, and not counted."""

ENTER = "/enter"
"""Where a token is given in a browser."""

MOST_CALLERS = 10_000
MINUTE = 60.0
SAFE = ("GET", "HEAD", "OPTIONS")

Handler = Callable[[Request], Awaitable[Response]]


class Rate:
    """Requests of each caller in the last minute, the longest unseen callers forgotten."""

    def __init__(self, limit: int, clock: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = Lock()

    def allows(self, caller: str) -> bool:
        """Whether the caller may ask once more: a bucket that fills up within a minute."""
        with self._lock:
            now = self._clock()
            left, seen = self._left.pop(caller, (float(self.limit), now))
            left = min(self.limit, left + (now - seen) * self.limit / MINUTE)
            allowed = left >= 1
            self._left[caller] = (left - 1 if allowed else left, now)
            while len(self._left) > MOST_CALLERS:
                self._left.popitem(last=False)
        return allowed


class Guard:
    """Checks every request of an application by its settings."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.rate = Rate(settings.requests_a_minute)
        self.form_key = secrets.token_urlsafe(32)

    async def __call__(self, request: Request, handle: Handler) -> Response:
        """The response of the pages, or the refusal."""
        refusal = self._refusal(request)
        response = refusal if refusal is not None else await handle(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    def _refusal(self, request: Request) -> Response | None:
        if _host(request) not in self.settings.hosts:
            return _refused(421, "this server does not go by that name; use --name to add it")
        caller = request.client.host if request.client else "unknown"
        files = request.url.path.startswith(FILES)
        if not files and not self.rate.allows(caller):
            return _refused(429, "too many requests; wait a minute", {"Retry-After": "60"})
        if request.method not in SAFE and not _from_here(request):
            return _refused(403, "an edit must come from a page of this server")
        if not (files or request.url.path == ENTER or self.right_of(request)):
            return _unknown(request)
        return _too_large(request)

    def right_of(self, request: Request) -> str:
        """What the bearer of a request may do: "read", "edit" or nothing (empty)."""
        right = self.settings.right_of(_secret(request))
        if not right and is_loopback(self.settings.host) and not self.settings.tokens:
            right = EDIT
        elif not right and is_loopback(self.settings.host):
            right = READ
        return READ if right == EDIT and not self.settings.edit else right

    def check_right(self, request: Request) -> None:
        """Raises HTTPException unless whoever asks may change something."""
        if not self.settings.edit:
            raise HTTPException(403, "nothing can be changed here; serve with --edit")
        if self.right_of(request) != EDIT:
            raise HTTPException(403, "the token that gives the right to edit is needed for that")

    def check_edit(self, request: Request, form_key: str) -> None:
        """Raises HTTPException unless the request may change something by a form of a page."""
        self.check_right(request)
        if not hmac.compare_digest(form_key.encode(), self.form_key.encode()):
            raise HTTPException(403, "the form is out of date; load the page again")


def _host(request: Request) -> str:
    try:
        return urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    except ValueError:
        return ""


def _unknown(request: Request) -> Response:
    """For whoever shows no token: a browser is sent to where one is given."""
    if request.method == "GET" and "text/html" in request.headers.get("accept", ""):
        asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"{ENTER}?back={quote(asked, safe='')}", status_code=303)
    return _refused(401, "a token is needed here", {"WWW-Authenticate": "Bearer"})


def _too_large(request: Request) -> Response | None:
    """A body is measured before it is read, so it must say how long it is."""
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers or not length.isdecimal():
        return _refused(411, "a request must say how many bytes it holds")
    if int(length) > LARGEST_BODY:
        return _refused(413, f"a request holds {LARGEST_BODY} bytes at most")
    return None


def _from_here(request: Request) -> bool:
    """Whether a change was asked for by a page of this server, or by no page at all."""
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _secret(request: Request) -> str:
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    return given if scheme.lower() == "bearer" else request.cookies.get(COOKIE, "")


def _refused(code: int, why: str, headers: dict[str, str] | None = None) -> Response:
    return PlainTextResponse(f"{why}\n", status_code=code, headers=headers)
