"""Words of strangers made harmless: shown as they are, never obeyed.

A document may hold characters that move a terminal's cursor, turn the direction of writing,
take up no room, or make a spreadsheet compute. Every edge passes what it shows through here.
"""

from __future__ import annotations

import json
import unicodedata

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet may take for the beginning of a formula (full-width signs included)."""

_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Controls, formats (bidirectional and zero-width ones), private use, surrogates, separators."""

BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and marks that show nothing."""


def visible(text: str, *, keep: str = "\n") -> str:
    r"""Text whose hidden characters are shown as escapes (U+202E as `\u202e`).

    `keep` are hidden characters that are left as they are.
    """
    hidden = {letter for letter in set(text) if _is_hidden(letter) and letter not in keep}
    return text.translate({ord(letter): _escape(letter) for letter in hidden}) if hidden else text


def visible_json(text: str) -> str:
    """JSON whose hidden characters are spelt as JSON's own escapes: shown, and nothing lost.

    What is read back is equal, since such characters stand inside strings only.
    """
    if text.isascii():
        return text
    return "".join(
        json.dumps(letter)[1:-1] if not letter.isascii() and _is_hidden(letter) else letter
        for letter in text
    )


def _is_hidden(letter: str) -> bool:
    return unicodedata.category(letter) in _HIDDEN or letter in BLANK


def _escape(letter: str) -> str:
    code = ord(letter)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def inert(cell: str) -> str:
    """A cell that a spreadsheet takes for text, never for a formula; `as_told` undoes it."""
    begins = cell.lstrip("'")
    return f"'{cell}" if begins.startswith(FORMULA_STARTS) else cell


def as_told(cell: str) -> str:
    """What `inert` was given."""
    return cell[1:] if cell.startswith("'") and inert(cell[1:]) == cell else cell
