"""Damaged text: read as far as it goes, with what could not be read standing out.

A file of one's own that is damaged is refused (see `decoding`): its owner can mend it. What
comes from the web cannot be mended by its reader, and one broken byte must not silence a
newspaper: such bytes are shown as U+FFFD, and the reader is told how many.
"""

from __future__ import annotations

import codecs
import re

from fairweather.sources.decoding import decode
from fairweather.sources.failure import Unread

MOST_BROKEN = 0.1
"""Share of characters that may be unreadable before the whole is no text."""

_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?\s*([A-Za-z][\w.:-]*)""")
_WIDE = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]|jsonfeed\.org", re.IGNORECASE)
_HEAD = 2048
_CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127), " ")


def looks_like_feed(raw: bytes) -> bool:
    """Whether bytes, damaged or not, begin as a feed does."""
    return bool(_FEED.search(raw.replace(b"\0", b""), 0, _HEAD))


def decode_damaged(raw: bytes, charset: str = "") -> tuple[str, str]:
    """The text, and what was wrong with it ("" where nothing was).

    `charset` is what the server said, believed where the bytes bear it out. Raises Unread for
    what is empty or no text.
    """
    for mark, encoding in _WIDE:
        if raw.startswith(mark):
            return _replaced(raw, encoding)
    try:
        return decode(raw), ""
    except Unread as error:
        refused = error
    encoding = _known(charset) or _declared(raw)
    if encoding and encoding != "utf-8":
        try:
            return decode(raw.decode(encoding).encode()), ""
        except (UnicodeError, Unread):
            pass
    if str(refused).startswith(("is empty", "holds nothing")) or _is_other_kind(raw):
        raise refused
    return _replaced(raw, encoding or "utf-8", refused)


def _replaced(raw: bytes, encoding: str, refused: Unread | None = None) -> tuple[str, str]:
    decoded = raw.decode(encoding, "replace")
    text = decoded.translate(_CONTROLS)
    broken = decoded.count("\ufffd")
    broken += sum(one != other for one, other in zip(decoded, text, strict=True))
    if not text.strip() or broken > MOST_BROKEN * len(text):
        raise refused or Unread(f"is no text: most of it cannot be read as {encoding}")
    if not broken:
        return text, ""
    return text, f"{refused or 'is damaged'}; {broken} characters are shown as U+FFFD or left out"


def _is_other_kind(raw: bytes) -> bool:
    return raw.startswith((b"%PDF", b"PK\x03\x04", b"\x1f\x8b", b"\x89PNG", b"\xff\xd8\xff"))


def _declared(raw: bytes) -> str:
    found = _DECLARED.search(raw, 0, _HEAD)
    return _known(found[1].decode("ascii")) if found else ""


def _known(encoding: str) -> str:
    """The encoding's own name, "" for one that Python does not know or that is no text."""
    try:
        codec = codecs.lookup(encoding)
        b"a".decode(codec.name)
    except (LookupError, UnicodeError, ValueError):
        return ""
    # UTF-7 hides markup from whoever looks at the bytes; no newspaper needs it.
    return "" if codec.name in ("utf-7", "punycode", "idna") else codec.name
