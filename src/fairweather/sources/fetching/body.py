"""The body of an answer, never larger than allowed, packed or unpacked."""

from __future__ import annotations

import itertools
import zlib
from collections.abc import Iterable, Iterator

from fairweather.sources.failure import Unread

LARGEST = 20_000_000
"""Bytes of one answer, as sent and as unpacked. The largest feeds in use are a tenth of it."""

ACCEPTED = "gzip, deflate"
_PACKINGS = {"gzip", "x-gzip", "deflate"}
_PLAIN = {"", "identity"}
_GZIP = b"\x1f\x8b"
_EITHER = zlib.MAX_WBITS | 32
"""Window bits by which zlib tells gzip from its own format."""


def read_body(chunks: Iterable[bytes], encoding: str, largest: int = LARGEST) -> bytes:
    """The unpacked body. Raises Unread where it is too large, damaged or packed otherwise."""
    packing = encoding.strip().lower()
    if packing not in _PACKINGS | _PLAIN:
        raise Unread(f"is sent packed as {packing[:40]!r}, which was not asked for")
    sent = _counted(chunks, largest, "as sent")
    pieces = sent if packing in _PLAIN else _unpacked(sent, largest)
    return b"".join(_counted(pieces, largest, "unpacked"))


def _counted(chunks: Iterable[bytes], largest: int, how: str) -> Iterator[bytes]:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > largest:
            raise Unread(f"is larger than {largest / 1e6:.0f} MB {how}; it is not read")
        yield chunk


def _unpacked(chunks: Iterable[bytes], largest: int) -> Iterator[bytes]:
    """Each piece with at most one byte more than allowed: a bomb is not unpacked to be refused."""
    stream = iter(chunks)
    first = next(stream, b"")
    if not first:
        return
    machine = _machine(first)
    for chunk in itertools.chain([first], stream):
        yield _piece(machine, chunk, largest)
    if machine.unused_data[:2] == _GZIP:
        raise Unread("is packed in several pieces; only the first could be read")
    if not machine.eof:
        raise Unread("is packed and ends in the middle")


def _machine(first: bytes) -> zlib._Decompress:
    # Some servers say deflate and send it without the header that belongs to it.
    is_headed = first[:2] == _GZIP or (first[0] & 0x0F == 8 and first[0] >> 4 <= 7)
    return zlib.decompressobj(_EITHER if is_headed else -zlib.MAX_WBITS)


def _piece(machine: zlib._Decompress, chunk: bytes, largest: int) -> bytes:
    try:
        return machine.decompress(chunk, largest + 1)
    except zlib.error as error:
        raise Unread(f"is packed and damaged: {error}") from error
