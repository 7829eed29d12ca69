"""Markup to text: paragraphs apart by a blank line, list items and rows by a line each.

Scripts, styles, navigation and what is hidden never reach the text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# fmt: off
_LEFT_OUT = frozenset({
    "script", "style", "noscript", "template", "nav", "aside", "form", "button", "select",
    "input", "textarea", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "head",
    "meta", "link", "title", "footer", "dialog", "map", "math",
})
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul",
    "ol", "dl", "table", "blockquote", "pre", "figure", "figcaption", "address", "hr", "details",
    "summary",
})
# fmt: on
_ROWS = frozenset({"li", "tr", "dt", "dd", "br"})
_CELLS = frozenset(("td", "th"))
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:^|\s)(?:noprint|nav(?:bar|igation)?|navbox|menu|breadcrumbs?|sr-only|visually-hidden|"
    r"share(?:-\w+)?|social(?:-\w+)?|cookie\S*|advert\S*|ad-\S+)(?=\s|$)",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[a-zA-Z!/][^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|[a-zA-Z]\w*);")
_PARAGRAPH, _ROW, _CELL = "\x1d", "\x1e", "\x1f"
DEEPEST = 200
"""Levels of nesting followed; no article is as deep, and recursion must end."""


def has_markup(words: str) -> bool:
    """Whether words carry tags or character references."""
    return bool(_MARKUP.search(words))


def plain(words: str) -> str:
    """Words that may be markup or not, as text."""
    return text_of(words) if has_markup(words) else _without_controls(words).strip()


def one_line(words: str) -> str:
    """Words that may be markup or not, as one line: a title, a name."""
    return " ".join(plain(words).split())


def text_of(markup: str) -> str:
    """The readable text of an HTML fragment or page, "" where there is none."""
    # Imported here: files of plain text do without it.
    from lxml import etree, html

    if not markup.strip():
        return ""
    try:
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
        # A fragment may be several elements side by side.
        whole = html.document_fromstring(
            f"<div>{_without_controls(markup)}</div>".encode(), parser=parser
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    return text_of_element(whole)


def text_of_element(element: HtmlElement) -> str:
    """The readable text of one parsed element."""
    pieces: list[str] = []
    _collect(element, pieces, 0)
    return _laid_out("".join(pieces))


def _without_controls(markup: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]", " ", markup)


def _collect(element: HtmlElement, pieces: list[str], depth: int) -> None:
    tag = element.tag if isinstance(element.tag, str) else ""
    if tag and depth <= DEEPEST and not _is_left_out(element, tag):
        mark = _PARAGRAPH if tag in _BLOCKS else _ROW if tag in _ROWS else ""
        pieces.append(mark or (_CELL if tag in _CELLS else ""))
        pieces.append(element.text or "")
        for child in element:
            _collect(child, pieces, depth + 1)
        pieces.append(mark)
    pieces.append(element.tail or "" if depth else "")


def _is_left_out(element: HtmlElement, tag: str) -> bool:
    if tag in _LEFT_OUT or element.get("hidden") is not None:
        return True
    if element.get("role") in ("navigation", "banner", "contentinfo", "search"):
        return True
    if element.get("aria-hidden") == "true" or _UNSEEN.search(element.get("style") or ""):
        return True
    return bool(_FURNITURE.search(element.get("class") or ""))


def _laid_out(marked: str) -> str:
    """White space as on a page: one space within a line, one blank line between paragraphs."""
    paragraphs = []
    for paragraph in marked.split(_PARAGRAPH):
        rows = [_row(row) for row in paragraph.split(_ROW)]
        kept = "\n".join(row for row in rows if row)
        if kept:
            paragraphs.append(kept)
    return "\n\n".join(paragraphs)


def _row(row: str) -> str:
    cells = (" ".join(cell.split()) for cell in row.split(_CELL))
    return "\t".join(cell for cell in cells if cell)
