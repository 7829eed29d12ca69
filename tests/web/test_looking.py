"""Agreements, claims, searches, sources and the method, each on a page of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.conftest import Ask, asking

from fairweather import __version__
from fairweather.brief.life import life_chart
from fairweather.desk import Desk
from fairweather.ledger import Decision, FeedState
from fairweather.records import Agreement, Claim, Document, Stage, on
from fairweather.web import Settings

TEXT = (
    "The United States said Iran shipped missiles. Iran denied it. Peru and Chile signed the"
    " Treaty of Arica in 1999. The Pact of Tacna replaced it in 2021."
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("looking") / "own.db"
    told = Document(
        text=TEXT, title="Denials", publisher="Harbour Gazette", published=on("2025-05-20")
    )
    dumb = Document(
        text="No.", title="Silence", publisher="Harbour Gazette", published=on("2024-01")
    )

    def quoted(words: str) -> tuple:  # type: ignore[type-arg]
        at = TEXT.index(words)
        return (told.quote(at, at + len(words)),)

    says = Claim(
        quotes=quoted("said Iran shipped missiles"),
        speaker="USA",
        stance="accuse",
        content="Iran shipped missiles",
        about=("IRN",),
        coder="rules/1",
    )
    denies = Claim(
        quotes=quoted("Iran denied it"),
        speaker="IRN",
        stance="deny",
        content="it",
        about=("IRN",),
        coder="rules/1",
    )
    first = Agreement(
        quotes=quoted("the Treaty of Arica"),
        name="Treaty of Arica",
        parties=("PER", "CHL"),
        stages=(Stage("signed", ("PER", "CHL"), on("1999")),),
        coder="rules/1",
    )
    second = Agreement(
        quotes=quoted("The Pact of Tacna"),
        name="Pact of Tacna",
        parties=("PER", "CHL"),
        stages=(Stage("signed", (), on("2021")), Stage("in_force", (), on("2022-03-01"))),
        supersedes="Treaty of Arica",
        coder="rules/1",
    )
    contest = Decision(
        kind="contest",
        subject=says.id,
        object=denies.id,
        reason="a denial next to it",
        by="rule contest/1",
    )
    with Desk(found) as desk:
        desk.ledger.add([told, dumb, says, denies, first, second], [contest])
        dead = FeedState(
            url="https://example.org/feed",
            title="Dead feed",
            failures=3,
            failure="404",
            last_item="2024-02-01T10:00:00Z",
        )
        desk.ledger.feeds.watch([dead])
        desk.ledger.feeds.keep(dead)
    return found


@pytest.fixture(scope="module")
def look(path: Path) -> Ask:
    return asking(Settings(ledger=path, edit=True))


@pytest.fixture
def desk(path: Path) -> Iterator[Desk]:
    with Desk(path) as opened:
        yield opened


def the(desk: Desk, kind: type[Any], name: str = "") -> str:
    rows: Iterator[Any] = desk.ledger.statements(kind)
    return next(str(one.id) for one in rows if not name or one.name == name)


# -- claims and agreements -----------------------------------------------------------------


def test_a_contested_claim_stands_beside_its_denial_from_either_side(look: Ask, desk: Desk) -> None:
    accusation, denial = [one.id for one in desk.ledger.statements(Claim)]
    for asked in (accusation, denial):
        told = look(f"/claim/{asked}.json").json()
        assert [one["record"]["id"] for one in told["says"]] == [accusation]
        assert [one["record"]["id"] for one in told["denies"]] == [denial]
        page = look(f"/claim/{asked}").text
        assert page.index("Who says so") < page.index("Who goes against it")
        assert "Harbour Gazette" in page
        assert "a denial next to it" in page


def test_a_contest_that_is_taken_back_parts_the_claims(path: Path, tmp_path: Path) -> None:
    from shutil import copy

    copy(path, tmp_path / "own.db")
    with Desk(tmp_path / "own.db") as desk:
        accusation = next(iter(desk.ledger.statements(Claim))).id
        desk.review("anna").undo(desk.ledger.decisions()[0].id)
        ask = asking(Settings(ledger=tmp_path / "own.db"))
        assert ask(f"/claim/{accusation}.json").json()["denies"] == []
        assert "Nobody disputes it" in ask(f"/claim/{accusation}").text


def test_an_agreement_names_what_it_replaced_and_what_replaced_it(look: Ask, desk: Desk) -> None:
    first, second = (the(desk, Agreement, name) for name in ("Treaty of Arica", "Pact of Tacna"))
    after = look(f"/agreement/{first}.json").json()["after"]
    before = look(f"/agreement/{second}.json").json()["before"]
    assert [one["id"] for one in after] == [second]
    assert [one["id"] for one in before] == [first]
    assert f'href="/agreement/{first.replace(":", "%3A")}"' in look(f"/agreement/{second}").text


def test_a_line_ends_where_the_next_agreement_came_in_its_place(desk: Desk) -> None:
    first, second = desk.ledger.statements(Agreement)
    chart = life_chart((first, second))
    assert chart is not None
    lanes = [one for one in chart.spec["layer"] if "x2" in one["encoding"] and "name" in str(one)]
    values = next(one["data"]["values"] for one in lanes if one.get("data"))
    assert [(one["name"], one["to"][:4]) for one in values] == [
        ("Treaty of Arica", "2022"),
        ("Pact of Tacna", "2022"),
    ]
    assert "1999" in chart.description
    assert life_chart((first,)) is None


# -- searching -----------------------------------------------------------------------------


def test_records_are_searched_by_kind_actor_and_date(look: Ask) -> None:
    asked = {"q": "missiles", "kind": "claims", "actor": "Iran", "since": "2025"}
    told = look("/search.json", params=asked).json()
    assert told["count"] == 2
    assert {one["record"]["speaker"] for one in told["found"]} == {"USA", "IRN"}
    assert "<mark>missiles</mark>" in look("/search", params=asked).text
    late = look("/search.json", params=asked | {"since": "2026"}).json()
    assert late["count"] == 0


def test_a_search_in_vain_says_what_may_be_meant(look: Ask) -> None:
    told = look("/search.json", params={"q": "missils treaty"}).json()
    assert told["suggestion"]["did_you_mean"] == "missiles treaty"
    assert told["suggestion"]["documents_with"] == {"missils": 0, "treaty": 1}
    page = look("/search", params={"q": "missils treaty"}).text
    assert "Did you mean" in page
    assert "q=missiles%20treaty" in page


def test_no_word_is_offered_that_came_out_later(look: Ask) -> None:
    asked = {"q": "missils", "as-of": "2024-06"}
    assert look("/search.json", params=asked).json()["suggestion"]["did_you_mean"] == ""


def test_a_wrong_name_or_time_is_told_in_words(look: Ask) -> None:
    wrong = look("/search.json", params={"q": "x", "actor": "Irran"})
    assert wrong.status_code == 400
    assert "did you mean" in wrong.json()["error"]
    assert look("/search", params={"kind": "nonsense"}).status_code == 422
    backwards = look("/search.json", params={"since": "2025", "until": "2024"})
    assert backwards.status_code == 400


@pytest.mark.parametrize("words", ["", "   ", '"', "AND OR (", "*", "é" * 400])
def test_no_words_are_too_odd_to_be_searched(look: Ask, words: str) -> None:
    assert look("/search", params={"q": words}).status_code == 200


# -- sources and method --------------------------------------------------------------------


def test_a_dead_feed_and_a_silent_document_are_seen(look: Ask) -> None:
    told = look("/sources.json").json()
    assert told["feeds"][0]["standing"] == "failing"
    assert [one["title"] for one in told["nothing_coded"]] == ["Silence"]
    assert told["publishers"][0]["documents"] == 2
    assert told["publishers"][0]["nothing_coded"] == 1
    page = look("/sources").text
    assert "404" in page
    assert "2024-02-01" in page


def test_the_method_tells_versions_coefficients_and_dates_of_data(look: Ask) -> None:
    told = look("/method.json").json()
    assert told["version"] == __version__
    assert any(one["basis"].startswith("fitted") for one in told["constants"])
    assert any(one["basis"].startswith("assumed") for one in told["constants"])
    assert all(one["last"] > 1990 for one in told["data_sets"])
    assert {"ended", "honoured", "joins", "tone"} <= {one["name"] for one in told["models"]}
    page = look("/method").text
    assert "10 to 90 % band" in page


def test_every_why_on_a_page_opens_alone_and_within_another(look: Ask, desk: Desk) -> None:
    for identity in (the(desk, Claim), the(desk, Agreement)):
        alone = look("/why", params={"id": identity})
        within = look("/why", params={"id": identity}, headers={"hx-request": "true"})
        assert "<h1>" in alone.text
        assert "<h1>" not in within.text
        assert "<html" not in within.text
        assert identity in within.text
