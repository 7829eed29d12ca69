"""What the first reader will ask for is made before."""

from __future__ import annotations

from pathlib import Path

from tests.web.conftest import asking_of

from fairweather.desk import Desk
from fairweather.desk.counting import tied
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
        (((a, b), _),) = tied(desk.ledger).most_common(1)
    page = asking_of(app)(f"/pair/{a}/{b}")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert app.state.memory.held == held, "the answer came from memory"
    assert page.text == asking_of(make_app(app.state.settings))(f"/pair/{a}/{b}").text


def test_nothing_is_kept_for_readers_who_need_a_token(ledger: Path) -> None:
    token = Token.of("read", "a secret of some length")
    app = make_app(Settings(ledger=ledger, host="192.0.2.1", tokens=(token,)))
    warm(app).join()
    assert app.state.memory.held == 0
