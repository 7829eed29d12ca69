"""On paper: two sides, the same sentences, and a clear word where a PDF cannot be made."""

from __future__ import annotations

import builtins
import io
import sys
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest

from fairweather.brief import Brief, make_brief
from fairweather.brief.printing import ELSE
from fairweather.cli import playing
from fairweather.errors import MisuseError
from fairweather.profile import Profile
from fairweather.scenario import draft_scenario, play_scenario


def _prints() -> str:
    """Why no PDF can be made here; empty where one can."""
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        return "needs the extra [pdf]"
    except OSError:
        return "needs the system's Pango"
    return ""


prints = pytest.mark.skipif(bool(_prints()), reason=_prints() or "prints")


def run_together(text: str) -> str:
    """Letters alone: lines are broken anew on paper, and some letters are joined."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def sides_of(pdf: bytes) -> list[str]:
    """The text of each side."""
    pypdf = pytest.importorskip("pypdf", reason="reads the PDF back")
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


@prints
def test_a_pdf_has_two_sides_with_the_sentences_of_the_page_on_the_first(brief: Brief) -> None:
    first, second = map(run_together, sides_of(brief.pdf))
    for section in brief.sections:
        for line in section.lines:
            assert run_together(line.text) in first
    for group in brief.sources.groups:
        if not group.behind:
            assert run_together(group.title) in second
            assert all(run_together(one.quote[:25]) in second for one in group.sources)
    for line in brief.closing:
        assert run_together(line.text) in first


@prints
def test_however_much_there_is_to_say_a_pdf_has_two_sides(crowded: Profile, gulf: Profile) -> None:
    play = play_scenario(draft_scenario(crowded), draws=100)
    assert len(sides_of(make_brief(crowded, play).pdf)) == 2
    assert len(sides_of(make_brief(crowded, play, like=gulf).pdf)) == 2


@prints
def test_one_report_printed_twice_gives_the_same_bytes(gulf: Profile) -> None:
    assert make_brief(gulf, None).pdf == make_brief(gulf, None).pdf


def without(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """Let the import of WeasyPrint fail."""
    really: Callable[..., Any] = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name == "weasyprint":
            raise error
        return really(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)


def test_without_pango_it_is_said_what_to_install_and_that_a_browser_prints(
    gulf: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    without(monkeypatch, OSError("cannot load library 'libpango-1.0-0'"))
    with pytest.raises(MisuseError, match=r"libpango-1.0-0 libpangoft2-1.0-0") as caught:
        _ = make_brief(gulf, None).pdf
    assert ELSE in str(caught.value)


def test_without_the_extra_it_is_named(gulf: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    without(monkeypatch, ImportError("No module named 'weasyprint'", name="weasyprint"))
    with pytest.raises(MisuseError, match=r"pip install 'fairweather\[pdf\]'"):
        _ = make_brief(gulf, None).pdf


def test_the_ending_of_the_file_asks_for_a_pdf_and_a_terminal_gets_none(
    gulf: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert playing._format_of("brief.PDF") == "pdf"
    monkeypatch.setattr(sys, "stdout", Terminal())
    with pytest.raises(MisuseError, match="give it a file"):
        playing._emit_pdf(make_brief(gulf, None), None)


class Terminal(io.StringIO):
    """What looks like a terminal."""

    def isatty(self) -> bool:
        return True
