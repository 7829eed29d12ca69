"""What was answered once is answered again from memory, until the ledger learns something.

Most pages follow from the ledger and the address alone. Their bodies are kept, the least
lately asked for forgotten first; who asks for one that is being made waits for it, so that
many readers of one page cost as much as one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import anyio
from fastapi import Request, Response

from fairweather.desk import Desk
from fairweather.desk.revision import Revision, revision

MOST_BYTES = 48_000_000
"""Of bodies kept at once: some hundred pages of pairs."""

KEPT_HEADERS = ("content-type",)

Handler = Callable[[Request], Awaitable[Any]]
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as it was sent."""

    body: bytes
    headers: dict[str, str]

    def response(self) -> Response:
        """The page once more."""
        return Response(self.body, headers=self.headers)


class Memory:
    """Answers of the pages of one application by address, rights and revision."""

    def __init__(self, lasting: frozenset[str], most_bytes: int = MOST_BYTES) -> None:
        self.lasting, self.most_bytes = lasting, most_bytes
        self.held = 0
        self._kept: OrderedDict[Key, Answer] = OrderedDict()
        self._making: dict[Key, anyio.Event] = {}
        self._lock = Lock()

    async def __call__(self, request: Request, handle: Handler) -> Response:
        """The answer from memory, or made and kept."""
        if request.method != "GET" or first_part(request.url.path) not in self.lasting:
            return await _plain(handle, request)
        key = _key(request)
        while key in self._making:
            await self._making[key].wait()
        found = self._found(key)
        if found is not None:
            return found.response()
        self._making[key] = anyio.Event()
        try:
            return await self._made(key, request, handle)
        finally:
            self._making.pop(key).set()

    def _found(self, key: Key) -> Answer | None:
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    async def _made(self, key: Key, request: Request, handle: Handler) -> Response:
        response = await handle(request)
        if response.status_code != 200:
            return response  # type: ignore[no-any-return]
        body = b"".join([part async for part in response.body_iterator])
        headers = {name: response.headers[name] for name in KEPT_HEADERS}
        self._keep(key, Answer(body, headers))
        return Answer(body, headers).response()

    def keep(self, request: Request, body: bytes, kind: str) -> None:
        """Remember the answer to a request, of a media type, that was made elsewhere."""
        self._keep(_key(request), Answer(body, {"content-type": kind}))

    def _keep(self, key: Key, answer: Answer) -> None:
        if len(answer.body) > self.most_bytes // 4:
            return
        with self._lock:
            before = self._kept.pop(key, None)
            self._kept[key] = answer
            self.held += len(answer.body) - (len(before.body) if before else 0)
            while self.held > self.most_bytes:
                _, oldest = self._kept.popitem(last=False)
                self.held -= len(oldest.body)


def first_part(path: str) -> str:
    """The first part of a path without its ending: "/pair/A/B.csv" -> "pair"."""
    return path.removeprefix("/").partition("/")[0].partition(".")[0]


def _key(request: Request) -> Key:
    return (
        learnt(request),
        request.url.path,
        request.url.query,
        request.app.state.guard.right_of(request),
        request.headers.get("hx-request", ""),
    )


def learnt(request: Request) -> Revision:
    """The revision of the ledger when a request came."""
    if not hasattr(request.state, "learnt"):
        with Desk(request.app.state.settings.ledger) as desk:
            request.state.learnt = revision(desk.ledger)
    found: Revision = request.state.learnt
    return found


async def _plain(handle: Handler, request: Request) -> Response:
    response: Response = await handle(request)
    return response
