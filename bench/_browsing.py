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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",  # a test may run as root, and looks at our own pages alone
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
PATIENCE = 60.0
"""Seconds for a server to come up, and for a page to load on a busy machine."""

IDLE_MS = 50
"""Processor time in a second, at most, of a server that has nothing to do."""

IDLE_FOR = 4
"""Seconds on end without anything to do: it may wait for the disk in between."""

WIDE, NARROW = (1200, 900), (390, 800)


def browser_path() -> str | None:
    """The Chromium of this machine, if there is one that runs."""
    found = (path for name in BROWSERS if (path := shutil.which(name)))
    return next((path for path in found if _runs(path)), None)


def _runs(path: str) -> bool:
    # Some systems ship a stand-in of that name, which only says where to get a browser.
    try:
        told = subprocess.run([path, "--version"], capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return told.returncode == 0


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

    def cpu_ms(self) -> float:
        """Milliseconds of processor time that the process has taken."""
        stat = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="utf-8")
        ticks = stat.rpartition(")")[2].split()[11:13]
        return sum(map(int, ticks)) * 1000 / os.sysconf("SC_CLK_TCK")

    def settle(self) -> None:
        """Wait until the server has made what it makes before the first reader comes."""
        until, idle, before = time.monotonic() + 5 * PATIENCE, 0, self.cpu_ms()
        while idle < IDLE_FOR and time.monotonic() < until:
            time.sleep(1)
            now = self.cpu_ms()
            idle = idle + 1 if now - before <= IDLE_MS else 0
            before = now


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


# -- which pages there are -------------------------------------------------------------------

ERROR = "/pair/{a}/nobody"
"""A page that is not there is a page as well."""

ASKED_BESIDES = (
    "/pair/{a}/{b}?since=2024&like={b}-{a}&for=USA",
    "/scenario?pair={a}-{b}",
    "/search?q=treaty",
    "/why?id={figure}",
    ERROR,
)
"""Pages with what may stand in their address, beside each page as it is."""

READABLE = "text/html"
MOST_READ = 8
"""Documents in which records of each kind are looked for."""


Told = Callable[[str], Any]
"""What a server answers at a path, as plain data."""


def told_by(url: str) -> Told:
    """What a running server answers."""
    return lambda path: httpx.get(f"{url}{path}", timeout=PATIENCE).json()


def addresses(told: Told, pair: tuple[str, str]) -> list[str]:
    """An address of every page that a server tells of, filled from what its ledger holds."""
    examples = _examples(told, pair)
    paths: dict[str, Any] = told("/openapi.json")["paths"]
    pages = [
        _filled(path, about["get"].get("parameters", ()), examples)
        for path, about in paths.items()
        if READABLE in about.get("get", {}).get("responses", {}).get("200", {}).get("content", {})
    ]
    besides = (one.format(**examples) for one in ASKED_BESIDES)
    return list(dict.fromkeys([*pages, *besides]))


def _filled(path: str, parameters: Any, examples: dict[str, str]) -> str:
    """An address of a path: what it must be given, from the examples."""
    kind = path.split("/")[1]
    needed = [one for one in parameters if one.get("required")]
    try:
        given = {
            name: examples[name if name in examples else kind]
            for name in (one["name"] for one in needed)
        }
    except KeyError as name:
        raise SystemExit(f"{path} needs {name}; _examples of {__file__} gives none") from None
    asked = "&".join(
        f"{one['name']}={given[one['name']]}" for one in needed if one["in"] == "query"
    )
    return path.format(**given) + (f"?{asked}" if asked else "")


def _examples(told: Told, pair: tuple[str, str]) -> dict[str, str]:
    """What may stand for a part of an address: by its name, or by the kind of record shown."""
    a, b = pair
    page = told(f"/pair/{a}/{b}.json")
    lines = [line for part in page["sections"] for line in part["lines"]]
    ids = [record for line in lines for record in line["records"]]
    documents = list(dict.fromkeys(one["document"] for one in page["sources"] if one["document"]))
    for one in documents[:MOST_READ]:
        ids += [row["id"] for row in told(f"/document/{one}.json")["records"]]
    kinds = {one.partition(":")[0]: one for one in reversed(ids)}
    return {
        **kinds,
        "document": documents[0],
        "a": a,
        "b": b,
        "pair": f"{a}-{b}",
        "pairs": f"{a}-{b},{b}-USA",
        "q": "treaty",
        "id": ids[0],
        "figure": quote(page["figures"][-1]["id"], safe=""),
    }


# -- what is looked at -----------------------------------------------------------------------


@dataclass(slots=True)
class Faults:
    """What is wrong with pages: told by the console, asked of strangers, hard to use, broken."""

    console: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def everything(self) -> list[str]:
        """All of it, for a message."""
        return [*self.console, *self.outside, *self.axe, *self.broken]


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


def look(
    page: Any, url: str, path: str, faults: Faults, *, script: bool = True, axe: bool = True
) -> None:
    """Load a page and let it draw; put it to axe where wanted, which needs script itself."""
    answer = page.goto(f"{url}{path}", wait_until="load")
    if answer.status != 200 and not path.endswith("/nobody"):
        faults.broken.append(f"{path}: answered {answer.status}")
    if script:
        page.wait_for_selector("html[data-drawn]", state="attached")
    sideways = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    if sideways > 1:
        faults.broken.append(f"{path}: {sideways} px wider than the window")
    if script and axe:
        _put_to_axe(page, path, faults)


def _put_to_axe(page: Any, path: str, faults: Faults) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for found in Axe().run(page).response["violations"]:
        where = "; ".join(str(node["target"]) for node in found["nodes"][:4])
        faults.axe.append(f"{path}: {found['id']}: {found['help']}: {where}")
