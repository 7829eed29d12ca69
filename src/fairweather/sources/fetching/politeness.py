"""Politeness: one request at a time and not too soon, what robots.txt asks, when to come back."""

from __future__ import annotations

import datetime as dt
import email.utils
import time
import urllib.robotparser
from collections.abc import Callable
from dataclasses import dataclass, field

import httpx

from fairweather.sources.failure import Unread
from fairweather.sources.fetching.answers import Unfetched

AGENT = "fairweather"
"""The name that robots.txt knows this program by."""

PAUSE = 1.0
"""Seconds between two requests to one host."""

LONGEST_PAUSE = 30.0
"""Seconds; a Crawl-delay beyond it is cut, else one host could stop all the others."""

ROBOTS_KEPT = 24 * 3600.0
"""Seconds for which robots.txt is remembered (RFC 9309, 2.4)."""

ROBOTS_LARGEST = 512_000
"""Characters of robots.txt that are read (RFC 9309, 2.5 asks for 500 KiB at least)."""

LONGEST_BACK_OFF = dt.timedelta(days=1)

FetchRobots = Callable[[str], tuple[int, str]]
"""From an address to the status and the text of robots.txt. Raises Unread."""


@dataclass(frozen=True, slots=True)
class _Robots:
    rules: urllib.robotparser.RobotFileParser
    until: float
    unreachable: str = ""


@dataclass(slots=True)
class Politeness:
    """What is remembered of each host; `clock` and `sleep` are time's own but in tests."""

    pause: float = PAUSE
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    _next: dict[str, float] = field(default_factory=dict)
    _robots: dict[str, _Robots] = field(default_factory=dict)

    def wait(self, url: httpx.URL) -> None:
        """Wait until the host may be asked again."""
        host = url.host
        now = self.clock()
        if (left := self._next.get(host, now) - now) > 0:
            self.sleep(left)
        robots = self._robots.get(_origin(url))
        asked = float(robots.rules.crawl_delay(AGENT) or 0) if robots else 0.0
        self._next[host] = self.clock() + max(self.pause, min(asked, LONGEST_PAUSE))

    def permit(self, url: httpx.URL, fetch: FetchRobots) -> None:
        """Ask robots.txt, once a day. Raises Unread where it says no, Unfetched without it."""
        origin = _origin(url)
        robots = self._robots.get(origin)
        if robots is None or robots.until < self.clock():
            robots = self._ask(origin, fetch)
            self._robots[origin] = robots
        if robots.unreachable:
            told = f"{origin}/robots.txt {robots.unreachable}"
            raise Unfetched(f"{told}; nothing is fetched without it")
        if not robots.rules.can_fetch(AGENT, str(url)):
            raise Unread(f"{origin}/robots.txt asks not to fetch {url.path}")

    def _ask(self, origin: str, fetch: FetchRobots) -> _Robots:
        """RFC 9309, 2.3.1: without a file all is allowed, while it is unreachable nothing."""
        rules = urllib.robotparser.RobotFileParser()
        try:
            status, text = fetch(f"{origin}/robots.txt")
        except Unread as error:
            return _Robots(rules, self.clock() + 600, str(error))
        if status >= 500:
            return _Robots(rules, self.clock() + 600, f"answers {status}")
        if status != 200:
            text = ""
        rules.parse(text[:ROBOTS_LARGEST].splitlines())
        return _Robots(rules, self.clock() + ROBOTS_KEPT)


def _origin(url: httpx.URL) -> str:
    port = f":{url.port}" if url.port else ""
    return f"{url.scheme}://{url.raw_host.decode('ascii')}{port}"


def retry_after(value: str, now: dt.datetime) -> dt.timedelta | None:
    """How long a server asks to wait, in seconds or until a date; at most a day."""
    words = value.strip()
    if words.isascii() and words.isdigit():
        return min(dt.timedelta(seconds=min(int(words[:9]), 86400)), LONGEST_BACK_OFF)
    try:
        until = email.utils.parsedate_to_datetime(words)
    except ValueError:
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=dt.UTC)
    return min(max(until - now, dt.timedelta(0)), LONGEST_BACK_OFF)


def back_off(failures: int, every: dt.timedelta) -> dt.timedelta:
    """How long to leave a feed alone after so many failures in a row: twice as long each time.

    The first may be an accident of the network, and is tried again when it would be anyway.
    """
    doubled = every * (1 << min(max(failures - 1, 0), 12))
    return max(every, min(doubled, LONGEST_BACK_OFF)) if failures > 1 else dt.timedelta(0)
