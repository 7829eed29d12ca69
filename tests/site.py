"""A server of one's own on the loopback, and the only fetchers that may reach it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from fairweather.sources.fetching import Fetcher, Guard, Limits, Politeness

Headers = dict[str, str]
Answer = tuple[int, Headers, bytes]


@dataclass
class Site:
    """A web site: what each path answers, and what was asked of it."""

    port: int = 0
    answers: dict[str, Answer | Callable[[Headers], Answer]] = field(default_factory=dict)
    asked: list[tuple[str, Headers]] = field(default_factory=list)
    posted: list[tuple[str, bytes]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def guard(self, resolver: Callable[[str, int], list[str]] | None = None) -> Guard:
        here = frozenset({("127.0.0.1", self.port)})
        return Guard(resolver, here) if resolver else Guard(allowed=here)

    def fetcher(self, guard: Guard | None = None, limits: Limits | None = None) -> Fetcher:
        return Fetcher(guard or self.guard(), limits, Politeness(pause=0.0))


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            made.asked.append((self.path, headers))
            found = made.answers.get(self.path, (404, {}, b""))
            status, given, body = found(headers) if callable(found) else found
            self.send_response(status)
            for name, value in given.items():
                self.send_header(name, value)
            if "Content-Length" not in given:
                self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self) -> None:
            length = int(self.headers.get("Content-Length", "0"))
            made.posted.append((self.path, self.rfile.read(length)))
            found = made.answers.get(self.path, (404, {}, b""))
            status, given, body = found({}) if callable(found) else found
            self.send_response(status)
            for name, value in given.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield made
    server.shutdown()
    server.server_close()
    thread.join()
