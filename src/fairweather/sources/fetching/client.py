"""The client: one address fetched, safely and politely, or a stated reason why not."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from http.cookiejar import CookieJar, DefaultCookiePolicy
from types import TracebackType
from typing import Self

import httpx

from fairweather.sources.failure import Unread
from fairweather.sources.fetching.addresses import Guard
from fairweather.sources.fetching.answers import Fetched, Unfetched
from fairweather.sources.fetching.body import ACCEPTED, LARGEST, read_body
from fairweather.sources.fetching.connection import DEADLINE, GuardedTransport
from fairweather.sources.fetching.politeness import AGENT, Politeness, retry_after

USER_AGENT = f"{AGENT} (news reader; heeds robots.txt)"
ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, text/html;q=0.9,"
    " application/xml;q=0.8, */*;q=0.5"
)
_LASTING = frozenset({301, 308})


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one answer may be: bytes, seconds from name to last byte, redirects."""

    largest: int = LARGEST
    seconds: float = 30.0
    redirects: int = 5


class Fetcher:
    """Fetches over one guard; keeps no cookies, no passwords and no connections.

    Proxies and other settings of the environment are not heeded: a proxy would connect where
    the guard cannot look.
    """

    def __init__(
        self,
        guard: Guard | None = None,
        limits: Limits | None = None,
        politeness: Politeness | None = None,
    ) -> None:
        self._guard = guard or Guard()
        self._limits = limits or Limits()
        self._politeness = politeness or Politeness()
        self._client = httpx.Client(
            transport=GuardedTransport(self._guard),
            trust_env=False,
            follow_redirects=False,
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
            headers={"User-Agent": USER_AGENT, "Accept": ACCEPT, "Accept-Encoding": ACCEPTED},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._client.close()

    def get(self, url: str, *, etag: str = "", modified: str = "") -> Fetched:
        """Fetch an address, asking only for what has changed since `etag` and `modified`.

        Raises Refused where it may not be reached, Unfetched where the server fails or
        refuses, Unread for a body that is too large or damaged.
        """
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        headers = {name: value for name, value in conditions.items() if value}
        return self._follow(url, headers, heed_robots=True)

    def _follow(self, url: str, headers: dict[str, str], *, heed_robots: bool) -> Fetched:
        request = self._request(url, headers)
        moved = ""
        lasting = True
        for _ in range(self._limits.redirects + 1):
            self._guard.check(request.url)
            if heed_robots:
                self._politeness.permit(request.url, self._robots)
            self._politeness.wait(request.url)
            response, body = self._send(request)
            if not response.has_redirect_location:
                return self._answer(response, body, moved)
            request = self._redirected(response, headers)
            lasting = lasting and response.status_code in _LASTING
            moved = str(request.url) if lasting else moved
        raise Unfetched(f"redirects more than {self._limits.redirects} times")

    def _request(self, url: str, headers: dict[str, str]) -> httpx.Request:
        try:
            return self._client.build_request("GET", url, headers=headers)
        except (httpx.InvalidURL, ValueError) as error:
            raise Unfetched(f"is no web address: {error}") from error

    def _redirected(self, response: httpx.Response, headers: dict[str, str]) -> httpx.Request:
        location = response.headers["location"]
        try:
            target = response.request.url.join(location).copy_with(fragment=None)
        except (httpx.InvalidURL, ValueError) as error:
            raise Unfetched(f"redirects to no web address: {error}") from error
        same_host = target.host == response.request.url.host
        # What one server said about its copy means nothing to another.
        return self._request(str(target), headers if same_host else {})

    def _send(self, request: httpx.Request) -> tuple[httpx.Response, bytes]:
        """The answer with its body, where it is one to be read."""
        request.extensions[DEADLINE] = time.monotonic() + self._limits.seconds
        try:
            response = self._client.send(request, stream=True)
            try:
                return response, self._body(response)
            finally:
                response.close()
        except httpx.TimeoutException as error:
            raise Unfetched(f"did not answer in {self._limits.seconds:.0f} seconds") from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Unfetched(f"cannot be fetched: {str(error) or type(error).__name__}") from error

    def _body(self, response: httpx.Response) -> bytes:
        if response.status_code != 200:
            return b""
        stated = response.headers.get("content-length", "")
        if stated.isdigit() and int(stated[:18]) > self._limits.largest:
            raise Unread(f"is too large: {int(stated[:18]) / 1e6:.0f} MB; it is not read")
        encoding = response.headers.get("content-encoding", "")
        return read_body(response.iter_raw(), encoding, self._limits.largest)

    def _answer(self, response: httpx.Response, body: bytes, moved: str) -> Fetched:
        status = response.status_code
        if status not in (200, 304):
            wait = retry_after(response.headers.get("retry-after", ""), dt.datetime.now(dt.UTC))
            reason = f"{status} {response.reason_phrase}".strip()
            raise Unfetched(f"answers {reason}", status, wait)
        return Fetched(str(response.request.url), status, body, response.headers, moved)

    def _robots(self, url: str) -> tuple[int, str]:
        try:
            found = self._follow(url, {}, heed_robots=False)
        except Unfetched as error:
            if error.status:
                return error.status, ""
            raise
        return found.status, found.body.decode("utf-8", "replace").lstrip("\ufeff")
