"""A chat service on this machine that answers what a test tells it to, or misbehaves."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from fairweather.coding.llm import LlmExtractor, LlmOptions, Patience, make_llm_extractor

KEY = "sk-test-0123456789-secret"
HASTY = Patience(connect=2, answer=0.4, attempts=3, first_pause=0.01, largest=200_000)


@dataclass(frozen=True)
class Reply:
    """One answer of the service, after a delay in seconds."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    delay: float = 0


def completion(text: str, finish: str = "stop", usage: dict[str, int] | None = None) -> Reply:
    """A chat completion with that text."""
    told = {
        "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        **({"usage": usage} if usage else {}),
    }
    return Reply(json.dumps(told).encode(), headers={"Content-Type": "application/json"})


def rows(**kinds: list[dict[str, Any]]) -> Reply:
    """A chat completion with those rows, 1000 tokens in and 100 out."""
    return completion(json.dumps(kinds), usage={"prompt_tokens": 1000, "completion_tokens": 100})


@dataclass
class Service:
    """Answers one reply after the other, the last one again and again."""

    port: int = 0
    replies: list[Reply] = field(default_factory=lambda: [rows(event=[])])
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        return f"http://{self.host}/v1"

    def answers(self, *replies: Reply) -> None:
        self.replies = list(replies)

    def sentences(self, request: int) -> list[dict[str, Any]]:
        """What a request showed of the text."""
        shown: dict[str, Any] = json.loads(self.asked[request]["messages"][1]["content"])
        return list(shown["sentences"])

    def next(self) -> Reply:
        return self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]


@pytest.fixture
def service() -> Iterator[Service]:
    """The service, listening."""
    state = Service()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            state.asked.append(json.loads(self.rfile.read(length)))
            state.headers.append({name.lower(): value for name, value in self.headers.items()})
            reply = state.next()
            time.sleep(reply.delay)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(reply.body)))
                self.end_headers()
                self.wfile.write(reply.body)
            except (BrokenPipeError, ConnectionResetError):
                pass  # the client has lost patience, as it should

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    state.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield state
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Desk:
    """An extractor against the service, and what it announced."""

    extractor: LlmExtractor
    announced: list[str]


@pytest.fixture
def hasty(service: Service, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """An impatient extractor with a key, priced at 2 and 10 for a million tokens."""
    monkeypatch.setenv("FAIRWEATHER_LLM_KEY", KEY)
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    announced: list[str] = []

    def announce(message: str) -> None:
        assert not service.asked, "announced too late"
        announced.append(message)

    options = LlmOptions(service.url, "small/model-1", 2.0, 10.0)
    made = make_llm_extractor(options, announce, HASTY)
    yield Desk(made, announced)
    made.client.close()
