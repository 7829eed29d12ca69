"""Plain text: dumps cut into articles, asides told from prose, mastheads read."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairweather.records import Document
from fairweather.sources import Unread, open_source
from fairweather.sources.cutting import cut
from fairweather.sources.plain import read_plain

DUMP = """RSS
Ruritania Signs Grain Pact With Graustark

Farm ministers at the signing in Strelsau, Ruritania, March 3, 2031. Photo: Handout via REUTERS
Ruritania and Graustark signed a grain pact on Tuesday after talks that had often nearly failed.
The pact was welcomed by traders in both capitals, the state news agency said.
The post Ruritania Signs Grain Pact With Graustark first appeared on The Strelsau Courier.
RSS
Will the Grain Pact Hold?
By Flavia Elphberg
It is unlikely that the pact will survive a bad harvest, and on the one hand this surprises nobody.
On the other hand, one could argue that traders need it, and therefore it might be renewed.
Flavia Elphberg is a senior fellow at the Institute for Small States.
The post Will the Grain Pact Hold? appeared first on The Strelsau Courier.
"""

POSTED = """RSS
Harbour Strike Ends in Zenda
Dock workers in Zenda went back to work on Monday after a strike that had emptied the shelves.
The union called it a victory in a post on X.
La huelga ha terminado y los trabajadores vuelven hoy al puerto con la cabeza alta.
Gracias a todos los que nos han apoyado en estos nueve días… pic.example.com/abc
— Sindicato del Puerto (@puertozenda) March 10, 2031
Managers said in a statement that ships would be unloaded in the order in which they had arrived.
The post Harbour Strike Ends in Zenda first appeared on The Strelsau Courier.
"""


def read(text: str) -> list[Document]:
    return list(read_plain(text, "file:/dump.txt"))


def kinds(document: Document, kind: str) -> list[str]:
    return [document.text[a.start : a.end] for a in document.asides if a.kind == kind]


def test_a_feed_dump_gives_one_document_an_article() -> None:
    first, second = read(DUMP)
    assert first.title == "Ruritania Signs Grain Pact With Graustark"
    assert second.title == "Will the Grain Pact Hold?"
    assert "RSS" not in first.text + second.text
    assert "bad harvest" not in first.text


def test_a_document_is_one_unbroken_slice_of_its_file() -> None:
    for document in read(DUMP):
        assert document.origin is not None
        assert DUMP[document.origin.start : document.origin.end] == document.text


def test_a_caption_its_credit_and_the_feed_mark_are_asides() -> None:
    first, _ = read(DUMP)
    (caption,) = kinds(first, "caption")
    assert caption.startswith("Farm ministers at the signing")
    assert kinds(first, "credit") == ["Photo: Handout via REUTERS"]
    assert kinds(first, "footer")[0].startswith("The post Ruritania")


def test_byline_biography_and_publisher_come_from_the_marks_around_the_prose() -> None:
    first, second = read(DUMP)
    assert first.publisher == second.publisher == "The Strelsau Courier"
    assert first.author == ""
    assert second.author == "Flavia Elphberg"
    assert "Flavia Elphberg is a senior fellow" in kinds(second, "footer")[0]


def test_each_article_of_a_dump_is_dated_by_itself() -> None:
    first, second = read(DUMP)
    assert first.published.since == "2031-03-03"
    assert first.published.until is None
    assert not second.published.known


def test_a_report_is_news_and_an_argued_text_with_a_biography_analysis() -> None:
    first, second = read(DUMP)
    assert first.genre == "news"
    assert second.genre == "analysis"


def test_a_pasted_post_in_another_language_is_an_aside_and_the_article_keeps_its_own() -> None:
    (document,) = read(POSTED)
    (post,) = kinds(document, "embed")
    assert post.startswith("La huelga")
    assert post.endswith("March 10, 2031")
    assert document.language == "en"


def test_news_of_monday_with_a_post_of_that_monday_was_published_that_day() -> None:
    (document,) = read(POSTED)
    assert document.published.since == document.published.until == "2031-03-10"
    assert document.published.precision == "day"


def test_a_text_without_marks_is_one_document() -> None:
    text = "Talks went on.\n\n* * * * *\n\nThey ended at noon.\n\n-----\n\nNobody spoke."
    (document,) = read(text)
    assert document.text == text


def test_a_separator_before_a_byline_parts_two_articles() -> None:
    story = "The lake froze over and the ferries stopped, the harbour master said on Sunday. " * 4
    text = f"Frozen Lake\n\n{story}\n\n==========\n\nThawing Lake\nBy Rupert Hentzau\n\n{story}"
    assert [document.title for document in read(text)] == ["Frozen Lake", "Thawing Lake"]


def test_a_ledger_of_days_gives_one_document_a_day() -> None:
    text = "## 2031-05-01\n* A treaty is signed. (Reuters)\n\n## 2031-05-02\n* It is broken. (AP)\n"
    first, second = read(text)
    assert (first.published.since, second.published.until) == ("2031-05-01", "2031-05-02")
    assert "broken" not in first.text


def test_an_item_that_only_heads_the_sentences_below_it_is_a_title_and_not_prose() -> None:
    (document,) = read(
        "Armed conflicts\n"
        "* Invasion of the islands\n"
        "* Peru shells a Chilean post at dawn. (Harbour Gazette)\n"
        "* Chile recalls its envoy.\n"
    )
    assert "* Invasion of the islands" in kinds(document, "title")
    assert not any("shells" in words for words in kinds(document, "title"))
    assert document.title != "* Invasion of the islands"


def test_one_dated_heading_alone_cuts_nothing() -> None:
    (document,) = read("Minutes of the day.\n\n## 2031-05-01\n\nA treaty is signed.")
    assert document.text.startswith("Minutes")


FRONT = """---
title: "Statement on the Ruritanian Election"
date: '2031-06-02'
published_time: 2031-06-02 23:30:00-04:00
source_url: https://www.state.example.gov/statements/2031/06/02/ruritania/
author: [Office of the Speaker]
---

The people of Ruritania voted yesterday. We congratulate them,
and we look forward to working with the government they choose.

\\###
"""


def test_front_matter_names_and_dates_the_text_and_is_no_part_of_it() -> None:
    (document,) = read(FRONT)
    assert document.title == "Statement on the Ruritanian Election"
    assert document.published.since == document.published.until == "2031-06-02"
    assert document.author == "Office of the Speaker"
    assert document.publisher == "state.example.gov"
    assert document.url.endswith("/ruritania/")
    assert document.genre == "statement"
    assert document.text.startswith("The people of Ruritania")
    assert kinds(document, "footer") == ["\\###"]


def test_an_instant_is_taken_to_utc_where_no_plain_date_stands_beside_it() -> None:
    text = FRONT.replace("date: '2031-06-02'\n", "")
    assert read(text)[0].published.since == "2031-06-03"


def test_several_texts_with_front_matter_in_one_file_are_several_documents() -> None:
    second = FRONT.replace("Election", "Drought").replace("06-02", "07-09")
    titles = [document.title for document in read(FRONT + "\n" + second)]
    assert titles == ["Statement on the Ruritanian Election", "Statement on the Ruritanian Drought"]


def test_a_broken_front_matter_stays_in_the_text() -> None:
    (document,) = read("---\ntitle: [unclosed\n---\n\nThe text itself.\n")
    assert "unclosed" in document.text


def test_the_first_line_of_wrapped_prose_is_no_title() -> None:
    (document,) = read("The delegation arrived at the palace early and waited for an\nhour.\n")
    assert document.title == ""


def test_a_title_ends_in_no_full_stop_and_has_a_blank_line_after_it() -> None:
    (document,) = read("Who Guards the Bridge?\n\nNobody guards it, and nobody ever did.\n")
    assert document.title == "Who Guards the Bridge?"
    (document,) = read("Nobody guards the bridge.\n\nNobody ever did, and nobody will.\n")
    assert document.title == ""


def test_line_ends_stay_as_they_are() -> None:
    text = "Old Mill Burns\r\n\r\nThe old mill burned down.\r\nNobody was hurt.\r\n"
    (document,) = read(text)
    assert "\r\n" in document.text
    assert document.title == "Old Mill Burns"


def test_the_uri_is_the_path_as_given_made_absolute(tmp_path: Path) -> None:
    file = tmp_path / "note.txt"
    file.write_bytes(b"Envoys met.\n")
    (document,) = open_source(file)
    assert isinstance(document, Document)
    assert document.origin is not None
    assert document.origin.uri == f"file:{file.as_posix()}"


@given(st.text(alphabet="RSab \n\r-=*#:.,©—@()2031\u00a0é", max_size=300))
@settings(deadline=None)
def test_every_piece_of_any_text_is_a_slice_and_pieces_do_not_overlap(text: str) -> None:
    end = 0
    for piece in cut(text):
        assert end <= piece.start < piece.end
        end = piece.end


@given(st.lists(st.sampled_from(DUMP.splitlines() + POSTED.splitlines() + [""]), max_size=25))
@settings(deadline=None, max_examples=60)
def test_any_shuffle_of_lines_gives_sound_asides(chosen: list[str]) -> None:
    try:
        documents = read("\n".join(chosen))
    except Unread:
        assert not "".join(chosen).replace("RSS", "").strip()
        return
    for document in documents:
        end = 0
        for aside in document.asides:
            assert end <= aside.start < aside.end <= len(document.text)
            end = aside.end


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Anton Hentzau", "Anton Hentzau"),
        ("By Anton Hentzau and Rosa Lasch | Strelsau", "Anton Hentzau and Rosa Lasch"),
        ("By the editors", "the editors"),
    ],
)
def test_a_byline_names_the_author(line: str, author: str) -> None:
    (document,) = read(f"The Bridge\n\n{line}\n\nNobody guards it, and nobody ever did so.\n")
    assert document.author == author
