"""Every page in a browser, with and without script, narrow and wide, dark and light."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import HOSTILE_PAIR, PAIR, browsing

from fairweather.desk import Desk

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

LOOKS = {
    f"{'narrow' if narrow else 'wide'}, {'dark' if dark else 'light'}, {how}": {
        "narrow": narrow,
        "dark": dark,
        "script": how == "script",
    }
    for narrow in (False, True)
    for dark in (False, True)
    for how in ("script", "no script")
}
PUT_TO_AXE = {"wide, light, script", "narrow, dark, script"}
"""Both widths and both schemes once; axe takes most of the time, and needs script."""


@pytest.fixture(scope="module")
def paths(served: Any) -> list[str]:
    found: list[str] = browsing().addresses(browsing().told_by(served.url), PAIR)
    return found


def test_the_server_tells_of_every_page(paths: list[str]) -> None:
    from fairweather.web.pages import PAGES

    for page in PAGES:
        start = page.path.partition("{")[0]
        assert any(path.startswith(start) for path in paths), page.path


@pytest.mark.parametrize("name", LOOKS)
def test_no_page_has_a_fault(chromium: Any, served: Any, paths: list[str], name: str) -> None:
    faults, seen = browsing().Faults(), LOOKS[name]
    with browsing().window(chromium, faults, served.url, **seen) as page:
        for path in paths:
            axe = name in PUT_TO_AXE
            browsing().look(page, served.url, path, faults, script=seen["script"], axe=axe)
    assert not faults.everything()


def test_no_page_runs_what_a_document_says(chromium: Any, hostile: Path) -> None:
    faults = browsing().Faults()
    with (
        browsing().serving(hostile, "--edit") as running,
        browsing().window(chromium, faults, running.url, narrow=False, dark=False) as page,
    ):
        for path in browsing().addresses(browsing().told_by(running.url), HOSTILE_PAIR):
            browsing().look(page, running.url, path, faults, axe=False)
            assert page.evaluate("window.taken") is None, path
    assert not faults.everything()


@pytest.fixture
def page(chromium: Any, served: Any) -> Iterator[Any]:
    faults = browsing().Faults()
    with browsing().window(chromium, faults, served.url, narrow=False, dark=False) as found:
        found.goto(f"{served.url}/pair/SAU/PAK", wait_until="load")
        yield found
    assert not faults.everything()


def test_why_opens_where_one_reads(page: Any) -> None:
    address = page.url
    page.locator("#quotes a.why").first.click()
    page.locator("dialog#why .answer dl, dialog#why .answer table").first.wait_for()
    assert page.url == address
    page.keyboard.press("Escape")
    assert not page.locator("dialog#why").is_visible()


def test_a_number_in_brackets_shows_its_source(page: Any) -> None:
    page.locator("#judgement .marks a").first.click()
    told = page.locator("dialog#why .answer")
    assert told.inner_text().strip()
    assert "Source" in page.locator("dialog#why header").inner_text()


def test_the_slider_goes_back_in_time(page: Any) -> None:
    page.locator("details.ask summary").click()
    page.locator("form.asked input[type=range]").focus()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**as-of=*")


def test_without_script_a_folded_source_can_be_reached(chromium: Any, served: Any) -> None:
    faults = browsing().Faults()
    look = {"narrow": False, "dark": False, "script": False}
    with browsing().window(chromium, faults, served.url, **look) as page:
        page.goto(f"{served.url}/pair/SAU/PAK", wait_until="load")
        page.locator("#sources summary").click()
        assert page.locator("#sources li").first.is_visible()
        page.locator("#judgement .marks a").first.click()
        assert "#" in page.url


def test_a_scenario_is_played_in_the_browser(chromium: Any, served: Any) -> None:
    faults = browsing().Faults()
    for script in (True, False):
        with browsing().window(
            chromium, faults, served.url, narrow=False, dark=False, script=script
        ) as page:
            page.goto(f"{served.url}/scenario?pair=SAU-PAK", wait_until="load")
            page.get_by_role("button", name="Play").click()
            page.get_by_text("What usually happens").first.wait_for()
    assert not faults.everything()


@pytest.fixture
def own(tmp_path: Path) -> tuple[Path, str]:
    """A ledger of one text, and the text's id."""
    (tmp_path / "a.txt").write_text("Peru and Chile\n\n3 March 2025\n\nPeru attacked Chile.\n")
    with Desk(tmp_path / "own.db") as desk:
        desk.read([tmp_path / "a.txt"])
        (document,) = desk.ledger.documents()
    return tmp_path / "own.db", document.id


def decided(path: Path) -> list[str]:
    with Desk(path) as desk:
        return [one.kind for one in desk.ledger.decisions()]


def test_a_record_is_rejected_and_the_verdict_taken_back(
    chromium: Any, own: tuple[Path, str]
) -> None:
    ledger, document = own
    faults = browsing().Faults()
    with (
        browsing().serving(ledger, "--edit") as running,
        browsing().window(chromium, faults, running.url, narrow=False, dark=False) as page,
    ):
        page.goto(f"{running.url}/document/{document}", wait_until="load")
        row = page.locator("li[data-record^='event:']").first
        row.get_by_role("button", name="reject").click()
        page.wait_for_load_state("load")
        row.get_by_role("button", name="undo").click()
        row.get_by_role("button", name="reject").wait_for()
    assert "reject" in decided(ledger)
    assert decided(ledger)[-1] == "undo"
    assert not faults.everything()


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_record_is_corrected_and_the_correction_taken_back(
    chromium: Any, own: tuple[Path, str], script: bool
) -> None:
    ledger, document = own
    faults = browsing().Faults()
    look = {"narrow": False, "dark": False, "script": script}
    with (
        browsing().serving(ledger, "--edit") as running,
        browsing().window(chromium, faults, running.url, **look) as page,
    ):
        page.goto(f"{running.url}/document/{document}", wait_until="load")
        page.locator("li[data-record^='event:']").first.locator("a[href^='/correct']").click()
        form = page.locator("form.correction")
        form.get_by_label("status", exact=True).select_option("reported")
        form.get_by_label("why", exact=True).fill("so it is told")
        form.get_by_role("button", name="Correct").click()
        changed = page.locator("li[data-record^='event:'] .changes ins").first
        changed.wait_for()
        assert changed.inner_text() == "reported"
        row = page.locator("li[data-record^='event:']", has=page.locator(".changes"))
        row.get_by_role("button", name="undo").click()
        row.get_by_text("taken back").wait_for()
    assert decided(ledger)[-2:] == ["correct", "undo"]
    assert not faults.everything()
