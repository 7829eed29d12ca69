"""The text of a table file: plain, gzipped, or each member of a zip archive, in blocks.

A block is whole lines, so that a file of any length goes through little memory and every
line keeps its number in the file.
"""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from fairweather.errors import SourceError

BLOCK_BYTES = 16 * 1024 * 1024
LONGEST_LINE = 4 * 1024 * 1024
"""A longer one means that the file is no table."""

_BROKEN = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError, RuntimeError)
"""What a damaged, cut or encrypted archive raises."""


@dataclass(frozen=True, slots=True)
class Part:
    """One table in a file: the file itself, or a member of the archive it is."""

    path: Path
    member: str = ""

    def cited(self, name: str) -> str:
        """How its rows cite it: the file's name, and the member's where that says more."""
        alone = not self.member or self.member.casefold() in name.casefold()
        return name if alone else f"{name}/{self.member}"


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines of a table in UTF-8; `first` is the number of the first, from 1."""

    first: int
    content: bytes


def parts_of(path: Path) -> tuple[Part, ...]:
    """The tables in a file. Raises SourceError when it is a broken archive or empty."""
    with _reading(path):
        if not zipfile.is_zipfile(path):
            return (Part(path),)
        with zipfile.ZipFile(path) as archive:
            members = [
                one.filename
                for one in archive.infolist()
                if not one.is_dir() and not one.filename.startswith("__MACOSX/")
            ]
    if not members:
        raise SourceError(f"{path}: the archive is empty")
    return tuple(Part(path, member) for member in sorted(members))


def first_bytes(path: Path, size: int) -> bytes:
    """The first bytes of the first table in a file. Raises SourceError."""
    return head_of(parts_of(path)[0], size)


def head_of(part: Part, size: int) -> bytes:
    """The first bytes of a part. Raises SourceError."""
    with open_part(part) as stream:
        return _read(part, stream, size)


@contextmanager
def open_part(part: Part) -> Iterator[IO[bytes]]:
    """The bytes of a part, decompressed. Raises SourceError when it cannot be opened."""
    with ExitStack() as stack:
        with _reading(part.path):
            stream = _opened(part, stack)
        yield stream


def _opened(part: Part, stack: ExitStack) -> IO[bytes]:
    if part.member:
        archive = stack.enter_context(zipfile.ZipFile(part.path))
        return stack.enter_context(archive.open(part.member))
    if _is_gzip(part.path):
        return stack.enter_context(cast(IO[bytes], gzip.open(part.path)))
    return stack.enter_context(part.path.open("rb"))


def blocks(part: Part, size: int = BLOCK_BYTES) -> Iterator[Block]:
    """The lines of a part in blocks of about `size` bytes.

    Bytes that are not UTF-8 become U+FFFD; a carriage return within a line becomes a space.
    Raises SourceError for a line too long to be one, or an archive that breaks off.
    """
    rest, first = b"", 1
    with open_part(part) as stream:
        while chunk := _read(part, stream, size):
            content = rest + chunk
            cut = content.rfind(b"\n") + 1
            content, rest = content[:cut], content[cut:]
            if len(rest) > max(LONGEST_LINE, size):
                number = first + content.count(b"\n")
                raise SourceError(f"{part.path}: line {number} is longer than any table's")
            if content:
                yield Block(first, _clean(content))
                first += content.count(b"\n")
        if rest:
            yield Block(first, _clean(rest + b"\n"))


def _read(part: Part, stream: IO[bytes], size: int) -> bytes:
    with _reading(part.path):
        return stream.read(size)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hex. Raises SourceError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error


def _clean(content: bytes) -> bytes:
    if content.startswith(b"\xef\xbb\xbf"):
        content = content[3:]
    if b"\r" in content:
        # The reader of rows would take a lone one for the end of a line.
        content = content.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    try:
        content.decode()
    except UnicodeDecodeError:
        return content.decode(errors="replace").encode()
    return content


def _is_gzip(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) == b"\x1f\x8b"


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise SourceError(f"{path}: a damaged or locked archive: {error}") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
