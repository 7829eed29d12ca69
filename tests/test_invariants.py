"""What must hold for every corpus, shown on the shipped ones."""

import re
from pathlib import Path

import pytest

from fairweather import Desk
from fairweather.ledger import Window, current, export_rows, faults
from fairweather.ledger.parts import quotes_in
from fairweather.records import (
    RECORD_TYPES,
    Actor,
    Agreement,
    Document,
    Event,
    Support,
    Tie,
    to_line,
)


def test_every_quote_is_verbatim_and_none_stands_in_an_aside(examples_desk: Desk) -> None:
    ledger = examples_desk.ledger
    documents = {document.id: document for document in ledger.documents()}
    checked = 0
    for kind in RECORD_TYPES.values():
        if kind in (Document, Actor):
            continue
        for record in ledger.statements(kind):
            for quote in quotes_in(record):
                document = documents[quote.document]
                assert document.text[quote.start : quote.end] == quote.text
                assert not document.is_aside(quote.start, quote.end), quote.text
                checked += 1
    assert checked > 300
    assert not list(faults(ledger))


def test_reading_the_same_corpus_again_changes_nothing(
    examples_ledger: Path, tmp_path: Path
) -> None:
    from fairweather.desk.demo import examples

    copy = tmp_path / "copy.db"
    with Desk(examples_ledger) as desk:
        rows = [to_line(row) for row in desk.export(everything=True)]
    with Desk(copy) as desk:
        desk.import_(rows)
        report = desk.read([file for example in examples() for file in example.files])
        assert not report.new
        assert [to_line(row) for row in desk.export(everything=True)] == rows


def test_a_text_in_another_language_is_stored_named_and_not_coded(tmp_path: Path) -> None:
    from fairweather.desk.demo import examples

    with Desk(tmp_path / "x.db") as desk:
        report = desk.read(examples()[0].files[:1])
        ((document, reason),) = report.not_coded
        assert document.language == "ru"
        assert reason == "not coded: language ru"
        assert desk.ledger.has(document.id)
        assert not any(event.document == document.id for event in desk.ledger.statements(Event))


def test_what_was_published_later_never_shapes_an_earlier_answer(examples_desk: Desk) -> None:
    ledger = examples_desk.ledger
    early = Window(as_of="2024-12-31")
    known = {document.id for document in ledger.documents(early)}
    for kind in (Event, Agreement, Tie, Support):
        for record in current(ledger, kind, early, min_confidence=0):
            assert all(quote.document in known for quote in quotes_in(record))
    treaties = current(ledger, Agreement, early, actors=("RUS", "IRN"))
    stages = {(s.stage, s.date.since) for one in treaties for s in one.stages}
    assert ("signed", "2025-01-17") not in stages


def test_an_earlier_profile_is_the_same_with_or_without_later_documents(
    examples_ledger: Path, tmp_path: Path
) -> None:
    with Desk(examples_ledger) as desk:
        whole = desk.profile("RUS", "IRN", as_of="2024-12-31")
        rows = list(export_rows(desk.ledger, Window(as_of="2024-12-31"), everything=True))
    known = {row["id"] for row in rows if row["type"] == "document"}
    with Desk(tmp_path / "early.db") as desk:
        kept = [row for row in rows if row["type"] != "decision"]
        decisions = [row for row in rows if row["type"] == "decision"]
        desk.import_([to_line(row) for row in [*kept, *decisions]])
        alone = desk.profile("RUS", "IRN", as_of="2024-12-31")
    assert known
    assert [view.value for view in alone.views] == [view.value for view in whole.views]
    assert alone.agreements == whole.agreements


@pytest.mark.parametrize("pair", [("RUS", "IRN"), ("USA", "KOR"), ("SAU", "PAK")])
def test_every_sentence_of_a_brief_names_its_records(
    examples_desk: Desk, pair: tuple[str, str]
) -> None:
    brief = examples_desk.brief(*pair)
    statements = list(brief.statements())
    known = {record for line in statements for record in line.records}
    assert len(statements) > 5
    assert all(line.records or line.figures for line in statements)
    for record in known:
        assert examples_desk.ledger.has(record), record


def test_the_same_brief_twice_is_the_same_brief(examples_desk: Desk) -> None:
    assert examples_desk.brief("SAU", "PAK").html == examples_desk.brief("SAU", "PAK").html


def test_every_number_of_a_brief_answers_why(examples_desk: Desk) -> None:
    brief = examples_desk.brief("USA", "KOR")
    figures = [figure for line in brief.statements() for figure in line.figures]
    assert figures
    for figure in figures[:12]:
        chain = examples_desk.why(figure.id)
        assert chain.unchanged is True  # type: ignore[union-attr]


def test_no_quote_in_a_brief_is_longer_than_may_be_published(examples_desk: Desk) -> None:
    markdown = examples_desk.brief("RUS", "IRN").markdown
    assert all(len(quote) <= 300 for quote in re.findall("“([^”]*)”", markdown))
