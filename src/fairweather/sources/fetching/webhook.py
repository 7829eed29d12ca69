"""A webhook: news posted as JSON to an address that the user names, in the background.

It goes out through the same guard as everything that is fetched; this machine's own loopback is
reached only when told. What cannot be delivered is tried again a few times, twice as long
apart each time, and then given up and told of; nothing ever waits for it but the end.
"""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx

from fairweather.sources.failure import Unread
from fairweather.sources.fetching.addresses import Guard
from fairweather.sources.fetching.answers import Unfetched
from fairweather.sources.fetching.client import USER_AGENT
from fairweather.sources.fetching.connection import DEADLINE, GuardedTransport

TRIES = 4
FIRST_WAIT = 2.0
"""Seconds before the second try; twice as long before each after it."""

ANSWER_WITHIN = 15.0
"""Seconds from name to answer."""

LAST_WAIT = 30.0
"""Seconds that the end of the program waits for what is still on its way."""

MOST_WAITING = 100
"""Messages that wait; beyond them the oldest is given up."""

LOOPBACK = ("127.0.0.1", "::1", "[::1]", "localhost")

Told = Callable[[str], None]


def guard_for(url: str, *, loopback: bool = False) -> Guard:
    """The guard for a webhook. Raises Unread where the address may not be reached.

    With `loopback` this machine itself is let through, on the port of the address alone.
    """
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError) as error:
        raise Unfetched(f"is no web address: {error}") from error
    port = parsed.port or {"http": 80, "https": 443}.get(parsed.scheme, 0)
    allowed = frozenset((host, port) for host in LOOPBACK) if loopback else frozenset()
    if allowed and parsed.host not in LOOPBACK:
        allowed = frozenset()
    guard = Guard(allowed=allowed)
    guard.check(parsed)
    return guard


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to try; the rest is for tests."""

    tries: int = TRIES
    first_wait: float = FIRST_WAIT
    last_wait: float = LAST_WAIT


class Webhook:
    """Posts JSON to one address from a thread of its own; close it to wait for the last."""

    def __init__(
        self,
        url: str,
        guard: Guard,
        told: Told = lambda said: None,
        patience: Patience | None = None,
    ) -> None:
        self.url = url
        self._told = told
        self._patience = patience or Patience()
        self._client = httpx.Client(
            transport=GuardedTransport(guard),
            trust_env=False,
            follow_redirects=False,
            headers={"User-Agent": USER_AGENT, "Content-Type": "application/json"},
        )
        self._waiting: queue.Queue[bytes | None] = queue.Queue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._deliver, daemon=True)
        self._thread.start()

    def post(self, message: object) -> None:
        """Send a message as soon as may be; returns at once."""
        while self._waiting.qsize() >= MOST_WAITING:
            self._waiting.get_nowait()
            self._told(f"webhook {self.url}: too many wait; the oldest was given up")
        self._waiting.put(json.dumps(message, allow_nan=False).encode())

    def close(self) -> None:
        """Wait a while for what is on its way, then give up."""
        self._waiting.put(None)
        self._thread.join(self._patience.last_wait)
        self._closing.set()
        self._thread.join(1.0)
        self._client.close()

    def _deliver(self) -> None:
        while (body := self._waiting.get()) is not None:
            wait = self._patience.first_wait
            for number in range(1, self._patience.tries + 1):
                trouble, again = self._send(body)
                if not trouble or self._closing.is_set():
                    break
                if not again or number == self._patience.tries:
                    self._told(f"webhook {self.url}: {trouble}; given up")
                    break
                self._closing.wait(wait)
                wait *= 2

    def _send(self, body: bytes) -> tuple[str, bool]:
        """What went wrong ("" if nothing), and whether it may go better later."""
        request = self._client.build_request("POST", self.url, content=body)
        request.extensions[DEADLINE] = time.monotonic() + ANSWER_WITHIN
        try:
            response = self._client.send(request, stream=True)
            response.close()
        except Unread as error:
            return str(error), False
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return f"cannot be reached: {str(error) or type(error).__name__}", True
        if response.is_success:
            return "", False
        passing = response.status_code >= 500 or response.status_code in (408, 425, 429)
        return f"answers {response.status_code}", passing
