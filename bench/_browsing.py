"""A server of the pages and a browser that looks at them: for the bench and the tests.

Needs playwright and axe-playwright-python, and a Chromium on the machine.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
PATIENCE = 60.0
"""Seconds for a server to come up, and for a page to load on a busy machine."""

SETTLED_MS = 700
"""After which charts and pictures are drawn."""

WIDE, NARROW = (1200, 900), (390, 800)


def browser_path() -> str | None:
    """The Chromium of this machine, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: where it answers, and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def memory_mb(self) -> float:
        """What the process holds in memory."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024


@contextmanager
def serving(ledger: Path, *options: str) -> Iterator[Served]:
    """`fairweather serve` over a ledger on a free port of loopback."""
    port = _free_port()
    command = [sys.executable, "-m", "fairweather", "serve", "--db", str(ledger)]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--rate", "1000000", *options],
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process)
        yield Served(url, process)
    finally:
        process.terminate()
        process.wait(PATIENCE)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            httpx.get(f"{url}/method", timeout=PATIENCE)
            return
        except httpx.TransportError:
            time.sleep(0.2)
    raise SystemExit("the server did not come up")


def addresses(url: str, pair: tuple[str, str]) -> list[str]:
    """One address of every page of a ledger that speaks of a pair."""
    a, b = pair
    told = httpx.get(f"{url}/pair/{a}/{b}.json", timeout=PATIENCE).json()
    records = [
        record for part in told["sections"] for line in part["lines"] for record in line["records"]
    ]
    found = {record.partition(":")[0]: record for record in records}
    document = next(one["document"] for one in told["sources"] if one["document"])
    rows = httpx.get(f"{url}/document/{document}.json", timeout=PATIENCE).json()["records"]
    found |= {row["type"]: row["id"] for row in rows if row["type"] == "claim"}
    return [
        "/",
        "/pairs",
        f"/pair/{a}/{b}",
        f"/pair/{a}/{b}?since=2024&like={b}-{a}&for=USA",
        f"/document/{document}",
        *(f"/{kind}/{found[kind]}" for kind in ("agreement", "claim") if kind in found),
        "/search?q=treaty",
        f"/why?id={quote(told['figures'][-1]['id'], safe='')}",
        f"/why?id={records[0]}",
        f"/scenario?pair={a}-{b}",
        "/scorecard",
        "/actors",
        "/sources",
        "/method",
        f"/pair/{a}/nobody",
    ]


@dataclass(slots=True)
class Faults:
    """What is wrong with pages: told by the console, asked of strangers, hard to use."""

    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)

    def everything(self) -> list[str]:
        """All of it, for a message."""
        return [*self.console, *self.outside, *self.axe]


@contextmanager
def browser() -> Iterator[Any]:
    """A browser without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser_path(), args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@contextmanager
def window(
    chromium: Any, faults: Faults, url: str, *, narrow: bool, dark: bool, script: bool = True
) -> Iterator[Any]:
    """A window of one look, which notes what goes wrong in it."""
    width, height = NARROW if narrow else WIDE
    context = chromium.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.on("console", lambda said: _noted(faults, page, said))
    page.on("pageerror", lambda error: faults.console.append(f"{page.url}: {error}"))
    page.on("request", lambda asked: _asked(faults, url, asked.url))
    yield page
    context.close()


def _noted(faults: Faults, page: Any, said: Any) -> None:
    # A page that is not there is asked for on purpose: the browser says so on its console.
    if said.type == "error" and "the server responded with a status of 4" not in said.text:
        faults.console.append(f"{page.url}: {said.text}")


def _asked(faults: Faults, own: str, url: str) -> None:
    if not url.startswith((own, "data:", "blob:")):
        faults.outside.append(url)


def look(page: Any, url: str, path: str, faults: Faults, *, script: bool = True) -> None:
    """Load a page, let it draw, and put it to axe, which needs script itself."""
    page.goto(f"{url}{path}", wait_until="load")
    if script:
        page.wait_for_timeout(SETTLED_MS)
        _put_to_axe(page, path, faults)


def _put_to_axe(page: Any, path: str, faults: Faults) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for found in Axe().run(page).response["violations"]:
        where = "; ".join(str(node["target"]) for node in found["nodes"][:4])
        faults.axe.append(f"{path}: {found['id']}: {found['help']}: {where}")
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if sideways > 1:
        faults.axe.append(f"{path}: {sideways} px wider than the window")
