"""Connections that only go where the guard lets them, and end at their deadline.

The name is resolved once, the answer checked, and the connection made to that very address:
a name server that changes its mind in between changes nothing. The certificate is still
checked against the name. No connection is kept, so that each is checked.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable, Iterator

import httpcore
import httpx

from fairweather.sources.fetching.addresses import Guard, Refused

CONNECTING_SECONDS = 10.0
MOST_TRIED = 3
"""Addresses of one name that are tried in turn."""

DEADLINE = "fairweather.deadline"
"""The request extension with the instant (`time.monotonic()`) at which it must be over."""


class GuardedTransport(httpx.BaseTransport):
    """What httpx sends its requests through; every redirect passes here again."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._tls = httpx.create_ssl_context(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request. Raises Refused, or httpx's own errors."""
        deadline = float(request.extensions.get(DEADLINE, time.monotonic() + 30.0))
        pool = httpcore.ConnectionPool(
            ssl_context=self._tls,
            max_keepalive_connections=0,
            network_backend=_GuardedBackend(self._guard, deadline),
        )
        url = request.url
        try:
            with _httpx_errors(request):
                answer = pool.handle_request(
                    httpcore.Request(
                        method=request.method,
                        url=httpcore.URL(
                            scheme=url.raw_scheme,
                            host=url.raw_host,
                            port=url.port,
                            target=url.raw_path,
                        ),
                        headers=request.headers.raw,
                        content=request.read(),
                    )
                )
        except BaseException:
            pool.close()
            raise
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, pool, request)
        )


class _Body(httpx.SyncByteStream):
    def __init__(
        self, answer: httpcore.Response, pool: httpcore.ConnectionPool, request: httpx.Request
    ) -> None:
        self._answer = answer
        self._pool = pool
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _httpx_errors(self._request):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()
        self._pool.close()


class _httpx_errors:  # noqa: N801 - used as a statement
    """Turn the errors of the wire into those that httpx promises."""

    def __init__(self, request: httpx.Request) -> None:
        self._request = request

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, httpcore.TimeoutException):
            raise httpx.TimeoutException(str(error), request=self._request) from error
        if isinstance(error, httpcore.ProtocolError):
            raise httpx.RemoteProtocolError(str(error), request=self._request) from error
        if isinstance(error, httpcore.NetworkError | OSError):
            raise httpx.NetworkError(str(error), request=self._request) from error


class _GuardedBackend(httpcore.NetworkBackend):
    def __init__(self, guard: Guard, deadline: float) -> None:
        self._guard = guard
        self._deadline = deadline
        self._wire = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            addresses = self._guard.addresses(host, port)
        except OSError as error:
            raise httpcore.ConnectError(f"{host} cannot be resolved: {error}") from error
        trouble: Exception = httpcore.ConnectError(f"{host} cannot be reached")
        for address in addresses[:MOST_TRIED]:
            patience = min(CONNECTING_SECONDS, _left(self._deadline))
            try:
                stream = self._wire.connect_tcp(address, port, patience)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                trouble = error
                continue
            _check_peer(stream, address)
            return _TimedStream(stream, self._deadline)
        raise trouble

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        raise Refused(f"{path} is a socket of this machine; it is not reached")

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class _TimedStream(httpcore.NetworkStream):
    """A stream whose every step has only what is left until the deadline.

    A server that sends one byte every few seconds would never run into a timeout of steps.
    """

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(self._deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(self._deadline))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname, _left(self._deadline))
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise httpcore.ReadTimeout("the whole of the answer takes too long")
    return left


def _check_peer(stream: httpcore.NetworkStream, address: str) -> None:
    peer = stream.get_extra_info("server_addr")
    if not peer or str(peer[0]).partition("%")[0] != address:
        stream.close()
        raise Refused(f"the connection to {address} ended up at {peer}; it is not used")
