"""Every page in a browser, with and without script, narrow and wide, dark and light."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import HOSTILE_PAIR, PAIR, browsing

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


def test_a_record_is_rejected_and_the_verdict_taken_back(chromium: Any, tmp_path: Path) -> None:
    from fairweather.desk import Desk

    ledger = tmp_path / "own.db"
    (tmp_path / "a.txt").write_text("Peru and Chile\n\n3 March 2025\n\nPeru attacked Chile.\n")
    with Desk(ledger) as desk:
        desk.read([tmp_path / "a.txt"])
        (document,) = desk.ledger.documents()
    faults = browsing().Faults()
    with (
        browsing().serving(ledger, "--edit") as running,
        browsing().window(chromium, faults, running.url, narrow=False, dark=False) as page,
    ):
        page.goto(f"{running.url}/document/{document.id}", wait_until="load")
        row = page.locator("li[data-record^='event:']").first
        row.get_by_role("button", name="reject").click()
        page.wait_for_load_state("load")
        row.get_by_role("button", name="undo").click()
        row.get_by_role("button", name="reject").wait_for()
    with Desk(ledger) as desk:
        kinds = [one.kind for one in desk.ledger.decisions()]
    assert "reject" in kinds
    assert kinds[-1] == "undo"
    assert not faults.everything()
