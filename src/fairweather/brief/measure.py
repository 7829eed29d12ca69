"""How wide a text is in print and over how many lines it runs, without drawing it.

Widths are those of Helvetica, which Arial and Liberation Sans share.
"""

from __future__ import annotations

from functools import lru_cache

_THOUSANDTHS = {
    191: "'",
    222: "ijl‘’",
    278: " \u00a0!,./:;I[]\\ft",
    333: "()-r“”",
    355: '"',
    389: "*",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu–",
    584: "+<=>−~",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm",
    889: "%",
    944: "W",
    1000: "—…→",
    1015: "@",
}
"""Thousandths of the size of the type -> the characters that are so wide."""

_WIDTHS = {c: part / 1000 for part, characters in _THOUSANDTHS.items() for c in characters}
_OTHER, _WIDE = 0.6, 1.0
"""Letters with marks and of other alphabets; characters from the scripts of East Asia on."""

_FIRST_WIDE = "\u2e80"


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """The width of a text in the unit of `size`."""
    ems = (_WIDTHS.get(c, _WIDE if c >= _FIRST_WIDE else _OTHER) for c in text)
    return size * sum(ems)


@lru_cache(maxsize=4096)
def line_count(
    text: str, size: float, across: float, closing: tuple[str, ...] = (), closing_size: float = 0.0
) -> int:
    """Lines that a text takes in a column, broken between words.

    `closing` are words of another size that follow. A word wider than the column is broken
    within.
    """
    lines, used, space = 1, 0.0, width(" ", size)
    pieces = [width(word, size) for word in text.split(" ")]
    for piece in [*pieces, *(width(word, closing_size) for word in closing)]:
        if used and used + space + piece > across:
            lines, used = lines + 1, 0.0
        used += piece + (space if used else 0.0)
        while used > across:
            lines, used = lines + 1, used - across
    return lines
