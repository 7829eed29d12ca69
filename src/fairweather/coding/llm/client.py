"""One chat service over HTTP: asked with patience, and trusted with nothing.

The environment's proxies and certificates are not consulted, redirects are refused, an
answer is read up to a limit of bytes and of seconds. 429, 5xx and silence are tried again a
few times. What a service writes in an error is never passed on: it may hold the key.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

from fairweather.coding.llm.options import Endpoint
from fairweather.errors import MisuseError, ServiceError

if TYPE_CHECKING:
    import httpx

OK = 200
TOO_MANY = 429
OF_THIS_TEXT = frozenset({400, 413, 422})
"""Refusals that may be due to one text: the next may pass."""
GIVE_UP_AFTER = 3
"""Questions in a row that stayed without an answer, after which the service is left alone."""

Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often to try: seconds, requests for one question, bytes of an answer."""

    connect: float = 10.0
    answer: float = 180.0
    attempts: int = 4
    first_pause: float = 1.0
    longest_pause: float = 60.0
    largest: int = 4_000_000


@dataclass(frozen=True, slots=True)
class Answer:
    """What the model wrote, whether it was cut short, and the tokens as the service counts."""

    text: str
    cut_short: bool = False
    tokens_in: int | None = None
    tokens_out: int | None = None


class NoAnswer(Exception):
    """One question has no usable answer; the next may have. `kind` is what it is counted by."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


class _TryAgain(Exception):
    """A trouble that may pass; `wait` is the pause in seconds that the service asks for."""

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.wait = wait


class ChatClient:
    """Asks one endpoint. `calls` counts the requests made, those that failed included."""

    def __init__(self, endpoint: Endpoint, patience: Patience | None = None) -> None:
        self.endpoint = endpoint
        self.patience = patience or Patience()
        self.calls = 0
        self._http = _http_client(endpoint, self.patience)
        self._structured: bool | None = None
        """Whether the service understands `response_format`; None until it has shown."""
        self._silent = 0
        self._closed = ""

    def close(self) -> None:
        """Close the connection."""
        self._http.close()

    def ask(self, messages: Sequence[Message], response_format: dict[str, Any]) -> Answer:
        """The model's answer.

        Raises NoAnswer where this question has none, and ServiceError where the service
        cannot be used; after three of those in a row it is not asked again.
        """
        if self._closed:
            raise ServiceError(f"{self.endpoint.host} is not asked again: {self._closed}")
        try:
            answer = self._asked(messages, response_format)
        except ServiceError:
            self._silent += 1
            if self._silent >= GIVE_UP_AFTER:
                self._close(f"it did not answer {self._silent} times in a row")
            raise
        self._silent = 0
        return answer

    def _asked(self, messages: Sequence[Message], response_format: dict[str, Any]) -> Answer:
        plain = {"model": self.endpoint.model, "messages": list(messages)}
        if self._structured is False:
            return self._answered(plain)
        try:
            answer = self._answered({**plain, "temperature": 0, "response_format": response_format})
        except NoAnswer as refusal:
            if self._structured or refusal.kind != "text refused":
                raise
            # Some services know neither the schema nor the temperature: ask plainly, once.
            answer = self._answered(plain)
            self._structured = False
            return answer
        self._structured = True
        return answer

    def _answered(self, body: dict[str, Any]) -> Answer:
        """One question, asked again while there is hope."""
        pause, attempt = self.patience.first_pause, 1
        while True:
            try:
                return _read_answer(self._sent(body))
            except _TryAgain as trouble:
                wait = pause if trouble.wait is None else trouble.wait
                if attempt >= self.patience.attempts:
                    raise self._unusable(f"{trouble}, {attempt} times") from None
                if wait > self.patience.longest_pause:
                    raise self._unusable(f"{trouble}, and asks to wait {wait:.0f} s") from None
            time.sleep(wait)
            pause, attempt = min(pause * 2, self.patience.longest_pause), attempt + 1

    def _close(self, reason: str) -> None:
        self._closed = self._closed or reason

    def _unusable(self, reason: str, *, for_good: bool = False) -> ServiceError:
        if for_good:
            self._close(f"it {reason}")
        return ServiceError(f"{self.endpoint.host} {reason}")

    def _sent(self, body: dict[str, Any]) -> bytes:
        """The bytes of one answer."""
        import httpx

        self.calls += 1
        try:
            with self._http.stream("POST", self.endpoint.address, json=body) as response:
                self._check(response)
                return b"".join(self._within_limits(response))
        except httpx.TimeoutException:
            raise _TryAgain("did not answer in time") from None
        except httpx.HTTPError as error:
            # The error's own words are left out: they may hold what was sent.
            raise _TryAgain(f"cannot be reached ({type(error).__name__})") from None

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if status == OK:
            return
        if status == TOO_MANY or status >= 500:
            raise _TryAgain(f"answers HTTP {status}", _retry_after(response))
        if status in OF_THIS_TEXT:
            raise NoAnswer("text refused", f"the service refused the text (HTTP {status})")
        if 300 <= status < 400:
            raise self._unusable(
                f"sends us elsewhere (HTTP {status}); redirects are refused", for_good=True
            )
        told = {401: "refuses the key", 403: "refuses the key", 404: "knows no such address"}
        reason = f"{told.get(status, 'refuses to answer')} (HTTP {status})"
        raise self._unusable(reason, for_good=True)

    def _within_limits(self, response: httpx.Response) -> Iterator[bytes]:
        if response.headers.get("content-encoding", "identity") != "identity":
            # Asked not to; a small packed answer can unpack to gigabytes.
            raise NoAnswer("unreadable answer", "the answer came compressed")
        deadline = time.monotonic() + self.patience.answer
        size = 0
        for piece in response.iter_raw():
            size += len(piece)
            if size > self.patience.largest:
                raise NoAnswer(
                    "answer too large", f"the answer has over {self.patience.largest} bytes"
                )
            if time.monotonic() > deadline:
                raise _TryAgain("did not finish its answer in time")
            yield piece


def _http_client(endpoint: Endpoint, patience: Patience) -> httpx.Client:
    try:
        import httpx
    except ImportError as error:
        raise MisuseError(
            "the extractor llm needs httpx, which is not installed: pip install httpx"
        ) from error
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    if endpoint.key:
        headers["Authorization"] = f"Bearer {endpoint.key}"
    return httpx.Client(
        headers=headers,
        timeout=httpx.Timeout(patience.answer, connect=patience.connect),
        follow_redirects=False,
        trust_env=False,
    )


def _retry_after(response: httpx.Response) -> float | None:
    """Seconds to wait by the Retry-After header, a number or a date; None without one."""
    told = response.headers.get("retry-after", "").strip()
    if told.isascii() and told.isdigit():
        return float(told[:9])
    try:
        moment = parsedate_to_datetime(told)
    except ValueError:
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _read_answer(content: bytes) -> Answer:
    """The completion in an answer. Raises NoAnswer for anything that is none."""
    try:
        told = json.loads(content)
        choice = told["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise NoAnswer("unreadable answer", "the answer is no chat completion") from None
    if not isinstance(text, str):
        raise NoAnswer("unreadable answer", "the model wrote nothing")
    usage = told.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return Answer(
        text,
        choice.get("finish_reason") == "length",
        _count(counts.get("prompt_tokens")),
        _count(counts.get("completion_tokens")),
    )


def _count(value: object) -> int | None:
    is_count = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12
    return value if is_count and isinstance(value, int) else None
