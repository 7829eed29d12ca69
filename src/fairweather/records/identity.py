"""Stable ids: the same content has the same id on every machine, on every day."""

from __future__ import annotations

import hashlib
import json
from typing import Any

HEX_DIGITS = 16
"""64 bits: two million records collide with a probability below one in ten million."""


def fingerprint(content: Any) -> str:
    """The first 64 bits of SHA-256 over the canonical JSON of plain content, in hex."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()[:HEX_DIGITS]


def slug(name: str) -> str:
    """A lower-case ASCII slug of a name: "Hayat Tahrir al-Sham" -> hayat-tahrir-al-sham.

    Letters outside Latin scripts are kept as their code points, so that no two names of
    other scripts fall together; an empty name gives `unnamed`.
    """
    import unicodedata

    folded = unicodedata.normalize("NFKD", name.replace("ı", "i").replace("ø", "o"))
    letters = []
    for letter in folded.lower():
        if letter.isascii() and letter.isalnum():
            letters.append(letter)
        elif letter.isalnum():
            letters.append(f"u{ord(letter):x}")
        elif unicodedata.combining(letter) or letter in "'’ʼ.":
            continue
        else:
            letters.append("-")
    return "-".join(part for part in "".join(letters).split("-") if part) or "unnamed"
