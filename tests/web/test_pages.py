"""Every page answers as a page, as data and as a table, and gives no stranger a hold."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from tests.web.conftest import HERE, Ask, asking

from fairweather.desk import Desk
from fairweather.errors import MisuseError
from fairweather.records import Agreement, Document
from fairweather.web import Settings
from fairweather.web.settings import Token

PATHS = (
    "/",
    "/pairs",
    "/pair/SAU/PAK",
    "/search?q=treaty",
    "/actors",
    "/sources",
    "/method",
    "/scenario?pair=SAU-PAK",
    "/scorecard",
)
SECRET = "a secret of some length"


def ending(path: str, kind: str) -> str:
    base, _, query = path.partition("?")
    return f"{'/today' if base == '/' else base}.{kind}{'?' if query else ''}{query}"


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_also_data_and_a_table(ask: Ask, path: str) -> None:
    page, data, table = ask(path), ask(ending(path, "json")), ask(ending(path, "csv"))
    assert page.status_code == data.status_code == table.status_code == 200
    assert page.text.count("<h1>") == 1
    assert isinstance(data.json(), dict)
    assert len(table.text.splitlines()) >= 1


def test_the_pair_page_says_where_each_statement_comes_from(ask: Ask) -> None:
    told = ask("/pair/SAU/PAK.json").json()
    assert told["sections"]
    for section in told["sections"]:
        for line in section["lines"]:
            assert line["records"] or line["figures"], line["text"]


def test_a_document_is_shown_whole_with_its_quotes_marked(ask: Ask, ledger: Path) -> None:
    with Desk(ledger) as desk:
        document = next(one for one in desk.ledger.documents() if "defence" in one.text)
    page = ask(f"/document/{document.id}")
    data = ask(f"/document/{document.id}.json").json()
    assert page.status_code == 200
    assert data["document"]["text"] == document.text
    for record in data["records"]:
        for quote in record["quotes"]:
            assert document.text[quote["start"] : quote["end"]] == quote["text"]
            assert f'id="at-{quote["start"]}"' in page.text


def test_an_agreement_says_what_is_not_known_of_it(ask: Ask, ledger: Path) -> None:
    with Desk(ledger) as desk:
        agreement = desk.agreements(("SAU", "PAK"))[0]
    assert isinstance(agreement, Agreement)
    page = ask(f"/agreement/{agreement.id}").text
    assert "not known, rather than absent" in page


def test_why_opens_on_a_figure_of_the_pair_page(ask: Ask) -> None:
    figure = ask("/pair/SAU/PAK.json").json()["figures"][0]["id"]
    found = ask("/why", params={"id": figure})
    assert found.status_code == 200
    assert "Made of" in found.text


def test_a_scenario_is_drafted_edited_and_played(ask: Ask) -> None:
    text = ask("/scenario.json?pair=SAU-PAK").json()["text"]
    played = ask("/scenario/play", "POST", data={"text": text})
    assert played.status_code == 200
    assert "What usually happens" in played.text
    broken = ask("/scenario/play", "POST", data={"text": text.replace("horizon", "horizn")})
    assert "unknown key" in broken.text or "is missing" in broken.text


def test_what_is_not_there_is_said_in_words(ask: Ask) -> None:
    assert ask("/pair/SAU/Pakistann").status_code == 400
    assert "did you mean" in ask("/pair/SAU/Pakistann").text
    assert ask("/document/document:none").status_code == 404
    assert "error" in ask("/document/document:none.json").json()


def test_nothing_is_loaded_from_elsewhere_and_no_script_stands_in_a_page(ask: Ask) -> None:
    for path in PATHS:
        page = ask(path)
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "<script>" not in page.text
        assert 'src="http' not in page.text
        assert " style=" not in page.text.partition("<svg")[0]


def test_words_of_a_document_stay_words(tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    (tmp_path / "a.txt").write_text(
        "<script>alert(1)</script> Peru and Chile sign a treaty\n\n3 March 2025\n\n"
        'Peru signed a treaty with Chile in Lima. "><img src=x onerror=alert(1)> =HYPERLINK("x")\n'
    )
    with Desk(path) as desk:
        desk.read([tmp_path / "a.txt"])
        (document,) = desk.ledger.documents()
    assert isinstance(document, Document)
    ask = asking(Settings(ledger=path))
    for page in (ask("/"), ask(f"/document/{document.id}"), ask("/search?q=Peru")):
        assert page.status_code == 200
        assert "<script>alert" not in page.text
        assert "<img src=x" not in page.text


def test_a_name_that_was_rebound_to_this_machine_is_refused(ask: Ask) -> None:
    assert ask("/", headers={"host": "evil.example"}).status_code == 421
    assert ask("/", base="http://localhost:8321").status_code == 200


def test_to_be_seen_from_outside_a_token_is_needed(ledger: Path) -> None:
    with pytest.raises(MisuseError, match="token"):
        Settings(ledger=ledger, host="0.0.0.0")
    outside = Settings(ledger=ledger, host="192.0.2.1", tokens=(Token.of("read", SECRET),))
    ask = asking(outside)
    base = "http://192.0.2.1:8321"
    assert ask("/", base=base).status_code == 401
    shown = {"authorization": f"Bearer {SECRET}"}
    assert ask("/", base=base, headers=shown).status_code == 200
    assert ask("/", base=base, headers={"authorization": "Bearer no"}).status_code == 401


def test_whoever_asks_too_often_waits(ledger: Path) -> None:
    ask = asking(Settings(ledger=ledger, requests_a_minute=3))
    codes = [ask("/method").status_code for _ in range(5)]
    assert codes[:3] == [200, 200, 200]
    assert codes[-1] == 429


def test_a_verdict_needs_the_right_to_edit_and_the_key_of_the_form(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    (tmp_path / "a.txt").write_text("Peru and Chile sign\n\n3 March 2025\n\nPeru attacked Chile.\n")
    with Desk(path) as desk:
        desk.read([tmp_path / "a.txt"])
        (document,) = desk.ledger.documents()
    record = asking(Settings(ledger=path))(f"/document/{document.id}.json").json()["records"][0]
    form = {"id": record["id"], "verdict": "reject", "reason": "no", "back": "/"}
    assert asking(Settings(ledger=path))("/review", "POST", data=form).status_code == 403
    edit = asking(Settings(ledger=path, edit=True))
    assert edit("/review", "POST", data=form).status_code == 403, "no key"
    page = edit(f"/document/{document.id}").text
    form["form_key"] = page.partition('name="form_key" value="')[2].partition('"')[0]
    assert edit("/review", "POST", data={**form, "back": "//evil.example"}).status_code == 400
    assert edit("/review", "POST", data=form).status_code == 303
    assert "does not stand" in edit("/why", params={"id": record["id"]}).text


def test_a_page_elsewhere_can_change_nothing(ask: Ask) -> None:
    response: httpx.Response = ask(
        "/review", method="POST", headers={"origin": "https://evil.example"}, data={"id": "x"}
    )
    assert response.status_code == 403
    assert HERE not in response.text


def test_a_play_is_told_as_it_goes(ask: Ask) -> None:
    text = ask("/scenario.json?pair=SAU-PAK").json()["text"]
    told = ask("/scenario/progress", "POST", data={"text": text}).text
    assert told.count("event: run") >= 2
    assert told.index("event: run") < told.index("event: page")
    broken = ask("/scenario/progress", "POST", data={"text": "horizon = 1"}).text
    assert "event: page" in broken
    kept = ask("/scenario/file", "POST", data={"text": text})
    assert "attachment" in kept.headers["content-disposition"]
    assert kept.text == text


def test_what_is_asked_wrongly_is_told_in_words(ask: Ask) -> None:
    wrong = ask("/pair/SAU/PAK.json?as-of=yesterday")
    assert wrong.status_code == 422
    assert "as-of" in wrong.json()["error"]
    page = ask("/pair/SAU/PAK?since=yesterday")
    assert page.status_code == 422
    assert "since" in page.text
    assert "no page" in ask("/nothing/here").text
    assert ask("/pair/SAU/PAK?like=PAK").status_code == 400


def test_a_pair_is_looked_at_from_another_day_and_another_country(ask: Ask) -> None:
    told = ask("/pair/SAU/PAK.json?since=2020&for=IND").json()
    keys = [section["key"] for section in told["sections"]]
    assert keys[:3] == ["judgement", "since", "third"]
    leads = {line["lead"] for line in told["sections"][2]["lines"] if line["lead"]}
    assert leads == {"Duties", "Channels", "Apart from its allies", "Space"}


def test_an_answer_is_remembered_until_the_ledger_learns(tmp_path: Path) -> None:
    path = tmp_path / "own.db"
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    first.write_text("Peru and Chile sign\n\n3 March 2025\n\nPeru signed a treaty with Chile.\n")
    second.write_text("Peru and Chile meet\n\n9 May 2025\n\nPeru met Chile in Lima.\n")
    ask = asking(Settings(ledger=path))
    with Desk(path) as desk:
        desk.read([first])
        once = ask("/pair/PER/CHL").text
        assert ask("/pair/PER/CHL").text == once
        desk.read([second])
    assert ask("/pair/PER/CHL").text != once


def test_a_chart_stands_under_its_page_still_and_to_be_drawn(ask: Ask) -> None:
    page = ask("/pair/SAU/PAK?since=2020").text
    address = page.partition('data-spec="')[2].partition('"')[0]
    assert address.endswith(".json?since=2020")
    assert "vega-lite" in ask(address).json()["$schema"]
    still = ask(address.replace(".json", ".svg"))
    assert still.headers["content-type"] == "image/svg+xml"
    assert "<title" in still.text
    assert ask("/pair/SAU/PAK/chart/nothing.svg").status_code == 404
