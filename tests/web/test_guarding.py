"""Who may ask, what may be sent, and what a hostile text can do to a page: nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from tests.web.conftest import HOSTILE_PAIR, SCRIPT, Ask, asking, browsing

from fairweather.web import Settings
from fairweather.web.guarding import HEADERS, LARGEST_BODY
from fairweather.web.settings import Token

OUTSIDE = "http://192.0.2.1:8321"
READS, EDITS = "a secret of some length", "another secret of some length"


@pytest.fixture(scope="module")
def outside(ledger: Path) -> Ask:
    tokens = (Token.of("read", READS), Token.of("edit", EDITS))
    return asking(Settings(ledger=ledger, host="192.0.2.1", edit=True, tokens=tokens))


def told(ask: Ask) -> Any:
    return lambda path: ask(path).json()


def test_no_page_runs_what_a_document_says(hostile: Path) -> None:
    ask = asking(Settings(ledger=hostile, edit=True))
    pages = browsing().addresses(told(ask), HOSTILE_PAIR)
    seen = [ask(path) for path in pages]
    assert any("window.taken" in page.text for page in seen), "the text is shown as it is"
    for path, page in zip(pages, seen, strict=True):
        assert SCRIPT not in page.text, path
        assert "<img src=x" not in page.text, path
        assert not re.search(r"""(?:href|src)=["']?javascript:""", page.text), path
        assert "49" not in re.findall(r"than before (\S+)", page.text), path


def test_every_answer_says_what_a_page_may_do(ask: Ask) -> None:
    answers = [
        ask("/"),
        ask("/today.json"),
        ask("/pairs.csv"),
        ask("/nothing/here"),
        ask("/openapi.json"),
        ask("/static/fairweather.css"),
        ask("/", headers={"host": "evil.example"}),
        ask("/review", "POST", headers={"sec-fetch-site": "cross-site"}),
    ]
    assert [one.status_code for one in answers] == [200, 200, 200, 404, 200, 200, 421, 403]
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers[name] == value, answer.url
        assert "unsafe" not in answer.headers["content-security-policy"]


def test_a_failure_of_ours_is_told_without_a_trace(ledger: Path) -> None:
    from fairweather.web.app import make_app
    from fairweather.web.rendering import Rendering

    app = make_app(Settings(ledger=ledger))
    app.state.rendering = Rendering(app.state.settings, app.state.guard)
    app.state.drawings = None
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.get("/pair/SAU/PAK")

    answer = anyio.run(send)
    assert answer.status_code == 500
    assert "the program failed" in answer.text
    assert "Traceback" not in answer.text
    assert "NoneType" not in answer.text
    assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2f%2e%2e%2fpyproject.toml",
        "/static//etc/passwd",
        "/static/vendor/../../app.py",
        "/static/",
        "/static/vendor",
    ],
)
def test_no_file_but_those_of_the_pages_is_served(ask: Ask, path: str) -> None:
    assert ask(path).status_code in (404, 405)


def test_a_body_is_measured_before_it_is_read(ask: Ask) -> None:
    large = ask("/scenario/play", "POST", data={"text": "x" * (LARGEST_BODY + 1)})
    assert large.status_code == 413

    async def endless() -> Any:
        yield b"text=x"

    assert ask("/scenario/play", "POST", content=endless()).status_code == 411
    wrong = ask("/scenario/play", "POST", headers={"content-length": "much"}, content=b"")
    assert wrong.status_code == 411


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "[::", "", "0.0.0.0"])
def test_a_name_the_server_does_not_go_by_is_refused(ask: Ask, host: str) -> None:
    assert ask("/", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
    ],
)
def test_a_page_of_somebody_else_changes_nothing(ledger: Path, headers: dict[str, str]) -> None:
    ask = asking(Settings(ledger=ledger, edit=True))
    for path in ("/review", "/undo", "/scenario/play", "/sign"):
        assert ask(path, "POST", headers=headers, data={"id": "x"}).status_code == 403


def test_each_token_gives_its_own_right(outside: Ask) -> None:
    def bears(secret: str) -> dict[str, str]:
        return {"authorization": f"Bearer {secret}"}

    assert outside("/pairs.json", base=OUTSIDE).status_code == 401
    for wrong in ("", READS[:-1], READS + "x", "a secret"):
        answer = outside("/pairs.json", base=OUTSIDE, headers=bears(wrong))
        assert answer.status_code == 401
    assert outside("/pairs.json", base=OUTSIDE, headers=bears(READS)).status_code == 200
    assert outside("/pairs.json", base=OUTSIDE, headers=bears(EDITS)).status_code == 200
    form = {"id": "event:none", "verdict": "reject"}
    reads = outside("/review", "POST", base=OUTSIDE, headers=bears(READS), data=form)
    assert reads.status_code == 403


def test_a_token_is_kept_as_a_hash_alone() -> None:
    token = Token.of("read", READS)
    assert READS not in repr(token)
    assert READS.encode() not in token.digest
    assert token.opens(READS)
    assert not token.opens(READS.upper())


def test_a_browser_gives_its_token_once(outside: Ask) -> None:
    asks = {"accept": "text/html,*/*"}
    sent = outside("/pairs?x=1", base=OUTSIDE, headers=asks)
    assert sent.status_code == 303
    assert sent.headers["location"] == "/enter?back=%2Fpairs%3Fx%3D1"
    form = outside(sent.headers["location"], base=OUTSIDE, headers=asks)
    assert 'value="/pairs?x=1"' in form.text
    wrong = outside("/enter", "POST", base=OUTSIDE, data={"token": "no", "back": "/pairs"})
    assert wrong.status_code == 401
    assert "set-cookie" not in wrong.headers
    given = outside("/enter", "POST", base=OUTSIDE, data={"token": READS, "back": "/pairs"})
    assert given.headers["location"] == "/pairs"
    cookie = given.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    kept = {"cookie": cookie.partition(";")[0]}
    assert outside("/pairs", base=OUTSIDE, headers=kept).status_code == 200
    for away in ("//evil.example", "https://evil.example", "/\\evil.example"):
        data = {"token": READS, "back": away}
        assert outside("/enter", "POST", base=OUTSIDE, data=data).status_code == 400
