"""A record is corrected in a browser, in place where there is script and without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import browsing

from fairweather.desk import Desk

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]

TEXT = "Peru and Chile\n\n3 March 2025\n\nPeru attacked Chile. Chile signed a treaty with Peru.\n"


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reviewing")
    (folder / "a.txt").write_text(TEXT)
    with Desk(folder / "own.db") as desk:
        desk.read([folder / "a.txt"])
    return folder / "own.db"


@contextmanager
def reading(chromium: Any, ledger: Path, **look: bool) -> Iterator[tuple[Any, Any]]:
    """The page of the one document, and what is wrong in the window that shows it."""
    with Desk(ledger) as desk:
        (document,) = desk.ledger.documents()
    faults = browsing().Faults()
    with (
        browsing().serving(ledger, "--edit") as running,
        browsing().window(chromium, faults, running.url, dark=False, **look) as page,
    ):
        page.goto(f"{running.url}/document/{document.id}", wait_until="load")
        yield page, faults


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_a_record_is_corrected_where_one_reads(chromium: Any, own: Path, script: bool) -> None:
    with reading(chromium, own, narrow=False, script=script) as (page, faults):
        first = page.locator("li[data-record^='event:']").first
        first.get_by_role("button", name="correct").click()
        form = page.locator("form.correction")
        form.locator("#c-date").fill("2025-13")
        form.locator("#c-status").select_option("planned")
        form.locator("button").click()
        page.locator("#c-date-fault").wait_for()
        assert "write a date" in page.locator("#c-date-fault").inner_text()
        assert page.locator("#c-reason-fault").is_visible()
        assert page.locator("#c-status").input_value() == "planned"
        page.locator("#c-date").fill("2025-03")
        page.locator("#c-reason").fill("so it reads")
        with page.expect_navigation():
            page.locator("form.correction button").click()
        first = page.locator("li[data-record^='event:']").first
        assert "so it reads" in first.inner_text()
        assert "2025-03" in first.locator(".told").inner_text()
        with page.expect_navigation():
            first.get_by_role("button", name="undo").click()
        assert "took back the correction" in page.locator(".history").first.inner_text()
        assert not faults.everything()


def test_a_quote_and_its_record_light_each_other(chromium: Any, own: Path) -> None:
    with reading(chromium, own, narrow=False) as (page, faults):
        page.locator("mark[data-records]").first.hover()
        lit = page.locator("li.lit")
        assert lit.count() >= 1
        record = lit.first.get_attribute("id")
        lit.first.locator("a.where").focus()
        assert page.locator(f"mark.lit[data-records~='{record}']").count() >= 1
        assert not faults.everything()


def test_a_correction_that_was_opened_is_left_by_the_keyboard(chromium: Any, own: Path) -> None:
    with reading(chromium, own, narrow=True) as (page, faults):
        page.locator("li[data-record^='event:']").first.get_by_role(
            "button", name="correct"
        ).focus()
        page.keyboard.press("Enter")
        page.locator("form.correction").wait_for()
        page.wait_for_function("document.activeElement.name?.startsWith('field.')")
        page.locator("form.correction .cancel").focus()
        page.keyboard.press("Enter")
        page.locator("form.correction").wait_for(state="detached")
        assert page.evaluate("document.activeElement.textContent") == "correct"
        assert not faults.everything()
