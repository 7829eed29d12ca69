"""The page: the same sentences in every dress, and no way in for what a document holds."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from fairweather.brief import Brief, make_brief
from fairweather.brief.page import ranges
from fairweather.brief.wording import clean
from fairweather.profile import Profile
from fairweather.scenario import Play, draft_scenario, play_scenario

HOSTILE = (
    "</q><script>alert(1)</script> <img src=x onerror=alert(1)> {{ 7*7 }} [x](javascript:1)"
    " | cell ` code * star \x1b[31mred \u202egnorw & \"quoted\" 'so'"
)


class Tags(HTMLParser):
    """Collects the tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))


def parsed(page: str) -> Tags:
    tags = Tags()
    tags.feed(page)
    return tags


def unescaped(markdown: str) -> str:
    """Markdown as it reads: without the escapes, the bold and the code marks."""
    return re.sub(r"\\([^\w\s])", r"\1", markdown.replace("**", ""))


def visible(page: str) -> str:
    """The words of an HTML page, charts left out."""
    page = re.sub(r"<svg.*?</svg>|<style.*?</style>", "", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_markdown_and_html_say_the_same_sentences(brief: Brief) -> None:
    markdown, page = unescaped(brief.markdown), visible(brief.html)
    for section in brief.sections:
        for line in section.lines:
            assert line.text in markdown
            assert " ".join(line.text.split()) in page
        for row in section.table.rows if section.table else ():
            assert all(cell in markdown and " ".join(cell.split()) in page for cell in row.cells)


def test_hostile_text_in_titles_names_and_quotes_injects_nothing(
    retold: Callable[[str], Brief],
) -> None:
    report = retold(HOSTILE)
    tags = parsed(report.html)
    assert not {"script", "img", "iframe", "object", "form"} & set(tags.tags)
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name == "style"]
    links = [value or "" for name, value in tags.attributes if name == "href"]
    assert all(link.startswith("#") for link in links)
    assert "49" not in visible(report.html)
    assert "alert(1)" in visible(report.html)


def test_hostile_text_is_harmless_in_markdown_and_on_a_terminal(
    retold: Callable[[str], Brief],
) -> None:
    text = retold(HOSTILE).markdown
    assert not re.search(r"(?<!\\)<script|(?<!\\)<img", text)
    assert not re.search(r"(?<!\\)\[x", text)
    assert "\x1b" not in text
    assert "\u202e" not in text
    for row in re.findall(r"^\|.*\|$", text, flags=re.M):
        assert len(re.findall(r"(?<!\\)\|", row)) == 7


def test_the_page_asks_for_nothing_from_outside(brief: Brief) -> None:
    tags = parsed(brief.html)
    assert not {"script", "link", "iframe", "img"} & set(tags.tags)
    assert "default-src 'none'" in brief.html
    assert "@import" not in brief.html
    assert "url(" not in re.sub(r'clip-path="url\(#[^)]*\)"', "", brief.html)


def test_the_page_is_in_english_with_headings_in_order_and_headed_tables(brief: Brief) -> None:
    tags = parsed(brief.html)
    assert ("lang", "en") in tags.attributes
    assert tags.headings[0] == 1
    assert tags.headings.count(1) == 1
    assert all(
        after - before <= 1 for before, after in zip(tags.headings, tags.headings[1:], strict=False)
    )
    assert tags.tags.count("table") == tags.tags.count("caption") == tags.tags.count("thead")
    ids = [value for name, value in tags.attributes if name == "id"]
    assert len(ids) == len(set(ids))


def test_no_template_is_left_over_in_the_text(brief: Brief) -> None:
    words = visible(brief.html.partition('<section id="figures"')[0])
    assert not re.search(r"\{\{|\{%|None\b(?! )|\(\)|\[\]| ,| \.|\.\.|  ", words)
    assert " SAU " not in visible(brief.html.partition('id="figures"')[0])


def test_json_says_the_same(brief: Brief) -> None:
    plain = json.loads(json.dumps(brief.to_json()))
    lines = [line["text"] for section in plain["sections"] for line in section["lines"]]
    assert lines == [line.text for section in brief.sections for line in section.lines]
    assert [figure["id"] for figure in plain["figures"]] == [f.id for f in brief.figures]
    assert {"number", "record", "quote", "title", "published"} <= set(plain["sources"][0])


def test_control_and_direction_marks_are_dropped_but_letters_of_every_script_stay() -> None:
    assert clean("a\x07b\u2066c\u200e d\n e") == "abc d e"
    assert clean("می‌روم") == "می‌روم"


def test_neighbouring_numbers_are_told_as_a_range() -> None:
    assert ranges((1, 2, 4, 5, 6, 9)) == "1, 2, 4–6, 9"
    assert ranges((3, 4, 5), "F") == "F3–F5"


def without_notes(page: str) -> str:
    """The page without what stands on the second side: figures and sources."""
    return re.sub(r'<div class="notes.*</div>\s*</main>', "</main>", page, flags=re.S)


def printed_sides(page: str, folder: Path) -> int:
    """How many sides of A4 a page takes."""
    source, pdf = folder / "brief.html", folder / "brief.pdf"
    source.write_text(page, "utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
         "--disable-background-networking", f"--user-data-dir={folder / 'profile'}",
         "--no-pdf-header-footer", f"--print-to-pdf={pdf}", source.as_uri()],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    return len(re.findall(rb"/Type\s*/Page\b", pdf.read_bytes()))


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="prints with chromium")
@pytest.mark.parametrize("beside", [False, True])
def test_the_report_fits_on_two_sides_however_much_there_is_to_say(
    crowded: Profile, gulf: Profile, tmp_path: Path, beside: bool
) -> None:
    play = play_scenario(draft_scenario(crowded), draws=100)
    report = make_brief(crowded, play, like=gulf if beside else None, made_on="2026-01-31")
    assert any(section.left_out for section in report.sections)
    assert printed_sides(without_notes(report.html), tmp_path) == (2 if beside else 1)
    assert printed_sides(report.html, tmp_path) == 2


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("chromium"), reason="prints with chromium")
def test_what_fits_is_shown_before_anything_is_left_out(
    gulf: Profile, played: Play, tmp_path: Path
) -> None:
    report = make_brief(gulf, played, made_on="2026-01-31")
    assert not any(section.left_out for section in report.sections)
    assert printed_sides(without_notes(report.html), tmp_path) == 1
    assert printed_sides(report.html, tmp_path) == 2


def test_what_does_not_fit_is_counted_and_can_be_found(crowded: Profile) -> None:
    report = make_brief(crowded, None)
    foretold = next(section for section in report.sections if section.key == "forecasts")
    assert foretold.left_out > 0
    assert foretold.left_out + len(foretold.lines) == 1 + 40
    more = f"And {foretold.left_out} more: `{foretold.find}`"
    assert more in report.markdown
    assert foretold.find == "fairweather find predictions --actor USA --actor KOR"


def test_room_goes_first_to_what_matters_most(crowded: Profile) -> None:
    held = {section.key: len(section.lines) for section in make_brief(crowded, None).sections}
    assert held["support"] > held["elsewhere"]
    assert held["agreements"] > held["forecasts"]
    assert all(held[key] for key in ("exits", "changes", "forecasts", "elsewhere"))


def test_two_printings_of_one_ledger_are_the_same(crowded: Profile) -> None:
    assert make_brief(crowded, None).html == make_brief(crowded, None).html
