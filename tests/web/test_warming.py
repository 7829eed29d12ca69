"""What the first reader will ask for is made before."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import asking_of

from fairweather.desk import Desk
from fairweather.desk.blocs import most_told_of
from fairweather.desk.revision import kept_until_learnt
from fairweather.ledger import Ledger
from fairweather.web import Settings
from fairweather.web.app import make_app
from fairweather.web.settings import Token
from fairweather.web.warming import warm


def test_the_page_of_the_busiest_pair_is_there_before_it_is_asked_for(ledger: Path) -> None:
    app = make_app(Settings(ledger=ledger))
    warm(app).join()
    held = app.state.memory.held
    assert held > 0
    with Desk(ledger) as desk:
        ((a, b),) = most_told_of(desk.ledger, 1)
    page = asking_of(app)(f"/pair/{a}/{b}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert app.state.memory.held == held, "the answer came from memory"
    assert page.text == asking_of(make_app(app.state.settings))(f"/pair/{a}/{b}").text


def test_nothing_is_kept_for_readers_who_need_a_token(ledger: Path) -> None:
    token = Token.of("read", "a secret of some length")
    app = make_app(Settings(ledger=ledger, host="192.0.2.1", tokens=(token,)))
    warm(app).join()
    assert app.state.memory.held == 0


def test_what_is_counted_over_a_ledger_is_counted_once_until_it_learns(tmp_path: Path) -> None:
    counted = 0

    @kept_until_learnt
    def documents(ledger: Ledger) -> int:
        nonlocal counted
        counted += 1
        return ledger.counts()["document"]

    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(f"Peru and Chile\n\n{number} May 2025\n\nOne.\n")
        with Desk(tmp_path / "own.db") as desk:
            desk.read([tmp_path / f"{number}.txt"])
            assert [documents(desk.ledger) for _ in range(3)] == [number] * 3
            assert counted == number
            assert documents(desk.within(as_of="2001").ledger) == 0
            counted = number
