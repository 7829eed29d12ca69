"""A changed text at one address supersedes the old one; different texts there do not."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fairweather.coding.intake import ReadReport, take_in
from fairweather.desk.review import Review
from fairweather.ledger import Ledger, Window, current_documents, faults
from fairweather.records import Document, on

ADDRESS = "https://a.example/ferries"
FIRST = (
    "Norway and Finland agreed on Monday to run a joint ferry line from next spring onwards."
    " The line will call at four ports. Two ships are to be built for it in Turku."
)
CHANGED = FIRST.replace("four ports", "five ports") + " A third ship may follow."
OTHER = "Sweden closed its northern railway after heavy snow fell on Tuesday; trains stood still."


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger(tmp_path / "revisions.db") as opened:
        yield opened


def read(ledger: Ledger, text: str, day: str = "2025-01-06", url: str = ADDRESS) -> ReadReport:
    report = ReadReport()
    take_in(ledger, Document(text=text, url=url, published=on(day), language="xx"), (), report)
    return report


def standing(ledger: Ledger) -> list[str]:
    return [document.text for document in current_documents(ledger)]


def test_a_changed_text_takes_the_place_of_the_old_one_and_says_why(ledger: Ledger) -> None:
    read(ledger, FIRST)
    report = read(ledger, CHANGED, "2025-01-08")
    assert len(report.revised) == 1
    assert standing(ledger) == [CHANGED]
    (decision,) = ledger.decisions()
    assert decision.kind == "supersede"
    assert ADDRESS in decision.reason
    assert "%" in decision.reason
    assert not list(faults(ledger))


def test_the_old_text_stays_reachable_and_comes_back_when_the_decision_is_undone(
    ledger: Ledger,
) -> None:
    read(ledger, FIRST)
    read(ledger, CHANGED, "2025-01-08")
    assert standing(ledger.within(Window(as_of="2025-01-07"))) == [FIRST]
    (decision,) = ledger.decisions()
    Review(ledger, "anna").undo(decision.id, "two pages")
    assert set(standing(ledger)) == {FIRST, CHANGED}


def test_reading_both_again_changes_nothing(ledger: Ledger) -> None:
    for text in (FIRST, CHANGED, FIRST, CHANGED):
        read(ledger, text)
    assert standing(ledger) == [CHANGED]
    assert len(ledger.decisions()) == 1


def test_different_texts_of_one_address_both_stand(ledger: Ledger) -> None:
    read(ledger, FIRST)
    assert not read(ledger, OTHER).revised
    assert len(standing(ledger)) == 2


def test_texts_without_an_address_are_never_versions_of_one(ledger: Ledger) -> None:
    read(ledger, FIRST, url="")
    assert not read(ledger, CHANGED, url="").revised


def test_an_item_that_its_feed_has_rewritten_gives_way_whatever_it_says(ledger: Ledger) -> None:
    first = read(ledger, FIRST, url="").new[0]
    report = ReadReport()
    take_in(ledger, Document(text=OTHER, language="xx"), (), report, earlier=first.id)
    assert report.revised == [(first.id, report.new[0])]
    assert standing(ledger) == [OTHER]


def test_one_page_at_two_addresses_stands_once(ledger: Ledger) -> None:
    for text, address in ((FIRST, "https://a.example/06"), (CHANGED, "https://a.example/6")):
        document = Document(
            text=text,
            url=address,
            title="Monday",
            publisher="A wire",
            published=on("2025-01-06"),
            language="xx",
        )
        take_in(ledger, document, (), ReadReport())
    assert standing(ledger) == [CHANGED]
