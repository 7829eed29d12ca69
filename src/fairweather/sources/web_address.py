"""Addresses that texts name: kept where they are of the web, never where they could run."""

from __future__ import annotations

import urllib.parse


def web_address(words: str, base: str = "") -> str:
    """The http or https address of a link, taken from `base` where it is relative; else ""."""
    written = "".join(words.split())
    if not written:
        return ""
    try:
        joined = urllib.parse.urljoin(base, written) if is_web_address(base) else written
    except ValueError:
        return ""
    return joined if is_web_address(joined) else ""


def is_web_address(words: str) -> bool:
    """Whether words are an http or https address with a host."""
    try:
        parts = urllib.parse.urlsplit(words)
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool(parts.netloc)
