"""The pages over a small ledger of the project's own texts, asked without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest

from fairweather.desk import Desk
from fairweather.web import Settings

pytest.importorskip("fastapi", reason="the pages need the extra [web]")

CHRONICLE = Path(__file__).parents[2] / "examples" / "saudi-arabia-pakistan"
HERE = "http://127.0.0.1:8321"

Ask = Callable[..., httpx.Response]


@pytest.fixture(scope="session")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pages") / "own.db"
    with Desk(path) as desk:
        desk.read([CHRONICLE])
    return path


def asking(settings: Settings) -> Ask:
    """A function that sends one request to the pages of some settings."""
    from fairweather.web.app import make_app

    app = make_app(settings)

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
