"""JSON Feed and OPML, and feeds that came damaged."""

from __future__ import annotations

import json

import pytest

from fairweather.records import Document
from fairweather.sources import Failure, Unread
from fairweather.sources.feed import read_feed, read_items
from fairweather.sources.item import Item
from fairweather.sources.mending import decode_damaged
from fairweather.sources.opml import read_opml

VERSION = "https://jsonfeed.org/version/1.1"


def feed(*items: object) -> str:
    return json.dumps({"version": VERSION, "title": "Zenda Post", "items": items})


ITEM = {
    "id": 7,
    "url": "https://zenda.example/7",
    "title": "Ferry <b>lost</b>",
    "content_html": "<p>The ferry sank.</p><script>x()</script><p>All were saved.</p>",
    "date_published": "2031-05-06T23:30:00-05:00",
    "date_modified": "2031-05-08T10:00:00Z",
    "authors": [{"name": "Ann Lee"}, {"name": "B. Ray"}],
}


def test_a_json_item_is_a_document_dated_in_utc_with_its_update_beside() -> None:
    (document,) = read_feed(feed(ITEM), "https://zenda.example/feed")
    assert isinstance(document, Document)
    assert document.text == "The ferry sank.\n\nAll were saved."
    assert document.title == "Ferry lost"
    assert document.author == "Ann Lee, B. Ray"
    assert document.published.since == "2031-05-07"
    assert document.published.basis == f"{ITEM['date_published']}; updated {ITEM['date_modified']}"


def test_a_json_feed_survives_items_that_are_none() -> None:
    found = list(read_feed(feed("x", None, ITEM, {}), "https://zenda.example/feed"))
    assert [type(one) for one in found] == [Failure, Failure, Document, Failure]


@pytest.mark.parametrize("text", [feed(), feed()[:-4], json.dumps({"version": VERSION})])
def test_a_json_feed_without_items_is_unread(text: str) -> None:
    with pytest.raises(Unread):
        list(read_feed(text, "https://zenda.example/feed"))


def test_a_link_that_could_run_is_dropped() -> None:
    (document,) = read_feed(feed({**ITEM, "url": "javascript:alert(1)"}), "https://z.example/f")
    assert isinstance(document, Document)
    assert document.url == ""


def test_published_and_updated_of_an_atom_entry_are_kept_apart() -> None:
    entry = (
        "<entry><id>a</id><title>T</title><summary>The ferry sank.</summary>{}"
        "<updated>2031-05-09T10:00:00Z</updated></entry>"
    )
    stated = "<published>2031-05-06T10:00:00+02:00</published>"
    whole = "<feed xmlns='http://www.w3.org/2005/Atom'>{}{}</feed>"
    both, updated = read_feed(whole.format(entry.format(stated), entry.format("")), "f")
    assert isinstance(both, Document)
    assert isinstance(updated, Document)
    assert both.published.since == "2031-05-06"
    assert both.published.basis == "2031-05-06T10:00:00+02:00; updated 2031-05-09T10:00:00Z"
    assert updated.published.basis == "updated 2031-05-09T10:00:00Z"


def test_an_item_is_known_by_its_guid_and_a_change_by_its_words() -> None:
    items = "<item><guid>1</guid><description>{}</description></item>"
    keys = []
    for words in ("The ferry sank.", "The ferry did not sink."):
        (item,) = read_items(f"<rss><channel>{items.format(words)}</channel></rss>", "f")
        assert isinstance(item, Item)
        keys.append((item.key, item.fingerprint))
    assert keys[0][0] == keys[1][0]
    assert keys[0][1] != keys[1][1]


def test_a_list_gives_each_feed_once_out_of_any_folder() -> None:
    text = (
        "<?xml version='1.0'?><opml version='2.0'><body><outline text='News'>"
        "<outline type='rss' text='A' xmlUrl='https://a.example/f'/>"
        "<outline title='B' text='x' xmlURL='https://b.example/f'/></outline>"
        "<outline text='A again' xmlUrl='https://a.example/f'/>"
        "<outline text='file' xmlUrl='file:///etc/passwd'/><outline text='none'/></body></opml>"
    )
    assert [(one.url, one.title) for one in read_opml(text)] == [
        ("https://a.example/f", "A"),
        ("https://b.example/f", "B"),
    ]


def test_a_list_that_declares_entities_or_names_no_feed_is_unread() -> None:
    bomb = (
        "<!DOCTYPE opml [<!ENTITY a 'aaaa'>]><opml><body><outline xmlUrl='http://a.example/&a;'/>"
    )
    for text in (bomb, "<opml><body/></opml>", "<opml"):
        with pytest.raises(Unread):
            read_opml(text)


def test_a_damaged_feed_gives_its_items_with_what_is_unreadable_standing_out() -> None:
    item = (
        "<item><title>Fähre</title><description>The ferry sank in the Öresund.</description></item>"
    )
    raw = f"<rss><channel>{item}{item}</channel></rss>".encode()
    raw = raw.replace("Fähre".encode(), b"F\xe4hre", 1).replace(b"sank", b"sa\0nk", 1)
    text, damage = decode_damaged(raw)
    items = [one for one in read_items(text, "f") if isinstance(one, Item)]
    assert len(items) == 2
    assert "\ufffd" in items[0].told.title
    assert "U+FFFD" in damage


def test_a_whole_feed_is_not_called_damaged() -> None:
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "iso-8859-1"):
        raw = f"<?xml version='1.0' encoding='{encoding}'?><rss>Öresund</rss>".encode(encoding)
        assert decode_damaged(raw)[1] == ""


def test_what_is_no_text_is_not_mended() -> None:
    for raw in (b"", b"   ", b"%PDF-1.7", bytes(range(256)) * 4):
        with pytest.raises(Unread):
            decode_damaged(raw)


def test_a_warning_printed_before_a_feed_does_not_hide_it() -> None:
    feed_text = (
        "<?xml version='1.0'?><rss><channel><item><title>Pact</title></item></channel></rss>"
    )
    (item,) = read_items(f"Warning: cannot connect\n{feed_text}", "f")
    assert isinstance(item, Item)
    with pytest.raises(Unread):
        list(read_items("An article on how <rss version='2.0'> came about.", "f"))


@pytest.mark.parametrize(
    "subset", ['<!ENTITY a "]>"><!ENTITY b "&a;">', "<!ENTITY % p SYSTEM 'x'>"]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
@pytest.mark.parametrize("before", ["", "<!-- <rss> -->", "Warning: "])
def test_a_bomb_is_refused_however_it_is_hidden(subset: str, encoding: str, before: str) -> None:
    body = "<rss><channel><item><title>&b;</title></item></channel></rss>"
    text = f"<?xml version='1.0'?>{before}<!DOCTYPE rss [{subset}]>{before}{body}"
    with pytest.raises(Unread):
        list(read_items(decode_damaged(text.encode(encoding))[0], "f"))


def test_references_to_characters_that_no_text_can_hold_break_nothing() -> None:
    items = "<item><title>A &#xD800; B &#0; C & D</title></item>"
    (item,) = read_items(f"<rss><channel>{items}</channel></rss>", "f")
    assert isinstance(item, Item)
    item.told.title.encode()
    (document,) = read_feed(feed({**ITEM, "id": "\ud800", "title": "x \udfff y"}), "f")
    assert isinstance(document, Document)
    document.title.encode()
