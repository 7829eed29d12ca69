"""Feeds: items as documents, and what a feed may not do."""

import pytest

from fairweather.records import Document
from fairweather.sources import Failure, Unread
from fairweather.sources.feed import read_feed


def rss(items: str, channel: str = "", prolog: str = "") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{prolog}<rss version="2.0"><channel>'
        f"<title>Strelsau Courier</title>{channel}{items}</channel></rss>"
    )


ITEM = """<item><title>Grain pact &amp; after</title><link>https://courier.example/a</link>
<pubDate>Tue, 06 May 2031 01:30:00 +0300</pubDate><author>desk@courier.example (Ann Lee)</author>
<description>&lt;p&gt;First paragraph.&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;
&lt;style&gt;p{}&lt;/style&gt;&lt;ul&gt;&lt;li&gt;One&lt;/li&gt;&lt;li&gt;Two&lt;/li&gt;&lt;/ul&gt;
&lt;p&gt;Last&amp;nbsp;paragraph.&lt;/p&gt;</description></item>"""


def test_an_item_is_a_document_with_clean_paragraphs() -> None:
    (document,) = read_feed(rss(ITEM), "file:/f.xml")
    assert isinstance(document, Document)
    assert document.text == "First paragraph.\n\nOne\nTwo\n\nLast paragraph."
    assert document.title == "Grain pact & after"
    assert document.publisher == "Strelsau Courier"
    assert document.url == "https://courier.example/a"
    assert "Ann Lee" in document.author
    assert document.origin is None


def test_the_title_is_not_repeated_in_the_text() -> None:
    (document,) = read_feed(rss(ITEM), "file:/f.xml")
    assert isinstance(document, Document)
    assert document.title not in document.text


def test_an_item_is_dated_by_its_day_in_utc() -> None:
    (document,) = read_feed(rss(ITEM), "file:/f.xml")
    assert isinstance(document, Document)
    assert document.published.since == document.published.until == "2031-05-05"
    assert document.published.basis == "Tue, 06 May 2031 01:30:00 +0300"


def test_an_item_before_1970_keeps_its_day() -> None:
    item = ITEM.replace("Tue, 06 May 2031 01:30:00 +0300", "Mon, 06 May 1957 10:00:00 GMT")
    (document,) = read_feed(rss(item), "file:/f.xml")
    assert isinstance(document, Document)
    assert document.published.since == "1957-05-06"


def test_an_empty_item_is_a_failure_and_the_others_are_read() -> None:
    items = "<item><title>Nothing</title></item>" + ITEM
    failure, document = read_feed(rss(items), "file:/f.xml")
    assert isinstance(failure, Failure)
    assert "item 1" in failure.reason
    assert "Nothing" in failure.reason
    assert isinstance(document, Document)


def test_a_short_item_has_the_language_its_feed_declares() -> None:
    item = "<item><title>Corto</title><description>Paz ya.</description></item>"
    (document,) = read_feed(rss(item, "<language>es-AR</language>"), "file:/f.xml")
    assert isinstance(document, Document)
    assert document.language == "es"


def test_an_atom_entry_is_read_from_its_content() -> None:
    text = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Zenda Post</title><entry>'
        "<title>Ferry</title><updated>2031-05-06T10:00:00Z</updated><summary>Short.</summary>"
        '<content type="html">&lt;p&gt;The ferry sank slowly.&lt;/p&gt;</content>'
        '<link href="https://zenda.example/f"/></entry></feed>'
    )
    (document,) = read_feed(text, "file:/f.atom")
    assert isinstance(document, Document)
    assert document.text == "The ferry sank slowly."
    assert document.published.since == "2031-05-06"


def test_entity_declarations_are_refused() -> None:
    bomb = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    with pytest.raises(Unread, match="declares entities"):
        list(read_feed(rss(ITEM, prolog=bomb), "file:/f.xml"))


def test_a_bare_doctype_does_no_harm() -> None:
    prolog = '<!DOCTYPE rss PUBLIC "-//Netscape//DTD RSS 0.91//EN" "http://x.example/rss.dtd">'
    assert len(list(read_feed(rss(ITEM, prolog=prolog), "file:/f.xml"))) == 1


def test_a_feed_without_items_is_unread() -> None:
    with pytest.raises(Unread, match="without items"):
        list(read_feed(rss(""), "file:/f.xml"))


def test_xml_that_is_no_feed_is_unread_and_named() -> None:
    with pytest.raises(Unread, match="<opml>"):
        list(read_feed("<?xml version='1.0'?><opml><body/></opml>", "file:/f.xml"))


def test_malformed_xml_is_unread_with_its_line() -> None:
    with pytest.raises(Unread, match="malformed XML at line 2"):
        list(read_feed("<rss><channel>\n<title>a</titel></channel></rss>", "file:/f.xml"))


def test_a_feed_cut_off_in_the_middle_gives_what_is_whole_and_says_so() -> None:
    text = rss(ITEM + ITEM.replace("/a<", "/b<").replace("First", "Second"))
    *documents, failure = read_feed(text[:-60], "file:/f.xml")
    assert isinstance(documents[0], Document)
    assert isinstance(failure, Failure)
    assert "ends in the middle" in failure.reason


def test_characters_that_no_text_may_hold_do_not_stop_the_feed() -> None:
    items = ITEM.replace("First", "Fir&amp;#xD800;st") + ITEM.replace("/a<", "/b<")
    assert len(list(read_feed(rss(items), "file:/f.xml"))) == 2
