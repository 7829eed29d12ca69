"""What holds of every report, whatever is asked: its grounds, its quotes, its three dresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from fairweather import Desk
from fairweather.brief import Brief
from fairweather.brief.lines import Line
from fairweather.brief.wording import clean

ASKED: list[tuple[tuple[str, str], dict[str, Any]]] = [
    (("RUS", "IRN"), {}),
    (("IRN", "RUS"), {"since": "2025-06-01"}),
    (("SAU", "PAK"), {"third": "IND"}),
    (("USA", "KOR"), {"since": "2020"}),
    (("RUS", "CHN"), {}),
    (("RUS", "IRN"), {"third": "ISR"}),
    (("RUS", "IRN"), {"third": "USA", "since": "2024-12-31", "like": ("SAU", "PAK")}),
    (("RUS", "IRN"), {"third": "SAU", "as_of": "2024-12-31"}),
]

QUOTED = re.compile("“((?:[^“”]|“[^“”]*”)*)”")
"""Words in quotes; a quote in the quote is part of it."""

RUN_NAMES = {"war", "no war"}
"""Names of runs stand in quotes too."""


@pytest.fixture(scope="module")
def desk(examples_ledger: Path) -> Iterator[Desk]:
    with Desk(examples_ledger) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(desk: Desk) -> list[Brief]:
    return [desk.brief(*pair, **asked) for pair, asked in ASKED]


def texts_of(desk: Desk) -> str:
    """All documents, with spaces as a report has them."""
    return "\n".join(clean(document.text) for document in desk.ledger.documents())


def lines_of(brief: Brief) -> list[Line]:
    return [*(line for section in brief.sections for line in section.lines), *brief.closing]


def test_every_sentence_and_row_names_its_records_and_all_of_them_are_kept(
    told: list[Brief], desk: Desk
) -> None:
    ledger = desk.ledger
    for brief in told:
        statements = list(brief.statements())
        assert all(one.records or one.figures for one in statements)
        assert all(brief.sources.cited(one) or brief.sources.drawn(one) for one in statements)
        assert all(ledger.has(record) for one in statements for record in one.records)


def test_every_quote_in_a_sentence_stands_verbatim_in_a_document(
    told: list[Brief], desk: Desk
) -> None:
    texts = texts_of(desk)
    quotes = [
        words.strip("…")
        for brief in told
        for part in brief.statements()
        for text in ([part.text] if isinstance(part, Line) else part.cells)
        for words in QUOTED.findall(text)
        if words not in RUN_NAMES
    ]
    assert len(quotes) > 20
    assert [words for words in quotes if words not in texts] == []


def test_every_source_stands_verbatim_in_its_document(told: list[Brief], desk: Desk) -> None:
    texts = texts_of(desk)
    for brief in told:
        for group in brief.sources.groups:
            assert all(one.quote.rstrip("…") in texts for one in group.sources)


def test_markdown_has_every_sentence_with_its_numbers(told: list[Brief]) -> None:
    for brief in told:
        markdown = re.sub(r"\\([^\w\s])", r"\1", brief.markdown)
        for line in lines_of(brief):
            after = markdown.partition(line.text)[2]
            assert re.match(r" \[(?:F?\d+(?:–F?\d+)?(?:, )?)+\]", after), line.text


def test_the_judgement_answers_how_firm_what_would_break_it_and_how_far(told: list[Brief]) -> None:
    for brief in told:
        judgement = brief.sections[0]
        assert judgement.key == "judgement"
        leads = [lead for lead, _ in judgement.paragraphs()]
        assert leads == ["How firm", "What would break it", "How far"]


def test_sentences_open_with_a_capital_and_end_with_one_stop(told: list[Brief]) -> None:
    for brief in told:
        for line in lines_of(brief):
            assert line.text[0].isupper() or line.text[0].isdigit() or line.text[0] == "“"
            assert re.search(r"[.!?…]”?$", line.text), line.text
            assert not re.search(r"\.\.|,,| ,| \.|\(\)|  |\{|\}", line.text), line.text


def test_chances_are_told_as_ranges(told: list[Brief]) -> None:
    for brief in told:
        for line in lines_of(brief):
            bare = re.findall(r"(?<![\d–])(?<!under )(?<!over )\b\d+\u00a0%", line.text)
            assert not bare, line.text
