"""Bytes to text, refusing what is no text; nothing in the text is changed."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from fairweather.sources.failure import Unread

LARGEST = 50_000_000
"""Bytes. The longest daily dumps of a news wire are below a tenth of it; what is larger is an
archive or a table, and parsing it as one text would hold many times its size in memory."""

MOST_CONTROL = 0.05
"""Share of control characters above which a file is no text (the rule of `file` and `less`)."""

_MARKED = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office file"),
    (b"\x1f\x8b", "gzip"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"PAR1", "a Parquet table"),
    (b"SQLite format", "a database"),
)
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z][\w.:-]*)""")
_HEAD = 2048
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# fmt: off
_LEGACY = [
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "koi8_r",
    "koi8_u", "iso8859_2", "big5", "gb18030", "euc_kr", "shift_jis", "euc_jp",
]
# fmt: on
_FEW = 0.25
"""Share of bytes above ASCII up to which a legacy text is Western: accents and quotes."""


def read_text(path: Path) -> str:
    """The decoded text of a file, line ends as they stand.

    Raises Unread for a file that is missing, no regular file, too large, empty, binary or in
    no encoding that can be told.
    """
    return decode(read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises Unread; a file that is too large is not opened."""
    try:
        if not path.is_file():
            raise Unread("is no regular file" if path.exists() else "does not exist")
        size = path.stat().st_size
        if size > LARGEST:
            raise Unread(
                f"is too large: {size / 1e6:.0f} MB, at most {LARGEST / 1e6:.0f} MB are read as "
                "one text; split it"
            )
        return path.read_bytes()
    except OSError as error:
        raise Unread(f"cannot be opened: {error.strerror or error}") from error


def decode(raw: bytes) -> str:
    """The text of the bytes. Raises Unread naming the place where they stop being text."""
    if not raw:
        raise Unread("is empty")
    for signature, kind in _SIGNATURES:
        if raw.startswith(signature):
            raise Unread(f"is binary: {kind}; save its text as .txt")
    text = _decoded(raw)
    nul = text.find("\0")
    if nul >= 0:
        raise Unread(f"is binary: a NUL at character {nul}")
    control = sum(1 for _ in _CONTROL.finditer(text))
    if control > MOST_CONTROL * len(text):
        raise Unread(f"is binary: {control / len(text):.0%} of its characters are control codes")
    if not text.strip():
        raise Unread("holds nothing but white space")
    return text


def _decoded(raw: bytes) -> str:
    for mark, encoding in _MARKED:
        if raw.startswith(mark):
            return _strictly(raw, encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if b"\0" in raw:
        raise Unread(f"is binary: a NUL at byte {raw.index(0)}")
    declared = _DECLARED.search(raw, 0, _HEAD)
    if declared:
        encoding = declared[1].decode("ascii")
        if _is_known(encoding) and codecs.lookup(encoding).name != "utf-8":
            return _strictly(raw, encoding)
    return _legacy(raw, broken)


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unread(
            f"is not {encoding} though it says so: byte {error.start} cannot be decoded"
        ) from error


def _is_known(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding) is not None
    except LookupError:
        return False


def _legacy(raw: bytes, broken: UnicodeDecodeError) -> str:
    """A text of the time before Unicode, or Unread naming the byte that is not UTF-8.

    A text with whole UTF-8 sequences before the broken byte is damaged UTF-8: reading it as
    anything else would turn its letters into others.
    """
    reason = f"is not UTF-8 at byte {broken.start} (0x{raw[broken.start]:02x})"
    if any(byte > 127 for byte in raw[: broken.start]):
        raise Unread(f"{reason}, though it is before that")
    if sum(byte > 127 for byte in raw) <= _FEW * len(raw):
        try:
            return raw.decode("cp1252")
        except UnicodeDecodeError:
            pass
    # Imported here: only old texts need it, and it is slow to load.
    from charset_normalizer import from_bytes

    guess = from_bytes(raw[:100_000], cp_isolation=_LEGACY).best()
    if guess is None:
        raise Unread(f"{reason}, and no other encoding fits")
    try:
        return raw.decode(guess.encoding)
    except UnicodeDecodeError as error:
        raise Unread(f"{reason}, nor {guess.encoding} at byte {error.start}") from error
