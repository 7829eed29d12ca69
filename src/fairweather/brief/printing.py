"""A report as PDF: the page itself, laid out for paper by WeasyPrint."""

from __future__ import annotations

import hashlib
import logging
from typing import TYPE_CHECKING, Any, NoReturn

from fairweather.errors import MisuseError

if TYPE_CHECKING:
    from fairweather.brief.report import Brief

ELSE = "or write -o brief.html and print that from a browser, which gives the same two sides"


def render_pdf(brief: Brief) -> bytes:
    """The report on two sides of A4; the same report gives the same bytes.

    Raises MisuseError where WeasyPrint or the system's Pango is missing.
    """
    weasyprint = _weasyprint()
    page = brief.html
    printed: bytes = weasyprint.HTML(string=page, url_fetcher=_refuse).write_pdf(
        pdf_identifier=hashlib.sha256(page.encode()).digest()[:16]
    )
    return printed


def _weasyprint() -> Any:
    # Slow to load, and talkative about what the style sheet says for screens alone.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    try:
        import weasyprint
    except ImportError as error:
        needs = f"a PDF needs {error.name}: pip install 'fairweather[pdf]'"
        raise MisuseError(f"{needs}; {ELSE}") from error
    except OSError as error:
        raise MisuseError(
            "a PDF needs Pango, which this system lacks: `apt-get install libpango-1.0-0"
            " libpangoft2-1.0-0` (Debian, Ubuntu), `dnf install pango` (Fedora) or"
            f" `brew install pango` (macOS); {ELSE}"
        ) from error
    return weasyprint


def _refuse(url: str, *_: Any, **__: Any) -> NoReturn:
    """Nothing is fetched: a report holds all that it shows."""
    raise ValueError(f"a report fetches nothing, so not {url!r} either")
