"""Feeds and pages from the web: what becomes a document, and what it is told to be."""

from __future__ import annotations

from pathlib import Path

from fairweather.records import Document
from fairweather.sources import Failure
from fairweather.sources.fetching import Web, gather, open_address

from ...site import Site

STORY = "The two governments signed the river treaty on Monday after nine years of talks."
PAGE = f"""<!doctype html><html lang="en"><head><title>River treaty signed</title></head>
<body><article><h1>River treaty signed</h1><p>{STORY}</p><p>{STORY.replace("nine", "ten")}</p>
<script>steal()</script></article></body></html>"""


def rss(*items: str) -> bytes:
    return f"<rss><channel><title>Wire</title>{''.join(items)}</channel></rss>".encode()


ITEM = """<item><title>Treaty</title><guid>1</guid><link>/story</link>
<pubDate>Tue, 06 May 2031 23:30:00 -0500</pubDate><description>Signed at last.</description>
</item>"""


def test_a_feed_gives_its_items_with_absolute_links_and_days_in_utc(site: Site) -> None:
    site.answers["/feed"] = (200, {"Content-Type": "application/rss+xml"}, rss(ITEM))
    (document,) = open_address(site.url("/feed"), site.fetcher())
    assert isinstance(document, Document)
    assert document.text == "Signed at last."
    assert document.url == site.url("/story")
    assert document.published.since == "2031-05-07"
    assert site.paths() == ["/feed"]


def test_a_full_page_is_fetched_when_asked_and_dated_by_its_feed(site: Site) -> None:
    site.answers["/feed"] = (200, {}, rss(ITEM))
    site.answers["/story"] = (200, {"Content-Type": "text/html"}, PAGE.encode())
    (document,) = open_address(site.url("/feed"), site.fetcher(), full_pages=True)
    assert isinstance(document, Document)
    assert STORY in document.text
    assert "steal" not in document.text
    assert document.published.since == "2031-05-07"
    assert document.publisher == "Wire"


def test_an_item_whose_page_fails_keeps_its_own_text_and_says_so(site: Site) -> None:
    site.answers["/feed"] = (200, {}, rss(ITEM))
    failure, document = open_address(site.url("/feed"), site.fetcher(), full_pages=True)
    assert isinstance(failure, Failure)
    assert "404" in failure.reason
    assert isinstance(document, Document)


def test_a_headline_alone_is_read_from_its_page(site: Site) -> None:
    bare = "<item><title>Treaty</title><link>/story</link></item>"
    site.answers["/feed"] = (200, {}, rss(bare))
    site.answers["/story"] = (200, {"Content-Type": "text/html"}, PAGE.encode())
    (document,) = open_address(site.url("/feed"), site.fetcher(), full_pages=True)
    assert isinstance(document, Document)
    (failure,) = open_address(site.url("/feed"), site.fetcher())
    assert isinstance(failure, Failure)
    assert "no text" in failure.reason


def test_a_page_by_its_address_is_an_article(site: Site) -> None:
    site.answers["/story"] = (200, {"Content-Type": "text/html"}, PAGE.encode())
    (document,) = open_address(site.url("/story"), site.fetcher())
    assert isinstance(document, Document)
    assert (document.title, document.url) == ("River treaty signed", site.url("/story"))


def test_the_encoding_a_server_states_is_believed_where_it_fits(site: Site) -> None:
    words = "Договор о реке подписан в понедельник после девяти лет переговоров."
    body = f"<html><body><article><p>{words}</p></article></body></html>".encode("koi8-r")
    site.answers["/a"] = (200, {"Content-Type": "text/html; charset=koi8-r"}, body)
    (document,) = open_address(site.url("/a"), site.fetcher())
    assert isinstance(document, Document)
    assert words in document.text


def test_an_address_that_cannot_be_had_is_a_failure_with_its_reason(site: Site) -> None:
    for address, said in (
        (site.url("/gone"), "404"),
        ("http://10.0.0.1/", "private use"),
        ("http://news.invalid.:99/", "port"),
    ):
        (failure,) = open_address(address, site.fetcher())
        assert isinstance(failure, Failure)
        assert said in failure.reason


def test_a_list_of_feeds_is_read_feed_by_feed_and_one_failing_stops_no_other(
    site: Site, tmp_path: Path
) -> None:
    site.answers["/b"] = (200, {}, rss(ITEM))
    feeds = "".join(f'<outline xmlUrl="{site.url(path)}"/>' for path in ("/a", "/b"))
    listed = tmp_path / "feeds.opml"
    listed.write_text(f"<opml version='2.0'><body>{feeds}</body></opml>")
    failure, document = gather([listed], Web(fetcher=site.fetcher()))
    assert isinstance(failure, Failure)
    assert isinstance(document, Document)


def test_a_picture_is_no_article(site: Site) -> None:
    site.answers["/a.png"] = (200, {"Content-Type": "image/png"}, b"\x89PNG\r\n\x1a\n" + bytes(50))
    (failure,) = open_address(site.url("/a.png"), site.fetcher())
    assert isinstance(failure, Failure)
    assert "picture" in failure.reason
