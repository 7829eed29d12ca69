"""The pages over a small ledger of the project's own texts, asked without a network."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

import anyio
import httpx
import pytest

from fairweather.desk import Desk
from fairweather.web import Settings

pytest.importorskip("fastapi", reason="the pages need the extra [web]")

CHRONICLE = Path(__file__).parents[2] / "examples" / "saudi-arabia-pakistan"
BENCH = str(Path(__file__).parents[2] / "bench")
HERE = "http://127.0.0.1:8321"
PAIR = ("SAU", "PAK")

HOSTILE_PAIR = ("PER", "CHL")
SCRIPT = "<script>window.taken=1</script>"
IMAGE = '"><img src=x onerror=window.taken=1>'
HOSTILE = f"""---
title: '{SCRIPT} Peru and Chile {IMAGE}'
author: 'Ana {IMAGE}'
publisher: 'Wire {SCRIPT}'
published: 2025-03-03
url: 'javascript:window.taken=1'
---
Peru signed a mutual defence treaty with Chile in Lima on 2 March 2025 {SCRIPT}. Chile gave Peru
loans and weapons {IMAGE} in 2024. Peru's president said: "Chile will stand by Peru {SCRIPT}."
Chile's foreign ministry denied that Chile would stand by Peru {IMAGE}. Peru and Chile trade more
than before {{{{ 7 * 7 }}}} {{% raw %}}. Ecuador threatened Peru {SCRIPT}. Peru attacked Ecuador.
"""
"""A text that would take over every page it is shown on, if one let it."""

Ask = Callable[..., httpx.Response]

BROWSED_WITH = ("playwright", "axe_playwright_python")


def browsing() -> ModuleType:
    """What serves and looks, which the bench uses too."""
    sys.path.insert(0, BENCH)
    try:
        import _browsing
    finally:
        sys.path.remove(BENCH)
    return _browsing


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The machine's browser. Not for longer than a module: it holds the event loop."""
    missing = [name for name in BROWSED_WITH if find_spec(name) is None]
    if missing:
        pytest.skip(f"pages are looked at with {missing[0]}")
    if browsing().browser_path() is None:
        pytest.skip("no Chromium on this machine: install it to see pages in a browser")
    with browsing().browser() as found:
        yield found


@pytest.fixture(scope="module")
def served(ledger: Path) -> Iterator[Any]:
    """A server of the small ledger, which may be edited."""
    with browsing().serving(ledger, "--edit") as running:
        yield running


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "own.db"
    with Desk(path) as desk:
        desk.read([CHRONICLE])
    return path


def asking(settings: Settings) -> Ask:
    """A function that sends one request to the pages of some settings."""
    from fairweather.web.app import make_app

    return asking_of(make_app(settings))


def asking_of(app: Any) -> Ask:
    """A function that sends one request to an application."""

    def ask(path: str, method: str = "GET", base: str = HERE, **more: Any) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=app)
            async with httpx.AsyncClient(transport=transport, base_url=base) as client:
                return await client.request(method, path, **more)

        return anyio.run(send)

    return ask


@pytest.fixture(scope="session")
def ask(ledger: Path) -> Ask:
    return asking(Settings(ledger=ledger))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "a.txt").write_text(HOSTILE)
    with Desk(folder / "own.db") as desk:
        desk.read([folder / "a.txt"])
    return folder / "own.db"
