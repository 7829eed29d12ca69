"""Words find documents, the best first, and stand where they are said to stand."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.ledger import Ledger, Stretch, Window, excerpt
from fairweather.ledger.search import fts_query
from fairweather.records import Document, on


@pytest.fixture
def boats(ledger: Ledger) -> Ledger:
    ledger.add(
        [
            Document(
                text="The crew painted an old boat. " * 9 + "Then a patrol boat left Bergen.",
                published=on("2025-01-01"),
            ),
            Document(
                text="Patrol boats for Chile.", title="A patrol boat", published=on("2025-02-01")
            ),
            Document(
                text="Rain in Bergen – “a flood”, said the mayor.", published=on("2025-03-01")
            ),
        ]
    )
    return ledger


def test_the_title_counts_and_the_hits_are_offsets_into_the_text(boats: Ledger) -> None:
    first, second = boats.search("patrol boat")
    texts = {document.id: document for document in boats.documents()}
    assert texts[first.document].title == "A patrol boat"
    assert first.in_title == (Stretch(2, 8), Stretch(9, 13))
    assert (first.rank, second.rank) == (1, 2)
    told = texts[second.document].text
    assert {told[hit.start : hit.end] for hit in second.in_text} == {"boat", "patrol"}


def test_a_phrase_in_quotes_is_one_hit_and_dashes_and_curly_quotes_do_not_shift_it(
    boats: Ledger,
) -> None:
    (hit,) = boats.search('"a flood"')
    text = boats.document(hit.document).text
    (stretch,) = hit.in_text
    assert text[stretch.start : stretch.end] == "a flood"
    marked = excerpt(text, hit.in_text, "[[", "]]")
    assert marked == "Rain in Bergen – “[[a flood]]”, said the mayor."


def test_only_what_was_out_by_then_is_found(boats: Ledger) -> None:
    assert len(boats.search("Bergen", Window(as_of="2025-02-15"))) == 1
    assert len(boats.within(Window(as_of="2024")).search("Bergen")) == 0


WORDS = st.sampled_from(["boat", "patrol", "Bergen", "rain", "flood", "left", "Chile", "harbour"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=25), min_size=2, max_size=12)


@settings(deadline=None, max_examples=40)
@given(TEXTS, st.data())
def test_the_order_of_an_earlier_day_is_that_of_a_ledger_that_holds_no_more(
    texts: list[list[str]], data: st.DataObject
) -> None:
    day, query = "2025-01-01", " ".join(data.draw(st.lists(WORDS, min_size=1, max_size=3)))
    documents = [
        Document(
            text=f"{number} {' '.join(words)}",
            title=" ".join(words[:2]),
            published=on(data.draw(st.sampled_from([day, "2026-01-01"]))),
        )
        for number, words in enumerate(texts)
    ]
    with Ledger(":memory:") as whole, Ledger(":memory:") as alone:
        whole.add(documents)
        alone.add([one for one in documents if one.published == on(day)])
        found = whole.search(query, Window(as_of=day))
        expected = alone.search(query)
        assert [hit.document for hit in found] == [hit.document for hit in expected]


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=30))
def test_no_words_break_a_search(text: str) -> None:
    with Ledger(":memory:") as ledger:
        ledger.add([Document(text="NEAR the boat* AND (a) -column: NOT x OR y ^z")])
        ledger.search(text)
        list(ledger.documents(text=text))
        assert fts_query(text) == "" or fts_query(text).count('"') % 2 == 0


def test_operators_are_words(boats: Ledger) -> None:
    assert not boats.search("boat NOT patrol")
    assert not boats.search("bo*")
    assert not boats.search("- ( )")


def test_a_text_that_holds_the_marks_is_found_and_not_marked_wrongly(ledger: Ledger) -> None:
    ledger.add([Document(text="A \ufdd0strange\ufdd1 boat.")])
    (hit,) = ledger.search("boat")
    assert hit.in_text == ()
