"""A text stands beside what was coded from it, and each leads to the other without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.web.conftest import Ask

from fairweather.desk import Desk
from fairweather.records import Document


@pytest.fixture(scope="module")
def page(ask: Ask, ledger: Path) -> str:
    with Desk(ledger) as desk:
        document = next(one for one in desk.ledger.documents() if "defence" in one.text)
    return ask(f"/document/{document.id}").text


@pytest.fixture(scope="module")
def document(ledger: Path) -> Document:
    with Desk(ledger) as desk:
        return next(one for one in desk.ledger.documents() if "defence" in one.text)


def test_the_text_is_shown_letter_by_letter(page: str, document: Document) -> None:
    from html import unescape

    inside = re.search(r'<article class="text"[^>]*>\n(.*?)\n</article>', page, re.S)
    assert inside
    shown = re.sub(r"<sup.*?</sup>", "", inside[1])
    assert unescape(re.sub(r"<[^>]+>", "", shown)).strip() == document.text.strip()


def test_every_quote_leads_to_its_record_and_every_record_to_its_quote(page: str) -> None:
    ids = set(re.findall(r'<li id="([^"]+)"', page))
    marks = re.findall(r'<mark id="(at-\d+)"[^>]*data-records="([^"]+)"><a href="#([^"]+)"', page)
    assert ids
    assert {record for _, of, _ in marks for record in of.split()} == ids
    assert {first for _, _, first in marks} <= ids
    places = set(re.findall(r'id="(at-\d+)"', page))
    assert set(re.findall(r'class="where" href="#(at-\d+)"', page)) <= places


def test_only_one_kind_of_record_is_shown_where_it_is_asked_for(
    ask: Ask, document: Document
) -> None:
    every = ask(f"/document/{document.id}.json").json()["records"]
    events = ask(f"/document/{document.id}.json?kind=event").json()["records"]
    assert events == [one for one in every if one["type"] == "event"]
    assert ask(f"/document/{document.id}?kind=nonsense").status_code == 422


def test_what_is_no_document_is_told_so(ask: Ask, page: str) -> None:
    record = re.findall(r'<li id="([^"]+)"', page)[0]
    found = ask(f"/document/{record}.json")
    assert found.status_code == 404
    assert "is no document" in found.json()["error"]


def test_without_the_right_to_edit_nothing_is_offered(page: str) -> None:
    assert "<form method" not in page
    assert ">correct<" not in page


def test_a_record_that_is_too_unsure_says_so(ask: Ask, ledger: Path) -> None:
    with Desk(ledger) as desk:
        for document in desk.ledger.documents():
            told = ask(f"/document/{document.id}.json").json()
            for row in told["records"]:
                unsure = told["standing"][row["id"]] == "unsure"
                assert unsure == (row["confidence"] < 0.5 and row["type"] != "actor")
